// SPDX-License-Identifier: Apache-2.0
//
// From the pages of app.json to every component that can be reached through
// usingComponents and componentGenerics. A component is read once, whoever
// names it.
//
// An entry that leads nowhere is kept as kMissing: whether that is an error
// depends on a template using the tag, which the linker sees.

#include <algorithm>
#include <deque>
#include <map>

#include "compiler/project/project_internal.h"
#include "runtime/base/plugin_path.h"
#include "runtime/value/value_json.h"

namespace fcc::project {

using base::JsonKind;
using base::JsonMember;
using base::JsonNode;
using diagnostics::Kind;

namespace {

// What is known by path; the queue holds those still to be read.
struct Resolution {
  LoadContext& context;
  std::map<std::string, Component, std::less<>> components;
  std::deque<std::string> queue;
  std::vector<UsedComponent> global;
};

}  // namespace

static bool HasScheme(std::string_view target) {
  return target.find("://") != std::string_view::npos;
}

static bool IsComponentAt(const FileIndex& index, const std::string& stem) {
  return index.Has(stem + ".json") || !FindTemplate(index, stem).empty() ||
         !FindScript(index, stem).empty();
}

// `stem` itself, or the index of the folder it names.
static bool FindComponentAt(const FileIndex& index, const std::string& stem,
                            std::string& path) {
  for (const std::string& candidate : {stem, stem + "/index"}) {
    if (IsComponentAt(index, candidate)) {
      path = candidate;
      return true;
    }
  }
  return false;
}

static bool FindInNpm(const FileIndex& index, std::string_view from_folder,
                      const std::string& written, std::string& path) {
  std::string folder(from_folder);
  // A plugin has packages of its own.
  const std::string_view top = base::PluginRootOf(from_folder);
  while (true) {
    std::string stem = base::JoinPath(folder, "miniprogram_npm/" + written);
    if (FindComponentAt(index, stem, path)) {
      return true;
    }
    if (folder == top) {
      return false;
    }
    folder = std::string(base::DirectoryOf(folder));
  }
}

bool ResolveComponentPath(LoadContext& context, std::string_view written,
                          std::string_view from_path, std::string& path,
                          std::string& looked_for) {
  Project& project = context.project;
  std::string target = ApplyAlias(project, written, from_path);
  if (base::ExtensionOf(target) == ".json" ||
      base::ExtensionOf(target) == ".js") {
    target = std::string(base::WithoutExtension(target));
  }
  std::string_view from_folder = base::DirectoryOf(from_path);
  bool absolute = !target.empty() && target.front() == '/';
  const std::string_view plugin = base::PluginRootOf(from_path);
  // There is nothing above the root: platforms take "/../a" as "/a".
  std::string stem = base::FromRootOf(
      from_path,
      absolute
          ? target
          : base::format("{}/{}", from_folder.substr(plugin.size()), target));
  looked_for = stem;
  if (FindComponentAt(project.index, stem, path)) {
    return true;
  }
  if (absolute || target.front() == '.') {
    return false;
  }
  // FinClip and WeChat both take a bare name as a path from the root too.
  if (FindInNpm(project.index, from_folder, target, path) ||
      FindComponentAt(project.index, base::FromRootOf(from_path, target),
                      path)) {
    return true;
  }
  if (!plugin.empty() || !MountNpmPackage(context, NpmPackageName(target))) {
    return false;
  }
  return FindInNpm(project.index, "", target, path);
}

static void NameComponent(Resolution& resolution, const std::string& path,
                          source::Location named_at) {
  auto [at, fresh] = resolution.components.try_emplace(path);
  if (fresh) {
    at->second.path = path;
    at->second.named_at = named_at;
    resolution.queue.push_back(path);
  }
}

// `useExtendedLib` of app.json: the platform brings the package along, when the
// project has not installed it itself.
static bool IsExtendedLibrary(LoadContext& context, std::string_view written) {
  const JsonFile* app = context.project.app_json;
  const JsonNode* used =
      app == nullptr ? nullptr : app->root().Find("useExtendedLib");
  if (used == nullptr) {
    return false;
  }
  const std::string_view package = NpmPackageName(written);
  return (package == "weui-miniprogram" && used->Find("weui") != nullptr) ||
         (package == "miniprogram-element" && used->Find("kbone") != nullptr);
}

// "plugin://key/name" of a plugin that the project holds. False where the
// plugin has no such component; `path` stays empty where there is no plugin.
static bool FindInPlugin(LoadContext& context, std::string_view written,
                         std::string& path) {
  static constexpr std::string_view kScheme = "plugin://";
  if (!written.starts_with(kScheme)) {
    return true;
  }
  written.remove_prefix(kScheme.size());
  const size_t slash = written.find('/');
  const Plugin* plugin = context.project.FindPlugin(written.substr(0, slash));
  if (plugin == nullptr) {
    return true;
  }
  const std::string_view name =
      slash == std::string_view::npos ? "" : written.substr(slash + 1);
  const JsonNode* members = plugin->json->root().Find("publicComponents");
  const JsonNode* found = members == nullptr ? nullptr : members->Find(name);
  if (found == nullptr || found->StringOr("").empty()) {
    return false;
  }
  return FindComponentAt(
      context.project.index,
      base::JoinPath(plugin->root,
                     TrimSlashes(base::NormalizePath(found->string))),
      path);
}

static UsedComponent ReadUsed(Resolution& resolution, const JsonFile& file,
                              const JsonMember& member,
                              std::string_view from_path) {
  UsedComponent used;
  used.tag = std::string(member.key);
  used.written = std::string(member.value->string);
  used.tag_location = file.At(member.key_span);
  used.location = file.At(*member.value);
  if (HasScheme(used.written)) {
    used.path = used.written;
    std::string path;
    if (!FindInPlugin(resolution.context, used.written, path)) {
      return used;
    }
    used.kind = path.empty() ? TargetKind::kExternal : TargetKind::kComponent;
    if (!path.empty()) {
      used.path = path;
      NameComponent(resolution, path, used.location);
    }
    return used;
  }
  std::string path;
  if (ResolveComponentPath(resolution.context, used.written, from_path, path,
                           used.path)) {
    used.kind = TargetKind::kComponent;
    used.path = path;
    NameComponent(resolution, path, used.location);
  } else if (IsExtendedLibrary(resolution.context, used.written)) {
    used.kind = TargetKind::kExternal;
    used.path = used.written;
  }
  return used;
}

static std::vector<UsedComponent> ReadUsingComponents(
    Resolution& resolution, const JsonFile& file, std::string_view from_path) {
  std::vector<UsedComponent> list;
  const JsonNode* node = Member(resolution.context, file, file.root(),
                                "usingComponents", JsonKind::kObject);
  if (node == nullptr) {
    return list;
  }
  for (const JsonMember& member : node->members) {
    if (!member.value->IsString() || member.value->string.empty()) {
      resolution.context.sink.Report(
          Kind::kConfigType, file.At(*member.value), std::string(member.key),
          "the path of a component", WithArticle(member.value->kind));
      continue;
    }
    list.push_back(ReadUsed(resolution, file, member, from_path));
  }
  return list;
}

// `genericsImplementation` of app.json: {component: {generic: path}}, by which
// an app gives a plugin's component one of its own.
static void UseGenericOfApp(Resolution& resolution, const Component& component,
                            Generic& generic) {
  LoadContext& context = resolution.context;
  const std::string_view root = base::PluginRootOf(component.path);
  for (const Plugin& plugin : context.project.plugins) {
    if (plugin.root != root) {
      continue;
    }
    const JsonNode* given = plugin.entry->Find("genericsImplementation");
    if (given == nullptr || !given->IsObject()) {
      return;
    }
    for (const JsonMember& of : given->members) {
      std::string path;
      const JsonNode* target = of.value->Find(generic.name);
      std::string looked_for;
      if (target == nullptr || target->StringOr("").empty() ||
          !FindInPlugin(context,
                        base::format("plugin://{}/{}", plugin.key, of.key),
                        path) ||
          path != component.path) {
        continue;
      }
      const source::Location at = context.project.app_json->At(*target);
      if (ResolveComponentPath(context, target->string, "app.json",
                               generic.path, looked_for)) {
        NameComponent(resolution, generic.path, at);
      } else {
        context.sink.Report(Kind::kComponentMissing, at, generic.name,
                            looked_for);
      }
    }
  }
}

static void ReadGenerics(Resolution& resolution, const JsonFile& file,
                         Component& component) {
  const JsonNode* node = Member(resolution.context, file, file.root(),
                                "componentGenerics", JsonKind::kObject);
  if (node == nullptr) {
    return;
  }
  for (const JsonMember& member : node->members) {
    Generic generic{std::string(member.key), "", file.At(member.key_span)};
    const JsonNode* fallback = member.value->Find("default");
    if (fallback != nullptr && fallback->IsString()) {
      std::string looked_for;
      if (ResolveComponentPath(resolution.context, fallback->string,
                               component.path, generic.path, looked_for)) {
        NameComponent(resolution, generic.path, file.At(*fallback));
      } else {
        resolution.context.sink.Report(Kind::kComponentMissing,
                                       file.At(*fallback), generic.name,
                                       looked_for);
      }
    }
    UseGenericOfApp(resolution, component, generic);
    component.generics.push_back(std::move(generic));
  }
}

static void ReadPlaceholders(Resolution& resolution, const JsonFile& file,
                             Component& component) {
  const JsonNode* node = Member(resolution.context, file, file.root(),
                                "componentPlaceholder", JsonKind::kObject);
  if (node == nullptr) {
    return;
  }
  for (const JsonMember& member : node->members) {
    component.placeholders.push_back({std::string(member.key),
                                      std::string(member.value->StringOr("")),
                                      file.At(member.key_span)});
  }
}

// Shallow, as FinClip's tool merges it.
static void OverlayExt(Resolution& resolution, Component& component) {
  std::string path = component.path + ".ext.json";
  if (!resolution.context.project.index.Has(path)) {
    return;
  }
  const JsonFile* file = ReadJson(resolution.context, path);
  if (file == nullptr || !file->root().IsObject()) {
    return;
  }
  value::Object& config = component.config.MutableObject();
  for (const JsonMember& member : file->root().members) {
    config.Set(member.key, value::FromJson(*member.value));
  }
}

static void WriteUsing(Component& component) {
  value::Value resolved = value::Value::NewObject();
  for (const UsedComponent& used : component.using_components) {
    if (used.kind == TargetKind::kMissing) {
      continue;
    }
    std::string target =
        used.kind == TargetKind::kExternal ? used.path : "/" + used.path;
    resolved.MutableObject().Set(used.tag, value::Value::String(target));
  }
  component.config.MutableObject().Set("usingComponents", std::move(resolved));
}

static void ReadComponent(Resolution& resolution, Component& component) {
  LoadContext& context = resolution.context;
  Project& project = context.project;
  const FileIndex& index = project.index;
  component.template_path = FindTemplate(index, component.path);
  component.style_path = FindStyle(index, component.path);
  component.script_path = FindScript(index, component.path);
  component.package = project.OwnerOf(component.path);
  if (index.Has(component.path + ".json")) {
    component.json = ReadJson(context, component.path + ".json");
  }
  if (component.json != nullptr && component.json->root().IsObject()) {
    const JsonFile& file = *component.json;
    const JsonNode* flag =
        Member(context, file, file.root(), "component", JsonKind::kBool);
    component.is_component = flag != nullptr && flag->boolean;
    component.config = value::FromJson(file.root());
    component.using_components =
        ReadUsingComponents(resolution, file, component.path);
    ReadGenerics(resolution, file, component);
    ReadPlaceholders(resolution, file, component);
  }
  OverlayExt(resolution, component);
  // An independent package uses nothing of the main one, what app.json declares
  // for all included; a plugin nothing of the app's.
  if (!project.PackageOf(component.package).independent &&
      base::PluginRootOf(component.path).empty()) {
    for (const UsedComponent& used : resolution.global) {
      if (component.FindUsed(used.tag) == nullptr) {
        component.using_components.push_back(used);
      }
    }
  }
  WriteUsing(component);
}

static void CheckPage(LoadContext& context, const Component& page) {
  const FileIndex& index = context.project.index;
  auto note_near = [&](diagnostics::Report report, const std::string& path) {
    std::string_view near = index.Nearest(path);
    if (!near.empty()) {
      report.Note(diagnostics::DidYouMean(near));
    }
  };
  if (page.template_path.empty() && page.script_path.empty()) {
    note_near(context.sink.Report(Kind::kPageMissing, page.named_at, page.path),
              page.path + ".js");
    return;
  }
  if (page.template_path.empty()) {
    note_near(context.sink.Report(Kind::kPageFileMissing, page.named_at,
                                  page.path, page.path + ".fxml"),
              page.path + ".fxml");
  }
  if (page.script_path.empty()) {
    note_near(context.sink.Report(Kind::kPageFileMissing, page.named_at,
                                  page.path, page.path + ".js"),
              page.path + ".js");
  }
}

static void NamePages(Resolution& resolution) {
  const Project& project = resolution.context.project;
  const JsonFile& file = *project.app_json;
  // The place of every route in app.json, for messages.
  auto name_list = [&](const JsonNode* list, const std::string& root) {
    if (list == nullptr || !list->IsArray()) {
      return;
    }
    for (const JsonNode* item : list->items) {
      std::string path = base::NormalizePath(TrimSlashes(item->StringOr("")));
      if (!root.empty()) {
        path = root + "/" + path;
      }
      if (std::find(project.pages.begin(), project.pages.end(), path) !=
          project.pages.end()) {
        NameComponent(resolution, path, file.At(*item));
        resolution.components[path].is_page = true;
      }
    }
  };
  name_list(file.root().Find("pages"), "");
  for (const char* key : {"subPackages", "subpackages"}) {
    const JsonNode* list = file.root().Find(key);
    if (list == nullptr || !list->IsArray()) {
      continue;
    }
    for (const JsonNode* item : list->items) {
      const JsonNode* root = item->Find("root");
      if (root != nullptr && root->IsString()) {
        name_list(item->Find("pages"),
                  base::NormalizePath(TrimSlashes(root->string)));
      }
    }
  }
}

// A custom tab bar is no page and in no usingComponents.
static void NameTabBar(Resolution& resolution) {
  const JsonFile& file = *resolution.context.project.app_json;
  const JsonNode* tab_bar = file.root().Find("tabBar");
  const JsonNode* custom =
      tab_bar == nullptr ? nullptr : tab_bar->Find("custom");
  static const std::string kPath = "custom-tab-bar/index";
  if (custom != nullptr && custom->BoolOr(false) &&
      IsComponentAt(resolution.context.project.index, kPath)) {
    NameComponent(resolution, kPath, file.At(*custom));
  }
}

// The pages of a plugin, which are known only now.
static std::vector<std::pair<std::string, std::string>> NamePluginPages(
    Resolution& resolution, const JsonFile& file, const std::string& root,
    PackageId package) {
  LoadContext& context = resolution.context;
  std::vector<std::pair<std::string, std::string>> pages;
  for (NamedPath& part : PluginParts(context, file, "pages", root)) {
    if (!IsComponentAt(context.project.index, part.path)) {
      context.sink.Report(Kind::kPluginPageMissing, part.location, part.name,
                          part.path);
      continue;
    }
    NameComponent(resolution, part.path, part.location);
    resolution.components[part.path].is_page = true;
    context.project.pages.push_back(part.path);
    context.project.packages[static_cast<size_t>(package)].pages.push_back(
        part.path);
    pages.emplace_back(std::move(part.name), std::move(part.path));
  }
  return pages;
}

// The roots of an app.
static void NameAppParts(Resolution& resolution) {
  const Project& project = resolution.context.project;
  resolution.global = ReadUsingComponents(resolution, *project.app_json, "app");
  for (UsedComponent& used : resolution.global) {
    used.global = true;
  }
  NamePages(resolution);
  NameTabBar(resolution);
  for (Plugin& plugin : resolution.context.project.plugins) {
    plugin.pages =
        NamePluginPages(resolution, *plugin.json, plugin.root, plugin.package);
  }
}

// The roots of a plugin that is built for itself.
static void NamePluginParts(Resolution& resolution) {
  LoadContext& context = resolution.context;
  const JsonFile& file = *context.project.plugin_json;
  for (const NamedPath& part :
       PluginParts(context, file, "publicComponents", "")) {
    std::string path;
    if (FindComponentAt(context.project.index, part.path, path)) {
      NameComponent(resolution, path, part.location);
    } else {
      context.sink.Report(Kind::kComponentMissing, part.location, part.name,
                          part.path);
    }
  }
  NamePluginPages(resolution, file, "", PackageId::kMain);
}

void ResolveComponents(LoadContext& context) {
  Project& project = context.project;
  Resolution resolution{context, {}, {}, {}};
  if (project.app_json != nullptr) {
    NameAppParts(resolution);
  } else {
    NamePluginParts(resolution);
  }
  while (!resolution.queue.empty()) {
    std::string path = std::move(resolution.queue.front());
    resolution.queue.pop_front();
    // Nodes of a map stay where they are while others are added.
    ReadComponent(resolution, resolution.components.find(path)->second);
  }
  project.global_components = std::move(resolution.global);
  for (auto& [path, component] : resolution.components) {
    if (component.is_page) {
      CheckPage(context, component);
    }
    project.components.push_back(std::move(component));
  }
}

static bool SameUses(const Component& a, const Component& b) {
  return std::ranges::equal(a.using_components, b.using_components,
                            [](const UsedComponent& x, const UsedComponent& y) {
                              return x.tag == y.tag && x.kind == y.kind &&
                                     x.path == y.path && x.global == y.global;
                            }) &&
         std::ranges::equal(a.generics, b.generics,
                            [](const Generic& x, const Generic& y) {
                              return x.name == y.name && x.path == y.path;
                            }) &&
         std::ranges::equal(a.placeholders, b.placeholders,
                            [](const Placeholder& x, const Placeholder& y) {
                              return x.tag == y.tag && x.shown == y.shown;
                            });
}

namespace {

// Walks from the app to its components in the order of ResolveComponents(), to
// find who names each first now.
class Naming {
 public:
  explicit Naming(Project& project)
      : project_(project), named_(project.components.size()) {}

