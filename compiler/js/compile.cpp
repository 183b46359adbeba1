// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/compile_json.h"
#include "compiler/js/deep_stack.h"
#include "compiler/js/js.h"
#include "compiler/js/lower/lower.h"
#include "compiler/js/minify.h"
#include "compiler/js/modules/effects.h"
#include "compiler/js/modules/module_uses.h"
#include "compiler/js/obfuscate/obfuscate.h"
#include "compiler/js/print.h"
#include "compiler/js/rename.h"
#include "compiler/js/scope.h"
#include "runtime/base/format.h"
#include "runtime/base/hash.h"
#include "runtime/base/source_map.h"

namespace fcc::js {

static std::string MapText(base::SourceMap map, std::string_view input_map) {
  if (!input_map.empty()) {
    // A map that came with the input and cannot be read is none.
    if (auto inner = base::ReadSourceMap(input_map)) {
      map = base::ComposeSourceMaps(map, 0, *inner);
    }
  }
  return base::WriteSourceMap(map);
}

// What Lower refuses (js_lower.def) has one of these in it; without, a check
// need not lower.
static bool MayBeRefused(const Ast& ast) {
  if (ast[ast.root()].Has(flag::kHasTopLevelAwait)) {
    return true;
  }
  for (uint32_t i = 1; i < ast.node_count(); ++i) {
    const Kind kind = ast.KindOf(static_cast<NodeId>(i));
    if (kind == Kind::kBigInt || kind == Kind::kWith) {
      return true;
    }
  }
  return false;
}

// A file of megabytes can hold a mistake in every few bytes; nobody reads them
// all, and showing them costs time for each.
static void HandOver(diagnostics::Sink&& own, diagnostics::Sink& sink) {
  constexpr size_t kMaxReports = 200;
  size_t errors = 0;
  size_t others = 0;
  for (diagnostics::Diagnostic& diagnostic : own.Take()) {
    size_t& count =
        diagnostic.severity == diagnostics::Severity::kError ? errors : others;
    if (++count <= kMaxReports) {
      sink.Add(std::move(diagnostic));
    }
  }
}

static void CompileTree(Ast& ast, const CompileOptions& options,
                        diagnostics::Sink&& own, CompileResult& result,
                        diagnostics::Sink& sink) {
  const source::SourceFile& file = ast.file();
  Scopes scopes = BindScopes(ast, own, options.parse.private_names);
  result.is_module =
      ast.Is(ast.root(), Kind::kProgram) && ast[ast.root()].Has(flag::kModule);
  ApplyDefines(ast, options.defines);
  if (options.minify || !options.defines.empty()) {
    // Before dependencies are collected: what never runs needs no module.
    RemoveDeadBranches(ast);
  }
  LeaveOutModules(ast, options.unused_modules);
  result.dependencies = CollectDependencies(ast, options.rename_module);
  if (options.collect_module_uses && result.is_module) {
    result.exports = CollectModuleUses(ast, result.dependencies);
    result.effect_free = IsEffectFree(ast);
  }
  if (options.collect_facts) {
    result.facts = CollectFacts(ast);
  }
  if (!own.has_errors() && (options.print || MayBeRefused(ast))) {
    LowerOptions lower;
    lower.target = options.target;
    lower.modules = options.modules;
    lower.helpers = options.helpers;
    lower.keep_completion_value = options.keep_completion_value;
    lower.dead_zones = options.dead_zones;
    if (options.parse.goal == Goal::kScript) {
      lower.own_suffix =
          base::format("_{:x}", base::HashFast(file.text()) & 0xFFFFFFFF);
    }
    if (options.keep_completion_value) {
      ast.set_temporary_suffix(lower.own_suffix);
    }
    result.helpers = Lower(ast, scopes, lower, own).helpers;
  }
  result.ok = !own.has_errors();
  HandOver(std::move(own), sink);
  if (!result.ok || !options.print) {
    return;
  }
  const bool minify = options.minify || options.obfuscate > 0;
  if (minify) {
    ShrinkSyntax(ast);
  }
  RenameOptions rename{minify, 0};
  if (options.obfuscate > 0) {
    Obfuscate(ast, {options.obfuscate, options.obfuscate_seed});
    // Never 0, which asks for the usual order.
    rename.seed = base::HashFast(file.path(), options.obfuscate_seed) | 1;
  }
  Rename(ast, rename);
  PrintOptions print;
  print.compact = minify || options.compact;
  print.source_map = options.source_map;
  PrintResult printed = Print(ast, print);
  result.code = std::move(printed.code);
  if (options.source_map) {
    result.map = MapText(std::move(printed.map), options.input_map);
  }
}

CompileResult Compile(const source::SourceFile& file,
                      const CompileOptions& options, diagnostics::Sink& sink) {
  if (options.parse.dialect == Dialect::kByName &&
      file.path().ends_with(".json")) {
    return CompileJson(file, options, sink);
  }
  CompileResult result;
  diagnostics::Sink own;
  std::unique_ptr<Ast> ast = Parse(file, options.parse, own);
  // A tree with holes would only give more errors of the same cause.
  if (own.has_errors()) {
    HandOver(std::move(own), sink);
    return result;
  }
  CallOnStackFor(
      *ast, [&] { CompileTree(*ast, options, std::move(own), result, sink); });
  return result;
}

}  // namespace fcc::js
