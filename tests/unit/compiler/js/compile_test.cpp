// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include "compiler/js/js.h"

namespace fcc::js {
namespace {

struct Compiled {
  CompileResult result;
  std::string problems;
};

Compiled CompileText(std::string text, CompileOptions options = {},
                     std::string path = "a.js") {
  source::SourceSet sources;
  const source::SourceFile& file = sources.Add(path, std::move(text));
  diagnostics::Sink sink;
  options.helpers = HelperPlacement::kModule;
  Compiled compiled;
  compiled.result = Compile(file, options, sink);
  for (const diagnostics::Diagnostic& problem : sink.diagnostics()) {
    compiled.problems += problem.message + "\n";
  }
  return compiled;
}

TEST(CompileTest, LowersAModuleToCommonJs) {
  const Compiled compiled =
      CompileText("import a, {b} from './m'; export const c = () => a(b);");
  EXPECT_EQ(compiled.problems, "");
  EXPECT_TRUE(compiled.result.is_module);
  EXPECT_EQ(compiled.result.helpers, std::vector<std::string>{"_fcc_default"});
  EXPECT_EQ(compiled.result.code,
            "\"use strict\";\n"
            "var _fcc_default = require(\"@fcc/helpers\")._fcc_default;\n"
            "Object.defineProperty(exports, \"__esModule\", { value: true });\n"
            "exports.c = void 0;\n"
            "var _m2 = require(\"./m\"), _m = _fcc_default(_m2);\n"
            "var c = exports.c = function c() {\n"
            "  return (0, _m[\"default\"])(_m2.b);\n"
            "};\n");
}

TEST(CompileTest, NamesDependenciesInOrder) {
  const Compiled compiled = CompileText(
      "import './a'; export * from './b'; require('./c');"
      "require.async('./d'); import('./e');"
      "function f(require) { require('./no'); }");
  std::string found;
  for (const Dependency& dependency : compiled.result.dependencies) {
    found += dependency.specifier + " ";
  }
  EXPECT_EQ(found, "./a ./b ./c ./d ./e ");
}

TEST(CompileTest, BigIntIsRefused) {
  const Compiled compiled = CompileText("var a = 10n;");
  EXPECT_FALSE(compiled.result.ok);
  EXPECT_EQ(compiled.problems,
            "BigInt `10n` cannot be expressed for the target\n");
}

TEST(CompileTest, AClashingNameIsChangedAndAGlobalIsNot) {
  const Compiled compiled = CompileText(
      "let a = 1; { let a = 2; use(a); } use(a);\n"
      "{ let use = 3; Object(use); }");
  EXPECT_EQ(compiled.result.code,
            "var a = 1;\n"
            "{\n"
            "  var a2 = 2;\n"
            "  use(a2);\n"
            "}\n"
            "use(a);\n"
            "{\n"
            "  var use2 = 3;\n"
            "  Object(use2);\n"
            "}\n");
}

TEST(CompileTest, TypeScriptLosesItsTypes) {
  const Compiled compiled = CompileText(
      "import {T, v} from './m';\n"
      "enum E { A, B = 5, C }\n"
      "const x: T = v as T; declare const y: number;\n",
      {}, "a.ts");
  EXPECT_EQ(compiled.problems, "");
  EXPECT_EQ(compiled.result.code,
            "\"use strict\";\n"
            "var _m = require(\"./m\");\n"
            "var E = function (E) {\n"
            "  E[E[\"A\"] = 0] = \"A\";\n"
            "  E[E[\"B\"] = 5] = \"B\";\n"
            "  E[E[\"C\"] = 6] = \"C\";\n"
            "  return E;\n"
            "}(E || {});\n"
            "var x = _m.v;\n");
}

}  // namespace
}  // namespace fcc::js
