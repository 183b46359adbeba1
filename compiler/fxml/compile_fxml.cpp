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
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/fxml/attributes.h"
#include "compiler/fxml/element_attrs.h"
#include "compiler/fxml/fxml.h"
#include "compiler/fxml/reading.h"
#include "compiler/fxml/script_modules.h"
#include "compiler/fxml/text.h"

namespace fcc::fxml {

using diagnostics::Kind;
using diagnostics::Severity;
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
      : r_(source, options, sink),
        attributes_(r_),
        element_attrs_(r_),
        text_(r_),
        modules_(r_, attributes_) {}

  Unit Run() {
    const size_t reported = r_.sink.diagnostics().size();
    open_.push_back({});
    if (r_.text.size() > kMaxMegabytes << 20) {
      r_.sink.Report(Kind::kFileTooLarge, r_.At({0, 0}), kMaxMegabytes);
    } else {
      ReadContent();
    }
    CloseAllAtEnd();
    CheckLoopNames();
    Unit unit;
    unit.path = r_.source.path();
    unit.file = r_.source.id();
    const auto& diagnostics = r_.sink.diagnostics();
    unit.has_errors = std::any_of(
        diagnostics.begin() + static_cast<ptrdiff_t>(reported),
        diagnostics.end(), [](const diagnostics::Diagnostic& diagnostic) {
          return diagnostic.severity == Severity::kError;
        });
    unit.arena = std::move(r_.arena);
    r_.tables.MoveTo(unit);
    return unit;
  }

 private:
  OpenTag& top() { return open_.back(); }

  // ---- Content ----

  void ReadContent() {
    while (!r_.done()) {
      if (r_.text[r_.at] == '<') {
        ReadMarkup();
      } else {
        text_.Read();
      }
    }
    FlushText();
  }

  void ReadMarkup() {
    const char next = r_.Peek(1);
    if (IsOf(next, kTagStart)) {
      FlushText();
      ReadStartTag();
    } else if (next == '/') {
      FlushText();
      ReadEndTag();
    } else if (next == '!' || next == '?') {
      if (r_.Looking("<!--")) {
        ReadComment();
      } else {
        SkipForeignMarkup();
      }
    } else {
      r_.sink.Report(Kind::kLiteralLess, r_.At({r_.at, r_.at + 1}));
      text_.TakeByte();
    }
  }

  void ReadComment() {
    uint32_t begin = r_.at;
    size_t end = r_.text.find("-->", r_.at + 4);
    if (end == std::string_view::npos) {
      r_.sink.Report(Kind::kUnclosedComment, r_.At({begin, begin + 4}));
      r_.at = static_cast<uint32_t>(r_.text.size());
    } else {
      r_.at = static_cast<uint32_t>(end) + 3;
    }
  }

  void SkipForeignMarkup() {
    uint32_t begin = r_.at;
    bool cdata = r_.Looking("<![CDATA[");
    size_t end = cdata ? r_.text.find("]]>", r_.at) : r_.text.find('>', r_.at);
    r_.at = end == std::string_view::npos
                ? static_cast<uint32_t>(r_.text.size())
                : static_cast<uint32_t>(end) + (cdata ? 3 : 1);
    base::Span shown{begin, std::min(r_.at, begin + 30)};
    r_.sink.Report(Kind::kMarkupIgnored, r_.At(r_.SpanFrom(begin)),
                   shown.In(r_.text));
  }

  void FlushText() {
    const std::optional<TextValue> text = text_.Finish();
    if (!text) {
      return;
    }
    OpenTag& parent = top();
    parent.open_if = kNoId;
    if (IgnoresContent(parent, text->span) || parent.muted) {
      return;
    }
    NodeRecord& node = PushNode(NodeKind::kText, text->span);
    node.value_kind = text->kind;
    node.value = text->id;
    node.end = r_.NextNode();
  }

  // ---- Tags ----

  // What a tag's directives ask for.
  struct Directives {
    const Attr* condition = nullptr;
    const Attr* list = nullptr;
    const Attr* item = nullptr;
    const Attr* index = nullptr;
    const Attr* key = nullptr;
  };

