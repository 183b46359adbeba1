// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/compile_unit.h"

#include <algorithm>
#include <utility>

#include "compiler/ftss/parse_ftss.h"
#include "compiler/graph/preprocess_sheets.h"
#include "compiler/js/result_codec.h"
#include "runtime/base/check.h"
#include "runtime/base/format.h"

namespace fcc::graph {

bool IsPreprocessed(const Unit& unit) {
  return unit.kind == UnitKind::kSheet &&
         ftss::StyleLanguageOf(unit.path) != ftss::StyleLanguage::kCss;
}

// `target` as a module in `folder` names it.
static std::string RelativeTo(std::string_view folder,
                              std::string_view target) {
  std::string up = "./";
  while (!folder.empty() &&
         !(target.starts_with(folder) && target.size() > folder.size() &&
           target[folder.size()] == '/')) {
    up = up == "./" ? "../" : up + "../";
    folder = base::DirectoryOf(folder);
  }
  return up + std::string(folder.empty() ? target
                                         : target.substr(folder.size() + 1));
}

// What `specifier` of the script `from` is called in the package, whose names
// have no aliases and where "./a.ts" is "./a.js".
static std::string ModuleSpecifier(const project::Project& project,
                                   std::string_view from,
                                   std::string_view specifier) {
  std::string target = project::ApplyAlias(project, specifier, from);
  if (target != specifier && target.starts_with("/")) {
    target = RelativeTo(base::DirectoryOf(from),
                        base::NormalizePath(target).substr(1));
  }
  if (target.ends_with(".ts") &&
      (target.starts_with('.') || target.starts_with('/'))) {
    target.replace(target.size() - 3, 3, ".js");
  }
  return target;
}

// Everything that Compile sees of a script. The structured binding names every
// option, so a new one does not compile before it was thought of here.
static base::Hash128 KeyOf(const Unit& unit, const project::Project& project,
                           const js::CompileOptions& options) {
  const auto& [parse, target, modules, helpers, minify, obfuscate,
               obfuscate_seed, defines, compact, source_map, rename_module,
               collect_facts, print, input_map, keep_completion_value,
               collect_module_uses, unused_modules, dead_zones] = options;
  // A graph leaves these as they are; aliases stand for the renamer.
  FCC_CHECK(parse.goal == js::Goal::kByContent && !keep_completion_value);
  const std::string numbers = base::format(
      "{} {} {} {} {} {} {} {} {} {} {} {}", static_cast<int>(target),
      static_cast<int>(modules), static_cast<int>(helpers), minify, obfuscate,
      obfuscate_seed, compact, source_map, collect_facts, print,
      collect_module_uses, dead_zones);
  std::vector<std::string_view> parts = {"script", numbers, unit.path,
                                         input_map, unit.source->text()};
  for (const js::Define& define : defines) {
    parts.insert(parts.end(), {"define", define.path, define.value});
  }
  for (const auto& [pattern, replacement] : project.aliases) {
    parts.insert(parts.end(), {"alias", pattern, replacement});
  }
  for (const std::string& specifier : unused_modules) {
    parts.insert(parts.end(), {"without", specifier});
  }
  static_cast<void>(rename_module);
  return UnitKey(parts);
}

static js::CompileResult CompileScript(Unit& unit,
                                       const project::Project& project,
                                       const GraphOptions& graph) {
  js::CompileOptions options = graph.script;
  options.input_map = unit.input_map;
  options.unused_modules = unit.unused_modules;
  options.dead_zones = !project.transforms_scripts;
  if (std::ranges::find(project.worker_scripts, unit.path) !=
      project.worker_scripts.end()) {
    // A worker finds no module but its own.
    options.helpers = js::HelperPlacement::kInline;
  }
  options.rename_module = [&](std::string_view specifier) {
    return ModuleSpecifier(project, unit.path, specifier);
  };
  // A small script is compiled in less time than a file takes to open.
  static constexpr size_t kSmallest = 512;
  if (graph.cache == nullptr || unit.source->text().size() < kSmallest) {
    return js::Compile(*unit.source, options, unit.sink);
  }
  const base::Hash128 key = KeyOf(unit, project, options);
  if (std::optional<std::string> bytes = graph.cache->Load(key)) {
    if (auto result = js::DecodeResult(*bytes, unit.source->text().size())) {
      return *std::move(result);
    }
  }
  js::CompileResult result = js::Compile(*unit.source, options, unit.sink);
  // What has something to say says it each time.
  if (result.ok && unit.sink.diagnostics().empty()) {
    graph.cache->Store(key, js::EncodeResult(result));
  }
  return result;
}

static void CompileUnit(Unit& unit, const project::Project& project,
                        const GraphOptions& options) {
  switch (unit.kind) {
    case UnitKind::kTemplate:
      unit.template_file.source = unit.source;
      unit.template_file.unit = fxml::CompileFxml(*unit.source, {}, unit.sink);
      break;
    case UnitKind::kSheet:
      unit.sheet_file.source = unit.source;
      unit.sheet_file.sheet = ftss::ParseFtss(*unit.source, unit.sink);
      break;
    case UnitKind::kScript:
      unit.script = CompileScript(unit, project, options);
      break;
    case UnitKind::kModule:
    case UnitKind::kInlineModule: {
      fts::FtsOptions fts;
      fts.part = unit.part;
      fts.minify = options.script.minify;
      fts.exists = [&project](std::string_view path) {
        return project.index.Has(path);
      };
      unit.module = fts::CompileFts(*unit.source, fts, unit.sink);
      break;
    }
  }
}

std::vector<std::function<void()>> CompileAll(std::deque<Unit>& units,
                                              base::FileSystem& fs,
                                              const project::Project& project,
                                              const GraphOptions& options) {
  std::vector<std::function<void()>> pieces;
  std::vector<Unit*> sheets;
  for (Unit& unit : units) {
    if (unit.source == nullptr) {
      continue;
    }
    if (IsPreprocessed(unit)) {
      sheets.push_back(&unit);
    } else {
      pieces.push_back(
          [&unit, &project, &options] { CompileUnit(unit, project, options); });
    }
  }
  for (std::function<void()>& piece :
       PreprocessSheets(std::move(sheets), fs, project, options)) {
    // First: starting a compiler takes longest.
    pieces.insert(pieces.begin(), std::move(piece));
  }
  return pieces;
}

void RunAll(const std::vector<std::function<void()>>& pieces,
            const RunParallel& run) {
  const auto work = [&pieces](size_t i) { pieces[i](); };
  if (run) {
    run(pieces.size(), work);
    return;
  }
  for (size_t i = 0; i < pieces.size(); ++i) {
    work(i);
  }
}

}  // namespace fcc::graph
