// SPDX-License-Identifier: Apache-2.0

#include "compiler/driver/build_session.h"

#include <algorithm>
#include <span>

#include "compiler/driver/disk_cache.h"
#include "compiler/driver/parallel.h"
#include "compiler/emit/emit_app.h"
#include "compiler/graph/file_graph.h"
#include "compiler/link/link_app.h"
#include "compiler/project/project.h"
#include "runtime/base/format.h"

namespace fcc::driver {

std::unique_ptr<package::Source> BuildResult::TakePackages() {
  return std::make_unique<package::MemorySource>(std::move(files));
}

BuildSession::BuildSession(base::FileSystem& fs, BuildOptions options)
    : fs_(&fs),
      options_(std::move(options)),
      cache_(options_.cache_dir.empty()
                 ? nullptr
                 : std::make_unique<DiskCache>(fs, options_.cache_dir)),
      sources_(std::make_unique<source::SourceSet>()),
      checker_(options_.rules, &fs) {}

BuildSession::~BuildSession() = default;

static graph::GraphOptions GraphOptionsOf(const BuildOptions& options) {
  graph::GraphOptions graph;
  bool production = options.mode == Mode::kProduction;
  graph.script.helpers = js::HelperPlacement::kModule;
  graph.script.minify = production;
  graph.script.obfuscate = options.obfuscate;
  graph.script.obfuscate_seed = options.obfuscate_seed;
  graph.script.print = options.output != Output::kNone;
  graph.script.source_map = options.source_maps && graph.script.print;
  graph.script.collect_facts = options.check;
  graph.leave_out_unused = production && graph.script.print;
  graph.script.collect_module_uses = graph.leave_out_unused;
  graph.script.defines = {{"process.env.NODE_ENV",
                           production ? "\"production\"" : "\"development\""}};
  graph.style_tools = options.style_tools;
  graph.run = [jobs = options.jobs](size_t count,
                                    const std::function<void(size_t)>& work) {
    ForEachParallel(jobs, count, work);
  };
  return graph;
}

static link::LinkOptions LinkOptionsOf(const BuildOptions& options) {
  return {options.output != Output::kNone};
}

BuildResult BuildSession::Build() {
  diagnostics::Sink sink;
  program_ = nullptr;
  sources_ = std::make_unique<source::SourceSet>();
  project::Project project = project::LoadProject(
      *fs_, {options_.project_dir, options_.excluded}, *sources_, sink);
  project_reports_ = sink.diagnostics();
  return BuildAll(std::move(project), sink);
}

// What the last build left to the next.
struct BuildSession::Before {
  graph::GraphBefore graph;
  link::LinkedBefore linked = {{}, true, true};
  // Configuration of pages and components that was read again.
  std::set<std::string, std::less<>> configs;
  // Some of them says that other components are used.
  bool uses = false;
};

// Files whose contents change nothing but what they are compiled to.
static constexpr std::string_view kOfScripts[] = {".js", ".ts", ".mjs", ".cjs"};
static constexpr std::string_view kOfTemplates[] = {".wxml", ".fxml", ".wxs",
                                                    ".fts"};
static constexpr std::string_view kOfSheets[] = {".wxss", ".ftss", ".css"};

static bool IsOneOf(std::string_view path,
                    std::span<const std::string_view> extensions) {
  return std::ranges::find(extensions, base::ExtensionOf(path)) !=
         extensions.end();
}

namespace {

enum class ChangeKind : uint8_t {
  // Of a file that came and went between the builds.
  kNone,
  // Of a file's content alone; the graph can be brought up to date.
  kContent,
  // Of what may be a page's or component's configuration.
  kConfig,
  kProject,
};

}  // namespace

// `name` becomes the path in the project of kContent and kConfig.
static ChangeKind KindOfChange(const project::Project& project,
                               base::FileSystem& fs, std::string_view path,
                               std::string& name) {
  const std::string root = base::NormalizePath(project.root) + "/";
  if (!path.starts_with(root)) {
    return ChangeKind::kProject;
  }
  name = path.substr(root.size());
  const bool known = project.index.DiskPathOf(name) == path;
  if (!fs.IsFile(path)) {
    return known || fs.IsDirectory(path) || project.index.HasFolder(name)
               ? ChangeKind::kProject
               : ChangeKind::kNone;
  }
  if (!known) {
    return ChangeKind::kProject;
  }
  if (IsOneOf(name, kOfScripts) || IsOneOf(name, kOfTemplates) ||
      IsOneOf(name, kOfSheets)) {
    return ChangeKind::kContent;
  }
  return base::ExtensionOf(name) == ".json" ? ChangeKind::kConfig
                                            : ChangeKind::kProject;
}

BuildResult BuildSession::Rebuild(const std::vector<std::string>& changed) {
  if (program_ == nullptr || program_->project.packages.empty()) {
    return Build();
  }
  Before before;
  project::Project& project = program_->project;
  for (const std::string& path : changed) {
    std::string name;
    switch (KindOfChange(project, *fs_, path, name)) {
      case ChangeKind::kNone:
        continue;
      case ChangeKind::kProject:
        return Build();
      case ChangeKind::kConfig:
        // Packages ship the configuration of all pages in one.
        if (options_.output != Output::kNone) {
          return Build();
        }
        switch (project::ReloadComponent(*fs_, project, *sources_, name,
                                         project_reports_)) {
          case project::ConfigChange::kProject:
            return Build();
          case project::ConfigChange::kUses:
            before.uses = true;
            break;
          case project::ConfigChange::kContent:
            break;
        }
        before.configs.insert(std::move(name));
        continue;
      case ChangeKind::kContent:
        break;
    }
    before.linked.same_templates =
        before.linked.same_templates && !IsOneOf(name, kOfTemplates);
    before.linked.same_sheets =
        before.linked.same_sheets && !IsOneOf(name, kOfSheets);
    before.graph.changed.insert(std::move(name));
  }
  diagnostics::Sink sink;
  for (const diagnostics::Diagnostic& report : project_reports_) {
    sink.Add(report);
  }
  return Update(before, sink);
}

BuildResult BuildSession::BuildAll(project::Project project,
                                   diagnostics::Sink& sink) {
  if (project.app_json == nullptr && project.plugin_json == nullptr) {
    BuildResult result;
    result.root = project.root;
    return Finish(std::move(result), sink);
  }
  graph::GraphOptions graph_options = GraphOptionsOf(options_);
  graph_options.cache = cache_.get();
  graph::FileGraph graph =
      graph::BuildFileGraph(*fs_, project, graph_options, *sources_, sink);
  program_ = link::LinkApp(std::move(project), std::move(graph),
                           LinkOptionsOf(options_), sink);
  if (options_.check) {
    checker_.Check(*program_, *sources_, sink);
  }
  return Emit(sink);
}

BuildResult BuildSession::Update(Before& before, diagnostics::Sink& sink) {
  graph::GraphOptions graph_options = GraphOptionsOf(options_);
  graph_options.cache = cache_.get();
  check::Changes changes;
  changes.files = before.graph.changed;
  changes.files.insert(before.configs.begin(), before.configs.end());
  changes.uses = before.uses;
  before.graph.graph = std::move(program_->graph);
  graph::FileGraph graph = graph::BuildFileGraph(
      *fs_, program_->project, graph_options, *sources_, sink, &before.graph);
  if (before.graph.same_references) {
    program_->graph = std::move(graph);
    link::UpdateProgram(*program_, changes.files, LinkOptionsOf(options_),
                        sink);
  } else {
    changes.references = true;
    before.linked.packages = std::move(program_->packages);
    project::Project project = std::move(program_->project);
    program_ = link::LinkApp(std::move(project), std::move(graph),
                             LinkOptionsOf(options_), sink, &before.linked);
  }
  if (options_.check) {
    checker_.CheckAgain(*program_, *sources_, changes, sink);
  }
  return Emit(sink);
}

BuildResult BuildSession::Emit(diagnostics::Sink& sink) {
  BuildResult result;
  result.root = program_->project.root;
  result.pages = program_->project.pages;
  if (sink.has_errors() || options_.output == Output::kNone) {
    // Nothing to lay out.
  } else if (program_->project.plugin_json != nullptr) {
    result.files = emit::EmitPlugin(*fs_, program_->project, sink);
  } else {
    emit::EmitOptions emit;
    emit.whole_layout = options_.output == Output::kAll;
    emit.native_section = options_.native_section;
    emit.source_maps = options_.source_maps;
    emit.minify = options_.mode == Mode::kProduction;
    emit.compiler = "fcc " FCC_VERSION;
    result.files = emit::EmitApp(*fs_, *program_, emit, sink);
  }
  return Finish(std::move(result), sink);
}

BuildResult BuildSession::Finish(BuildResult result, diagnostics::Sink& sink) {
  result.source_files = sources_->size();
  for (size_t i = 0; i < sources_->size(); ++i) {
    result.source_bytes +=
        sources_->Get(static_cast<source::FileId>(i)).text().size();
  }
  result.ok = !sink.has_errors();
  if (!result.ok) {
    result.files.clear();
  }
  result.diagnostics = sink.Take();
  diagnostics::SortForShow(result.diagnostics, *sources_);
  return result;
}

// The zips of a layout: path of the zip → prefix of what goes into it.
static std::vector<std::pair<std::string, std::string>> ZipsOf(
    const std::map<std::string, std::string>& files) {
  std::vector<std::pair<std::string, std::string>> zips;
  auto has = [&files](const std::string& prefix) {
    auto at = files.lower_bound(prefix);
    return at != files.end() && at->first.starts_with(prefix);
  };
  for (const char* whole : {"app", "plugin"}) {
    const std::string folder = std::string(whole) + "/";
    if (has(folder)) {
      zips.emplace_back(std::string(whole) + ".zip", folder);
    }
  }
  std::string_view last;
  for (const auto& [path, bytes] : files) {
    std::string_view name = path;
    if (!name.starts_with("package/")) {
      continue;
    }
    name = name.substr(0, name.find('/', 8));
    if (name.size() < path.size() && name != last) {
      zips.emplace_back(std::string(name) + ".zip", std::string(name) + "/");
      last = name;
    }
  }
  return zips;
}

// A folder that a build may replace: none, an empty one, or one that a build
// wrote. Anything else is somebody's work.
static base::Status CheckReplaceable(base::FileSystem& fs,
                                     std::string_view out) {
  if (!fs.Stat(out)) {
    return {};
  }
  FCC_TRY_ASSIGN(std::vector<base::DirectoryEntry> entries, fs.List(out));
  if (entries.empty() ||
      fs.IsFile(base::JoinPath(out, "package/packageConfig.json")) ||
      fs.IsFile(base::JoinPath(out, "plugin/plugin.json"))) {
    return {};
  }
  return base::Error{
      base::ErrorKind::kExists,
      base::format("`{}` holds files that no build wrote, and a build replaces "
                   "its output folder; name another one with `-o`",
                   out)};
}

base::Status BuildSession::WriteOutput(const BuildResult& result,
                                       std::string_view out) {
  FCC_CHECK(result.ok);
  FCC_TRY(CheckReplaceable(*fs_, out));
  const std::string beside = std::string(out) + ".fcc-new";
  auto write_all = [&]() -> base::Status {
    FCC_TRY(fs_->RemoveAll(beside));
    FCC_TRY(fs_->MakeDirectories(beside));
    for (const auto& [path, bytes] : result.files) {
      FCC_TRY(fs_->WriteFile(base::JoinPath(beside, path), bytes));
    }
    for (const auto& [path, prefix] : ZipsOf(result.files)) {
      FCC_TRY_ASSIGN(std::string zip, emit::WriteZip(result.files, prefix));
      FCC_TRY(fs_->WriteFile(base::JoinPath(beside, path), zip));
    }
    return fs_->Stat(out) ? fs_->Exchange(beside, out)
                          : fs_->Rename(beside, out);
  };
  const base::Status status = write_all();
  // The output that was there, or what could not be finished; the first failure
  // is the one to tell.
  const base::Status removed = fs_->RemoveAll(beside);
  return status ? removed : status;
}

}  // namespace fcc::driver
