// SPDX-License-Identifier: Apache-2.0
//
// `.fcc/`: what the native runtime reads (docs/package-format.md).

#include <set>

#include "compiler/emit/emit_internal.h"
#include "compiler/ftss/style_program_writer.h"
#include "compiler/fxml/fxml.h"
#include "compiler/link/link_app.h"
#include "runtime/package/manifest.h"

namespace fcc::emit {

// One template program and one style program for all packages of the part.
static std::string TemplatesOf(const link::Program& program, const Part& part) {
  if (part.packages.size() == 1) {
    return part.packages[0]->template_program;
  }
  std::set<std::string> paths;
  for (const link::LinkedPackage* package : part.packages) {
    paths.insert(package->templates.begin(), package->templates.end());
  }
  std::vector<std::string> templates(paths.begin(), paths.end());
  std::vector<const fxml::Unit*> units =
      link::UnitsOf(program.graph, templates);
  std::vector<fxml::ModuleSource> modules =
      link::ModulesOf(program.graph, templates);
  // What this link reports was reported when the packages were linked.
  diagnostics::Sink again;
  return fxml::LinkTemplates(units, modules, again);
}

static std::string StylesOf(const link::Program& program, const Part& part) {
  if (part.packages.size() == 1) {
    return part.packages[0]->style_program;
  }
  ftss::StyleProgramWriter writer;
  std::set<const ftss::StyleSheet*> added;
  for (const auto& [path, graph] : program.sheet_graphs) {
    for (const ftss::StyleSheet* sheet : graph.sheets) {
      auto imports = graph.imports.find(sheet);
      if (imports != graph.imports.end() && added.insert(sheet).second) {
        writer.Add(*sheet, imports->second);
      }
    }
  }
  return writer.Finish();
}

void AddNativeSection(const link::Program& program, const Part& part,
                      const EmitOptions& options, Files& files) {
  auto put = [&](std::string_view name, std::string bytes) {
    files[part.folder + std::string(name)] = std::move(bytes);
  };
  put(package::kTemplatesName, TemplatesOf(program, part));
  put(package::kStylesName, StylesOf(program, part));
  if (part.has_main || part.independent) {
    put(package::kAppConfigName,
        package::WriteAppConfig(MakeAppConfig(program)));
  }
  package::Manifest manifest;
  manifest.compiler = options.compiler;
  manifest.name =
      part.has_main ? std::string(package::kMainPackageName) : part.name;
  manifest.script = part.script;
  manifest.independent = part.independent;
  if (!part.whole) {
    manifest.root = program.project.PackageOf(part.packages[0]->id).root;
  }
  for (auto at = files.lower_bound(part.folder);
       at != files.end() && at->first.starts_with(part.folder); ++at) {
    manifest.files.push_back({at->first.substr(part.folder.size()),
                              at->second.size(), base::Sha256(at->second)});
  }
  put(package::kManifestName, package::WriteManifest(manifest));
}

}  // namespace fcc::emit
