// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/file_graph.h"

#include <deque>
#include <set>

#include "compiler/ftss/parse_ftss.h"
#include "compiler/graph/compile_unit.h"
#include "compiler/graph/unused_scripts.h"
#include "compiler/project/npm.h"
#include "runtime/base/base64.h"
#include "runtime/base/plugin_path.h"

namespace fcc::graph {

using source::Location;
using source::SourceFile;

namespace {

class Builder {
 public:
  Builder(base::FileSystem& fs, project::Project& project,
          const GraphOptions& options, source::SourceSet& sources,
          diagnostics::Sink& sink, GraphBefore* before)
      : fs_(fs),
        project_(project),
        options_(options),
        sources_(sources),
        sink_(sink),
        before_(before) {}

  FileGraph Build();

 private:
  void NameRoots();
  // A script that runs whatever others need.
  void NameRoot(std::string path, Location named_at);
  void Name(UnitKind kind, std::string path, Location named_at);
  void RunRound();
  void Read(Unit& unit);
  void Compile(std::deque<Unit>& units);
  const SourceFile* ReadUnit(Unit& unit);
  bool UpdateInPlace();
  std::deque<Unit> ChangedUnits() const;
  void Replace(Unit& unit);
  bool Reuse(Unit& unit);
  void ParsePreprocessed(Unit& unit);
  void Keep(Unit& unit);
  void KeepModule(Unit& unit);
  void FollowTemplate(const std::string& path, TemplateFile& file);
  void FollowSheet(const std::string& path, const SheetFile& file);
  void FollowComputed(const std::string& path, const js::Dependency& dependency,
                      Location at, ScriptFile& file);
  std::string FindTarget(const std::string& path,
                         const js::Dependency& dependency);
  void FollowScript(const std::string& path, ScriptFile& file);

