// SPDX-License-Identifier: Apache-2.0
//
// What is said of a broken sheet, and what is left of it.

#include "compiler/ftss/parse_ftss.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "compiler/ftss/compile_ftss.h"
#include "compiler/ftss/rule_usage.h"
#include "runtime/base/format.h"

namespace fcc::ftss {
namespace {

struct Parsed {
  // `FS1001@3` for each problem, with the offset it points at.
  std::string problems;
  std::string css;
};

Parsed Parse(std::string text, CssOptions options = {}) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  const source::SourceFile& file = sources.Add("a.ftss", std::move(text));
  const StyleSheet sheet = ParseFtss(file, sink);
  Parsed parsed;
  for (const diagnostics::Diagnostic& one : sink.diagnostics()) {
    parsed.problems += parsed.problems.empty() ? "" : " ";
    parsed.problems += base::format("{}@{}", diagnostics::InfoOf(one.kind).code,
                                    one.location.span.begin);
  }
  parsed.css = PrintCss(sheet, options);
  return parsed;
}

TEST(ParseFtss, KeepsWhatIsRight) {
  for (const char* css :
       {"*{color:red}\n", ".a:is(.b,.c)>*{x:y}\n", ".中{a:b}\n",
        "@layer x{\n.a{b:c}\n}\n", "@container (a: b){\n.a{b:c}\n}\n",
        "[a*=\"b\" i]{d:e}\n", ".a\\:b,.\\31 a{c:d}\n", ".a{--x:{a:b}}\n",
        "@media{\n.a{b:c}\n}\n", "@keyframes k{\n}\n", ".a{}\n",
        "@font-face{font-family:\"x\";src:url(a.ttf)}\n",
        "@charset \"utf-8\";\n", ".a{b:c!important}\n",
        ".a{filter:progid:DX.M(a=1)}\n", "@import \"https://a/b.css\";\n"}) {
    const Parsed parsed = Parse(css);
    EXPECT_EQ(parsed.problems, "") << css;
    if (std::string_view(css).find("@import") == std::string_view::npos) {
      EXPECT_EQ(parsed.css, css);
    }
  }
}

TEST(ParseFtss, BlocksAndBraces) {
  EXPECT_EQ(Parse(".a{b:c").problems, "FS1001@2");
  EXPECT_EQ(Parse("@media x{.a{b:c}").problems, "FS1001@8");
  EXPECT_EQ(Parse(".a{b:c}}.d{e:f}").problems, "FS1002@7");
  EXPECT_EQ(Parse(".a{b:c}}.d{e:f}").css, ".a{b:c}\n.d{e:f}\n");
  EXPECT_EQ(Parse(".a").problems, "FS1003@0");
  EXPECT_EQ(Parse(".a;.b{c:d}").problems, "FS1003@0");
  EXPECT_EQ(Parse(".a;.b{c:d}").css, ".b{c:d}\n");
  EXPECT_EQ(Parse("@font-face;").problems, "FS1003@0");
  EXPECT_EQ(Parse("@keyframes k{from}").problems, "FS1003@13");
}

// One missing brace, one message.
TEST(ParseFtss, MissingBraceIsSaidOnce) {
  EXPECT_EQ(Parse(".a { color: red\n.b { color: blue }").problems, "FS1001@3");
  EXPECT_EQ(Parse(".a { color: red .b { x: y } }").problems, "FS1005@10");
}

TEST(ParseFtss, Selectors) {
  EXPECT_EQ(Parse("{a:b}").problems, "FS1004@0");
  EXPECT_EQ(Parse(",.a{b:c}").problems, "FS1004@0");
  EXPECT_EQ(Parse(".a >{b:c}").problems, "FS1004@4");
  EXPECT_EQ(Parse(".a..b{c:d}.e{f:g}").problems, "FS1005@2");
  EXPECT_EQ(Parse(".a..b{c:d}.e{f:g}").css, ".e{f:g}\n");
  EXPECT_EQ(Parse(".1a{c:d}").problems, "FS1005@0");
  EXPECT_EQ(Parse(".a){c:d}").problems, "FS1005@2");
  EXPECT_EQ(Parse(".a:not(.b{c:d}").problems, "FS1005@9");
}

TEST(ParseFtss, Declarations) {
  EXPECT_EQ(Parse(".a{b c;d:e}").problems, "FS1006@3");
  EXPECT_EQ(Parse(".a{b c;d:e}").css, ".a{d:e}\n");
  EXPECT_EQ(Parse(".a{*zoom:1;d:e}").problems, "FS1006@3");
  EXPECT_EQ(Parse(".a{b:;d:e}").problems, "FS1007@3");
  EXPECT_EQ(Parse(".a{--b:;d:e}").problems, "");
  EXPECT_EQ(Parse(".a{;;b:c;;}").css, ".a{b:c}\n");
  EXPECT_EQ(Parse(".a{b:'x\n;c:d}").problems, "FS1008@5");
  EXPECT_EQ(Parse(".a{b:calc(1px;c:d}.e{f:g}").problems, "FS1009@5");
  EXPECT_EQ(Parse(".a{b:calc(1px;c:d}.e{f:g}").css, ".a{}\n.e{f:g}\n");
  EXPECT_EQ(Parse(".a{b:url(x y)}").problems, "FS1010@5");
  EXPECT_EQ(Parse(".a{b:c)}").problems, "FS1020@6");
  EXPECT_EQ(Parse(".a{b:1RPX}").problems, "FS1021@5");
}

TEST(ParseFtss, Comments) {
  EXPECT_EQ(Parse("/* c").problems, "FS1011@0");
  const Parsed line = Parse("// x\n.a{b:c; // y\nd:e}");
  EXPECT_EQ(line.problems, "FS1012@0 FS1012@13");
  EXPECT_EQ(line.css, ".a{b:c;d:e}\n");
  EXPECT_EQ(Parse(".a{b:c/* x */d}").css, ".a{b:c d}\n");
}

TEST(ParseFtss, AtRules) {
  EXPECT_EQ(Parse("@tailwind base;").problems, "FS1013@0");
  EXPECT_EQ(Parse("@tailwind base;").css, "@tailwind base;\n");
  EXPECT_EQ(Parse("@mixin x{a:b}.c{d:e}").css, "@mixin x{a:b}\n.c{d:e}\n");
  EXPECT_EQ(Parse("@import b;").problems, "FS1014@0");
  EXPECT_EQ(Parse("@import 'b'\n.c{d:e}").problems, "FS1023@0");
  EXPECT_EQ(Parse("@import 'b'\n.c{d:e}").css, ".c{d:e}\n");
  EXPECT_EQ(Parse("@media (min-width:10rpx){}").problems, "FS1022@18");
  EXPECT_EQ(Parse(".a{b:c};.d{e:f}").problems, "FS1019@7");
  EXPECT_EQ(Parse(".a{b:c};.d{e:f}").css, ".a{b:c}\n.d{e:f}\n");
}

TEST(ParseFtss, NestingIsTakenApart) {
  EXPECT_EQ(Parse(".a{x:y;&:hover{c:d}z:w}").css,
            ".a{x:y}\n.a:hover{c:d}\n.a{z:w}\n");
  EXPECT_EQ(Parse(".a,.b{.c &{d:e}> .f{g:h}}").css,
            ".c .a,.c .b{d:e}\n.a>.f,.b>.f{g:h}\n");
  EXPECT_EQ(Parse(".a{x:y;@media print{z:w;.b{c:d}}}").css,
            ".a{x:y}\n@media print{\n.a{z:w}\n.a .b{c:d}\n}\n");
  EXPECT_EQ(Parse(".a{b:hover{c:d}}").css, ".a wx-b:hover{c:d}\n");
  EXPECT_EQ(Parse(".a{@apply b;c:d}").css, ".a{c:d}\n");
}

TEST(ParseFtss, DepthIsLimited) {
  std::string deep;
  for (int i = 0; i < 100000; ++i) {
    deep += "@media x{";
  }
  EXPECT_EQ(Parse(deep).problems.substr(0, 6), "FS1018");
  deep.clear();
  for (int i = 0; i < 100000; ++i) {
    deep += ".a{";
  }
  EXPECT_NE(Parse(deep).problems.find("FS1018"), std::string::npos);
  EXPECT_NE(Parse(std::string(100000, '{')).problems, "");
  EXPECT_NE(Parse(".a{b:" + std::string(100000, '(')).problems, "");
}

TEST(ParseFtss, CrLf) {
  EXPECT_EQ(Parse(".a\r\n,.b\r\n{\r\n b: c\r\n  d;\r\n}\r\n").css,
            ".a,.b{b:c d}\n");
}

TEST(PrintCss, ScopesAndMapsTags) {
  CssOptions options;
  options.class_prefix = "card--";
  options.host_path = "c/card";
  EXPECT_EQ(Parse(":host{a:b} :host(.x,.y) .z{c:d}", options).css,
            "[is=\"c/card\"]{a:b}\n"
            ".card--x[is=\"c/card\"] .card--z,"
            ".card--y[is=\"c/card\"] .card--z{c:d}\n");
  EXPECT_EQ(Parse("page view.a:not(.b):is(.c)::before{d:10rpx}", options).css,
            "body wx-view.card--a:not(.card--b):is(.card--c)::before"
            "{d:10rpx}\n");
  EXPECT_EQ(Parse("@keyframes k{from{a:b}}", options).css,
            "@keyframes k{\nfrom{a:b}\n}\n");
}

TEST(PrintCss, Minifies) {
  CssOptions options;
  options.minify = true;
  EXPECT_EQ(Parse(".a , .b > .c { margin: 0px  0.50rpx ; color : #AABBCC }\n"
                  ".d {}\n@media ( min-width : 10px ) and (x: y) { .e { } }\n"
                  ".f{flex:1 1 0px;width:calc( 0px + 1.0px );--x:  #AABBCC}",
                  options)
                .css,
            ".a,.b>.c{margin:0 .5rpx;color:#abc}"
            ".f{flex:1 1 0px;width:calc(0px + 1px);--x:#AABBCC}");
  EXPECT_EQ(
      Parse("@media ( min-width : 10px ) and (x: y) , print{.e{a:b}}", options)
          .css,
      "@media (min-width:10px) and (x:y),print{.e{a:b}}");
}

TEST(PrintCss, AddsVendorForms) {
  CssOptions options;
  options.autoprefix = true;
  EXPECT_EQ(
      Parse(".a{display:flex;flex:1;transform:none!important}", options).css,
      ".a{display:-webkit-flex;display:flex;-webkit-flex:1;flex:1;"
      "-webkit-transform:none!important;transform:none!important}\n");
  // What is there already is not added.
  EXPECT_EQ(Parse(".a{-webkit-flex:2;flex:1}", options).css,
            ".a{-webkit-flex:2;flex:1}\n");
  EXPECT_EQ(Parse(".a{transition:transform 1s,color 2s}", options).css,
            ".a{transition:-webkit-transform 1s, color 2s;"
            "transition:transform 1s, -webkit-transform 1s, color 2s}\n");
  EXPECT_EQ(Parse(".a{position:sticky;width:fit-content}", options).css,
            ".a{position:-webkit-sticky;position:sticky;"
            "width:-webkit-fit-content;width:fit-content}\n");
  EXPECT_EQ(Parse("@keyframes k{to{transform:none}}", options).css,
            "@-webkit-keyframes k{\n"
            "to{-webkit-transform:none;transform:none}\n}\n"
            "@keyframes k{\nto{-webkit-transform:none;transform:none}\n}\n");
  EXPECT_EQ(Parse(".a::placeholder,.b{c:d}", options).css,
            ".a::-webkit-input-placeholder{c:d}\n.a::placeholder,.b{c:d}\n");
  EXPECT_EQ(Parse("@media (min-resolution: 1.5dppx){.a{b:c}}", options).css,
            "@media (-webkit-min-device-pixel-ratio: 1.5), "
            "(min-resolution: 1.5dppx){\n.a{b:c}\n}\n");
  EXPECT_EQ(Parse(".a{background:image-set(url(a.png) 1x)}", options).css,
            ".a{background:-webkit-image-set(url(a.png) 1x);"
            "background:image-set(url(a.png) 1x)}\n");
}

TEST(PrintCss, ClassPrefixes) {
  EXPECT_EQ(ClassPrefixOf("components/card/card"), "card--");
  EXPECT_EQ(ClassPrefixOf("components/card/index"), "card-index--");
  EXPECT_EQ(ClassPrefixOf("index"), "index--");
}

TEST(PrintCss, MapsToTheSources) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  SheetSet sheets;
  sheets.Add(sources.Add("b.ftss", "\n.b{c:d}"), sink);
  const StyleSheet& entry = sheets.Add(
      sources.Add("a.ftss", "@import 'b';\n.中 .a,\n.e {\n  f: g }"), sink);
  const CssWithMap out =
      PrintCssWithMap(ResolveImports(entry, sheets, sink), {});
  EXPECT_EQ(out.css, ".b{c:d}\n.中 .a,.e{f:g}\n");
  ASSERT_EQ(out.map.sources, (std::vector<std::string>{"b.ftss", "a.ftss"}));
  const base::Mapping* f = out.map.Find(1, 10);
  ASSERT_NE(f, nullptr);
  EXPECT_EQ(f->source, 1u);
  EXPECT_EQ(f->source_line, 3u);
  EXPECT_EQ(f->source_column, 2u);
  const base::Mapping* b = out.map.Find(0, 0);
  ASSERT_NE(b, nullptr);
  EXPECT_EQ(b->source_line, 1u);
}

