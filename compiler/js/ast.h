// SPDX-License-Identifier: Apache-2.0
//
// The syntax tree of one script or module: ES2023, and of TypeScript what makes
// code. Parse() makes it, the stages after it change it in place, Print() turns
// it back into text.
//
// Every node is 28 bytes: kind, operator, flags, span and four slots, whose
// meaning per kind is the table nodes.def. Nodes, lists and names live in the
// Ast and are named by 32-bit ids; nodes and lists never move, so references to
// them stay good while nodes are added. Nothing is freed before the whole tree.
//
// Reading: a typed view gives the slots their names.
//
//     switch (ast[id].kind) {
//       case Kind::kIf: {
//         If node = ast.As<If>(id);
//         Visit(node.test());
//
// Making: New checks count and types of the slots when it is compiled. The span
// of a node that a pass makes is the span of what it stands for: source maps
// are written from spans, and need nothing else.
//
//     NodeId call = ast.New<Kind::kCall>(span, callee, ast.List({a, b}));
//
// Names: an Identifier carries a symbol. Two symbols may have one name, even in
// one scope: the last stage before printing (rename.h) gives clashing ones
// different names, shortest or closest to what was written. So a pass that
// moves a declaration or needs a temporary (NewTemporary) never thinks about
// capture, as long as it puts the right symbol into each Identifier. An
// Identifier without a symbol is a global and is printed as it is.

#ifndef FCC_COMPILER_JS_AST_H_
#define FCC_COMPILER_JS_AST_H_

#include <algorithm>
#include <array>
#include <bit>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/js/names.h"
#include "compiler/source/source_file.h"
#include "runtime/base/check.h"
#include "runtime/base/span.h"

