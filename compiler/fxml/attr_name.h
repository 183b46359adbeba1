// SPDX-License-Identifier: Apache-2.0
//
// What an attribute's name means: spec sections "Dataset", "Events" and
// "Interpolation" of FXML. Of this room only.

#ifndef FCC_COMPILER_FXML_ATTR_NAME_H_
#define FCC_COMPILER_FXML_ATTR_NAME_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/template/format.h"

namespace fcc::fxml {

// `wx:if` and its kin, with either prefix. The platform takes `wx-if`,
// `wx-elif` and `wx-else` too, and drops everything else that begins with
// `wx-`.
enum class Directive : uint8_t {
  kNone,
  kIf,
  kElif,
  kElse,
  kFor,
  kForItem,
  kForIndex,
  kKey,
  // The prefix and something else.
  kUnknown,
};

Directive DirectiveOf(std::string_view key);

struct AttrName {
  tmpl::AttrKind kind = tmpl::AttrKind::kPlain;
  // EventFlags.
  uint8_t flags = 0;
  // Decoded: the property, the dataset key, the event. A part of the key, or
  // in the caller's scratch where it is spelled otherwise.
  std::string_view name;
};

AttrName DecodeAttrName(std::string_view key, std::string& scratch);

// "my-prop" → "myProp".
std::string CamelCase(std::string_view dashed);

}  // namespace fcc::fxml

#endif  // FCC_COMPILER_FXML_ATTR_NAME_H_
