// SPDX-License-Identifier: Apache-2.0

#include "compiler/link/link_app.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "compiler/ftss/style_program_writer.h"
#include "compiler/link/link_internal.h"

namespace fcc::link {

using project::Component;
using project::PackageId;

const ftss::SheetGraph* Program::SheetGraphOf(std::string_view path) const {
  auto found = sheet_graphs.find(path);
  return found == sheet_graphs.end() ? nullptr : &found->second;
}

std::vector<const fxml::Unit*> UnitsOf(const graph::FileGraph& graph,
                                       const std::vector<std::string>& paths) {
  std::vector<const fxml::Unit*> units;
  for (const std::string& path : paths) {
    auto found = graph.templates.find(path);
    if (found != graph.templates.end()) {
      units.push_back(&found->second.unit);
    }
  }
  return units;
}

std::vector<fxml::ModuleSource> ModulesOf(
    const graph::FileGraph& graph, const std::vector<std::string>& paths) {
  std::vector<std::string> queue;
  for (const std::string& path : paths) {
    auto found = graph.templates.find(path);
    if (found != graph.templates.end()) {
      const std::vector<std::string>& used = found->second.modules;
      queue.insert(queue.end(), used.begin(), used.end());
    }
  }
  std::set<std::string> reached;
  while (!queue.empty()) {
    std::string path = std::move(queue.back());
    queue.pop_back();
    auto found = graph.modules.find(path);
    if (found == graph.modules.end() || !reached.insert(path).second) {
      continue;
    }
    const std::vector<std::string>& required = found->second.needs;
    queue.insert(queue.end(), required.begin(), required.end());
  }
  std::vector<fxml::ModuleSource> modules;
  for (const std::string& path : reached) {
    modules.push_back({path, graph.modules.find(path)->second.code});
  }
  return modules;
}

// Sources are compiled, not copied; the rest of the list is what the platform's
// own tool leaves out too.
static bool IsAsset(const project::Project& project, std::string_view path) {
  static constexpr std::array<std::string_view, 18> kNotAssets = {
      ".js",   ".ts",   ".mjs",  ".cjs",  ".json", ".jsonc",
      ".wxml", ".wxss", ".wxs",  ".fxml", ".ftss", ".fts",
      ".scss", ".sass", ".less", ".css",  ".md",   ".map"};
  std::string_view extension = base::ExtensionOf(path);
  if (std::find(kNotAssets.begin(), kNotAssets.end(), extension) !=
      kNotAssets.end()) {
    return false;
  }
  // Licences and the like, which npm packages carry.
  if (extension.empty() &&
      path.find("miniprogram_npm/") != std::string_view::npos) {
    return false;
  }
  return !project::IsIgnored(path, project.pack_options);
}

static bool IsWorker(const project::Project& project, std::string_view path) {
  return std::find(project.worker_scripts.begin(), project.worker_scripts.end(),
                   path) != project.worker_scripts.end();
}

// Every file to the package whose root holds it.
static void AssignFiles(Program& program, LinkedBefore* before) {
  const project::Project& project = program.project;
  auto package_of = [&](std::string_view path) -> LinkedPackage& {
    return program.packages[static_cast<size_t>(project.OwnerOf(path))];
  };
  for (const auto& [path, script] : program.graph.scripts) {
    if (!script.needed) {
      continue;
    }
    LinkedPackage& owner = package_of(path);
    if (IsWorker(project, path)) {
      owner.workers.push_back(path);
    } else {
      owner.scripts.push_back(path);
    }
  }
  if (before != nullptr) {
    // The same project has the same files.
    for (size_t i = 0; i < program.packages.size(); ++i) {
      program.packages[i].assets = std::move(before->packages[i].assets);
    }
  } else {
    for (const auto& [path, disk_path] : project.index.files()) {
      if (IsAsset(project, path)) {
        package_of(path).assets.push_back(path);
      }
    }
  }
  for (const std::string& route : project.pages) {
    if (const Component* page = project.Find(route)) {
      program.packages[static_cast<size_t>(page->package)].pages.push_back(
          page);
    }
  }
  for (const Component& component : project.components) {
    if (!component.is_page) {
      program.packages[static_cast<size_t>(component.package)]
          .components.push_back(&component);
    }
  }
}

static void CollectHelpers(Program& program) {
  for (LinkedPackage& package : program.packages) {
    package.helpers.clear();
    for (const std::string& path : package.scripts) {
      const graph::ScriptFile& script =
          program.graph.scripts.find(path)->second;
      const std::vector<std::string>& helpers = script.shipped().helpers;
      package.helpers.insert(helpers.begin(), helpers.end());
    }
  }
}

static void BorrowScripts(Program& program) {
  const project::Project& project = program.project;
  const graph::ByPath<graph::ScriptFile>& scripts = program.graph.scripts;
  for (LinkedPackage& package : program.packages) {
    if (!project.PackageOf(package.id).independent) {
      continue;
    }
    std::vector<std::string> queue = package.scripts;
    std::set<std::string> reached;
    while (!queue.empty()) {
      const std::string path = std::move(queue.back());
      queue.pop_back();
      for (const std::string& target : scripts.find(path)->second.targets) {
        const auto found = scripts.find(target);
        if (found != scripts.end() && found->second.needed &&
            project.OwnerOf(target) == PackageId::kMain &&
            reached.insert(target).second) {
          queue.push_back(target);
        }
      }
    }
    package.borrowed_scripts.assign(reached.begin(), reached.end());
  }
}

// A package's template program holds its own templates and those that they
// import or include, whoever owns them: a program is self-contained.
static void AssignTemplates(Program& program) {
  const graph::FileGraph& graph = program.graph;
  for (LinkedPackage& package : program.packages) {
    std::vector<std::string> queue;
    for (const auto& [path, file] : graph.templates) {
      if (program.project.OwnerOf(path) == package.id) {
        queue.push_back(path);
      }
    }
    std::set<std::string> reached;
    while (!queue.empty()) {
      std::string path = std::move(queue.back());
      queue.pop_back();
      auto found = graph.templates.find(path);
      if (found == graph.templates.end() || !reached.insert(path).second) {
        continue;
      }
      for (const auto* list :
           {&found->second.imports, &found->second.includes}) {
        queue.insert(queue.end(), list->begin(), list->end());
      }
    }
    package.templates.assign(reached.begin(), reached.end());
  }
}

// Of a package from npm, whose sheets are nobody's to change here.
static bool IsFromNpm(std::string_view path) {
  return path.find("miniprogram_npm/") != std::string_view::npos;
}

static void ResolveSheets(Program& program) {
  const project::Project& project = program.project;
  diagnostics::Sink sink;
  ftss::ImportResolver resolver(program.graph, sink);
  program.sheet_graphs.clear();
  program.component_sheets.clear();
  auto resolve = [&](const std::string& path) -> const ftss::SheetGraph* {
    const ftss::StyleSheet* sheet = program.graph.Find(path);
    if (sheet == nullptr) {
      return nullptr;
    }
    auto at = program.sheet_graphs.find(path);
    if (at == program.sheet_graphs.end()) {
      at = program.sheet_graphs.emplace(path, resolver.Resolve(*sheet)).first;
    }
    return &at->second;
  };
  resolve(project.app_style);
  for (const Component& component : project.components) {
    const ftss::SheetGraph* sheets = resolve(component.style_path);
    if (sheets == nullptr || component.is_page) {
      continue;
    }
    for (const ftss::StyleSheet* sheet : sheets->sheets) {
      if (!IsFromNpm(sheet->file->path())) {
        program.component_sheets.insert(sheet);
      }
    }
  }
  program.reports.imports = sink.Take();
}

// All imports of the sheet lead to sheets.
static bool IsComplete(const Program& program, const ftss::StyleSheet& sheet) {
  if (sheet.imports.empty()) {
    return true;
  }
  for (const auto& [entry, sheet_graph] : program.sheet_graphs) {
    auto imports = sheet_graph.imports.find(&sheet);
    if (imports != sheet_graph.imports.end()) {
      return std::ranges::all_of(
          imports->second, [](const ftss::ResolvedImport& import) {
            return import.is_remote || import.sheet != nullptr;
          });
    }
  }
  return true;
}

// Files that a template names and that are not there.
static void LinkTemplate(const graph::FileGraph& graph,
                         const graph::TemplateFile& file,
                         diagnostics::Sink& sink) {
  const fxml::Unit& unit = file.unit;
  auto check = [&](std::span<const fxml::Reference> references,
                   const std::vector<std::string>& targets) {
    for (size_t i = 0; i < references.size(); ++i) {
      if (!graph.templates.contains(targets[i])) {
        sink.Report(diagnostics::Kind::kTemplateFileNotFound,
                    {unit.file, references[i].span}, references[i].src);
      }
    }
  };
  check(unit.includes, file.includes);
  check(unit.imports, file.imports);
  for (size_t i = 0; i < unit.modules.size(); ++i) {
    const fxml::ModuleDeclaration& module = unit.modules[i];
    if (!module.is_inline() && !graph.modules.contains(file.modules[i])) {
      sink.Report(diagnostics::Kind::kModuleFileNotFound,
                  {unit.file, module.src.span}, module.src.src);
    }
  }
}

// Looks at one file, and keeps what there is to report in the place of what
// there was.
template <typename Look>
static void LinkFile(Program& program, source::FileId file, Look look) {
  diagnostics::Sink sink;
  look(sink);
  if (sink.diagnostics().empty()) {
    program.reports.files.erase(file);
  } else {
    program.reports.files[file] = sink.Take();
  }
}

static void LinkScriptFile(Program& program, std::string_view path,
                           const graph::ScriptFile& file) {
  LinkFile(program, file.source->id(), [&](diagnostics::Sink& sink) {
    LinkScript(program, path, file, sink);
  });
}

static void LinkTemplateFile(Program& program,
                             const graph::TemplateFile& file) {
  LinkFile(program, file.unit.file, [&](diagnostics::Sink& sink) {
    LinkTemplate(program.graph, file, sink);
  });
}

static void LinkComponentSheet(Program& program,
                               const ftss::StyleSheet& sheet) {
  LinkFile(program, sheet.file->id(), [&](diagnostics::Sink& sink) {
    ftss::CheckComponentSelectors(sheet, sink);
  });
}

static void LinkAllComponents(Program& program) {
  diagnostics::Sink sink;
  LinkComponents(program, sink);
  program.reports.components = sink.Take();
}

static void TellReports(const LinkReports& reports, diagnostics::Sink& sink) {
  auto tell = [&sink](const std::vector<diagnostics::Diagnostic>& list) {
    for (const diagnostics::Diagnostic& report : list) {
      sink.Add(report);
    }
  };
  tell(reports.imports);
  for (const auto& [file, list] : reports.files) {
    tell(list);
  }
  tell(reports.components);
}

// A sheet stands in the program of the package that owns it, where every other
// package finds it; an independent package, which runs without the main one,
// keeps its own copy of what it imports.
static void AssignSheets(Program& program) {
  std::vector<std::set<std::string>> sheets(program.packages.size());
  for (const auto& [path, sheet_graph] : program.sheet_graphs) {
    PackageId user = program.project.OwnerOf(path);
    bool alone = program.project.PackageOf(user).independent;
    for (const ftss::StyleSheet* sheet : sheet_graph.sheets) {
      std::string name = sheet->file->path();
      PackageId owner = alone ? user : program.project.OwnerOf(name);
      sheets[static_cast<size_t>(owner)].insert(std::move(name));
    }
  }
  for (LinkedPackage& package : program.packages) {
    const auto& set = sheets[static_cast<size_t>(package.id)];
    package.sheets.assign(set.begin(), set.end());
  }
}

static void WriteStyleProgram(Program& program, LinkedPackage& package) {
  ftss::StyleProgramWriter writer;
  for (const std::string& path : package.sheets) {
    const ftss::StyleSheet* sheet = program.graph.Find(path);
    // Any graph that reached the sheet knows its imports.
    for (const auto& [entry, sheet_graph] : program.sheet_graphs) {
      auto imports = sheet_graph.imports.find(sheet);
      if (imports != sheet_graph.imports.end()) {
        writer.Add(*sheet, imports->second);
        break;
      }
    }
  }
  package.style_program = writer.Finish();
}

static void WriteTemplateProgram(const Program& program,
                                 LinkedPackage& package) {
  const std::vector<const fxml::Unit*> units =
      UnitsOf(program.graph, package.templates);
  const std::vector<fxml::ModuleSource> modules =
      ModulesOf(program.graph, package.templates);
  // LinkTemplate() has told.
  diagnostics::Sink again;
  package.template_program = fxml::LinkTemplates(units, modules, again);
}

std::unique_ptr<Program> LinkApp(project::Project project,
                                 graph::FileGraph graph,
                                 const LinkOptions& options,
                                 diagnostics::Sink& sink,
                                 LinkedBefore* before) {
  auto program = std::make_unique<Program>();
  program->project = std::move(project);
  program->graph = std::move(graph);
  for (size_t i = 0; i < program->project.packages.size(); ++i) {
    program->packages.emplace_back().id = static_cast<PackageId>(i);
  }
  if (program->packages.empty()) {
    return program;
  }
  AssignFiles(*program, before);
  CollectHelpers(*program);
  BorrowScripts(*program);
  AssignTemplates(*program);
  ResolveSheets(*program);
  AssignSheets(*program);
  for (const auto& [path, file] : program->graph.scripts) {
    LinkScriptFile(*program, path, file);
  }
  for (const auto& [path, file] : program->graph.templates) {
    LinkTemplateFile(*program, file);
  }
  for (const ftss::StyleSheet* sheet : program->component_sheets) {
    LinkComponentSheet(*program, *sheet);
  }
  LinkAllComponents(*program);
  TellReports(program->reports, sink);
  if (!options.programs) {
    return program;
  }
  for (LinkedPackage& package : program->packages) {
    LinkedPackage* old =
        before == nullptr ? nullptr
                          : &before->packages[static_cast<size_t>(package.id)];
    if (old != nullptr && before->same_templates &&
        old->templates == package.templates) {
      package.template_program = std::move(old->template_program);
    } else {
      WriteTemplateProgram(*program, package);
    }
    if (old != nullptr && before->same_sheets &&
        old->sheets == package.sheets) {
      package.style_program = std::move(old->style_program);
    } else {
      WriteStyleProgram(*program, package);
    }
  }
  return program;
}

void UpdateProgram(Program& program,
                   const std::set<std::string, std::less<>>& changed,
                   const LinkOptions& options, diagnostics::Sink& sink) {
  const graph::FileGraph& graph = program.graph;
  bool any_template = false;
  bool any_sheet = false;
  bool any_config = false;
  bool resolve = false;
  for (const std::string& path : changed) {
    if (auto file = graph.scripts.find(path); file != graph.scripts.end()) {
      LinkScriptFile(program, path, file->second);
    }
    if (auto file = graph.templates.find(path); file != graph.templates.end()) {
      LinkTemplateFile(program, file->second);
      any_template = true;
    }
    any_config = any_config || base::ExtensionOf(path) == ".json";
    // Its code stands in the program of templates.
    any_template = any_template || graph.modules.contains(path);
    if (const ftss::StyleSheet* sheet = program.graph.Find(path)) {
      if (program.component_sheets.contains(sheet)) {
        LinkComponentSheet(program, *sheet);
      }
      any_sheet = true;
      resolve = resolve || !IsComplete(program, *sheet);
    }
  }
  if (resolve) {
    ResolveSheets(program);
  }
  if (any_template || any_config) {
    LinkAllComponents(program);
  }
  TellReports(program.reports, sink);
  if (!options.programs) {
    return;
  }
  CollectHelpers(program);
  for (LinkedPackage& package : program.packages) {
    if (any_template) {
      WriteTemplateProgram(program, package);
    }
    if (any_sheet) {
      WriteStyleProgram(program, package);
    }
  }
}

}  // namespace fcc::link
