// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/parse/cst.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <unordered_map>

extern "C" {
const TSLanguage* tree_sitter_javascript();
const TSLanguage* tree_sitter_typescript();
const TSLanguage* tree_sitter_tsx();
}

namespace fcc::js {

static Grammar MakeGrammar(const TSLanguage* language) {
  static const std::unordered_map<std::string_view, Cst> kNamed = {
#define FCC_JS_CST(symbol, name) {name, Cst::k##symbol},
#include "compiler/js/parse/cst.def"
#undef FCC_JS_CST
  };
  static const std::unordered_map<std::string_view, Cst> kTokens = {
#define FCC_JS_TOKEN(symbol, text) {text, Cst::kToken##symbol},
#include "compiler/js/parse/cst.def"
#undef FCC_JS_TOKEN
  };
  static const std::unordered_map<std::string_view, CstField> kFields = {
#define FCC_JS_FIELD(symbol, name) {name, CstField::k##symbol},
#include "compiler/js/parse/cst.def"
#undef FCC_JS_FIELD
  };
  Grammar grammar;
  grammar.language = language;
  const uint32_t symbols = ts_language_symbol_count(language);
  grammar.kinds.resize(symbols, Cst::kOther);
  for (uint32_t i = 0; i < symbols; ++i) {
    const TSSymbol symbol = static_cast<TSSymbol>(i);
    const TSSymbolType type = ts_language_symbol_type(language, symbol);
    const auto& names = type == TSSymbolTypeRegular ? kNamed : kTokens;
    auto found = names.find(ts_language_symbol_name(language, symbol));
    if (found != names.end() && type != TSSymbolTypeAuxiliary) {
      grammar.kinds[i] = found->second;
    }
  }
  const uint32_t fields = ts_language_field_count(language);
  grammar.fields.resize(fields + 1, CstField::kNone);
  for (uint32_t i = 1; i <= fields; ++i) {
    auto found = kFields.find(
        ts_language_field_name_for_id(language, static_cast<TSFieldId>(i)));
    if (found != kFields.end()) {
      grammar.fields[i] = found->second;
    }
  }
  return grammar;
}

const Grammar& Grammar::Of(Dialect dialect) {
  switch (dialect) {
    case Dialect::kTypeScript: {
      static const Grammar grammar = MakeGrammar(tree_sitter_typescript());
      return grammar;
    }
    case Dialect::kTsx: {
      static const Grammar grammar = MakeGrammar(tree_sitter_tsx());
      return grammar;
    }
    case Dialect::kByName:
    case Dialect::kJavaScript:
      break;
  }
  static const Grammar grammar = MakeGrammar(tree_sitter_javascript());
  return grammar;
}

struct ParserDeleter {
  void operator()(TSParser* parser) const { ts_parser_delete(parser); }
};

TreePointer ParseTree(const Grammar& grammar, std::string_view text) {
  std::unique_ptr<TSParser, ParserDeleter> parser(ts_parser_new());
  FCC_CHECK(ts_parser_set_language(parser.get(), grammar.language));
  return TreePointer(ts_parser_parse_string(
      parser.get(), nullptr, text.data(), static_cast<uint32_t>(text.size())));
}

namespace {

// Reads tree-sitter's log. The parser keeps several readings of the text at
// once; one that meets a token it has no use for is paused ("detect_error"),
// and when all are, the best is resumed by recovery ("resume"). The furthest
// place of a pause before a resume is the token that no reading could take.
struct LogListener {
  std::string_view text;
  std::vector<uint32_t> line_starts;
  uint32_t row = 0;
  uint32_t column = 0;
  uint32_t furthest = 0;
  bool paused = false;
  std::vector<uint32_t> places;

  uint32_t Offset() const {
    return row < line_starts.size() ? line_starts[row] + column : 0;
  }
};

}  // namespace

static void Listen(void* payload, TSLogType type, const char* message) {
  if (type != TSLogTypeParse) {
    return;
  }
  LogListener& listener = *static_cast<LogListener*>(payload);
  if (std::strncmp(message, "process ", 8) == 0) {
    const char* row = std::strstr(message, "row:");
    if (row != nullptr) {
      std::sscanf(row, "row:%u, col:%u", &listener.row, &listener.column);
    }
  } else if (std::strncmp(message, "detect_error", 12) == 0) {
    listener.furthest = listener.paused
                            ? std::max(listener.furthest, listener.Offset())
                            : listener.Offset();
    listener.paused = true;
  } else if (std::strncmp(message, "resume", 6) == 0) {
    if (listener.paused) {
      listener.places.push_back(listener.furthest);
    }
    listener.paused = false;
  }
}

// The token that stands at or after `at`: blanks and comments skipped.
static uint32_t SkipBlank(std::string_view text, uint32_t at) {
  while (at < text.size()) {
    const char c = text[at];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      ++at;
    } else if (text.substr(at, 2) == "//") {
      at = static_cast<uint32_t>(std::min(text.find('\n', at), text.size()));
    } else if (text.substr(at, 2) == "/*") {
      const size_t end = text.find("*/", at + 2);
      if (end == std::string_view::npos) {
        return at;
      }
      at = static_cast<uint32_t>(end + 2);
    } else {
      break;
    }
  }
  return at;
}

std::vector<Unexpected> FindUnexpected(const Grammar& grammar,
                                       std::string_view text, uint32_t offset) {
  LogListener listener;
  listener.text = text;
  listener.line_starts.push_back(0);
  for (uint32_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') {
      listener.line_starts.push_back(i + 1);
    }
  }
  std::unique_ptr<TSParser, ParserDeleter> parser(ts_parser_new());
  FCC_CHECK(ts_parser_set_language(parser.get(), grammar.language));
  ts_parser_set_logger(parser.get(), {&listener, Listen});
  TreePointer tree(ts_parser_parse_string(parser.get(), nullptr, text.data(),
                                          static_cast<uint32_t>(text.size())));
  if (listener.paused) {
    listener.places.push_back(listener.furthest);
  }
  std::sort(listener.places.begin(), listener.places.end());
  std::vector<Unexpected> found;
  for (uint32_t place : listener.places) {
    const uint32_t at = SkipBlank(text, place) + offset;
    if (found.empty() || found.back().offset != at) {
      found.push_back({at});
    }
  }
  return found;
}

}  // namespace fcc::js
