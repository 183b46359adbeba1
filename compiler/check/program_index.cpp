// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/program_index.h"

#include <algorithm>

namespace fcc::check {

ProgramIndex::ProgramIndex(const link::Program& program) : program_(&program) {
  const auto& scripts = program.graph.scripts;
  if (scripts.contains("taro.js") &&
      (scripts.contains("runtime.js") ||
       program.graph.templates.contains("base.wxml"))) {
    framework_ = Framework::kTaro;
  } else if (scripts.contains("common/vendor.js")) {
    framework_ = Framework::kUni;
  }
  for (const project::Component& component : components()) {
    by_path_.emplace(component.path, &component);
    auto script = scripts.find(component.script_path);
    if (script != scripts.end()) {
      script_users_[script->second.source->id()].push_back(PlaceOf(component));
    }
    if (component.json != nullptr) {
      json_users_[component.json->file].push_back(PlaceOf(component));
    }
  }
  AddTemplates();
  AddSheets();
}

void ProgramIndex::AddTemplates() {
  for (const project::Component& component : components()) {
    Templates& own = templates_.emplace_back();
    std::set<std::string_view> seen;
    Reach(component.template_path, true, seen, own);
    for (const graph::TemplateFile* file : own.files) {
      own.ids.push_back(file->unit.file);
      template_users_[file->unit.file].push_back(PlaceOf(component));
    }
  }
  const auto& all = program_->graph.templates;
  for (const auto& [path, file] : all) {
    for (const std::string& other : file.includes) {
      if (auto found = all.find(other); found != all.end()) {
        included_[found->second.unit.file] = 1;
      }
    }
  }
}

void ProgramIndex::Reach(std::string_view path, bool included,
                         std::set<std::string_view>& seen,
                         Templates& templates) const {
  auto found = program_->graph.templates.find(path);
  if (found == program_->graph.templates.end() ||
      !seen.insert(found->first).second) {
    return;
  }
  const graph::TemplateFile& file = found->second;
  templates.files.push_back(&file);
  if (included) {
    templates.included.push_back(&file);
  }
  for (const std::string& other : file.includes) {
    Reach(other, included, seen, templates);
  }
  for (const std::string& other : file.imports) {
    Reach(other, false, seen, templates);
  }
}

void ProgramIndex::AddSheets() {
  if (const ftss::SheetGraph* app =
          program_->SheetGraphOf(program_->project.app_style)) {
    for (const ftss::StyleSheet* sheet : app->sheets) {
      app_sheets_[sheet->file->id()] = 1;
    }
  }
  for (const project::Component& component : components()) {
    if (const ftss::SheetGraph* own =
            program_->SheetGraphOf(component.style_path)) {
      for (const ftss::StyleSheet* sheet : own->sheets) {
        sheet_users_[sheet->file->id()].push_back(PlaceOf(component));
      }
    }
  }
}

const project::Component* ProgramIndex::Find(std::string_view path) const {
  auto found = by_path_.find(path);
  return found == by_path_.end() ? nullptr : found->second;
}

std::vector<uint32_t> ProgramIndex::BuiltInsOf(
    const graph::TemplateFile& file) const {
  const Places& users = UsersOfTemplate(file.unit.file);
  std::vector<uint32_t> found;
  if (users.empty()) {
    return found;
  }
  for (uint32_t i = 0; i < file.unit.nodes.size(); ++i) {
    const tmpl::NodeRecord& node = file.unit.nodes[i];
    if (node.kind != tmpl::NodeKind::kElement) {
      continue;
    }
    const std::string_view tag = file.unit.String(node.name);
    if (std::ranges::none_of(users, [&](uint32_t user) {
          return components()[user].FindUsed(tag) != nullptr;
        })) {
      found.push_back(i);
    }
  }
  return found;
}

bool ProgramIndex::IsFrameworkFile(std::string_view path) const {
  auto is_one_of = [path](std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), path) != names.end();
  };
  switch (framework_) {
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

}  // namespace fcc::check
