// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/parse/mask_typescript.h"

#include <algorithm>
#include <vector>

#include "compiler/js/parse/text.h"

namespace fcc::js {

static void Blank(std::string& masked, base::Span span) {
  std::fill(masked.begin() + span.begin, masked.begin() + span.end, ' ');
}

static uint32_t SkipBlanks(std::string_view text, uint32_t at) {
  const size_t next = text.find_first_not_of(" \t\r\n", at);
  return static_cast<uint32_t>(std::min(next, text.size()));
}

static uint32_t SkipBlanksAndComments(std::string_view text, uint32_t at) {
  while (true) {
    at = SkipBlanks(text, at);
    const std::string_view mark = text.substr(at, 2);
    if (mark != "//" && mark != "/*") {
      return at;
    }
    const size_t end = text.find(mark == "//" ? "\n" : "*/", at);
    at = static_cast<uint32_t>(std::min(
        end == std::string::npos ? end : end + mark.size() - 1, text.size()));
    if (mark == "/*" && at < text.size()) {
      ++at;
    }
  }
}

// What follows the name of a type parameter.
static bool EndsTypeParameter(std::string_view text, uint32_t at) {
  at = SkipBlanks(text, at);
  return at < text.size() &&
         (text[at] == ',' || text[at] == '>' || text[at] == '=' ||
          WordAt(text, at).In(text) == "extends");
}

// `class Box<in A, out B>`, `interface Box<in out A>`: all of the text, for who
// writes one writes many, and each costs a parse.
static bool MaskVariance(std::string& masked) {
  bool changed = false;
  for (uint32_t at = 0; at < masked.size(); ++at) {
    if (masked[at] != '<' && masked[at] != ',') {
      continue;
    }
    const base::Span first =
        WordAt(masked, SkipBlanksAndComments(masked, at + 1));
    const base::Span second = WordAt(masked, SkipBlanks(masked, first.end));
    const std::string_view word = first.In(masked);
    if ((word != "in" && word != "out") || second.empty() ||
        second.begin == first.end) {
      continue;
    }
    const base::Span third = WordAt(masked, SkipBlanks(masked, second.end));
    const bool both =
        word == "in" && second.In(masked) == "out" && !third.empty();
    if (!EndsTypeParameter(masked, both ? third.end : second.end)) {
      continue;
    }
    Blank(masked, {first.begin, both ? second.end : first.end});
    changed = true;
  }
  return changed;
}

// `reduce: {`, `interface A {`, `type A = {`: members of a type may follow.
static bool OpensType(std::string_view line) {
  if (line.find("interface ") != std::string_view::npos) {
    return true;
  }
  if (line.back() != '{') {
    return false;
  }
  const size_t before = line.find_last_not_of(' ', line.size() - 2);
  return line.find("type ") != std::string_view::npos ||
         (before != std::string_view::npos && line.size() > 1 &&
          std::string_view(":=&|,<(").find(line[before]) !=
              std::string_view::npos);
}

// Members of a type in lines of their own, without `;`: tree-sitter takes the
// `<` of a signature that follows for the arguments of the type before. A `;`
// is put where the line has a blank.
static bool MaskSignatures(std::string& masked) {
  bool changed = false;
  // The lines that the one at hand stands in, by their indents: each less.
  std::vector<std::pair<uint32_t, bool>> outer;
  for (uint32_t begin = 0; begin < masked.size();) {
    const uint32_t end = static_cast<uint32_t>(
        std::min(masked.find('\n', begin), masked.size()));
    const uint32_t indent = SkipBlanks(masked, begin) - begin;
    std::string_view text = std::string_view(masked).substr(begin, end - begin);
    const size_t last = text.find_last_not_of(" \t\r");
    const uint32_t line = begin;
    begin = end + 1;
    if (last == std::string_view::npos) {
      continue;
    }
    text = text.substr(indent, last + 1 - indent);
    if (text.starts_with("//") || text.starts_with("/*") ||
        text.starts_with('*')) {
      continue;
    }
    while (!outer.empty() && outer.back().first >= indent) {
      outer.pop_back();
    }
    const bool in_type = !outer.empty() && outer.back().second;
    outer.emplace_back(indent, OpensType(text));
    if (in_type && text.front() == '<' && indent > 0 && masked[line] != ';') {
      masked[line] = ';';
      changed = true;
    }
  }
  return changed;
}

// `(any) => void`: a parameter with the name of a type.
static bool MaskParameterName(std::string& masked, uint32_t close) {
  const base::Span name = WordBefore(masked, close);
  static constexpr std::string_view kTypes[] = {
      "any",   "string", "number", "boolean", "unknown",
      "never", "void",   "object", "symbol",
  };
  if (std::ranges::find(kTypes, name.In(masked)) == std::end(kTypes)) {
    return false;
  }
  masked[name.begin] = 'x';
  return true;
}

bool MaskTypeScript(std::string& masked, uint32_t at) {
  const base::Span before = WordBefore(masked, at);
  const std::string_view word = before.In(masked);
  const char token = at < masked.size() ? masked[at] : '\0';
  if (token == '(' && (word == "abstract" || word == "accessor")) {
    // A method of that name.
    masked[before.begin] = 'x';
    return true;
  }
  if (token == '=' && word == "as") {
    // A variable of that name.
    masked[before.begin] = 'x';
    return true;
  }
  if (token == '(' && word == "require") {
    // `export import a = require("a")` makes the code that a const makes.
    const size_t line = masked.rfind("export", before.begin);
    const size_t import = masked.find("import", line);
    if (line != std::string::npos && import < before.begin &&
        masked.find_first_of(";\n(", line) >= at) {
      masked.replace(import, 6, "const ");
      return true;
    }
  }
  if (token == ':' && before.begin > 0 && masked[before.begin - 1] == '[') {
    // `static [key: string]: T;` makes no code.
    const base::Span modifier = WordBefore(masked, before.begin - 1);
    const size_t end = masked.find_first_of(";\n}", at);
    if (modifier.In(masked) == "static" && end != std::string::npos) {
      Blank(masked, {modifier.begin, static_cast<uint32_t>(end)});
      return true;
    }
  }
  if (masked.compare(at, 2, "=>") == 0 && before.begin > 0 &&
      masked[before.begin - 1] == ')' &&
      MaskParameterName(masked, before.begin - 1)) {
    return true;
  }
  return MaskVariance(masked) || MaskSignatures(masked);
}

// The `<` that the `>` right before `backtick` closes, when a name stands right
// before it and nothing in between speaks against types; else npos.
static size_t TagArguments(std::string_view text, size_t backtick) {
  int depth = 0;
  for (size_t at = backtick; at-- > 0;) {
    const char c = text[at];
    if (c == '>' && at > 0 && text[at - 1] != '=') {
      ++depth;
    } else if (c == '`' || c == '$' || (c == '<' && --depth == 0)) {
      return c == '<' && at > 0 && IsWordByte(text[at - 1]) ? at
                                                            : std::string::npos;
    }
  }
  return std::string::npos;
}

void MaskTagArguments(std::string& masked) {
  for (size_t end = masked.find(">`"); end != std::string::npos;
       end = masked.find(">`", end + 1)) {
    const size_t begin = TagArguments(masked, end + 1);
    if (begin != std::string::npos) {
      Blank(masked,
            {static_cast<uint32_t>(begin), static_cast<uint32_t>(end + 1)});
    }
  }
}

}  // namespace fcc::js
