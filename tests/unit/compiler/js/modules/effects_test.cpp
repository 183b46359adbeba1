// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/modules/effects.h"

#include <gtest/gtest.h>

#include "compiler/js/js.h"

namespace fcc::js {
namespace {

bool IsFree(std::string text, std::string path = "a.ts") {
  source::SourceSet sources;
  diagnostics::Sink sink;
  CompileOptions options;
  options.collect_module_uses = true;
  const CompileResult result = Compile(
      sources.Add(std::move(path), "export {}; " + text), options, sink);
  EXPECT_TRUE(result.ok) << text;
  return result.effect_free;
}

TEST(EffectsTest, DefinitionsHaveNone) {
  for (const char* text : {
           "",
           "import 'x'; import a from 'b'; export * from 'c';",
           "function f() { g(); } export const h = () => g();",
           "export class A extends B { static x = 1; y = g(); #z; m() {} "
           "get ['a' + 1]() {} } class B {}",
           "export default class {}",
           "export default function () {}",
           "export default {a: 1, b: [2, , f], c() {}, ['d']: -1};"
           "function f() {}",
           "const a = 1, b = a, c = a ? b : null, d = a || b, e = `${1}x`, "
           "f = 1 + 2 * 3, g = typeof a, h = void 0, i = !a, j = /x/, "
           "k = (1, a), l = undefined, m = a === b;",
           "const a = /*#__PURE__*/make(1), b = /* @__PURE__ */ new Thing();"
           "function make() {} class Thing {}",
           "const a = new Map(), b = Symbol('b'), c = Symbol.for('c'), "
           "d = Object.freeze({a});",
           "export enum A { a, b = 1 << 2, c = b, d = 'x' }",
           "interface I {} type T = I; declare const q: T;",
       }) {
    EXPECT_TRUE(IsFree(text)) << text;
  }
}

TEST(EffectsTest, WhatRunsMayHaveSome) {
  for (const char* text : {
           "f(); function f() {}",
           "const a = f(); function f() {}",
           "export default Page({});",
           "wx.a = 1;",
           "let a; a = 1;",
           "const a = missing;",
           "const a = b.c; const b = {};",
           "const {a} = b; const b = {};",
           "const a = [...b]; const b = [];",
           "const a = {...b}; const b = {};",
           "const a = {[b]: 1}; const b = {};",
           "const a = b + 1; const b = {};",
           "const a = `${b}`; const b = {};",
           "const a = 'x' in b; const b = {};",
           "const a = new Map([1]);",
           "const a = new Thing(); class Thing {}",
           "const Symbol = f, a = Symbol('b'); function f() {}",
           "class A { static x = f(); } function f() {}",
           "class A { static { f(); } } function f() {}",
           "class A { [f()]() {} } function f() {}",
           "class A extends f() {} function f() {}",
           "const a = /*#__PURE__*/make(f()); function make() {} "
           "function f() {}",
           "const a = delete this.b;",
           "enum A { a = f() } function f() { return 1; }",
           "namespace N { export const a = 1; }",
           "if (1) {}",
           "throw 1;",
       }) {
    EXPECT_FALSE(IsFree(text)) << text;
  }
}

TEST(EffectsTest, CommonJsIsNotJudged) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  CompileOptions options;
  options.collect_module_uses = true;
  EXPECT_FALSE(Compile(sources.Add("a.js", "function f() {}"), options, sink)
                   .effect_free);
}

}  // namespace
}  // namespace fcc::js
