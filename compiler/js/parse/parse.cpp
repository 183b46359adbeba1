// SPDX-License-Identifier: Apache-2.0
//
// Parse: dialect and part, tree-sitter, repairs of what it refuses although the
// language has it, conversion, and the reports of what neither can read.

#include <algorithm>
#include <string>

#include "compiler/js/deep_stack.h"
#include "compiler/js/early/early.h"
#include "compiler/js/parse/converter.h"
#include "compiler/js/parse/mask_typescript.h"
#include "compiler/js/parse/text.h"
#include "runtime/base/unicode.h"

namespace fcc::js {

using DK = diagnostics::Kind;

static bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() &&
         text.substr(text.size() - end.size()) == end;
}

static Dialect DialectOf(std::string_view path) {
  if (EndsWith(path, ".tsx")) {
    return Dialect::kTsx;
  }
  if (EndsWith(path, ".ts") || EndsWith(path, ".mts") ||
      EndsWith(path, ".cts")) {
    return Dialect::kTypeScript;
  }
  return Dialect::kJavaScript;
}

// A comment of several lines right before `at` ends a statement as a line break
// does; tree-sitter does not think so.
static bool MaskCommentBefore(std::string& masked, uint32_t at) {
  while (at > 0 && (masked[at - 1] == ' ' || masked[at - 1] == '\t')) {
    --at;
  }
  if (at < 4 || masked.compare(at - 2, 2, "*/") != 0) {
    return false;
  }
  const size_t open = masked.rfind("/*", at - 2);
  if (open == std::string::npos) {
    return false;
  }
  const std::string_view comment(masked.data() + open, at - open);
  if (comment.find_first_of("\n\r") == std::string_view::npos &&
      comment.find("\xE2\x80\xA8") == std::string_view::npos &&
      comment.find("\xE2\x80\xA9") == std::string_view::npos) {
    return false;
  }
  std::fill(masked.begin() + static_cast<std::ptrdiff_t>(open),
            masked.begin() + at, ' ');
  masked[open] = '\n';
  return true;
}

// A token that the grammar does not allow, in a new line, ends the statement
// before it. tree-sitter decides by the token's first character alone.
static bool MaskLineBreakBefore(std::string& masked, uint32_t at) {
  while (at > 0 && (masked[at - 1] == ' ' || masked[at - 1] == '\t')) {
    --at;
  }
  if (at < 2 || masked[at - 1] != '\n' || masked[at - 2] == ';' ||
      masked[at - 2] == '\n') {
    return false;
  }
  // The break may be the end of a comment, which would swallow the `;`.
  const size_t before = masked.rfind('\n', at - 2);
  const size_t line = before == std::string::npos ? 0 : before + 1;
  if (masked.substr(line, at - 1 - line).find("//") != std::string::npos) {
    return false;
  }
  masked[at - 1] = ';';
  return true;
}

