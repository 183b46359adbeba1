// SPDX-License-Identifier: Apache-2.0

#include "compiler/fts/compile_fts.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace fcc::fts {
namespace {

struct Compiled {
  FtsModule module;
  // `FT1001@3 …`.
  std::string problems;
};

Compiled Compile(std::string text, std::set<std::string> files = {},
                 base::Span part = {}) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  FtsOptions options;
  options.part = part;
  options.exists = [&files](std::string_view path) {
    return files.contains(std::string(path));
  };
  Compiled out;
  out.module =
      CompileFts(sources.Add("d/a.wxs", std::move(text)), options, sink);
  for (const diagnostics::Diagnostic& one : sink.diagnostics()) {
    out.problems += out.problems.empty() ? "" : " ";
    out.problems += std::string(diagnostics::InfoOf(one.kind).code) + "@" +
                    std::to_string(one.location.span.begin);
  }
  return out;
}

TEST(CompileFts, KeepsWhatItNeedNotChange) {
  const Compiled out = Compile("module.exports = { a: 1 };");
  EXPECT_TRUE(out.module.ok);
  EXPECT_EQ(out.problems, "");
  EXPECT_NE(out.module.code.find("module.exports"), std::string::npos)
      << out.module.code;
  EXPECT_EQ(out.module.code.find("getDate"), std::string::npos);
}

TEST(CompileFts, LowersNewerSyntax) {
  const Compiled out =
      Compile("const f = (a = 1, ...b) => `${a}${b}`; module.exports = { f };");
  EXPECT_EQ(out.problems, "");
  EXPECT_TRUE(out.module.ok);
  for (const char* word : {"=>", "const ", "`", "..."}) {
    EXPECT_EQ(out.module.code.find(word), std::string::npos) << word;
  }
}

TEST(CompileFts, RefusesWhatTheLanguageLacks) {
  EXPECT_EQ(Compile("throw 1").problems, "FT1001@0");
  EXPECT_EQ(Compile("function f(){ throw 1 }").problems, "FT1001@14");
  EXPECT_EQ(Compile("async function f(){}").problems, "FT1001@0");
  EXPECT_EQ(Compile("with({}){}").problems, "FT1001@0");
  EXPECT_FALSE(Compile("throw 1").module.ok);
  EXPECT_NE(Compile("var = 1").problems, "");
}

// The platform's compiler takes them; iView's components are written so.
TEST(CompileFts, WordsThatOnlyJavaScriptReserves) {
  const std::string_view code =
      "var a = 1, class = 'x', in; var $lass = 'class';\n"
      "function new(const, b) { class = const; return a ? class : b }\n"
      "module.exports = { class: a.class, new: new, f: function (in) {"
      " in = in + class /* class */; return [in, class, 'class'] } }";
  const Compiled out = Compile(std::string(code));
  EXPECT_EQ(out.problems, "");
  EXPECT_TRUE(out.module.ok);
  // Members and texts are nobody's variables.
  EXPECT_NE(out.module.code.find("class: a.class"), std::string::npos)
      << out.module.code;
  EXPECT_NE(out.module.code.find("\"class\"]"), std::string::npos)
      << out.module.code;
  // Who does not declare them gets what JavaScript makes of them, and places
  // stay where they are.
  EXPECT_NE(Compile("class = 1").problems, "");
  EXPECT_EQ(Compile("var class = 1; throw class").problems, "FT1001@15");
  // A part of a file.
  EXPECT_EQ(Compile("class <var class = 1>", {}, {7, 20}).problems, "");
}

// What never closes is looked through once, not once for each word.
TEST(CompileFts, HostileDeclarations) {
  for (const char* piece : {"function ", "function(", "var in,", "var (", "'",
                            "/*", "class\\", "function class(\xE4"}) {
    std::string text = "var class;";
    while (text.size() < 20000) {
      text += piece;
    }
    EXPECT_NE(Compile(std::move(text)).problems, "") << piece;
  }
}

TEST(CompileFts, RequireNamesAFile) {
  const Compiled out =
      Compile("var b = require('./b.wxs'), c = require('../c.wxs')",
              {"d/b.wxs", "c.wxs"});
  EXPECT_EQ(out.problems, "");
  EXPECT_EQ(out.module.requires_paths,
            (std::vector<std::string>{"d/b.wxs", "c.wxs"}));
  EXPECT_NE(out.module.code.find("\"d/b.wxs\""), std::string::npos)
      << out.module.code;
  EXPECT_EQ(Compile("require('./b.wxs')").problems, "FT1003@8");
  EXPECT_EQ(Compile("require(x)").problems, "FT1002@0");
}

TEST(CompileFts, WorldIsNotThere) {
  EXPECT_EQ(Compile("module.exports = wx").problems, "FT1004@17");
  EXPECT_EQ(Compile("exports.a = 1").problems, "FT1005@0");
  EXPECT_EQ(Compile("var wx = 1; module.exports = wx").problems, "");
  // Strict code has no variable `eval`.
  EXPECT_EQ(Compile("eval('1')").module.code.find("var eval"),
            std::string::npos);
  // Once a name.
  EXPECT_EQ(Compile("wx; wx; eval('1')").problems, "FT1004@0 FT1004@8");
}

TEST(CompileFts, LibraryComesWithItsUsers) {
  const std::string code =
      Compile("module.exports = [getDate(), [].constructor]").module.code;
  EXPECT_NE(code.find("function getDate("), std::string::npos);
  EXPECT_EQ(code.find("function getRegExp("), std::string::npos);
  EXPECT_NE(code.find("function __ftsConstructorOf("), std::string::npos);
  // Assigning is no reading.
  EXPECT_EQ(Compile("var a = {}; a.constructor = 1; delete a.constructor")
                .module.code.find("__fts"),
            std::string::npos);
}

TEST(CompileFts, BackslashesThatEscapeNothingStay) {
  EXPECT_NE(Compile(R"(module.exports = getRegExp('^-?\d+(\.\d+)?$'))")
                .module.code.find(R"(^-?\\d+(\\.\\d+)?$)"),
            std::string::npos);
  EXPECT_NE(Compile(R"(module.exports = 'a\n\'\\\x41')")
                .module.code.find(R"("a\n'\\A")"),
            std::string::npos);
}

TEST(CompileFts, FunctionsKeepTheirCodeToThemselves) {
  const std::string code =
      Compile("module.exports = f => f.toString() + this").module.code;
  EXPECT_NE(code.find("__ftsToString(f)"), std::string::npos) << code;
  EXPECT_NE(code.find("__ftsThis("), std::string::npos) << code;
  EXPECT_EQ(code.find("use strict"), std::string::npos) << code;
}

TEST(CompileFts, FunctionsThatAreShownKeepTheirText) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  FtsOptions options;
  options.shown = {"f", "g"};
  const std::string code =
      CompileFts(sources.Add("a.wxs",
                             "module.exports = {f: function(x){return x}, "
                             "h: function(){}}; module.exports.g = a => 1"),
                 options, sink)
          .code;
  EXPECT_NE(code.find("\"function(x){return x}\""), std::string::npos) << code;
  EXPECT_NE(code.find("\"a => 1\""), std::string::npos) << code;
  EXPECT_EQ(code.find("\"function(){}\""), std::string::npos) << code;
}

TEST(CompileFts, PartOfATemplate) {
  const std::string text = "<wxs module=\"m\">throw 1</wxs>";
  const uint32_t begin = static_cast<uint32_t>(text.find('>') + 1);
  EXPECT_EQ(Compile(text, {}, {begin, begin + 7}).problems, "FT1001@16");
}

}  // namespace
}  // namespace fcc::fts
