// SPDX-License-Identifier: Apache-2.0
//
// project.config.json (WeChat's and FinClip's name) over
// fide.project.config.json (FinClip's own). project.private.config.json holds
// one developer's settings and is not read: a build must not depend on who runs
// it.

#include <regex>

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

static void Apply(LoadContext& context, const JsonFile& file,
                  std::string& source_root) {
  Project& project = context.project;
  auto take = [](std::string& into, std::string value) {
    if (!value.empty()) {
      into = std::move(value);
    }
  };
  take(project.app_id, StringMember(context, file, "appid"));
  take(project.name, StringMember(context, file, "projectname"));
  std::string type = StringMember(context, file, "compileType");
  if (type == "plugin") {
    project.type = CompileType::kPlugin;
  } else if (type == "game" || type == "miniGame") {
    project.type = CompileType::kGame;
  }
  take(source_root, StringMember(context, file, "miniprogramRoot"));
  if (const JsonNode* pack = Member(context, file, file.root(), "packOptions",
                                    JsonKind::kObject)) {
    ReadPackRules(context, file, *pack, "ignore", project.pack_options.ignore);
    ReadPackRules(context, file, *pack, "include",
                  project.pack_options.include);
  }
}

void ReadProjectConfig(LoadContext& context) {
  Project& project = context.project;
  std::string source_root;
  for (const char* name : {"fide.project.config.json", "project.config.json"}) {
    std::string path = base::JoinPath(context.options.dir, name);
    if (!context.fs.IsFile(path)) {
      continue;
    }
    if (const JsonFile* file = ReadJsonAt(context, path, name)) {
      Apply(context, *file, source_root);
    }
  }
  // FinClip's own tool makes a blank page of "/": here it is the project.
  project.shown_prefix = TrimSlashes(source_root);
  project.root = base::JoinPath(context.options.dir, project.shown_prefix);
}

}  // namespace fcc::project
