// SPDX-License-Identifier: Apache-2.0
//
// What one FXML file compiles to: the tables of a template program
// (runtime/template/format.h) with ids local to the file, and what the file
// refers to. Views point into the source text or into the unit's arena; a unit
// may be moved, its source must stay.

#ifndef FCC_COMPILER_FXML_UNIT_H_
#define FCC_COMPILER_FXML_UNIT_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "compiler/source/source_file.h"
#include "runtime/base/arena.h"
#include "runtime/base/span.h"
#include "runtime/template/format.h"

namespace fcc::fxml {

// `src` of an import, an include or a script module.
struct Reference {
  std::string_view src;
  base::Span span;
};

struct ModuleDeclaration {
  std::string_view name;
  base::Span name_span;
  // Of `<wxs src>`; `src.src` is empty for an inline module.
  Reference src;
  // The code between the tags of an inline module, in the file.
  base::Span body;
  bool is_inline() const { return src.src.empty(); }
};

struct TemplateDefinition {
  uint32_t name = tmpl::kNoId;
  // The kDefinition node.
  uint32_t node = 0;
  base::Span name_span;
};

struct Unit {
  std::string path;
  source::FileId file = source::FileId::kNone;
  bool has_errors = false;

  // By id: names are interned, texts are not.
  std::span<const std::string_view> strings;
  std::span<const double> numbers;
  std::span<const uint32_t> code;
  std::span<const uint32_t> paths;
  std::span<const tmpl::ReadRecord> reads;
  std::span<const tmpl::ExpressionRecord> expressions;
  std::span<const tmpl::AttrRecord> attrs;
  // `extra` of a kInclude is an index into `includes`.
  std::span<const tmpl::NodeRecord> nodes;

  std::span<const TemplateDefinition> templates;
  std::span<const Reference> imports;
  std::span<const Reference> includes;
  std::span<const ModuleDeclaration> modules;

  // Holds the tables, each of its exact size, and texts that are not as they
  // were written.
  base::Arena arena{kFirstBlock};
  static constexpr size_t kFirstBlock = 128;

  std::string_view String(uint32_t id) const { return strings[id]; }
};

}  // namespace fcc::fxml

#endif  // FCC_COMPILER_FXML_UNIT_H_
