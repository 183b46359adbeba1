// SPDX-License-Identifier: Apache-2.0

#include "tests/tools/golden/golden_case.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "runtime/base/format.h"
#include "runtime/base/unicode.h"

namespace fcc::golden {

static constexpr std::string_view kNoLineBreak = "\\ no line break";

static constexpr std::array<std::string_view, 14> kVerbs = {
    "input", "escaped", "copy",   "env",    "program", "tty",     "run",
    "exit",  "stdout",  "stderr", "output", "files",   "missing", "lines"};

base::Result<Case> ParseCase(std::string_view text) {
  Case result;
  int line_number = 0;
  while (!text.empty()) {
    ++line_number;
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? "" : text.substr(end + 1);
    if (line.starts_with("=== ")) {
      line.remove_prefix(4);
      const size_t blank = line.find(' ');
      Section section;
      section.verb = line.substr(0, blank);
      if (blank != std::string_view::npos) {
        section.rest = line.substr(blank + 1);
      }
      if (std::find(kVerbs.begin(), kVerbs.end(), section.verb) ==
          kVerbs.end()) {
        return base::Error{base::ErrorKind::kCorrupt,
                           base::format("line {}: unknown section `{}`",
                                        line_number, section.verb)};
      }
      result.sections.push_back(std::move(section));
      continue;
    }
    std::string& to =
        result.sections.empty() ? result.comment : result.sections.back().text;
    if (line == kNoLineBreak) {
      if (!to.empty()) {
        to.pop_back();
      }
      continue;
    }
    if (line.starts_with("\\===") || line.starts_with("\\\\")) {
      line.remove_prefix(1);
    }
    to += line;
    to += '\n';
  }
  return result;
}

static void RenderText(std::string_view text, std::string& out) {
  const bool has_end = text.empty() || text.back() == '\n';
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (line.starts_with("===") || line.starts_with("\\")) {
      out += '\\';
    }
    out += line;
    out += '\n';
    text = end == std::string_view::npos ? "" : text.substr(end + 1);
  }
  if (!has_end) {
    out += kNoLineBreak;
    out += '\n';
  }
}

std::string RenderCase(const Case& golden) {
  std::string out = golden.comment;
  for (const Section& section : golden.sections) {
    out += base::format("=== {}{}{}\n", section.verb,
                        section.rest.empty() ? "" : " ", section.rest);
    RenderText(section.text, out);
  }
  return out;
}

std::vector<std::string> SplitWords(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  bool in_word = false;
  char quote = 0;
  for (char letter : line) {
    if (quote != 0) {
      if (letter == quote) {
        quote = 0;
      } else {
        word += letter;
      }
    } else if (letter == '\'' || letter == '"') {
      quote = letter;
      in_word = true;
    } else if (letter == ' ') {
      if (in_word) {
        words.push_back(std::move(word));
      }
      word.clear();
      in_word = false;
    } else {
      word += letter;
      in_word = true;
    }
  }
  if (in_word) {
    words.push_back(std::move(word));
  }
  return words;
}

std::string DecodeEscapes(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\' || at + 1 == text.size()) {
      out += text[at];
      continue;
    }
    const char letter = text[++at];
    unsigned value = 0;
    switch (letter) {
      case 'n':
        out += '\n';
        break;
      case 'r':
        out += '\r';
        break;
      case 't':
        out += '\t';
        break;
      case '0':
        out += '\0';
        break;
      case 'x':
        std::from_chars(text.data() + at + 1,
                        text.data() + std::min(at + 3, text.size()), value, 16);
        out += static_cast<char>(value);
        at += 2;
        break;
      default:
        out += letter;
        break;
    }
  }
  return out;
}

std::string HexDump(std::string_view bytes) {
  std::string out;
  for (size_t at = 0; at < bytes.size(); at += 16) {
    const std::string_view row = bytes.substr(at, 16);
    out += base::format("{:08x} ", at);
    std::string letters;
    for (size_t column = 0; column < 16; ++column) {
      if (column < row.size()) {
        const auto byte = static_cast<unsigned char>(row[column]);
        out += base::format(" {:02x}", byte);
        letters += byte >= 0x20 && byte < 0x7f ? row[column] : '.';
      } else {
        out += "   ";
      }
    }
    out += base::format("  |{}|\n", letters);
  }
  return out;
}

