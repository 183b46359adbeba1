// SPDX-License-Identifier: Apache-2.0

#include "cli/tool_env/command_line.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "cli/tool_env/settings_file.h"
#include "compiler/diagnostics/diagnostic.h"

namespace fcc::tool_env {

static constexpr Flag kCommonFlags[] = {
    {.name = "config",
     .kind = FlagKind::kPath,
     .help = {"settings file, in place of the nearest fcc.config.json",
              "设置文件，默认为最近的 fcc.config.json"},
     .value = "FILE"},
    {.name = "lang",
     .kind = FlagKind::kChoice,
     .help = {"language of messages", "提示信息的语言"},
     .choices = "en|zh"},
    {.name = "color",
     .kind = FlagKind::kChoice,
     .help = {"colours on a terminal; NO_COLOR is honoured",
              "是否使用颜色；遵守 NO_COLOR"},
     .value = "WHEN",
     .fallback = "auto",
     .choices = "auto|always|never"},
    {.name = "jobs",
     .kind = FlagKind::kNumber,
     .help = {"threads; all cores by default", "线程数，默认使用全部核心"},
     .value = "N",
     .letter = 'j'},
    {.name = "quiet",
     .help = {"say nothing but problems", "只输出问题"},
     .letter = 'q'},
    {.name = "verbose",
     .help = {"say more on what is done", "输出更多过程信息"},
     .letter = 'v'},
    {.name = "help", .help = {"show this text", "显示帮助"}, .letter = 'h'},
};

std::span<const Flag> CommonFlags() {
  return kCommonFlags;
}

static const Flag* FindFlag(const CommandSpec& spec, std::string_view name) {
  for (std::span<const Flag> flags : {spec.flags, CommonFlags()}) {
    for (const Flag& flag : flags) {
      if (flag.name == name) {
        return &flag;
      }
    }
  }
  return nullptr;
}

static const Flag* FindLetter(const CommandSpec& spec, char letter) {
  for (std::span<const Flag> flags : {spec.flags, CommonFlags()}) {
    for (const Flag& flag : flags) {
      if (flag.letter == letter) {
        return &flag;
      }
    }
  }
  return nullptr;
}

const Flag& Arguments::Find(std::string_view flag) const {
  const Flag* found = FindFlag(*spec_, flag);
  FCC_CHECK(found != nullptr);
  return *found;
}

bool Arguments::Has(std::string_view flag) const {
  const Flag& row = Find(flag);
  FCC_CHECK(row.kind == FlagKind::kSwitch);
  auto found = values_.find(flag);
  return (found != values_.end() ? std::string_view(found->second.values.back())
                                 : row.fallback) == "true";
}

std::string Arguments::Get(std::string_view flag) const {
  const Flag& row = Find(flag);
  FCC_CHECK(row.kind != FlagKind::kSwitch && row.kind != FlagKind::kNumber);
  auto found = values_.find(flag);
  return found != values_.end() ? found->second.values.back()
                                : std::string(row.fallback);
}

std::vector<std::string> Arguments::GetAll(std::string_view flag) const {
  FCC_CHECK(Find(flag).use == FlagUse::kRepeated);
  auto found = values_.find(flag);
  return found != values_.end() ? found->second.values
                                : std::vector<std::string>();
}

static std::optional<int> ReadNumber(std::string_view text) {
  int value = 0;
  auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) {
    return std::nullopt;
  }
  return value;
}

std::optional<int> Arguments::Number(std::string_view flag) const {
  const Flag& row = Find(flag);
  FCC_CHECK(row.kind == FlagKind::kNumber);
  auto found = values_.find(flag);
  return ReadNumber(found != values_.end() ? found->second.values.back()
                                           : std::string(row.fallback));
}

Origin Arguments::OriginOf(std::string_view flag) const {
  auto found = values_.find(Find(flag).name);
  return found == values_.end() ? Origin::kFallback : found->second.origin;
}

std::string Arguments::Positional(size_t index,
                                  std::string_view fallback) const {
  return index < positionals_.size() ? positionals_[index]
                                     : std::string(fallback);
}

