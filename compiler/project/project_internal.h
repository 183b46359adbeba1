// SPDX-License-Identifier: Apache-2.0
//
// What the steps of LoadProject share. They run in the order they stand here,
// each on what the ones before it found.

#ifndef FCC_COMPILER_PROJECT_PROJECT_INTERNAL_H_
#define FCC_COMPILER_PROJECT_PROJECT_INTERNAL_H_

#include <string>
#include <string_view>
#include <vector>

#include "compiler/project/project.h"

namespace fcc::project {

struct LoadContext {
  base::FileSystem& fs;
  source::SourceSet& sources;
  diagnostics::Sink& sink;
  Project& project;
  source::Location miniprogram_root_location;
  // On the disk; empty when project.config.json names none.
  std::string plugin_root;
};

// Reads and parses a file of the project, once: null when it cannot be read.
// Syntax errors are reported and what could be read is used.
const JsonFile* ReadJson(LoadContext& context, std::string_view path);
// The same for a file that need not be in the index.
const JsonFile* ReadJsonAt(LoadContext& context, std::string_view disk_path,
                           std::string shown);

// "a number", for messages.
std::string_view WithArticle(base::JsonKind kind);

// Member `key` of `parent` when it is there and of that kind; a wrong kind is
// reported.
const base::JsonNode* Member(LoadContext& context, const JsonFile& file,
                             const base::JsonNode& parent, std::string_view key,
                             base::JsonKind kind);

// A path in the folder of project.config.json as seen from that of app.json:
// "project.config.json" → "../project.config.json".
std::string FromRoot(const Project& project, std::string_view path);

// "/a/b/" → "a/b".
std::string TrimSlashes(std::string_view path);

// 1. project.config.json and its kin: root, packOptions, names.
void ReadProjectConfig(LoadContext& context);
// 2. app.json: packages, pages, tab bar and what else names files. Where there
// is only a plugin.json, ReadPlugin().
void ReadApp(LoadContext& context);
void ReadPlugin(LoadContext& context);
// The plugins that app.json names and the project holds.
void ReadPlugins(LoadContext& context, const JsonFile& app);
// The script that `main` of a plugin.json names, below `root`; empty when there
// is none.
std::string ReadPluginMain(LoadContext& context, const JsonFile& file,
                           const std::string& root);
// The members of `key` of a plugin.json, below `root`; wrong ones are reported.
struct NamedPath {
  std::string name;
  std::string path;
  source::Location location;
};
std::vector<NamedPath> PluginParts(LoadContext& context, const JsonFile& file,
                                   std::string_view key,
                                   const std::string& root);
// 3. Every page and, from them, every component.
void ResolveComponents(LoadContext& context);
// 4. __wxConfig__.
void MergeConfig(LoadContext& context);
// 5. package.json beside app.json or project.config.json, and settings of tools
// beside it, whose texts name packages. For rules: a broken one is no matter of
// the build.
void ReadPackageJson(LoadContext& context);

// Finds `written` of a usingComponents in the file `from_path`: relative to it,
// from the root, in miniprogram_npm, in node_modules. `looked_for` is the first
// place tried, for messages.
bool ResolveComponentPath(LoadContext& context, std::string_view written,
                          std::string_view from_path, std::string& path,
                          std::string& looked_for);
// Makes the files of npm package `name` available below miniprogram_npm/, when
// it is installed in node_modules. False when there is none.
bool MountNpmPackage(LoadContext& context, std::string_view name);
// "@scope/name/a/b" → "@scope/name".
std::string_view NpmPackageName(std::string_view specifier);

// The first of `stem` + extension that exists; FinClip's names before WeChat's.
std::string FindTemplate(const FileIndex& index, std::string_view stem);
std::string FindStyle(const FileIndex& index, std::string_view stem);
std::string FindScript(const FileIndex& index, std::string_view stem);

}  // namespace fcc::project

#endif  // FCC_COMPILER_PROJECT_PROJECT_INTERNAL_H_