namespace fcc::js {

enum class NodeId : uint32_t { kNone = 0 };
enum class ListId : uint32_t { kEmpty = 0 };
enum class SymbolId : uint32_t { kNone = 0 };
enum class ScopeId : uint32_t { kNone = 0 };

enum class Kind : uint8_t {
  kNone,
#define FCC_JS_NODE(kind, ...) k##kind,
#include "compiler/js/nodes.def"
#undef FCC_JS_NODE
  kCount,
};

enum class BinaryOp : uint8_t {
#define FCC_JS_BINARY(name, ...) k##name,
#include "compiler/js/ops.def"
#undef FCC_JS_BINARY
};
enum class AssignOp : uint8_t {
#define FCC_JS_ASSIGN(name, ...) k##name,
#include "compiler/js/ops.def"
#undef FCC_JS_ASSIGN
};
enum class UnaryOp : uint8_t {
#define FCC_JS_UNARY(name, ...) k##name,
#include "compiler/js/ops.def"
#undef FCC_JS_UNARY
};
enum class UpdateOp : uint8_t { kIncrement, kDecrement };
enum class DeclarationKind : uint8_t { kVar, kLet, kConst };
// kMethod: the value is a Function with flag kMethod.
enum class PropertyKind : uint8_t { kInit, kMethod, kGet, kSet };
enum class MethodKind : uint8_t { kMethod, kGet, kSet, kConstructor };

std::string_view TextOf(BinaryOp op);
std::string_view TextOf(AssignOp op);
std::string_view TextOf(UnaryOp op);
std::string_view TextOf(DeclarationKind kind);
std::string_view KindName(Kind kind);
inline bool IsLogical(BinaryOp op) {
  return op <= BinaryOp::kLogicalAnd;
}
inline bool IsLogical(AssignOp op) {
  return op >= AssignOp::kLogicalAnd;
}
// What `a op= b` computes; not for kAssign.
BinaryOp BinaryOf(AssignOp op);

// Some bits mean different things on kinds that cannot be confused.
namespace flag {
// Stood in round brackets. The printer decides on its own; early errors and
// the naming of functions look.
inline constexpr uint16_t kParenthesized = 1 << 0;
inline constexpr uint16_t kComputed = 1 << 1;
inline constexpr uint16_t kStatic = 1 << 2;
inline constexpr uint16_t kOptional = 1 << 3;
inline constexpr uint16_t kShorthand = 1 << 4;
inline constexpr uint16_t kDelegate = 1 << 5;
inline constexpr uint16_t kPrefix = 1 << 5;
inline constexpr uint16_t kAwait = 1 << 5;
inline constexpr uint16_t kBare = 1 << 5;
inline constexpr uint16_t kLegacyOctal = 1 << 5;
// Functions.
inline constexpr uint16_t kAsync = 1 << 1;
inline constexpr uint16_t kGenerator = 1 << 2;
inline constexpr uint16_t kMethod = 1 << 3;
inline constexpr uint16_t kSimpleParameters = 1 << 4;
// Of a Function that is a method's: get, set, constructor of a class that
// extends another.
inline constexpr uint16_t kAccessor = 1 << 5;
inline constexpr uint16_t kDerivedConstructor = 1 << 6;
inline constexpr uint16_t kClassConstructor = 1 << 7;
// Functions and programs.
inline constexpr uint16_t kStrict = 1 << 8;
// Facts that BindScopes finds. What an arrow uses counts for it and for the
// functions round it up to the one that gives the thing its value.
inline constexpr uint16_t kUsesThis = 1 << 9;
inline constexpr uint16_t kUsesArguments = 1 << 10;
inline constexpr uint16_t kUsesSuper = 1 << 11;
inline constexpr uint16_t kUsesNewTarget = 1 << 12;
// A direct call of `eval` stands in it, at any depth.
inline constexpr uint16_t kHasDirectEval = 1 << 13;
// Yields or awaits, not counting functions inside.
inline constexpr uint16_t kSuspends = 1 << 14;
// Program.
inline constexpr uint16_t kModule = 1 << 1;
inline constexpr uint16_t kHasTopLevelAwait = 1 << 2;
// Not a script: top declarations are local to the file.
inline constexpr uint16_t kCommonJs = 1 << 3;
// TypeScript.
inline constexpr uint16_t kDeclare = 1 << 9;
inline constexpr uint16_t kTypeOnly = 1 << 10;
inline constexpr uint16_t kConst = 1 << 11;
inline constexpr uint16_t kExported = 1 << 12;
inline constexpr uint16_t kParameterProperty = 1 << 13;
inline constexpr uint16_t kAbstract = 1 << 14;
// Made by a pass; no text of the user is exactly this.
inline constexpr uint16_t kSynthetic = 1 << 15;
}  // namespace flag

struct Node {
  Kind kind = Kind::kNone;
  uint8_t op = 0;
  uint16_t flags = 0;
  base::Span span;
  uint32_t slots[4] = {0, 0, 0, 0};

  bool Has(uint16_t bits) const { return (flags & bits) != 0; }
};
static_assert(sizeof(Node) == 28);

enum class SlotType : uint8_t {
  kNone,
  kNode,
  kOptional,
  kList,
  kName,
  kSymbol,
  kRaw,
};
// What the four slots of a kind hold.
const SlotType* SlotTypesOf(Kind kind);

enum class SymbolKind : uint8_t {
  kVar,
  kParameter,
  // A function declared: at the top of a function or program as kVar is, in a
  // block as kLet is.
  kFunction,
  // The name a function expression has inside itself.
  kFunctionName,
  kLet,
  kConst,
  kClass,
  // The name a class has inside itself.
  kClassName,
  kCatch,
  kImport,
  kEnum,
  kNamespace,
  kPrivate,
  kTypeOnly,
  // Made by a pass.
  kTemporary,
};

namespace symbol_flag {
// Referred to from a function inside the one that declares it.
inline constexpr uint16_t kCaptured = 1 << 0;
// Assigned to other than by its declaration.
inline constexpr uint16_t kReassigned = 1 << 1;
// Must keep its name: eval or with can see it, or it is a global of a script.
inline constexpr uint16_t kPinned = 1 << 2;
inline constexpr uint16_t kExported = 1 << 3;
// A reference stands before the declaration in the text, or in a function that
// could run before it: reading it may have to throw.
inline constexpr uint16_t kMayBeUninitialized = 1 << 4;
// Declared inside a loop and captured by a function inside that loop: each
// round needs a binding of its own.
inline constexpr uint16_t kCapturedInLoop = 1 << 5;
inline constexpr uint16_t kReferenced = 1 << 6;
}  // namespace symbol_flag

struct Symbol {
  NameId name = NameId::kNone;
  SymbolKind kind = SymbolKind::kVar;
  uint16_t flags = 0;
  ScopeId scope = ScopeId::kNone;
  // The first Identifier that declares it.
  NodeId declaration = NodeId::kNone;

