// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/data_path.h"

#include <gtest/gtest.h>

#include "runtime/value/value_json.h"

namespace fcc::app {
namespace {

using value::Value;

std::string RoundTrip(std::string_view text) {
  const base::Result<DataPath> path = ParseDataPath(text);
  return path ? PathToString(*path) : path.error().message;
}

Value FromText(std::string_view json) {
  return value::FromJson(*base::ParseJson(json).root);
}

std::string Assigned(std::string_view json, std::string_view path,
                     std::string_view new_value) {
  Value data = FromText(json);
  AssignPath(data, *ParseDataPath(path), FromText(new_value));
  return value::ToJson(data);
}

TEST(DataPath, ReadsKeysOfSetData) {
  EXPECT_EQ(RoundTrip("a"), "a");
  EXPECT_EQ(RoundTrip("a.b[0].c"), "a.b[0].c");
  // Frameworks write an index behind a dot.
  EXPECT_EQ(RoundTrip("root.cn.[0].cn"), "root.cn[0].cn");
  EXPECT_EQ(ParseDataPath("new\\.key")->size(), 1U);
  EXPECT_EQ(ParseDataPath("new\\.key")->front().name, "new.key");
  EXPECT_EQ(ParseDataPath("")->front().name, "");
  EXPECT_EQ(ParseDataPath("o.1x")->back().name, "1x");
  EXPECT_EQ(ParseDataPath("a[007]")->back().index, 7U);
}

TEST(DataPath, RefusesWhatIsNoIndex) {
  EXPECT_EQ(RoundTrip("o[\"q\"]"),
            "data path descriptor \"o[\"q\"]\" is illegal at char 2 (illegal "
            "index)");
  EXPECT_EQ(RoundTrip("arr[-1]"),
            "data path descriptor \"arr[-1]\" is illegal at char 4 (illegal "
            "index)");
  EXPECT_FALSE(ParseDataPath("a[99999999999999999999]"));
}

TEST(DataPath, AssignsAndMakesWhatIsMissing) {
  EXPECT_EQ(Assigned("{}", "a.b", "1"), R"({"a":{"b":1}})");
  EXPECT_EQ(Assigned("{}", "a[1].b", "1"), R"({"a":[null,{"b":1}]})");
  EXPECT_EQ(Assigned(R"({"a":2})", "a.b", "1"), R"({"a":{"b":1}})");
  EXPECT_EQ(Assigned(R"({"a":{"x":1}})", "a[0]", "1"), R"({"a":[1]})");
  EXPECT_EQ(Assigned(R"({"a":[1,2]})", "a[0]", "9"), R"({"a":[9,2]})");
  EXPECT_EQ(Assigned(R"({"a":[1,2]})", "a.1", "9"), R"({"a":[1,9]})");
  EXPECT_EQ(Assigned(R"({"a":[1,2]})", "a.b", "9"), R"({"a":{"b":9}})");
}

TEST(DataPath, LeavesSharedValuesAlone) {
  Value data = FromText(R"({"list":[{"n":1},{"n":2}]})");
  const Value before = data;
  AssignPath(data, *ParseDataPath("list[1].n"), Value::Number(3));
  EXPECT_EQ(value::ToJson(before), R"({"list":[{"n":1},{"n":2}]})");
  // What was not written to is the same node: renderers rely on it.
  EXPECT_TRUE(data.Get("list").At(0).SameAs(before.Get("list").At(0)));
  EXPECT_FALSE(data.Get("list").At(1).SameAs(before.Get("list").At(1)));
}

TEST(DataPath, Reads) {
  const Value data = FromText(R"({"a":{"b":[1,{"c":2}]}})");
  EXPECT_EQ(ReadPath(data, *ParseDataPath("a.b[1].c")).number(), 2);
  EXPECT_EQ(ReadPath(data, *ParseDataPath("a.b.length")).number(), 2);
  EXPECT_TRUE(ReadPath(data, *ParseDataPath("a.x.y")).IsUndefined());
  EXPECT_TRUE(ReadPath(data, *ParseDataPath("a.b[7]")).IsUndefined());
}

bool Fires(std::string_view observer, std::string_view changed) {
  const base::Result<std::vector<ObserverPath>> patterns =
      ParseObserverPaths(observer);
  return Concerns(patterns->front(), *ParseDataPath(changed));
}

// component-model.md, section 2.
TEST(Observers, MatchAssignedPaths) {
  EXPECT_TRUE(Fires("a", "a"));
  EXPECT_FALSE(Fires("a", "a.b.c"));
  EXPECT_TRUE(Fires("a.b", "a"));
  EXPECT_TRUE(Fires("a.b", "a.b"));
  EXPECT_FALSE(Fires("a.b", "a.b.c"));
  EXPECT_TRUE(Fires("a.b.c", "a"));
  EXPECT_TRUE(Fires("a.**", "a"));
  EXPECT_TRUE(Fires("a.**", "a.b.c"));
  EXPECT_FALSE(Fires("a.**", "b"));
  EXPECT_TRUE(Fires("**", "anything.at[3].all"));
  EXPECT_TRUE(Fires("arr[0]", "arr"));
  EXPECT_TRUE(Fires("arr[0]", "arr[0]"));
  EXPECT_FALSE(Fires("arr[0]", "arr[1]"));
}

TEST(Observers, ReadKeys) {
  EXPECT_EQ(ParseObserverPaths("n, a.b")->size(), 2U);
  EXPECT_TRUE(ParseObserverPaths(" a . ** ")->front().wildcard);
  EXPECT_FALSE(ParseObserverPaths(""));
  EXPECT_FALSE(ParseObserverPaths("a b"));
  EXPECT_FALSE(ParseObserverPaths("a[x]"));
  EXPECT_FALSE(ParseObserverPaths("1a"));
}

}  // namespace
}  // namespace fcc::app
