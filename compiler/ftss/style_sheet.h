// SPDX-License-Identifier: Apache-2.0
//
// The tree of one sheet: flat arrays whose names are spans of the source text.
// Nothing is copied, so the SourceSet must outlive the sheet.

#ifndef FCC_COMPILER_FTSS_STYLE_SHEET_H_
#define FCC_COMPILER_FTSS_STYLE_SHEET_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/source_file.h"
#include "runtime/base/span.h"
#include "runtime/style/selector.h"
#include "runtime/style/style_program.h"

namespace fcc::ftss {

enum TextFlag : uint8_t {
  // Has comments, which printers leave out.
  kTextComment = 1,
  // Has line breaks or runs of blanks, which printers fold.
  kTextBlanks = 2,
  // Has an address that can do without its quotes or blanks.
  kTextUrl = 4,
};

struct Declaration {
  base::Span name;
  // Without `!important` and the blanks around it.
  base::Span value;
  // style::DeclarationFlag.
  uint8_t flags = 0;
  // TextFlag of the value.
  uint8_t text_flags = 0;
};

struct Rule {
  style::RuleKind kind = style::RuleKind::kStyle;
  // TextFlag of the prelude.
  uint8_t text_flags = 0;
  // Of kOther: the prelude ends with a block, not with a semicolon.
  bool has_block = false;
  // The rule stands inside a style rule. A style rule that does and has no
  // selectors holds declarations of the rule around it.
  bool nested_in_style = false;
  // One past the last rule nested in this one.
  uint32_t end = 0;
  // From the first byte of the prelude to the closing brace or semicolon.
  base::Span span;
  base::Span name;
  // Of kImport: the path between its quotes.
  base::Span prelude;
  // Index ranges.
  base::Span selectors;
  base::Span declarations;
};

// An address in url().
struct UrlReference {
  base::Span span;
  // As written, without quotes and blanks.
  base::Span address;
};

struct StyleSheet {
  const source::SourceFile* file = nullptr;
  std::vector<Rule> rules;
  std::vector<style::SimpleSelector> simples;
  std::vector<style::Selector> selectors;
  std::vector<Declaration> declarations;
  std::vector<UrlReference> urls;
  // Rules of kind kImport.
  std::vector<uint32_t> imports;
  // A style rule stands in a style rule somewhere.
  bool has_nesting = false;

  std::string_view text() const { return file->text(); }
  // An import with a media query is a group around an import: `media`.
  std::string_view AtNameOf(const Rule& rule) const;
  source::Location At(base::Span span) const { return {file->id(), span}; }
  style::SelectorTable table() const {
    return {simples, selectors, file->text()};
  }
  // Bytes of the tree, for `fcc size` and the benches.
  size_t memory_bytes() const;
};

}  // namespace fcc::ftss

#endif  // FCC_COMPILER_FTSS_STYLE_SHEET_H_
