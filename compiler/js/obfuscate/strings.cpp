// SPDX-License-Identifier: Apache-2.0
//
// Every text becomes a call with its index in a table that stands, encoded, at
// the top of the file. An entry is decoded once, when it is first asked for.
//
// Specifiers of modules stay as they are written: whoever packs or loads the
// code looks for them.

#include <unordered_map>

#include "compiler/js/lower/context.h"
#include "compiler/js/lower/helpers.h"
#include "compiler/js/obfuscate/passes.h"

namespace fcc::js {
namespace {

// The printable part of ASCII is turned, the rest stays: the text is as long as
// it was, and needs hardly more escapes.
constexpr uint32_t kFirst = 0x20;
constexpr uint32_t kTurned = 0x7F - kFirst;

std::string Encode(std::string_view text, uint32_t key) {
  std::string out(text);
  uint32_t unit = 0;
  for (char& c : out) {
    const unsigned char byte = static_cast<unsigned char>(c);
    if (byte >= kFirst && byte < kFirst + kTurned) {
      const uint32_t turned = (byte - kFirst + kTurned * 2 - key % kTurned +
                               kTurned - unit % kTurned) %
                              kTurned;
      c = static_cast<char>(turned + kFirst);
    }
    // As UTF-16 counts: the decoder does.
    unit += (byte & 0xC0) == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1;
  }
  return out;
}

// `first` + 3 × index + position turns a unit back.
constexpr std::string_view kDecoder =
    "var first, table, cache = [];\n"
    "function text(index) {\n"
    "  var found = cache[index], at = 0, coded, unit;\n"
    "  if (found === void 0) {\n"
    "    found = \"\";\n"
    "    for (coded = table[index]; at < coded.length; at++) {\n"
    "      unit = coded.charCodeAt(at);\n"
    "      found += String.fromCharCode(unit > 31 && unit < 127 ?\n"
    "          (unit - 32 + first + index * 3 + at) % 95 + 32 : unit);\n"
    "    }\n"
    "    cache[index] = found;\n"
    "  }\n"
    "  return found;\n"
    "}\n";

class StringHider : public Rewriter {
 public:
  StringHider(Ast& tree, bool members, Random& random)
      : Rewriter(tree),
        members_(members),
        random_(random),
        text_(NewSymbol(tree)) {}

  void Run();
  NodeId Visit(NodeId id) override;

 private:
  static SymbolId NewSymbol(Ast& ast) {
    Symbol symbol;
    symbol.name = ast.Intern("text");
    symbol.kind = SymbolKind::kFunction;
    return ast.NewSymbol(symbol);
  }
  // The place of `name` in order of first use; the final index is dealt later.
  NodeId Read(base::Span span, NameId name);
  bool NamesModule(NodeId call) const;
  void VisitKeyed(NodeId id, int key_slot);

  bool members_;
  Random& random_;
  SymbolId text_;
  std::vector<NameId> names_;
  std::unordered_map<NameId, uint32_t> places_;
  // The Numbers that stand for places.
  std::vector<std::pair<NodeId, uint32_t>> uses_;
};

NodeId StringHider::Read(base::Span span, NameId name) {
  const auto [at, fresh] =
      places_.try_emplace(name, static_cast<uint32_t>(names_.size()));
  if (fresh) {
    names_.push_back(name);
  }
  const NodeId index = ast.NewNumber(span, 0);
  uses_.emplace_back(index, at->second);
  return ast.NewCall(span, ast.NewReference(span, text_), {index});
}

// `require("a")`, `require.async("a")`, `requirePlugin("a")`.
bool StringHider::NamesModule(NodeId call) const {
  NodeId callee = ast.As<Call>(call).callee();
  if (ast.Is(callee, Kind::kMember)) {
    callee = ast.As<Member>(callee).object();
  }
  return ast.Is(callee, Kind::kIdentifier) &&
         ast.SymbolOf(callee) == SymbolId::kNone &&
         ast.NameTextOf(callee).starts_with("require");
}

// Keys that are not computed are no expressions.
void StringHider::VisitKeyed(NodeId id, int key_slot) {
  const bool computed = ast[id].Has(flag::kComputed);
  const uint32_t key = ast[id].slots[key_slot];
  if (!computed) {
    // An empty slot is not walked.
    ast[id].slots[key_slot] = 0;
  }
  VisitChildren(id);
  if (!computed) {
    ast[id].slots[key_slot] = key;
  }
}

NodeId StringHider::Visit(NodeId id) {
  const base::Span span = ast[id].span;
  switch (ast.KindOf(id)) {
    case Kind::kImport:
    case Kind::kImportCall:
    case Kind::kExportNamed:
    case Kind::kExportAll:
      return id;
    case Kind::kCall:
      if (NamesModule(id)) {
        for (NodeId& argument : ast.Items(ast.As<Call>(id).arguments())) {
          if (!ast.Is(argument, Kind::kString)) {
            argument = Visit(argument);
          }
        }
        return id;
      }
      break;
    case Kind::kProperty:
      VisitKeyed(id, 0);
      return id;
    case Kind::kMethod:
    case Kind::kField:
      VisitKeyed(id, 1);
      return id;
    case Kind::kString:
      return ast.NameTextOf(id).size() < 3 ? id : Read(span, ast.NameOf(id));
    case Kind::kMember: {
      VisitChildren(id);
      const Member view = ast.As<Member>(id);
      if (!members_ || view.Has(flag::kOptional) ||
          ast.Is(view.object(), Kind::kSuper) ||
          ast.TextOf(view.name()).size() < 3) {
        return id;
      }
      return ast.New<Kind::kIndex>(span, view.object(),
                                   Read(span, view.name()));
    }
    default:
      break;
  }
  VisitChildren(id);
  return id;
}

void StringHider::Run() {
  Visit(ast.root());
  if (names_.empty()) {
    return;
  }
  std::vector<uint32_t> order;
  for (uint32_t place = 0; place < names_.size(); ++place) {
    order.push_back(place);
  }
  random_.Shuffle(order);
  const uint32_t first = random_.Below(kTurned);
  const base::Span span{};
  std::vector<uint32_t> index_of(names_.size());
  std::vector<NodeId> elements;
  for (uint32_t index = 0; index < order.size(); ++index) {
    index_of[order[index]] = index;
    elements.push_back(ast.NewString(
        span, Encode(ast.TextOf(names_[order[index]]), first + index * 3)));
  }
  for (const auto& [number, place] : uses_) {
    const NodeId value = ast.NewNumber(ast[number].span, index_of[place]);
    ast[number] = ast[value];
  }
  const std::pair<std::string_view, SymbolId> bound[] = {{"text", text_}};
  const std::vector<NodeId> added =
      ImportStatements(ast, "@fcc/decoder", std::string(kDecoder), bound);
  // The first two variables of the decoder wait for their values.
  std::span<NodeId> variables =
      ast.Items(ast.As<Variable>(added[0]).declarators());
  ast.As<Declarator>(variables[0]).set_value(ast.NewNumber(span, first));
  ast.As<Declarator>(variables[1])
      .set_value(ast.New<Kind::kArray>(span, ast.List(elements)));
  PrependStatements(ast, ast.root(), added);
}

}  // namespace

void HideStrings(Ast& ast, bool members, Random& random) {
  StringHider(ast, members, random).Run();
}

}  // namespace fcc::js