TEST(CountUnusedRules, CountsWhatNothingCanMatch) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  const StyleSheet sheet =
      ParseFtss(sources.Add("a.ftss",
                            ".a{}.b{}.a .b{}.b,.a{}.it-x{}#i{}#j{}view{}text{}"
                            ".a:not(.b){}.a:is(.b){}.a[x]{}*{}@media x{.b{}}"),
                sink);
  NamesInUse names;
  names.classes = {"a"};
  names.class_prefixes = {"it-"};
  names.ids = {"i"};
  names.tags = {"view"};
  const RuleUsage usage = CountUnusedRules(sheet, names);
  EXPECT_EQ(usage.rules, 14u);
  std::string unused;
  for (const base::Span span : usage.unused_rules) {
    unused += span.In(sheet.text());
  }
  EXPECT_EQ(unused, ".b{}.a .b{}#j{}text{}.a:is(.b){}.b{}");
  EXPECT_EQ(usage.unused, 6u);
  EXPECT_EQ(usage.unused_bytes, unused.size());
  names.class_prefixes = {""};
  EXPECT_EQ(CountUnusedRules(sheet, names).unused, 2u);
}

struct Compiled {
  std::string problems;
  std::string css;
};

Compiled Compile(const std::map<std::string, std::string>& files) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  Compiled out;
  out.css = CompileAndInstantiate(files, "a.wxss", 375, "", sources, sink).css;
  for (const diagnostics::Diagnostic& one : sink.diagnostics()) {
    out.problems += std::string(diagnostics::InfoOf(one.kind).code) + " " +
                    one.message + "\n";
  }
  return out;
}

