// SPDX-License-Identifier: Apache-2.0
//
// Names that JavaScript reserves and FTS does not: `var class = 'a'` is fine on
// the platform, and libraries of components write it (observed with wcc, which
// takes every such word but those of its own statements and operators). Of this
// room only.

#ifndef FCC_COMPILER_FTS_KEYWORD_NAMES_H_
#define FCC_COMPILER_FTS_KEYWORD_NAMES_H_

#include <string>
#include <string_view>

namespace fcc::fts {

// `code` with other names of the same lengths where such words are variables,
// functions or parameters, so that every place in it stays where it is; empty
// when it has none.
std::string WithoutKeywordNames(std::string_view code);

}  // namespace fcc::fts

#endif  // FCC_COMPILER_FTS_KEYWORD_NAMES_H_
