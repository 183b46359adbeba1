// SPDX-License-Identifier: Apache-2.0

#include "cli/tool_env/settings_file.h"

#include <algorithm>

#include "compiler/diagnostics/diagnostic.h"

namespace fcc::tool_env {

static constexpr std::string_view kFileName = "fcc.config.json";

std::string FindSettingsFile(base::FileSystem& fs, std::string_view folder) {
  while (true) {
    std::string path = base::JoinPath(folder, kFileName);
    if (fs.IsFile(path)) {
      return path;
    }
    const std::string_view parent = base::DirectoryOf(folder);
    if (parent == folder || parent.empty()) {
      return "";
    }
    folder = parent;
  }
}

std::string ReadProjectKey(base::FileSystem& fs, std::string_view folder,
                           std::string_view key) {
  auto text = fs.ReadFile(base::JoinPath(folder, "project.config.json"));
  if (!text) {
    return "";
  }
  const base::JsonDocument document = base::ParseJson(*text);
  const base::JsonNode* node = document.root->Find(key);
  return node == nullptr ? "" : std::string(node->StringOr(""));
}

// `dryRun` → `dry-run`.
static std::string KebabOf(std::string_view key) {
  std::string result;
  for (char letter : key) {
    if (letter >= 'A' && letter <= 'Z') {
      result += '-';
      result += static_cast<char>(letter + 32);
    } else {
      result += letter;
    }
  }
  return result;
}

static const Flag* FindKey(std::span<const Flag> flags, std::string_view key) {
  const std::string name = KebabOf(key);
  for (const Flag& flag : flags) {
    if (flag.name == name && flag.use != FlagUse::kHidden) {
      return &flag;
    }
  }
  return nullptr;
}

static void AddNames(std::span<const Flag> flags,
                     std::vector<std::string_view>& names) {
  for (const Flag& flag : flags) {
    if (flag.use != FlagUse::kHidden) {
      names.push_back(flag.name);
    }
  }
}

base::Error SettingsFile::Wrong(base::Span span, std::string_view en,
                                std::string_view zh) const {
  const std::string_view before = std::string_view(text_).substr(0, span.begin);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const size_t start = before.rfind('\n');
  const size_t column =
      before.size() - (start == std::string_view::npos ? 0 : start + 1) + 1;
  return {base::ErrorKind::kCorrupt,
          base::format("{}:{}:{}: {}", shown_path(), line, column,
                       Text{en, zh}.In(language_))};
}

base::Error SettingsFile::UnknownKey(
    const base::JsonMember& member, std::string_view section,
    const std::vector<std::string_view>& known) const {
  const std::string_view near =
      diagnostics::NearestWord(KebabOf(member.key), known);
  const std::string shown = section.empty()
                                ? std::string(member.key)
                                : base::format("{}.{}", section, member.key);
  if (near.empty()) {
    return Wrong(member.key_span, base::format("unknown setting `{}`", shown),
                 base::format("未知设置 `{}`", shown));
  }
  return Wrong(
      member.key_span,
      base::format("unknown setting `{}`; did you mean `{}`?", shown, near),
      base::format("未知设置 `{}`，是否想写 `{}`？", shown, near));
}

base::Status SettingsFile::Read(const CommandSpec& spec,
                                const SettingsSections& sections,
                                const Take& take) {
  FCC_TRY_ASSIGN(text_, env_.fs.ReadFile(path_));
  const base::JsonDocument document = base::ParseJson(text_);
  if (!document.ok()) {
    const base::JsonError& error = document.errors.front();
    return Wrong(error.span, error.message, error.message);
  }
  if (!document.root->IsObject()) {
    return Wrong(document.root->span, "settings are an object: {…}",
                 "设置必须是一个对象：{…}");
  }
  FCC_TRY(ReadTop(*document.root, spec, sections, take));
  const base::JsonNode* section = document.root->Find(spec.name);
  return section == nullptr ? base::Status()
                            : ReadSection(*section, spec, take);
}

base::Status SettingsFile::ReadTop(const base::JsonNode& root,
                                   const CommandSpec& spec,
                                   const SettingsSections& sections,
                                   const Take& take) {
  for (const base::JsonMember& member : root.members) {
    if (member.key == "$schema" || member.key == spec.name) {
      continue;
    }
    if (const Flag* flag = FindKey(CommonFlags(), member.key)) {
      FCC_TRY(ReadValue(*flag, *member.value, member.key, take));
      continue;
    }
    const bool is_section = std::find(sections.begin(), sections.end(),
                                      member.key) != sections.end();
    if (!is_section && !sections.empty()) {
      std::vector<std::string_view> known = sections;
      AddNames(CommonFlags(), known);
      return UnknownKey(member, "", known);
    }
  }
  return {};
}

base::Status SettingsFile::ReadSection(const base::JsonNode& section,
                                       const CommandSpec& spec,
                                       const Take& take) {
  if (!section.IsObject()) {
    return Wrong(
        section.span,
        base::format("the settings of `{}` are an object: {{…}}", spec.name),
        base::format("`{}` 的设置必须是一个对象：{{…}}", spec.name));
  }
  for (const base::JsonMember& member : section.members) {
    const Flag* flag = FindKey(spec.flags, member.key);
    if (flag == nullptr) {
      flag = FindKey(CommonFlags(), member.key);
    }
    if (flag == nullptr) {
      std::vector<std::string_view> known;
      AddNames(spec.flags, known);
      AddNames(CommonFlags(), known);
      return UnknownKey(member, spec.name, known);
    }
    FCC_TRY(ReadValue(*flag, *member.value,
                      base::format("{}.{}", spec.name, member.key), take));
  }
  return {};
}

base::Status SettingsFile::ReadValue(const Flag& flag,
                                     const base::JsonNode& node,
                                     std::string_view place, const Take& take) {
  std::string value;
  if (flag.kind == FlagKind::kJson) {
    base::AppendJson(value, node);
  } else if (node.IsArray() && flag.use == FlagUse::kRepeated) {
    for (const base::JsonNode* item : node.items) {
      FCC_TRY(ReadValue(flag, *item, place, take));
    }
    return {};
  } else if (node.IsString() && flag.kind == FlagKind::kPath) {
    value = base::JoinPath(base::DirectoryOf(path_), node.string);
  } else if (node.IsString()) {
    value = std::string(node.string);
  } else if (node.IsBool() && flag.kind == FlagKind::kSwitch) {
    value = node.boolean ? "true" : "false";
  } else if (node.IsNumber() && flag.kind == FlagKind::kNumber) {
    value = base::NumberToString(node.number);
  } else {
    return Wrong(
        node.span,
        base::format("`{}` cannot be {}", place, base::JsonKindName(node.kind)),
        base::format("`{}` 的类型不能是 {}", place,
                     base::JsonKindName(node.kind)));
  }
  const base::Status taken = take(flag, value, place);
  return taken.ok()
             ? taken
             : Wrong(node.span, taken.error().message, taken.error().message);
}

}  // namespace fcc::tool_env