// tree-sitter reads `await` and `yield` as operators always, and refuses
// escapes that are wrong even in tagged templates. Such places are masked: the
// text it sees gets another word of the same length, the converter reads the
// file's own text there, and the rules on names judge that.
static bool MaskAt(std::string& masked, uint32_t at) {
  base::Span words[4] = {WordAt(masked, at), WordBefore(masked, at), {}, {}};
  if (!words[1].empty()) {
    // `await` in a line of its own takes the next word for its operand.
    words[3] = WordBefore(masked, words[1].begin);
  }
  if (words[1].empty() && words[1].begin > 0 &&
      masked[words[1].begin - 1] == ')') {
    // `(yield) => 1`, `yield();`.
    const uint32_t close = words[1].begin - 1;
    words[2] = WordBefore(masked, close);
    if (words[2].empty() && words[2].begin > 0 &&
        masked[words[2].begin - 1] == '(') {
      words[2] = WordBefore(masked, words[2].begin - 1);
    }
  }
  for (base::Span word : words) {
    const std::string_view text = word.In(masked);
    if (text == "await" || text == "yield") {
      masked[word.begin] = 'x';
      return true;
    }
  }
  const std::string_view before = words[1].In(masked);
  const bool field = at < masked.size() && masked[at] == '*' &&
                     (before == "get" || before == "set");
  const bool arrow =
      masked.compare(std::min<size_t>(at, masked.size()), 2, "=>") == 0 &&
      before == "of";
  if (field || arrow) {
    // `get` above a generator is a field; `(async of => …)` is an arrow.
    masked[words[1].begin] = 'x';
    return true;
  }
  for (uint32_t slash : {at, at == 0 ? 0 : at - 1}) {
    if (slash + 1 < masked.size() && masked[slash] == '\\' &&
        (masked[slash + 1] == 'u' || masked[slash + 1] == 'x' ||
         (masked[slash + 1] >= '0' && masked[slash + 1] <= '9'))) {
      masked[slash] = 'x';
      return true;
    }
  }
  return MaskCommentBefore(masked, at) || MaskLineBreakBefore(masked, at);
}

// `{ yield: …; }`: taken for a key, so that the complaint comes too far behind.
static void MaskFirstLabels(std::string& masked, std::string_view word) {
  for (size_t at = masked.find(word); at != std::string::npos;
       at = masked.find(word, at + word.size())) {
    const size_t next = masked.find_first_not_of(" \t\r\n", at + word.size());
    const size_t before = at == 0 ? std::string::npos
                                  : masked.find_last_not_of(" \t\r\n", at - 1);
    if (next != std::string::npos && masked[next] == ':' &&
        before != std::string::npos && masked[before] == '{') {
      masked[at] = 'x';
    }
  }
}

// What tree-sitter would read wrongly without a complaint: `for (let [a] of …`
// as an element of `let`, and NUL as the end.
static void MaskMisreadings(std::string& masked) {
  std::replace(masked.begin(), masked.end(), '\0', 'x');
  MaskFirstLabels(masked, "await");
  MaskFirstLabels(masked, "yield");
  for (size_t at = masked.find("let"); at != std::string::npos;
       at = masked.find("let", at + 3)) {
    size_t next = at + 3;
    while (next < masked.size() &&
           (masked[next] == ' ' || masked[next] == '\n')) {
      ++next;
    }
    size_t before = at;
    while (before > 0 && masked[before - 1] == ' ') {
      --before;
    }
    if (next >= masked.size() || masked[next] != '[' || before == 0 ||
        masked[before - 1] != '(') {
      continue;
    }
    const std::string_view word =
        WordBefore(masked, static_cast<uint32_t>(before - 1)).In(masked);
    if (word == "for" || word == "await") {
      masked.replace(at, 3, "var");
    }
  }
}

// `let` at the end of a line goes on in the next; tree-sitter takes it for a
// name. Breaks are masked where it did, so not in strings and comments.
static bool MaskBreaksAfterLet(std::string& masked, TSNode root) {
  bool changed = false;
  for (size_t at = masked.find("let"); at != std::string::npos;
       at = masked.find("let", at + 3)) {
    const size_t next = masked.find_first_not_of(" \t\r\n", at + 3);
    if (next == std::string::npos || next == at + 3 ||
        (!IsWordByte(masked[next]) && masked[next] != '{' &&
         masked[next] != '[') ||
        std::string_view(masked).substr(at + 3, next - at - 3).find('\n') ==
            std::string_view::npos) {
      continue;
    }
    const uint32_t begin = static_cast<uint32_t>(at);
    const TSNode node =
        ts_node_descendant_for_byte_range(root, begin, begin + 3);
    if (std::string_view(ts_node_type(node)) != "identifier" ||
        ts_node_start_byte(node) != begin || ts_node_end_byte(node) != at + 3) {
      continue;
    }
    const TSNode parent = ts_node_parent(node);
    if (ts_node_is_null(parent) ||
        std::string_view(ts_node_type(parent)) != "expression_statement") {
      continue;
    }
    for (size_t blank = at + 3; blank < next; ++blank) {
      masked[blank] = ' ';
    }
    changed = true;
  }
  return changed;
}