  bool Has(uint16_t bits) const { return (flags & bits) != 0; }
};

template <typename View>
struct ViewTraits;

class Ast {
 public:
  explicit Ast(const source::SourceFile& file);
  Ast(const Ast&) = delete;
  Ast& operator=(const Ast&) = delete;

  const source::SourceFile& file() const { return *file_; }
  source::Location LocationOf(NodeId id) const {
    return {file_->id(), (*this)[id].span};
  }

  Node& operator[](NodeId id) {
    const uint32_t at = static_cast<uint32_t>(id);
    return nodes_[at >> kChunkBits][at & kChunkMask];
  }
  const Node& operator[](NodeId id) const {
    const uint32_t at = static_cast<uint32_t>(id);
    return nodes_[at >> kChunkBits][at & kChunkMask];
  }
  Kind KindOf(NodeId id) const { return (*this)[id].kind; }
  bool Is(NodeId id, Kind kind) const { return KindOf(id) == kind; }

  // A view of `id`, whose kind must be the view's (FunctionDeclaration may be
  // seen as Function and ClassDeclaration as Class: same slots).
  template <typename View>
  View As(NodeId id) {
    FCC_CHECK(ViewTraits<View>::Fits((*this)[id].kind));
    return View{&(*this)[id]};
  }
  template <typename View>
  const View As(NodeId id) const {
    return const_cast<Ast*>(this)->As<View>(id);
  }

  // Slots in the order of nodes.def. RAW slots and what is not given are 0.
  template <Kind kKind, typename... Slots>
  NodeId New(base::Span span, Slots... slots) {
    static_assert(Fits<kKind, Slots...>(), "slots of another type or count");
    NodeId id = AddNode(kKind, span);
    Node& node = (*this)[id];
    int at = 0;
    ((node.slots[at++] = static_cast<uint32_t>(slots)), ...);
    return id;
  }
  // A node of any kind, its slots empty.
  NodeId AddNode(Kind kind, base::Span span);
  // A copy of this node only; children are shared, so the original must go.
  NodeId CloneShallow(NodeId id);
  // A copy of the whole subtree. Symbols stay: right for references, wrong for
  // a subtree that declares something, when both copies are kept.
  NodeId CloneDeep(NodeId id);

  // ---- Lists. Items may be changed in place; their number may not. ----
  ListId List(std::span<const NodeId> items);
  ListId List(std::initializer_list<NodeId> items) {
    return List(std::span<const NodeId>(items.begin(), items.size()));
  }
  ListId List(const std::vector<NodeId>& items) {
    return List(std::span<const NodeId>(items));
  }
  std::span<NodeId> Items(ListId list) {
    const uint32_t* head = ListHead(list);
    return {reinterpret_cast<NodeId*>(const_cast<uint32_t*>(head + 1)), *head};
  }
  std::span<const NodeId> Items(ListId list) const {
    const uint32_t* head = ListHead(list);
    return {reinterpret_cast<const NodeId*>(head + 1), *head};
  }
  ListId Append(ListId list, NodeId item);
  ListId Prepend(NodeId item, ListId list);
  ListId Concat(ListId first, ListId second);

  // ---- Names and literals ----
  NameId Intern(std::string_view text) { return names_.Intern(text); }
  std::string_view TextOf(NameId name) const { return names_.TextOf(name); }
  NameTable& names() { return names_; }
  const NameTable& names() const { return names_; }
  double NumberOf(NodeId number) const {
    const Node& node = (*this)[number];
    return std::bit_cast<double>(node.slots[0] |
                                 (uint64_t{node.slots[1]} << 32));
  }
  // Of an Identifier, Name, PrivateName, String.
  NameId NameOf(NodeId id) const { return NameId{(*this)[id].slots[0]}; }
  std::string_view NameTextOf(NodeId id) const { return TextOf(NameOf(id)); }
  SymbolId SymbolOf(NodeId identifier) const {
    return SymbolId{(*this)[identifier].slots[1]};
  }

