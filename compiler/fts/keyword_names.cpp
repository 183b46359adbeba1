// SPDX-License-Identifier: Apache-2.0

#include "compiler/fts/keyword_names.h"

#include <algorithm>
#include <map>
#include <vector>

namespace fcc::fts {

namespace {

// What JavaScript reserves even in sloppy code, without the words of FTS's own
// statements and operators.
constexpr std::string_view kWords[] = {
    "catch",   "class",   "const",  "debugger", "enum",       "export",
    "extends", "finally", "import", "in",       "instanceof", "new",
    "super",   "throw",   "try",    "with",
};

bool IsKeywordName(std::string_view word) {
  return std::find(std::begin(kWords), std::end(kWords), word) !=
         std::end(kWords);
}

bool IsWordByte(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') || byte == '_' || byte == '$' ||
         static_cast<unsigned char>(byte) >= 0x80;
}

struct Token {
  uint32_t begin = 0;
  // A word, or one byte of anything else; of strings their quote.
  std::string_view text;
};

// Words and punctuation; comments and what is inside of strings left out. The
// language has no literals of regular expressions.
std::vector<Token> TokensOf(std::string_view code) {
  std::vector<Token> tokens;
  size_t at = 0;
  const auto skip_to = [&](std::string_view end) {
    const size_t found = code.find(end, at);
    at = found == std::string_view::npos ? code.size() : found + end.size();
  };
  while (at < code.size()) {
    const size_t begin = at;
    const char byte = code[at];
    if (code.substr(at, 2) == "//") {
      skip_to("\n");
    } else if (code.substr(at, 2) == "/*") {
      at += 2;
      skip_to("*/");
    } else if (byte == '"' || byte == '\'' || byte == '`') {
      for (++at; at < code.size() && code[at] != byte; ++at) {
        at += code[at] == '\\' ? 1 : 0;
      }
      at = std::min(at + 1, code.size());
      tokens.push_back({static_cast<uint32_t>(begin), code.substr(begin, 1)});
    } else if (IsWordByte(byte)) {
      while (at < code.size() && IsWordByte(code[at])) {
        ++at;
      }
      tokens.push_back(
          {static_cast<uint32_t>(begin), code.substr(begin, at - begin)});
    } else {
      ++at;
      if (static_cast<unsigned char>(byte) > ' ') {
        tokens.push_back({static_cast<uint32_t>(begin), code.substr(begin, 1)});
      }
    }
  }
  return tokens;
}

// The words that the module declares, each with what it is to be called.
class Names {
 public:
  Names(std::string_view code, const std::vector<Token>& tokens)
      : code_(code), tokens_(tokens) {
    for (size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].text == "var") {
        ReadVariables(i + 1);
      } else if (tokens[i].text == "function") {
        ReadFunction(i + 1);
      }
    }
  }

  const std::map<std::string_view, std::string>& all() const { return names_; }

 private:
  std::string_view At(size_t i) const {
    return i < tokens_.size() ? tokens_[i].text : std::string_view();
  }

  // `var a = f(b), c`: the first word, and that behind each comma which is in
  // no bracket. Without a semicolon the list seems to go on; what then follows
  // a comma is no declaration, but a word that stands for nothing else.
  void ReadVariables(size_t i) {
    Declare(i);
    int depth = 0;
    for (; depth >= 0 && i < tokens_.size() && At(i) != ";" && At(i) != "var" &&
           At(i) != "function";
         ++i) {
      const std::string_view text = At(i);
      depth += text == "(" || text == "[" || text == "{";
      depth -= text == ")" || text == "]" || text == "}";
      if (depth == 0 && text == ",") {
        Declare(i + 1);
      }
    }
  }

  void ReadFunction(size_t i) {
    if (At(i) != "(") {
      Declare(i++);
    }
    for (; i < tokens_.size() && At(i) != ")" && At(i) != "function"; ++i) {
      Declare(i);
    }
  }

  void Declare(size_t i) {
    const std::string_view word = At(i);
    if (!IsKeywordName(word) || names_.contains(word)) {
      return;
    }
    static constexpr std::string_view kFirst =
        "$_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (const char first : kFirst) {
      std::string name = first + std::string(word.substr(1));
      if (!IsKeywordName(name) && code_.find(name) == std::string_view::npos) {
        names_.emplace(word, std::move(name));
        return;
      }
    }
  }

  std::string_view code_;
  const std::vector<Token>& tokens_;
  std::map<std::string_view, std::string> names_;
};

}  // namespace

std::string WithoutKeywordNames(std::string_view code) {
  const std::vector<Token> tokens = TokensOf(code);
  const Names names(code, tokens);
  if (names.all().empty()) {
    return {};
  }
  std::string out(code);
  for (size_t i = 0; i < tokens.size(); ++i) {
    const auto name = names.all().find(tokens[i].text);
    if (name == names.all().end()) {
      continue;
    }
    const std::string_view before = i > 0 ? tokens[i - 1].text : "";
    const std::string_view after =
        i + 1 < tokens.size() ? tokens[i + 1].text : "";
    const bool member = before == ".";
    const bool key = after == ":" && (before == "{" || before == ",");
    if (!member && !key) {
      out.replace(tokens[i].begin, name->second.size(), name->second);
    }
  }
  return out;
}

}  // namespace fcc::fts
