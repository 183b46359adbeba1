// SPDX-License-Identifier: Apache-2.0

#include <deque>
#include <set>

#include "compiler/project/npm.h"
#include "compiler/project/project_internal.h"

namespace fcc::project {

using base::JsonMember;
using base::JsonNode;

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
  for (std::string_view extension : kUnwanted) {
    if (base::ExtensionOf(path) == extension) {
      return false;
    }
  }
  return base::BaseName(path) != "package.json";
}

base::Result<NpmLayout> LayOutNpm(base::FileSystem& fs, std::string_view dir) {
  FCC_TRY_ASSIGN(std::string text,
                 fs.ReadFile(base::JoinPath(dir, "package.json"),
                             source::kMaxSourceBytes));
  const base::JsonDocument own = base::ParseJson(text);
  if (!own.ok()) {
    return base::Error{
        base::ErrorKind::kCorrupt,
        base::format("`{}` is no JSON: {}", base::JoinPath(dir, "package.json"),
                     own.errors.front().message)};
  }
  source::SourceSet sources;
  diagnostics::Sink sink;
  Project project;
  project.dir = std::string(dir);
  LoadContext context{fs, sources, sink, project, {}, {}};
  ReadProjectConfig(context);

  NpmLayout layout;
  layout.folder = base::JoinPath(project.root, "miniprogram_npm");
  const std::vector<std::string> wanted = DependenciesOf(*own.root);
  const std::set<std::string> direct(wanted.begin(), wanted.end());
  std::deque<std::string> queue(wanted.begin(), wanted.end());
  std::set<std::string> seen;
  while (!queue.empty()) {
    const std::string name = std::move(queue.front());
    queue.pop_front();
    if (!seen.insert(name).second) {
      continue;
    }
    if (!MountNpmPackage(context, name)) {
      if (direct.contains(name)) {
        layout.missing.push_back(name);
      }
      continue;
    }
    layout.packages.push_back(name);
    // MountNpmPackage read its package.json last.
    for (std::string& next : DependenciesOf(project.json_files.back().root())) {
      queue.push_back(std::move(next));
    }
  }
  static constexpr std::string_view kPrefix = "miniprogram_npm/";
  for (const auto& [path, disk_path] : project.index.files()) {
    if (!path.starts_with(kPrefix) || !IsWanted(path)) {
      continue;
    }
    std::string below = path.substr(kPrefix.size());
    if (const std::string* made = project.index.GeneratedText(path)) {
      layout.generated.emplace(std::move(below), *made);
    } else {
      layout.files.emplace(std::move(below), disk_path);
    }
  }
  return layout;
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

}  // namespace fcc::project
