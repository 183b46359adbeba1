// SPDX-License-Identifier: Apache-2.0
//
// npm packages. What `fcc npm` (or an IDE) laid down in miniprogram_npm is used
// as it is; else a package that is installed in node_modules is mounted at
// miniprogram_npm/<name>, so that a build needs no step before it. Of a package
// made for mini programs the folder that its package.json calls `miniprogram`
// (or miniprogram_dist) is taken, of any other the whole package.

#include "compiler/project/npm.h"
#include "compiler/project/project_internal.h"

namespace fcc::project {

using base::JsonNode;

std::string_view NpmPackageName(std::string_view specifier) {
  size_t slash = specifier.find('/');
  if (!specifier.empty() && specifier.front() == '@' &&
      slash != std::string_view::npos) {
    slash = specifier.find('/', slash + 1);
  }
  return specifier.substr(0, slash);
}

// A plain package is reached by `require('name')`, which tries
// miniprogram_npm/name.js and …/name/index.js; a `main` that is neither gets an
// index.js that leads to it.
static void LeadToMain(FileIndex& index, const std::string& mount,
                       std::string_view main_file) {
  std::string name = TrimSlashes(main_file);
  for (const char* suffix : {"", ".js", "/index.js"}) {
    if (index.Has(mount + "/" + name + suffix)) {
      std::string text = "module.exports = require(";
      base::AppendJsonString(text, "./" + name + suffix);
      index.AddGenerated(mount + "/index.js", text + ");\n");
      return;
    }
  }
}

bool MountNpmPackage(LoadContext& context, std::string_view name) {
  if (name.empty() || name.front() == '.' || name.front() == '/' ||
      !context.project.npm_tried.insert(std::string(name)).second) {
    return false;
  }
  Project& project = context.project;
  // The folder of app.json and those above it, as node looks.
  std::string place = project.root;
  constexpr int kMaxLevels = 8;
  for (int level = 0; level < kMaxLevels; ++level) {
    std::string folder =
        base::JoinPath(place, "node_modules/" + std::string(name));
    std::string package_json = base::JoinPath(folder, "package.json");
    if (!context.fs.IsFile(package_json)) {
      const std::string up(base::DirectoryOf(place));
      if (up == place || up.empty()) {
        break;
      }
      place = up;
      continue;
    }
    const JsonFile* file =
        ReadJsonAt(context, package_json,
                   FromRoot(project, "node_modules/" + std::string(name) +
                                         "/package.json"));
    if (file == nullptr) {
      return false;
    }
    std::string mount = "miniprogram_npm/" + std::string(name);
    const JsonNode* miniprogram = file->root().Find("miniprogram");
    std::string made_for_us;
    if (miniprogram != nullptr && miniprogram->IsString()) {
      made_for_us = TrimSlashes(miniprogram->string);
    } else if (context.fs.IsDirectory(
                   base::JoinPath(folder, "miniprogram_dist"))) {
      made_for_us = "miniprogram_dist";
    }
    base::Status mounted = project.index.Mount(
        context.fs, base::JoinPath(folder, made_for_us), mount);
    if (!mounted) {
      context.sink
          .Report(diagnostics::Kind::kFileUnreadable, {},
                  mounted.error().message)
          .Path(folder);
      return false;
    }
    if (made_for_us.empty()) {
      const JsonNode* main_file = file->root().Find("main");
      LeadToMain(
          project.index, mount,
          main_file == nullptr ? "index.js" : main_file->StringOr("index.js"));
    }
    return true;
  }
  return false;
}

bool ProvideNpmPackage(base::FileSystem& fs, Project& project,
                       std::string_view specifier, source::SourceSet& sources,
                       diagnostics::Sink& sink) {
  LoadContext context{fs, sources, sink, project, {}, {}};
  return MountNpmPackage(context, NpmPackageName(specifier));
}

}  // namespace fcc::project
