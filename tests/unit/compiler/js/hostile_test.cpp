// SPDX-License-Identifier: Apache-2.0
//
// Texts that nobody writes: every construct in itself thousands of times,
// thousands of them beside each other, bytes that are no text. Each gives code
// or errors, in a time that grows with its length; the harness' own limit on
// the time of a test is what notices that it does not.

#include <gtest/gtest.h>

#include "compiler/diagnostics/render.h"
#include "compiler/js/js.h"
#include "runtime/base/format.h"

namespace fcc::js {
namespace {

struct Outcome {
  CompileResult result;
  std::vector<diagnostics::Kind> kinds;
  std::string rendered;
};

Outcome CompileHostile(std::string text, std::string path = "a.js") {
  source::SourceSet sources;
  diagnostics::Sink sink;
  CompileOptions options;
  options.obfuscate = 3;
  options.source_map = true;
  const source::SourceFile& file = sources.Add(path, std::move(text));
  Outcome outcome;
  outcome.result = Compile(file, options, sink);
  EXPECT_EQ(outcome.result.ok, !sink.has_errors()) << path;
  for (const diagnostics::Diagnostic& diagnostic : sink.diagnostics()) {
    outcome.kinds.push_back(diagnostic.kind);
  }
  outcome.rendered = diagnostics::RenderPretty(sink.diagnostics(), sources, {});
  return outcome;
}

std::string Repeat(std::string_view text, int times) {
  std::string all;
  all.reserve(text.size() * static_cast<size_t>(times));
  for (int i = 0; i < times; ++i) {
    all += text;
  }
  return all;
}

// `$` is the number of the round.
std::string Numbered(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) {
    for (char c : text) {
      all += c == '$' ? std::to_string(i) : std::string(1, c);
    }
  }
  return all;
}

struct Nesting {
  std::string_view before;
  std::string_view open;
  std::string_view middle;
  std::string_view close;
  std::string_view after = "";
};

constexpr Nesting kNestings[] = {
    {"function f() {", "return ", "", "", "}"},
    {"", "typeof ", "a", ""},
    {"async function f() {", "await ", "a", "", "}"},
    {"function* f() {", "yield ", "a", "", "}"},
    {"", "new ", "a", ""},
    {"", "!", "a", ""},
    {"", "- ", "a", ""},
    {"", "(", "a", ")"},
    {"", "[", "", "]"},
    {"", "{", "", "}"},
    {"a = ", "{a:", "1", "}"},
    {"", "{a:", "1", "}"},
    {"", "{a()\n", "b", "}"},
    {"", "a => {a:", "1", "}"},
    {"a", "(", "", ")"},
    {"a", "()", "", ""},
    {"a", ".a", "", ""},
    {"a", "?.a", "", ""},
    {"a", "[0]", "", ""},
    {"a", "+a", "", ""},
    {"a", ",a", "", ""},
    {"", "a ? b : ", "c", ""},
    {"", "a ? ", "b", " : c"},
    {"", "a => ", "a", ""},
    {"", "async () => ", "a", ""},
    {"", "function f() {", "", "}"},
    {"", "(function () {", "", "})"},
    {"", "class A { m() {", "", "}}"},
    {"", "class A { static {", "", "}}"},
    {"", "class A { a = ", "1", "}"},
    {"", "class A extends ", "B", "{}"},
    {"", "if (1) ", ";", ""},
    {"", "if (1); else ", ";", ""},
    {"", "for (;;) ", ";", ""},
    {"", "for (let a of b) { (() => a);", ";", "}"},
    {"", "while (1) ", ";", ""},
    {"", "do ", ";", " while (1);"},
    {"", "a: ", ";", ""},
    {"", "with (a) ", ";", ""},
    {"", "try {", "", "} catch (e) {}"},
    {"", "switch (1) { case 1: ", "", "}"},
    {"", "`${", "a", "}`"},
    {"a", "``", "", ""},
    {"", "a = ", "1", ""},
    {"a", "??a", "", ""},
    {"", "a ** ", "a", ""},
    {"", "[...", "a", "]"},
    {"var ", "[", "a", "]", " = 1"},
    {"var ", "{a: ", "a", "}", " = 1"},
    {"var ", "[a = ", "1", "]", " = 1"},
    {"/", "(", "", ")", "/"},
    {"/", "(?=", "", ")", "/"},
    {"/[", "[", "", "]", "]/v"},
};

constexpr Nesting kTypeScriptNestings[] = {
    {"let a: ", "A<", "b", ">"},
    {"let a: ", "(", "b", ")"},
    {"let a: b", "[]", "", ""},
    {"let a: b", "|b", "", ""},
    {"", "namespace a {", "", "}"},
    {"namespace a", ".a", "{}", ""},
    {"import a = b", ".a", "", ""},
    {"a", " as b", "", ""},
    {"a", "!", "", ""},
    {"type a = ", "b extends c ? d : ", "e", ""},
    {"", "@a ", "class A {}", ""},
    {"", "<a>", "b", ""},
};

std::string Nested(const Nesting& nesting, int depth) {
  std::string text(nesting.before);
  text += Repeat(nesting.open, depth);
  text += nesting.middle;
  text += Repeat(nesting.close, depth);
  text += nesting.after;
  return text;
}

// Within the limits, and above.
constexpr int kDepths[] = {150, 1100};

TEST(HostileTest, EveryConstructInItself) {
  for (const Nesting& nesting : kNestings) {
    for (int depth : kDepths) {
      SCOPED_TRACE(base::format("{} x {}", nesting.open, depth));
      CompileHostile(Nested(nesting, depth));
    }
  }
  for (const Nesting& nesting : kTypeScriptNestings) {
    for (int depth : kDepths) {
      SCOPED_TRACE(base::format("{} x {}", nesting.open, depth));
      CompileHostile(Nested(nesting, depth), "a.ts");
    }
  }
}

TEST(HostileTest, NothingIsClosed) {
  for (std::string_view open :
       {"(",  "[",      "{",           "`${",       "<",       "/",      "\"",
        "/*", "<!--\n", "function f(", "class A {", "a?",      "=>",     "${",
        "#",  "@",      "\\",          "\\u",       "...",     ")",      "]",
        "}",  "async ", "for(",        "case ",     "import ", "export "}) {
    SCOPED_TRACE(open);
    CompileHostile(Repeat(open, 1000));
    CompileHostile(Repeat(open, 1000), "a.ts");
  }
}

// 10,000 of what is wrong in one line: at most some hundred are told, and
// showing them does not cost the length of the line each.
TEST(HostileTest, ManyMistakesInALine) {
  struct {
    std::string text;
    diagnostics::Kind kind;
  } cases[] = {
      {Repeat("a:", 900) + ";", diagnostics::Kind::kJsDuplicateLabel},
      {Repeat("let a;", 10'000), diagnostics::Kind::kJsDuplicate},
      {Repeat("break;", 10'000), diagnostics::Kind::kJsBreakOutside},
      {"class A { m() {" + Repeat("this.#b;", 10'000) + "}}",
       diagnostics::Kind::kJsUndeclaredPrivate},
      {"'use strict'; (function(" + Repeat("a,", 10'000) + "a){})",
       diagnostics::Kind::kJsDuplicate},
      {Repeat("export let a;", 3000), diagnostics::Kind::kJsDuplicate},
      {Repeat("import a from 'a';", 3000), diagnostics::Kind::kJsDuplicate},
      {Repeat("/(/;", 3000), diagnostics::Kind::kJsRegExp},
      {Repeat("1=1;", 1000), diagnostics::Kind::kJsUnexpectedToken},
      // Recovery would take minutes, and damage its memory before it is done.
      {Repeat("1=1;", 500'000), diagnostics::Kind::kJsUnexpectedToken},
      {Repeat("@#$%^&*()", 200'000), diagnostics::Kind::kJsUnexpectedToken},
      {std::string(1'000'000, '"'), diagnostics::Kind::kJsUnexpectedToken},
  };
  for (auto& c : cases) {
    const std::string start = c.text.substr(0, 40);
    SCOPED_TRACE(start);
    const Outcome outcome = CompileHostile(std::move(c.text));
    ASSERT_FALSE(outcome.kinds.empty());
    EXPECT_LE(outcome.kinds.size(), 400u);
    EXPECT_LE(outcome.rendered.size(), 400'000u);
    EXPECT_EQ(outcome.kinds.front(), c.kind);
  }
}

TEST(HostileTest, ThousandsBesideEachOther) {
  const std::string texts[] = {
      Numbered("let a$;", 5000),
      Numbered("a$:", 900) + ";",
      Repeat("{a: {b: 1}}", 5000),
      Numbered("{let a$ = 1; (() => a$)}", 1000),
      "function* f() {" + Repeat("if (a) { yield b }", 1000) + "}",
      "async function f() {" + Repeat("await a;", 1000) + "}",
      "function* f() { a(" + Repeat("yield 1,", 1000) + "1) }",
      "a = {" + Repeat("...a,", 1000) + "}",
      "class A {" + Numbered("#a$ = 1; b$() { return this.#a$ }", 500) + "}",
      "function f(" + Numbered("a$,", 5000) + "b = 1) {}",
      "/" + Numbered("(?<a$>a)", 5000) + "/",
      "class A {" + Numbered("#a$;", 10'000) + "}",
      "`" + Repeat("${a}b", 20'000) + "`",
      "[" + Repeat("1,", 50'000) + "]",
      "switch (a) {" + Numbered("case $: b;", 10'000) + "}",
      "\"" + std::string(1'000'000, 'a') + "\"",
      "`" + std::string(1'000'000, 'a') + "`",
      "/" + std::string(100'000, 'a') + "/",
      "/*" + std::string(1'000'000, '*') + "*/",
      std::string(1'000'000, ' '),
      std::string(1'000'000, '\n'),
      Repeat("//\n", 200'000),
      "a(b[c({d: " + Repeat("/**/\n", 70'000) + "1})])",
  };
  for (const std::string& text : texts) {
    SCOPED_TRACE(text.substr(0, 40));
    EXPECT_TRUE(CompileHostile(text).result.ok);
  }
}

TEST(HostileTest, BytesThatAreNoText) {
  const std::string elf(
      "\x7F"
      "ELF\x02\x01\x01\0\0\0\x3E\0\xF0\xFF",
      14);
  const std::string png("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16);
  const std::string gzip("\x1F\x8B\x08\0\0\0\0\0\0\xFF", 10);
  const std::string utf16("\xFF\xFEv\0a\0r\0 \0a\0", 12);
  for (const std::string& binary : {elf, png, gzip, utf16, Repeat(elf, 1000)}) {
    const Outcome outcome = CompileHostile(binary);
    EXPECT_EQ(outcome.kinds,
              std::vector<diagnostics::Kind>{diagnostics::Kind::kJsBinary});
  }
  // Cut, overlong, beyond Unicode; in code, strings and comments.
  for (std::string_view bad :
       {"\xC3", "\xE2\x82", "\xC0\x80", "\xF5\x80\x80\x80", "\x80",
        "\xF0\x80\x80\x80"}) {
    for (std::string_view frame : {"#", "'#'", "`#`", "/#/", "/*#*/", "//#",
                                   "var a#b = 1", "a.#", "#!#"}) {
      std::string text(frame);
      text.replace(text.rfind('#'), 1, bad);
      EXPECT_FALSE(CompileHostile(text).result.ok)
          << frame << " " << static_cast<int>(bad[0]);
    }
  }
  // Every byte alone, and NUL wherever it may stand.
  for (int byte = 0; byte < 256; ++byte) {
    CompileHostile(std::string(1, static_cast<char>(byte)));
  }
  for (std::string_view frame : {"#", "'#'", "`#`", "/#/", "/*#*/", "a#b"}) {
    std::string text(frame);
    text.replace(text.find('#'), 1, 1, '\0');
    CompileHostile(text);
  }
}

// A surrogate alone is a text of JavaScript and none of UTF-8: it must come out
// as it was written, as an escape.
TEST(HostileTest, LoneSurrogates) {
  for (std::string_view text :
       {"a('\\uD800')", "a('\\uDC00\\uD800')", "a(`\\uD83D`)",
        "a({'\\uD800': 1})", "a(b['\\uDFFF'])"}) {
    const Outcome outcome = CompileHostile(std::string(text));
    EXPECT_TRUE(outcome.result.ok) << text;
    source::SourceSet sources;
    diagnostics::Sink sink;
    Parse(sources.Add("b.js", outcome.result.code), {}, sink);
    EXPECT_FALSE(sink.has_errors()) << outcome.result.code;
  }
  // In three bytes, which UTF-8 forbids: refused, or put right.
  for (std::string_view frame :
       {"#", "'#'", "`#`", "/#/", "/*#*/", "//#", "var a#b = 1", "#!#"}) {
    std::string text(frame);
    text.replace(text.rfind('#'), 1, "\xED\xA0\x80");
    const Outcome outcome = CompileHostile(text);
    EXPECT_EQ(outcome.result.code.find('\xED'), std::string::npos) << frame;
  }
  EXPECT_FALSE(CompileHostile("var \\uD800 = 1").result.ok);
  EXPECT_FALSE(CompileHostile("a.\\uD800").result.ok);
  EXPECT_FALSE(CompileHostile("/\\p{\\uD800}/u").result.ok);
}

}  // namespace
}  // namespace fcc::js