TEST(Imports, AreFoundAsTheyAreWritten) {
  EXPECT_EQ(Compile({{"a.wxss", "@import './d/b';"},
                     {"d/b.ftss", "@import '../c.wxss';.b{}"},
                     {"c.wxss", ".c{}"}})
                .css,
            ".c{}\n.b{}\n");
  EXPECT_EQ(Compile({{"a.wxss", "@import 'lib/x.wxss';"},
                     {"miniprogram_npm/lib/x.wxss", ".x{}"}})
                .css,
            ".x{}\n");
  EXPECT_EQ(Compile({{"a.wxss", "@import 'b' print;"}, {"b.wxss", ".b{}"}}).css,
            "@media print{.b{}\n}\n");
}

TEST(Imports, MissingOnesAndCyclesAreErrors) {
  EXPECT_EQ(Compile({{"a.wxss", "@import 'nope';.a{}"}}).problems,
            "FS1015 `nope` is not found from `a.wxss`\n");
  EXPECT_EQ(Compile({{"a.wxss", "@import 'a.wxss';"}}).problems,
            "FS1016 `a.wxss` imports itself: a.wxss → a.wxss\n");
  EXPECT_EQ(Compile({{"a.wxss", "@import 'b';"},
                     {"b.wxss", "@import 'c';"},
                     {"c.wxss", "@import 'b';"}})
                .problems,
            "FS1016 `b.wxss` imports itself: b.wxss → c.wxss → b.wxss\n");
}

