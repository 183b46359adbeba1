// SPDX-License-Identifier: Apache-2.0

#include "compiler/project/project_internal.h"

namespace fcc::project {

// `babel.config.js`, `gulpfile.js`, `.eslintrc.json`: what of package.json is
// there for tools is named in these.
static bool IsToolSettings(std::string_view name) {
  const std::string_view extension = base::ExtensionOf(name);
  const bool is_script = extension == ".js" || extension == ".cjs" ||
                         extension == ".mjs" || extension == ".ts";
  return (is_script && name.find(".config.") != std::string_view::npos) ||
         (is_script &&
          (name.starts_with("gulpfile.") || name.starts_with("Gruntfile."))) ||
         (name.starts_with('.') && name.find("rc") != std::string_view::npos);
}

// True when there is one. Read is what asks for packages.
static bool AddPackageJson(LoadContext& context, const std::string& folder,
                           bool below_root) {
  base::Result<std::string> text = context.fs.ReadFile(
      base::JoinPath(folder, "package.json"), source::kMaxSourceBytes);
  if (!text) {
    return false;
  }
  const base::JsonDocument document = base::ParseJson(*text);
  const base::JsonNode* dependencies = document.root->Find("dependencies");
  if (!document.ok() || dependencies == nullptr ||
      dependencies->members.empty()) {
    return true;
  }
  const auto shown = [&](std::string_view name) {
    return below_root ? std::string(name) : FromRoot(context.project, name);
  };
  ReadJsonAt(context, base::JoinPath(folder, "package.json"),
             shown("package.json"));
  base::Result<std::vector<base::DirectoryEntry>> entries =
      context.fs.List(folder);
  if (!entries) {
    return true;
  }
  for (const base::DirectoryEntry& entry : *entries) {
    if (entry.kind != base::FileKind::kFile || !IsToolSettings(entry.name)) {
      continue;
    }
    base::Result<std::string> settings = context.fs.ReadFile(
        base::JoinPath(folder, entry.name), source::kMaxSourceBytes);
    if (settings) {
      context.sources.Add(shown(entry.name), std::move(*settings));
    }
  }
  return true;
}

void ReadPackageJson(LoadContext& context) {
  const Project& project = context.project;
  if (!AddPackageJson(context, project.root, true) &&
      !project.miniprogram_root.empty()) {
    AddPackageJson(context, project.dir, false);
  }
}

}  // namespace fcc::project
