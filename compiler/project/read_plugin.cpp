// SPDX-License-Identifier: Apache-2.0
//
// plugin.json: what a plugin offers to the apps that use it. Its
// `publicComponents` and `pages` are named paths without extensions, `main` is
// the script that requirePlugin() gives.

#include "compiler/project/project_internal.h"

namespace fcc::project {

using base::JsonKind;
using base::JsonMember;
using base::JsonNode;
using diagnostics::Kind;

std::string ReadPluginMain(LoadContext& context, const JsonFile& file,
                           const std::string& root) {
  const FileIndex& index = context.project.index;
  const JsonNode* main =
      Member(context, file, file.root(), "main", JsonKind::kString);
  if (main == nullptr || main->string.empty()) {
    return {};
  }
  const std::string path =
      base::JoinPath(root, TrimSlashes(base::NormalizePath(main->string)));
  std::string script = index.Has(path) ? path : FindScript(index, path);
  if (script.empty()) {
    auto report =
        context.sink.Report(Kind::kFileNamedMissing, file.At(*main), path);
    const std::string_view near = index.Nearest(path);
    if (!near.empty()) {
      report.Note(diagnostics::DidYouMean(near));
    }
  }
  return script;
}

std::vector<NamedPath> PluginParts(LoadContext& context, const JsonFile& file,
                                   std::string_view key,
                                   const std::string& root) {
  std::vector<NamedPath> parts;
  const JsonNode* list =
      Member(context, file, file.root(), key, JsonKind::kObject);
  if (list == nullptr) {
    return parts;
  }
  for (const JsonMember& member : list->members) {
    const std::string path =
        TrimSlashes(base::NormalizePath(member.value->StringOr("")));
    if (path.empty()) {
      context.sink.Report(Kind::kConfigType, file.At(*member.value), member.key,
                          "a path", WithArticle(member.value->kind));
      continue;
    }
    parts.push_back({std::string(member.key), base::JoinPath(root, path),
                     file.At(*member.value)});
  }
  return parts;
}

void ReadPlugin(LoadContext& context) {
  Project& project = context.project;
  const JsonFile* file = ReadJson(context, "plugin.json");
  if (file == nullptr) {
    return;
  }
  if (!file->root().IsObject()) {
    if (file->document.ok()) {
      context.sink.Report(Kind::kConfigType, file->At(file->root()),
                          "plugin.json", "an object",
                          WithArticle(file->root().kind));
    }
    return;
  }
  project.type = CompileType::kPlugin;
  project.plugin_json = file;
  Package package;
  package.name = "plugin";
  package.location = file->At(file->root());
  project.packages.push_back(std::move(package));
  project.app_script = ReadPluginMain(context, *file, "");
}

}  // namespace fcc::project
