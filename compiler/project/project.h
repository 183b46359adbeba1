// SPDX-License-Identifier: Apache-2.0
//
// A mini program as its configuration files describe it: packages, pages,
// components and what each uses, with every file found. No template, style or
// script is read here.
//
// Paths are paths in the project (file_index.h); pages and components are named
// by theirs without an extension, "pages/index/index".

#ifndef FCC_COMPILER_PROJECT_PROJECT_H_
#define FCC_COMPILER_PROJECT_PROJECT_H_

#include <deque>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/project/file_index.h"
#include "compiler/project/pack_options.h"
#include "compiler/source/source_file.h"
#include "runtime/base/file_system.h"
#include "runtime/base/json.h"
#include "runtime/value/value.h"

namespace fcc::project {

enum class CompileType : uint8_t { kMiniProgram, kPlugin, kGame };

enum class PackageId : uint32_t { kMain = 0 };

// A configuration file, read and parsed. Its nodes live as long as the project.
struct JsonFile {
  std::string path;
  source::FileId file = source::FileId::kNone;
  base::JsonDocument document;

  const base::JsonNode& root() const { return *document.root; }
  source::Location At(const base::JsonNode& node) const {
    return {file, node.span};
  }
  source::Location At(base::Span span) const { return {file, span}; }
};

enum class TargetKind : uint8_t {
  // `path` is a component of the project.
  kComponent,
  // `plugin://…`, `dynamicLib://…`, `ext://…`: not in the project.
  kExternal,
  // No such file.
  kMissing,
};

// One line of usingComponents.
struct UsedComponent {
  std::string tag;
  std::string written;
  TargetKind kind = TargetKind::kMissing;
  // Of kComponent: the component's path; of kMissing: where it was looked for.
  std::string path;
  // Of the key and of the value.
  source::Location tag_location;
  source::Location location;
  // Declared in app.json for every page and component.
  bool global = false;
};

struct Generic {
  std::string name;
  // The default component; empty when there is none.
  std::string path;
  source::Location location;
};

struct Placeholder {
  std::string tag;
  std::string shown;
  source::Location location;
};

// A page or a component.
struct Component {
  std::string path;
  bool is_page = false;
  // `"component": true`.
  bool is_component = false;
  PackageId package = PackageId::kMain;
  // Where it was named first: in `pages`, or in some usingComponents.
  source::Location named_at;
  // Its files; empty where it has none.
  std::string template_path;
  std::string style_path;
  std::string script_path;
  // Null when there is none. Owned by the project.
  const JsonFile* json = nullptr;
  // Its own, then those of app.json that it does not hide.
  std::vector<UsedComponent> using_components;
  std::vector<Generic> generics;
  std::vector<Placeholder> placeholders;
  // Its JSON with <path>.ext.json over it, usingComponents resolved.
  value::Value config = value::Value::NewObject();

