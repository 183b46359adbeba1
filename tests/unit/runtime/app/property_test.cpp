// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/property.h"

#include <gtest/gtest.h>

#include <cmath>

#include "runtime/base/format.h"
#include "runtime/value/value_json.h"

namespace fcc::app {
namespace {

using value::Value;

std::string Shown(const Value& value) {
  if (value.IsUndefined()) {
    return "undefined";
  }
  if (value.IsNumber() && !std::isfinite(value.number())) {
    return value.ToDisplayString();
  }
  return value::ToJson(value);
}

std::string AllTypes(const Value& value) {
  std::string text;
  const std::pair<const char*, PropertyType> kTypes[] = {
      {"s", PropertyType::kString},  {"n", PropertyType::kNumber},
      {"b", PropertyType::kBoolean}, {"o", PropertyType::kObject},
      {"a", PropertyType::kArray},   {"x", PropertyType::kAny},
  };
  for (const auto& [name, type] : kTypes) {
    text += base::format("{}={} ", name,
                         Shown(CoerceProperty(value, type, {}).value));
  }
  return text + "m=" +
         Shown(CoerceProperty(value, PropertyType::kNumber,
                              {PropertyType::kString, PropertyType::kObject})
                   .value);
}

// The lines of the reference trace "property coercion", glass-easel.
TEST(Property, CoercesAsThePlatformDoes) {
  const Value object = Value::ObjectOf({{"k", Value::Number(1)}});
  const Value list = Value::ArrayOf({Value::Number(1)});
  const std::pair<Value, const char*> kCases[] = {
      {Value(), R"(s="" n=0 b=false o=null a=[] x=null m=0)"},
      {Value::Null(), R"(s="" n=0 b=false o=null a=[] x=null m=null)"},
      {Value::String(""), R"(s="" n=0 b=false o=null a=[] x="" m="")"},
      {Value::String("abc"),
       R"(s="abc" n=0 b=true o=null a=[] x="abc" m="abc")"},
      {Value::String("12"), R"(s="12" n=12 b=true o=null a=[] x="12" m="12")"},
      {Value::Number(0), R"(s="0" n=0 b=false o=null a=[] x=0 m=0)"},
      {Value::Number(1.5), R"(s="1.5" n=1.5 b=true o=null a=[] x=1.5 m=1.5)"},
      {Value::Number(NAN), R"(s="NaN" n=0 b=false o=null a=[] x=NaN m=0)"},
      {Value::Bool(true), R"(s="true" n=1 b=true o=null a=[] x=true m=1)"},
      {Value::Bool(false), R"(s="false" n=0 b=false o=null a=[] x=false m=0)"},
      {object,
       R"(s="[object Object]" n=0 b=true o={"k":1} a=[] x={"k":1} m={"k":1})"},
      {list, R"(s="1" n=1 b=true o=[1] a=[1] x=[1] m=1)"},
  };
  for (const auto& [value, expected] : kCases) {
    EXPECT_EQ(AllTypes(value), expected);
  }
}

TEST(Property, KeepsFunctions) {
  const Value function = Value::Function({1, 2});
  EXPECT_TRUE(
      CoerceProperty(function, PropertyType::kFunction, {}).value.IsFunction());
  EXPECT_TRUE(
      CoerceProperty(function, PropertyType::kAny, {}).value.IsFunction());
}

}  // namespace
}  // namespace fcc::app
