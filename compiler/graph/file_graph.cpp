// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/file_graph.h"

#include <deque>
#include <set>

#include "compiler/fts/compile_fts.h"
#include "compiler/ftss/parse_ftss.h"
#include "compiler/project/npm.h"
#include "runtime/base/base64.h"

namespace fcc::graph {

using source::Location;
using source::SourceFile;

namespace {

enum class JobKind : uint8_t {
  kTemplate,
  kSheet,
  kScript,
  kModule,
  // The code between the tags of a module in a template.
  kInlineModule,
};

// One file to compile: what goes in, and the slot for what comes out.
struct Job {
  JobKind kind = JobKind::kScript;
  std::string path;
  Location named_at;
  const SourceFile* source = nullptr;
  base::Span part;
  // The map that a script came with: frameworks compile before us.
  std::string input_map;
  TemplateFile template_file;
  SheetFile sheet_file;
  js::CompileResult script;
  fts::FtsModule module;
  // Of a sheet that was SCSS or LESS.
  ftss::Preprocessed preprocessed;
  diagnostics::Sink sink;
};

class Builder {
 public:
  Builder(base::FileSystem& fs, project::Project& project,
          const GraphOptions& options, source::SourceSet& sources,
          diagnostics::Sink& sink)
      : fs_(fs),
        project_(project),
        options_(options),
        sources_(sources),
        sink_(sink) {}

  FileGraph Build();

 private:
  void NameRoots();
  void Name(JobKind kind, std::string path, Location named_at);
  void RunRound();
  void Compile(Job& job) const;
  std::string ReadInputMap(const SourceFile& file) const;
  js::CompileResult CompileScript(Job& job) const;
  void Preprocess(Job& job) const;
  void ParsePreprocessed(Job& job);
  void Keep(Job& job);
  void KeepModule(Job& job);
  void FollowTemplate(const std::string& path, TemplateFile& file);
  void FollowSheet(const std::string& path, const SheetFile& file);
  void FollowComputed(const std::string& path, const js::Dependency& dependency,
                      Location at);
  void FollowScript(const std::string& path, ScriptFile& file);

