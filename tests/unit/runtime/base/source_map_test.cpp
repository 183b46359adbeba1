// SPDX-License-Identifier: Apache-2.0

#include "runtime/base/source_map.h"

#include <gtest/gtest.h>

namespace fcc::base {
namespace {

SourceMap Sample() {
  SourceMap map;
  map.file = "out.js";
  map.sources = {"a.ts", "b.ts"};
  map.sources_content = {"let a", ""};
  map.names = {"value"};
  map.mappings = {{0, 0, 0, 0, 0, kNoSource},
                  {0, 9, 0, 3, 40, 0},
                  {2, 4, 1, 0, 7, kNoSource},
                  {2, 90, kNoSource, 0, 0, kNoSource}};
  return map;
}

TEST(SourceMapTest, SurvivesWritingAndReading) {
  const SourceMap map = Sample();
  const auto read = ReadSourceMap(WriteSourceMap(map));
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read->file, map.file);
  EXPECT_EQ(read->sources, map.sources);
  EXPECT_EQ(read->sources_content, map.sources_content);
  EXPECT_EQ(read->names, map.names);
  EXPECT_EQ(read->mappings, map.mappings);
}

TEST(SourceMapTest, WritesTheFormOthersRead) {
  SourceMap map;
  map.sources = {"a.js"};
  map.mappings = {{0, 0, 0, 0, 0, kNoSource},
                  {0, 16, 0, 1, 2, kNoSource},
                  {1, 1, 0, 0, 1, kNoSource}};
  EXPECT_EQ(WriteSourceMap(map),
            R"({"version":3,"sources":["a.js"],"names":[],)"
            R"("mappings":"AAAA,gBACE;CADD"})");
}

TEST(SourceMapTest, FindsTheMappingBefore) {
  const SourceMap map = Sample();
  EXPECT_EQ(map.Find(0, 8), &map.mappings[0]);
  EXPECT_EQ(map.Find(0, 9), &map.mappings[1]);
  EXPECT_EQ(map.Find(0, 1000), &map.mappings[1]);
  EXPECT_EQ(map.Find(1, 0), nullptr);
  EXPECT_EQ(map.Find(2, 3), nullptr);
  // Text of nobody.
  EXPECT_EQ(map.Find(2, 95), nullptr);
}

TEST(SourceMapTest, FlattensSections) {
  const auto map = ReadSourceMap(R"({"version":3,"sections":[
      {"offset":{"line":0,"column":0},
       "map":{"version":3,"sources":["a"],"names":[],"mappings":"AAAA"}},
      {"offset":{"line":2,"column":5},
       "map":{"version":3,"sources":["b"],"sourceRoot":"src","names":[],
              "mappings":"CAAA;AACA"}}]})");
  ASSERT_TRUE(map.ok()) << map.error().message;
  EXPECT_EQ(map->sources, (std::vector<std::string>{"a", "src/b"}));
  ASSERT_EQ(map->mappings.size(), 3u);
  EXPECT_EQ(map->mappings[1], (Mapping{2, 6, 1, 0, 0, kNoSource}));
  EXPECT_EQ(map->mappings[2], (Mapping{3, 0, 1, 1, 0, kNoSource}));
}

TEST(SourceMapTest, Composes) {
  SourceMap outer;
  outer.sources = {"mid.js"};
  outer.names = {"short"};
  outer.mappings = {{0, 0, 0, 0, 10, 0}, {0, 5, 0, 7, 0, kNoSource}};
  SourceMap inner;
  inner.sources = {"in.ts"};
  inner.names = {"long"};
  inner.mappings = {{0, 4, 0, 20, 1, 0}};
  const SourceMap map = ComposeSourceMaps(outer, 0, inner);
  EXPECT_EQ(map.sources, inner.sources);
  // What the inner map does not know is dropped; its names win.
  ASSERT_EQ(map.mappings.size(), 1u);
  EXPECT_EQ(map.mappings[0], (Mapping{0, 0, 0, 20, 1, 0}));
  EXPECT_EQ(map.names[0], "long");
}

TEST(SourceMapTest, RefusesWhatIsNone) {
  for (const char* text :
       {"", "[]", "{}", R"({"version":2,"sources":[],"mappings":""})",
        R"({"version":3,"sources":[],"mappings":"AAAA"})",
        R"({"version":3,"sources":["a"],"mappings":"A!"})",
        R"({"version":3,"sources":["a"],"mappings":"AA"})",
        R"({"version":3,"sources":["a"],"mappings":"AADA"})",
        R"({"version":3,"sources":["a"],"mappings":"ggggggggggggA"})"}) {
    EXPECT_FALSE(ReadSourceMap(text).ok()) << text;
  }
}

}  // namespace
}  // namespace fcc::base