std::vector<std::string> SplitChoices(std::string_view choices) {
  std::vector<std::string> parts;
  while (!choices.empty()) {
    const size_t bar = choices.find('|');
    parts.emplace_back(choices.substr(0, bar));
    choices = bar == std::string_view::npos ? std::string_view()
                                            : choices.substr(bar + 1);
  }
  return parts;
}

class CommandLineParser {
 public:
  CommandLineParser(const ToolEnv& env, const CommandSpec& spec,
                    const SettingsSections& sections)
      : env_(env),
        sections_(sections),
        language_(env.language),
        parsed_{Arguments(spec)} {}

  base::Result<ParsedCommandLine> Parse(std::span<const std::string> words) {
    parsed_.arguments.words_.assign(words.begin(), words.end());
    FCC_TRY(ReadWords(words));
    if (parsed_.help) {
      return std::move(parsed_);
    }
    FCC_TRY(CheckPositionals());
    FCC_TRY(ReadVariables());
    FCC_TRY(ReadSettingsFiles());
    return std::move(parsed_);
  }

  base::Result<Arguments> ParseSettings() {
    FCC_TRY(ReadVariables());
    FCC_TRY(ReadSettingsFiles());
    return std::move(parsed_.arguments);
  }

 private:
  const CommandSpec& spec() const { return *parsed_.arguments.spec_; }

  base::Error Wrong(std::string_view en, std::string_view zh) const {
    return {base::ErrorKind::kUnsupported,
            std::string(Text{en, zh}.In(language_))};
  }

  base::Status ReadWords(std::span<const std::string> words) {
    for (size_t at = 0; at < words.size(); ++at) {
      std::string_view word = words[at];
      if (word == "--") {
        for (++at; at < words.size(); ++at) {
          parsed_.arguments.positionals_.push_back(words[at]);
        }
        break;
      }
      if (word.size() < 2 || word[0] != '-') {
        parsed_.arguments.positionals_.emplace_back(word);
      } else if (word[1] == '-') {
        FCC_TRY(ReadLong(word.substr(2), words, at));
      } else {
        FCC_TRY(ReadShort(word.substr(1), words, at));
      }
    }
    return {};
  }

  // `--name`, `--name=value`, `--name value`, `--no-name`.
  base::Status ReadLong(std::string_view word,
                        std::span<const std::string> words, size_t& at) {
    const size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    const Flag* flag = FindFlag(spec(), name);
    if (flag == nullptr && name.starts_with("no-")) {
      const Flag* denied = FindFlag(spec(), name.substr(3));
      if (denied != nullptr && denied->kind == FlagKind::kSwitch &&
          equals == std::string_view::npos) {
        return Take(*denied, "false", Origin::kFlag);
      }
    }
    if (flag == nullptr || flag->use == FlagUse::kConfigOnly) {
      return UnknownFlag(name);
    }
    if (equals != std::string_view::npos) {
      return Take(*flag, word.substr(equals + 1), Origin::kFlag);
    }
    return TakeNext(*flag, words, at);
  }

  // `-o value`, `-ovalue`, `-qv`.
  base::Status ReadShort(std::string_view letters,
                         std::span<const std::string> words, size_t& at) {
    while (!letters.empty()) {
      const Flag* flag = FindLetter(spec(), letters[0]);
      if (flag == nullptr) {
        const std::string shown = base::format("-{}", letters.substr(0, 1));
        return Wrong(base::format("unknown flag `{}`", shown),
                     base::format("未知参数 `{}`", shown));
      }
      letters.remove_prefix(1);
      if (flag->kind != FlagKind::kSwitch && !letters.empty()) {
        return Take(*flag, letters, Origin::kFlag);
      }
      FCC_TRY(TakeNext(*flag, words, at));
    }
    return {};
  }

  base::Status TakeNext(const Flag& flag, std::span<const std::string> words,
                        size_t& at) {
    if (flag.name == "help") {
      parsed_.help = true;
      return {};
    }
    if (flag.kind == FlagKind::kSwitch) {
      return Take(flag, "true", Origin::kFlag);
    }
    if (at + 1 >= words.size()) {
      return Wrong(base::format("flag `--{}` needs a value", flag.name),
                   base::format("参数 `--{}` 缺少值", flag.name));
    }
    return Take(flag, words[++at], Origin::kFlag);
  }