  base::FileSystem& fs_;
  project::Project& project_;
  const GraphOptions& options_;
  source::SourceSet& sources_;
  diagnostics::Sink& sink_;
  FileGraph graph_;
  std::set<std::pair<JobKind, std::string>> named_;
  std::deque<Job> next_;
};

}  // namespace

const ftss::StyleSheet* FileGraph::Find(std::string_view path) {
  auto found = sheets.find(path);
  return found == sheets.end() ? nullptr : &found->second.sheet;
}

std::string ModuleNameOf(std::string_view path) {
  return std::string(base::WithoutExtension(path)) + ".js";
}

// `stem` as a file, with an extension, or as a folder.
static std::string FindScriptAt(const project::FileIndex& index,
                                const std::string& stem) {
  std::string_view extension = base::ExtensionOf(stem);
  if ((extension == ".js" || extension == ".ts" || extension == ".mjs") &&
      index.Has(stem)) {
    return stem;
  }
  // "a.js" may be written of "a.ts".
  std::string bare =
      extension == ".js" ? std::string(base::WithoutExtension(stem)) : stem;
  for (const std::string& candidate :
       {bare + ".ts", stem + ".js", stem + ".mjs", stem + "/index.ts",
        stem + "/index.js",
        stem + "/" + std::string(base::BaseName(stem)) + ".js"}) {
    if (index.Has(candidate)) {
      return candidate;
    }
  }
  return {};
}

std::string ResolveScript(const project::Project& project,
                          std::string_view specifier, std::string_view from) {
  std::string target = project::ApplyAlias(project, specifier);
  if (target.empty()) {
    return {};
  }
  if (target.front() == '/') {
    return FindScriptAt(project.index, base::NormalizePath(target).substr(1));
  }
  std::string folder(base::DirectoryOf(from));
  std::string found =
      FindScriptAt(project.index, base::JoinPath(folder, target));
  if (!found.empty() || target.starts_with("..")) {
    return found;
  }
  // `./name` may mean a package, too: the platform's own demonstration asks for
  // './threejs-miniprogram' in twenty places.
  if (target.front() != '.') {
    found = FindScriptAt(project.index, base::NormalizePath(target));
  }
  while (found.empty()) {
    found = FindScriptAt(project.index,
                         base::JoinPath(folder, "miniprogram_npm/" + target));
    if (folder.empty()) {
      break;
    }
    folder = std::string(base::DirectoryOf(folder));
  }
  return found;
}

void Builder::Name(JobKind kind, std::string path, Location named_at) {
  if (!path.empty() && named_.emplace(kind, path).second) {
    Job& job = next_.emplace_back();
    job.kind = kind;
    job.path = std::move(path);
    job.named_at = named_at;
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
  Name(JobKind::kScript, project_.app_script, app);
  Name(JobKind::kSheet, project_.app_style, app);
  for (const char* name : {"FinClipConf.js", "FinChatConf.js"}) {
    if (project_.index.Has(name)) {
      Name(JobKind::kScript, name, app);
    }
  }
  for (const project::Component& component : project_.components) {
    Name(JobKind::kTemplate, component.template_path, component.named_at);
    Name(JobKind::kSheet, component.style_path, component.named_at);
    Name(JobKind::kScript, component.script_path, component.named_at);
  }
  // A worker is started by its path at run time, so all of them count.
  for (const std::string& path : project_.worker_scripts) {
    Name(JobKind::kScript, path, app);
  }
}

static bool IsPreprocessed(const Job& job) {
  return job.kind == JobKind::kSheet &&
         ftss::StyleLanguageOf(job.path) != ftss::StyleLanguage::kCss;
}

void Builder::Preprocess(Job& job) const {
  if (options_.style_tools == nullptr) {
    job.sink.Report(diagnostics::Kind::kStylePreprocessorMissing,
                    {job.source->id(), {}}, std::string("fcc-sass"),
                    std::string("no programs are run here"));
    return;
  }
  ftss::PreprocessOptions options;
  options.project_dir = project_.root;
  job.preprocessed = ftss::Preprocess(*job.source, options, fs_,
                                      *options_.style_tools, job.sink);
}

// What the compilers gave becomes a text of its own, under the sheet's path.
// Added in the order of the jobs, as all texts are.
void Builder::ParsePreprocessed(Job& job) {
  job.source = &sources_.Add(job.path, std::move(job.preprocessed.css));
  job.sheet_file.source = job.source;
  job.sheet_file.sheet = ftss::ParseFtss(*job.source, job.sink);
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

js::CompileResult Builder::CompileScript(Job& job) const {
  js::CompileOptions options = options_.script;
  options.input_map = job.input_map;
  if (project_.aliases.empty()) {
    return js::Compile(*job.source, options, job.sink);
  }
  options.rename_module = [&](std::string_view specifier) {
    std::string target = project::ApplyAlias(project_, specifier);
    if (target == specifier || !target.starts_with("/")) {
      return target;
    }
    return RelativeTo(base::DirectoryOf(job.path),
                      base::NormalizePath(target).substr(1));
  };
  return js::Compile(*job.source, options, job.sink);
}

void Builder::Compile(Job& job) const {
  switch (job.kind) {
    case JobKind::kTemplate:
      job.template_file.source = job.source;
      job.template_file.unit = fxml::CompileFxml(*job.source, {}, job.sink);
      break;
    case JobKind::kSheet:
      if (IsPreprocessed(job)) {
        Preprocess(job);
        break;
      }
      job.sheet_file.source = job.source;
      job.sheet_file.sheet = ftss::ParseFtss(*job.source, job.sink);
      break;
    case JobKind::kScript:
      job.script = CompileScript(job);
      break;
    case JobKind::kModule:
    case JobKind::kInlineModule: {
      fts::FtsOptions options;
      options.part = job.part;
      options.minify = options_.script.minify;
      options.exists = [this](std::string_view path) {
        return project_.index.Has(path);
      };
      job.module = fts::CompileFts(*job.source, options, job.sink);
      break;
    }
  }
}

// `//# sourceMappingURL=app.js.map` in the last line. A map that is not there,
// or that no one can read, is none: the places of the file itself are left.
std::string Builder::ReadInputMap(const SourceFile& file) const {
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
  if (!project_.index.Has(path)) {
    return {};
  }
  base::Result<std::string> map =
      fs_.ReadFile(project_.index.DiskPathOf(path), source::kMaxSourceBytes);
  return map ? std::move(*map) : "";
}

// Files are read in order, so that a FileId does not depend on threads; reading
// is a small part of the time.
void Builder::RunRound() {
  std::deque<Job> jobs;
  jobs.swap(next_);
  for (Job& job : jobs) {
    if (job.source == nullptr) {
      job.source = project::ReadSource(fs_, project_, job.path, job.named_at,
                                       sources_, job.sink);
    }
    if (job.kind == JobKind::kScript && job.source != nullptr &&
        options_.script.source_map) {
      job.input_map = ReadInputMap(*job.source);
    }
  }
  auto work = [&](size_t i) {
    if (jobs[i].source != nullptr) {
      Compile(jobs[i]);
    }
  };
  if (options_.run) {
    options_.run(jobs.size(), work);
  } else {
    for (size_t i = 0; i < jobs.size(); ++i) {
      work(i);
    }
  }
  for (Job& job : jobs) {
    if (job.source != nullptr && IsPreprocessed(job)) {
      ParsePreprocessed(job);
    }
    sink_.Merge(std::move(job.sink));
    if (job.source != nullptr) {
      Keep(job);
    }
  }
}

void Builder::Keep(Job& job) {
  switch (job.kind) {
    case JobKind::kTemplate: {
      auto [at, fresh] =
          graph_.templates.emplace(job.path, std::move(job.template_file));
      FollowTemplate(job.path, at->second);
      break;
    }
    case JobKind::kSheet: {
      auto [at, fresh] =
          graph_.sheets.emplace(job.path, std::move(job.sheet_file));
      FollowSheet(job.path, at->second);
      break;
    }
    case JobKind::kScript: {
      ScriptFile file{job.source, std::move(job.script), {}};
      auto [at, fresh] = graph_.scripts.emplace(job.path, std::move(file));
      FollowScript(job.path, at->second);
      break;
    }
    case JobKind::kModule:
    case JobKind::kInlineModule:
      KeepModule(job);
      break;
  }
}

void Builder::KeepModule(Job& job) {
  for (const std::string& target : job.module.requires_paths) {
    Name(JobKind::kModule, target, {job.source->id(), {}});
  }
  graph_.modules.emplace(job.path,
                         TemplateModule{std::move(job.module.code),
                                        std::move(job.module.requires_paths)});
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
      Name(JobKind::kTemplate, targets.back(), {id, reference.span});
    }
  };
  follow(file.unit.imports, file.imports);
  follow(file.unit.includes, file.includes);
  for (const fxml::ModuleDeclaration& module : file.unit.modules) {
    if (!module.is_inline()) {
      file.modules.push_back(
          fxml::ResolveModulePath(path, module.src.src, exists));
      Name(JobKind::kModule, file.modules.back(), {id, module.src.span});
      continue;
    }
    file.modules.push_back(fxml::InlineModulePath(path, module.name));
    Name(JobKind::kInlineModule, file.modules.back(), {id, module.body});
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
        Name(JobKind::kSheet, std::move(candidate), sheet.At(rule.prelude));
        break;
      }
    }
  }
}

