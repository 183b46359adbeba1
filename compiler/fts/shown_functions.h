// SPDX-License-Identifier: Apache-2.0
//
// Which members of script modules a template shows as text without calling
// them. If such a member is a function, its text is the code as it was written.
// Of this room only.

#ifndef FCC_COMPILER_FTS_SHOWN_FUNCTIONS_H_
#define FCC_COMPILER_FTS_SHOWN_FUNCTIONS_H_

#include <set>
#include <string>

#include "compiler/fxml/unit.h"

namespace fcc::fts {

using MemberNames = std::set<std::string, std::less<>>;

// Adds the last names of the paths shown (`f` of `{{m.a.f}}`).
void AddShownMembers(const fxml::Unit& unit, MemberNames& names);

}  // namespace fcc::fts

#endif  // FCC_COMPILER_FTS_SHOWN_FUNCTIONS_H_
