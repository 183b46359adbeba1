// SPDX-License-Identifier: Apache-2.0
//
// Help from a command's table, in the reader's language, wrapped to the
// terminal. Wide characters count two columns.

#include <algorithm>

#include "cli/tool_env/command_line.h"
#include "runtime/base/unicode.h"

namespace fcc::tool_env {

// Where a line may be broken: after a blank, and after any wide character that
// no closing mark follows.
static bool MayBreakAfter(std::string_view text, size_t at, size_t size,
                          uint32_t code_point) {
  if (code_point == ' ') {
    return true;
  }
  if (base::TerminalWidth(code_point) < 2 || at + size >= text.size()) {
    return false;
  }
  const uint32_t next = base::DecodeUtf8(text, at + size).code_point;
  constexpr std::u32string_view kClosing = U"，。；：、）」》？！";
  return kClosing.find(static_cast<char32_t>(next)) ==
             std::u32string_view::npos &&
         (base::TerminalWidth(next) == 2 || next == ' ');
}

std::string WrapText(std::string_view text, int width, int indent) {
  std::string result;
  std::string word;
  int column = 0;
  int word_width = 0;
  const int room = std::max(20, width - indent);
  auto flush = [&] {
    if (column > 0 && column + word_width > room) {
      while (!result.empty() && result.back() == ' ') {
        result.pop_back();
      }
      result += '\n';
      result.append(static_cast<size_t>(indent), ' ');
      column = 0;
    }
    result += word;
    column += word_width;
    word.clear();
    word_width = 0;
  };
  for (size_t at = 0; at < text.size();) {
    const base::DecodedCodePoint decoded = base::DecodeUtf8(text, at);
    if (decoded.code_point == '\n') {
      flush();
      result += '\n';
      result.append(static_cast<size_t>(indent), ' ');
      column = 0;
      at += decoded.size;
      continue;
    }
    const bool breaks =
        MayBreakAfter(text, at, decoded.size, decoded.code_point);
    if (decoded.code_point == ' ') {
      // A blank at the end of a line takes no room.
      flush();
      result += ' ';
      ++column;
    } else {
      word += text.substr(at, decoded.size);
      word_width += base::TerminalWidth(decoded.code_point);
      if (breaks) {
        flush();
      }
    }
    at += decoded.size;
  }
  flush();
  while (!result.empty() && result.back() == ' ') {
    result.pop_back();
  }
  return result;
}

void AppendHelpRows(const std::vector<HelpRow>& rows, int width,
                    std::string& out) {
  constexpr int kWidest = 26;
  int column = 0;
  for (const HelpRow& row : rows) {
    const int left = base::TerminalWidth(row.left);
    if (left <= kWidest) {
      column = std::max(column, left);
    }
  }
  for (const HelpRow& row : rows) {
    const int left = base::TerminalWidth(row.left);
    out += base::format("  {}", row.left);
    if (left > kWidest) {
      out += base::format("\n{:{}}", "", column + 4);
    } else {
      out += base::format("{:{}}", "", column - left + 2);
    }
    out += WrapText(row.right, width, column + 4);
    out += '\n';
  }
}

static std::string LeftOf(const Flag& flag) {
  std::string left = flag.letter != 0 ? base::format("-{}, ", flag.letter)
                                      : std::string("    ");
  left += base::format("--{}", flag.name);
  if (flag.kind == FlagKind::kChoice) {
    left += base::format(" {}", flag.value.empty() ? flag.choices : flag.value);
  } else if (flag.kind != FlagKind::kSwitch) {
    left += base::format(" {}", flag.value.empty() ? "VALUE" : flag.value);
  }
  return left;
}

static std::string RightOf(const Flag& flag, Language language) {
  std::string right(flag.help.In(language));
  const bool chinese = language == Language::kChinese;
  if (flag.kind == FlagKind::kChoice && !flag.value.empty()) {
    right += base::format("{}{}", chinese ? "：" : ": ", flag.choices);
  }
  if (flag.use == FlagUse::kRepeated) {
    right += chinese ? "；可重复" : "; may be repeated";
  }
  if (!flag.fallback.empty()) {
    right += chinese ? base::format("（默认 {}）", flag.fallback)
                     : base::format(" (default {})", flag.fallback);
  }
  return right;
}

std::vector<HelpRow> HelpRowsOf(std::span<const Flag> flags,
                                Language language) {
  std::vector<HelpRow> rows;
  for (const Flag& flag : flags) {
    if (flag.use != FlagUse::kHidden && flag.use != FlagUse::kConfigOnly) {
      rows.push_back({LeftOf(flag), RightOf(flag, language)});
    }
  }
  return rows;
}

static std::string UsageLine(const CommandSpec& spec, Language language) {
  std::string line = base::format("fcc {}", spec.name);
  for (const Positional& positional : spec.positionals) {
    switch (positional.use) {
      case PositionalUse::kRequired:
        line += base::format(" {}", positional.name);
        break;
      case PositionalUse::kOptional:
        line += base::format(" [{}]", positional.name);
        break;
      case PositionalUse::kRepeated:
        line += base::format(" [{}…]", positional.name);
        break;
    }
  }
  return line + (language == Language::kChinese ? " [选项]" : " [flags]");
}

std::string HelpText(const CommandSpec& spec, Language language, int width) {
  width = std::min(width, 100);
  std::string out = WrapText(
      base::format("fcc {} — {}", spec.name, spec.summary.In(language)), width,
      0);
  out += '\n';
  auto heading = [&](const Text& text) {
    out += base::format("\n{}\n", text.In(language));
  };
  heading({"Usage", "用法"});
  out += base::format("  {}\n", UsageLine(spec, language));
  if (!spec.details.en.empty()) {
    out +=
        base::format("\n{}\n", WrapText(spec.details.In(language), width, 0));
  }
  if (!spec.positionals.empty()) {
    heading({"Arguments", "参数"});
    std::vector<HelpRow> rows;
    for (const Positional& positional : spec.positionals) {
      rows.push_back({std::string(positional.name),
                      std::string(positional.help.In(language))});
    }
    AppendHelpRows(rows, width, out);
  }
  const std::vector<HelpRow> rows = HelpRowsOf(spec.flags, language);
  if (!rows.empty()) {
    heading({"Flags", "选项"});
    AppendHelpRows(rows, width, out);
  }
  heading({"Common flags", "通用选项"});
  AppendHelpRows(HelpRowsOf(CommonFlags(), language), width, out);
  if (!spec.examples.empty()) {
    heading({"Examples", "示例"});
    for (const Example& example : spec.examples) {
      out += base::format("  {}\n", example.line);
      if (!example.help.en.empty()) {
        out += base::format("      {}\n",
                            WrapText(example.help.In(language), width, 6));
      }
    }
  }
  return out;
}

}  // namespace fcc::tool_env