// What a name made at run time may mean: with "./lang/" in front all below that
// folder, else what lies beside it and begins so. Platforms ship every script,
// so it is there.
void Builder::FollowComputed(const std::string& path,
                             const js::Dependency& dependency, Location at) {
  const std::string& prefix = dependency.specifier;
  const size_t slash = prefix.rfind('/');
  const std::string_view folder_part = std::string_view(prefix).substr(
      0, slash == std::string::npos ? 0 : slash);
  const std::string_view name_part = std::string_view(prefix).substr(
      slash == std::string::npos ? 0 : slash + 1);
  std::string folder(base::DirectoryOf(path));
  if (prefix.starts_with("/")) {
    folder =
        folder_part.empty() ? "" : base::NormalizePath(folder_part).substr(1);
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
    Name(JobKind::kScript, std::string(candidate), at);
  }
}

void Builder::FollowScript(const std::string& path, ScriptFile& file) {
  for (const js::Dependency& dependency : file.result.dependencies) {
    if (dependency.kind == js::DependencyKind::kComputed) {
      FollowComputed(path, dependency, {file.source->id(), dependency.span});
      file.targets.emplace_back();
      continue;
    }
    std::string target = ResolveScript(project_, dependency.specifier, path);
    if (target.empty() && dependency.kind != js::DependencyKind::kBundled &&
        project::ProvideNpmPackage(fs_, project_, dependency.specifier,
                                   sources_, sink_)) {
      target = ResolveScript(project_, dependency.specifier, path);
    }
    Name(JobKind::kScript, target, {file.source->id(), dependency.span});
    file.targets.push_back(std::move(target));
  }
}

FileGraph Builder::Build() {
  NameRoots();
  while (!next_.empty()) {
    RunRound();
  }
  return std::move(graph_);
}

FileGraph BuildFileGraph(base::FileSystem& fs, project::Project& project,
                         const GraphOptions& options,
                         source::SourceSet& sources, diagnostics::Sink& sink) {
  return Builder(fs, project, options, sources, sink).Build();
}

}  // namespace fcc::graph
