// SPDX-License-Identifier: Apache-2.0
//
// A script through everything: parse, check, lower, minify, obfuscate, print.
// Any bytes give a result or errors; what was printed must parse again.
//
// The first two bytes choose the options. The rest is the text itself, or, by
// one of the options, numbers of words below: random bytes seldom get past the
// parser, random words often do.

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include "compiler/js/js.h"
#include "runtime/base/check.h"
#include "runtime/base/source_map.h"

using namespace fcc;  // NOLINT

static constexpr std::string_view kWords[] = {
    "a",
    "b",
    "c",
    "x",
    "#p",
    "eval",
    "arguments",
    "this",
    "super",
    "new.target",
    "import.meta",
    "let ",
    "const ",
    "var ",
    "function ",
    "function*",
    "async ",
    "await ",
    "yield ",
    "yield*",
    "class ",
    "extends ",
    "static ",
    "get ",
    "set ",
    "accessor ",
    "constructor",
    "return ",
    "throw ",
    "if",
    "else ",
    "for",
    "while",
    "do ",
    "switch",
    "case ",
    "default",
    "break",
    "continue",
    "try",
    "catch",
    "finally",
    "with",
    "label:",
    "label",
    "new ",
    "delete ",
    "typeof ",
    "void ",
    " in ",
    " of ",
    " instanceof ",
    "debugger",
    "import ",
    "export ",
    " from ",
    " as ",
    "'use strict'",
    "\"s\"",
    "'m'",
    "`t`",
    "`t${",
    "}`",
    "/r/g",
    "/(?<n>.)/su",
    "0",
    "1",
    "1.5e3",
    "0x1_0",
    "010",
    "1n",
    "null",
    "true",
    "undefined",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ";",
    ",",
    ".",
    "...",
    "?.",
    "?",
    ":",
    "=>",
    "=",
    "+=",
    "**=",
    "&&=",
    "||=",
    "?\?=",
    "==",
    "===",
    "!=",
    "<",
    ">",
    "<=",
    "+",
    "-",
    "*",
    "/",
    "%",
    "**",
    "&&",
    "||",
    "?\?",
    "&",
    "|",
    "^",
    "~",
    "!",
    "++",
    "--",
    "<<",
    ">>>",
    "@",
    "\n",
    " ",
    "//c\n",
    "/*c*/",
    "/*\n*/",
    "<!--",
    "-->",
    "\\u0061",
    "\u00e9",
    "get",
    "set",
    "of",
    "await",
    "yield",
    "async",
    "static",
    "let",
    "type ",
    "interface ",
    "enum ",
    "namespace ",
    "declare ",
    "abstract ",
    "private ",
    "readonly ",
    "implements ",
    " satisfies ",
    " is ",
    "keyof ",
    "unique ",
    "number",
    "any",
    ": number",
    "<T>",
    "!",
    "?:",
    "import type ",
    "require",
    "exports.",
    "module.exports",
    "process.env.NODE_ENV",
    "!==",
    "-=",
    "(a,b)=>",
    "async()=>",
    "({a,b=1,...c})",
    "[a,b=1,...c]=",
    "(){",
    "{a:1}",
    "for(let a of b)",
    "for await(let a of b)",
    "for(let a=0;a<1;a++)",
    "()=>a",
    "if(a)",
    "class A extends B{",
    "constructor(){super()}",
    "static{",
    "try{",
    "}catch{",
    "}finally{",
    "function*a(){",
    "async function "
    "a(){",
    "await a",
    "yield a",
    "a?.b",
    "a?.[b](c)",
    "a`b`",
    "#p in a",
    "this.#p",
    "a={",
    "}=a",
    "...a",
    "__proto__",
    "[a]",
    "get a(){}",
    "*a(){}",
};

static std::string TextOf(const uint8_t* data, size_t size, bool words) {
  std::string text;
  for (size_t i = 0; i < size; ++i) {
    if (words) {
      text += kWords[data[i] % std::size(kWords)];
    } else {
      text += static_cast<char>(data[i]);
    }
  }
  return text;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) {
    return 0;
  }
  static constexpr js::Dialect kDialects[] = {
      js::Dialect::kJavaScript, js::Dialect::kTypeScript, js::Dialect::kTsx,
      js::Dialect::kJavaScript};
  static constexpr js::Goal kGoals[] = {js::Goal::kByContent, js::Goal::kScript,
                                        js::Goal::kModule, js::Goal::kCommonJs};
  js::CompileOptions options;
  options.minify = (data[0] & 1) != 0;
  options.parse.dialect = kDialects[(data[0] >> 1) & 3];
  options.parse.goal = kGoals[(data[0] >> 3) & 3];
  options.obfuscate = (data[0] >> 5) & 3;
  const bool words = (data[0] & 0x80) != 0;
  options.obfuscate_seed = data[1];
  options.target = (data[1] & 1) != 0 ? js::Target::kEsNext : js::Target::kEs5;
  options.modules =
      (data[1] & 2) != 0 ? js::ModuleKind::kKeep : js::ModuleKind::kCommonJs;
  options.helpers = (data[1] & 4) != 0 ? js::HelperPlacement::kModule
                                       : js::HelperPlacement::kInline;
  options.parse.strict = (data[1] & 8) != 0;
  options.keep_completion_value = (data[1] & 16) != 0;
  options.collect_facts = (data[1] & 32) != 0;
  options.compact = (data[1] & 64) != 0;
  if ((data[1] & 128) != 0) {
    options.defines.push_back({"process.env.NODE_ENV", "\"production\""});
  }
  options.source_map = true;

  source::SourceSet sources;
  diagnostics::Sink sink;
  const source::SourceFile& file =
      sources.Add("a.js", TextOf(data + 2, size - 2, words));
  const js::CompileResult compiled = js::Compile(file, options, sink);
  FCC_CHECK(compiled.ok != sink.has_errors());
  if (!compiled.ok) {
    return 0;
  }
  FCC_CHECK(base::ReadSourceMap(compiled.map).ok());
  js::ParseOptions again = options.parse;
  again.dialect = js::Dialect::kJavaScript;
  diagnostics::Sink second;
  js::Parse(sources.Add("b.js", compiled.code), again, second);
  for (const diagnostics::Diagnostic& diagnostic : second.Take()) {
    // Lowering may deepen a tree.
    FCC_CHECK(diagnostic.severity != diagnostics::Severity::kError ||
              diagnostic.kind == diagnostics::Kind::kJsTooDeep);
  }
  return 0;
}