  const UsedComponent* FindUsed(std::string_view tag) const;
};

struct Package {
  // "__APP__" for the main one.
  std::string name;
  // Without slashes at its ends; empty for the main one.
  std::string root;
  bool independent = false;
  // Full paths, in the order written.
  std::vector<std::string> pages;
  source::Location location;
};

// A plugin of app.json that the project holds the sources of. They are mounted
// in the index below `root`; what stands there belongs to the plugin and sees
// nothing else (runtime/base/plugin_path.h).
struct Plugin {
  std::string key;
  std::string provider;
  std::string root;
  // The package whose `plugins` names it.
  PackageId package = PackageId::kMain;
  // The script that requirePlugin() gives, and the one of the app that
  // requireMiniProgram() gives to the plugin; empty where there is none.
  std::string main;
  std::string exported;
  // plugin.json, and the entry of app.json. Owned by the project.
  const JsonFile* json = nullptr;
  const base::JsonNode* entry = nullptr;
  // Name → route.
  std::vector<std::pair<std::string, std::string>> pages;
};

// An entry of `packNpmRelationList` of project.config.json, as paths in the
// project's folder: where the packages of a package.json go.
struct NpmRelation {
  std::string package_json;
  std::string output;
};

struct ProjectOptions {
  // Folder with app.json or a project.config.json.
  std::string dir = ".";
  // Folders on the disk to look past: the output, when it lies inside.
  std::vector<std::string> excluded;
};

struct Project {
  // Folder of project.config.json, and of app.json, on the disk.
  std::string dir;
  std::string root;
  // miniprogramRoot, without slashes at its ends.
  std::string miniprogram_root;
  CompileType type = CompileType::kMiniProgram;
  std::string app_id;
  std::string name;
  PackOptions pack_options;
  // `es6` or `enhance` of `setting`: the platform's tools, too, make ES5 of the
  // scripts, with Babel.
  bool transforms_scripts = false;
  FileIndex index;
  // One of them is there, or nothing below is filled. A plugin has one package,
  // no sheet and no configuration of its own.
  const JsonFile* app_json = nullptr;
  const JsonFile* plugin_json = nullptr;
  // Script and sheet of the app, the `main` of a plugin; empty where it has
  // none.
  std::string app_script;
  std::string app_style;
  // The main package first.
  std::vector<Package> packages;
  std::vector<Plugin> plugins;
  // Sorted by path; pages and all components reached from them.
  std::vector<Component> components;
  // What app.json declares for all of them.
  std::vector<UsedComponent> global_components;
  // `resolveAlias` of app.json, as written: "@/*" → "/*".
  std::vector<std::pair<std::string, std::string>> aliases;
  // Every route: the main package's, then the others', as written.
  std::vector<std::string> pages;
  std::string entry_page;
  // __wxConfig__: defaults, app.json, app.ext.json, ext.json, and what the
  // platform adds (finclip-package.md).
  value::Value config = value::Value::NewObject();
  // Scripts of the folder that `workers` of app.json names.
  std::vector<std::string> worker_scripts;
  // Empty but with `packNpmManually`.
  std::vector<NpmRelation> npm_relations;
  // npm packages that were looked for in node_modules.
  std::set<std::string, std::less<>> npm_tried;
  // Every configuration file that was read.
  std::deque<JsonFile> json_files;

  const Component* Find(std::string_view path) const;
  const Package& PackageOf(PackageId id) const {
    return packages[static_cast<size_t>(id)];
  }
  // Null where the project does not hold the plugin.
  const Plugin* FindPlugin(std::string_view key) const;
  // The package whose root holds `path`, of a plugin's file the one that names
  // the plugin; the main one when none does.
  PackageId OwnerOf(std::string_view path) const;
};

enum class ConfigChange : uint8_t {
  // The page or component is up to date; it uses what it used.
  kContent,
  // It is up to date, but uses other components or declares them otherwise.
  kUses,
  // The project is another one, and must be loaded again.
  kProject,
};

// Reads the changed configuration of a page or component at `path` again;
// `reports` of it take the place of those there are. For rules: the app's
// configuration that packages ship is not brought up to date.
ConfigChange ReloadComponent(base::FileSystem& fs, Project& project,
                             source::SourceSet& sources, std::string_view path,
                             std::vector<diagnostics::Diagnostic>& reports);

// `specifier` of the file `from` with the alias that fits it put in place; as
// it is when none does, and in a plugin, which app.json says nothing about.
std::string ApplyAlias(const Project& project, std::string_view specifier,
                       std::string_view from);

// Reads what belongs to the project at `options.dir`. Everything wrong is
// reported to `sink`; the result is as complete as it can be.
Project LoadProject(base::FileSystem& fs, const ProjectOptions& options,
                    source::SourceSet& sources, diagnostics::Sink& sink);

// The text of a file of the project, added to `sources`; reports one that
// cannot be read, at `from` where it is named there, and returns null.
const source::SourceFile* ReadSource(
    base::FileSystem& fs, const Project& project, std::string_view path,
    source::Location from, source::SourceSet& sources, diagnostics::Sink& sink);

}  // namespace fcc::project

#endif  // FCC_COMPILER_PROJECT_PROJECT_H_