  base::Error UnknownFlag(std::string_view name) const {
    std::vector<std::string_view> names;
    for (std::span<const Flag> flags : {spec().flags, CommonFlags()}) {
      for (const Flag& flag : flags) {
        if (flag.use != FlagUse::kHidden && flag.use != FlagUse::kConfigOnly) {
          names.push_back(flag.name);
        }
      }
    }
    const std::string_view near = diagnostics::NearestWord(name, names);
    if (near.empty()) {
      return Wrong(base::format("unknown flag `--{}`", name),
                   base::format("未知参数 `--{}`", name));
    }
    return Wrong(
        base::format("unknown flag `--{}`; did you mean `--{}`?", name, near),
        base::format("未知参数 `--{}`，是否想写 `--{}`？", name, near));
  }

  // Checks the value and keeps it, unless a stronger origin gave one already.
  base::Status Take(const Flag& flag, std::string_view value, Origin origin,
                    std::string_view shown_as = {}) {
    const std::string shown = shown_as.empty() ? base::format("--{}", flag.name)
                                               : std::string(shown_as);
    switch (flag.kind) {
      case FlagKind::kSwitch:
        if (value == "1" || value == "yes" || value == "on") {
          value = "true";
        } else if (value == "0" || value == "no" || value == "off") {
          value = "false";
        } else if (value != "true" && value != "false") {
          return Wrong(
              base::format("`{}` takes true or false, not `{}`", shown, value),
              base::format("`{}` 只接受 true 或 false，而不是 `{}`", shown,
                           value));
        }
        break;
      case FlagKind::kNumber:
        if (!ReadNumber(value)) {
          return Wrong(
              base::format("`{}` takes a whole number, not `{}`", shown, value),
              base::format("`{}` 需要整数，而不是 `{}`", shown, value));
        }
        break;
      case FlagKind::kChoice: {
        FCC_TRY(CheckChoice(flag, value, shown));
        if (flag.name == "lang") {
          language_ = value == "zh" ? Language::kChinese : Language::kEnglish;
        }
        break;
      }
      case FlagKind::kText:
      case FlagKind::kPath:
      case FlagKind::kJson:
        break;
    }
    Arguments::Values& kept = parsed_.arguments.values_[std::string(flag.name)];
    if (!kept.values.empty() && kept.origin > origin) {
      return {};
    }
    if (flag.use != FlagUse::kRepeated) {
      kept.values.clear();
    }
    kept.origin = origin;
    kept.values.emplace_back(value);
    return {};
  }

  base::Status CheckChoice(const Flag& flag, std::string_view value,
                           std::string_view shown) const {
    const std::vector<std::string> list_of = SplitChoices(flag.choices);
    const std::vector<std::string_view> choices(list_of.begin(), list_of.end());
    if (std::find(choices.begin(), choices.end(), value) != choices.end()) {
      return {};
    }
    const std::string list = base::format("{}", fmt::join(choices, ", "));
    const std::string_view near = diagnostics::NearestWord(value, choices);
    return Wrong(
        base::format(
            "`{}` takes one of {}, not `{}`{}", shown, list, value,
            near.empty() ? "" : base::format("; did you mean `{}`?", near)),
        base::format(
            "`{}` 的取值为 {}，而不是 `{}`{}", shown, list, value,
            near.empty() ? "" : base::format("，是否想写 `{}`？", near)));
  }

  base::Status CheckPositionals() const {
    size_t required = 0;
    bool repeated = false;
    for (const Positional& positional : spec().positionals) {
      required += positional.use == PositionalUse::kRequired ? 1 : 0;
      repeated |= positional.use == PositionalUse::kRepeated;
    }
    const auto& given = parsed_.arguments.positionals_;
    if (given.size() < required) {
      const std::string_view missing = spec().positionals[given.size()].name;
      return Wrong(base::format("`{}` is missing", missing),
                   base::format("缺少参数 `{}`", missing));
    }
    if (!repeated && given.size() > spec().positionals.size()) {
      const std::string& extra = given[spec().positionals.size()];
      return Wrong(base::format("unexpected argument `{}`", extra),
                   base::format("多余的参数 `{}`", extra));
    }
    return {};
  }