  // Ends the names of temporaries from now on: what an eval declares joins the
  // variables of the code that calls it.
  void set_temporary_suffix(std::string suffix) {
    temporary_suffix_ = std::move(suffix);
  }

  NodeId NewNumber(base::Span span, double value);
  NodeId NewString(base::Span span, std::string_view value);
  NodeId NewBoolean(base::Span span, bool value);
  // `void 0`: undefined, whatever the name means here.
  NodeId NewUndefined(base::Span span);
  // A global, as `Object`: printed as it is, locals of that name are renamed.
  NodeId NewGlobal(base::Span span, std::string_view name);
  NodeId NewReference(base::Span span, SymbolId symbol);
  NodeId NewName(base::Span span, std::string_view name);
  NodeId NewMember(base::Span span, NodeId object, std::string_view name);
  NodeId NewCall(base::Span span, NodeId callee, std::span<const NodeId> args);
  NodeId NewCall(base::Span span, NodeId callee,
                 std::initializer_list<NodeId> args) {
    return NewCall(span, callee,
                   std::span<const NodeId>(args.begin(), args.size()));
  }
  NodeId NewUnary(base::Span span, UnaryOp op, NodeId argument);
  NodeId NewUpdate(base::Span span, UpdateOp op, NodeId argument,
                   uint16_t flags);
  NodeId NewBinary(base::Span span, BinaryOp op, NodeId left, NodeId right);
  NodeId NewAssign(base::Span span, NodeId target, NodeId value,
                   AssignOp op = AssignOp::kAssign);
  NodeId NewStatement(NodeId expression);
  NodeId NewVariable(base::Span span, DeclarationKind kind,
                     std::span<const NodeId> declarators);
  // `var symbol = value;`, value may be none.
  NodeId NewVariable(base::Span span, DeclarationKind kind, SymbolId symbol,
                     NodeId value);
  NodeId NewBlock(base::Span span, std::span<const NodeId> body);
  NodeId NewFunction(base::Span span, std::span<const NodeId> parameters,
                     std::span<const NodeId> body, uint16_t flags = 0);

  // ---- Symbols ----
  Symbol& operator[](SymbolId id) {
    return symbols_[static_cast<uint32_t>(id)];
  }
  const Symbol& operator[](SymbolId id) const {
    return symbols_[static_cast<uint32_t>(id)];
  }
  // References to symbols are good until the next one is made.
  SymbolId NewSymbol(Symbol symbol);
  // A name of our own, printed as `_hint` or nearly so. Where it is declared is
  // where the pass puts its declaration.
  SymbolId NewTemporary(std::string_view hint);
  uint32_t symbol_count() const {
    return static_cast<uint32_t>(symbols_.size());
  }

  NodeId root() const { return root_; }
  void set_root(NodeId root) { root_ = root; }
  uint32_t node_count() const { return node_count_; }
  // How deep the text is nested, as the parser counts it: kMaxDepth at most.
  int depth() const { return depth_; }
  void set_depth(int depth) { depth_ = depth; }

  // The tree as S-expressions, for tests: `(If (Identifier a) …)`. Spans and
  // symbols are left out, so equal dumps mean equal programs.
  std::string Dump(NodeId id) const;

 private:
  static constexpr uint32_t kChunkBits = 12;
  static constexpr uint32_t kChunkMask = (1u << kChunkBits) - 1;
  static constexpr uint32_t kListChunkBits = 14;
  static constexpr uint32_t kListChunk = 1u << kListChunkBits;

