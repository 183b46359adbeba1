// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <set>

#include "compiler/check/rule_internal.h"

namespace fcc::check {

static void Reach(const link::Program& program, std::string_view path,
                  bool included, std::set<std::string_view>& seen,
                  ProgramIndex::Templates& templates) {
  auto found = program.graph.templates.find(path);
  if (found == program.graph.templates.end() ||
      !seen.insert(found->first).second) {
    return;
  }
  const graph::TemplateFile& file = found->second;
  templates.files.push_back(&file);
  if (included) {
    templates.included.push_back(&file);
  }
  for (const std::string& other : file.includes) {
    Reach(program, other, included, seen, templates);
  }
  for (const std::string& other : file.imports) {
    Reach(program, other, false, seen, templates);
  }
}

static std::vector<uint32_t> FindBuiltIns(
    const graph::TemplateFile& file,
    const std::vector<const project::Component*>& users) {
  std::vector<uint32_t> found;
  for (uint32_t i = 0; i < file.unit.nodes.size(); ++i) {
    const tmpl::NodeRecord& node = file.unit.nodes[i];
    if (node.kind != tmpl::NodeKind::kElement) {
      continue;
    }
    const std::string_view tag = file.unit.String(node.name);
    if (std::none_of(users.begin(), users.end(),
                     [tag](const project::Component* user) {
                       return user->FindUsed(tag) != nullptr;
                     })) {
      found.push_back(i);
    }
  }
  return found;
}

ProgramIndex::ProgramIndex(const link::Program& program, Memory& memory) {
  const auto& scripts = program.graph.scripts;
  const auto& all_templates = program.graph.templates;
  if (scripts.find("taro.js") != scripts.end() &&
      (scripts.find("runtime.js") != scripts.end() ||
       all_templates.find("base.wxml") != all_templates.end())) {
    framework = Framework::kTaro;
  } else if (scripts.find("common/vendor.js") != scripts.end()) {
    framework = Framework::kUni;
  }
  first_component = program.project.components.data();
  for (const project::Component& component : program.project.components) {
    components.emplace(component.path, &component);
    Templates& own = templates[component.path];
    std::set<std::string_view> seen;
    Reach(program, component.template_path, true, seen, own);
    for (std::string_view path : seen) {
      users[path].push_back(&component);
    }
    uint64_t stamp = 1;
    for (const graph::TemplateFile* file : own.files) {
      // What it imports may be another file without a change of its own.
      stamp = MixStamps(stamp, static_cast<uint64_t>(file->unit.file));
      stamp = MixStamps(stamp,
                        file->source == nullptr ? 0 : file->source->revision());
    }
    template_stamps.push_back(stamp);
    auto script = scripts.find(component.script_path);
    if (script != scripts.end() && script->second.source != nullptr) {
      stamp = MixStamps(stamp, script->second.source->revision());
    }
    stamps.push_back(stamp);
  }
  // A session keeps the project while it keeps the memory.
  if (memory.uses.empty()) {
    for (const project::Component& component : program.project.components) {
      std::vector<uint32_t>& places = memory.uses.emplace_back();
      for (const project::UsedComponent& used : component.using_components) {
        if (used.kind == project::TargetKind::kComponent) {
          if (const project::Component* target = Find(used.path)) {
            places.push_back(static_cast<uint32_t>(PlaceOf(*target)));
          }
        }
      }
    }
  }
  uses = &memory.uses;
  size_t files = 0;
  for (const auto& [path, file] : program.graph.templates) {
    files = std::max(files, static_cast<size_t>(file.unit.file) + 1);
  }
  memory.built_ins.resize(std::max(memory.built_ins.size(), files));
  for (const auto& [path, file] : program.graph.templates) {
    auto found = users.find(path);
    if (found == users.end() || file.source == nullptr) {
      continue;
    }
    uint64_t stamp = MixStamps(1, file.source->revision());
    for (const project::Component* user : found->second) {
      stamp = MixStamps(stamp, static_cast<uint64_t>(user - first_component));
    }
    Memory::OfNodes& known =
        memory.built_ins[static_cast<size_t>(file.unit.file)];
    if (known.stamp != stamp) {
      known = {stamp, FindBuiltIns(file, found->second)};
    }
    built_ins.push_back({&file, &known.nodes, stamp});
  }
}

bool ProgramIndex::IsFrameworkFile(std::string_view path) const {
  auto is_one_of = [path](std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), path) != names.end();
  };
  switch (framework) {
    case Framework::kNone:
      return false;
    case Framework::kTaro:
      // `prebundle/` holds the packages that a development build bundles ahead.
      return path.starts_with("prebundle/") ||
             is_one_of({"taro.js", "runtime.js", "vendors.js", "base.wxml",
                        "comp.js", "comp.wxml", "custom-wrapper.js",
                        "custom-wrapper.wxml", "utils.wxs"});
    case Framework::kUni:
      return is_one_of({"common/vendor.js", "common/runtime.js"});
  }
  FCC_CHECK(false);
}

