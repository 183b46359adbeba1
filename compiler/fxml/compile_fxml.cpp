// SPDX-License-Identifier: Apache-2.0
//
// FXML to a unit in one pass: the text is read once, nodes are written in
// preorder as their tags open, and a stack of open tags (not the C stack) knows
// what to do when they close. Names and values stay views into the source.
//
// `wx:for` and `wx:if` become nodes round their element. A chain of wx:if,
// wx:elif and wx:else is one kIf: when its last branch closes it stays
// extensible until something else than blanks and comments follows.
//
// Recovery: an error never ends the file. A tag that is not closed is closed
// where its parent is; an end tag without a start is skipped; a value that
// cannot be read is an empty one.

#include <algorithm>
#include <unordered_map>

#include "compiler/fxml/attr_name.h"
#include "compiler/fxml/expression_compiler.h"
#include "compiler/fxml/fxml.h"
#include "compiler/fxml/unit_writer.h"

namespace fcc::fxml {

using diagnostics::Kind;
using diagnostics::Severity;
using tmpl::AttrKind;
using tmpl::kNoId;
using tmpl::NodeKind;
using tmpl::NodeRecord;
using tmpl::Op;
using tmpl::ValueKind;

namespace {

constexpr uint64_t kMaxMegabytes = 64;
// Tags that wrap others in nodes (for, if, branch) take more than one level of
// the program's depth each.
constexpr uint32_t kMaxNodeDepth = tmpl::kMaxTreeDepth - 8;
// Unclosed tags told at the end of a file; a missing end tag low in a long file
// can leave hundreds open.
constexpr int kMaxUnclosedReports = 20;

struct Value {
  ValueKind kind = ValueKind::kNone;
  uint32_t id = kNoId;
  // Of a plain one its text, as written.
  std::string_view text;
  // Between the quotes.
  base::Span span;
  bool is_path = false;

  bool is_plain() const { return kind == ValueKind::kString; }
  bool is_expression() const { return kind == ValueKind::kExpression; }
};

struct Attr {
  std::string_view key;
  base::Span key_span;
  // Name and value.
  base::Span span;
  Value value;
};

enum class TagRole : uint8_t {
  kElement,
  kBlock,
  kDefinition,
  kTemplateUse,
  kInclude,
  kImport,
  // A template that neither defines nor uses.
  kNothing,
};

struct OpenTag {
  std::string_view name;
  base::Span name_span;
  TagRole role = TagRole::kElement;
  // The nodes it wrote, kNoId for each it did not: its loop, the condition it
  // is a branch of, the branch, itself.
  uint32_t loop_node = kNoId;
  uint32_t if_node = kNoId;
  uint32_t branch_node = kNoId;
  uint32_t node = kNoId;
  // A kIf among its children that the next one may extend.
  uint32_t open_if = kNoId;
  // Depth of the node tree inside of it.
  uint32_t depth = 0;
  // Nothing inside is written.
  bool muted = false;
  bool content_reported = false;
};

class Compiler {
 public:
  Compiler(const source::SourceFile& source, const FxmlOptions& options,
           diagnostics::Sink& sink)
      : source_(source),
        text_(source.text()),
        options_(options),
        sink_(sink),
        writer_(unit_),
        expressions_(source, writer_, expression_sink_) {
    unit_.path = source.path();
    unit_.file = source.id();
  }

  Unit Run() {
    size_t errors = sink_.CountOf(Severity::kError);
    open_.push_back({});
    if (text_.size() > kMaxMegabytes << 20) {
      sink_.Report(Kind::kFileTooLarge, At({0, 0}), kMaxMegabytes);
    } else {
      ReadContent();
    }
    CloseAllAtEnd();
    CheckModuleNames();
    unit_.has_errors = sink_.CountOf(Severity::kError) != errors;
    return std::move(unit_);
  }

 private:
  // ---- The text ----

  source::Location At(base::Span span) const { return {source_.id(), span}; }
  base::Span SpanFrom(uint32_t begin) const { return {begin, at_}; }
  char Peek(uint32_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool Looking(std::string_view word) const {
    return text_.substr(at_, word.size()) == word;
  }
  bool done() const { return at_ >= text_.size(); }
  static bool IsBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  }
  static bool IsTagStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }
  static bool IsTagPart(char c) {
    return IsTagStart(c) || (c >= '0' && c <= '9') || c == '-' || c == ':' ||
           c == '.';
  }
  void SkipBlanks() {
    while (!done() && IsBlank(text_[at_])) {
      ++at_;
    }
  }

  Severity Strict() const {
    return options_.lenient ? Severity::kWarning : Severity::kError;
  }

  OpenTag& top() { return open_.back(); }

  // ---- Content ----

