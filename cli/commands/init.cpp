// SPDX-License-Identifier: Apache-2.0
//
// `fcc init DIR`: a project that builds, checks and runs as it comes.

#include <algorithm>
#include <set>

#include "cli/commands/command.h"
#include "cli/commands/settings_schema.h"
#include "cli/commands/templates.h"
#include "runtime/base/counted.h"
#include "runtime/base/json.h"

namespace fcc::commands {

static constexpr Positional kPositionals[] = {
    {"DIR",
     {"folder to make; an empty one may be there",
      "要创建的目录；可以是已存在的空目录"},
     PositionalUse::kRequired},
};

static constexpr Flag kFlags[] = {
    {.name = "template",
     .kind = FlagKind::kChoice,
     .help = {"what to start from: JavaScript or TypeScript",
              "模板：JavaScript 或 TypeScript"},
     .value = "NAME",
     .fallback = "native",
     .choices = "native|native-ts",
     .letter = 't'},
    {.name = "name",
     .kind = FlagKind::kText,
     .help = {"name of the mini program; the folder's by default",
              "小程序名称，默认为目录名"},
     .value = "NAME"},
    {.name = "app-id",
     .kind = FlagKind::kText,
     .help = {"its id on the platform; may follow later",
              "平台上的小程序 ID，可稍后填写"},
     .value = "ID"},
};

static constexpr Example kExamples[] = {
    {"fcc init shop", {}},
    {"fcc init shop --template native-ts --app-id fc2316", {}},
};

const CommandSpec kInitSpec = {
    .name = "init",
    .summary = {"start a project that builds, checks and runs as it comes",
                "创建一个可直接构建、检查和运行的项目"},
    .positionals = kPositionals,
    .flags = kFlags,
    .examples = kExamples,
};

struct Words {
  std::string name;
  std::string app_id;
  std::string package_name;
};

// npm allows lower case, digits and dashes; anything else becomes a dash.
static std::string PackageNameOf(std::string_view name) {
  std::string out;
  for (char letter : name) {
    const char lower = letter >= 'A' && letter <= 'Z'
                           ? static_cast<char>(letter + 32)
                           : letter;
    const bool fits =
        (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9');
    if (fits) {
      out += lower;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  while (!out.empty() && out.back() == '-') {
    out.pop_back();
  }
  return out.empty() ? "mini-program" : out;
}

// The text of a JSON string, for what stands between quotes in a template.
static std::string Quoted(std::string_view text) {
  std::string json;
  base::AppendJsonString(json, text);
  return json.substr(1, json.size() - 2);
}

static std::string Fill(std::string_view path, std::string_view text,
                        const Words& words) {
  const bool is_json = path.ends_with(".json");
  const std::pair<std::string_view, std::string> replacements[] = {
      {"__NAME__", is_json ? Quoted(words.name) : words.name},
      {"__APP_ID__", Quoted(words.app_id)},
      {"__PACKAGE_NAME__", words.package_name},
  };
  std::string out(text);
  for (const auto& [mark, value] : replacements) {
    for (size_t at = 0; (at = out.find(mark, at)) != std::string::npos;
         at += value.size()) {
      out.replace(at, mark.size(), value);
    }
  }
  return out;
}

static void ShowNext(ToolEnv& env, const std::string& folder,
                     std::string_view name, size_t files) {
  env.out.Write(env.Format({"made {0} from the template {1} ({3})\n",
                            "已用模板 {1} 创建 {0}（{2} 个文件）\n"},
                           folder, name, files, base::Counted(files, "file")));
  if (env.quiet) {
    return;
  }
  env.out.Print("\n  cd {}\n", folder);
  env.out.Write(env.Say(
      {"  fcc build      compile into dist/\n"
       "  fcc check      errors, and what a FinClip host does not have\n"
       "  fcc run        run the scenarios in tests/\n"
       "  fcc publish    send it to a platform\n",
       "  fcc build      编译到 dist/\n"
       "  fcc check      检查错误以及 FinClip 宿主不支持的用法\n"
       "  fcc run        在模拟器中运行 tests/ 下的场景测试\n"
       "  fcc publish    发布到平台\n"}));
}

int RunInit(ToolEnv& env, const Arguments& arguments) {
  const std::string folder = env.Resolve(arguments.Positional(0));
  const auto present = env.fs.List(folder);
  // What git leaves in a fresh clone is no content.
  if (present && std::any_of(present->begin(), present->end(),
                             [](const base::DirectoryEntry& entry) {
                               return entry.name != ".git";
                             })) {
    return env.Fail({base::ErrorKind::kExists,
                     env.Format({"`{}` is not empty; name a new folder",
                                 "`{}` 不是空目录，请指定一个新目录"},
                                env.Show(folder))});
  }
  if (env.fs.IsFile(folder)) {
    return env.Fail(
        {base::ErrorKind::kExists,
         env.Format({"`{}` is a file", "`{}` 是一个文件"}, env.Show(folder))});
  }
  Words words;
  words.name = arguments.Get("name");
  if (words.name.empty()) {
    words.name = base::BaseName(folder);
  }
  words.app_id = arguments.Get("app-id");
  words.package_name = PackageNameOf(words.name);
  const std::string name = arguments.Get("template");
  size_t files = 0;
  for (const TemplateFile& file : TemplateFiles()) {
    if (file.name != name) {
      continue;
    }
    const auto written = env.fs.WriteFile(base::JoinPath(folder, file.path),
                                          Fill(file.path, file.text, words));
    if (!written) {
      return env.Fail(written.error());
    }
    ++files;
  }
  const auto written =
      env.fs.WriteFile(base::JoinPath(folder, ".fcc/config.schema.json"),
                       SettingsSchema(env.language));
  if (!written) {
    return env.Fail(written.error());
  }
  ShowNext(env, env.Show(folder), name, files + 1);
  return tool_env::kExitOk;
}

}  // namespace fcc::commands
