// SPDX-License-Identifier: Apache-2.0
//
// The part of the printed templates that is the same in every package. Of this
// room only.

#ifndef FCC_COMPILER_FXML_GFC_PRELUDE_H_
#define FCC_COMPILER_FXML_GFC_PRELUDE_H_

#include <string_view>

namespace fcc::fxml {

// ES5 statements that define, for the units that follow: U (units by path), P
// (script modules by path) and the functions named in print_gfc.cpp.
std::string_view GfcPrelude();

}  // namespace fcc::fxml

#endif  // FCC_COMPILER_FXML_GFC_PRELUDE_H_