  base::FileSystem& fs_;
  project::Project& project_;
  const GraphOptions& options_;
  source::SourceSet& sources_;
  diagnostics::Sink& sink_;
  // Null where all is to be compiled.
  GraphBefore* before_;
  FileGraph graph_;
  std::vector<std::string> root_scripts_;
  std::set<std::pair<UnitKind, std::string>> named_;
  std::deque<Unit> next_;
  // What UpdateInPlace() compiled and could not use.
  std::map<std::pair<UnitKind, std::string>, Unit> compiled_;
};

}  // namespace

const ftss::StyleSheet* FileGraph::Find(std::string_view path) {
  auto found = sheets.find(path);
  return found == sheets.end() ? nullptr : &found->second.sheet;
}

std::string ModuleNameOf(std::string_view path) {
  const std::string_view extension = base::ExtensionOf(path);
  // These are asked for by their whole names, and often lie beside an x.js.
  const bool keeps_extension =
      extension == ".json" || extension == ".mjs" || extension == ".cjs";
  return std::string(keeps_extension ? path : base::WithoutExtension(path)) +
         ".js";
}

// `stem` as a file, with an extension, or as a folder.
static std::string FindScriptAt(const project::FileIndex& index,
                                const std::string& stem) {
  std::string_view extension = base::ExtensionOf(stem);
  if ((extension == ".js" || extension == ".ts" || extension == ".mjs" ||
       extension == ".cjs") &&
      index.Has(stem)) {
    return stem;
  }
  // "a.js" may be written of "a.ts".
  std::string bare =
      extension == ".js" ? std::string(base::WithoutExtension(stem)) : stem;
  for (const std::string& candidate :
       {bare + ".ts", stem + ".js", stem + "/index.ts", stem + "/index.js",
        stem + "/" + std::string(base::BaseName(stem)) + ".js"}) {
    if (index.Has(candidate)) {
      return candidate;
    }
  }
  return extension == ".json" && index.Has(stem) ? stem : "";
}

// The paths that `specifier` may stand for in the file `from`, in their order.
static std::vector<std::string> StemsOf(const project::Project& project,
                                        std::string_view specifier,
                                        std::string_view from) {
  const std::string target = project::ApplyAlias(project, specifier, from);
  if (target.empty()) {
    return {};
  }
  if (target.front() == '/') {
    return {base::FromRootOf(from, target)};
  }
  const std::string_view plugin = base::PluginRootOf(from);
  std::string folder(base::DirectoryOf(from));
  std::vector<std::string> stems = {base::JoinPath(folder, target)};
  if (base::PluginRootOf(stems[0]) != plugin) {
    return {};
  }
  if (target.starts_with("..")) {
    return stems;
  }
  // `./name` may mean a package, too: the platform's own demonstration asks for
  // './threejs-miniprogram' in twenty places.
  if (target.front() != '.') {
    stems.push_back(base::FromRootOf(from, target));
  }
  while (true) {
    stems.push_back(base::JoinPath(folder, "miniprogram_npm/" + target));
    if (folder == plugin) {
      return stems;
    }
    folder = std::string(base::DirectoryOf(folder));
  }
}

std::string ResolveScript(const project::Project& project,
                          std::string_view specifier, std::string_view from) {
  for (const std::string& stem : StemsOf(project, specifier, from)) {
    std::string found = FindScriptAt(project.index, stem);
    if (!found.empty()) {
      return found;
    }
  }
  return {};
}

void Builder::NameRoot(std::string path, Location named_at) {
  root_scripts_.push_back(path);
  Name(UnitKind::kScript, std::move(path), named_at);
}

void Builder::Name(UnitKind kind, std::string path, Location named_at) {
  if (!path.empty() && named_.emplace(kind, path).second) {
    Unit& unit = next_.emplace_back();
    unit.kind = kind;
    unit.path = std::move(path);
    unit.named_at = named_at;
  }
}

void Builder::NameRoots() {
  Location app;
  for (const project::JsonFile* json :
       {project_.app_json, project_.plugin_json}) {
    if (json != nullptr) {
      app.file = json->file;
    }
  }
  NameRoot(project_.app_script, app);
  Name(UnitKind::kSheet, project_.app_style, app);
  for (const char* name : {"FinClipConf.js", "FinChatConf.js"}) {
    if (project_.index.Has(name)) {
      NameRoot(name, app);
    }
  }
  for (const project::Component& component : project_.components) {
    Name(UnitKind::kTemplate, component.template_path, component.named_at);
    Name(UnitKind::kSheet, component.style_path, component.named_at);
    NameRoot(component.script_path, component.named_at);
  }
  for (const project::Plugin& plugin : project_.plugins) {
    NameRoot(plugin.main, app);
    NameRoot(plugin.exported, app);
  }
  // A worker is started by its path at run time, so all of them count.
  for (const std::string& path : project_.worker_scripts) {
    NameRoot(path, app);
  }
}

// What the compilers gave becomes a text of its own, under the sheet's path.
// Added in the order of the units, as all texts are.
void Builder::ParsePreprocessed(Unit& unit) {
  unit.source = &sources_.Add(unit.path, std::move(unit.preprocessed.css));
  unit.sheet_file.source = unit.source;
  unit.sheet_file.sheet = ftss::ParseFtss(*unit.source, unit.sink);
}

// `//# sourceMappingURL=app.js.map` in the last line. A map that is not there,
// or that no one can read, is none: the places of the file itself are left.
std::string ReadInputMap(base::FileSystem& fs, const project::Project& project,
                         const SourceFile& file) {
  std::string_view text = file.text();
  text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
  std::string_view line = text.substr(text.rfind('\n') + 1);
  static constexpr std::string_view kMark = "//# sourceMappingURL=";
  // In compact code it may follow the last statement.
  const size_t at = line.rfind(kMark);
  if (at == std::string_view::npos) {
    return {};
  }
  const std::string_view url = line.substr(at + kMark.size());
  static constexpr std::string_view kData = "data:application/json";
  if (url.starts_with(kData)) {
    const size_t comma = url.find(";base64,");
    if (comma == std::string_view::npos) {
      return {};
    }
    return base::DecodeBase64(url.substr(comma + 8));
  }
  const std::string path = base::JoinPath(base::DirectoryOf(file.path()), url);
  if (!project.index.Has(path)) {
    return {};
  }
  base::Result<std::string> map =
      fs.ReadFile(project.index.DiskPathOf(path), source::kMaxSourceBytes);
  return map ? std::move(*map) : "";
}

const SourceFile* Builder::ReadUnit(Unit& unit) {
  const SourceFile* known =
      before_ == nullptr ? nullptr : sources_.Find(unit.path);
  if (known == nullptr) {
    return project::ReadSource(fs_, project_, unit.path, unit.named_at,
                               sources_, unit.sink);
  }
  if (project_.index.GeneratedText(unit.path) != nullptr) {
    return known;
  }
  // It may have changed while nothing named it, too.
  base::Result<std::string> text = fs_.ReadFile(
      project_.index.DiskPathOf(unit.path), source::kMaxSourceBytes);
  if (!text) {
    unit.sink
        .Report(diagnostics::Kind::kFileUnreadable, unit.named_at,
                text.error().message)
        .Path(unit.path);
    return nullptr;
  }
  sources_.Replace(known->id(), *std::move(text));
  return known;
}

// Moves what came of the file last time from one map to the other; null where
// there is nothing.
template <typename File>
static File* MoveFile(ByPath<File>& from, ByPath<File>& to,
                      const std::string& path) {
  auto node = from.extract(path);
  return node.empty() ? nullptr : &to.insert(std::move(node)).position->second;
}

// True where the file is as it was and what it came to is kept.
bool Builder::Reuse(Unit& unit) {
  if (before_ == nullptr || before_->changed.contains(unit.path)) {
    return false;
  }
  FileGraph& old = before_->graph;
  switch (unit.kind) {
    case UnitKind::kTemplate:
      if (TemplateFile* file =
              MoveFile(old.templates, graph_.templates, unit.path)) {
        file->imports.clear();
        file->includes.clear();
        file->modules.clear();
        FollowTemplate(unit.path, *file);
        return true;
      }
      return false;
    case UnitKind::kSheet:
      if (SheetFile* file = MoveFile(old.sheets, graph_.sheets, unit.path)) {
        FollowSheet(unit.path, *file);
        return true;
      }
      return false;
    case UnitKind::kScript:
      if (ScriptFile* file = MoveFile(old.scripts, graph_.scripts, unit.path)) {
        file->computed.clear();
        for (size_t i = 0; i < file->targets.size(); ++i) {
          const js::Dependency& dependency = file->result.dependencies[i];
          const Location at = {file->source->id(), dependency.span};
          if (dependency.kind == js::DependencyKind::kComputed) {
            FollowComputed(unit.path, dependency, at, *file);
          } else {
            Name(UnitKind::kScript, file->targets[i], at);
          }
        }
        return true;
      }
      return false;
    case UnitKind::kInlineModule:
      if (before_->changed.contains(unit.source->path())) {
        return false;
      }
      [[fallthrough]];
    case UnitKind::kModule:
      if (TemplateModule* module =
              MoveFile(old.modules, graph_.modules, unit.path)) {
        for (const std::string& target : module->needs) {
          Name(UnitKind::kModule, target, unit.named_at);
        }
        return true;
      }
      return false;
  }
  FCC_CHECK(false);
}

void Builder::Read(Unit& unit) {
  if (unit.source == nullptr) {
    unit.source = ReadUnit(unit);
  }
  if (unit.kind == UnitKind::kScript && unit.source != nullptr &&
      options_.script.source_map) {
    unit.input_map = ReadInputMap(fs_, project_, *unit.source);
  }
}

void Builder::Compile(std::deque<Unit>& units) {
  RunAll(CompileAll(units, fs_, project_, options_), options_.run);
  for (Unit& unit : units) {
    if (unit.source != nullptr && IsPreprocessed(unit)) {
      ParsePreprocessed(unit);
    }
  }
}

// Files are read in order, so that a FileId does not depend on threads; reading
// is a small part of the time.
void Builder::RunRound() {
  std::deque<Unit> units;
  units.swap(next_);
  std::deque<Unit> done;
  std::erase_if(units, [&](Unit& unit) {
    if (Reuse(unit)) {
      MoveFile(before_->graph.reports, graph_.reports, unit.path);
      return true;
    }
    auto compiled = compiled_.extract({unit.kind, unit.path});
    if (!compiled.empty()) {
      done.push_back(std::move(compiled.mapped()));
      return true;
    }
    return false;
  });
  for (Unit& unit : units) {
    Read(unit);
  }
  Compile(units);
  for (std::deque<Unit>* list : {&done, &units}) {
    for (Unit& unit : *list) {
      if (!unit.sink.diagnostics().empty()) {
        graph_.reports[unit.path] = unit.sink.Take();
      }
      if (unit.source != nullptr) {
        Keep(unit);
      }
    }
  }
}

void Builder::Keep(Unit& unit) {
  switch (unit.kind) {
    case UnitKind::kTemplate: {
      auto [at, fresh] =
          graph_.templates.emplace(unit.path, std::move(unit.template_file));
      FollowTemplate(unit.path, at->second);
      break;
    }
    case UnitKind::kSheet: {
      auto [at, fresh] =
          graph_.sheets.emplace(unit.path, std::move(unit.sheet_file));
      FollowSheet(unit.path, at->second);
      break;
    }
    case UnitKind::kScript: {
      ScriptFile file{unit.source, std::move(unit.script), {}};
      auto [at, fresh] = graph_.scripts.emplace(unit.path, std::move(file));
      FollowScript(unit.path, at->second);
      break;
    }
    case UnitKind::kModule:
    case UnitKind::kInlineModule:
      KeepModule(unit);
      break;
  }
}

void Builder::KeepModule(Unit& unit) {
  for (const std::string& target : unit.module.requires_paths) {
    Name(UnitKind::kModule, target, {unit.source->id(), {}});
  }
  graph_.modules.emplace(
      unit.path, TemplateModule{unit.source->id(), std::move(unit.module.code),
                                std::move(unit.module.requires_paths)});
}

void Builder::FollowTemplate(const std::string& path, TemplateFile& file) {
  auto exists = [this](std::string_view candidate) {
    return project_.index.Has(candidate);
  };
  source::FileId id = file.source->id();
  auto follow = [&](std::span<const fxml::Reference> references,
                    std::vector<std::string>& targets) {
    for (const fxml::Reference& reference : references) {
      targets.push_back(fxml::ResolveTemplatePath(path, reference.src, exists));
      Name(UnitKind::kTemplate, targets.back(), {id, reference.span});
    }
  };
  follow(file.unit.imports, file.imports);
  follow(file.unit.includes, file.includes);
  for (const fxml::ModuleDeclaration& module : file.unit.modules) {
    if (!module.is_inline()) {
      file.modules.push_back(
          fxml::ResolveModulePath(path, module.src.src, exists));
      Name(UnitKind::kModule, file.modules.back(), {id, module.src.span});
      continue;
    }
    file.modules.push_back(fxml::InlineModulePath(path, module.name));
    Name(UnitKind::kInlineModule, file.modules.back(), {id, module.body});
    if (!next_.empty() && next_.back().path == file.modules.back()) {
      next_.back().source = file.source;
      next_.back().part = module.body;
    }
  }
}

void Builder::FollowSheet(const std::string& path, const SheetFile& file) {
  const ftss::StyleSheet& sheet = file.sheet;
  for (uint32_t index : sheet.imports) {
    const ftss::Rule& rule = sheet.rules[index];
    for (std::string& candidate :
         ftss::ImportCandidates(path, rule.prelude.In(sheet.text()))) {
      if (project_.index.Has(candidate)) {
        Name(UnitKind::kSheet, std::move(candidate), sheet.At(rule.prelude));
        break;
      }
    }
  }
}

// What a name made at run time may mean: with "./lang/" in front all below that
// folder, else what lies beside it and begins so. Platforms ship every script,
// so it is there.
void Builder::FollowComputed(const std::string& path,
                             const js::Dependency& dependency, Location at,
                             ScriptFile& file) {
  const std::string& prefix = dependency.specifier;
  const size_t slash = prefix.rfind('/');
  const std::string_view folder_part = std::string_view(prefix).substr(
      0, slash == std::string::npos ? 0 : slash);
  const std::string_view name_part = std::string_view(prefix).substr(
      slash == std::string::npos ? 0 : slash + 1);
  std::string folder(base::DirectoryOf(path));
  if (prefix.starts_with("/")) {
    folder = folder_part.empty() ? std::string(base::PluginRootOf(path))
                                 : base::FromRootOf(path, folder_part);
  } else if (!folder_part.empty()) {
    folder = base::JoinPath(folder, folder_part);
  }
  if (folder == ".") {
    folder.clear();
  }
  const bool deep =
      name_part.empty() && !folder.empty() && folder != base::DirectoryOf(path);
  for (const std::string_view candidate : project_.index.Below(folder)) {
    const std::string_view extension = base::ExtensionOf(candidate);
    if ((extension != ".js" && extension != ".ts") ||
        candidate.ends_with(".d.ts") ||
        (!deep && base::DirectoryOf(candidate) != folder) ||
        (!deep && !base::BaseName(candidate).starts_with(name_part))) {
      continue;
    }
    file.computed.emplace_back(candidate);
    Name(UnitKind::kScript, std::string(candidate), at);
  }
}

// The script that a dependency of `path` means, made to be there where a rule
// of npm packages says so.
std::string Builder::FindTarget(const std::string& path,
                                const js::Dependency& dependency) {
  const std::string& specifier = dependency.specifier;
  if (dependency.kind == js::DependencyKind::kBundled) {
    return ResolveScript(project_, specifier, path);
  }
  diagnostics::Sink sink;
  project::ProvideOwnNpmPackage(fs_, project_, specifier, path, sources_, sink);
  std::string target = ResolveScript(project_, specifier, path);
  if (target.empty() &&
      project::ProvideNpmPackage(fs_, project_, specifier, sources_, sink)) {
    target = ResolveScript(project_, specifier, path);
  }
  for (diagnostics::Diagnostic& report : sink.Take()) {
    graph_.npm_reports.push_back(std::move(report));
  }
  for (const std::string& stem : StemsOf(project_, specifier, path)) {
    if (!target.empty()) {
      break;
    }
    target = project::LeadToScript(fs_, project_, stem);
  }
  return target;
}

void Builder::FollowScript(const std::string& path, ScriptFile& file) {
  for (const js::Dependency& dependency : file.result.dependencies) {
    if (dependency.kind == js::DependencyKind::kComputed) {
      FollowComputed(path, dependency, {file.source->id(), dependency.span},
                     file);
      file.targets.emplace_back();
      continue;
    }
    std::string target = FindTarget(path, dependency);
    Name(UnitKind::kScript, target, {file.source->id(), dependency.span});
    file.targets.push_back(std::move(target));
  }
}

// What a file names, in its order: with the same list come the same files.
static std::string NamesOf(const TemplateFile& file) {
  std::string names;
  auto add = [&names](std::string_view name) {
    names += name;
    names += '\n';
  };
  for (const auto* list : {&file.unit.imports, &file.unit.includes}) {
    for (const fxml::Reference& reference : *list) {
      add(reference.src);
    }
    add("");
  }
  for (const fxml::ModuleDeclaration& module : file.unit.modules) {
    add(module.name);
    add(module.is_inline() ? "" : module.src.src);
  }
  return names;
}

static std::string NamesOf(const ftss::StyleSheet& sheet) {
  std::string names;
  for (uint32_t index : sheet.imports) {
    names += sheet.rules[index].prelude.In(sheet.text());
    names += '\n';
  }
  return names;
}

static std::string NamesOf(const js::CompileResult& script) {
  std::string names;
  for (const js::Dependency& dependency : script.dependencies) {
    names += base::format("{} {}\n", static_cast<int>(dependency.kind),
                          dependency.specifier);
  }
  return names;
}

static std::string NamesOf(const std::vector<std::string>& needs) {
  std::string names;
  for (const std::string& path : needs) {
    names += path + '\n';
  }
  return names;
}

static std::string NamesOf(const Unit& unit) {
  switch (unit.kind) {
    case UnitKind::kTemplate:
      return NamesOf(unit.template_file);
    case UnitKind::kSheet:
      return NamesOf(unit.sheet_file.sheet);
    case UnitKind::kScript:
      return NamesOf(unit.script);
    case UnitKind::kModule:
    case UnitKind::kInlineModule:
      return NamesOf(unit.module.requires_paths);
  }
  FCC_CHECK(false);
}

// The units that the changed files are, as the graph before has them.
std::deque<Unit> Builder::ChangedUnits() const {
  const FileGraph& old = before_->graph;
  std::deque<Unit> units;
  for (const std::string& path : before_->changed) {
    auto add = [&](UnitKind kind, bool is_there) {
      if (is_there) {
        Unit& unit = units.emplace_back();
        unit.kind = kind;
        unit.path = path;
      }
    };
    add(UnitKind::kTemplate, old.templates.contains(path));
    add(UnitKind::kSheet, old.sheets.contains(path));
    add(UnitKind::kScript, old.scripts.contains(path));
    add(UnitKind::kModule, old.modules.contains(path));
  }
  return units;
}

// Puts what was compiled in the place of what the file was.
void Builder::Replace(Unit& unit) {
  switch (unit.kind) {
    case UnitKind::kTemplate:
      graph_.templates.find(unit.path)->second.unit =
          std::move(unit.template_file.unit);
      break;
    case UnitKind::kSheet:
      graph_.sheets.find(unit.path)->second.sheet =
          std::move(unit.sheet_file.sheet);
      break;
    case UnitKind::kScript:
      graph_.scripts.find(unit.path)->second.result = std::move(unit.script);
      break;
    case UnitKind::kModule:
    case UnitKind::kInlineModule:
      graph_.modules.find(unit.path)->second.code = std::move(unit.module.code);
      break;
  }
  if (unit.sink.diagnostics().empty()) {
    graph_.reports.erase(unit.path);
  } else {
    graph_.reports[unit.path] = unit.sink.Take();
  }
}

// Brings the graph before up to date where nothing that changed names other
// files than before: what then remains is as it was.
bool Builder::UpdateInPlace() {
  if (options_.leave_out_unused) {
    return false;
  }
  FileGraph& old = before_->graph;
  std::deque<Unit> units = ChangedUnits();
  // Of the texts before, which are gone once the new ones are read.
  std::vector<std::string> names;
  bool same = true;
  for (const Unit& unit : units) {
    switch (unit.kind) {
      case UnitKind::kTemplate:
        names.push_back(NamesOf(old.templates.find(unit.path)->second));
        break;
      case UnitKind::kSheet:
        names.push_back(NamesOf(old.sheets.find(unit.path)->second.sheet));
        break;
      case UnitKind::kScript: {
        const ScriptFile& file = old.scripts.find(unit.path)->second;
        names.push_back(NamesOf(file.result));
        break;
      }
      case UnitKind::kModule:
      case UnitKind::kInlineModule:
        names.push_back(NamesOf(old.modules.find(unit.path)->second.needs));
        break;
    }
  }
  for (const std::string& path : before_->changed) {
    // What could not be read has reports and no unit.
    same = same && (old.reports.find(path) == old.reports.end() ||
                    std::ranges::any_of(units, [&](const Unit& unit) {
                      return unit.path == path;
                    }));
  }
  for (Unit& unit : units) {
    Read(unit);
    same = same && unit.source != nullptr;
  }
  Compile(units);
  std::deque<Unit> inline_modules;
  for (size_t i = 0; i < units.size(); ++i) {
    const Unit& unit = units[i];
    same = same && NamesOf(unit) == names[i];
    if (unit.kind != UnitKind::kTemplate) {
      continue;
    }
    for (const fxml::ModuleDeclaration& module :
         unit.template_file.unit.modules) {
      if (module.is_inline()) {
        Unit& part = inline_modules.emplace_back();
        part.kind = UnitKind::kInlineModule;
        part.path = fxml::InlineModulePath(unit.path, module.name);
        part.source = unit.source;
        part.part = module.body;
      }
    }
  }
  if (same) {
    Compile(inline_modules);
    same = std::ranges::all_of(inline_modules, [&](const Unit& unit) {
      auto found = old.modules.find(unit.path);
      return found != old.modules.end() &&
             NamesOf(found->second.needs) == NamesOf(unit);
    });
  }
  if (!same) {
    for (Unit& unit : units) {
      if (unit.source != nullptr) {
        const std::pair key(unit.kind, unit.path);
        compiled_.emplace(key, std::move(unit));
      }
    }
    return false;
  }
  graph_ = std::move(old);
  for (std::deque<Unit>* list : {&units, &inline_modules}) {
    for (Unit& unit : *list) {
      Replace(unit);
    }
  }
  return true;
}

FileGraph Builder::Build() {
  if (before_ != nullptr && UpdateInPlace()) {
    before_->same_references = true;
  } else {
    if (before_ != nullptr) {
      graph_.npm_reports = std::move(before_->graph.npm_reports);
    }
    NameRoots();
    while (!next_.empty()) {
      RunRound();
    }
    if (options_.leave_out_unused) {
      LeaveOutUnusedScripts(fs_, project_, options_, root_scripts_, graph_);
    }
  }
  for (const auto& [path, reports] : graph_.reports) {
    for (const diagnostics::Diagnostic& report : reports) {
      sink_.Add(report);
    }
  }
  for (const diagnostics::Diagnostic& report : graph_.npm_reports) {
    sink_.Add(report);
  }
  return std::move(graph_);
}

FileGraph BuildFileGraph(base::FileSystem& fs, project::Project& project,
                         const GraphOptions& options,
                         source::SourceSet& sources, diagnostics::Sink& sink,
                         GraphBefore* before) {
  return Builder(fs, project, options, sources, sink, before).Build();
}

}  // namespace fcc::graph
