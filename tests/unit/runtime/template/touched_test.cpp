// SPDX-License-Identifier: Apache-2.0

#include "runtime/template/touched.h"

#include <gtest/gtest.h>

#include <string_view>

namespace fcc::tmpl {
namespace {

using value::Value;

Value Keys(std::initializer_list<Value> keys) {
  return Value::ArrayOf(keys);
}

TEST(Touched, MarksWhatWasWritten) {
  Value data = Value::ObjectOf(
      {{"a", Value::Number(1)},
       {"o", Value::ObjectOf({{"x", Value::Number(2)}})},
       {"l", Value::ArrayOf({Value::Number(3), Value::Number(4)})}});
  const Value before = data;
  MarkTouched(data, Keys({Value::String("o"), Value::String("x")}));
  MarkTouched(data, Keys({Value::String("l"), Value::Number(1)}));
  EXPECT_TRUE(IsTouchedMark(data.Get("o").Get("x")));
  EXPECT_FALSE(IsTouchedMark(data.Get("o")));
  EXPECT_TRUE(IsTouchedMark(data.Get("l").At(1)));
  EXPECT_EQ(data.Get("l").At(0).number(), 3);
  EXPECT_EQ(data.Get("l").array().items.size(), 2U);
  // Whoever shares the data sees nothing of it.
  EXPECT_EQ(before.Get("o").Get("x").number(), 2);
}

// As long as `l` is now, it was not before.
TEST(Touched, ListsThatGrewHadAnotherLength) {
  Value data = Value::ObjectOf({{"l", Value::ArrayOf({Value::Number(1)})}});
  for (const double index : {1.0, 2.0, 3.0}) {
    MarkTouched(data, Keys({Value::String("l"), Value::Number(index)}));
    EXPECT_NE(data.Get("l").array().items.size(),
              static_cast<size_t>(index) + 1);
    EXPECT_TRUE(IsTouchedMark(data.Get("l").At(static_cast<size_t>(index))));
  }
}

TEST(Touched, MakesWhatIsMissingAndStopsAtMarks) {
  Value data = Value::ObjectOf({{"s", Value::Number(1)}});
  MarkTouched(data, Keys({Value::String("n"), Value::Number(2)}));
  EXPECT_TRUE(IsTouchedMark(data.Get("n").Get("2")));
  MarkTouched(data, Keys({Value::String("s")}));
  MarkTouched(data, Keys({Value::String("s"), Value::String("x")}));
  EXPECT_TRUE(IsTouchedMark(data.Get("s")));
  MarkTouched(data, Keys({Value::String("l"), Value::Number(1e9)}));
}

}  // namespace
}  // namespace fcc::tmpl
