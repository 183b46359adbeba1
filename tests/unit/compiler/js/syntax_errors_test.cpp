// SPDX-License-Identifier: Apache-2.0
//
// One text for each kind of mistake that the parser and the binding of names
// report. A text may hold further mistakes; the one named must be among them.

#include <gtest/gtest.h>

#include <algorithm>

#include "compiler/js/js.h"

namespace fcc::js {
namespace {

using diagnostics::Kind;

struct MistakeCase {
  Kind kind;
  std::string_view text;
  Goal goal = Goal::kScript;
  // The grammar may stop at the place before the check sees it.
  bool or_unexpected = false;
};

std::vector<Kind> KindsOf(const MistakeCase& c) {
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

TEST(SyntaxErrorsTest, EveryKindIsReported) {
  using enum Kind;
  const MistakeCase cases[] = {
      {kJsUnexpectedToken, "var a = ;"},
      {kJsUnexpectedEnd, "function f() {"},
      {kJsExpectedSemicolon, "class A { a = 1 b = 2 }", Goal::kScript, true},
      {kJsReservedWord, "var class = 1"},
      {kJsBadIdentifier, "var a\\u0020b = 1"},
      {kJsBadEscape, "'\\u{110000}'"},
      {kJsBadNumber, "var a = 0_1"},
      {kJsNumberFollowed, "var a = 3in []"},
      {kJsHtmlComment, "<!-- a\nexport {}", Goal::kModule},
      {kJsJsx, "var a = <view>x</view>"},
      {kJsThrowLineBreak, "function f() { throw\n1 }"},
      {kJsTryAlone, "try { }"},
      {kJsSecondDefault, "switch (1) { default: default: }"},
      {kJsRestNotLast, "function f(...a, b) {}"},
      {kJsRestDefault, "[...a = 1] = b", Goal::kScript, true},
      {kJsTaggedOptional, "a?.b`x`"},
      {kJsNewOptional, "new a?.b()"},
      {kJsNewImport, "new import('a')"},
      {kJsImportArguments, "import()"},
      {kJsYieldOutside, "function f() { 'use strict'; yield 1 }"},
      {kJsAwaitOutside, "function f() { await x }"},
      {kJsBadConstructor, "class A { get constructor() {} }"},
      {kJsForAsyncOf, "for (async of []) ;"},
      {kJsForLetOf, "for (let.a of []) ;"},
      {kJsLoneSurrogateName, "var a; export {a as '\\uD800'}", Goal::kModule},
      {kJsExportString, "export {'a' as b}", Goal::kModule},
      {kJsBinary, "\xFF\xFEv\xD8"},
      {kJsDuplicate, "let a; let a"},
      {kJsLetLet, "let let = 1"},
      {kJsPrivateConstructor, "class A { #constructor }"},
      {kJsUndeclaredPrivate, "class A { f() { return this.#b } }"},
      {kJsDuplicateExport, "var a; export {a, a}", Goal::kModule},
      {kJsExportUndeclared, "export {a}", Goal::kModule},
      {kJsBigInt, "var a = 1n"},
      {kJsTopLevelAwait, "await 1; export {}", Goal::kModule},
      {kJsSuspendInWith, "async function f() { with (a) { await b } }"},
  };
  for (const MistakeCase& c : cases) {
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

TEST(SyntaxErrorsTest, DeepNestingIsAnError) {
  for (std::string open : {"(", "[", "{", "a(", "!", "function f(){", "if(1)",
                           "a=>", "`${", "a:"}) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) {
      text += open;
    }
    std::vector<Kind> kinds = KindsOf({Kind::kJsTooDeep, text});
    EXPECT_EQ(kinds, std::vector<Kind>{Kind::kJsTooDeep}) << open;
  }
}

TEST(SyntaxErrorsTest, DepthIsToldWhereTheTextIsWhole) {
  std::string text = std::string(5000, '(') + "1" + std::string(5000, ')');
  std::vector<Kind> kinds = KindsOf({Kind::kJsTooDeep, text});
  EXPECT_EQ(kinds, std::vector<Kind>{Kind::kJsTooDeep});
}

}  // namespace
}  // namespace fcc::js
