// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>

#include "compiler/project/project.h"
#include "compiler/project/project_internal.h"
#include "runtime/base/plugin_path.h"

namespace fcc::project {

using base::JsonKind;
using base::JsonNode;
using diagnostics::Kind;

const UsedComponent* Component::FindUsed(std::string_view tag) const {
  for (const UsedComponent& used : using_components) {
    if (used.tag == tag) {
      return &used;
    }
  }
  return nullptr;
}

const Component* Project::Find(std::string_view path) const {
  auto found =
      std::lower_bound(components.begin(), components.end(), path,
                       [](const Component& component, std::string_view wanted) {
                         return component.path < wanted;
                       });
  return found != components.end() && found->path == path ? &*found : nullptr;
}

const Plugin* Project::FindPlugin(std::string_view key) const {
  for (const Plugin& plugin : plugins) {
    if (plugin.key == key) {
      return &plugin;
    }
  }
  return nullptr;
}

PackageId Project::OwnerOf(std::string_view path) const {
  for (const Plugin& plugin : plugins) {
    if (plugin.root == base::PluginRootOf(path)) {
      return plugin.package;
    }
  }
  for (size_t i = 1; i < packages.size(); ++i) {
    const std::string& package_root = packages[i].root;
    if (!package_root.empty() && path.size() > package_root.size() &&
        path.substr(0, package_root.size()) == package_root &&
        path[package_root.size()] == '/') {
      return static_cast<PackageId>(i);
    }
  }
  return PackageId::kMain;
}

std::string TrimSlashes(std::string_view path) {
  while (path.substr(0, 2) == "./") {
    path.remove_prefix(2);
  }
  while (!path.empty() && path.front() == '/') {
    path.remove_prefix(1);
  }
  while (!path.empty() && path.back() == '/') {
    path.remove_suffix(1);
  }
  return path == "." ? "" : std::string(path);
}

std::string FromRoot(const Project& project, std::string_view path) {
  std::string up;
  if (!project.miniprogram_root.empty()) {
    up = "../";
    for (char c : project.miniprogram_root) {
      up += c == '/' ? "../" : "";
    }
  }
  return up + std::string(path);
}

template <size_t N>
static std::string FindFirst(
    const FileIndex& index, std::string_view stem,
    const std::array<std::string_view, N>& extensions) {
  for (std::string_view extension : extensions) {
    std::string path = std::string(stem) + std::string(extension);
    if (index.Has(path)) {
      return path;
    }
  }
  return {};
}

std::string FindTemplate(const FileIndex& index, std::string_view stem) {
  return FindFirst(index, stem,
                   std::array<std::string_view, 2>{".fxml", ".wxml"});
}

std::string FindStyle(const FileIndex& index, std::string_view stem) {
  return FindFirst(index, stem,
                   std::array<std::string_view, 6>{".ftss", ".wxss", ".scss",
                                                   ".sass", ".less", ".css"});
}

std::string FindScript(const FileIndex& index, std::string_view stem) {
  return FindFirst(index, stem,
                   std::array<std::string_view, 3>{".ts", ".js", ".mjs"});
}

const JsonFile* ReadJsonAt(LoadContext& context, std::string_view disk_path,
                           std::string shown) {
  for (const JsonFile& file : context.project.json_files) {
    if (file.path == shown) {
      return &file;
    }
  }
  base::Result<std::string> text =
      context.fs.ReadFile(disk_path, source::kMaxSourceBytes);
  if (!text) {
    context.sink.Report(Kind::kFileUnreadable, {}, text.error().message)
        .Path(shown);
    return nullptr;
  }
  const source::SourceFile& source =
      context.sources.Add(shown, std::move(*text));
  JsonFile& file = context.project.json_files.emplace_back();
  file.path = std::move(shown);
  file.file = source.id();
  file.document = base::ParseJson(source.text());
  for (const base::JsonError& error : file.document.errors) {
    context.sink.Report(Kind::kJsonSyntax, file.At(error.span), error.message);
  }
  return &file;
}

const JsonFile* ReadJson(LoadContext& context, std::string_view path) {
  std::string_view disk_path = context.project.index.DiskPathOf(path);
  return disk_path.empty() ? nullptr
                           : ReadJsonAt(context, disk_path, std::string(path));
}

std::string_view WithArticle(JsonKind kind) {
  switch (kind) {
    case JsonKind::kNull:
      return "null";
    case JsonKind::kBool:
      return "true or false";
    case JsonKind::kNumber:
      return "a number";
    case JsonKind::kString:
      return "a string";
    case JsonKind::kArray:
      return "an array";
    case JsonKind::kObject:
      return "an object";
  }
  return "";
}

const JsonNode* Member(LoadContext& context, const JsonFile& file,
                       const JsonNode& parent, std::string_view key,
                       JsonKind kind) {
  const JsonNode* node = parent.Find(key);
  if (node == nullptr || node->kind == kind) {
    return node;
  }
  // A value that could not be read is null here, and was reported.
  if (!file.document.ok()) {
    return nullptr;
  }
  context.sink.Report(Kind::kConfigType, file.At(*node), key, WithArticle(kind),
                      WithArticle(node->kind));
  return nullptr;
}

Project LoadProject(base::FileSystem& fs, const ProjectOptions& options,
                    source::SourceSet& sources, diagnostics::Sink& sink) {
  Project project;
  project.dir = options.dir;
  LoadContext context{fs, sources, sink, project, {}, {}};
  ReadProjectConfig(context);
  // A plugin beside the app is no part of it, wherever its folder lies.
  std::vector<std::string> excluded = options.excluded;
  if (!context.plugin_root.empty()) {
    excluded.push_back(context.plugin_root);
  }
  base::Result<FileIndex> index = FileIndex::Scan(fs, project.root, excluded);
  if (!index) {
    sink.Report(Kind::kFileUnreadable, {}, index.error().message)
        .Path(project.root);
    return project;
  }
  project.index = std::move(*index);
  ReadApp(context);
  if (project.app_json != nullptr || project.plugin_json != nullptr) {
    ResolveComponents(context);
  }
  if (project.app_json != nullptr) {
    MergeConfig(context);
    ReadPackageJson(context);
  }
  return project;
}

const source::SourceFile* ReadSource(base::FileSystem& fs,
                                     const Project& project,
                                     std::string_view path,
                                     source::Location from,
                                     source::SourceSet& sources,
                                     diagnostics::Sink& sink) {
  if (const std::string* generated = project.index.GeneratedText(path)) {
    return &sources.Add(std::string(path), *generated);
  }
  base::Result<std::string> text =
      fs.ReadFile(project.index.DiskPathOf(path), source::kMaxSourceBytes);
  if (!text) {
    sink.Report(Kind::kFileUnreadable, from, text.error().message)
        .Path(std::string(path));
    return nullptr;
  }
  return &sources.Add(std::string(path), std::move(*text));
}

}  // namespace fcc::project
