// SPDX-License-Identifier: Apache-2.0

#include "runtime/base/json.h"

#include <gtest/gtest.h>

#include <limits>

namespace fcc::base {
namespace {

std::string Compact(std::string_view text) {
  JsonDocument document = ParseJson(text);
  std::string out;
  AppendJson(out, *document.root);
  return out;
}

std::vector<std::string> Errors(std::string_view text) {
  std::vector<std::string> messages;
  for (const JsonError& error : ParseJson(text).errors) {
    messages.push_back(error.message);
  }
  return messages;
}

TEST(JsonTest, ReadsEveryKind) {
  EXPECT_EQ(Compact(R"( {"a":[1,-2.5e3,true,false,null,"x"],"b":{}} )"),
            R"({"a":[1,-2500,true,false,null,"x"],"b":{}})");
  EXPECT_TRUE(ParseJson(R"({"a":1})").ok());
}

TEST(JsonTest, DecodesEscapesAndSurrogates) {
  JsonDocument document = ParseJson(R"("\u4e2d\n\ud83d\ude00\ud800x")");
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document.root->string,
            "\xE4\xB8\xAD\n\xF0\x9F\x98\x80\xED\xA0\x80x");
}

TEST(JsonTest, AcceptsCommentsAndTrailingCommasAndSaysSo) {
  JsonDocument document = ParseJson("{\n// c\n\"a\": [1, 2,], /* d */\n}");
  EXPECT_TRUE(document.ok());
  EXPECT_EQ(document.leniencies.size(), 4u);
  EXPECT_EQ(document.root->Find("a")->items.size(), 2u);
}

TEST(JsonTest, ReportsEveryErrorWithItsPlace) {
  JsonDocument document =
      ParseJson("{\"a\" 1, b: 2, 'c': 3, \"d\": tru, \"e\": 01}");
  ASSERT_EQ(document.errors.size(), 5u);
  EXPECT_EQ(document.errors[0].span.begin, 5u);
  EXPECT_EQ(document.errors[1].message, "the key `b` needs double quotes");
  EXPECT_EQ(document.errors[3].message,
            "`tru` is no JSON value; text needs double quotes");
  EXPECT_EQ(document.errors[4].message, "`01` is no JSON number");
}

TEST(JsonTest, ReportsForgottenCommaOnce) {
  EXPECT_EQ(Errors("{\"a\": 1 \"b\": 2}").size(), 1u);
  EXPECT_EQ(Compact("{\"a\": 1 \"b\": 2}"), R"({"a":1,"b":2})");
}

TEST(JsonTest, EndsOnAnyInput) {
  std::string_view samples[] = {
      "",         "{",    "[",      "{\"a\"", "{\"a\":", "[1,", "\"",
      "\"\\",     "{,}",  "[,]",    "{]",     "[}",      "}",   "/*",
      "{\"a\":}", "\x80", "{\x80}", "-",      "[1 2 3"};
  for (std::string_view text : samples) {
    JsonDocument document = ParseJson(text);
    EXPECT_FALSE(document.ok()) << text;
    ASSERT_NE(document.root, nullptr);
  }
}

TEST(JsonTest, LimitsDepth) {
  std::string deep(100000, '[');
  EXPECT_FALSE(ParseJson(deep).ok());
}

TEST(JsonTest, RepeatedKeyTakesTheLast) {
  JsonDocument document = ParseJson(R"({"a":1,"a":2})");
  EXPECT_EQ(document.root->Find("a")->number, 2);
  EXPECT_EQ(document.root->members.size(), 2u);
}

TEST(JsonTest, StringsAreSafeInScripts) {
  std::string out;
  AppendJsonString(out, "</script>\xE2\x80\xA8\x01\"");
  EXPECT_EQ(out, "\"\\u003c/script>\\u2028\\u0001\\\"\"");
}

TEST(JsonTest, WritesTextWhateverTheBytesAre) {
  std::string out;
  AppendJsonString(out, "a\xED\xEC\xED\xFFz");
  EXPECT_EQ(out, "\"a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz\"");
}

struct NumberCase {
  double number;
  const char* text;
};

TEST(JsonTest, NumbersPrintAsJavaScriptPrintsThem) {
  NumberCase cases[] = {{0, "0"},
                        {-0.0, "0"},
                        {1, "1"},
                        {-1.5, "-1.5"},
                        {1e21, "1e+21"},
                        {1e20, "100000000000000000000"},
                        {123456789012345680000.0, "123456789012345680000"},
                        {0.000001, "0.000001"},
                        {1e-7, "1e-7"},
                        {1.5e-10, "1.5e-10"},
                        {5e-324, "5e-324"},
                        {1.7976931348623157e308, "1.7976931348623157e+308"},
                        {0.1, "0.1"},
                        {100, "100"}};
  for (const NumberCase& c : cases) {
    EXPECT_EQ(NumberToString(c.number), c.text);
  }
  EXPECT_EQ(NumberToString(std::numeric_limits<double>::quiet_NaN()), "NaN");
  EXPECT_EQ(NumberToString(-std::numeric_limits<double>::infinity()),
            "-Infinity");
}

}  // namespace
}  // namespace fcc::base
