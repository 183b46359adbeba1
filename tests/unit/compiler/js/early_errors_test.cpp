// SPDX-License-Identifier: Apache-2.0
//
// One text for each early error of the specification that the checks after
// parsing report. The kind named must be among what is reported.

#include <gtest/gtest.h>

#include <algorithm>

#include "compiler/js/js.h"

namespace fcc::js {
namespace {

using diagnostics::Kind;

struct EarlyCase {
  Kind kind;
  std::string_view text;
  Goal goal = Goal::kScript;
  // The grammar may stop at the place before the check sees it.
  bool or_unexpected = false;
};

std::vector<Kind> KindsOf(const EarlyCase& c) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  CompileOptions options;
  options.parse.goal = c.goal;
  CompileResult result =
      Compile(sources.Add("a.js", std::string(c.text)), options, sink);
  EXPECT_FALSE(result.ok) << c.text;
  std::vector<Kind> kinds;
  for (const diagnostics::Diagnostic& diagnostic : sink.diagnostics()) {
    kinds.push_back(diagnostic.kind);
  }
  return kinds;
}

TEST(EarlyErrorsTest, EveryKindIsReported) {
  using enum Kind;
  const EarlyCase cases[] = {
      {kJsStatementStart, "function () {} + 1"},
      {kJsStringLineBreak, "var a = 'x\ry'", Goal::kScript, true},
      {kJsStrictOctal, "'use strict'; 010"},
      {kJsStrictOctalEscape, "'use strict'; '\\07'"},
      {kJsRegExp, "/(/"},
      {kJsYieldInParameters, "function* f(a = yield) {}"},
      {kJsAwaitInParameters, "async function f(a = await 1) {}"},
      {kJsYieldName, "function* f() { var yield }"},
      {kJsAwaitName, "async function f() { var await }"},
      {kJsStrictReserved, "'use strict'; var interface"},
      {kJsArgumentsInField, "class A { a = arguments }"},
      {kJsStrictEval, "'use strict'; eval = 1"},
      {kJsBadTarget, "({a}) = 1"},
      {kJsBadBinding, "var [a.b] = c"},
      {kJsPrivateKey, "({#a: 1})"},
      {kJsOperand, "a + () => {}"},
      {kJsMixedCoalesce, "a ?? b || c"},
      {kJsExponentUnary, "-a ** 2"},
      {kJsStrictParameters, "function f(a = 1) { 'use strict' }"},
      {kJsSetterParameters, "({set a() {}})"},
      {kJsGetterParameters, "({get a(b) {}})"},
      {kJsStaticPrototype, "class A { static prototype() {} }"},
      {kJsFieldConstructor, "class A { constructor = 1 }"},
      {kJsSecondConstructor, "class A { constructor() {} constructor() {} }"},
      {kJsSuperAlone, "class A { f() { super } }"},
      {kJsSuperCall, "class A { f() { super() } }"},
      {kJsSuperProperty, "function f() { super.a }"},
      {kJsNewTargetOutside, "new.target"},
      {kJsImportMetaOutside, "import.meta"},
      {kJsDeletePrivate, "class A { #a; f() { delete this.#a } }"},
      {kJsDeleteName, "'use strict'; delete a"},
      {kJsStrictWith, "'use strict'; with (a) {}"},
      {kJsReturnOutside, "return"},
      {kJsBreakOutside, "break"},
      {kJsContinueOutside, "continue"},
      {kJsContinueLabel, "a: { for (;;) { continue a } }"},
      {kJsUnknownLabel, "for (;;) { break a }"},
      {kJsDuplicateLabel, "a: a: ;"},
      {kJsDeclarationPlace, "if (1) class A {}"},
      {kJsForInitializer, "'use strict'; for (var a = 1 in b) ;"},
      {kJsPatternValue, "var [a]"},
      {kJsConstValue, "const a"},
      {kJsSecondProto, "({__proto__: 1, __proto__: 2})"},
      {kJsModuleItem, "{ import 'a' }", Goal::kModule},
      {kJsModuleItemInScript, "import 'a'"},
      {kJsInInFor, "for (var i = () => { a in b }; ;) ; for (a = b in c; ;) ;"},
  };
  for (const EarlyCase& c : cases) {
    std::vector<Kind> kinds = KindsOf(c);
    std::string codes;
    for (Kind kind : kinds) {
      codes += std::string(InfoOf(kind).code) + " ";
    }
    const bool found =
        std::find(kinds.begin(), kinds.end(), c.kind) != kinds.end() ||
        (c.or_unexpected && !kinds.empty() && kinds[0] == kJsUnexpectedToken);
    EXPECT_TRUE(found) << InfoOf(c.kind).code << " " << c.text << " gives "
                       << codes;
  }
}

// A warning where a name is read in its own value, and only there: what stands
// above a declaration may never run (uni-app writes `Math || a()`).
TEST(EarlyErrorsTest, ReadsBeforeDeclarations) {
  const auto warns = [](std::string_view text) {
    source::SourceSet sources;
    diagnostics::Sink sink;
    Compile(sources.Add("a.js", std::string(text)), {}, sink);
    EXPECT_FALSE(sink.has_errors()) << text;
    return std::ranges::any_of(
        sink.diagnostics(), [](const diagnostics::Diagnostic& one) {
          return one.kind == Kind::kJsReadBeforeDeclaration;
        });
  };
  for (const char* text :
       {"const a = a ? a : 1", "let b = [b]", "{ const d = typeof d }",
        "const e = 1, f = g(f); function g() {}"}) {
    EXPECT_TRUE(warns(text)) << text;
  }
  for (const char* text :
       {"const {a, b = a} = {}", "const [c, d = `${c}`] = []", "let e = 1; e",
        "function f() { return g } let g", "export {h}; let h",
        "class I { static a = 1; static b = I.a }", "const j = () => j",
        "for (const {k, l = k} of []) {}",
        "const {m = () => { const n = 1; return n }, o = m} = {}", "p; var p",
        "var r = r || 1", "Math || s(); const s = () => 1", "const t = () => t",
        "class U { static v = U }",
        "switch (1) { case 0: let q; break; case 1: q = 1 }"}) {
    EXPECT_FALSE(warns(text)) << text;
  }
}

}  // namespace
}  // namespace fcc::js
