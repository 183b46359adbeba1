// SPDX-License-Identifier: Apache-2.0
//
// project.config.json (WeChat's and FinClip's name) over
// fide.project.config.json (FinClip's own). project.private.config.json holds
// one developer's settings and is not read: a build must not depend on who runs
// it.

#include <regex>

#include "compiler/project/npm.h"
#include "compiler/project/project_internal.h"

namespace fcc::project {

using base::JsonKind;
using base::JsonNode;
using diagnostics::Kind;

static void ReadPackRules(LoadContext& context, const JsonFile& file,
                          const JsonNode& pack_options, std::string_view key,
                          std::vector<PackRule>& rules) {
  const JsonNode* list =
      Member(context, file, pack_options, key, JsonKind::kArray);
  if (list == nullptr) {
    return;
  }
  for (const JsonNode* item : list->items) {
    const JsonNode* type =
        Member(context, file, *item, "type", JsonKind::kString);
    const JsonNode* value =
        Member(context, file, *item, "value", JsonKind::kString);
    PackRuleKind kind = PackRuleKind::kFile;
    if (type == nullptr || value == nullptr ||
        !ParsePackRuleKind(type->string, kind)) {
      context.sink.Report(Kind::kPackRule,
                          file.At(type == nullptr ? *item : *type));
      continue;
    }
    PackRule rule = MakePackRule(kind, value->string);
    if (kind == PackRuleKind::kRegExp) {
      try {
        std::regex check(rule.value, std::regex::icase);
      } catch (const std::regex_error&) {
        context.sink.Report(Kind::kPackRegExp, file.At(*value),
                            std::string(value->string));
        continue;
      }
    }
    rules.push_back(std::move(rule));
  }
}

static std::string StringMember(LoadContext& context, const JsonFile& file,
                                std::string_view key) {
  const JsonNode* node =
      Member(context, file, file.root(), key, JsonKind::kString);
  return node == nullptr ? "" : std::string(node->string);
}

static void ReadNpmRelations(LoadContext& context, const JsonFile& file) {
  const JsonNode* setting =
      Member(context, file, file.root(), "setting", JsonKind::kObject);
  if (setting == nullptr) {
    return;
  }
  const JsonNode* manually =
      Member(context, file, *setting, "packNpmManually", JsonKind::kBool);
  const JsonNode* list =
      Member(context, file, *setting, "packNpmRelationList", JsonKind::kArray);
  if (manually == nullptr || !manually->boolean || list == nullptr) {
    return;
  }
  context.project.npm_relations.clear();
  for (const JsonNode* item : list->items) {
    const JsonNode* package_json =
        Member(context, file, *item, "packageJsonPath", JsonKind::kString);
    const JsonNode* output = Member(context, file, *item,
                                    "miniprogramNpmDistDir", JsonKind::kString);
    if (package_json != nullptr && output != nullptr) {
      context.project.npm_relations.push_back(
          {TrimSlashes(package_json->string), TrimSlashes(output->string)});
    }
  }
}

static void ReadTransforms(LoadContext& context, const JsonFile& file) {
  const JsonNode* setting =
      Member(context, file, file.root(), "setting", JsonKind::kObject);
  if (setting == nullptr) {
    return;
  }
  for (const char* key : {"es6", "enhance"}) {
    const JsonNode* value =
        Member(context, file, *setting, key, JsonKind::kBool);
    context.project.transforms_scripts |= value != nullptr && value->boolean;
  }
}

static void Apply(LoadContext& context, const JsonFile& file) {
  Project& project = context.project;
  auto take = [](std::string& into, std::string value) {
    if (!value.empty()) {
      into = std::move(value);
    }
  };
  take(project.app_id, StringMember(context, file, "appid"));
  take(project.name, StringMember(context, file, "projectname"));
  ReadNpmRelations(context, file);
  ReadTransforms(context, file);
  std::string type = StringMember(context, file, "compileType");
  if (type == "plugin") {
    project.type = CompileType::kPlugin;
  } else if (type == "game" || type == "miniGame") {
    project.type = CompileType::kGame;
  }
  if (const JsonNode* root = file.root().Find("miniprogramRoot")) {
    context.miniprogram_root_location = file.At(*root);
  }
  if (const JsonNode* pack = Member(context, file, file.root(), "packOptions",
                                    JsonKind::kObject)) {
    ReadPackRules(context, file, *pack, "ignore", project.pack_options.ignore);
    ReadPackRules(context, file, *pack, "include",
                  project.pack_options.include);
  }
}

static constexpr const char* kNames[] = {"fide.project.config.json",
                                         "project.config.json"};

// The root decides how the paths of the very files that name it are shown, so
// it is read before them. The last file that names one wins.
static std::string FindMiniprogramRoot(LoadContext& context) {
  std::string root;
  std::string plugin_root;
  for (const char* name : kNames) {
    base::Result<std::string> text =
        context.fs.ReadFile(base::JoinPath(context.project.dir, name));
    if (!text) {
      continue;
    }
    base::JsonDocument document = base::ParseJson(*text);
    const JsonNode* node = document.root->Find("miniprogramRoot");
    if (node != nullptr && !node->StringOr("").empty()) {
      root = std::string(node->string);
    }
    const JsonNode* type = document.root->Find("compileType");
    const JsonNode* plugin = document.root->Find("pluginRoot");
    if (plugin == nullptr || TrimSlashes(plugin->StringOr("")).empty()) {
      continue;
    }
    context.plugin_root =
        base::JoinPath(context.project.dir, TrimSlashes(plugin->string));
    if (type != nullptr && type->StringOr("") == "plugin") {
      plugin_root = std::string(plugin->string);
    }
  }
  // A plugin's project often holds an app to try it in; that is named by
  // miniprogramRoot and is what commands are about, unless they name the folder
  // of the plugin.
  if (root.empty()) {
    root = plugin_root;
  }
  // FinClip's own tool makes a blank page of "/": here it is the project.
  root = TrimSlashes(root);
  return root.empty() ? root : base::NormalizePath(root);
}

void ReadProjectConfig(LoadContext& context) {
  Project& project = context.project;
  project.miniprogram_root = FindMiniprogramRoot(context);
  project.root = base::JoinPath(context.project.dir, project.miniprogram_root);
  for (const char* name : kNames) {
    std::string path = base::JoinPath(context.project.dir, name);
    if (!context.fs.IsFile(path)) {
      continue;
    }
    if (const JsonFile* file =
            ReadJsonAt(context, path, FromRoot(project, name))) {
      Apply(context, *file);
    }
  }
}

Project ReadNpmSettings(base::FileSystem& fs, std::string_view dir) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  Project project;
  project.dir = std::string(dir);
  LoadContext context{fs, sources, sink, project, {}, {}};
  ReadProjectConfig(context);
  Project settings;
  settings.dir = project.dir;
  settings.root = project.root;
  settings.npm_relations = project.npm_relations;
  return settings;
}

}  // namespace fcc::project
