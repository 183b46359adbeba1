// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/parse/cst.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
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
  grammar.named.resize(symbols);
  for (uint32_t i = 0; i < symbols; ++i) {
    const TSSymbol symbol = static_cast<TSSymbol>(i);
    const TSSymbolType type = ts_language_symbol_type(language, symbol);
    grammar.named[i] = type == TSSymbolTypeRegular;
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

void Insertions::Add(const std::vector<uint32_t>& places, std::string& text) {
  std::string shown;
  shown.reserve(text.size() + places.size());
  std::vector<uint32_t> seen;
  seen.reserve(seen_.size() + places.size());
  size_t old = 0;
  size_t copied = 0;
  for (uint32_t place : places) {
    while (old < seen_.size() && seen_[old] - old < place) {
      seen.push_back(static_cast<uint32_t>(seen_[old] + seen.size() - old));
      ++old;
    }
    const size_t at = place + old;
    shown.append(text, copied, at - copied);
    copied = at;
    seen.push_back(static_cast<uint32_t>(shown.size()));
    shown += ';';
  }
  for (; old < seen_.size(); ++old) {
    seen.push_back(static_cast<uint32_t>(seen_[old] + seen.size() - old));
  }
  shown.append(text, copied, std::string::npos);
  seen_ = std::move(seen);
  text = std::move(shown);
}

uint32_t Insertions::InPart(uint32_t seen) const {
  const auto before = std::lower_bound(seen_.begin(), seen_.end(), seen);
  return seen - static_cast<uint32_t>(before - seen_.begin());
}

struct ParserDeleter {
  void operator()(TSParser* parser) const { ts_parser_delete(parser); }
};

namespace {

// Text in small pieces, so that it shows how far a parse has come.
struct PieceReader {
  static constexpr uint32_t kPiece = 1024;
  std::string_view text;
  TreeMemory& memory;
  uint32_t reached = 0;

  TSInput Input() { return {this, Read, TSInputEncodingUTF8}; }
  static const char* Read(void* payload, uint32_t at, TSPoint, uint32_t* size) {
    PieceReader& reader = *static_cast<PieceReader*>(payload);
    if (at >= reader.text.size()) {
      *size = 0;
      return "";
    }
    reader.reached = std::max(reader.reached, at);
    reader.memory.Reach(reader.reached);
    // A character must not be split.
    size_t end = std::min<size_t>(at + kPiece, reader.text.size());
    while (end < reader.text.size() && (reader.text[end] & 0xC0) == 0x80) {
      ++end;
    }
    *size = static_cast<uint32_t>(end - at);
    return reader.text.data() + at;
  }
};

using ParserPointer = std::unique_ptr<TSParser, ParserDeleter>;

}  // namespace

// Made while `memory` is in use.
static ParserPointer NewParser(const Grammar& grammar,
                               const TreeMemory& memory) {
  ParserPointer parser(ts_parser_new());
  FCC_CHECK(ts_parser_set_language(parser.get(), grammar.language));
  ts_parser_set_cancellation_flag(parser.get(), memory.cancelled());
  return parser;
}

Tree ParseTree(const Grammar& grammar, std::string_view text, ParseStop* stop) {
  auto memory = std::make_unique<TreeMemory>(text);
  const TreeMemory::Use use(*memory);
  const ParserPointer parser = NewParser(grammar, *memory);
  PieceReader reader{text, *memory};
  const TSTree* tree = ts_parser_parse(parser.get(), nullptr, reader.Input());
  if (tree == nullptr) {
    *stop = {reader.reached, memory->in_errors()};
    return {};
  }
  return {std::move(memory), tree};
}

namespace {

// Reads tree-sitter's log. The parser keeps several readings of the text at
// once; one that meets a token it has no use for is paused ("detect_error"),
// and when all are, the best is resumed by recovery ("resume"). The furthest
// place of a pause before a resume is the token that no reading could take.
struct LogListener {
  TreeMemory& memory;
  std::vector<uint32_t> line_starts = {};
  uint32_t row = 0;
  uint32_t column = 0;
  uint32_t furthest = 0;
  bool paused = false;
  std::vector<uint32_t> places = {};
  size_t most = 0;

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
  if (listener.places.size() >= listener.most) {
    return;
  }
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
      if (listener.places.size() >= listener.most) {
        listener.memory.Cancel();
      }
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

std::vector<uint32_t> FindUnexpected(const Grammar& grammar,
                                     std::string_view text, size_t most) {
  TreeMemory memory(text);
  const TreeMemory::Use use(memory);
  LogListener listener{memory};
  listener.most = most;
  listener.line_starts.push_back(0);
  for (uint32_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') {
      listener.line_starts.push_back(i + 1);
    }
  }
  const ParserPointer parser = NewParser(grammar, memory);
  ts_parser_set_logger(parser.get(), {&listener, Listen});
  // The tree goes with the memory.
  ts_parser_parse_string(parser.get(), nullptr, text.data(),
                         static_cast<uint32_t>(text.size()));
  if (listener.paused) {
    listener.places.push_back(listener.furthest);
  }
  std::sort(listener.places.begin(), listener.places.end());
  std::vector<uint32_t> found;
  for (uint32_t place : listener.places) {
    const uint32_t at = SkipBlank(text, place);
    if (found.empty() || found.back() != at) {
      found.push_back(at);
    }
  }
  return found;
}

}  // namespace fcc::js
