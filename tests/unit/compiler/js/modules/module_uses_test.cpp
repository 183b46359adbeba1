// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/modules/module_uses.h"

#include <gtest/gtest.h>

namespace fcc::js {
namespace {

CompileResult CompileModule(std::string text, CompileOptions options = {},
                            std::string path = "a.js") {
  source::SourceSet sources;
  diagnostics::Sink sink;
  options.collect_module_uses = true;
  options.helpers = HelperPlacement::kModule;
  CompileResult result =
      Compile(sources.Add(std::move(path), std::move(text)), options, sink);
  EXPECT_TRUE(result.ok);
  return result;
}

// "./m: a b>c; ./n:"
std::string TakenIn(std::string text, std::string path = "a.js") {
  std::string out;
  for (const Dependency& dependency :
       CompileModule(std::move(text), {}, std::move(path)).dependencies) {
    out += out.empty() ? "" : "; ";
    out += dependency.specifier + ":";
    for (const TakenName& taken : dependency.taken) {
      out += " " + taken.name;
      out += taken.exported.empty() ? "" : ">" + taken.exported;
    }
  }
  return out;
}

TEST(ModuleUsesTest, TellsWhatIsUsedFromWhatIsNamed) {
  EXPECT_EQ(TakenIn("import d, {a, b as c, e} from './m'; import * as n from "
                    "'./n'; import './o'; import u, {v} from './u';"
                    "d(c); function f() { return [n, {e}]; }"),
            "./m: default b e; ./n: *; ./o:; ./u:");
}

TEST(ModuleUsesTest, TellsWhatIsHandedOn) {
  EXPECT_EQ(TakenIn("export {a, b as c, default} from './m'; export * from "
                    "'./n'; export * as ns from './o'; import p, {q} from "
                    "'./p'; export {p as x, q, q as r};"),
            "./m: a>a b>c default>default; ./n: *>*; ./o: *>ns; "
            "./p: default>x q>q q>r");
  // What is used here as well is used.
  EXPECT_EQ(TakenIn("import {a} from './m'; export {a}; a();"), "./m: a");
  EXPECT_EQ(TakenIn("import {a} from './m'; export default a;"), "./m: a");
}

TEST(ModuleUsesTest, KnowsNoUseInDeadBranches) {
  CompileOptions options;
  options.defines = {{"process.env.NODE_ENV", "\"production\""}};
  const CompileResult result = CompileModule(
      "import {a} from './m'; if (process.env.NODE_ENV !== 'production') a();",
      options);
  ASSERT_EQ(result.dependencies.size(), 1u);
  EXPECT_TRUE(result.dependencies[0].taken.empty());
}

TEST(ModuleUsesTest, EvalMayUseAnything) {
  EXPECT_EQ(TakenIn("import {a} from './m'; eval('a()');"), "./m: a");
}

TEST(ModuleUsesTest, NamesExports) {
  const CompileResult result = CompileModule(
      "export const a = 1, {b, c: [d, e = 1], ...f} = x; export function g() "
      "{} export class H {} const i = 1; export {i, i as j}; export default "
      "1; export * from './k'; export * as l from './m';");
  EXPECT_EQ(result.exports,
            (std::vector<std::string>{"a", "b", "d", "e", "f", "g", "H", "i",
                                      "j", "default", "l"}));
  EXPECT_EQ(CompileModule("export enum A {b}", {}, "a.ts").exports,
            std::vector<std::string>{"A"});
}

TEST(ModuleUsesTest, TypesNeedNoModule) {
  const std::string text =
      "import {T} from './t'; import {U, value} from './u'; import './v';"
      "let x: T = value;";
  EXPECT_EQ(TakenIn(text, "a.ts"), "./u: value; ./v:");
}

TEST(ModuleUsesTest, LeavesDeclarationsOut) {
  CompileOptions options;
  options.modules = ModuleKind::kKeep;
  options.target = Target::kEsNext;
  options.unused_modules = {"./m", "./n"};
  EXPECT_EQ(CompileModule("import {a} from './m'; import './n'; export * from "
                          "'./n'; export {b} from './m'; import {c} from "
                          "'./o'; export {a, c}; c();",
                          options)
                .code,
            "import {c} from \"./o\";\nexport {c};\nc();\n");
}

}  // namespace
}  // namespace fcc::js