  template <typename Slot>
  static constexpr SlotType TypeOf() {
    if constexpr (std::is_same_v<Slot, NodeId>) {
      return SlotType::kNode;
    } else if constexpr (std::is_same_v<Slot, ListId>) {
      return SlotType::kList;
    } else if constexpr (std::is_same_v<Slot, NameId>) {
      return SlotType::kName;
    } else if constexpr (std::is_same_v<Slot, SymbolId>) {
      return SlotType::kSymbol;
    } else {
      static_assert(std::is_same_v<Slot, uint32_t>);
      return SlotType::kRaw;
    }
  }
  template <Kind kKind, typename... Slots>
  static constexpr bool Fits();

  const uint32_t* ListHead(ListId list) const {
    const uint32_t at = static_cast<uint32_t>(list);
    return list_chunks_[at >> kListChunkBits] + (at & (kListChunk - 1));
  }

  const source::SourceFile* file_;
  std::vector<std::unique_ptr<Node[]>> nodes_;
  uint32_t node_count_ = 0;
  std::vector<std::unique_ptr<uint32_t[]>> list_storage_;
  // Where each part of the address space of lists lies; a list longer than a
  // part takes several in a row.
  std::vector<uint32_t*> list_chunks_;
  uint32_t list_cursor_ = 0;
  NameTable names_;
  std::vector<Symbol> symbols_;
  std::string temporary_suffix_;
  NodeId root_ = NodeId::kNone;
  int depth_ = 0;
};

namespace internal {

struct SlotRow {
  SlotType types[4];
};
inline constexpr SlotRow kSlotRows[] = {
    {{}},
#define NODE(slot, name) SlotType::kNode,
#define OPT(slot, name) SlotType::kOptional,
#define LIST(slot, name) SlotType::kList,
#define NAME(slot, name) SlotType::kName,
#define SYM(slot, name) SlotType::kSymbol,
#define RAW(slot, name) SlotType::kRaw,
#define FCC_JS_NODE(kind, fields) {{fields}},
#include "compiler/js/nodes.def"
#undef FCC_JS_NODE
#undef NODE
#undef OPT
#undef LIST
#undef NAME
#undef SYM
#undef RAW
};

}  // namespace internal

inline const SlotType* SlotTypesOf(Kind kind) {
  return internal::kSlotRows[static_cast<size_t>(kind)].types;
}

// No node of this kind has children.
inline bool IsLeaf(Kind kind) {
  static constexpr auto kLeaves = [] {
    std::array<bool, std::size(internal::kSlotRows)> leaves{};
    for (size_t i = 0; i < leaves.size(); ++i) {
      leaves[i] = std::none_of(
          std::begin(internal::kSlotRows[i].types),
          std::end(internal::kSlotRows[i].types), [](SlotType type) {
            return type == SlotType::kNode || type == SlotType::kOptional ||
                   type == SlotType::kList;
          });
    }
    return leaves;
  }();
  return kLeaves[static_cast<size_t>(kind)];
}

template <Kind kKind, typename... Slots>
constexpr bool Ast::Fits() {
  constexpr const SlotType* want =
      internal::kSlotRows[static_cast<size_t>(kKind)].types;
  constexpr SlotType given[] = {TypeOf<Slots>()..., SlotType::kNone};
  for (size_t i = 0; i < 4; ++i) {
    if (i >= sizeof...(Slots)) {
      // What may be empty need not be given.
      if (want[i] == SlotType::kNode || want[i] == SlotType::kName) {
        return false;
      }
      continue;
    }
    const SlotType type =
        want[i] == SlotType::kOptional ? SlotType::kNode : want[i];
    if (given[i] != type) {
      return false;
    }
  }
  return sizeof...(Slots) <= 4;
}

// The typed views: one struct for each kind, with `name()` and `set_name(x)`
// for each slot. A view is a pointer; pass it by value.
#define FCC_JS_SLOT(type, slot, name)                 \
  type name() const {                                 \
    return static_cast<type>(node->slots[slot]);      \
  }                                                   \
  void set_##name(type value) {                       \
    node->slots[slot] = static_cast<uint32_t>(value); \
  }
