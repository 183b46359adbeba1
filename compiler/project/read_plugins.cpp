// SPDX-License-Identifier: Apache-2.0
//
// `plugins` of app.json and of its sub-packages: {key: {version, provider,
// export, genericsImplementation}}. The sources of a plugin that is made in the
// same project lie in the folder `pluginRoot` of project.config.json: it is the
// plugin whose `version` is "dev", or whose `provider` is the project itself.
// Others are on a platform's server; nothing of them is in the package.

#include "compiler/project/project_internal.h"
#include "runtime/base/plugin_path.h"

namespace fcc::project {

using base::JsonKind;
using base::JsonMember;
using base::JsonNode;

static std::string TextOf(const JsonNode& entry, std::string_view key) {
  const JsonNode* node = entry.Find(key);
  return node == nullptr ? "" : std::string(node->StringOr(""));
}

static bool IsOfThisProject(const LoadContext& context, const JsonNode& entry) {
  if (context.plugin_root.empty() ||
      !context.fs.IsFile(base::JoinPath(context.plugin_root, "plugin.json"))) {
    return false;
  }
  const std::string provider = TextOf(entry, "provider");
  return TextOf(entry, "version") == "dev" ||
         (!provider.empty() && provider == context.project.app_id);
}

// The script of the app that `export` shows to the plugin.
static std::string ReadExport(LoadContext& context, const JsonFile& app,
                              const JsonNode& entry, PackageId package) {
  const JsonNode* node =
      Member(context, app, entry, "export", JsonKind::kString);
  if (node == nullptr) {
    return {};
  }
  const FileIndex& index = context.project.index;
  const std::string path =
      base::JoinPath(context.project.PackageOf(package).root,
                     TrimSlashes(base::NormalizePath(node->string)));
  std::string script = index.Has(path) ? path : FindScript(index, path);
  if (script.empty()) {
    context.sink.Report(diagnostics::Kind::kFileNamedMissing, app.At(*node),
                        path);
  }
  return script;
}

static void ReadList(LoadContext& context, const JsonFile& app,
                     const JsonNode& parent, PackageId package) {
  Project& project = context.project;
  const JsonNode* list =
      Member(context, app, parent, "plugins", JsonKind::kObject);
  if (list == nullptr) {
    return;
  }
  for (const JsonMember& member : list->members) {
    if (!member.value->IsObject() || project.FindPlugin(member.key) ||
        member.key.empty() || member.key.find('/') != std::string_view::npos ||
        !IsOfThisProject(context, *member.value)) {
      continue;
    }
    Plugin plugin;
    plugin.key = member.key;
    plugin.provider = TextOf(*member.value, "provider");
    plugin.root = base::PluginRoot(plugin.key);
    plugin.package = package;
    plugin.entry = member.value;
    if (const base::Status status =
            project.index.Mount(context.fs, context.plugin_root, plugin.root);
        !status) {
      context.sink
          .Report(diagnostics::Kind::kFileUnreadable, app.At(*member.value),
                  status.error().message)
          .Path(context.plugin_root);
      continue;
    }
    plugin.json = ReadJson(context, base::JoinPath(plugin.root, "plugin.json"));
    if (plugin.json == nullptr || !plugin.json->root().IsObject()) {
      continue;
    }
    plugin.main = ReadPluginMain(context, *plugin.json, plugin.root);
    plugin.exported = ReadExport(context, app, *member.value, package);
    project.plugins.push_back(std::move(plugin));
  }
}

void ReadPlugins(LoadContext& context, const JsonFile& app) {
  ReadList(context, app, app.root(), PackageId::kMain);
  const Project& project = context.project;
  for (const char* key : {"subPackages", "subpackages"}) {
    const JsonNode* list = app.root().Find(key);
    if (list == nullptr || !list->IsArray()) {
      continue;
    }
    for (const JsonNode* item : list->items) {
      const std::string root =
          base::NormalizePath(TrimSlashes(TextOf(*item, "root")));
      for (size_t i = 1; i < project.packages.size(); ++i) {
        if (item->IsObject() && project.packages[i].root == root) {
          ReadList(context, app, *item, static_cast<PackageId>(i));
        }
      }
    }
  }
}

}  // namespace fcc::project