  // False where nothing names some component any more.
  bool Run() {
    for (const UsedComponent& used : project_.global_components) {
      Name(used.path, nullptr);
    }
    for (const std::string& page : project_.pages) {
      Name(page, nullptr);
    }
    Name("custom-tab-bar/index", nullptr);
    for (size_t next = 0; next < queue_.size(); ++next) {
      Follow(*queue_[next]);
    }
    return queue_.size() == project_.components.size();
  }

 private:
  void Name(std::string_view path, const source::Location* at) {
    const Component* found = project_.Find(path);
    // The tab bar may be one that a page uses.
    if (found == nullptr ||
        (at == nullptr && found->named_at.file != project_.app_json->file)) {
      return;
    }
    const size_t place =
        static_cast<size_t>(found - project_.components.data());
    if (named_[place]) {
      return;
    }
    named_[place] = true;
    Component& component = project_.components[place];
    if (at != nullptr) {
      component.named_at = *at;
    }
    queue_.push_back(&component);
  }

  void Follow(const Component& component) {
    for (const UsedComponent& used : component.using_components) {
      if (!used.global && used.kind == TargetKind::kComponent) {
        Name(used.path, &used.location);
      }
    }
    for (const Generic& generic : component.generics) {
      if (generic.path.empty()) {
        continue;
      }
      const JsonNode* fallback = component.json->root()
                                     .Find("componentGenerics")
                                     ->Find(generic.name)
                                     ->Find("default");
      const source::Location at = component.json->At(*fallback);
      Name(generic.path, &at);
    }
  }

