// SPDX-License-Identifier: Apache-2.0
//
// The library of FTS, as ES5 text that stands before the modules that use it.
// Each part is one line, so that it moves no line of the module.

#ifndef FCC_COMPILER_FTS_LIBRARY_H_
#define FCC_COMPILER_FTS_LIBRARY_H_

#include <string>

#include "compiler/fts/restrict.h"

namespace fcc::fts {

std::string LibraryOf(const Restricted& module);

}  // namespace fcc::fts

#endif  // FCC_COMPILER_FTS_LIBRARY_H_
