// SPDX-License-Identifier: Apache-2.0
//
// A component's declared properties and what happens to a value that is put
// into one.

#ifndef FCC_RUNTIME_APP_PROPERTY_H_
#define FCC_RUNTIME_APP_PROPERTY_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/value/value.h"

namespace fcc::app {

enum class PropertyType : uint8_t {
  // `null` or no type: takes anything.
  kAny,
  kString,
  kNumber,
  kBoolean,
  kObject,
  kArray,
  kFunction,
};

std::string_view PropertyTypeName(PropertyType type);

// What a property of that type holds when no `value` is declared, and what it
// gets in place of a value it cannot take: "", 0, false, [], null.
value::Value DefaultOf(PropertyType type);

struct Coerced {
  value::Value value;
  // The value did not fit and was replaced or converted by force.
  bool mismatch = false;
};

// Spec: component-model.md, section 1, as glass-easel has it: an optional type
// that fits takes the value as it is; else the main type converts it, and what
// it cannot convert becomes the type's default (never the declared `value`).
Coerced CoerceProperty(const value::Value& value, PropertyType type,
                       const std::vector<PropertyType>& optional_types);

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_PROPERTY_H_
