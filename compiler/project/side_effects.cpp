// SPDX-License-Identifier: Apache-2.0

#include "compiler/project/side_effects.h"

#include <algorithm>

namespace fcc::project {

static void AddPattern(const base::JsonNode& node,
                       std::vector<std::string>& patterns) {
  if (!node.IsString()) {
    return;
  }
  std::string pattern(node.string);
  if (pattern.starts_with("./")) {
    pattern.erase(0, 2);
  }
  if (pattern.find('/') == std::string::npos) {
    pattern.insert(0, "**/");
  }
  patterns.push_back(std::move(pattern));
}

std::optional<SideEffectsReader::Package> SideEffectsReader::Read(
    const std::string& folder) {
  const std::string path = base::JoinPath(folder, "package.json");
  if (!fs_.IsFile(path)) {
    return std::nullopt;
  }
  Package package{folder, {}};
  base::Result<std::string> text = fs_.ReadFile(path, source::kMaxSourceBytes);
  if (!text) {
    return package;
  }
  const base::JsonDocument document = base::ParseJson(*text);
  if (!document.ok()) {
    return package;
  }
  const base::JsonNode* effects = document.root->Find("sideEffects");
  if (effects == nullptr) {
    return package;
  }
  Said& said = package.said.emplace(Said{});
  said.some = effects->kind != base::JsonKind::kBool ? false : effects->boolean;
  AddPattern(*effects, said.patterns);
  for (const base::JsonNode* item : effects->items) {
    AddPattern(*item, said.patterns);
  }
  return package;
}

const SideEffectsReader::Package* SideEffectsReader::PackageAbove(
    const std::string& folder) {
  const auto known = packages_.find(folder);
  if (known != packages_.end()) {
    return known->second ? &*known->second : nullptr;
  }
  std::optional<Package> found;
  std::string at = folder;
  while (base::BaseName(at) != "node_modules") {
    if ((found = Read(at)) || at == project_.dir) {
      break;
    }
    std::string up(base::DirectoryOf(at));
    if (up.empty() || up == at) {
      break;
    }
    at = std::move(up);
  }
  std::optional<Package>& kept = packages_[folder];
  kept = std::move(found);
  return kept ? &*kept : nullptr;
}

SideEffects SideEffectsReader::Of(std::string_view path) {
  const std::string_view disk = project_.index.DiskPathOf(path);
  if (disk.empty()) {
    return SideEffects::kUnsaid;
  }
  const Package* package = PackageAbove(std::string(base::DirectoryOf(disk)));
  if (package == nullptr || !package->said) {
    return SideEffects::kUnsaid;
  }
  const Said& said = *package->said;
  const std::string_view below = disk.substr(package->folder.size() + 1);
  const bool some =
      said.some || std::any_of(said.patterns.begin(), said.patterns.end(),
                               [&](const std::string& pattern) {
                                 return MatchesGlob(below, pattern);
                               });
  return some ? SideEffects::kSome : SideEffects::kNone;
}

}  // namespace fcc::project
