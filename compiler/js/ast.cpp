// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/ast.h"

#include <algorithm>

#include "runtime/base/format.h"
#include "runtime/base/json.h"

namespace fcc::js {

std::string_view TextOf(BinaryOp op) {
  static constexpr std::string_view kTexts[] = {
#define FCC_JS_BINARY(name, text, precedence) text,
#include "compiler/js/ops.def"
#undef FCC_JS_BINARY
  };
  return kTexts[static_cast<size_t>(op)];
}

std::string_view TextOf(AssignOp op) {
  static constexpr std::string_view kTexts[] = {
#define FCC_JS_ASSIGN(name, text, binary) text,
#include "compiler/js/ops.def"
#undef FCC_JS_ASSIGN
  };
  return kTexts[static_cast<size_t>(op)];
}

std::string_view TextOf(UnaryOp op) {
  static constexpr std::string_view kTexts[] = {
#define FCC_JS_UNARY(name, text) text,
#include "compiler/js/ops.def"
#undef FCC_JS_UNARY
  };
  return kTexts[static_cast<size_t>(op)];
}

std::string_view TextOf(DeclarationKind kind) {
  switch (kind) {
    case DeclarationKind::kVar:
      return "var";
    case DeclarationKind::kLet:
      return "let";
    case DeclarationKind::kConst:
      return "const";
  }
  FCC_CHECK(false);
}

BinaryOp BinaryOf(AssignOp op) {
  static constexpr BinaryOp kOps[] = {
#define FCC_JS_ASSIGN(name, text, binary) BinaryOp::k##binary,
#include "compiler/js/ops.def"
#undef FCC_JS_ASSIGN
  };
  return kOps[static_cast<size_t>(op)];
}

std::string_view KindName(Kind kind) {
  static constexpr std::string_view kNames[] = {
      "None",
#define FCC_JS_NODE(kind, ...) #kind,
#include "compiler/js/nodes.def"
#undef FCC_JS_NODE
  };
  return kNames[static_cast<size_t>(kind)];
}

Ast::Ast(const source::SourceFile& file) : file_(&file) {
  AddNode(Kind::kNone, {});
  symbols_.emplace_back();
  List(std::span<const NodeId>());
}

NodeId Ast::AddNode(Kind kind, base::Span span) {
  const uint32_t at = node_count_++;
  if ((at >> kChunkBits) == nodes_.size()) {
    nodes_.push_back(std::make_unique<Node[]>(size_t{1} << kChunkBits));
  }
  Node& node = nodes_[at >> kChunkBits][at & kChunkMask];
  node.kind = kind;
  node.span = span;
  return NodeId{at};
}

NodeId Ast::CloneShallow(NodeId id) {
  const NodeId copy = AddNode(KindOf(id), (*this)[id].span);
  (*this)[copy] = (*this)[id];
  return copy;
}

NodeId Ast::CloneDeep(NodeId id) {
  const NodeId copy = CloneShallow(id);
  Node& node = (*this)[copy];
  const SlotType* types = SlotTypesOf(node.kind);
  for (int i = 0; i < 4; ++i) {
    if (types[i] == SlotType::kList) {
      node.slots[i] = static_cast<uint32_t>(List(Items(ListId{node.slots[i]})));
    }
  }
  ForEachChild(*this, copy,
               [this](NodeId& child) { child = CloneDeep(child); });
  return copy;
}

ListId Ast::List(std::span<const NodeId> items) {
  if (items.empty() && !list_chunks_.empty()) {
    return ListId::kEmpty;
  }
  const uint32_t need = static_cast<uint32_t>(items.size()) + 1;
  const uint32_t end = static_cast<uint32_t>(list_chunks_.size())
                       << kListChunkBits;
  if (list_cursor_ + need > end) {
    const uint32_t chunks = (need + kListChunk - 1) >> kListChunkBits;
    auto storage =
        std::make_unique<uint32_t[]>(size_t{chunks} << kListChunkBits);
    for (uint32_t i = 0; i < chunks; ++i) {
      list_chunks_.push_back(storage.get() + (size_t{i} << kListChunkBits));
    }
    list_storage_.push_back(std::move(storage));
    list_cursor_ = end;
  }
  const ListId list{list_cursor_};
  list_cursor_ += need;
  uint32_t* head = const_cast<uint32_t*>(ListHead(list));
  *head = need - 1;
  for (uint32_t i = 0; i < need - 1; ++i) {
    head[i + 1] = static_cast<uint32_t>(items[i]);
  }
  return list;
}

ListId Ast::Append(ListId list, NodeId item) {
  std::span<NodeId> old = Items(list);
  std::vector<NodeId> items(old.begin(), old.end());
  items.push_back(item);
  return List(items);
}

ListId Ast::Prepend(NodeId item, ListId list) {
  return Concat(List({item}), list);
}

ListId Ast::Concat(ListId first, ListId second) {
  std::span<NodeId> head = Items(first);
  std::span<NodeId> tail = Items(second);
  std::vector<NodeId> items(head.begin(), head.end());
  items.insert(items.end(), tail.begin(), tail.end());
  return List(items);
}

NodeId Ast::NewNumber(base::Span span, double value) {
  const uint64_t bits = std::bit_cast<uint64_t>(value);
  return New<Kind::kNumber>(span, static_cast<uint32_t>(bits),
                            static_cast<uint32_t>(bits >> 32), NameId::kNone);
}

NodeId Ast::NewString(base::Span span, std::string_view value) {
  return New<Kind::kString>(span, Intern(value));
}

NodeId Ast::NewBoolean(base::Span span, bool value) {
  const NodeId id = New<Kind::kBoolean>(span);
  (*this)[id].op = value;
  return id;
}

NodeId Ast::NewUndefined(base::Span span) {
  return NewUnary(span, UnaryOp::kVoid, NewNumber(span, 0));
}

NodeId Ast::NewGlobal(base::Span span, std::string_view name) {
  return New<Kind::kIdentifier>(span, Intern(name), SymbolId::kNone);
}

NodeId Ast::NewReference(base::Span span, SymbolId symbol) {
  return New<Kind::kIdentifier>(span, (*this)[symbol].name, symbol);
}

NodeId Ast::NewName(base::Span span, std::string_view name) {
  return New<Kind::kName>(span, Intern(name));
}

NodeId Ast::NewMember(base::Span span, NodeId object, std::string_view name) {
  return New<Kind::kMember>(span, object, Intern(name), span.begin);
}

NodeId Ast::NewCall(base::Span span, NodeId callee,
                    std::span<const NodeId> args) {
  return New<Kind::kCall>(span, callee, List(args));
}

NodeId Ast::NewUnary(base::Span span, UnaryOp op, NodeId argument) {
  const NodeId id = New<Kind::kUnary>(span, argument);
  (*this)[id].op = static_cast<uint8_t>(op);
  return id;
}

NodeId Ast::NewUpdate(base::Span span, UpdateOp op, NodeId argument,
                      uint16_t flags) {
  const NodeId id = New<Kind::kUpdate>(span, argument);
  (*this)[id].op = static_cast<uint8_t>(op);
  (*this)[id].flags = flags;
  return id;
}

NodeId Ast::NewBinary(base::Span span, BinaryOp op, NodeId left, NodeId right) {
  const NodeId id = New<Kind::kBinary>(span, left, right);
  (*this)[id].op = static_cast<uint8_t>(op);
  return id;
}

NodeId Ast::NewAssign(base::Span span, NodeId target, NodeId value,
                      AssignOp op) {
  const NodeId id = New<Kind::kAssign>(span, target, value);
  (*this)[id].op = static_cast<uint8_t>(op);
  return id;
}

NodeId Ast::NewStatement(NodeId expression) {
  return New<Kind::kExpressionStatement>((*this)[expression].span, expression);
}

NodeId Ast::NewVariable(base::Span span, DeclarationKind kind,
                        std::span<const NodeId> declarators) {
  const NodeId id = New<Kind::kVariable>(span, List(declarators));
  (*this)[id].op = static_cast<uint8_t>(kind);
  return id;
}

NodeId Ast::NewVariable(base::Span span, DeclarationKind kind, SymbolId symbol,
                        NodeId value) {
  const NodeId declarator =
      New<Kind::kDeclarator>(span, NewReference(span, symbol), value);
  return NewVariable(span, kind, std::span<const NodeId>(&declarator, 1));
}

NodeId Ast::NewBlock(base::Span span, std::span<const NodeId> body) {
  return New<Kind::kBlock>(span, List(body));
}

NodeId Ast::NewFunction(base::Span span, std::span<const NodeId> parameters,
                        std::span<const NodeId> body, uint16_t flags) {
  const NodeId id = New<Kind::kFunction>(span, NodeId::kNone, List(parameters),
                                         NewBlock(span, body));
  (*this)[id].flags = flags;
  return id;
}

SymbolId Ast::NewSymbol(Symbol symbol) {
  symbols_.push_back(symbol);
  return SymbolId{static_cast<uint32_t>(symbols_.size() - 1)};
}

SymbolId Ast::NewTemporary(std::string_view hint) {
  Symbol symbol;
  symbol.name = Intern(base::format("_{}{}", hint, temporary_suffix_));
  symbol.kind = SymbolKind::kTemporary;
  return NewSymbol(symbol);
}

std::string Ast::Dump(NodeId id) const {
  if (id == NodeId::kNone) {
    return "-";
  }
  const Node& node = (*this)[id];
  std::string out = base::format("({}", KindName(node.kind));
  if (node.op != 0) {
    out += base::format(" op={}", node.op);
  }
  // Facts of analysis and brackets do not change what a program is.
  const bool literal = node.kind == Kind::kNumber || node.kind == Kind::kString;
  const uint16_t shown = literal ? 0 : node.flags & 0x00FE;
  if (shown != 0) {
    out += base::format(" flags={:x}", shown);
  }
  if (node.kind == Kind::kNumber) {
    return out + " " + base::NumberToString(NumberOf(id)) + ")";
  }
  const SlotType* types = SlotTypesOf(node.kind);
  for (int i = 0; i < 4; ++i) {
    switch (types[i]) {
      case SlotType::kNone:
      case SlotType::kSymbol:
      case SlotType::kRaw:
        break;
      case SlotType::kNode:
      case SlotType::kOptional:
        out += ' ';
        out += Dump(NodeId{node.slots[i]});
        break;
      case SlotType::kList:
        out += " [";
        for (NodeId item : Items(ListId{node.slots[i]})) {
          // Types make no code.
          if (!Is(item, Kind::kTsType)) {
            out += Dump(item);
          }
        }
        out += ']';
        break;
      case SlotType::kName:
        out += ' ';
        if (NameId{node.slots[i]} == NameId::kNone) {
          out += '-';
        } else {
          base::AppendJsonString(out, TextOf(NameId{node.slots[i]}));
        }
        break;
    }
  }
  return out + ')';
}

ListId Rewriter::Unfold(std::span<const NodeId> items) {
  std::vector<NodeId> unfolded;
  // A Splice may hold Splices: depth first, in order.
  std::vector<NodeId> pending(items.rbegin(), items.rend());
  while (!pending.empty()) {
    const NodeId item = pending.back();
    pending.pop_back();
    if (item == NodeId::kNone) {
      continue;
    }
    if (!ast.Is(item, Kind::kSplice)) {
      unfolded.push_back(item);
      continue;
    }
    std::span<NodeId> inner = ast.Items(ast.As<Splice>(item).body());
    pending.insert(pending.end(), inner.rbegin(), inner.rend());
  }
  return ast.List(unfolded);
}

ListId Rewriter::VisitList(ListId list) {
  std::span<NodeId> items = ast.Items(list);
  bool same_number = true;
  for (NodeId& item : items) {
    if (item != NodeId::kNone && !Passes(item)) {
      item = Visit(item);
    }
    same_number &= item != NodeId::kNone && !ast.Is(item, Kind::kSplice);
  }
  if (same_number) {
    return list;
  }
  return Unfold(items);
}

void Rewriter::VisitChildren(NodeId id) {
  Node& node = ast[id];
  const SlotType* types = SlotTypesOf(node.kind);
  for (int i = 0; i < 4 && types[i] != SlotType::kNone; ++i) {
    if (types[i] == SlotType::kList) {
      node.slots[i] = static_cast<uint32_t>(VisitList(ListId{node.slots[i]}));
      continue;
    }
    const NodeId old{node.slots[i]};
    if ((types[i] != SlotType::kNode && types[i] != SlotType::kOptional) ||
        old == NodeId::kNone || Passes(old)) {
      continue;
    }
    NodeId child = Visit(old);
    if (child == NodeId::kNone && types[i] == SlotType::kNode) {
      child = ast.New<Kind::kEmpty>(ast[old].span);
    } else if (child != NodeId::kNone && ast.Is(child, Kind::kSplice)) {
      const ListId body = Unfold(std::span<const NodeId>(&child, 1));
      child = ast.New<Kind::kBlock>(ast[old].span, body);
    }
    node.slots[i] = static_cast<uint32_t>(child);
  }
}

}  // namespace fcc::js
