// SPDX-License-Identifier: Apache-2.0
//
// npm packages. What `fcc npm` (or an IDE) laid down in miniprogram_npm is used
// as it is; else a package that is installed in node_modules is mounted at
// miniprogram_npm/<name>, so that a build needs no step before it. Of a package
// made for mini programs the folder that its package.json calls `miniprogram`
// (or miniprogram_dist) is taken, of any other the whole package.
//
// A platform's `require` knows paths only. Where package.json says that a name
// means some other file, a module is made that leads there.

#include "compiler/project/npm.h"
#include "compiler/project/npm_entries.h"
#include "compiler/project/project_internal.h"

namespace fcc::project {

using base::JsonNode;

static constexpr std::string_view kNpmFolder = "miniprogram_npm/";

std::string_view NpmPackageName(std::string_view specifier) {
  size_t slash = specifier.find('/');
  if (!specifier.empty() && specifier.front() == '@' &&
      slash != std::string_view::npos) {
    slash = specifier.find('/', slash + 1);
  }
  return specifier.substr(0, slash);
}

std::string_view NpmMountOf(std::string_view path) {
  const size_t at = path.rfind(kNpmFolder);
  if (at == std::string_view::npos) {
    return {};
  }
  const size_t begin = at + kNpmFolder.size();
  return path.substr(0, begin + NpmPackageName(path.substr(begin)).size());
}

// `target` as a module in `folder`, which lies above it or beside it, names it.
static std::string PathFrom(std::string_view folder, std::string_view target) {
  std::string up = "./";
  while (!folder.empty() && !target.starts_with(std::string(folder) + "/")) {
    up = up == "./" ? "../" : up + "../";
    folder = base::DirectoryOf(folder);
  }
  return up +
         std::string(target.substr(folder.empty() ? 0 : folder.size() + 1));
}

// Makes the module `path`, which is all that `specifier` exports.
static void AddLead(FileIndex& index, const std::string& path,
                    std::string_view specifier) {
  std::string text = "module.exports = require(";
  base::AppendJsonString(text, specifier);
  index.AddGenerated(path, text + ");\n");
}

// The file of the index that `written` means below `folder`; empty when none.
static std::string FindEntry(const FileIndex& index, const std::string& folder,
                             std::string_view written) {
  const std::string stem = base::JoinPath(folder, TrimSlashes(written));
  for (const char* suffix :
       {"", ".js", ".json", ".cjs", ".mjs", "/index.js", "/index.cjs"}) {
    if (index.Has(stem + suffix)) {
      return stem + suffix;
    }
  }
  return {};
}

// `require('name')` tries name.js, name/index.js and name/name.js. Where the
// package means another file, one of them leads there.
static void LeadToMain(FileIndex& index, const std::string& mount,
                       const JsonNode& package_json) {
  for (const std::string& entry : MainEntries(package_json)) {
    const std::string file = FindEntry(index, mount, entry);
    if (file.empty()) {
      continue;
    }
    const std::string index_js = mount + "/index.js";
    if (file == index_js) {
      return;
    }
    const std::string lead =
        index.Has(index_js) ? mount + ".js" : mount + "/index.js";
    AddLead(index, lead, PathFrom(base::DirectoryOf(lead), file));
    return;
  }
}

// Before the package's own files, so that what is made here comes first.
static void ReplaceForBrowser(FileIndex& index, const std::string& mount,
                              const JsonNode& package_json) {
  for (const auto& [from, to] : BrowserReplacements(package_json)) {
    std::string path =
        from.starts_with('.')
            ? base::JoinPath(mount, from)
            : base::JoinPath(mount, std::string(kNpmFolder) + from);
    if (!path.starts_with(mount + "/")) {
      continue;
    }
    const std::string_view extension = base::ExtensionOf(path);
    if (extension != ".js" && extension != ".cjs" && extension != ".mjs") {
      path += ".js";
    }
    if (to.empty()) {
      index.AddGenerated(path, "module.exports = {};\n");
    } else if (to.starts_with('.')) {
      const std::string target = base::JoinPath(mount, to);
      if (target != path) {
        AddLead(index, path, PathFrom(base::DirectoryOf(path), target));
      }
    } else {
      AddLead(index, path, to);
    }
  }
}

static bool MountAt(LoadContext& context, const std::string& folder,
                    const std::string& mount, const JsonNode& package_json) {
  FileIndex& index = context.project.index;
  const JsonNode* miniprogram = package_json.Find("miniprogram");
  std::string made_for_us;
  if (miniprogram != nullptr && miniprogram->IsString()) {
    made_for_us = TrimSlashes(miniprogram->string);
  } else if (context.fs.IsDirectory(folder + "/miniprogram_dist")) {
    made_for_us = "miniprogram_dist";
  }
  const bool plain = made_for_us.empty();
  if (plain) {
    ReplaceForBrowser(index, mount, package_json);
  }
  base::Status mounted = index.Mount(
      context.fs, plain ? folder : folder + "/" + made_for_us, mount);
  if (!mounted) {
    context.sink
        .Report(diagnostics::Kind::kFileUnreadable, {}, mounted.error().message)
        .Path(folder);
    return false;
  }
  if (plain) {
    LeadToMain(index, mount, package_json);
  }
  return true;
}

static std::string FolderAbove(const std::string& folder) {
  const std::string up(base::DirectoryOf(folder));
  return up == folder ? "" : up;
}

// Where `name` is installed, as node looks: in node_modules of `place` and of
// the folders above it. Empty when nowhere.
static std::string FindInstalled(base::FileSystem& fs, std::string place,
                                 std::string_view name) {
  constexpr int kMaxLevels = 8;
  for (int level = 0; level < kMaxLevels && !place.empty(); ++level) {
    std::string folder =
        base::JoinPath(place, "node_modules/" + std::string(name));
    if (fs.IsFile(folder + "/package.json")) {
      return folder;
    }
    place = FolderAbove(place);
  }
  return {};
}

static std::string FindInstalled(const LoadContext& context,
                                 std::string_view name) {
  std::string folder = FindInstalled(context.fs, context.project.root, name);
  for (const NpmRelation& relation : context.project.npm_relations) {
    if (folder.empty()) {
      folder = FindInstalled(context.fs,
                             std::string(base::DirectoryOf(base::JoinPath(
                                 context.project.dir, relation.package_json))),
                             name);
    }
  }
  return folder;
}

static base::JsonDocument ReadPackageJsonAt(base::FileSystem& fs,
                                            const std::string& folder) {
  const base::Result<std::string> text =
      fs.ReadFile(folder + "/package.json", source::kMaxSourceBytes);
  return base::ParseJson(text ? *text : "null");
}

static std::string VersionAt(base::FileSystem& fs, const std::string& folder) {
  const base::JsonDocument document = ReadPackageJsonAt(fs, folder);
  const JsonNode* version = document.root->Find("version");
  return version == nullptr ? "" : std::string(version->StringOr(""));
}

// The folder on the disk of a package that was mounted whole; empty of others.
static std::string DiskFolderOf(const Project& project,
                                const std::string& mount) {
  return std::string(
      base::DirectoryOf(project.index.DiskPathOf(mount + "/package.json")));
}

bool MountNpmPackage(LoadContext& context, std::string_view name) {
  if (name.empty() || name.front() == '.' || name.front() == '/' ||
      !context.project.npm_tried.insert(std::string(name)).second) {
    return false;
  }
  const std::string folder = FindInstalled(context, name);
  if (folder.empty()) {
    return false;
  }
  const JsonFile* file =
      ReadJsonAt(context, folder + "/package.json",
                 FromRoot(context.project, "node_modules/" + std::string(name) +
                                               "/package.json"));
  return file != nullptr &&
         MountAt(context, folder, std::string(kNpmFolder) + std::string(name),
                 file->root());
}

// A package may have its own copy of another, of a version that the project
// does not have; and pnpm lays what a package needs beside it alone.
static bool MountOwnCopy(LoadContext& context, const std::string& owner,
                         const std::string& name) {
  Project& project = context.project;
  if (!project.npm_tried.insert(owner + " " + name).second) {
    return false;
  }
  const std::string home = DiskFolderOf(project, owner);
  if (home.empty()) {
    return false;
  }
  // Links are followed by the system only, so `..` stands in the path.
  const std::string beside =
      home + (owner.find("/@") == std::string::npos ? "/../" : "/../../") +
      name;
  std::string folder = home + "/node_modules/" + name;
  if (!context.fs.IsFile(folder + "/package.json")) {
    folder = beside;
    if (!context.fs.IsFile(folder + "/package.json")) {
      return false;
    }
  }
  std::string mount = std::string(kNpmFolder) + name;
  const std::string other = project.index.HasFolder(mount)
                                ? DiskFolderOf(project, mount)
                                : FindInstalled(context, name);
  if (!other.empty() || project.index.HasFolder(mount)) {
    if (other.empty() ||
        VersionAt(context.fs, other) == VersionAt(context.fs, folder)) {
      return false;
    }
    mount = owner + "/" + mount;
  }
  return MountAt(context, folder, mount,
                 *ReadPackageJsonAt(context.fs, folder).root);
}

bool ProvideOwnNpmPackage(base::FileSystem& fs, Project& project,
                          std::string_view specifier, std::string_view from,
                          source::SourceSet& sources, diagnostics::Sink& sink) {
  const std::string_view name = NpmPackageName(specifier);
  const std::string_view owner = NpmMountOf(from);
  if (owner.empty() || name.empty() || name.front() == '.' ||
      name.front() == '/') {
    return false;
  }
  LoadContext context{fs, sources, sink, project, {}, {}};
  return MountOwnCopy(context, std::string(owner), std::string(name));
}

bool ProvideNpmPackage(base::FileSystem& fs, Project& project,
                       std::string_view specifier, source::SourceSet& sources,
                       diagnostics::Sink& sink) {
  LoadContext context{fs, sources, sink, project, {}, {}};
  return MountNpmPackage(context, NpmPackageName(specifier));
}

// What package.json of the folder `stem` itself says, as of "preact/hooks".
static std::string NestedEntry(base::FileSystem& fs, const Project& project,
                               const std::string& stem) {
  const std::string folder = DiskFolderOf(project, stem);
  if (folder.empty()) {
    return {};
  }
  const base::JsonDocument document = ReadPackageJsonAt(fs, folder);
  for (const std::string& entry : MainEntries(*document.root)) {
    std::string file = FindEntry(project.index, stem, entry);
    if (!file.empty()) {
      return file;
    }
  }
  return {};
}

static std::string ExportedEntry(base::FileSystem& fs, const Project& project,
                                 const std::string& stem) {
  const std::string mount(NpmMountOf(stem));
  const std::string folder = DiskFolderOf(project, mount);
  if (folder.empty() || mount == stem) {
    return {};
  }
  const base::JsonDocument document = ReadPackageJsonAt(fs, folder);
  for (const std::string& entry :
       ExportEntries(*document.root, "." + stem.substr(mount.size()))) {
    std::string file = FindEntry(project.index, mount, entry);
    if (!file.empty()) {
      return file;
    }
  }
  return {};
}

std::string LeadToScript(base::FileSystem& fs, Project& project,
                         const std::string& stem) {
  FileIndex& index = project.index;
  std::string target;
  for (const char* extension : {".mjs", ".cjs"}) {
    if (target.empty() && index.Has(stem + extension)) {
      target = stem + extension;
    }
  }
  if (!NpmMountOf(stem).empty()) {
    if (target.empty()) {
      target = ExportedEntry(fs, project, stem);
    }
    if (target.empty()) {
      target = NestedEntry(fs, project, stem);
    }
    if (target.empty() && index.Has(stem + ".json")) {
      target = stem + ".json";
    }
  }
  if (target.empty()) {
    return {};
  }
  std::string lead = stem + ".js";
  AddLead(index, lead, PathFrom(base::DirectoryOf(lead), target));
  return lead;
}

}  // namespace fcc::project
