// SPDX-License-Identifier: Apache-2.0
//
// app.json (or app.jsonc): packages, pages, tab bar, and the other members that
// name files.

#include <algorithm>
#include <map>

#include "compiler/project/project_internal.h"
#include "runtime/base/plugin_path.h"

namespace fcc::project {

using base::JsonKind;
using base::JsonMember;
using base::JsonNode;
using diagnostics::Kind;

namespace {

// Routes seen so far, with the place of the first.
using SeenRoutes = std::map<std::string, source::Location, std::less<>>;

}  // namespace

// The platform asks for two tabs at least and five at most.
static constexpr size_t kMinTabs = 2;
static constexpr size_t kMaxTabs = 5;

static void ReadPages(LoadContext& context, const JsonFile& file,
                      const JsonNode& list, Package& package,
                      SeenRoutes& seen) {
  for (const JsonNode* item : list.items) {
    if (!item->IsString() || TrimSlashes(item->string).empty()) {
      context.sink.Report(Kind::kPageNotString, file.At(*item));
      continue;
    }
    std::string path = base::NormalizePath(TrimSlashes(item->string));
    if (!package.root.empty()) {
      path = package.root + "/" + path;
    }
    auto [at, fresh] = seen.emplace(path, file.At(*item));
    if (!fresh) {
      context.sink.Report(Kind::kPageTwice, file.At(*item), path)
          .Label(at->second, {"first here", "首次出现"});
      continue;
    }
    package.pages.push_back(path);
    context.project.pages.push_back(path);
  }
}

// A package's file name: its `name`, else its root made one word.
static std::string PackageName(std::string_view written,
                               std::string_view root) {
  std::string name(written.empty() ? root : written);
  for (char& c : name) {
    if (c == '/' || c == '\\' || c == ' ') {
      c = '_';
    }
  }
  return name;
}

static void CheckRoot(LoadContext& context, const JsonFile& file,
                      const JsonNode& root, const Package& package) {
  for (const Package& other : context.project.packages) {
    if (other.root.empty()) {
      continue;
    }
    bool inside =
        package.root == other.root ||
        package.root.compare(0, other.root.size() + 1, other.root + "/") == 0 ||
        other.root.compare(0, package.root.size() + 1, package.root + "/") == 0;
    if (inside) {
      context.sink
          .Report(Kind::kPackageRootNested, file.At(root), package.root,
                  other.root)
          .Label(other.location, {"the other package", "另一个分包"});
    }
  }
}

static void ReadSubPackage(LoadContext& context, const JsonFile& file,
                           const JsonNode& node, SeenRoutes& seen) {
  Project& project = context.project;
  if (!node.IsObject()) {
    context.sink.Report(Kind::kConfigType, file.At(node), "subPackages[]",
                        "an object", WithArticle(node.kind));
    return;
  }
  const JsonNode* root = Member(context, file, node, "root", JsonKind::kString);
  if (root == nullptr || TrimSlashes(root->string).empty()) {
    if (node.Find("root") == nullptr || root != nullptr) {
      context.sink.Report(Kind::kPackageWithoutRoot,
                          file.At(root == nullptr ? node : *root));
    }
    return;
  }
  Package package;
  package.root = base::NormalizePath(TrimSlashes(root->string));
  package.location = file.At(*root);
  const JsonNode* name = Member(context, file, node, "name", JsonKind::kString);
  package.name = PackageName(name == nullptr ? "" : name->string, package.root);
  const JsonNode* independent =
      Member(context, file, node, "independent", JsonKind::kBool);
  package.independent = independent != nullptr && independent->boolean;
  CheckRoot(context, file, *root, package);
  for (const Package& other : project.packages) {
    if (other.name == package.name) {
      context.sink.Report(Kind::kPackageNameTwice,
                          file.At(name == nullptr ? *root : *name),
                          package.name);
      return;
    }
  }
  if (const JsonNode* pages =
          Member(context, file, node, "pages", JsonKind::kArray)) {
    ReadPages(context, file, *pages, package, seen);
  }
  project.packages.push_back(std::move(package));
}

static void ReadPackages(LoadContext& context, const JsonFile& file,
                         SeenRoutes& seen) {
  Package main;
  main.name = "__APP__";
  main.location = file.At(file.root());
  const JsonNode* pages =
      Member(context, file, file.root(), "pages", JsonKind::kArray);
  if (pages == nullptr && file.root().Find("pages") == nullptr) {
    context.sink.Report(Kind::kNoPages, file.At(file.root()));
  } else if (pages != nullptr) {
    if (pages->items.empty()) {
      context.sink.Report(Kind::kNoPages, file.At(*pages));
    }
    ReadPages(context, file, *pages, main, seen);
  }
  context.project.packages.push_back(std::move(main));
  for (const char* key : {"subPackages", "subpackages"}) {
    if (const JsonNode* list =
            Member(context, file, file.root(), key, JsonKind::kArray)) {
      for (const JsonNode* item : list->items) {
        ReadSubPackage(context, file, *item, seen);
      }
    }
  }
}

static void ReportNoSuchPage(LoadContext& context, source::Location location,
                             const std::string& path) {
  std::vector<std::string_view> known(context.project.pages.begin(),
                                      context.project.pages.end());
  auto report = context.sink.Report(Kind::kPageUnknown, location, path);
  std::string_view near = diagnostics::NearestWord(path, known);
  if (!near.empty()) {
    report.Note(diagnostics::DidYouMean(near));
  }
}

static void CheckIcon(LoadContext& context, const JsonFile& file,
                      const JsonNode& item, std::string_view key) {
  const JsonNode* icon = Member(context, file, item, key, JsonKind::kString);
  // "@name" is a value of the theme.
  if (icon == nullptr || icon->string.empty() || icon->string.front() == '@' ||
      icon->string.find("://") != std::string_view::npos) {
    return;
  }
  std::string path = TrimSlashes(base::NormalizePath(icon->string));
  if (!context.project.index.Has(path)) {
    auto report =
        context.sink.Report(Kind::kFileNamedMissing, file.At(*icon), path);
    std::string_view near = context.project.index.Nearest(path);
    if (!near.empty()) {
      report.Note(diagnostics::DidYouMean(near));
    }
  }
}

static void CheckTabBar(LoadContext& context, const JsonFile& file,
                        const SeenRoutes& seen) {
  const JsonNode* tab_bar =
      Member(context, file, file.root(), "tabBar", JsonKind::kObject);
  if (tab_bar == nullptr) {
    return;
  }
  const JsonNode* list =
      Member(context, file, *tab_bar, "list", JsonKind::kArray);
  if (list == nullptr) {
    return;
  }
  if (list->items.size() < kMinTabs || list->items.size() > kMaxTabs) {
    context.sink.Report(Kind::kTabCount, file.At(*list), kMinTabs, kMaxTabs,
                        list->items.size());
  }
  for (const JsonNode* item : list->items) {
    const JsonNode* page =
        Member(context, file, *item, "pagePath", JsonKind::kString);
    if (page != nullptr) {
      std::string path = TrimSlashes(page->string);
      if (!seen.contains(path)) {
        ReportNoSuchPage(context, file.At(*page), path);
      } else if (context.project.OwnerOf(path) != PackageId::kMain) {
        context.sink.Report(Kind::kTabInSubPackage, file.At(*page), path);
      }
    }
    CheckIcon(context, file, *item, "iconPath");
    CheckIcon(context, file, *item, "selectedIconPath");
  }
}

static void ReadEntryPage(LoadContext& context, const JsonFile& file,
                          const SeenRoutes& seen) {
  Project& project = context.project;
  if (!project.pages.empty()) {
    project.entry_page = project.pages.front();
  }
  const JsonNode* entry =
      Member(context, file, file.root(), "entryPagePath", JsonKind::kString);
  if (entry == nullptr || entry->string.empty()) {
    return;
  }
  std::string path = TrimSlashes(entry->string);
  if (seen.contains(path)) {
    project.entry_page = path;
  } else {
    ReportNoSuchPage(context, file.At(*entry), path);
  }
}

static void CheckPreloadRule(LoadContext& context, const JsonFile& file,
                             const SeenRoutes& seen) {
  const JsonNode* rules =
      Member(context, file, file.root(), "preloadRule", JsonKind::kObject);
  if (rules == nullptr) {
    return;
  }
  const std::vector<Package>& packages = context.project.packages;
  for (const JsonMember& member : rules->members) {
    if (!seen.contains(TrimSlashes(member.key))) {
      ReportNoSuchPage(context, file.At(member.key_span),
                       TrimSlashes(member.key));
    }
    const JsonNode* names =
        Member(context, file, *member.value, "packages", JsonKind::kArray);
    if (names == nullptr) {
      continue;
    }
    for (const JsonNode* name : names->items) {
      std::string wanted = TrimSlashes(name->StringOr(""));
      if (std::none_of(
              packages.begin(), packages.end(), [&](const Package& package) {
                return package.name == wanted || package.root == wanted;
              })) {
        context.sink.Report(Kind::kPackageUnknown, file.At(*name), wanted);
      }
    }
  }
}

static void ReadAliases(LoadContext& context, const JsonFile& file) {
  const JsonNode* aliases =
      Member(context, file, file.root(), "resolveAlias", JsonKind::kObject);
  if (aliases == nullptr) {
    return;
  }
  for (const JsonMember& member : aliases->members) {
    if (member.value->IsString()) {
      context.project.aliases.emplace_back(member.key, member.value->string);
    }
  }
}

// `workers` is the name of a folder, or {path, isSubpackage}.
static void ReadWorkers(LoadContext& context, const JsonFile& file) {
  const JsonNode* workers = file.root().Find("workers");
  if (workers != nullptr && workers->IsObject()) {
    workers = workers->Find("path");
  }
  if (workers == nullptr || !workers->IsString()) {
    return;
  }
  for (std::string_view path :
       context.project.index.Below(TrimSlashes(workers->string))) {
    std::string_view extension = base::ExtensionOf(path);
    if (extension == ".js" || extension == ".ts") {
      context.project.worker_scripts.emplace_back(path);
    }
  }
}

std::string ApplyAlias(const Project& project, std::string_view specifier,
                       std::string_view from) {
  if (!base::PluginRootOf(from).empty()) {
    return std::string(specifier);
  }
  for (const auto& [pattern, target] : project.aliases) {
    if (!pattern.empty() && pattern.back() == '*') {
      std::string_view prefix(pattern.data(), pattern.size() - 1);
      if (specifier.substr(0, prefix.size()) == prefix) {
        std::string path = target;
        if (!path.empty() && path.back() == '*') {
          path.pop_back();
        }
        return path + std::string(specifier.substr(prefix.size()));
      }
    } else if (specifier == pattern) {
      return target;
    }
  }
  return std::string(specifier);
}

static void ReportNoAppJson(LoadContext& context) {
  Project& project = context.project;
  auto report = context.sink.Report(
      Kind::kAppJsonMissing, context.miniprogram_root_location, "app.json");
  report.Path("app.json");
  for (const auto& [path, disk_path] : project.index.files()) {
    if (base::BaseName(path) == "app.json") {
      report.Note({base::format("there is `{}`: set `miniprogramRoot` in "
                                "project.config.json, or build that folder",
                                path),
                   base::format("存在 `{}`：请在 project.config.json 中设置 "
                                "`miniprogramRoot`，或构建该目录",
                                path)});
      break;
    }
  }
}

void ReadApp(LoadContext& context) {
  Project& project = context.project;
  std::string path = project.index.Has("app.json") ? "app.json" : "app.jsonc";
  if (!project.index.Has(path)) {
    if (project.index.Has("plugin.json")) {
      ReadPlugin(context);
    } else {
      ReportNoAppJson(context);
    }
    return;
  }
  const JsonFile* file = ReadJson(context, path);
  if (file == nullptr) {
    return;
  }
  if (!file->root().IsObject()) {
    if (file->document.ok()) {
      context.sink.Report(Kind::kConfigType, file->At(file->root()), "app.json",
                          "an object", WithArticle(file->root().kind));
    }
    return;
  }
  project.app_json = file;
  project.app_script = FindScript(project.index, "app");
  project.app_style = FindStyle(project.index, "app");
  SeenRoutes seen;
  ReadPackages(context, *file, seen);
  ReadEntryPage(context, *file, seen);
  ReadPlugins(context, *file);
  // What a broken text lacks would only be reported a second time.
  if (file->document.ok()) {
    CheckTabBar(context, *file, seen);
    CheckPreloadRule(context, *file, seen);
  }
  ReadAliases(context, *file);
  ReadWorkers(context, *file);
}

}  // namespace fcc::project