  Directives ReadDirectives() {
    Directives found;
    for (const Attr& attr : attributes_.attrs()) {
      switch (attr.directive) {
        case Directive::kNone:
          break;
        case Directive::kIf:
        case Directive::kElif:
        case Directive::kElse:
          if (found.condition != nullptr) {
            r_.sink
                .Report(Kind::kConflictingDirectives, r_.At(attr.key_span),
                        found.condition->key, attr.key)
                .As(r_.Strict());
          } else {
            found.condition = &attr;
          }
          if (attr.key[2] == '-') {
            const std::string meant = "wx:" + std::string(attr.key.substr(3));
            r_.sink
                .Report(Kind::kDashedDirective, r_.At(attr.key_span), attr.key,
                        meant)
                .Fix(diagnostics::WriteInstead(meant), r_.At(attr.key_span),
                     meant, diagnostics::FixSafety::kSafe);
          }
          break;
        case Directive::kFor:
          // The old name wins over the new one.
          if (found.list == nullptr || !found.list->key.ends_with("-items")) {
            found.list = &attr;
          }
          break;
        case Directive::kForItem:
          found.item = &attr;
          break;
        case Directive::kForIndex:
          found.index = &attr;
          break;
        case Directive::kKey:
          found.key = &attr;
          break;
        case Directive::kUnknown:
          ReportUnknown(attr);
          break;
      }
    }
    for (const Attr* attr : {found.condition, found.list}) {
      if (attr != nullptr && attr->value.kind == ValueKind::kNone &&
          attr->directive != Directive::kElse) {
        r_.sink.Report(Kind::kDirectiveWithoutValue, r_.At(attr->key_span),
                       attr->key);
      }
    }
    if (found.list != nullptr && found.list->value.kind == ValueKind::kNone) {
      found.list = nullptr;
    }
    if (found.condition != nullptr && found.list != nullptr &&
        found.condition->directive != Directive::kIf) {
      r_.sink
          .Report(Kind::kConflictingDirectives,
                  r_.At(found.condition->key_span), found.list->key,
                  found.condition->key)
          .As(r_.Strict());
      found.condition = nullptr;
    }
    return found;
  }

  void ReportUnknown(const Attr& attr) {
    auto report =
        r_.sink.Report(Kind::kUnknownDirective, r_.At(attr.key_span), attr.key);
    std::string_view near = diagnostics::NearestWord(
        attr.key.substr(3),
        {"if", "elif", "else", "for", "for-item", "for-index", "key"});
    if (!near.empty()) {
      report.Note(diagnostics::DidYouMean(
          base::format("{}:{}", attr.key.substr(0, 2), near)));
    }
  }

  NodeRecord& PushNode(NodeKind kind, base::Span span) {
    NodeRecord& node = r_.tables.nodes.emplace_back();
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
    const uint32_t begin = r_.at++;
    r_.Skip(kTagPart);
    const base::Span name_span{begin + 1, r_.at};
    const std::string_view name = name_span.In(r_.text);
    const bool self_closing = attributes_.Read(name, name_span);
    if (name == "wxs" || name == "fts") {
      modules_.Read(name, name_span, self_closing);
      return;
    }
    open_.push_back(WriteStart(name, name_span, r_.SpanFrom(begin)));
    if (self_closing) {
      Close();
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
        r_.sink.Report(Kind::kTagsTooDeep, r_.At(name_span), kMaxNodeDepth);
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
      return attributes_.Find("name") != nullptr ? TagRole::kDefinition
             : attributes_.Find("is") != nullptr ? TagRole::kTemplateUse
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
      r_.sink.Report(Kind::kContentIgnored, r_.At(where), parent.name);
    }
    return true;
  }

  void WriteWrappers(const Directives& directives, base::Span span,
                     OpenTag& tag) {
    uint32_t open_if = top().open_if;
    top().open_if = kNoId;
    if (directives.list != nullptr) {
      tag.loop_node = r_.NextNode();
      WriteLoop(directives, span);
    }
    if (directives.condition == nullptr) {
      return;
    }
    const Attr& condition = *directives.condition;
    if (condition.directive == Directive::kIf) {
      tag.if_node = r_.NextNode();
      PushNode(NodeKind::kIf, span);
    } else if (open_if != kNoId) {
      tag.if_node = open_if;
    } else {
      r_.sink
          .Report(Kind::kElseWithoutIf, r_.At(condition.key_span),
                  condition.key)
          .As(r_.Strict());
      return;
    }
    tag.branch_node = r_.NextNode();
    NodeRecord& branch = PushNode(NodeKind::kBranch, span);
    if (condition.directive == Directive::kElse) {
      return;
    }
    if (condition.value.kind == ValueKind::kNone) {
      branch.value_kind = ValueKind::kString;
      branch.value = r_.writer.Intern({});
    } else {
      SetValue(branch, condition.value);
    }
  }