#define NODE(slot, name) FCC_JS_SLOT(NodeId, slot, name)
#define OPT(slot, name) FCC_JS_SLOT(NodeId, slot, name)
#define LIST(slot, name) FCC_JS_SLOT(ListId, slot, name)
#define NAME(slot, name) FCC_JS_SLOT(NameId, slot, name)
#define SYM(slot, name) FCC_JS_SLOT(SymbolId, slot, name)
#define RAW(slot, name) FCC_JS_SLOT(uint32_t, slot, name)
#define FCC_JS_NODE(kind, fields)                             \
  struct kind {                                               \
    Node* node;                                               \
    base::Span span() const { return node->span; }            \
    bool Has(uint16_t bits) const { return node->Has(bits); } \
    fields                                                    \
  };
#include "compiler/js/nodes.def"
#undef FCC_JS_NODE
#undef NODE
#undef OPT
#undef LIST
#undef NAME
#undef SYM
#undef RAW
#undef FCC_JS_SLOT

#define FCC_JS_NODE(kind, ...)                         \
  template <>                                          \
  struct ViewTraits<kind> {                            \
    static bool Fits(Kind actual) {                    \
      return actual == Kind::k##kind ||                \
             (Kind::k##kind == Kind::kFunction &&      \
              actual == Kind::kFunctionDeclaration) || \
             (Kind::k##kind == Kind::kClass &&         \
              actual == Kind::kClassDeclaration);      \
    }                                                  \
  };
#include "compiler/js/nodes.def"
#undef FCC_JS_NODE

// ---- Walking ----

// Calls fn(NodeId& child) for each child of `id` that is there, in the order of
// the text; fn may put another node in its place.
template <typename Fn>
void ForEachChild(Ast& ast, NodeId id, Fn&& fn) {
  Node& node = ast[id];
  const SlotType* types = SlotTypesOf(node.kind);
  for (int i = 0; i < 4 && types[i] != SlotType::kNone; ++i) {
    if (types[i] == SlotType::kNode || types[i] == SlotType::kOptional) {
      NodeId child{node.slots[i]};
      if (child != NodeId::kNone) {
        fn(child);
        node.slots[i] = static_cast<uint32_t>(child);
      }
    } else if (types[i] == SlotType::kList) {
      for (NodeId& child : ast.Items(ListId{node.slots[i]})) {
        if (child != NodeId::kNone) {
          fn(child);
        }
      }
    }
  }
}
template <typename Fn>
void ForEachChild(const Ast& ast, NodeId id, Fn&& fn) {
  ForEachChild(const_cast<Ast&>(ast), id,
               [&fn](NodeId& child) { fn(static_cast<NodeId>(child)); });
}

// A pass that replaces nodes. Override Visit: switch on the kind, call
// VisitChildren where the walk goes on, and return what stands in the node's
// place: itself, another node, NodeId::kNone to drop it from a list (or an
// optional slot), or a Splice for several statements in a list. Where a
// statement has no list round it (`if (x) stmt`), a Splice becomes a Block and
// kNone an Empty. Depth is bounded by the parser.
class Rewriter {
 public:
  explicit Rewriter(Ast& tree) : ast(tree) {}
  virtual ~Rewriter() = default;

  virtual NodeId Visit(NodeId id) {
    VisitChildren(id);
    return id;
  }
  void VisitChildren(NodeId id);
  // The list with each item visited; Splices unfolded, kNone left out.
  ListId VisitList(ListId list);
  NodeId VisitOptional(NodeId id) {
    return id == NodeId::kNone ? id : Visit(id);
  }

 protected:
  // From now on VisitChildren and VisitList leave leaves as they are: half of
  // all nodes.
  void PassLeaves() { passes_leaves_ = true; }
  // What VisitList makes of items that were visited.
  ListId Unfold(std::span<const NodeId> items);

  Ast& ast;

 private:
  bool Passes(NodeId id) const {
    return passes_leaves_ && IsLeaf(ast.KindOf(id));
  }

  bool passes_leaves_ = false;
};

// Nesting that every stage can take: deeper text is an error of the parser.
// Passes may deepen a tree by a small factor.
inline constexpr int kMaxDepth = 1000;

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_AST_H_
