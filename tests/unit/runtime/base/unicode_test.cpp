// SPDX-License-Identifier: Apache-2.0

#include "runtime/base/unicode.h"

#include <gtest/gtest.h>

namespace fcc::base {
namespace {

TEST(UnicodeTest, EveryCodePointMakesTheRoundTrip) {
  for (uint32_t c = 1; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 37) {
    std::string text;
    AppendUtf8(text, c);
    DecodedCodePoint decoded = DecodeUtf8(text, 0);
    ASSERT_TRUE(decoded.valid) << c;
    ASSERT_EQ(decoded.code_point, c);
    ASSERT_EQ(decoded.size, text.size());
    ASSERT_EQ(FromUtf16(ToUtf16(text)), text);
    ASSERT_EQ(Utf16Length(text), ToUtf16(text).size());
  }
}

TEST(UnicodeTest, BrokenBytesAreReplacedOneByOne) {
  EXPECT_EQ(ToUtf16("a\xFF\xC0z"), u"a\uFFFD\uFFFDz");
  EXPECT_FALSE(DecodeUtf8("\xE4\xB8", 0).valid);
}

TEST(UnicodeTest, SurrogatesPairUp) {
  EXPECT_EQ(FromUtf16(u"\xD83D\xDE00"), "\xF0\x9F\x98\x80");
  EXPECT_EQ(FromUtf16(u"\xD83D"), "\xED\xA0\xBD");
}

TEST(UnicodeTest, WidthCountsTerminalColumns) {
  EXPECT_EQ(TerminalWidth("abc"), 3);
  EXPECT_EQ(TerminalWidth("中文"), 4);
  EXPECT_EQ(TerminalWidth("e\xCC\x81"), 1);
  EXPECT_EQ(TerminalWidth("\xF0\x9F\x98\x80"), 2);
  EXPECT_EQ(TerminalWidth("，"), 2);
}

}  // namespace
}  // namespace fcc::base
