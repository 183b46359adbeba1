// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/parse/converter.h"

#include <algorithm>

#include "compiler/js/deep_stack.h"

namespace fcc::js {

Converter::Converter(Ast& ast, const Grammar& grammar, uint32_t base,
                     const Insertions& insertions, bool find_blocks,
                     const ParseOptions& options, diagnostics::Sink& sink)
    : ast_(ast),
      grammar_(grammar),
      text_(ast.file().text()),
      base_(base),
      insertions_(insertions),
      find_blocks_(find_blocks),
      options_(options),
      sink_(sink),
      typescript_(options.dialect == Dialect::kTypeScript ||
                  options.dialect == Dialect::kTsx),
      cursor_() {}

Converter::~Converter() {
  if (cursor_.tree != nullptr) {
    ts_tree_cursor_delete(&cursor_);
  }
}

CstNode Converter::Wrap(TSNode raw) const {
  CstNode node;
  node.raw = raw;
  const TSSymbol symbol = ts_node_symbol(raw);
  // The error symbol is 65535.
  node.kind =
      symbol < grammar_.kinds.size() ? grammar_.kinds[symbol] : Cst::kError;
  uint32_t begin = ts_node_start_byte(raw);
  uint32_t end = ts_node_end_byte(raw);
  if (!insertions_.empty()) {
    begin = insertions_.InPart(begin);
    end = insertions_.InPart(end);
  }
  node.span = {base_ + begin, base_ + end};
  return node;
}

// Lists, whose items have no fields; asking for that of an item costs the
// height of the tree of pairs that tree-sitter keeps a list in.
static bool IsPlainList(Cst kind) {
  return kind == Cst::kProgram || kind == Cst::kStatementBlock ||
         kind == Cst::kArray || kind == Cst::kArrayPattern ||
         kind == Cst::kArguments || kind == Cst::kObject ||
         kind == Cst::kObjectPattern || kind == Cst::kTemplateString ||
         kind == Cst::kString || kind == Cst::kSequenceExpression ||
         kind == Cst::kClassBody || kind == Cst::kFormalParameters;
}

Converter::Children::Children(Converter& converter, const CstNode& parent)
    : converter_(converter),
      begin_(converter.stack_.size()),
      end_(converter.stack_.size()) {
  TSTreeCursor& cursor = converter.cursor_;
  if (cursor.tree == nullptr) {
    cursor = ts_tree_cursor_new(parent.raw);
  } else {
    ts_tree_cursor_reset(&cursor, parent.raw);
  }
  if (!ts_tree_cursor_goto_first_child(&cursor)) {
    return;
  }
  const bool has_fields = !IsPlainList(parent.kind);
  do {
    CstNode node = converter.Wrap(ts_tree_cursor_current_node(&cursor));
    if (node.kind == Cst::kComment) {
      continue;
    }
    if (node.kind == Cst::kHtmlComment) {
      converter.CheckHtmlComment(node);
      continue;
    }
    if (has_fields) {
      node.field =
          converter.grammar_.fields[ts_tree_cursor_current_field_id(&cursor)];
    }
    converter.stack_.push_back(node);
  } while (ts_tree_cursor_goto_next_sibling(&cursor));
  end_ = converter.stack_.size();
}

CstNode Converter::Children::Get(CstField field) const {
  for (size_t i = 0; i < size(); ++i) {
    const CstNode& node = converter_.stack_[begin_ + i];
    if (node.field == field) {
      return node;
    }
  }
  return {};
}

bool Converter::Children::Has(CstField field) const {
  for (size_t i = 0; i < size(); ++i) {
    if (converter_.stack_[begin_ + i].field == field) {
      return true;
    }
  }
  return false;
}

CstNode Converter::Children::Get(Cst kind) const {
  for (size_t i = 0; i < size(); ++i) {
    const CstNode& node = converter_.stack_[begin_ + i];
    if (node.kind == kind) {
      return node;
    }
  }
  return {};
}

bool Converter::Children::Has(Cst kind) const {
  return Get(kind).kind == kind;
}

CstNode Converter::Children::FirstNamed() const {
  for (size_t i = 0; i < size(); ++i) {
    const CstNode& node = converter_.stack_[begin_ + i];
    if (node.is_named() && node.field == CstField::kNone) {
      return node;
    }
  }
  return {};
}

void Converter::ErrorUnexpected(base::Span span) {
  Error(diagnostics::Kind::kJsUnexpectedToken, span, std::string(Text(span)));
}

void Converter::ReportTooDeep(const CstNode& node) {
  if (!too_deep_reported_) {
    too_deep_reported_ = true;
    Error(diagnostics::Kind::kJsTooDeep, {node.span.begin, node.span.begin + 1},
          kMaxDepth);
  }
}

bool Converter::Descend(const CstNode& node,
                        NodeId (Converter::*inner)(const CstNode&),
                        NodeId& id) {
  if (++depth_ > kMaxDepth) {
    --depth_;
    ReportTooDeep(node);
    return false;
  }
  deepest_ = std::max(deepest_, depth_);
  if (depth_ == kDeep) {
    CallOnDeepStack([&] { id = (this->*inner)(node); });
  } else {
    id = (this->*inner)(node);
  }
  --depth_;
  return true;
}

std::vector<uint32_t> Converter::TakeBlocks() {
  std::sort(blocks_.begin(), blocks_.end());
  blocks_.erase(std::unique(blocks_.begin(), blocks_.end()), blocks_.end());
  return std::move(blocks_);
}

bool Converter::IsModuleItem(const CstNode& node) const {
  return node.kind == Cst::kImportStatement ||
         node.kind == Cst::kExportStatement ||
         (node.kind == Cst::kExpressionStatement && Text(node) == "export");
}

NodeId Converter::ConvertProgram(TSNode root) {
  CstNode program = Wrap(root);
  Children children(*this, program);
  module_ = options_.goal == Goal::kModule;
  if (options_.goal == Goal::kByContent) {
    for (size_t i = 0; i < children.size() && !module_; ++i) {
      module_ = IsModuleItem(children[i]);
    }
  }
  context_.strict = module_ || options_.strict;
  context_.async = module_;
  context_.await_is_name = !module_;
  if (!context_.strict) {
    context_.strict = OpensStrict(program);
  }
  const ListId body = Statements(children, 0, true);
  const NodeId id = ast_.New<Kind::kProgram>(program.span, body);
  const bool is_script = !module_ && options_.goal == Goal::kScript;
  ast_.set_depth(deepest_);
  ast_[id].flags = (module_     ? flag::kModule
                    : is_script ? uint16_t{0}
                                : flag::kCommonJs) |
                   (context_.strict ? flag::kStrict : 0);
  return id;
}

}  // namespace fcc::js
