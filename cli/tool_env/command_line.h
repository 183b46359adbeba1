// SPDX-License-Identifier: Apache-2.0
//
// Command lines as tables. A command declares its flags and positional
// arguments once; parsing, `--help` in two languages, shell completions, the
// settings file's schema and the reference page are all made from that table.
//
// A value comes from the first of: the flag, the variable FCC_<NAME>,
// fcc.config.json (the command's section, then the top level), the key of
// project.config.json that the flag names, the fallback in the table.

#ifndef FCC_CLI_TOOL_ENV_COMMAND_LINE_H_
#define FCC_CLI_TOOL_ENV_COMMAND_LINE_H_

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/tool_env/tool_env.h"
#include "runtime/base/result.h"

namespace fcc::tool_env {

enum class FlagKind {
  // Given or not: --watch. `--no-watch` takes it back.
  kSwitch,
  kText,
  // A whole number, not negative.
  kNumber,
  // One of Flag::choices.
  kChoice,
  // A file or folder; shells complete it. A relative one in a settings file
  // counts from that file's folder.
  kPath,
  // A JSON value of any shape, kept as compact JSON text.
  kJson,
};

enum class FlagUse {
  kNormal,
  // May be repeated; every value counts.
  kRepeated,
  // Between our own programs; in no help.
  kHidden,
  // Too much for a command line: fcc.config.json only.
  kConfigOnly,
};

struct Flag {
  // Without the dashes.
  std::string_view name;
  FlagKind kind = FlagKind::kSwitch;
  Text help;
  // What stands for the value in help: "DIR".
  std::string_view value = {};
  std::string_view fallback = {};
  // "json|sarif|github", of a kChoice.
  std::string_view choices = {};
  // -o; 0 for none.
  char letter = 0;
  FlagUse use = FlagUse::kNormal;
  // A key of project.config.json that gives the value: "appid".
  std::string_view project_key = {};
};

enum class PositionalUse { kRequired, kOptional, kRepeated };

struct Positional {
  // As shown: "DIR".
  std::string_view name;
  Text help;
  PositionalUse use = PositionalUse::kOptional;
};

struct Example {
  std::string_view line;
  Text help;
};

struct CommandSpec {
  std::string_view name;
  // One line, lower-case start, no full stop.
  Text summary;
  // Some sentences more; may be empty.
  Text details = {};
  std::span<const Positional> positionals = {};
  std::span<const Flag> flags = {};
  std::span<const Example> examples = {};
};

// The flags every command takes: --help, --lang, --color, --config, --jobs,
// --quiet, --verbose.
std::span<const Flag> CommonFlags();

enum class Origin {
  kFallback,
  kProjectConfig,
  kConfigFile,
  kEnvironment,
  kFlag,
};

// The settings of one run. Asking for a flag that the table has not, or as
// another kind, is a bug of ours and stops the program.
class Arguments {
 public:
  explicit Arguments(const CommandSpec& spec) : spec_(&spec) {}

  // Of a switch.
  bool Has(std::string_view flag) const;
  // The last value of any other kind; empty when there is none.
  std::string Get(std::string_view flag) const;
  std::vector<std::string> GetAll(std::string_view flag) const;
  // Of a kNumber; nothing when there is no value.
  std::optional<int> Number(std::string_view flag) const;
  Origin OriginOf(std::string_view flag) const;
  const std::vector<std::string>& positionals() const { return positionals_; }
  // The nth positional, or the fallback where it was not given.
  std::string Positional(size_t index, std::string_view fallback = {}) const;
  const CommandSpec& spec() const { return *spec_; }
  // What was parsed, to be handed on to a helper of ours.
  const std::vector<std::string>& words() const { return words_; }

 private:
  friend class CommandLineParser;
  struct Values {
    Origin origin = Origin::kFallback;
    std::vector<std::string> values;
  };
  const Flag& Find(std::string_view flag) const;

  const CommandSpec* spec_;
  std::map<std::string, Values, std::less<>> values_;
  std::vector<std::string> positionals_;
  std::vector<std::string> words_;
};

struct ParsedCommandLine {
  Arguments arguments;
  // --help was given; nothing else was checked.
  bool help = false;
};

// The names that may head a section of fcc.config.json; empty for any.
using SettingsSections = std::vector<std::string_view>;

// `words` is what follows the command's name. Reads fcc.config.json, from
// --config or the nearest above the project folder (the first positional where
// it is a folder, else cwd). The error's message is for the user, in the
// language of `env`; its kind is kCorrupt for a broken settings file, else
// kUnsupported.
base::Result<ParsedCommandLine> ParseCommandLine(
    const ToolEnv& env, const CommandSpec& spec,
    std::span<const std::string> words, const SettingsSections& sections = {});

// The settings of a command of which nothing is on the command line: what
// variables and files say in env.cwd.
base::Result<Arguments> ReadSettings(const ToolEnv& env,
                                     const CommandSpec& spec);

// "a|b|c" in its parts.
std::vector<std::string> SplitChoices(std::string_view choices);

// Sets language, colours, jobs, quiet and verbose of `env` from the common
// flags.
void ApplyCommonFlags(ToolEnv& env, const Arguments& arguments);

// What `fcc NAME --help` prints, wrapped to `width` columns.
std::string HelpText(const CommandSpec& spec, Language language, int width);

// Two columns, the right one wrapped.
struct HelpRow {
  std::string left;
  std::string right;
};
void AppendHelpRows(const std::vector<HelpRow>& rows, int width,
                    std::string& out);
// The rows of flags that a person may give.
std::vector<HelpRow> HelpRowsOf(std::span<const Flag> flags, Language language);

// Text broken at blanks (or between wide characters) into lines of at most
// `width` columns, all but the first indented; ends without a line break.
std::string WrapText(std::string_view text, int width, int indent);

}  // namespace fcc::tool_env

#endif  // FCC_CLI_TOOL_ENV_COMMAND_LINE_H_
