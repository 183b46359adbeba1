// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/npm_layout.h"

#include <algorithm>
#include <deque>
#include <set>

#include "compiler/graph/file_graph.h"
#include "compiler/graph/missing_modules.h"
#include "compiler/project/npm.h"

namespace fcc::graph {

using base::JsonMember;
using base::JsonNode;

static constexpr std::string_view kNpmFolder = "miniprogram_npm/";
// A script that nobody wrote, which asks for all that is wanted.
static constexpr std::string_view kRoots = "npm-roots.js";

namespace {

class LayoutMaker {
 public:
  LayoutMaker(base::FileSystem& fs, source::SourceSet& sources,
              diagnostics::Sink& sink)
      : fs_(fs), sources_(sources), sink_(sink) {}

  // `app` is the project as its configuration describes it; what
  // `package_json` (on the disk) asks for goes to `output`.
  base::Result<NpmLayout> Make(const project::Project& app,
                               const std::string& package_json,
                               std::string output);

 private:
  void Provide(const std::vector<std::string>& names);
  bool IsWhole(const std::string& mount) const;
  void NameSubpaths(const project::Project& app);
  void TakeScripts();
  void TakeWhole(const std::string& mount);
  void Ask(std::string_view specifier) {
    roots_ += "require(";
    base::AppendJsonString(roots_, specifier);
    roots_ += ");\n";
  }

