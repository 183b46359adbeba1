// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <algorithm>

#include "compiler/js/js.h"
#include "compiler/js/print.h"
#include "runtime/base/format.h"

namespace fcc::js {
namespace {

struct Parsed {
  source::SourceSet sources;
  std::unique_ptr<Ast> ast;
  // `line:column message`, one a line.
  std::string problems;

  std::string Printed(bool compact) const {
    PrintOptions options;
    options.compact = compact;
    return Print(*ast, options).code;
  }
};

std::unique_ptr<Parsed> ParseText(std::string text, std::string path = "a.js",
                                  ParseOptions options = {}) {
  auto parsed = std::make_unique<Parsed>();
  const source::SourceFile& file =
      parsed->sources.Add(std::move(path), std::move(text));
  diagnostics::Sink sink;
  parsed->ast = Parse(file, options, sink);
  for (const diagnostics::Diagnostic& problem : sink.diagnostics()) {
    const source::LineColumn place =
        file.PositionOf(problem.location.span.begin);
    parsed->problems +=
        base::format("{}:{} {}\n", place.line, place.column, problem.message);
  }
  return parsed;
}

// Printing and reading back gives the same tree, in both forms.
void ExpectRoundTrip(std::string_view text, std::string path = "a.js") {
  const auto first = ParseText(std::string(text), path);
  ASSERT_EQ(first->problems, "") << text;
  const std::string dump = first->ast->Dump(first->ast->root());
  for (bool compact : {false, true}) {
    const std::string printed = first->Printed(compact);
    const auto second = ParseText(printed, path);
    EXPECT_EQ(second->problems, "") << printed;
    EXPECT_EQ(second->ast->Dump(second->ast->root()), dump) << printed;
    // Printing is a fixed point.
    EXPECT_EQ(second->Printed(compact), printed);
  }
}

TEST(ParseTest, RoundTripsSyntax) {
  for (const char* text : {
           "var a = 1, b; let c = 'x'; const d = \"it's\";",
           "if (a) { if (b) c() } else d(); if (a) b; else if (c) d",
           "if (a) { for (;;) if (b) c } else d",
           "for (var i = 0, n = 1; i < n; i++) {} for (;;) break",
           "for (var i = ('x' in y); i;) ; for (const k in o) ; for (x of y) ;",
           "while (a) b(); do c(); while (d) e()",
           "label: for (;;) { continue label }",
           "switch (a) { case 1: case 2: b(); break; default: c() }",
           "try { a } catch { b } try { a } catch ({x}) { b } finally { c }",
           "a = b ? c : d ? e : f; (a, b); a || b && c; (a || b) && c",
           "a ?? (b || c); (-a) ** b; a ** b ** c; (a ** b) ** c; -(a ** b)",
           "a - -b; a + +b; a - --b; a++ + ++b; - -a; !(!a); typeof (() => a)",
           "a.b.c[d](e)(f).g`h${i}j`; new A; new A(b); new (a().b)(); new "
           "a.b()",
           "a?.b?.[c]?.(d).e; (a?.b).c; delete a?.b",
           "[1, , 2, , ]; [...a, b]; ({a, b: c, [d]: e, ...f, 'g h': 1, 2: 3})",
           "({get a() {}, set a(b) {}, async b() {}, *c() {}, async *d() {}})",
           "[a, , b = 1, ...[c]] = d; ({a, b: [c], e = 1, ...f} = g)",
           "(function () {})(); (class {}); (() => ({})); a => b => c",
           "async (a, {b}, [c] = d, ...e) => { await a }",
           "function* f() { yield; yield a; yield* b; x = yield c }",
           "class A extends (B, C) { #a = 1; static b; 'c' = 2; [d]; "
           "static { this.x } get e() {} static async *#f() {} has(o) "
           "{ return #a in o } constructor() { super(); super.x() } }",
           "x = class { get\n a() {} get; set; static; async\n b() {} }",
           "import a, {b as c, default as d} from 'x'; import * as e from 'y';"
           "import 'z'; export {a as b}; export * from 'q'; export default 1;"
           "export const f = 1, {g} = a; export function h() {}",
           "export default function () {}\nimport.meta.url; import('x')",
           "/[/]\\//g.test(a); a / b / c; a = /=/; `a\\n${`b`}`",
           "0.5; 1e21; 0xff; 1_000; 5..toString(); 0b11n; .5.a",
           "'\\u{1F600}\\0\\x41\\\n\\'\"'; '\\ud800'",
           "a\n++b; a\n;[b]; let x\n(y)",
           "with_ = 1; var yield_, of, async, get, set, let_; async(); of()",
           "debugger; ; {}",
       }) {
    ExpectRoundTrip(text);
  }
}

// tree-sitter sees objects in these.
TEST(ParseTest, BlocksThatCouldBeObjects) {
  const struct {
    std::string_view text;
    std::string_view code;
  } cases[] = {
      {"{a: 1}", "{a:1}"},
      {"{a: 1};", "{a:1};"},
      {"{a: 1, b}", "{a:1,b}"},
      {"{a, b}", "{a,b}"},
      {"{/*1*/a/*2*/:/*3*/{b: 1}}", "{a:{b:1}}"},
      {"l: {a: {b: {c: 1}}}", "l:{a:{b:{c:1}}}"},
      {"{a: {b: break a}}", "{a:{b:break a}}"},
      {"{await: {yield: 1}}", "{await:{yield:1}}"},
      {"if (x) {a: 1}", "if(x){a:1}"},
      {"if (x) {a: 1} else {b: 1} c", "if(x){a:1}else{b:1}c"},
      {"for (;;) {a: 1} b", "for(;;){a:1}b"},
      {"do {a: 1} while (x)", "do{a:1}while(x)"},
      {"with (x) {a: 1} b", "with(x){a:1}b"},
      {"switch (x) { case 1: {a: 1} }", "switch(x){case 1:{a:1}}"},
      {"f = x => {a: 1}", "f=x=>{a:1}"},
      {"f(() => {a: 1}, async y => {b: {c: y}})",
       "f(()=>{a:1},async y=>{b:{c:y}})"},
      {"f = {a: () => {b: {c: 1}}}", "f={a:()=>{b:{c:1}}}"},
      {"{a: () => {b: {c: 1}}}", "{a:()=>{b:{c:1}}}"},
      // What follows is a statement of its own, whatever it begins with.
      {"{a: 1} {b: 2} c", "{a:1}{b:2}c"},
      {"{a: 1} + 1", "{a:1}+1"},
      {"{a: 1}\n[b].c", "{a:1}[b].c"},
      {"{a: 1}(b)", "{a:1}b"},
      {"{a: 1}`b`", "{a:1}`b`"},
      {"{a: 1} /b/g.exec(c)", "{a:1}/b/g.exec(c)"},
      {"{a: b}\n++c", "{a:b}++c"},
      // A line break ends the statement inside, so no method of an object.
      {"{a()\n{b: 1}}", "{a();{b:1}}"},
      {"{a()\n{b()\n{c()\n{d: 1}}}}", "{a();{b();{c();{d:1}}}}"},
      // Still objects.
      {"x = {a: 1}\n{b: {}}", "x={a:1};{b:{}}"},
      {"({a: 1}).b; f({a}); [{a: 1}]", "({a:1}).b;f({a});[{a:1}]"},
      {"f = () => ({a: 1})", "f=()=>({a:1})"},
  };
  for (const auto& c : cases) {
    for (const char* path : {"a.js", "a.ts", "a.tsx"}) {
      const auto parsed = ParseText(std::string(c.text), path);
      EXPECT_EQ(parsed->problems, "") << c.text;
      std::string code = parsed->Printed(true);
      // A line break stands for `;`.
      std::replace(code.begin(), code.end(), '\n', ';');
      EXPECT_EQ(code, std::string(c.code) + ";") << c.text << " " << path;
    }
    ExpectRoundTrip(c.text);
  }
}

TEST(ParseTest, PlacesInBlocksThatCouldBeObjects) {
  const struct {
    std::string_view text;
    std::string_view problems;
  } cases[] = {
      {"{a: 1}; {b: {c: 2}}; 1 = 2", "1:24 unexpected `=`\n"},
      {"{a: {b: 1}} {c: {d: )}}", "1:21 unexpected `)`\n"},
      {"{a: 1} f = x => {b: {a: {a: 1}}}", "1:26 label `a` is used twice\n"},
      {"{a: 1", "1:6 unexpected end of the file\n"},
      {"{a: 1}\n{b: 2, c: 3}",
       "2:1 what begins with `{` is no expression here\n"},
      {"{a: {'b': 1}}", "1:5 what begins with `{` is no expression here\n"},
      {"{...a}", "1:1 what begins with `{` is no expression here\n"},
      {"{a: 1}.b", "1:7 unexpected `.`\n"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(ParseText(std::string(c.text))->problems, c.problems) << c.text;
  }
  ParseOptions part;
  part.part = {4, 22};
  const auto parsed = ParseText("<s> {a: {b: g.h.i}} c </s>", "a.js", part);
  EXPECT_EQ(parsed->problems, "");
  EXPECT_EQ(parsed->Printed(true), "{a:{b:g.h.i}}c\n");
}

TEST(ParseTest, RoundTripsTypeScriptWithoutItsTypes) {
  ExpectRoundTrip(
      "import type {T} from 'a'; import {b, type C} from 'd';"
      "interface I { a: string } type U = I | T; declare const x: number;"
      "function f(this: I, a?: string, ...b: T[]): asserts a is string {}"
      "function g(a: string): void; function g(a: any) { return <U>a as I }"
      "abstract class A<T> extends b<T> implements I { private a!: string;"
      "  constructor(public c: number, readonly d = 1) { super() }"
      "  abstract e(): void; declare f: string; [key: string]: any;"
      "  static g?: number = 1 }"
      "const h = a!.b satisfies C; let i: typeof h = j<string>(k);"
      "export {I}",
      "a.ts");
}

TEST(ParseTest, PointsAtTheTokenThatIsWrong) {
  const struct {
    const char* text;
    const char* problems;
  } kCases[] = {
      {"import a from", "1:14 unexpected end of the file\n"},
      {"var a = ;", "1:9 unexpected `;`\n"},
      {"foo(1, 2;\nbar()", "1:9 unexpected `;`\n"},
      {"a b", "1:3 unexpected `b`\n"},
      {"var if = 1", "1:5 `if` is a reserved word and cannot be a name\n"},
      {"x = 'a\nb'", nullptr},
      {"throw\na", "1:1 the value must stand in the line of `throw`\n"},
      {"f(a,,b)", "1:5 unexpected `,`\n"},
      {"[...a, b] = c", "1:2 a rest element must be the last\n"},
      {"3in a", "1:2 `i` cannot follow a number directly\n"},
      {"'\\u{110000}'", nullptr},
  };
  for (const auto& test : kCases) {
    const auto parsed = ParseText(test.text);
    if (test.problems == nullptr) {
      EXPECT_NE(parsed->problems, "") << test.text;
    } else {
      EXPECT_EQ(parsed->problems, test.problems) << test.text;
    }
  }
}

TEST(ParseTest, ReportsErrorsFarApart) {
  const auto parsed =
      ParseText("var a = ;\n\n\n\n\nvar b = 1;\n\n\n\n\nvar c = );\n");
  EXPECT_EQ(parsed->problems, "1:9 unexpected `;`\n11:9 unexpected `)`\n");
}

TEST(ParseTest, LineBreaksEndWhatTreeSitterReadsOn) {
  const auto parsed =
      ParseText("function f() { return\na } x: for (;;) { break\nx }");
  EXPECT_EQ(parsed->problems, "");
  EXPECT_EQ(parsed->Printed(true),
            "function f(){return\na}x:for(;;){break\nx}\n");
}

TEST(ParseTest, WordsThatAreOperatorsElsewhere) {
  ParseOptions script;
  script.goal = Goal::kScript;
  EXPECT_EQ(ParseText("var await = 1; await\nvar yield = await; yield * 2",
                      "a.js", script)
                ->problems,
            "");
  ParseOptions module;
  module.goal = Goal::kModule;
  EXPECT_EQ(ParseText("var await = 1", "a.js", module)->problems,
            "1:5 `await` cannot be a name here\n");
}

TEST(ParseTest, DeepNestingIsAnError) {
  for (const char* part : {"(", "[", "{a:", "-", "a=>", "`${", "f("}) {
    std::string text = "x = ";
    for (int i = 0; i < 20000; ++i) {
      text += part;
    }
    EXPECT_NE(ParseText(text)->problems, "") << part;
  }
  std::string closed = "x = ";
  closed += std::string(3000, '[') + std::string(3000, ']');
  EXPECT_NE(ParseText(closed)->problems.find("nested deeper"),
            std::string::npos);
}

TEST(ParseTest, BytesThatAreNoText) {
  EXPECT_NE(ParseText(std::string("a = '\xFF\xFE'"))->problems, "");
  EXPECT_NE(ParseText(std::string("\x89PNG\r\n\0\0", 8))->problems, "");
}

TEST(ParseTest, KeepsOffsetsOfTheOuterFile) {
  ParseOptions options;
  options.part = {8, 13};
  const auto parsed = ParseText("<script>a b c</script>", "a.fxml", options);
  EXPECT_EQ(parsed->problems.substr(0, 4), "1:11");
}

}  // namespace
}  // namespace fcc::js