  void ReadContent() {
    while (!done()) {
      if (text_[at_] == '<') {
        ReadMarkup();
      } else {
        ReadText();
      }
    }
    FlushText();
  }

  void ReadMarkup() {
    if (Looking("<!--")) {
      ReadComment();
    } else if (Peek(1) == '/') {
      FlushText();
      ReadEndTag();
    } else if (IsTagStart(Peek(1))) {
      FlushText();
      ReadStartTag();
    } else if (Peek(1) == '!' || Peek(1) == '?') {
      SkipForeignMarkup();
    } else {
      sink_.Report(Kind::kLiteralLess, At({at_, at_ + 1}));
      ++at_;
      AddLiteral(at_ - 1);
    }
  }

  void ReadComment() {
    uint32_t begin = at_;
    size_t end = text_.find("-->", at_ + 4);
    if (end == std::string_view::npos) {
      sink_.Report(Kind::kUnclosedComment, At({begin, begin + 4}));
      at_ = static_cast<uint32_t>(text_.size());
    } else {
      at_ = static_cast<uint32_t>(end) + 3;
    }
  }

  void SkipForeignMarkup() {
    uint32_t begin = at_;
    bool cdata = Looking("<![CDATA[");
    size_t end = cdata ? text_.find("]]>", at_) : text_.find('>', at_);
    at_ = end == std::string_view::npos
              ? static_cast<uint32_t>(text_.size())
              : static_cast<uint32_t>(end) + (cdata ? 3 : 1);
    base::Span shown{begin, std::min(at_, begin + 30)};
    sink_.Report(Kind::kMarkupIgnored, At(SpanFrom(begin)), shown.In(text_));
  }

  // ---- Text: pieces of literal and expressions up to the next tag ----

  // One more part of a text on the stack; many are joined early, as the stack
  // has an end.
  void CountPart(uint32_t& parts) {
    constexpr uint32_t kMaxParts = 256;
    if (++parts == kMaxParts) {
      writer_.Emit(Op::kConcat, parts);
      parts = 1;
    }
  }

  void AddLiteral(uint32_t begin) {
    if (begin != at_) {
      literals_.push_back({begin, at_});
    }
  }

  void ReadText() {
    uint32_t begin = at_;
    while (!done() && text_[at_] != '<') {
      if (text_[at_] == '{' && Peek(1) == '{') {
        // A `\` before it is no escape.
        AddLiteral(begin);
        if (!text_open_) {
          text_open_ = true;
          text_parts_ = 0;
          text_begin_ = literals_.empty() ? at_ : literals_.front().begin;
          writer_.BeginExpression();
        }
        EmitLiterals();
        ReadMustache(ExpressionContext::kValue, '\0');
        CountPart(text_parts_);
        begin = at_;
      } else {
        ++at_;
      }
    }
    AddLiteral(begin);
  }

