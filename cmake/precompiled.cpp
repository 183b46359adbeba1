// SPDX-License-Identifier: Apache-2.0
//
// The unit that the precompiled headers of cmake/settings.cmake belong to.
