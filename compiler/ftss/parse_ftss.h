// SPDX-License-Identifier: Apache-2.0
//
// FTSS (or WXSS, or plain CSS) text to a tree, by CSS Syntax Level 3 section 5.
// Every problem is reported with its place and parsing goes on after it as the
// standard says, so one slip costs one declaration or one rule.
//
// What the language cannot mean is an error: an open block, comment or string,
// a brace too many, a rule without a block or without a selector. What a web
// view would skip without a word (a declaration without a colon, a selector it
// does not know) is a warning: the reference compiler lets it pass and shipped
// apps have it.

#ifndef FCC_COMPILER_FTSS_PARSE_FTSS_H_
#define FCC_COMPILER_FTSS_PARSE_FTSS_H_

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/ftss/style_sheet.h"
#include "compiler/source/source_file.h"

namespace fcc::ftss {

// `file` must outlive the sheet.
StyleSheet ParseFtss(const source::SourceFile& file, diagnostics::Sink& sink);

}  // namespace fcc::ftss

#endif  // FCC_COMPILER_FTSS_PARSE_FTSS_H_