  Project& project_;
  std::vector<bool> named_;
  std::vector<const Component*> queue_;
};

}  // namespace

ConfigChange ReloadComponent(base::FileSystem& fs, Project& project,
                             source::SourceSet& sources, std::string_view path,
                             std::vector<diagnostics::Diagnostic>& reports) {
  const Component* known = project.Find(base::WithoutExtension(path));
  // Plugins name components in more ways.
  if (known == nullptr || known->json == nullptr || known->json->path != path ||
      project.app_json == nullptr || !project.plugins.empty()) {
    return ConfigChange::kProject;
  }
  base::Result<std::string> text =
      fs.ReadFile(project.index.DiskPathOf(path), source::kMaxSourceBytes);
  auto file = std::ranges::find_if(
      project.json_files,
      [known](const JsonFile& each) { return &each == known->json; });
  if (!text || file == project.json_files.end()) {
    return ConfigChange::kProject;
  }
  sources.Replace(file->file, *std::move(text));
  file->document = base::ParseJson(sources.Get(file->file).text());
  diagnostics::Sink sink;
  for (const base::JsonError& error : file->document.errors) {
    sink.Report(Kind::kJsonSyntax, file->At(error.span), error.message);
  }

  LoadContext context{fs, sources, sink, project, {}, {}};
  Resolution resolution{context, {}, {}, project.global_components};
  Component now;
  now.path = known->path;
  ReadComponent(resolution, now);
  for (const auto& [target, component] : resolution.components) {
    if (project.Find(target) == nullptr) {
      return ConfigChange::kProject;
    }
  }
  Component& component =
      project
          .components[static_cast<size_t>(known - project.components.data())];
  const bool same = SameUses(component, now);
  component.is_component = now.is_component;
  component.using_components = std::move(now.using_components);
  component.generics = std::move(now.generics);
  component.placeholders = std::move(now.placeholders);
  component.config = std::move(now.config);
  if (!Naming(project).Run()) {
    return ConfigChange::kProject;
  }
  std::erase_if(reports, [&](const diagnostics::Diagnostic& report) {
    return report.location.file == file->file;
  });
  for (diagnostics::Diagnostic& report : sink.Take()) {
    reports.push_back(std::move(report));
  }
  return same ? ConfigChange::kContent : ConfigChange::kUses;
}

}  // namespace fcc::project
