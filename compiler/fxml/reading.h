// SPDX-License-Identifier: Apache-2.0
//
// What the readers of one file share: the text and the place in it, the tables
// being filled, where problems go. Of this room only.

#ifndef FCC_COMPILER_FXML_READING_H_
#define FCC_COMPILER_FXML_READING_H_

#include <cstdint>
#include <string_view>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/fxml/characters.h"
#include "compiler/fxml/expression_compiler.h"
#include "compiler/fxml/fxml.h"
#include "compiler/fxml/unit_writer.h"

namespace fcc::fxml {

struct Reading {
  Reading(const source::SourceFile& file, const FxmlOptions& fxml_options,
          diagnostics::Sink& to)
      : source(file),
        text(file.text()),
        options(fxml_options),
        sink(to),
        tables(UnitTables::Take()),
        writer(tables, arena),
        expressions(file, writer, expression_sink) {}
  ~Reading() { UnitTables::Give(std::move(tables)); }
  Reading(const Reading&) = delete;

  source::Location At(base::Span span) const { return {source.id(), span}; }
  base::Span SpanFrom(uint32_t begin) const { return {begin, at}; }
  char Peek(uint32_t ahead = 0) const {
    return at + ahead < text.size() ? text[at + ahead] : '\0';
  }
  bool Looking(std::string_view word) const {
    return text.substr(at, word.size()) == word;
  }
  bool done() const { return at >= text.size(); }
  // Over bytes of these classes.
  void Skip(uint8_t classes) {
    const char* data = text.data();
    const auto size = static_cast<uint32_t>(text.size());
    uint32_t here = at;
    while (here < size && IsOf(data[here], classes)) {
      ++here;
    }
    at = here;
  }

  diagnostics::Severity Strict() const {
    return options.lenient ? diagnostics::Severity::kWarning
                           : diagnostics::Severity::kError;
  }

  uint32_t NextNode() const {
    return static_cast<uint32_t>(tables.nodes.size());
  }

  const source::SourceFile& source;
  const std::string_view text;
  uint32_t at = 0;
  const FxmlOptions& options;
  diagnostics::Sink& sink;
  diagnostics::Sink expression_sink;
  UnitTables tables;
  base::Arena arena{Unit::kFirstBlock};
  UnitWriter writer;
  ExpressionCompiler expressions;
};

// One more part of a text on the stack; many are joined early, as the stack
// has an end.
inline void CountPart(UnitWriter& writer, uint32_t& parts) {
  constexpr uint32_t kMaxParts = 256;
  if (++parts == kMaxParts) {
    writer.Emit(tmpl::Op::kConcat, parts);
    parts = 1;
  }
}

// At `{{`. Emits code for one value and goes behind `}}`. `quote` is that of
// the attribute, none in text.
ParsedExpression ReadMustache(Reading& reading, ExpressionContext context,
                              char quote);

}  // namespace fcc::fxml

#endif  // FCC_COMPILER_FXML_READING_H_
