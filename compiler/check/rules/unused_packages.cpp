// SPDX-License-Identifier: Apache-2.0
//
// npm packages that no script, sheet or component asks for: those among the
// `dependencies` of package.json are told there, others by their folders in
// miniprogram_npm.

#include <algorithm>
#include <set>
#include <span>

#include "compiler/check/rule.h"
#include "runtime/base/plugin_path.h"

namespace fcc::check {

FCC_REPORT(UnusedPackage, "CK2104", Severity::kInfo,
           "nothing uses the npm package `{0}`",
           "没有任何地方使用 npm 包 `{0}`",
           "No script requires it and no component of it is declared.",
           "没有脚本引用它，也没有声明其中的组件。");
FCC_REPORT(
    UnusedPackages, "CK2107", Severity::kInfo,
    "nothing uses {0} of the npm packages here, `{1}` for one",
    "此处有 {0} 个 npm 包没有被使用，例如 `{1}`",
    "No script requires them and no component of them is declared: they may be "
    "what tools need, built in by mistake. `fcc npm` takes the packages that "
    "package.json names in `dependencies`, and what these need.",
    "没有脚本引用它们，也没有声明其中的组件：可能是误打包的工具依赖。`fcc npm` "
    "只处理 "
    "package.json 的 `dependencies` 中的包及其依赖。");

namespace {

using Names = std::set<std::string_view>;

constexpr std::string_view kNpmFolder = "miniprogram_npm/";

}  // namespace

// "@scope/name/a/b" → "@scope/name".
static std::string_view PackageOf(std::string_view specifier) {
  size_t slash = specifier.find('/');
  if (specifier.starts_with('@') && slash != std::string_view::npos) {
    slash = specifier.find('/', slash + 1);
  }
  return specifier.substr(0, slash);
}

static const project::JsonFile* FindPackageJson(
    const project::Project& project) {
  for (const project::JsonFile& file : project.json_files) {
    if (base::BaseName(file.path) == "package.json" &&
        file.path.find("node_modules/") == std::string::npos) {
      return &file;
    }
  }
  return nullptr;
}

// Packages that no file of the project has to name: types are for editors, and
// a compiler puts the imports of helpers there itself.
static bool IsForTools(std::string_view name) {
  return name.starts_with("@types/") || name.ends_with("-typings") ||
         name.starts_with("@babel/") || name.starts_with("core-js") ||
         name == "regenerator-runtime" || name == "tslib";
}

// `name` stands in `text` as a whole: between quotes, or as the first part of a
// path.
static bool IsNamedIn(std::string_view text, std::string_view name) {
  for (size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const char before = at == 0 ? ' ' : text[at - 1];
    const size_t end = at + name.size();
    const char after = end == text.size() ? ' ' : text[end];
    const auto is_end = [](char c) {
      return c == '"' || c == '\'' || c == '`' || c == '/' || c == ' ';
    };
    if ((is_end(before) || before == '~') && (is_end(after) || after == ':')) {
      return true;
    }
  }
  return false;
}

// Texts that may name a package where the compiled file does not: imports of
// types, sheets of other languages, settings of tools.
static bool MayNameMore(std::string_view path) {
  const std::string_view extension = base::ExtensionOf(path);
  for (std::string_view each : {".ts", ".mts", ".scss", ".sass", ".less"}) {
    if (extension == each) {
      return true;
    }
  }
  const std::string_view name = base::BaseName(path);
  return name.starts_with('.') || name.starts_with("gulpfile.") ||
         name.starts_with("Gruntfile.") ||
         name.find(".config.") != std::string_view::npos;
}

static Names UsedPackages(const RuleContext& context) {
  Names used;
  const auto add_file = [&used](std::string_view path) {
    const std::string_view folder = NpmFolderOf(path);
    if (!folder.empty()) {
      used.insert(folder.substr(folder.find(kNpmFolder) + kNpmFolder.size()));
    }
  };
  const graph::FileGraph& graph = context.files();
  for (const auto& [path, file] : graph.scripts) {
    add_file(path);
    for (const js::Dependency& dependency : file.result.dependencies) {
      used.insert(PackageOf(dependency.specifier));
    }
  }
  for (const auto& [path, file] : graph.templates) {
    add_file(path);
  }
  for (const auto& [path, file] : graph.sheets) {
    add_file(path);
  }
  for (const auto& [path, file] : graph.modules) {
    add_file(path);
  }
  for (const project::Component& component : context.AllComponents()) {
    for (const project::UsedComponent& each : component.using_components) {
      used.insert(PackageOf(each.written));
      add_file(each.path);
    }
  }
  return used;
}

// What package.json says beside its lists of packages: `scripts` and settings
// of tools name packages, too.
static bool IsNamedBeside(const project::JsonFile& file, std::string_view text,
                          std::string_view name) {
  for (const base::JsonMember& member : file.root().members) {
    const base::Span span = member.value->span;
    if (member.key.find("ependencies") == std::string_view::npos &&
        member.key != "name" && member.key != "description" &&
        member.key != "keywords" &&
        IsNamedIn(text.substr(span.begin, span.size()), name)) {
      return true;
    }
  }
  return false;
}

// The members of `dependencies`.
static std::span<const base::JsonMember> DependenciesOf(
    const project::JsonFile* file) {
  const base::JsonNode* list =
      file == nullptr ? nullptr : file->root().Find("dependencies");
  return list == nullptr ? std::span<const base::JsonMember>() : list->members;
}

// Given by texts: packages of package.json that they name.
static constexpr char kNamed = 'n';

static void GiveNames(const RuleContext& context,
                      const source::SourceFile& file, NameList& names) {
  if (!MayNameMore(file.path())) {
    return;
  }
  for (const base::JsonMember& member :
       DependenciesOf(FindPackageJson(context.project))) {
    if (IsNamedIn(file.text(), member.key)) {
      names.Give(kNamed, member.key);
    }
  }
}

static void CheckDependencies(const RuleContext& context,
                              const project::JsonFile& file, const Names& used,
                              const Names& named) {
  const std::span<const base::JsonMember> list = DependenciesOf(&file);
  // The package.json above the app's folder may be that of a bundler, which
  // leaves no name of a package in what it makes.
  if (file.path.starts_with("../") &&
      std::ranges::none_of(list, [&](const base::JsonMember& member) {
        return used.contains(member.key);
      })) {
    return;
  }
  const std::string_view text = context.TextOf(file.file);
  for (const base::JsonMember& member : list) {
    if (!used.contains(member.key) && !named.contains(member.key) &&
        !IsForTools(member.key) && !IsNamedBeside(file, text, member.key)) {
      context.sink.Report(Kind::kUnusedPackage, file.At(member.key_span),
                          member.key);
    }
  }
}

// One by one, or all at once where somebody built all of node_modules.
static void TellOfFolders(const RuleContext& context, const Names& folders) {
  static constexpr size_t kMostOneByOne = 10;
  auto name_of = [](std::string_view folder) {
    return folder.substr(folder.find(kNpmFolder) + kNpmFolder.size());
  };
  if (folders.size() > kMostOneByOne) {
    std::string_view first = *folders.begin();
    context.sink
        .Report(Kind::kUnusedPackages, source::Location(), folders.size(),
                name_of(first))
        .Path(std::string(
            first.substr(0, first.find(kNpmFolder) + kNpmFolder.size() - 1)));
    return;
  }
  for (std::string_view folder : folders) {
    context.sink
        .Report(Kind::kUnusedPackage, source::Location(), name_of(folder))
        .Path(std::string(folder));
  }
}

static void CheckProgram(const RuleContext& context) {
  const project::Project& project = context.project;
  // What a framework built holds its packages in bundles.
  if (context.index.framework() != ProgramIndex::Framework::kNone ||
      project.app_json == nullptr) {
    return;
  }
  const Names used = UsedPackages(context);
  const project::JsonFile* package_json = FindPackageJson(project);
  Names wanted;
  for (const base::JsonMember& member : DependenciesOf(package_json)) {
    wanted.insert(member.key);
  }
  Names named;
  for (std::string_view name : context.AllGiven(kNamed)) {
    named.insert(name);
  }
  if (package_json != nullptr) {
    CheckDependencies(context, *package_json, used, named);
  }
  Names told;
  for (const auto& [path, disk_path] : project.index.files()) {
    const std::string_view folder = NpmFolderOf(path);
    // Generated ones lie on no disk: they are made of what is used. What an app
    // does not use of a plugin is there for others.
    if (folder.empty() || disk_path.empty() ||
        project::IsIgnored(path, project.pack_options) ||
        !base::PluginRootOf(path).empty()) {
      continue;
    }
    const std::string_view name =
        folder.substr(folder.find(kNpmFolder) + kNpmFolder.size());
    if (!used.contains(name) && !wanted.contains(name)) {
      told.insert(folder);
    }
  }
  TellOfFolders(context, told);
}

const Rule kUnusedPackagesRule = {.program = CheckProgram,
                                  .text_names = GiveNames};

}  // namespace fcc::check