TEST(Imports, ComponentSelectorsAreReported) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  SheetSet sheets;
  const StyleSheet& entry = sheets.Add(
      sources.Add("a.ftss", ".a view{b:c}#d,[e]:not(text){f:g}.h{i:j}"), sink);
  CheckComponentSelectors(ResolveImports(entry, sheets, sink), sink);
  ASSERT_EQ(sink.diagnostics().size(), 4u);
  EXPECT_EQ(diagnostics::InfoOf(sink.diagnostics()[0].kind).code, "FS1017");
  EXPECT_EQ(sink.diagnostics()[1].location.span.begin, 12u);
}

// `&&&&…` in `&&&&…`: each level multiplies the one around.
TEST(ParseFtss, NestedRulesThatMultiplyWithoutEndAreAnError) {
  std::string bomb = ".a{";
  for (int i = 0; i < 12; ++i) {
    bomb += std::string(20, '&') + "{";
  }
  EXPECT_THAT(Parse(bomb + "b:c" + std::string(13, '}')).problems,
              testing::StartsWith("FS1024@"));
  // Lists in lists.
  std::string lists = ".a{";
  for (int i = 0; i < 12; ++i) {
    lists += ".b,.c,.d,.e,.f{";
  }
  EXPECT_THAT(Parse(lists + "b:c" + std::string(13, '}')).problems,
              testing::StartsWith("FS1024@"));
}

}  // namespace
}  // namespace fcc::ftss
