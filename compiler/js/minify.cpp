// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/minify.h"

#include <charconv>
#include <cmath>
#include <optional>

#include "compiler/js/parse/text.h"
#include "runtime/base/json.h"

namespace fcc::js {
namespace {

class DefineApplier : public Rewriter {
 public:
  DefineApplier(Ast& tree, const std::vector<Define>& defines)
      : Rewriter(tree), defines_(defines) {}

  NodeId Visit(NodeId id) override {
    const Kind kind = ast.KindOf(id);
    if (kind == Kind::kAssign || kind == Kind::kUpdate) {
      // A target stays what it is.
      if (kind == Kind::kAssign) {
        Assign view = ast.As<Assign>(id);
        view.set_value(Visit(view.value()));
      }
      return id;
    }
    if (kind == Kind::kIdentifier || kind == Kind::kMember) {
      for (const Define& define : defines_) {
        if (Matches(id, define.path)) {
          const NodeId value = ValueOf(define.value, ast[id].span);
          if (value != NodeId::kNone) {
            return value;
          }
        }
      }
    }
    if (kind == Kind::kProperty && ast[id].Has(flag::kShorthand)) {
      Property view = ast.As<Property>(id);
      const NodeId value = Visit(view.value());
      if (value != view.value()) {
        view.set_value(value);
        ast[id].flags &= static_cast<uint16_t>(~flag::kShorthand);
      }
      return id;
    }
    VisitChildren(id);
    return id;
  }

 private:
  // The path is compared from its end: `a.b.c` is (a.b).c.
  bool Matches(NodeId id, std::string_view path) const {
    const size_t dot = path.rfind('.');
    if (dot == std::string_view::npos) {
      return ast.Is(id, Kind::kIdentifier) &&
             ast.SymbolOf(id) == SymbolId::kNone && ast.NameTextOf(id) == path;
    }
    if (!ast.Is(id, Kind::kMember) || ast[id].Has(flag::kOptional)) {
      return false;
    }
    const Member view = ast.As<Member>(id);
    return ast.TextOf(view.name()) == path.substr(dot + 1) &&
           Matches(view.object(), path.substr(0, dot));
  }

  NodeId ValueOf(std::string_view text, base::Span span) {
    const base::JsonDocument document = base::ParseJson(text);
    if (!document.ok()) {
      return NodeId::kNone;
    }
    switch (document.root->kind) {
      case base::JsonKind::kString:
        return ast.NewString(span, document.root->string);
      case base::JsonKind::kNumber:
        return ast.NewNumber(span, document.root->number);
      case base::JsonKind::kBool:
        return ast.NewBoolean(span, document.root->boolean);
      case base::JsonKind::kNull:
        return ast.New<Kind::kNull>(span);
      case base::JsonKind::kArray:
      case base::JsonKind::kObject:
        return NodeId::kNone;
    }
    FCC_CHECK(false);
  }

  const std::vector<Define>& defines_;
};

class BranchRemover : public Rewriter {
 public:
  explicit BranchRemover(Ast& tree) : Rewriter(tree) {}

  NodeId Visit(NodeId id) override {
    VisitChildren(id);
    switch (ast.KindOf(id)) {
      case Kind::kIf: {
        const If view = ast.As<If>(id);
        const std::optional<bool> test = Truth(view.test());
        if (!test) {
          return id;
        }
        const NodeId kept = *test ? view.consequent() : view.alternate();
        const NodeId dead = *test ? view.alternate() : view.consequent();
        std::vector<NodeId> parts;
        if (dead != NodeId::kNone) {
          KeepVars(dead, parts);
        }
        if (kept != NodeId::kNone) {
          parts.push_back(kept);
        }
        return parts.size() == 1
                   ? parts[0]
                   : ast.New<Kind::kSplice>(ast[id].span, ast.List(parts));
      }
      case Kind::kConditional: {
        const Conditional view = ast.As<Conditional>(id);
        const std::optional<bool> test = Truth(view.test());
        return !test   ? id
               : *test ? Value(view.consequent())
                       : Value(view.alternate());
      }
      case Kind::kBinary: {
        const Binary view = ast.As<Binary>(id);
        const BinaryOp op = static_cast<BinaryOp>(ast[id].op);
        if (const std::optional<bool> known = Compare(ast[id])) {
          return ast.NewBoolean(ast[id].span, *known);
        }
        if (op != BinaryOp::kLogicalAnd && op != BinaryOp::kLogicalOr) {
          return id;
        }
        const std::optional<bool> left = Truth(view.left());
        if (!left) {
          return id;
        }
        return *left == (op == BinaryOp::kLogicalAnd) ? Value(view.right())
                                                      : view.left();
      }
      default:
        return id;
    }
  }

