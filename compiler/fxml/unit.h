// SPDX-License-Identifier: Apache-2.0
//
// What one FXML file compiles to: the tables of a template program
// (runtime/template/format.h) with ids local to the file, and what the file
// refers to. Views point into the source text or into the unit's arena; a unit
// may be moved, its source must stay.

#ifndef FCC_COMPILER_FXML_UNIT_H_
#define FCC_COMPILER_FXML_UNIT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

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
  std::vector<std::string_view> strings;
  std::vector<double> numbers;
  std::vector<uint32_t> code;
  std::vector<uint32_t> paths;
  std::vector<tmpl::ReadRecord> reads;
  std::vector<tmpl::ExpressionRecord> expressions;
  std::vector<tmpl::AttrRecord> attrs;
  // `extra` of a kInclude is an index into `includes`.
  std::vector<tmpl::NodeRecord> nodes;

  std::vector<TemplateDefinition> templates;
  std::vector<Reference> imports;
  std::vector<Reference> includes;
  std::vector<ModuleDeclaration> modules;

  base::Arena arena;

  std::string_view String(uint32_t id) const { return strings[id]; }
};

}  // namespace fcc::fxml

#endif  // FCC_COMPILER_FXML_UNIT_H_