static bool IsText(std::string_view bytes) {
  for (size_t at = 0; at < bytes.size();) {
    const base::DecodedCodePoint decoded = base::DecodeUtf8(bytes, at);
    if (!decoded.valid ||
        (decoded.code_point < 0x20 && bytes[at] != '\n' && bytes[at] != '\t')) {
      return false;
    }
    at += decoded.size;
  }
  return true;
}

// Puts an input section into the world. False for the sections of answers.
static base::Result<bool> SetUp(const Section& section, World& world) {
  if (section.verb == "input") {
    FCC_TRY(world.AddFile(section.rest, section.text));
  } else if (section.verb == "escaped") {
    FCC_TRY(world.AddFile(section.rest, DecodeEscapes(section.text)));
  } else if (section.verb == "copy") {
    const std::vector<std::string> words = SplitWords(section.rest);
    if (words.size() != 2) {
      return base::Error{base::ErrorKind::kCorrupt, "copy FROM TO"};
    }
    FCC_TRY(world.CopyFolder(words[0], words[1]));
  } else if (section.verb == "env") {
    const size_t equals = section.rest.find('=');
    world.SetVariable(
        section.rest.substr(0, equals),
        equals == std::string::npos ? "" : section.rest.substr(equals + 1));
  } else if (section.verb == "program") {
    world.SetProgram(section.rest, section.text);
  } else if (section.verb == "tty") {
    world.UseTerminal();
  } else {
    return false;
  }
  return true;
}

// What `output`, `files` or `missing` is now.
static Section Observe(const Section& asked, World& world) {
  if (asked.verb == "files") {
    auto names = world.ListTree(asked.rest);
    if (!names) {
      return {"missing", asked.rest, ""};
    }
    Section result{"files", asked.rest, ""};
    for (const std::string& name : *names) {
      result.text += name + "\n";
    }
    return result;
  }
  if (asked.verb == "lines") {
    const size_t blank = std::min(asked.rest.find(' '), asked.rest.size());
    auto text = world.ReadFile(asked.rest.substr(0, blank));
    const std::string wanted =
        asked.rest.substr(std::min(blank + 1, asked.rest.size()));
    Section result{"lines", asked.rest, ""};
    for (std::string_view rest = text ? *text : std::string_view();
         !rest.empty();) {
      const size_t end = std::min(rest.find('\n'), rest.size());
      if (rest.substr(0, end).find(wanted) != std::string_view::npos) {
        result.text += std::string(rest.substr(0, end)) + "\n";
      }
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return result;
  }
  auto bytes = world.ReadFile(asked.rest);
  if (!bytes) {
    return {"missing", asked.rest, ""};
  }
  return {"output", asked.rest, IsText(*bytes) ? *bytes : HexDump(*bytes)};
}

base::Result<Case> RunCase(const Case& expected, World& world) {
  Case actual;
  actual.comment = expected.comment;
  for (size_t at = 0; at < expected.sections.size(); ++at) {
    const Section& section = expected.sections[at];
    FCC_TRY_ASSIGN(const bool is_input, SetUp(section, world));
    if (is_input) {
      actual.sections.push_back(section);
      continue;
    }
    if (section.verb == "run") {
      actual.sections.push_back(section);
      const StepResult step = world.Run(SplitWords(section.rest));
      if (step.exit_code != 0) {
        actual.sections.push_back(
            {"exit", base::format("{}", step.exit_code), ""});
      }
      if (!step.out.empty()) {
        actual.sections.push_back({"stdout", "", step.out});
      }
      if (!step.err.empty()) {
        actual.sections.push_back({"stderr", "", step.err});
      }
    } else if (section.verb == "output" || section.verb == "files" ||
               section.verb == "missing" || section.verb == "lines") {
      actual.sections.push_back(Observe(section, world));
    }
    // exit, stdout and stderr stand where `run` put them.
  }
  return actual;
}

}  // namespace fcc::golden
