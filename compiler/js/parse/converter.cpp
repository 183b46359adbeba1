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
      parts_(grammar.language) {}

CstNode Converter::Wrap(const CstPart& part) const {
  CstNode node;
  node.raw = part.raw;
  node.shown_at = part.begin;
  const TSSymbol symbol =
      part.alias != 0 ? part.alias : ts_subtree_symbol(part.raw);
  // The error symbol is 65535.
  const bool known = symbol < grammar_.kinds.size();
  node.kind = known ? grammar_.kinds[symbol] : Cst::kError;
  node.named = !known || grammar_.named[symbol];
  node.field = grammar_.fields[part.field];
  uint32_t begin = part.begin;
  uint32_t end = begin + ts_subtree_size(part.raw).bytes;
  if (!insertions_.empty()) {
    begin = insertions_.InPart(begin);
    end = insertions_.InPart(end);
  }
  node.span = {base_ + begin, base_ + end};
  return node;
}

CstNode Converter::FirstPart(const CstNode& parent) {
  CstNode first;
  parts_.ForEach(parent.raw, parent.shown_at, [&](const CstPart& part) {
    first = Wrap(part);
    return false;
  });
  return first;
}

Converter::Children::Children(Converter& converter, const CstNode& parent)
    : converter_(converter),
      begin_(converter.stack_.size()),
      end_(converter.stack_.size()) {
  converter.ForEachPart(
      parent, [&](const CstNode& node) { converter.stack_.push_back(node); });
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
  const CstNode program =
      Wrap({*static_cast<const Subtree*>(root.id), ts_node_start_byte(root)});
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