uint64_t StampOfDependencies(const RuleContext& context) {
  uint64_t all = 1;
  std::vector<Memory::OfDependencies>& known = context.memory.dependencies;
  for (const auto& [path, script] : context.program.graph.scripts) {
    if (script.source == nullptr) {
      continue;
    }
    const size_t at = static_cast<size_t>(script.source->id());
    known.resize(std::max(known.size(), at + 1));
    const uint64_t stamp = MixStamps(1, script.source->revision());
    if (known[at].stamp != stamp) {
      uint64_t names = StampOf(path);
      for (const js::Dependency& dependency : script.result.dependencies) {
        names = MixStamps(names, StampOf(dependency.specifier));
      }
      for (const std::string& target : script.targets) {
        names = MixStamps(names, StampOf(target));
      }
      known[at] = {stamp, names};
    }
    all = MixStamps(all, known[at].of_names);
  }
  const graph::FileGraph& graph = context.program.graph;
  for (const auto& [path, file] : graph.templates) {
    all = MixStamps(all, StampOf(path));
  }
  for (const auto& [path, file] : graph.sheets) {
    all = MixStamps(all, StampOf(path));
  }
  for (const auto& [path, module] : graph.modules) {
    all = MixStamps(all, StampOf(path));
  }
  return all;
}

diagnostics::Words DocumentRow(std::string_view row) {
  return {base::format("FinClip's documentation, {}", row),
          base::format("FinClip 文档 {}", row)};
}

void AddAlternative(diagnostics::Report& report, std::string_view table,
                    std::string_view name) {
  if (const AlternativeRow* row = FindAlternative(table, name)) {
    report.Note({base::format("instead: {}", row->en),
                 base::format("可改用：{}", row->zh)});
  }
}

bool IsForeign(std::string_view path) {
  return path.find("miniprogram_npm/") != std::string_view::npos ||
         path.find("node_modules/") != std::string_view::npos ||
         path.find("node-modules/") != std::string_view::npos ||
         path.find("uni_modules/") != std::string_view::npos ||
         path.find("npm/") == 0 || path.find("/npm/") != std::string_view::npos;
}

std::string_view NpmFolderOf(std::string_view path) {
  static constexpr std::string_view kFolder = "miniprogram_npm/";
  const size_t at = path.find(kFolder);
  if (at == std::string_view::npos) {
    return {};
  }
  const size_t begin = at + kFolder.size();
  size_t end = path.find('/', begin);
  if (begin < path.size() && path[begin] == '@' &&
      end != std::string_view::npos) {
    end = path.find('/', end + 1);
  }
  return end == std::string_view::npos ? std::string_view()
                                       : path.substr(0, end);
}

const js::ScriptFacts* FactsOf(const RuleContext& context,
                               const project::Component& component) {
  auto script = context.program.graph.scripts.find(component.script_path);
  return script == context.program.graph.scripts.end()
             ? nullptr
             : &script->second.result.facts;
}

const js::Definition* OnlyDefinition(const RuleContext& context,
                                     const project::Component& component) {
  const js::ScriptFacts* facts = FactsOf(context, component);
  const js::Definition* only = nullptr;
  if (facts == nullptr) {
    return only;
  }
  for (const js::Definition& definition : facts->definitions) {
    if (definition.kind == js::DefinitionKind::kPage ||
        definition.kind == js::DefinitionKind::kComponent) {
      if (only != nullptr) {
        return nullptr;
      }
      only = &definition;
    }
  }
  return only;
}

const tmpl::AttrRecord* FindAttr(const fxml::Unit& unit,
                                 const tmpl::NodeRecord& node,
                                 tmpl::AttrKind kind, std::string_view name) {
  for (uint32_t i = 0; i < node.attr_count; ++i) {
    const tmpl::AttrRecord& attr = unit.attrs[node.first_attr + i];
    if (attr.kind == kind &&
        (name.empty() || TextOf(unit, attr.name) == name)) {
      return &attr;
    }
  }
  return nullptr;
}

}  // namespace fcc::check
