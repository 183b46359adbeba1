// SPDX-License-Identifier: Apache-2.0

#include "compiler/project/npm_entries.h"

namespace fcc::project {

using base::JsonMember;
using base::JsonNode;

// Conditions of `exports` that hold here. Both ways to ask do: the compiler
// takes both kinds of modules.
static bool Holds(std::string_view condition) {
  return condition == "browser" || condition == "require" ||
         condition == "import" || condition == "module" ||
         condition == "default";
}

// A target of `exports`: text, the first of a list that fits, or conditions in
// their order. `rest` is what `*` stood for.
static void AddTargets(const JsonNode& target, std::string_view rest,
                       std::vector<std::string>& found) {
  if (target.IsString()) {
    std::string path(target.string);
    if (const size_t star = path.find('*'); star != std::string::npos) {
      path.replace(star, 1, rest);
    }
    found.push_back(std::move(path));
  }
  for (const JsonNode* item : target.items) {
    AddTargets(*item, rest, found);
  }
  for (const JsonMember& member : target.members) {
    if (Holds(member.key)) {
      AddTargets(*member.value, rest, found);
    }
  }
}

std::vector<std::string> ExportEntries(const JsonNode& package_json,
                                       std::string_view subpath) {
  std::vector<std::string> found;
  const JsonNode* exports = package_json.Find("exports");
  if (exports == nullptr) {
    return found;
  }
  const bool has_subpaths =
      !exports->members.empty() && exports->members[0].key.starts_with('.');
  if (!has_subpaths) {
    if (subpath == ".") {
      AddTargets(*exports, {}, found);
    }
    return found;
  }
  if (const JsonNode* exact = exports->Find(subpath)) {
    AddTargets(*exact, {}, found);
    return found;
  }
  // The longest text in front of the `*` wins.
  const JsonMember* best = nullptr;
  std::string_view best_rest;
  for (const JsonMember& member : exports->members) {
    const size_t star = member.key.find('*');
    if (star == std::string_view::npos) {
      continue;
    }
    const std::string_view before = member.key.substr(0, star);
    const std::string_view after = member.key.substr(star + 1);
    if (subpath.size() < before.size() + after.size() ||
        !subpath.starts_with(before) || !subpath.ends_with(after) ||
        (best != nullptr && best->key.find('*') >= star)) {
      continue;
    }
    best = &member;
    best_rest = subpath.substr(before.size(),
                               subpath.size() - before.size() - after.size());
  }
  if (best != nullptr) {
    AddTargets(*best->value, best_rest, found);
  }
  return found;
}

std::vector<std::string> MainEntries(const JsonNode& package_json) {
  std::vector<std::string> entries;
  const auto add = [&](std::string_view key) {
    const JsonNode* node = package_json.Find(key);
    if (node != nullptr && node->IsString() && !node->string.empty()) {
      entries.emplace_back(node->string);
    }
  };
  add("main");
  for (std::string& entry : ExportEntries(package_json, ".")) {
    entries.push_back(std::move(entry));
  }
  add("browser");
  add("module");
  entries.emplace_back("index.js");
  return entries;
}

std::vector<std::pair<std::string, std::string>> BrowserReplacements(
    const JsonNode& package_json) {
  std::vector<std::pair<std::string, std::string>> replacements;
  if (const JsonNode* browser = package_json.Find("browser")) {
    for (const JsonMember& member : browser->members) {
      if (member.value->IsString() || !member.value->BoolOr(true)) {
        replacements.emplace_back(member.key, member.value->StringOr(""));
      }
    }
  }
  return replacements;
}

}  // namespace fcc::project
