// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include "compiler/js/js.h"
#include "compiler/js/scope.h"

namespace fcc::js {
namespace {

// The first problem's message; empty when there is none.
std::string ProblemOf(std::string text, Goal goal = Goal::kScript) {
  source::SourceSet sources;
  const source::SourceFile& file = sources.Add("a.js", std::move(text));
  diagnostics::Sink sink;
  ParseOptions options;
  options.goal = goal;
  const std::unique_ptr<Ast> ast = Parse(file, options, sink);
  BindScopes(*ast, sink);
  return sink.diagnostics().empty() ? "" : sink.diagnostics().front().message;
}

TEST(EarlyTest, Refuses) {
  const struct {
    const char* text;
    const char* problem;
  } kCases[] = {
      {"let a; let a", "`a` is declared twice"},
      {"let a; { var a }", "`a` is declared twice"},
      {"function f(a) { let a }", "`a` is declared twice"},
      {"(a, a) => 1", "`a` is declared twice"},
      {"try {} catch (e) { let e }", "`e` is declared twice"},
      {"let let = 1", "`let` cannot be the name of a let or const"},
      {"1 = 2", nullptr},
      {"a?.b = 1", "this cannot be assigned to"},
      {"({a}) = 1", "this cannot be assigned to"},
      {"for (a() of b) ;", nullptr},
      {"'use strict'; eval = 1",
       "`eval` cannot be declared or assigned in strict code"},
      {"'use strict'; var public",
       "`public` is a reserved word in strict code"},
      {"'use strict'; 010", "octal numbers are not allowed in strict code"},
      {"'use strict'; with (a) ;", "`with` is not allowed in strict code"},
      {"'use strict'; delete a", "a variable cannot be deleted in strict code"},
      {"function f(a = 1) { 'use strict' }",
       "`use strict` needs plain parameters"},
      {"function* f(a = yield) {}", "`yield` cannot stand among parameters"},
      {"return", "`return` works only in functions"},
      {"break", "`break` works only in loops and in `switch`"},
      {"a: { continue a }", "label `a` is of no loop"},
      {"for (;;) { break a }", "there is no label `a` round this"},
      {"a: a: ;", "label `a` is used twice"},
      {"if (a) let b", nullptr},
      {"while (a) function b() {}",
       "a declaration cannot stand here without a block"},
      {"const a;", "a constant needs a value"},
      {"var {a};", "a pattern needs a value"},
      {"for (let a = 1 of b) ;", nullptr},
      {"-a ** b", "the left side of `**` needs brackets"},
      {"a ?? b || c",
       "`??` cannot be mixed with `||` and `&&` without brackets"},
      {"a || () => {}", "this expression needs brackets here"},
      {"class A { constructor() {} constructor() {} }",
       "a class has one constructor only"},
      {"class A { constructor() { super() } }",
       "`super()` works only in the constructor of a class that extends "
       "another"},
      {"function f() { super.x }", "`super` works only in methods"},
      {"class A { #a; #a }", "`a` is declared twice"},
      {"class A { f() { this.#b } }",
       "private name `#b` is not declared in a class round it"},
      {"class A { #a; f() { delete this.#a } }",
       "private members cannot be deleted"},
      {"class A { a = arguments }",
       "`arguments` cannot be used in a field or a static block"},
      {"({__proto__: 1, __proto__: 2})",
       "`__proto__` stands twice in one object"},
      {"({set a() {}})", "a setter has exactly one parameter"},
      {"new.target", "`new.target` works only in functions"},
      {"/(/", "invalid regular expression: a group is not closed"},
      {"/a/gg", "invalid regular expression: flag `g` stands twice"},
      {"/\\u{1}{/u", "invalid regular expression: incomplete quantifier"},
      {"/(?<a>.)\\k<b>/", "invalid regular expression: no group is called `b`"},
      {"/\\p{ASCII=Yes}/u",
       "invalid regular expression: there is no such property"},
      {"/\\p{General_Category}/u", nullptr},
      {"/\\p{gc=Hello}/u", nullptr},
      {"/\\p{Script=}/u", nullptr},
      {"/\\p{lowercase}/u", nullptr},
      {"/\\p{Grapheme_Link}/u", nullptr},
      {"/\\p{RGI_Emoji}/u", nullptr},
      {"/\\P{RGI_Emoji}/v",
       "invalid regular expression: a property of strings has no opposite"},
      {"/[^a\\p{RGI_Emoji}]/v", nullptr},
      {"{ import a from 'b' }", nullptr},
      {"{} * 1", nullptr},
  };
  for (const auto& test : kCases) {
    const std::string problem = ProblemOf(test.text);
    if (test.problem == nullptr) {
      EXPECT_NE(problem, "") << test.text;
    } else {
      EXPECT_EQ(problem, test.problem) << test.text;
    }
  }
}

TEST(EarlyTest, RefusesInModules) {
  EXPECT_EQ(ProblemOf("export {a}", Goal::kModule),
            "`a` is exported but not declared");
  EXPECT_EQ(ProblemOf("export let a; export {b as a}; let b", Goal::kModule),
            "`a` is exported twice");
  EXPECT_EQ(ProblemOf("import {a} from 'b'; let a", Goal::kModule),
            "`a` is declared twice");
  EXPECT_EQ(ProblemOf("<!-- a\nimport 'a'", Goal::kModule),
            "HTML comments are not allowed in a module");
}

TEST(EarlyTest, TakesWhatLooksWrong) {
  for (const char* text : {
           "var a; var a; function a() {} function a() {}",
           "function f(a, a) { var a }",
           "try {} catch (e) { var e }",
           "{ function a() {} function a() {} }",
           "(a) = 1; (b.c) = 2",
           "if (a) function b() {}",
           "for (var a = 1 in b) ;",
           "class A extends B { constructor() { (() => super())() } }",
           "class A { get #a() {} set #a(b) {} }",
           "a: { break a } b: for (;;) { continue b }",
           "({__proto__: 1, __proto__() {}})",
           "/\\${?(a)x{*y{,3}+/; /{a}]\\c\\8[\\d-x]/; /(?<a>.)\\k<a>/u; /[^]/",
           "/\\p{Lu}\\P{scx=Grek}\\p{Any}\\p{General_Category=Cased_Letter}/u",
           "/[^\\p{RGI_Emoji}--a]\\p{RGI_Emoji}/v; /\\p{Nope}/",
           "function* yield() {} a = yield(); b = await();",
           "var yield, await, let, static, async, of",
           "function f() { new.target }",
           "<!-- a\n--> b",
       }) {
    EXPECT_EQ(ProblemOf(text), "") << text;
  }
}

}  // namespace
}  // namespace fcc::js
