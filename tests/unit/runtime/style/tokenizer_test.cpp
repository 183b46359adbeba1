// SPDX-License-Identifier: Apache-2.0

#include "runtime/style/tokenizer.h"

#include <gtest/gtest.h>

#include <string>

#include "runtime/style/instantiate_css.h"

namespace fcc::style {
namespace {

// Each token as a letter for its kind and its text.
std::string Dump(std::string_view text) {
  // In the order of TokenKind; the first is the end.
  constexpr std::string_view kLetters = "$_/ifah'\"uUn%dc>:;,[](){}.";
  std::string out;
  Tokenizer tokens(text);
  while (true) {
    const Token token = tokens.Next();
    if (token.kind == TokenKind::kEnd) {
      return out;
    }
    if (!out.empty()) {
      out += ' ';
    }
    out += kLetters[static_cast<size_t>(token.kind)];
    out += '<';
    out += token.span.In(text);
    out += '>';
  }
}

TEST(Tokenizer, NamesAndNumbers) {
  EXPECT_EQ(Dump("a-b --x -1px"), "i<a-b> _< > i<--x> _< > d<-1px>");
  EXPECT_EQ(Dump("1.5e3px +.5 1e2 1ex 50%"),
            "d<1.5e3px> _< > n<+.5> _< > n<1e2> _< > d<1ex> _< > %<50%>");
  EXPECT_EQ(Dump("1.x 2..3"), "n<1> .<.> i<x> _< > n<2> .<.> n<.3>");
  EXPECT_EQ(Dump("#a1 #1 # @x @"),
            "h<#a1> _< > h<#1> _< > .<#> _< > "
            "a<@x> _< > .<@>");
  EXPECT_EQ(Dump("中文 _x"), "i<中文> _< > i<_x>");
}

TEST(Tokenizer, Escapes) {
  EXPECT_EQ(Dump("a\\:b\\31 c"), "i<a\\:b\\31 c>");
  EXPECT_EQ(Unescape("a\\:b\\31 c\\4e2d"), "a:b1c中");
  EXPECT_EQ(Unescape("\\0 \\d800 \\110000 "),
            "\xEF\xBF\xBD\xEF\xBF\xBD"
            "\xEF\xBF\xBD");
  EXPECT_EQ(EscapeIdent("1a:b"), "\\31 a\\:b");
  EXPECT_EQ(EscapeIdent("-"), "\\-");
  EXPECT_EQ(EscapeIdent("-1"), "-\\31 ");
  for (const char* name : {"1a:b", "-", "-1", "a b", "中", "--x", "w-1/2"}) {
    EXPECT_EQ(Unescape(EscapeIdent(name)), name);
  }
}

TEST(Tokenizer, StringsAndAddresses) {
  EXPECT_EQ(Dump("'a\\'b' \"c"), "'<'a\\'b'> _< > '<\"c>");
  EXPECT_EQ(Dump("'a\nb'"), "\"<'a> _<\n> i<b> '<'>");
  EXPECT_EQ(Dump("url( a.png ) url('x') url(a b)"),
            "u<url( a.png )> _< > f<url(> '<'x'> )<)> _< > U<url(a b)>");
}

TEST(Tokenizer, Comments) {
  EXPECT_EQ(Dump("/*a*/b/*"), "/</*a*/> i<b> /</*>");
  EXPECT_EQ(Dump("a; // b\nc"), "i<a> ;<;> _< > /<// b> _<\n> i<c>");
  // No comment inside a value's address.
  EXPECT_EQ(Dump("http://a"), "i<http> :<:> .</> .</> i<a>");
}

TEST(Rpx, RoundsDownToWholePixels) {
  EXPECT_EQ(RpxToPx(375, 375, 2, false), 187);
  EXPECT_EQ(RpxToPx(-10.5, 375, 2, false), -6);
  EXPECT_EQ(RpxToPx(1, 375, 2, false), 1);
  EXPECT_EQ(RpxToPx(1, 375, 2, true), 0.5);
  EXPECT_EQ(RpxToPx(0, 375, 2, true), 0);
  EXPECT_EQ(ResolveRpx("calc(100% - 10rpx) '1rpx' url(1rpx) 1rpxx +4rpx", 375,
                       2, false),
            "calc(100% - 5px) '1rpx' url(1rpx) 1rpxx 2px");
  EXPECT_EQ(ResolveRpx("2rpx-4rpx 1e2rpx 10RPX", 375, 2, false),
            "1px-2px 1e2rpx 10RPX");
}

}  // namespace
}  // namespace fcc::style
