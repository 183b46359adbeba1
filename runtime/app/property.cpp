// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/property.h"

#include <cmath>

namespace fcc::app {

using value::Value;

std::string_view PropertyTypeName(PropertyType type) {
  switch (type) {
    case PropertyType::kAny:
      return "any";
    case PropertyType::kString:
      return "String";
    case PropertyType::kNumber:
      return "Number";
    case PropertyType::kBoolean:
      return "Boolean";
    case PropertyType::kObject:
      return "Object";
    case PropertyType::kArray:
      return "Array";
    case PropertyType::kFunction:
      return "Function";
  }
  return "";
}

Value DefaultOf(PropertyType type) {
  switch (type) {
    case PropertyType::kString:
      return Value::String("");
    case PropertyType::kNumber:
      return Value::Number(0);
    case PropertyType::kBoolean:
      return Value::Bool(false);
    case PropertyType::kArray:
      return Value::NewArray();
    case PropertyType::kAny:
    case PropertyType::kObject:
    case PropertyType::kFunction:
      return Value::Null();
  }
  return Value::Null();
}

// typeof value === 'object' && value !== null
static bool IsObjectLike(const Value& value) {
  switch (value.kind()) {
    case value::Kind::kArray:
    case value::Kind::kObject:
    case value::Kind::kDate:
    case value::Kind::kBytes:
    case value::Kind::kRegExp:
      return true;
    case value::Kind::kUndefined:
    case value::Kind::kNull:
    case value::Kind::kBool:
    case value::Kind::kNumber:
    case value::Kind::kFunction:
    case value::Kind::kString:
      return false;
  }
  return false;
}

static bool Fits(const Value& value, PropertyType type) {
  switch (type) {
    case PropertyType::kAny:
      return !value.IsUndefined();
    case PropertyType::kString:
      return value.IsString();
    case PropertyType::kNumber:
      return value.IsNumber() && std::isfinite(value.number());
    case PropertyType::kBoolean:
      return value.IsBool();
    // typeof null is 'object'.
    case PropertyType::kObject:
      return (IsObjectLike(value) && !value.IsArray()) || value.IsNull();
    case PropertyType::kArray:
      return value.IsArray();
    case PropertyType::kFunction:
      return value.IsFunction();
  }
  return false;
}

Coerced CoerceProperty(const Value& value, PropertyType type,
                       const std::vector<PropertyType>& optional_types) {
  for (const PropertyType optional : optional_types) {
    if (Fits(value, optional)) {
      return {value, false};
    }
  }
  switch (type) {
    case PropertyType::kAny:
      return {value.IsUndefined() ? Value::Null() : value, false};
    case PropertyType::kString:
      if (value.IsString()) {
        return {value, false};
      }
      if (value.IsNullish()) {
        return {DefaultOf(type), true};
      }
      return {Value::String(value.ToDisplayString()), IsObjectLike(value)};
    case PropertyType::kNumber: {
      // The global isFinite, which converts first: null is 0, "12" is 12.
      const double number = value.ToNumber();
      if (std::isfinite(number)) {
        return {Value::Number(number), false};
      }
      return {DefaultOf(type), true};
    }
    case PropertyType::kBoolean:
      return {Value::Bool(value.Truthy()), false};
    case PropertyType::kObject:
      // An array is an object to it.
      if (IsObjectLike(value) || value.IsNull()) {
        return {value, false};
      }
      return {DefaultOf(type), true};
    case PropertyType::kArray:
    case PropertyType::kFunction:
      if (Fits(value, type)) {
        return {value, false};
      }
      return {DefaultOf(type), true};
  }
  return {DefaultOf(type), true};
}

}  // namespace fcc::app