  base::FileSystem& fs_;
  source::SourceSet& sources_;
  diagnostics::Sink& sink_;
  project::Project project_;
  NpmLayout layout_;
  // Those that are not taken whole.
  std::set<std::string, std::less<>> plain_;
  std::string roots_;
};

}  // namespace

static std::vector<std::string> DependenciesOf(const JsonNode& package_json) {
  std::vector<std::string> names;
  if (const JsonNode* dependencies = package_json.Find("dependencies")) {
    for (const JsonMember& member : dependencies->members) {
      names.emplace_back(member.key);
    }
  }
  return names;
}

// Scripts, templates and what they show; not the sources, tests and pages of
// text that packages bring along.
static bool IsWanted(std::string_view path) {
  static constexpr std::string_view kUnwanted[] = {".md", ".ts", ".map",
                                                   ".markdown", ".yml"};
  return std::ranges::find(kUnwanted, base::ExtensionOf(path)) ==
             std::end(kUnwanted) &&
         base::BaseName(path) != "package.json";
}

// A package for mini programs: only a folder of it was mounted, or it holds
// templates.
bool LayoutMaker::IsWhole(const std::string& mount) const {
  const auto below = project_.index.Below(mount);
  return !project_.index.Has(mount + "/package.json") ||
         std::ranges::any_of(below, [](std::string_view path) {
           const std::string_view extension = base::ExtensionOf(path);
           return extension == ".wxml" || extension == ".fxml";
         });
}

void LayoutMaker::Provide(const std::vector<std::string>& names) {
  const std::set<std::string> direct(names.begin(), names.end());
  std::deque<std::string> queue(names.begin(), names.end());
  std::set<std::string> seen;
  while (!queue.empty()) {
    const std::string name = std::move(queue.front());
    queue.pop_front();
    if (!seen.insert(name).second) {
      continue;
    }
    const size_t read = project_.json_files.size();
    if (!project::ProvideNpmPackage(fs_, project_, name, sources_, sink_)) {
      if (direct.contains(name)) {
        layout_.missing.push_back(name);
      }
      continue;
    }
    const std::string mount = std::string(kNpmFolder) + name;
    const bool whole = IsWhole(mount);
    if (whole) {
      for (const std::string_view path : project_.index.Below(mount)) {
        if (base::ExtensionOf(path) == ".js") {
          Ask("./" + std::string(path));
        }
      }
      layout_.packages.push_back(name);
    } else {
      plain_.insert(name);
      if (direct.contains(name)) {
        Ask(name);
      }
    }
    for (size_t i = read; i < project_.json_files.size(); ++i) {
      for (std::string& next : DependenciesOf(project_.json_files[i].root())) {
        queue.push_back(std::move(next));
      }
    }
  }
}

// "dayjs/plugin/utc", where a script of the project asks for it.
void LayoutMaker::NameSubpaths(const project::Project& app) {
  base::Result<project::FileIndex> index =
      project::FileIndex::Scan(fs_, app.root, {});
  if (!index) {
    return;
  }
  js::CompileOptions options;
  options.print = false;
  std::set<std::string> asked;
  for (const auto& [path, disk_path] : index->files()) {
    const std::string_view extension = base::ExtensionOf(path);
    if ((extension != ".js" && extension != ".ts") ||
        path.find(kNpmFolder) != std::string::npos) {
      continue;
    }
    base::Result<std::string> text =
        fs_.ReadFile(disk_path, source::kMaxSourceBytes);
    if (!text) {
      continue;
    }
    // What is wrong with it is told where it is compiled.
    diagnostics::Sink ignored;
    const source::SourceFile file(source::FileId::kNone, path,
                                  *std::move(text));
    for (const js::Dependency& dependency :
         js::Compile(file, options, ignored).dependencies) {
      const std::string& specifier = dependency.specifier;
      const size_t slash = specifier.find(
          '/', specifier.starts_with('@') ? specifier.find('/') + 1 : 0);
      if (slash != std::string::npos &&
          plain_.contains(specifier.substr(0, slash)) &&
          asked.insert(specifier).second) {
        Ask(specifier);
      }
    }
  }
}

void LayoutMaker::TakeWhole(const std::string& mount) {
  for (const std::string_view path : project_.index.Below(mount)) {
    if (!IsWanted(path)) {
      continue;
    }
    std::string below(path.substr(kNpmFolder.size()));
    if (const std::string* made = project_.index.GeneratedText(path)) {
      layout_.generated.emplace(std::move(below), *made);
    } else {
      layout_.files.emplace(std::move(below), project_.index.DiskPathOf(path));
    }
  }
}

void LayoutMaker::TakeScripts() {
  project_.index.AddGenerated(std::string(kRoots), std::move(roots_));
  project_.app_script = kRoots;
  GraphOptions options;
  diagnostics::Sink found;
  FileGraph graph = BuildFileGraph(fs_, project_, options, sources_, found);
  sink_.Merge(std::move(found));
  std::set<std::string> reached;
  for (const auto& [path, file] : graph.scripts) {
    if (!path.starts_with(kNpmFolder)) {
      continue;
    }
    for (size_t i = 0; i < file.targets.size(); ++i) {
      if (file.targets[i].empty()) {
        ReportMissingModule(project_, path, file, file.result.dependencies[i],
                            sink_);
      }
    }
    const std::string below = path.substr(kNpmFolder.size());
    reached.emplace(project::NpmMountOf(path).substr(kNpmFolder.size()));
    const std::string name = ModuleNameOf(below);
    const std::string_view extension = base::ExtensionOf(path);
    if (const std::string* made = project_.index.GeneratedText(path)) {
      layout_.generated.emplace(below, *made);
    } else if (extension == ".json" || extension == ".ts") {
      layout_.generated.emplace(name, file.result.code);
    } else {
      layout_.files.emplace(name, project_.index.DiskPathOf(path));
    }
  }
  for (const std::string& name : reached) {
    if (plain_.contains(name)) {
      layout_.packages.push_back(name);
    }
  }
}

base::Result<NpmLayout> LayoutMaker::Make(const project::Project& app,
                                          const std::string& package_json,
                                          std::string output) {
  FCC_TRY_ASSIGN(std::string text,
                 fs_.ReadFile(package_json, source::kMaxSourceBytes));
  const base::JsonDocument own = base::ParseJson(text);
  if (!own.ok()) {
    return base::Error{base::ErrorKind::kCorrupt,
                       base::format("`{}` is no JSON: {}", package_json,
                                    own.errors.front().message)};
  }
  project_.dir = app.dir;
  project_.root = std::string(base::DirectoryOf(package_json));
  project_.npm_relations = app.npm_relations;
  project_.packages.emplace_back();
  layout_.folder = std::move(output);
  Provide(DependenciesOf(*own.root));
  NameSubpaths(app);
  const std::vector<std::string> whole = layout_.packages;
  TakeScripts();
  for (const std::string& name : whole) {
    TakeWhole(std::string(kNpmFolder) + name);
  }
  return std::move(layout_);
}

static bool HasDependencies(base::FileSystem& fs, const std::string& path) {
  const base::Result<std::string> text =
      fs.ReadFile(path, source::kMaxSourceBytes);
  if (!text) {
    return false;
  }
  const base::JsonDocument document = base::ParseJson(*text);
  return document.ok() && !DependenciesOf(*document.root).empty();
}

base::Result<std::vector<NpmLayout>> LayOutNpm(base::FileSystem& fs,
                                               std::string_view dir,
                                               source::SourceSet& sources,
                                               diagnostics::Sink& sink) {
  const project::Project app = project::ReadNpmSettings(fs, dir);
  std::vector<NpmLayout> layouts;
  for (const project::NpmRelation& relation : app.npm_relations) {
    FCC_TRY_ASSIGN(
        NpmLayout layout,
        LayoutMaker(fs, sources, sink)
            .Make(app, base::JoinPath(dir, relation.package_json),
                  base::JoinPath(base::JoinPath(dir, relation.output),
                                 "miniprogram_npm")));
    layouts.push_back(std::move(layout));
  }
  if (layouts.empty()) {
    // Beside app.json, where WeChat's tool looks for it; that of the project's
    // folder is often of its tools only.
    std::string package_json = base::JoinPath(app.root, "package.json");
    if (const std::string outer = base::JoinPath(dir, "package.json");
        fs.IsFile(outer) && !HasDependencies(fs, package_json)) {
      package_json = outer;
    }
    FCC_TRY_ASSIGN(NpmLayout layout,
                   LayoutMaker(fs, sources, sink)
                       .Make(app, package_json,
                             base::JoinPath(app.root, "miniprogram_npm")));
    layouts.push_back(std::move(layout));
  }
  return layouts;
}

base::Status WriteNpm(base::FileSystem& fs, const NpmLayout& layout) {
  for (const std::string& name : layout.packages) {
    FCC_TRY(fs.RemoveAll(base::JoinPath(layout.folder, name)));
  }
  for (const auto& [path, disk_path] : layout.files) {
    FCC_TRY_ASSIGN(std::string bytes,
                   fs.ReadFile(disk_path, source::kMaxSourceBytes));
    FCC_TRY(fs.WriteFile(base::JoinPath(layout.folder, path), bytes));
  }
  for (const auto& [path, text] : layout.generated) {
    FCC_TRY(fs.WriteFile(base::JoinPath(layout.folder, path), text));
  }
  return {};
}

}  // namespace fcc::graph
