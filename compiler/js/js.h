// SPDX-License-Identifier: Apache-2.0
//
// JavaScript and TypeScript: text → tree → checked and lowered tree → text with
// a source map. Compile does all of it; the stages stand below for callers that
// need one of them.
//
//   Parse       text → Ast; every syntax error of the file is reported
//   BindScopes  names → symbols; early errors of the specification (scope.h)
//   Lower       tree → tree of the target's level (lower/lower.h)
//   Minify      tree → smaller tree (minify.h)
//   Obfuscate   tree → tree that is harder to read (obfuscate/obfuscate.h)
//   Rename      symbols → final names (rename.h)
//   Print       tree → text and map (print.h)
//
// Threads: different files may be compiled at once; nothing is shared.

#ifndef FCC_COMPILER_JS_JS_H_
#define FCC_COMPILER_JS_JS_H_

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/js/ast.h"
#include "compiler/js/facts/facts.h"
#include "compiler/source/source_file.h"

namespace fcc::js {

enum class Dialect : uint8_t {
  // By the file's name: .ts and .mts are TypeScript, .tsx is TSX, .d.ts makes
  // no code, .json is a value (Compile only), everything else is JavaScript.
  kByName,
  kJavaScript,
  kTypeScript,
  kTsx,
};

enum class Goal : uint8_t {
  // A module when it has import or export declarations, else kCommonJs: what
  // mini programs mean by a file.
  kByContent,
  kScript,
  kModule,
  // The body of a function: `return` and `new.target` are allowed at the top,
  // top declarations are local.
  kCommonJs,
};

struct ParseOptions {
  Dialect dialect = Dialect::kByName;
  Goal goal = Goal::kByContent;
  // The part of the file that is the program (an inline FTS module, a handler);
  // the whole file when empty. Spans count from the file's start.
  base::Span part;
  // The text is strict code whatever it says (eval in strict code).
  bool strict = false;
  // What an eval inside a function, a method or a field may use.
  bool allow_new_target = false;
  bool allow_super_property = false;
  bool allow_super_call = false;
  // Private names an eval may use from the classes round it.
  std::vector<std::string> private_names;
};

// Never null. When errors were reported the tree holds what could be read.
std::unique_ptr<Ast> Parse(const source::SourceFile& file,
                           const ParseOptions& options,
                           diagnostics::Sink& sink);

enum class Target : uint8_t { kEs5, kEsNext };

enum class ModuleKind : uint8_t {
  // import and export stay.
  kKeep,
  // To require/exports, with __esModule and live bindings.
  kCommonJs,
};

enum class HelperPlacement : uint8_t {
  // At the top of the file.
  kInline,
  // `require("@fcc/helpers")`; CompileResult::helpers says which of them.
  kModule,
};

struct Define {
  // A name or a member path: `process.env.NODE_ENV`.
  std::string path;
  // JavaScript to put there: `"production"`.
  std::string value;
};

// What the code calls a module, for the name it was written with.
using ModuleRenamer = std::function<std::string(std::string_view specifier)>;

struct CompileOptions {
  ParseOptions parse;
  Target target = Target::kEs5;
  ModuleKind modules = ModuleKind::kCommonJs;
  HelperPlacement helpers = HelperPlacement::kInline;
  // Compact text, smaller syntax, short local names.
  bool minify = false;
  // 0 none, 1 to 3 as obfuscate/obfuscate.h says; includes minify.
  int obfuscate = 0;
  uint64_t obfuscate_seed = 0;
  std::vector<Define> defines;
  // Statements ended by line breaks and no blanks, without the other parts of
  // minify.
  bool compact = false;
  bool source_map = false;
  // Of aliases, which no platform's require knows; names stay where it is none.
  ModuleRenamer rename_module;
  // CompileResult::facts is filled: for checkers.
  bool collect_facts = false;
  // False: no code is wanted. Nothing is printed; what would be an error of
  // Compile still is.
  bool print = true;
  // The map the input came with, as JSON (source map v3); composed into ours.
  std::string_view input_map;
  // The completion value of the program matters (eval): it is kept as the value
  // of the last expression statement.
  bool keep_completion_value = false;
  // Dependency::taken, CompileResult::effect_free and exports are filled.
  bool collect_module_uses = false;
  // Specifiers as written: declarations that import from or hand on such a
  // module are left out. Nothing may use what they declare.
  std::vector<std::string> unused_modules;
  // Names of let, const and class throw before their declarations have run, as
  // the language says. Without, they are undefined then, as where Babel made
  // `var` of them: apps that stand on that work on the platform.
  bool dead_zones = true;
};

enum class DependencyKind : uint8_t {
  kImport,
  kExportFrom,
  kRequire,
  kDynamicImport,
  // `require.async("…")` and `require("…", callback)`.
  kRequireAsync,
  // `require("name")` where `require` is a parameter: bundles, such as those
  // that the platforms' own npm build makes, hand what they do not hold on to
  // the module's require. It may as well lead nowhere.
  kBundled,
  // `require("./lang/" + name)`, `require(name + ".js")`: any module whose path
  // begins with the specifier, the constant text in front.
  kComputed,
};

// A name that the file takes from a module by declaration.
struct TakenName {
  // "*" for all that the module exports.
  std::string name;
  // The file only hands it on, as this export of its own; "*" of `export *`.
  // Empty where its code uses it.
  std::string exported;
};

// Another module that the file names with a constant, or with some text.
struct Dependency {
  DependencyKind kind = DependencyKind::kRequire;
  std::string specifier;
  // The string, quotes included; of kComputed the whole argument.
  base::Span span;
  // Of kImport and kExportFrom, with collect_module_uses.
  std::vector<TakenName> taken;
};

struct CompileResult {
  // False when errors were reported; then code is empty.
  bool ok = false;
  std::string code;
  // Source map v3 as JSON, when asked for.
  std::string map;
  std::vector<Dependency> dependencies;
  ScriptFacts facts;
  bool is_module = false;
  // The helpers that the code takes from `@fcc/helpers`.
  std::vector<std::string> helpers;
  // A module whose own statements only define (modules/effects.h); what it
  // imports is judged by itself.
  bool effect_free = false;
  // Names that the module exports, those of its `export *` aside.
  std::vector<std::string> exports;
};

CompileResult Compile(const source::SourceFile& file,
                      const CompileOptions& options, diagnostics::Sink& sink);

// In the order of the text. Of calls of a `require` that is declared in the
// file only kBundled counts. `rename` changes the strings in the tree, not what
// is given back. Wants a tree that BindScopes has seen.
std::vector<Dependency> CollectDependencies(Ast& ast,
                                            const ModuleRenamer& rename = {});

// The text of the module `@fcc/helpers` with the helpers of those names
// (CompileResult::helpers) and what they need.
std::string HelpersModule(const std::set<std::string>& names, bool minify);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_JS_H_