  void WriteLoop(const Directives& directives, base::Span span) {
    NodeRecord& node = PushNode(NodeKind::kFor, span);
    SetValue(node, directives.list->value);
    auto name_of = [&](const Attr* attr, std::string_view fallback) {
      if (attr == nullptr || attr->value.kind == ValueKind::kNone) {
        return r_.writer.Intern(fallback);
      }
      if (!IsPlainName(attr->value)) {
        r_.sink.Report(Kind::kBadLoopName, r_.At(attr->value.span),
                       attr->value.text);
      }
      if (attr->value.is_plain() && attr->value.text.empty()) {
        return r_.writer.Intern(fallback);
      }
      loop_names_.push_back({attr->value.text, attr->value.span});
      return r_.writer.Intern(attr->value.text);
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
      auto report = r_.sink.Report(
          Kind::kBadKeyName,
          r_.At(key.kind == ValueKind::kNone ? directives.key->key_span
                                             : key.span),
          key.text);
      // `{{item.id}}` and `item.id` mean `id`.
      std::string_view word = key.text;
      size_t dot = word.rfind('.');
      if (dot != std::string_view::npos) {
        word = word.substr(dot + 1);
        word = word.substr(0, word.find_first_of(" }"));
        report.Fix(diagnostics::WriteInstead(word), r_.At(key.span),
                   std::string(word), diagnostics::FixSafety::kUnsafe);
      }
    }
  }

  static bool IsPlainName(const Value& value) {
    return value.is_plain() && !value.text.empty() &&
           !IsOf(value.text[0], kDigit) &&
           std::all_of(value.text.begin(), value.text.end(),
                       [](char c) { return IsOf(c, kNamePart); });
  }