  // Text as it is shown: `\n` written out is a line break, carriage returns go.
  std::string_view ShownText(const std::vector<base::Span>& pieces) {
    if (pieces.size() == 1) {
      std::string_view text = pieces[0].In(text_);
      if (text.find('\r') == std::string_view::npos &&
          text.find("\\n") == std::string_view::npos) {
        return text;
      }
    }
    std::string shown;
    for (base::Span piece : pieces) {
      std::string_view text = piece.In(text_);
      for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == 'n') {
          shown += '\n';
          ++i;
        } else if (text[i] == '\\' && i + 1 < text.size() &&
                   text[i + 1] == '\\') {
          // `\\n` is two backslashes and a letter.
          shown += "\\\\";
          ++i;
        } else if (text[i] != '\r') {
          shown += text[i];
        }
      }
    }
    return unit_.arena.Copy(shown);
  }

  void EmitLiterals() {
    if (literals_.empty()) {
      return;
    }
    writer_.Emit(Op::kString, writer_.AddText(ShownText(literals_)));
    CountPart(text_parts_);
    literals_.clear();
  }

  void FlushText() {
    if (text_open_) {
      EmitLiterals();
      text_open_ = false;
      writer_.Emit(Op::kConcat, text_parts_);
      uint32_t expression = writer_.EndExpression({text_begin_, at_}, 0);
      AddText(ValueKind::kExpression, expression, {text_begin_, at_});
      return;
    }
    if (literals_.empty()) {
      return;
    }
    bool blank = std::all_of(
        literals_.begin(), literals_.end(), [this](base::Span span) {
          std::string_view text = span.In(text_);
          return std::all_of(text.begin(), text.end(), IsBlank);
        });
    if (!blank) {
      base::Span span{literals_.front().begin, literals_.back().end};
      AddText(ValueKind::kString, writer_.AddText(ShownText(literals_)), span);
    }
    literals_.clear();
  }

  void AddText(ValueKind kind, uint32_t value, base::Span span) {
    OpenTag& parent = top();
    parent.open_if = kNoId;
    if (IgnoresContent(parent, span) || parent.muted) {
      return;
    }
    NodeRecord node;
    node.kind = NodeKind::kText;
    node.value_kind = kind;
    node.value = value;
    node.span_begin = span.begin;
    node.span_end = span.end;
    node.end = static_cast<uint32_t>(unit_.nodes.size()) + 1;
    unit_.nodes.push_back(node);
  }

  // ---- Expressions ----

  // At `{{`. Emits code for one value and goes behind `}}`. `quote` is that of
  // the attribute, none in text.
  ParsedExpression ReadMustache(ExpressionContext context, char quote) {
    uint32_t begin = at_;
    UnitWriter::Mark mark = writer_.mark();
    ParsedExpression parsed = expressions_.Compile(begin + 2, context);
    if (parsed.ok) {
      at_ = parsed.end;
      sink_.Merge(std::move(expression_sink_));
      return parsed;
    }
    // The value is nothing; go on behind `}}` where there is one before the
    // attribute or the text ends.
    writer_.Rewind(mark);
    writer_.Emit(Op::kUndefined);
    size_t end = text_.find("}}", begin + 2);
    size_t limit = quote != '\0' ? text_.find(quote, begin + 2)
                                 : text_.find('<', parsed.end);
    bool closed = end != std::string_view::npos &&
                  (limit == std::string_view::npos || end < limit ||
                   (quote != '\0' && parsed.end > limit && end < text_.size() &&
                    !parsed.missing_end));
    if (!closed || parsed.missing_end) {
      // One mistake: what the parser stumbled over behind it is no other.
      static_cast<void>(expression_sink_.Take());
      sink_.Report(Kind::kUnclosedExpression, At({begin, begin + 2}));
      at_ = limit == std::string_view::npos
                ? static_cast<uint32_t>(text_.size())
                : static_cast<uint32_t>(std::max<size_t>(limit, begin + 2));
    } else {
      sink_.Merge(std::move(expression_sink_));
      at_ = static_cast<uint32_t>(end) + 2;
      while (Peek() == '}') {
        ++at_;
      }
    }
    return parsed;
  }

  // ---- Attributes ----

  // At the first byte of the value. `quote` is '\0' for one without quotes.
  Value ReadValue(char quote, ExpressionContext context) {
    Value value;
    uint32_t begin = at_;
    uint32_t literal = at_;
    uint32_t parts = 0;
    uint32_t mustaches = 0;
    bool open = false;
    ParsedExpression last;
    auto ends = [&]() {
      char c = text_[at_];
      return quote != '\0'
                 ? c == quote
                 : IsBlank(c) || c == '>' || (c == '/' && Peek(1) == '>');
    };
    auto flush = [&](uint32_t end) {
      if (end != literal) {
        writer_.Emit(Op::kString,
                     writer_.AddText(text_.substr(literal, end - literal)));
        CountPart(parts);
      }
    };
    while (!done() && !ends()) {
      if (text_[at_] == '{' && Peek(1) == '{') {
        if (!open) {
          open = true;
          writer_.BeginExpression();
        }
        flush(at_);
        last = ReadMustache(context, quote);
        ++mustaches;
        CountPart(parts);
        literal = at_;
      } else {
        ++at_;
      }
    }
    value.span = SpanFrom(begin);
    value.text = value.span.In(text_);
    if (!open) {
      value.kind = ValueKind::kString;
      value.id = writer_.Intern(value.text);
      return value;
    }
    bool alone = parts == 1 && mustaches == 1 && literal == at_;
    flush(at_);
    value.kind = ValueKind::kExpression;
    value.is_path = alone && last.is_path;
    if (!alone) {
      writer_.Emit(Op::kConcat, parts);
    }
    value.id = writer_.EndExpression(
        value.span, value.is_path ? uint32_t{tmpl::kExpressionIsPath} : 0);
    return value;
  }

  void ReadAttributes(std::string_view tag, bool& self_closing) {
    attrs_.clear();
    self_closing = false;
    for (;;) {
      SkipBlanks();
      if (done() || Peek() == '<') {
        sink_.Report(Kind::kUnfinishedTag, At(tag_span_), tag);
        return;
      }
      if (Peek() == '>') {
        ++at_;
        return;
      }
      if (Looking("/>")) {
        at_ += 2;
        self_closing = true;
        return;
      }
      char c = Peek();
      if (c == '/' || c == '"' || c == '\'' || c == '=' || c == '{' ||
          c == '}') {
        uint32_t begin = at_++;
        if (c == '{' && Peek() == '{') {
          size_t end = text_.find("}}", at_);
          size_t close = text_.find('>', at_);
          at_ = end < close ? static_cast<uint32_t>(end) + 2 : at_ + 1;
        }
        // A stray quote takes what it seems to quote along.
        if (c == '"' || c == '\'') {
          size_t end = text_.find(c, at_);
          size_t close = text_.find('>', at_);
          if (end != std::string_view::npos && end < close) {
            at_ = static_cast<uint32_t>(end) + 1;
          }
        }
        sink_.Report(Kind::kUnexpectedInTag, At({begin, begin + 1}),
                     text_.substr(begin, 1));
        continue;
      }
      ReadAttribute(tag);
    }
  }

  void ReadAttribute(std::string_view tag) {
    Attr attr;
    uint32_t begin = at_;
    while (!done() && !IsBlank(text_[at_]) && text_[at_] != '=' &&
           text_[at_] != '>' && text_[at_] != '<' && text_[at_] != '"' &&
           text_[at_] != '\'' && !Looking("/>")) {
      ++at_;
    }
    attr.key_span = SpanFrom(begin);
    attr.key = attr.key_span.In(text_);
    uint32_t behind_name = at_;
    SkipBlanks();
    if (Peek() != '=') {
      at_ = behind_name;
      attr.span = attr.key_span;
      AddAttr(std::move(attr));
      return;
    }
    ++at_;
    SkipBlanks();
    ExpressionContext context = tag == "template" && attr.key == "data"
                                    ? ExpressionContext::kTemplateData
                                    : ExpressionContext::kValue;
    char quote = Peek();
    if (quote == '"' || quote == '\'') {
      uint32_t open_quote = at_++;
      attr.value = ReadValue(quote, context);
      if (done()) {
        sink_.Report(Kind::kUnclosedValue, At({open_quote, open_quote + 1}),
                     attr.key);
      } else {
        ++at_;
      }
    } else {
      attr.value = ReadValue('\0', context);
      sink_.Report(Kind::kUnquotedValue, At(attr.value.span), attr.key)
          .Fix("put it in quotes", At(attr.value.span),
               "\"" + std::string(attr.value.text) + "\"",
               diagnostics::FixSafety::kSafe);
    }
    attr.span = SpanFrom(begin);
    AddAttr(std::move(attr));
  }

  void AddAttr(Attr attr) {
    // Looking through a few beats a table; a tag of thousands needs one.
    constexpr size_t kMany = 32;
    size_t same = attrs_.size();
    if (attrs_.size() < kMany) {
      attr_index_.clear();
      same = static_cast<size_t>(std::find_if(attrs_.begin(), attrs_.end(),
                                              [&](const Attr& other) {
                                                return other.key == attr.key;
                                              }) -
                                 attrs_.begin());
    } else {
      for (size_t i = attr_index_.size(); i < attrs_.size(); ++i) {
        attr_index_.emplace(attrs_[i].key, i);
      }
      auto found = attr_index_.find(attr.key);
      same = found == attr_index_.end() ? same : found->second;
    }
    if (same < attrs_.size()) {
      Attr& other = attrs_[same];
      {
        sink_.Report(Kind::kDuplicateAttr, At(attr.key_span), attr.key)
            .Label(At(other.key_span), "first here");
        other = std::move(attr);
        return;
      }
    }
    attrs_.push_back(std::move(attr));
  }

  const Attr* FindAttr(std::string_view key) const {
    for (const Attr& attr : attrs_) {
      if (attr.key == key) {
        return &attr;
      }
    }
    return nullptr;
  }

  // ---- Tags ----

  // What a tag's directives ask for.
  struct Directives {
    const Attr* condition = nullptr;
    std::string_view condition_word;
    const Attr* list = nullptr;
    const Attr* item = nullptr;
    const Attr* index = nullptr;
    const Attr* key = nullptr;
  };

  Directives ReadDirectives() {
    Directives found;
    for (const Attr& attr : attrs_) {
      std::string_view word = DirectiveOf(attr.key);
      if (word.empty()) {
        continue;
      }
      if (word == "if" || word == "elif" || word == "else") {
        if (found.condition != nullptr) {
          sink_
              .Report(Kind::kConflictingDirectives, At(attr.key_span),
                      found.condition->key, attr.key)
              .As(Strict());
          continue;
        }
        found.condition = &attr;
        found.condition_word = word;
      } else if (word == "for" || word == "for-items") {
        found.list = &attr;
      } else if (word == "for-item") {
        found.item = &attr;
      } else if (word == "for-index") {
        found.index = &attr;
      } else if (word == "key") {
        found.key = &attr;
      } else {
        auto report =
            sink_.Report(Kind::kUnknownDirective, At(attr.key_span), attr.key);
        std::string_view near = diagnostics::NearestWord(
            word,
            {"if", "elif", "else", "for", "for-item", "for-index", "key"});
        if (!near.empty()) {
          report.Note(base::format("did you mean `{}{}`?",
                                   attr.key.substr(0, 3), near));
        }
      }
    }
    for (const Attr* attr : {found.condition, found.list}) {
      if (attr != nullptr && attr->value.kind == ValueKind::kNone &&
          !(attr == found.condition && found.condition_word == "else")) {
        sink_.Report(Kind::kDirectiveWithoutValue, At(attr->key_span),
                     attr->key);
      }
    }
    if (found.list != nullptr && found.list->value.kind == ValueKind::kNone) {
      found.list = nullptr;
    }
    if (found.condition != nullptr && found.list != nullptr &&
        found.condition_word != "if") {
      sink_
          .Report(Kind::kConflictingDirectives, At(found.condition->key_span),
                  found.list->key, found.condition->key)
          .As(Strict());
      found.condition = nullptr;
    }
    return found;
  }

  uint32_t NextNode() const {
    return static_cast<uint32_t>(unit_.nodes.size());
  }

  NodeRecord& PushNode(NodeKind kind, base::Span span) {
    NodeRecord& node = unit_.nodes.emplace_back();
    node.kind = kind;
    node.span_begin = span.begin;
    node.span_end = span.end;
    return node;
  }

  void SetValue(NodeRecord& node, const Value& value) {
    node.value_kind = value.kind;
    node.value = value.id;
  }

  void ReadStartTag() {
    uint32_t begin = at_++;
    uint32_t name_begin = at_;
    while (!done() && IsTagPart(text_[at_])) {
      ++at_;
    }
    tag_span_ = {name_begin, at_};
    std::string_view name = tag_span_.In(text_);
    base::Span name_span = tag_span_;
    bool self_closing = false;
    ReadAttributes(name, self_closing);
    base::Span span = SpanFrom(begin);
    if (name == "wxs" || name == "fts") {
      ReadModule(name, name_span, self_closing);
      return;
    }
    OpenTag tag = WriteStart(name, name_span, span);
    if (self_closing) {
      open_.push_back(tag);
      Close();
    } else {
      open_.push_back(tag);
    }
  }

  // Writes the nodes that a tag begins with: its loop, its condition, itself.
  OpenTag WriteStart(std::string_view name, base::Span name_span,
                     base::Span span) {
    OpenTag tag;
    tag.name = name;
    tag.name_span = name_span;
    tag.depth = top().depth + 1;
    tag.role = RoleOf(name);
    bool ignored = IgnoresContent(top(), span);
    if (tag.role == TagRole::kImport) {
      AddImport(name_span);
      tag.muted = true;
      return tag;
    }
    if (top().muted || ignored) {
      tag.muted = true;
      return tag;
    }
    Directives directives = ReadDirectives();
    uint32_t levels = (directives.list != nullptr ? 1 : 0) +
                      (directives.condition != nullptr ? 2 : 0);
    tag.depth += levels;
    if (tag.depth > kMaxNodeDepth) {
      if (!too_deep_) {
        too_deep_ = true;
        sink_.Report(Kind::kTagsTooDeep, At(name_span), kMaxNodeDepth);
      }
      tag.muted = true;
      return tag;
    }
    WriteWrappers(directives, span, tag);
    WriteNode(name, span, tag);
    return tag;
  }

  TagRole RoleOf(std::string_view name) {
    if (name == "block") {
      return TagRole::kBlock;
    }
    if (name == "import") {
      return TagRole::kImport;
    }
    if (name == "include") {
      return TagRole::kInclude;
    }
    if (name == "template") {
      return FindAttr("name") != nullptr ? TagRole::kDefinition
             : FindAttr("is") != nullptr ? TagRole::kTemplateUse
                                         : TagRole::kNothing;
    }
    return TagRole::kElement;
  }

  // The content of includes, imports and template uses means nothing.
  bool IgnoresContent(OpenTag& parent, base::Span where) {
    if (parent.role != TagRole::kTemplateUse &&
        parent.role != TagRole::kInclude && parent.role != TagRole::kImport) {
      return false;
    }
    if (!parent.content_reported) {
      parent.content_reported = true;
      sink_.Report(Kind::kContentIgnored, At(where), parent.name);
    }
    return true;
  }

  void WriteWrappers(const Directives& directives, base::Span span,
                     OpenTag& tag) {
    uint32_t open_if = top().open_if;
    top().open_if = kNoId;
    if (directives.list != nullptr) {
      tag.loop_node = NextNode();
      WriteLoop(directives, span);
    }
    if (directives.condition == nullptr) {
      return;
    }
    const Attr& condition = *directives.condition;
    if (directives.condition_word == "if") {
      tag.if_node = NextNode();
      PushNode(NodeKind::kIf, span);
    } else if (open_if != kNoId) {
      tag.if_node = open_if;
    } else {
      sink_.Report(Kind::kElseWithoutIf, At(condition.key_span), condition.key)
          .As(Strict());
      return;
    }
    tag.branch_node = NextNode();
    NodeRecord& branch = PushNode(NodeKind::kBranch, span);
    if (directives.condition_word == "else") {
      return;
    }
    if (condition.value.kind == ValueKind::kNone) {
      branch.value_kind = ValueKind::kString;
      branch.value = writer_.Intern({});
    } else {
      SetValue(branch, condition.value);
    }
  }

  void WriteLoop(const Directives& directives, base::Span span) {
    NodeRecord& node = PushNode(NodeKind::kFor, span);
    SetValue(node, directives.list->value);
    auto name_of = [&](const Attr* attr, std::string_view fallback) {
      if (attr == nullptr || attr->value.kind == ValueKind::kNone) {
        return writer_.Intern(fallback);
      }
      if (!IsPlainName(attr->value)) {
        sink_.Report(Kind::kBadLoopName, At(attr->value.span),
                     attr->value.text);
      }
      loop_names_.push_back({attr->value.text, attr->value.span});
      return writer_.Intern(attr->value.text);
    };
    node.name = name_of(directives.item, "item");
    node.extra = name_of(directives.index, "index");
    if (directives.key == nullptr) {
      return;
    }
    const Value& key = directives.key->value;
    if (key.is_plain() && key.text == "*this") {
      node.flags |= tmpl::kForKeyIsItem;
    } else if (key.is_plain() && IsPlainName(key)) {
      node.key = key.id;
    } else {
      auto report = sink_.Report(
          Kind::kBadKeyName,
          At(key.kind == ValueKind::kNone ? directives.key->key_span
                                          : key.span),
          key.text);
      // `{{item.id}}` and `item.id` mean `id`.
      std::string_view word = key.text;
      size_t dot = word.rfind('.');
      if (dot != std::string_view::npos) {
        word = word.substr(dot + 1);
        word = word.substr(0, word.find_first_of(" }"));
        report.Fix(base::format("write `{}`", word), At(key.span),
                   std::string(word), diagnostics::FixSafety::kUnsafe);
      }
    }
  }

  static bool IsPlainName(const Value& value) {
    return value.is_plain() && !value.text.empty() &&
           !(value.text[0] >= '0' && value.text[0] <= '9') &&
           std::all_of(value.text.begin(), value.text.end(), [](char c) {
             return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                    (c >= '0' && c <= '9') || c == '_' || c == '$';
           });
  }

  void WriteNode(std::string_view name, base::Span span, OpenTag& tag) {
    tag.node = NextNode();
    switch (tag.role) {
      case TagRole::kElement:
        WriteElement(name, span);
        return;
      case TagRole::kBlock: {
        NodeRecord& node = PushNode(NodeKind::kBlock, span);
        if (const Attr* slot = FindAttr("slot")) {
          SetValue(node, slot->value);
        }
        return;
      }
      case TagRole::kDefinition:
        WriteDefinition(span);
        return;
      case TagRole::kTemplateUse:
        WriteTemplateUse(span);
        return;
      case TagRole::kInclude:
        WriteInclude(span, tag);
        return;
      case TagRole::kNothing:
        sink_.Report(Kind::kTemplateWithoutName, At(tag.name_span));
        PushNode(NodeKind::kDefinition, span);
        return;
      case TagRole::kImport:
        return;
    }
  }

  void WriteElement(std::string_view name, base::Span span) {
    uint32_t first_attr = static_cast<uint32_t>(unit_.attrs.size());
    for (const Attr& attr : attrs_) {
      if (DirectiveOf(attr.key).empty()) {
        WriteAttr(attr);
      }
    }
    uint32_t name_id = writer_.Intern(name);
    NodeRecord& node = PushNode(NodeKind::kElement, span);
    node.name = name_id;
    node.first_attr = first_attr;
    node.attr_count = static_cast<uint32_t>(unit_.attrs.size()) - first_attr;
  }

  void WriteAttr(const Attr& attr) {
    AttrName decoded = DecodeAttrName(attr.key);
    if (decoded.kind == AttrKind::kEvent && decoded.name.empty()) {
      sink_.Report(Kind::kEventWithoutName, At(attr.key_span), attr.key);
      return;
    }
    if (decoded.kind == AttrKind::kModel && !attr.value.is_path) {
      sink_.Report(Kind::kModelNotPlace, At(attr.span), attr.key);
    }
    tmpl::AttrRecord record;
    record.kind = decoded.kind;
    record.flags = decoded.flags;
    record.name = writer_.InternCopy(decoded.name);
    record.key = writer_.Intern(attr.key);
    record.value_kind = attr.value.kind;
    record.value = attr.value.id;
    record.span_begin = attr.span.begin;
    record.span_end = attr.span.end;
    unit_.attrs.push_back(record);
  }

  void WriteDefinition(base::Span span) {
    const Attr* name = FindAttr("name");
    if (!name->value.is_plain()) {
      sink_.Report(Kind::kNotPlainText, At(name->span), name->key);
    } else {
      for (TemplateDefinition& other : unit_.templates) {
        if (other.name == name->value.id) {
          sink_
              .Report(Kind::kDuplicateTemplate, At(name->value.span),
                      name->value.text)
              .Label(At(other.name_span), "first here");
        }
      }
      unit_.templates.push_back({name->value.id, NextNode(), name->value.span});
    }
    PushNode(NodeKind::kDefinition, span);
  }

  void WriteTemplateUse(base::Span span) {
    const Attr* is = FindAttr("is");
    uint32_t data_expression = kNoId;
    if (const Attr* data = FindAttr("data")) {
      std::string_view text = data->value.text;
      bool whole = data->value.is_expression() && text.size() >= 4 &&
                   text.substr(0, 2) == "{{" &&
                   tmpl::OpOf(LastWordOf(data->value.id)) != Op::kConcat;
      if (whole) {
        data_expression = data->value.id;
      } else if (!text.empty()) {
        sink_.Report(Kind::kTemplateDataNotObject, At(data->value.span));
      }
    }
    NodeRecord& node = PushNode(NodeKind::kTemplateUse, span);
    if (is->value.kind == ValueKind::kNone) {
      node.value_kind = ValueKind::kString;
      node.value = writer_.Intern({});
    } else {
      SetValue(node, is->value);
    }
    node.extra = data_expression;
  }

  uint32_t LastWordOf(uint32_t expression) const {
    const tmpl::ExpressionRecord& record = unit_.expressions[expression];
    return unit_.code[record.first_code + record.code_count - 1];
  }

  void WriteInclude(base::Span span, const OpenTag& tag) {
    Reference reference;
    bool ok = ReadSrc(tag.name, tag.name_span, reference);
    uint32_t name = writer_.Intern(reference.src);
    NodeRecord& node = PushNode(NodeKind::kInclude, span);
    node.name = name;
    if (ok) {
      node.extra = static_cast<uint32_t>(unit_.includes.size());
      unit_.includes.push_back(reference);
    }
  }

  void AddImport(base::Span name_span) {
    Reference reference;
    if (ReadSrc("import", name_span, reference)) {
      unit_.imports.push_back(reference);
    }
  }

  bool ReadSrc(std::string_view tag, base::Span tag_span,
               Reference& reference) {
    const Attr* src = FindAttr("src");
    if (src == nullptr || src->value.text.empty()) {
      sink_.Report(Kind::kSrcMissing, At(src == nullptr ? tag_span : src->span),
                   tag);
      return false;
    }
    if (!src->value.is_plain()) {
      sink_.Report(Kind::kNotPlainText, At(src->span), src->key);
      return false;
    }
    reference = {src->value.text, src->value.span};
    return true;
  }

  // ---- Script modules ----

  void ReadModule(std::string_view tag, base::Span tag_span,
                  bool self_closing) {
    ModuleDeclaration module;
    const Attr* src = FindAttr("src");
    if (src != nullptr) {
      if (src->value.is_plain() && !src->value.text.empty()) {
        module.src = {src->value.text, src->value.span};
      } else {
        sink_.Report(
            src->value.text.empty() ? Kind::kSrcMissing : Kind::kNotPlainText,
            At(src->span), src->value.text.empty() ? tag : src->key);
      }
    }
    const Attr* name = FindAttr("module");
    bool named =
        name != nullptr && name->value.is_plain() && !name->value.text.empty();
    if (!named) {
      sink_.Report(Kind::kModuleNameMissing,
                   At(name == nullptr ? tag_span : name->span), tag);
    } else if (!std::all_of(name->value.text.begin(), name->value.text.end(),
                            [](char c) {
                              return (c >= 'a' && c <= 'z') ||
                                     (c >= 'A' && c <= 'Z') ||
                                     (c >= '0' && c <= '9') || c == '_';
                            })) {
      sink_.Report(Kind::kModuleNameBad, At(name->value.span),
                   name->value.text);
      named = false;
    }
    if (named) {
      module.name = name->value.text;
      module.name_span = name->value.span;
    }
    if (!self_closing) {
      ReadModuleBody(tag, tag_span, module);
    }
    if (!named) {
      return;
    }
    for (ModuleDeclaration& other : unit_.modules) {
      if (other.name == module.name) {
        sink_.Report(Kind::kDuplicateModule, At(module.name_span), module.name)
            .Label(At(other.name_span), "first here");
        other = module;
        return;
      }
    }
    unit_.modules.push_back(module);
  }

  void ReadModuleBody(std::string_view tag, base::Span tag_span,
                      ModuleDeclaration& module) {
    std::string close = "</" + std::string(tag);
    size_t end = at_;
    for (;;) {
      end = text_.find(close, end);
      if (end == std::string_view::npos) {
        sink_.Report(Kind::kUnclosedModule, At(tag_span), tag);
        module.body = {at_, static_cast<uint32_t>(text_.size())};
        at_ = static_cast<uint32_t>(text_.size());
        return;
      }
      size_t behind = end + close.size();
      if (behind >= text_.size() || !IsTagPart(text_[behind])) {
        break;
      }
      end = behind;
    }
    module.body = {at_, static_cast<uint32_t>(end)};
    size_t bracket = text_.find('>', end);
    at_ = bracket == std::string_view::npos
              ? static_cast<uint32_t>(text_.size())
              : static_cast<uint32_t>(bracket) + 1;
  }

  void CheckModuleNames() {
    for (const Reference& name : loop_names_) {
      for (const ModuleDeclaration& module : unit_.modules) {
        if (module.name == name.src) {
          sink_.Report(Kind::kLoopNameHidden, At(name.span), name.src)
              .Label(At(module.name_span), "the module");
        }
      }
    }
  }

  // ---- End tags ----

  void ReadEndTag() {
    uint32_t begin = at_;
    at_ += 2;
    uint32_t name_begin = at_;
    while (!done() && IsTagPart(text_[at_])) {
      ++at_;
    }
    base::Span name_span = SpanFrom(name_begin);
    std::string_view name = name_span.In(text_);
    SkipBlanks();
    if (Peek() == '>') {
      ++at_;
    } else {
      uint32_t junk = at_;
      while (!done() && text_[at_] != '>' && text_[at_] != '<') {
        ++at_;
      }
      sink_.Report(Kind::kEndTagJunk, At({junk, std::max(at_, junk)}),
                   base::Span{junk, std::min(at_, junk + 20)}.In(text_));
      if (Peek() == '>') {
        ++at_;
      }
    }
    size_t match = open_.size();
    while (match > 1 && open_[match - 1].name != name) {
      --match;
    }
    if (match <= 1) {
      sink_.Report(Kind::kStrayEndTag, At(SpanFrom(begin)), name).As(Strict());
      return;
    }
    while (open_.size() > match) {
      ReportUnclosed(top());
      Close();
    }
    Close();
  }

  void ReportUnclosed(const OpenTag& tag) {
    sink_.Report(Kind::kUnclosedTag, At(tag.name_span), tag.name).As(Strict());
  }

  void CloseAllAtEnd() {
    int reports = 0;
    while (open_.size() > 1) {
      if (reports++ < kMaxUnclosedReports) {
        ReportUnclosed(top());
      }
      Close();
    }
  }

  void Close() {
    FlushText();
    OpenTag tag = top();
    open_.pop_back();
    uint32_t end = NextNode();
    for (uint32_t node :
         {tag.loop_node, tag.if_node, tag.branch_node, tag.node}) {
      if (node != kNoId) {
        unit_.nodes[node].end = end;
      }
    }
    // A loop's condition is its own, and an else is the end: no sibling goes on
    // with them.
    if (tag.if_node != kNoId && tag.loop_node == kNoId &&
        unit_.nodes[tag.branch_node].value_kind != ValueKind::kNone) {
      top().open_if = tag.if_node;
    }
  }

  const source::SourceFile& source_;
  std::string_view text_;
  const FxmlOptions& options_;
  diagnostics::Sink& sink_;
  diagnostics::Sink expression_sink_;
  Unit unit_;
  UnitWriter writer_;
  ExpressionCompiler expressions_;

  uint32_t at_ = 0;
  std::vector<OpenTag> open_;
  std::vector<Attr> attrs_;
  std::unordered_map<std::string_view, size_t> attr_index_;
  base::Span tag_span_;
  bool too_deep_ = false;
  // Literal pieces of the text being read, not yet emitted.
  std::vector<base::Span> literals_;
  bool text_open_ = false;
  uint32_t text_parts_ = 0;
  uint32_t text_begin_ = 0;
  std::vector<Reference> loop_names_;
};

}  // namespace

Unit CompileFxml(const source::SourceFile& source, const FxmlOptions& options,
                 diagnostics::Sink& sink) {
  return Compiler(source, options, sink).Run();
}

}  // namespace fcc::fxml