 private:
  // `(0, a.b)` where what is left is a member: a call of it must not get `a` as
  // its `this`.
  NodeId Value(NodeId id) {
    const Kind kind = ast.KindOf(id);
    if (kind != Kind::kMember && kind != Kind::kIndex &&
        kind != Kind::kIdentifier && kind != Kind::kPrivateMember &&
        kind != Kind::kChain) {
      return id;
    }
    const base::Span span = ast[id].span;
    return ast.New<Kind::kSequence>(span,
                                    ast.List({ast.NewNumber(span, 0), id}));
  }

  // What a constant is when asked for yes or no.
  std::optional<bool> Truth(NodeId id) const {
    const Node& node = ast[id];
    switch (node.kind) {
      case Kind::kBoolean:
        return node.op != 0;
      case Kind::kNull:
        return false;
      case Kind::kNumber: {
        const double value = ast.NumberOf(id);
        return value != 0 && !std::isnan(value);
      }
      case Kind::kString:
        return !ast.NameTextOf(id).empty();
      case Kind::kUnary:
        if (static_cast<UnaryOp>(node.op) == UnaryOp::kNot) {
          const std::optional<bool> inner = Truth(NodeId{node.slots[0]});
          return inner ? std::optional<bool>(!*inner) : std::nullopt;
        }
        return std::nullopt;
      case Kind::kBinary:
        return Compare(node);
      default:
        return std::nullopt;
    }
  }

  // `"a" === "b"`.
  std::optional<bool> Compare(const Node& node) const {
    const NodeId left{node.slots[0]};
    const NodeId right{node.slots[1]};
    if (!ast.Is(left, Kind::kString) || !ast.Is(right, Kind::kString)) {
      return std::nullopt;
    }
    const bool same = ast.NameOf(left) == ast.NameOf(right);
    switch (static_cast<BinaryOp>(node.op)) {
      case BinaryOp::kEqual:
      case BinaryOp::kStrictEqual:
        return same;
      case BinaryOp::kNotEqual:
      case BinaryOp::kStrictNotEqual:
        return !same;
      default:
        return std::nullopt;
    }
  }

  // Declarations of the `var`s in what is dropped; functions have their own.
  void KeepVars(NodeId id, std::vector<NodeId>& out) {
    const Kind kind = ast.KindOf(id);
    if (kind == Kind::kFunction || kind == Kind::kArrow ||
        kind == Kind::kClass || kind == Kind::kClassDeclaration) {
      return;
    }
    if (kind == Kind::kFunctionDeclaration) {
      const NodeId name = ast.As<Function>(id).id();
      if (name != NodeId::kNone) {
        Declare(name, out);
      }
      return;
    }
    if (kind == Kind::kVariable &&
        static_cast<DeclarationKind>(ast[id].op) == DeclarationKind::kVar) {
      for (NodeId item : ast.Items(ast.As<Variable>(id).declarators())) {
        KeepNames(ast.As<Declarator>(item).target(), out);
      }
    }
    ForEachChild(ast, id, [&](NodeId child) { KeepVars(child, out); });
  }
  void KeepNames(NodeId pattern, std::vector<NodeId>& out) {
    const Node& node = ast[pattern];
    switch (node.kind) {
      case Kind::kIdentifier:
        Declare(pattern, out);
        return;
      case Kind::kDefaultPattern:
      case Kind::kRest:
        KeepNames(NodeId{node.slots[0]}, out);
        return;
      case Kind::kProperty:
        KeepNames(NodeId{node.slots[1]}, out);
        return;
      case Kind::kArrayPattern:
      case Kind::kObjectPattern:
        for (NodeId item : ast.Items(ListId{node.slots[0]})) {
          KeepNames(item, out);
        }
        return;
      default:
        return;
    }
  }
  void Declare(NodeId name, std::vector<NodeId>& out) {
    const NodeId declarator = ast.New<Kind::kDeclarator>(
        ast[name].span, ast.CloneShallow(name), NodeId::kNone);
    out.push_back(ast.NewVariable(ast[name].span, DeclarationKind::kVar,
                                  std::span<const NodeId>(&declarator, 1)));
  }
};

class Shrinker : public Rewriter {
 public:
  explicit Shrinker(Ast& tree) : Rewriter(tree) {}

  NodeId Visit(NodeId id) override {
    VisitChildren(id);
    Node& node = ast[id];
    switch (node.kind) {
      case Kind::kBoolean:
        return ast.NewUnary(node.span, UnaryOp::kNot,
                            ast.NewNumber(node.span, node.op != 0 ? 0 : 1));
      case Kind::kIndex:
        return AsMember(id);
      case Kind::kProperty:
        ShortKey(id);
        return id;
      case Kind::kIf:
        return AsExpression(id);
      case Kind::kBlock:
        ast.As<Block>(id).set_body(JoinVars(ast.As<Block>(id).body()));
        return id;
      case Kind::kProgram:
        ast.As<Program>(id).set_body(JoinVars(ast.As<Program>(id).body()));
        return id;
      case Kind::kFor:
        node.slots[3] = static_cast<uint32_t>(Unwrap(NodeId{node.slots[3]}));
        return id;
      case Kind::kForIn:
        node.slots[2] = static_cast<uint32_t>(Unwrap(NodeId{node.slots[2]}));
        return id;
      case Kind::kWhile:
        node.slots[1] = static_cast<uint32_t>(Unwrap(NodeId{node.slots[1]}));
        return id;
      default:
        return id;
    }
  }