  static std::string VariableOf(const Flag& flag) {
    std::string name = "FCC_";
    for (char letter : flag.name) {
      name += letter == '-'                    ? '_'
              : letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 32)
                                               : letter;
    }
    return name;
  }

  base::Status ReadVariables() {
    for (std::span<const Flag> flags : {CommonFlags(), spec().flags}) {
      for (const Flag& flag : flags) {
        if (flag.use == FlagUse::kConfigOnly || IsGiven(flag)) {
          continue;
        }
        const std::string name = VariableOf(flag);
        if (auto value = env_.Variable(name)) {
          FCC_TRY(Take(flag, *value, Origin::kEnvironment, name));
        }
      }
    }
    return {};
  }

  bool IsGiven(const Flag& flag) const {
    return parsed_.arguments.values_.count(flag.name) != 0;
  }

  // The folder whose settings count: the first positional where it is one.
  std::string ProjectFolder() const {
    const auto& given = parsed_.arguments.positionals_;
    if (!given.empty()) {
      const std::string path = env_.Resolve(given[0]);
      if (env_.fs.IsDirectory(path)) {
        return path;
      }
    }
    return env_.cwd;
  }

  base::Status ReadSettingsFiles() {
    const std::string folder = ProjectFolder();
    const std::string named = parsed_.arguments.Get("config");
    const std::string path =
        named.empty() ? FindSettingsFile(env_.fs, folder) : env_.Resolve(named);
    if (!path.empty()) {
      SettingsFile file{env_, language_, path};
      FCC_TRY(file.Read(spec(), sections_,
                        [&](const Flag& flag, std::string_view value,
                            std::string_view place) -> base::Status {
                          if (parsed_.arguments.OriginOf(flag.name) >
                              Origin::kConfigFile) {
                            return {};
                          }
                          return Take(flag, value, Origin::kConfigFile, place);
                        }));
    }
    return ReadProjectConfig(folder);
  }

  base::Status ReadProjectConfig(const std::string& folder) {
    for (const Flag& flag : spec().flags) {
      if (flag.project_key.empty() || IsGiven(flag)) {
        continue;
      }
      const std::string value =
          ReadProjectKey(env_.fs, folder, flag.project_key);
      if (!value.empty()) {
        FCC_TRY(Take(flag, value, Origin::kProjectConfig, flag.project_key));
      }
    }
    return {};
  }

  const ToolEnv& env_;
  const SettingsSections sections_;
  Language language_;
  ParsedCommandLine parsed_;
};

base::Result<ParsedCommandLine> ParseCommandLine(
    const ToolEnv& env, const CommandSpec& spec,
    std::span<const std::string> words, const SettingsSections& sections) {
  return CommandLineParser(env, spec, sections).Parse(words);
}

base::Result<Arguments> ReadSettings(const ToolEnv& env,
                                     const CommandSpec& spec) {
  return CommandLineParser(env, spec, {}).ParseSettings();
}

void ApplyCommonFlags(ToolEnv& env, const Arguments& arguments) {
  const std::string language = arguments.Get("lang");
  if (!language.empty()) {
    env.language = language == "zh" ? Language::kChinese : Language::kEnglish;
  }
  const std::string color = arguments.Get("color");
  for (Terminal* terminal : {&env.out, &env.err}) {
    terminal->color =
        color == "always" ||
        (color == "auto" && terminal->is_tty && !env.Variable("NO_COLOR") &&
         env.Variable("TERM").value_or("") != "dumb");
  }
  env.jobs = std::max(1, arguments.Number("jobs").value_or(env.jobs));
  env.quiet = arguments.Has("quiet");
  env.verbose = arguments.Has("verbose");
}

}  // namespace fcc::tool_env
