// SPDX-License-Identifier: Apache-2.0

#include "runtime/value/value.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "runtime/value/message.h"
#include "runtime/value/value_json.h"

namespace fcc::value {
namespace {

Value Parse(std::string_view json) {
  base::JsonDocument document = base::ParseJson(json);
  EXPECT_TRUE(document.ok()) << json;
  return FromJson(*document.root);
}

TEST(ValueTest, CopiesShareUntilOneWrites) {
  Value first = Parse(R"({"a":[1,2]})");
  Value second = first;
  EXPECT_TRUE(first.SameAs(second));
  second.MutableObject().Set("b", Value::Bool(true));
  EXPECT_FALSE(first.SameAs(second));
  EXPECT_EQ(ToJson(first), R"({"a":[1,2]})");
  EXPECT_EQ(ToJson(second), R"({"a":[1,2],"b":true})");
  EXPECT_TRUE(first.Get("a").SameAs(second.Get("a")));
}

TEST(ValueTest, ObjectsKeepJavaScriptOrder) {
  EXPECT_EQ(ToJson(Parse(R"({"b":1,"10":2,"a":3,"2":4,"01":5})")),
            R"({"2":4,"10":2,"b":1,"a":3,"01":5})");
}

TEST(ValueTest, LargeObjectsFindTheirMembers) {
  Value value = Value::NewObject();
  Object& object = value.MutableObject();
  for (int i = 0; i < 1000; ++i) {
    object.Set("k" + std::to_string(i), Value::Number(i));
  }
  for (int i = 0; i < 1000; i += 3) {
    EXPECT_TRUE(object.Remove("k" + std::to_string(i)));
  }
  for (int i = 999; i >= 0; --i) {
    object.Set(std::to_string(i), Value::Number(-i));
  }
  for (int i = 0; i < 1000; ++i) {
    const Value* found = object.Find("k" + std::to_string(i));
    EXPECT_EQ(found != nullptr, i % 3 != 0);
    EXPECT_EQ(object.Find(std::to_string(i))->number(), -i);
  }
  EXPECT_EQ(object.members()[5].name(), "5");
}

TEST(ValueTest, GetReachesIntoArraysAndStrings) {
  Value value = Parse(R"({"a":["x","中\ud83d\ude00"]})");
  EXPECT_EQ(value.Get("a").Get("length").number(), 2);
  EXPECT_EQ(value.Get("a").Get("1").Get("length").number(), 3);
  EXPECT_EQ(value.Get("a").Get("1").At(0).string(), "中");
  EXPECT_EQ(value.Get("a").Get("1").At(1).string(), "\xED\xA0\xBD");
  EXPECT_TRUE(value.Get("a").Get("01").IsUndefined());
  EXPECT_TRUE(value.Get("no").Get("deep").Get("er").IsUndefined());
}

TEST(ValueTest, ConvertsAsJavaScriptDoes) {
  EXPECT_EQ(Value::String(" 0x1F\n").ToNumber(), 31);
  EXPECT_EQ(Value::String("").ToNumber(), 0);
  EXPECT_EQ(Value::String("-1.5e3").ToNumber(), -1500);
  EXPECT_EQ(Value::String(".5").ToNumber(), 0.5);
  EXPECT_EQ(Value::String("5.").ToNumber(), 5);
  EXPECT_TRUE(std::isnan(Value::String("1px").ToNumber()));
  EXPECT_TRUE(std::isnan(Value::String("inf").ToNumber()));
  EXPECT_EQ(Value::String("-Infinity").ToNumber(), -INFINITY);
  EXPECT_EQ(Parse("[[1,2],null,{}]").ToDisplayString(), "1,2,,[object Object]");
  EXPECT_EQ(Value::Number(-0.0).ToDisplayString(), "0");
  EXPECT_FALSE(Value::Number(NAN).Truthy());
  EXPECT_TRUE(Value::NewArray().Truthy());
  EXPECT_TRUE(Value::String("0").Truthy());
}

TEST(ValueTest, DeepChainsAreTakenApart) {
  Value value;
  for (int i = 0; i < 1000000; ++i) {
    value = Value::ArrayOf({std::move(value)});
  }
  EXPECT_TRUE(value.IsArray());
  EXPECT_FALSE(EncodeMessage(value));
}

Value Random(std::mt19937& random, int depth) {
  switch (random() % (depth > 4 ? 9 : 11)) {
    case 0:
      return Value();
    case 1:
      return Value::Null();
    case 2:
      return Value::Bool(random() % 2 != 0);
    case 3:
      return Value::Number(static_cast<double>(random()) / 7);
    case 4:
      return Value::Number(NAN);
    case 5:
      return Value::Date(static_cast<double>(random()));
    case 6:
      return Value::Function(
          {static_cast<uint32_t>(random()), static_cast<uint32_t>(random())});
    case 7:
      return Value::Bytes(std::string(random() % 300, '\0'));
    case 8:
      return Value::String(std::string(random() % 5, '\xC3'));
    case 9: {
      std::vector<Value> items(random() % 5);
      for (Value& item : items) {
        item = Random(random, depth + 1);
      }
      return Value::ArrayOf(std::move(items));
    }
    default: {
      Value value = Value::NewObject();
      for (size_t i = random() % 20; i > 0; --i) {
        value.MutableObject().Set(std::to_string(random() % 100),
                                  Random(random, depth + 1));
      }
      return value;
    }
  }
}

TEST(MessageTest, RandomValuesMakeTheRoundTrip) {
  std::mt19937 random(7);
  for (int i = 0; i < 500; ++i) {
    Value value = Random(random, 0);
    std::string bytes = EncodeMessage(value).value();
    Value back = DecodeMessage(bytes).value();
    EXPECT_TRUE(value.DeepEquals(back));
    EXPECT_EQ(EncodeMessage(back).value(), bytes);
    // No cut of it may be taken for a whole.
    for (size_t cut = 0; cut < bytes.size(); cut += 1 + bytes.size() / 16) {
      EXPECT_FALSE(DecodeMessage(std::string_view(bytes).substr(0, cut)));
    }
  }
}

TEST(MessageTest, LyingCountsAreRefused) {
  EXPECT_FALSE(DecodeMessage("\x07\xFF\xFF\xFF\xFF\x0F"));
  EXPECT_FALSE(DecodeMessage("\x06\x05"));
  EXPECT_FALSE(DecodeMessage("\x7F"));
  EXPECT_FALSE(DecodeMessage(std::string(5000, '\x07')));
}

TEST(ValueJsonTest, LeavesOutWhatJsonCannotHold) {
  Value value = Value::ObjectOf({{"u", Value()},
                                 {"f", Value::Function({1, 2})},
                                 {"n", Value::Number(NAN)},
                                 {"d", Value::Date(0)},
                                 {"a", Value::ArrayOf({Value()})}});
  EXPECT_EQ(ToJson(value),
            R"({"n":null,"d":"1970-01-01T00:00:00.000Z","a":[null]})");
  EXPECT_EQ(ToJson(Parse(R"({"a":[1],"b":{}})"), 2),
            "{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}");
}

}  // namespace
}  // namespace fcc::value