// Null as ParseTree.
static Tree ParseWithRepairs(const Grammar& grammar, bool typescript,
                             std::string& masked, ParseStop* stop) {
  Tree tree = ParseTree(grammar, masked, stop);
  if (!tree.is_null() && MaskBreaksAfterLet(masked, tree.root())) {
    tree = ParseTree(grammar, masked, stop);
  }
  uint32_t reached = 0;
  constexpr int kMaxRepairs = 64;
  for (int i = 0; i < kMaxRepairs; ++i) {
    if (tree.is_null() || !tree.has_error()) {
      break;
    }
    const std::vector<uint32_t> places = FindUnexpected(grammar, masked, 1);
    if (places.empty() || places.front() < reached) {
      break;
    }
    reached = places.front();
    std::string attempt = masked;
    if (!(typescript && MaskTypeScript(attempt, reached)) &&
        !MaskAt(attempt, reached)) {
      break;
    }
    Tree repaired = ParseTree(grammar, attempt, stop);
    masked = std::move(attempt);
    tree = std::move(repaired);
  }
  return tree;
}

// What stands at `at`, as a reader would name it.
static base::Span TokenAt(std::string_view text, uint32_t at) {
  if (at >= text.size()) {
    const uint32_t end = static_cast<uint32_t>(text.size());
    return {end, end};
  }
  if (IsWordByte(text[at])) {
    return WordAt(text, at);
  }
  if (text[at] == '"' || text[at] == '\'' || text[at] == '`') {
    uint32_t end = at + 1;
    while (end < text.size() && text[end] != text[at] && text[end] != '\n') {
      end += text[end] == '\\' && end + 1 < text.size() ? 2 : 1;
    }
    end = std::min(end, static_cast<uint32_t>(text.size()));
    return {at, end < text.size() && text[end] == text[at] ? end + 1 : end};
  }
  static constexpr std::string_view kTokens[] = {
      ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=",
      "=>",   "==",  "!=",  "<=",  ">=",  "&&",  "||",  "++",  "--",  "+=",
      "-=",   "*=",  "/=",  "%=",  "&=",  "|=",  "^=",  "<<",  ">>",  "**",
  };
  for (std::string_view token : kTokens) {
    if (text.substr(at, token.size()) == token) {
      return {at, at + static_cast<uint32_t>(token.size())};
    }
  }
  return {at, at + base::DecodeUtf8(text, at).size};
}

static void ReportSyntax(const source::SourceFile& file, const Grammar& grammar,
                         std::string_view masked, const Insertions& insertions,
                         base::Span part, diagnostics::Sink& sink) {
  constexpr size_t kMaxPlaces = 1000;
  std::vector<uint32_t> places = FindUnexpected(grammar, masked, kMaxPlaces);
  if (places.empty()) {
    places.push_back(0);
  }
  // Recovery stumbles again over what it could not place: of several errors in
  // neighbouring lines only the first is the user's.
  constexpr size_t kMaxReports = 10;
  constexpr uint32_t kNearLines = 2;
  uint32_t last_line = 0;
  base::Span last_span;
  size_t reports = 0;
  for (uint32_t place : places) {
    const std::string_view text = file.text().substr(0, part.end);
    const base::Span token =
        TokenAt(text, part.begin + insertions.InPart(place));
    if (last_line != 0 && token.begin <= last_span.end) {
      continue;
    }
    // Costs the length of the line.
    const uint32_t line = file.PositionOf(token.begin).line;
    last_span = file.LineSpan(line);
    if (last_line != 0 && line <= last_line + kNearLines) {
      last_line = line;
      continue;
    }
    last_line = line;
    if (++reports > kMaxReports) {
      break;
    }
    if (token.empty()) {
      sink.Report(DK::kJsUnexpectedEnd, {file.id(), token});
    } else {
      sink.Report(DK::kJsUnexpectedToken, {file.id(), token},
                  std::string(token.In(text)));
    }
  }
}

