// SPDX-License-Identifier: Apache-2.0
//
// `.fcc/app.json` of the linked app.

#include <algorithm>

#include "compiler/emit/emit_app.h"
#include "compiler/graph/file_graph.h"

namespace fcc::emit {

using project::Component;
using project::TargetKind;

// Empty where there is no such file, or it could not be compiled.
static std::string ModuleName(const link::Program& program,
                              const std::string& path) {
  return program.graph.scripts.contains(path) ? graph::ModuleNameOf(path) : "";
}

static package::ComponentEntry MakeEntry(const link::Program& program,
                                         const Component& component) {
  package::ComponentEntry entry;
  entry.path = component.path;
  entry.is_page = component.is_page;
  entry.is_component = component.is_component;
  entry.package = program.project.PackageOf(component.package).name;
  entry.template_entry = component.template_path;
  entry.style_entry = component.style_path;
  entry.script = ModuleName(program, component.script_path);
  for (const project::UsedComponent& used : component.using_components) {
    if (used.kind == TargetKind::kComponent) {
      entry.using_components.emplace_back(used.tag, used.path);
    } else if (used.kind == TargetKind::kExternal) {
      entry.using_components.emplace_back(used.tag, used.written);
    }
  }
  for (const project::Placeholder& placeholder : component.placeholders) {
    entry.placeholders.emplace_back(placeholder.tag, placeholder.shown);
  }
  for (const project::Generic& generic : component.generics) {
    entry.generics.emplace_back(generic.name, generic.path);
  }
  entry.config = component.config;
  return entry;
}

package::AppConfig MakeAppConfig(const link::Program& program) {
  const project::Project& project = program.project;
  package::AppConfig config;
  config.app_id = project.app_id;
  config.entry_page = project.entry_page;
  config.pages = project.pages;
  config.script = ModuleName(program, project.app_script);
  config.style_entry = project.app_style;
  config.config = project.config;
  for (const project::Package& package : project.packages) {
    config.packages.push_back(
        {package.name, package.root, package.independent, package.pages});
  }
  for (const project::Plugin& plugin : project.plugins) {
    config.plugins.push_back(
        {plugin.key, plugin.provider, project.PackageOf(plugin.package).name,
         ModuleName(program, plugin.main), ModuleName(program, plugin.exported),
         plugin.pages});
  }
  for (const Component& component : project.components) {
    config.components.push_back(MakeEntry(program, component));
  }
  std::sort(config.components.begin(), config.components.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  return config;
}

}  // namespace fcc::emit
