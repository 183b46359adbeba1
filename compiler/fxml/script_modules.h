// SPDX-License-Identifier: Apache-2.0
//
// `<wxs>` and `<fts>`: the module's name, its file or the code between its
// tags. Of this room only.

#ifndef FCC_COMPILER_FXML_SCRIPT_MODULES_H_
#define FCC_COMPILER_FXML_SCRIPT_MODULES_H_

#include <string_view>
#include <unordered_map>

#include "compiler/fxml/attributes.h"
#include "compiler/fxml/reading.h"

namespace fcc::fxml {

class ModuleReader {
 public:
  ModuleReader(Reading& reading, const AttributeReader& attributes)
      : r_(reading), attributes_(attributes) {}

  // Behind a start tag whose attributes were read, to behind its end tag.
  void Read(std::string_view tag, base::Span tag_span, bool self_closing);
  // Null when the file has no module of that name.
  const ModuleDeclaration* Find(std::string_view name) const;

 private:
  bool ReadName(std::string_view tag, base::Span tag_span,
                ModuleDeclaration& module);
  void ReadBody(std::string_view tag, base::Span tag_span,
                ModuleDeclaration& module);

  Reading& r_;
  const AttributeReader& attributes_;
  std::unordered_map<std::string_view, size_t> by_name_;
};

}  // namespace fcc::fxml

#endif  // FCC_COMPILER_FXML_SCRIPT_MODULES_H_
