// SPDX-License-Identifier: Apache-2.0
//
// What an attribute's name means: spec sections "Dataset", "Events" and
// "Interpolation" of FXML. Of this room only.

#ifndef FCC_COMPILER_FXML_ATTR_NAME_H_
#define FCC_COMPILER_FXML_ATTR_NAME_H_

#include <string>
#include <string_view>

#include "runtime/template/format.h"

namespace fcc::fxml {

struct AttrName {
  tmpl::AttrKind kind = tmpl::AttrKind::kPlain;
  // EventFlags.
  uint8_t flags = 0;
  // Decoded: the property, the dataset key, the event.
  std::string name;
};

AttrName DecodeAttrName(std::string_view key);

// The part behind `wx:` or `ft:`; empty where the name has neither prefix.
std::string_view DirectiveOf(std::string_view key);

// "my-prop" → "myProp".
std::string CamelCase(std::string_view dashed);

}  // namespace fcc::fxml

#endif  // FCC_COMPILER_FXML_ATTR_NAME_H_