 private:
  static bool IsPlain(std::string_view text) {
    if (!IsIdentifierName(text)) {
      return false;
    }
    for (char c : text) {
      if (static_cast<unsigned char>(c) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  // `a["b"]` → `a.b`. Reserved words stay: the oldest engines want it so.
  NodeId AsMember(NodeId id) {
    const Index view = ast.As<Index>(id);
    if (!ast.Is(view.index(), Kind::kString) || ast[id].Has(flag::kOptional) ||
        !IsPlain(ast.NameTextOf(view.index())) ||
        IsReservedWord(ast.NameTextOf(view.index()))) {
      return id;
    }
    return ast.New<Kind::kMember>(ast[id].span, view.object(),
                                  ast.NameOf(view.index()),
                                  ast[view.index()].span.begin);
  }
  void ShortKey(NodeId id) {
    Property view = ast.As<Property>(id);
    const NodeId key = view.key();
    if (!view.Has(flag::kComputed) && ast.Is(key, Kind::kString) &&
        IsPlain(ast.NameTextOf(key)) && !IsReservedWord(ast.NameTextOf(key))) {
      view.set_key(ast.New<Kind::kName>(ast[key].span, ast.NameOf(key)));
    }
  }

  // `{ a(); }` → `a();` where nothing in it needs the block.
  NodeId Unwrap(NodeId id) {
    if (!ast.Is(id, Kind::kBlock)) {
      return id;
    }
    const std::span<NodeId> body = ast.Items(ast.As<Block>(id).body());
    if (body.empty()) {
      return ast.New<Kind::kEmpty>(ast[id].span);
    }
    if (body.size() != 1) {
      return id;
    }
    const Node& only = ast[body[0]];
    const bool declares =
        only.kind == Kind::kFunctionDeclaration ||
        only.kind == Kind::kClassDeclaration ||
        (only.kind == Kind::kVariable &&
         static_cast<DeclarationKind>(only.op) != DeclarationKind::kVar);
    return declares ? id : body[0];
  }

  // `if (a) b();` → `a && b();`, `if (a) b(); else c();` → `a ? b() : c();`.
  NodeId AsExpression(NodeId id) {
    If view = ast.As<If>(id);
    view.set_consequent(Unwrap(view.consequent()));
    if (view.alternate() != NodeId::kNone) {
      view.set_alternate(Unwrap(view.alternate()));
      if (ast.Is(view.alternate(), Kind::kEmpty)) {
        view.set_alternate(NodeId::kNone);
      }
    }
    if (!ast.Is(view.consequent(), Kind::kExpressionStatement)) {
      return id;
    }
    const base::Span span = ast[id].span;
    const NodeId yes =
        ast.As<ExpressionStatement>(view.consequent()).expression();
    if (view.alternate() == NodeId::kNone) {
      return ast.New<Kind::kExpressionStatement>(
          span, ast.NewBinary(span, BinaryOp::kLogicalAnd, view.test(), yes));
    }
    if (!ast.Is(view.alternate(), Kind::kExpressionStatement)) {
      return id;
    }
    const NodeId no =
        ast.As<ExpressionStatement>(view.alternate()).expression();
    return ast.New<Kind::kExpressionStatement>(
        span, ast.New<Kind::kConditional>(span, view.test(), yes, no));
  }

  // `var a; var b;` → `var a, b;`.
  ListId JoinVars(ListId list) {
    std::vector<NodeId> joined;
    for (NodeId item : ast.Items(list)) {
      if (!joined.empty() && IsVar(item) && IsVar(joined.back())) {
        Variable first = ast.As<Variable>(joined.back());
        first.set_declarators(ast.Concat(first.declarators(),
                                         ast.As<Variable>(item).declarators()));
        continue;
      }
      if (!ast.Is(item, Kind::kEmpty)) {
        joined.push_back(item);
      }
    }
    return joined.size() == ast.Items(list).size() ? list : ast.List(joined);
  }
  bool IsVar(NodeId id) const {
    return ast.Is(id, Kind::kVariable) &&
           static_cast<DeclarationKind>(ast[id].op) == DeclarationKind::kVar;
  }
};

}  // namespace

void ApplyDefines(Ast& ast, const std::vector<Define>& defines) {
  if (!defines.empty()) {
    DefineApplier(ast, defines).Visit(ast.root());
  }
}

void RemoveDeadBranches(Ast& ast) {
  BranchRemover(ast).Visit(ast.root());
}

void ShrinkSyntax(Ast& ast) {
  Shrinker(ast).Visit(ast.root());
}

}  // namespace fcc::js
