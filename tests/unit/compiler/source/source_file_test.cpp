// SPDX-License-Identifier: Apache-2.0

#include "compiler/source/source_file.h"

#include <gtest/gtest.h>

namespace fcc::source {
namespace {

TEST(SourceFileTest, CountsLinesAndCharacters) {
  SourceSet sources;
  const SourceFile& file = sources.Add("a",
                                       "\xEF\xBB\xBF"
                                       "中x\r\ny\rz\n");
  EXPECT_EQ(file.line_count(), 4u);
  EXPECT_EQ(file.Line(1), "中x");
  EXPECT_EQ(file.Line(2), "y");
  EXPECT_EQ(file.Line(4), "");
  EXPECT_EQ(file.Line(9), "");
  LineColumn x = file.PositionOf(3);
  EXPECT_EQ(x.line, 1u);
  EXPECT_EQ(x.column, 2u);
  EXPECT_EQ(file.PositionOf(6).line, 2u);
  EXPECT_EQ(file.PositionOf(1000).line, 4u);
  EXPECT_EQ(file.Utf16ColumnOf(3), 1u);
}

TEST(SourceSetTest, FilesStayWhereTheyAre) {
  SourceSet sources;
  const SourceFile* first = &sources.Add("a", "1");
  for (int i = 0; i < 100; ++i) {
    sources.Add("x", "");
  }
  EXPECT_EQ(&sources.Get(first->id()), first);
  EXPECT_EQ(sources.size(), 101u);
}

}  // namespace
}  // namespace fcc::source