  void WriteNode(std::string_view name, base::Span span, OpenTag& tag) {
    tag.node = r_.NextNode();
    switch (tag.role) {
      case TagRole::kElement:
        WriteElement(name, span);
        return;
      case TagRole::kBlock: {
        NodeRecord& node = PushNode(NodeKind::kBlock, span);
        if (const Attr* slot = attributes_.Find("slot")) {
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
        r_.sink.Report(Kind::kTemplateWithoutName, r_.At(tag.name_span));
        PushNode(NodeKind::kDefinition, span);
        return;
      case TagRole::kImport:
        return;
    }
  }

  void WriteElement(std::string_view name, base::Span span) {
    uint32_t first_attr = static_cast<uint32_t>(r_.tables.attrs.size());
    element_attrs_.Write(attributes_.attrs());
    uint32_t name_id = r_.writer.Intern(name);
    NodeRecord& node = PushNode(NodeKind::kElement, span);
    node.name = name_id;
    node.first_attr = first_attr;
    node.attr_count =
        static_cast<uint32_t>(r_.tables.attrs.size()) - first_attr;
  }

  void WriteDefinition(base::Span span) {
    const Attr* name = attributes_.Find("name");
    if (!name->value.is_plain()) {
      r_.sink.Report(Kind::kNotPlainText, r_.At(name->span), name->key)
          .As(Severity::kWarning);
    } else if (name->value.text.empty()) {
      r_.sink.Report(Kind::kTemplateWithoutName, r_.At(name->span));
    } else {
      auto [found, is_new] =
          templates_.try_emplace(name->value.id, name->value.span);
      if (!is_new) {
        r_.sink
            .Report(Kind::kDuplicateTemplate, r_.At(name->value.span),
                    name->value.text)
            .Label(r_.At(found->second), {"first here", "首次出现"});
      }
      r_.tables.templates.push_back(
          {name->value.id, r_.NextNode(), name->value.span});
    }
    PushNode(NodeKind::kDefinition, span);
  }

  void WriteTemplateUse(base::Span span) {
    const Attr* is = attributes_.Find("is");
    uint32_t data_expression = kNoId;
    if (const Attr* data = attributes_.Find("data")) {
      std::string_view text = data->value.text;
      bool whole = data->value.is_expression() && text.size() >= 4 &&
                   text.substr(0, 2) == "{{" &&
                   tmpl::OpOf(LastWordOf(data->value.id)) != Op::kConcat;
      if (whole) {
        data_expression = data->value.id;
      } else if (!text.empty()) {
        r_.sink.Report(Kind::kTemplateDataNotObject, r_.At(data->value.span));
      }
    }
    NodeRecord& node = PushNode(NodeKind::kTemplateUse, span);
    if (is->value.kind == ValueKind::kNone) {
      node.value_kind = ValueKind::kString;
      node.value = r_.writer.Intern({});
    } else {
      SetValue(node, is->value);
    }
    node.extra = data_expression;
  }

  uint32_t LastWordOf(uint32_t expression) const {
    const tmpl::ExpressionRecord& record = r_.tables.expressions[expression];
    return r_.tables.code[record.first_code + record.code_count - 1];
  }

  void WriteInclude(base::Span span, const OpenTag& tag) {
    Reference reference;
    bool ok = ReadSrc(tag.name, tag.name_span, reference);
    uint32_t name = r_.writer.Intern(reference.src);
    NodeRecord& node = PushNode(NodeKind::kInclude, span);
    node.name = name;
    if (ok) {
      node.extra = static_cast<uint32_t>(r_.tables.includes.size());
      r_.tables.includes.push_back(reference);
    }
  }

  void AddImport(base::Span name_span) {
    Reference reference;
    if (ReadSrc("import", name_span, reference)) {
      r_.tables.imports.push_back(reference);
    }
  }

  // Without a file nothing is included; the platform says nothing of it.
  bool ReadSrc(std::string_view tag, base::Span tag_span,
               Reference& reference) {
    const Attr* src = attributes_.Find("src");
    if (src == nullptr || src->value.text.empty()) {
      r_.sink
          .Report(Kind::kSrcMissing,
                  r_.At(src == nullptr ? tag_span : src->span), tag)
          .As(Severity::kWarning);
      return false;
    }
    if (!src->value.is_plain()) {
      r_.sink.Report(Kind::kNotPlainText, r_.At(src->span), src->key)
          .As(Severity::kWarning);
      return false;
    }
    reference = {src->value.text, src->value.span};
    return true;
  }

  void CheckLoopNames() {
    for (const Reference& name : loop_names_) {
      if (const ModuleDeclaration* module = modules_.Find(name.src)) {
        r_.sink.Report(Kind::kLoopNameHidden, r_.At(name.span), name.src)
            .Label(r_.At(module->name_span), {"the module", "该模块"});
      }
    }
  }

  // ---- End tags ----

  void ReadEndTag() {
    const uint32_t begin = r_.at;
    r_.at += 2;
    r_.Skip(kBlank);
    const uint32_t name_begin = r_.at;
    r_.Skip(kTagPart);
    const std::string_view name = r_.SpanFrom(name_begin).In(r_.text);
    r_.Skip(kBlank);
    if (r_.Peek() != '>') {
      const uint32_t junk = r_.at;
      while (!r_.done() && r_.Peek() != '>' && r_.Peek() != '<') {
        ++r_.at;
      }
      if (junk == r_.at) {
        r_.sink.Report(Kind::kUnfinishedTag, r_.At({begin, r_.at}),
                       "/" + std::string(name));
      } else {
        r_.sink.Report(
            Kind::kEndTagJunk, r_.At({junk, r_.at}),
            base::Span{junk, std::min(r_.at, junk + 20)}.In(r_.text));
      }
    }
    if (r_.Peek() == '>') {
      ++r_.at;
    }
    CloseUpTo(name, r_.SpanFrom(begin));
  }

  void CloseUpTo(std::string_view name, base::Span span) {
    // Far more than a tree may be deep: what is not found there is not looked
    // for through a hundred thousand open tags.
    constexpr size_t kMaxSearched = 2 * tmpl::kMaxTreeDepth;
    size_t match = open_.size();
    const size_t last = match > kMaxSearched ? match - kMaxSearched : 1;
    while (match > last && open_[match - 1].name != name) {
      --match;
    }
    if (match <= last) {
      r_.sink.Report(Kind::kStrayEndTag, r_.At(span), name).As(r_.Strict());
      return;
    }
    while (open_.size() > match) {
      ReportUnclosed(top());
      Close();
    }
    Close();
  }

  void ReportUnclosed(const OpenTag& tag) {
    r_.sink.Report(Kind::kUnclosedTag, r_.At(tag.name_span), tag.name)
        .As(r_.Strict());
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
    uint32_t end = r_.NextNode();
    for (uint32_t node :
         {tag.loop_node, tag.if_node, tag.branch_node, tag.node}) {
      if (node != kNoId) {
        r_.tables.nodes[node].end = end;
      }
    }
    // A loop's condition is its own, and an else is the end: no sibling goes on
    // with them.
    if (tag.if_node != kNoId && tag.loop_node == kNoId &&
        r_.tables.nodes[tag.branch_node].value_kind != ValueKind::kNone) {
      top().open_if = tag.if_node;
    }
  }

  Reading r_;
  AttributeReader attributes_;
  ElementAttrs element_attrs_;
  TextReader text_;
  ModuleReader modules_;

  std::vector<OpenTag> open_;
  bool too_deep_ = false;
  // Names given by wx:for-item and wx:for-index.
  std::vector<Reference> loop_names_;
  // By the id of the name, where it first stands.
  std::unordered_map<uint32_t, base::Span> templates_;
};

}  // namespace

Unit CompileFxml(const source::SourceFile& source, const FxmlOptions& options,
                 diagnostics::Sink& sink) {
  return Compiler(source, options, sink).Run();
}

}  // namespace fcc::fxml