static bool IsUtf8(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const base::DecodedCodePoint c = base::DecodeUtf8(text, at);
    if (!c.valid) {
      return false;
    }
    at += c.size;
  }
  return true;
}

static std::unique_ptr<Ast> EmptyProgram(const source::SourceFile& file,
                                         base::Span part) {
  auto ast = std::make_unique<Ast>(file);
  ast->set_root(ast->New<Kind::kProgram>(part, ListId::kEmpty));
  return ast;
}

std::unique_ptr<Ast> Parse(const source::SourceFile& file,
                           const ParseOptions& given, diagnostics::Sink& sink) {
  ParseOptions options = given;
  if (options.dialect == Dialect::kByName) {
    options.dialect = DialectOf(file.path());
  }
  const uint32_t size = static_cast<uint32_t>(file.text().size());
  const base::Span part =
      options.part.empty() ? base::Span{0, size} : options.part;
  if (EndsWith(file.path(), ".d.ts") || !IsUtf8(part.In(file.text()))) {
    if (!EndsWith(file.path(), ".d.ts")) {
      sink.Report(DK::kJsBinary, {file.id(), {part.begin, part.begin}});
    }
    return EmptyProgram(file, part);
  }
  std::string masked(part.In(file.text()));
  if (masked.substr(0, 2) == "#!" && part.begin == 0) {
    // tree-sitter knows one of the four line breaks that end it.
    for (size_t i = 0;
         i < masked.size() && masked[i] != '\n' && masked[i] != '\r' &&
         masked.compare(i, 3, "\xE2\x80\xA8") != 0 &&
         masked.compare(i, 3, "\xE2\x80\xA9") != 0;
         ++i) {
      masked[i] = ' ';
    }
  }
  MaskMisreadings(masked);
  if (options.dialect != Dialect::kJavaScript) {
    MaskTagArguments(masked);
  }
  const Grammar& grammar = Grammar::Of(options.dialect);
  Insertions insertions;
  // What was an object and is a block may show further ones in it. Few, so that
  // no text is read more than a few times.
  constexpr int kMaxRounds = 8;
  for (int round = 1;; ++round) {
    ParseStop stop;
    Tree tree = ParseWithRepairs(
        grammar, options.dialect != Dialect::kJavaScript, masked, &stop);
    if (tree.is_null()) {
      if (stop.in_errors) {
        ReportSyntax(file, grammar, masked, insertions, part, sink);
      } else {
        const uint32_t at = part.begin + insertions.InPart(stop.at);
        sink.Report(DK::kJsTooDeep, {file.id(), {at, at}}, kMaxDepth);
      }
      return EmptyProgram(file, part);
    }
    auto ast = std::make_unique<Ast>(file);
    diagnostics::Sink found;
    std::vector<uint32_t> blocks;
    {
      Converter converter(*ast, grammar, part.begin, insertions,
                          round < kMaxRounds, options, found);
      ast->set_root(converter.ConvertProgram(tree.root()));
      blocks = converter.TakeBlocks();
    }
    if (!blocks.empty()) {
      insertions.Add(blocks, masked);
      continue;
    }
    const bool has_error = tree.has_error();
    // Nobody reads it any more.
    tree = Tree();
    if (has_error) {
      ReportSyntax(file, grammar, masked, insertions, part, sink);
    }
    sink.Merge(std::move(found));
    CallOnStackFor(*ast, [&] { CheckEarlyErrors(*ast, options, sink); });
    return ast;
  }
}

}  // namespace fcc::js
