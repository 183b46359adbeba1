// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/unused_scripts.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "compiler/graph/compile_unit.h"
#include "compiler/project/side_effects.h"

namespace fcc::graph {
namespace {

bool IsDeclaration(js::DependencyKind kind) {
  return kind == js::DependencyKind::kImport ||
         kind == js::DependencyKind::kExportFrom;
}

// Finds what is needed, from the roots on.
class NeedFinder {
 public:
  NeedFinder(base::FileSystem& fs, const project::Project& project,
             FileGraph& graph)
      : project_(project), graph_(graph), side_effects_(fs, project) {
    FindIdle();
  }

  void Run(const std::vector<std::string>& roots);

 private:
  // "" to run the script, "*" to use all its exports.
  using Need = std::pair<std::string, std::string>;

  void FindIdle();
  bool IsIdleAlone(const std::string& path, const ScriptFile& file,
                   bool& decided);
  // `path` was made to lead to the main file of an npm package.
  bool Leads(const std::string& path) const {
    return project_.index.GeneratedText(path) != nullptr;
  }
  void Push(const std::string& path, std::string_view name) {
    if (graph_.scripts.contains(path) && seen_.emplace(path, name).second) {
      queue_.emplace_back(path, name);
    }
  }
  void RunScript(const std::string& path, ScriptFile& file);
  void UseExport(const std::string& path, const ScriptFile& file,
                 const std::string& name);
  bool MayExport(const std::string& path, const std::string& name,
                 std::set<std::string>& asked) const;

  const project::Project& project_;
  FileGraph& graph_;
  project::SideEffectsReader side_effects_;
  // Scripts whose running nobody notices.
  std::set<std::string, std::less<>> idle_;
  std::set<Need> seen_;
  std::deque<Need> queue_;
};

// What the script itself does, or what its package says of it and all below;
// then `decided`.
bool NeedFinder::IsIdleAlone(const std::string& path, const ScriptFile& file,
                             bool& decided) {
  const project::SideEffects said = side_effects_.Of(path);
  decided = said != project::SideEffects::kUnsaid;
  return decided ? said == project::SideEffects::kNone
                 : file.result.effect_free || Leads(path);
}

void NeedFinder::FindIdle() {
  // Those that are idle where what they import is.
  std::vector<std::pair<const std::string*, const ScriptFile*>> open;
  for (const auto& [path, file] : graph_.scripts) {
    bool decided = false;
    if (!file.result.ok || !IsIdleAlone(path, file, decided)) {
      continue;
    }
    idle_.insert(path);
    if (!decided) {
      open.emplace_back(&path, &file);
    }
  }
  bool changed = true;
  while (changed) {
    changed = false;
    for (const auto& [path, file] : open) {
      if (!idle_.contains(*path)) {
        continue;
      }
      for (size_t i = 0; i < file->targets.size(); ++i) {
        // A `require` that runs at the start is an effect by itself.
        if ((IsDeclaration(file->result.dependencies[i].kind) ||
             Leads(*path)) &&
            !idle_.contains(file->targets[i])) {
          idle_.erase(*path);
          changed = true;
          break;
        }
      }
    }
  }
}

void NeedFinder::RunScript(const std::string& path, ScriptFile& file) {
  file.needed = true;
  for (const std::string& target : file.computed) {
    Push(target, "");
    Push(target, "*");
  }
  for (size_t i = 0; i < file.targets.size(); ++i) {
    const js::Dependency& dependency = file.result.dependencies[i];
    const std::string& target = file.targets[i];
    if (Leads(path)) {
      Push(target, "");
      continue;
    }
    if (!IsDeclaration(dependency.kind)) {
      Push(target, "");
      Push(target, "*");
      continue;
    }
    if (!idle_.contains(target)) {
      Push(target, "");
    }
    for (const js::TakenName& taken : dependency.taken) {
      if (taken.exported.empty()) {
        Push(target, taken.name);
      }
    }
  }
}

// False only where the exports of `path` are known and `name` is none of them.
bool NeedFinder::MayExport(const std::string& path, const std::string& name,
                           std::set<std::string>& asked) const {
  const auto found = graph_.scripts.find(path);
  if (found == graph_.scripts.end() || !found->second.result.is_module) {
    return true;
  }
  const ScriptFile& file = found->second;
  if (std::ranges::find(file.result.exports, name) !=
      file.result.exports.end()) {
    return true;
  }
  if (!asked.insert(path).second) {
    return false;
  }
  for (size_t i = 0; i < file.targets.size(); ++i) {
    for (const js::TakenName& taken : file.result.dependencies[i].taken) {
      if (taken.exported == "*" && MayExport(file.targets[i], name, asked)) {
        return true;
      }
    }
  }
  return false;
}

void NeedFinder::UseExport(const std::string& path, const ScriptFile& file,
                           const std::string& name) {
  Push(path, "");
  const bool own =
      std::ranges::find(file.result.exports, name) != file.result.exports.end();
  for (size_t i = 0; i < file.targets.size(); ++i) {
    const std::string& target = file.targets[i];
    if (Leads(path)) {
      Push(target, name);
      continue;
    }
    for (const js::TakenName& taken : file.result.dependencies[i].taken) {
      if (taken.exported.empty()) {
        continue;
      }
      if (name == "*" || taken.exported == name) {
        Push(target, taken.name);
      } else if (taken.exported == "*" && !own && name != "default") {
        std::set<std::string> asked;
        if (MayExport(target, name, asked)) {
          Push(target, name);
        }
      }
    }
  }
}

void NeedFinder::Run(const std::vector<std::string>& roots) {
  for (const std::string& path : roots) {
    Push(path, "");
    Push(path, "*");
  }
  while (!queue_.empty()) {
    const Need need = std::move(queue_.front());
    queue_.pop_front();
    ScriptFile& file = graph_.scripts.find(need.first)->second;
    if (need.second.empty()) {
      RunScript(need.first, file);
    } else {
      UseExport(need.first, file, need.second);
    }
  }
}

}  // namespace

// Specifiers of `file` that lead to what is not needed.
static std::vector<std::string> UnusedModulesOf(const FileGraph& graph,
                                                const ScriptFile& file) {
  std::vector<std::string> unused;
  for (size_t i = 0; i < file.targets.size(); ++i) {
    const auto target = graph.scripts.find(file.targets[i]);
    if (target != graph.scripts.end() && !target->second.needed) {
      unused.push_back(file.result.dependencies[i].specifier);
    }
  }
  return unused;
}

void LeaveOutUnusedScripts(base::FileSystem& fs,
                           const project::Project& project,
                           const GraphOptions& options,
                           const std::vector<std::string>& roots,
                           FileGraph& graph) {
  for (auto& [path, file] : graph.scripts) {
    file.needed = false;
    file.without_unused.reset();
  }
  NeedFinder(fs, project, graph).Run(roots);
  std::deque<Unit> units;
  for (const auto& [path, file] : graph.scripts) {
    if (!file.needed || !file.result.ok) {
      continue;
    }
    std::vector<std::string> unused = UnusedModulesOf(graph, file);
    if (unused.empty()) {
      continue;
    }
    Unit& unit = units.emplace_back();
    unit.path = path;
    unit.source = file.source;
    unit.unused_modules = std::move(unused);
    if (options.script.source_map) {
      unit.input_map = ReadInputMap(fs, project, *file.source);
    }
  }
  RunAll(CompileAll(units, fs, project, options), options.run);
  for (Unit& unit : units) {
    // What it had to report was reported when all of it was compiled.
    graph.scripts.find(unit.path)->second.without_unused =
        std::move(unit.script);
  }
}

}  // namespace fcc::graph
