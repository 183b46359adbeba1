// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/lower/helpers.h"

#include <unordered_map>

#include "compiler/js/js.h"
#include "compiler/js/scope.h"
#include "runtime/base/format.h"

namespace fcc::js {
namespace {

struct HelperRow {
  std::string_view name;
  std::string_view needs;
  std::string_view source;
};

constexpr HelperRow kHelpers[] = {
#define FCC_JS_HELPER(symbol, name, needs, source) {name, needs, source},
#include "compiler/js/helpers.def"
#undef FCC_JS_HELPER
};

const HelperRow& Row(size_t helper) {
  return kHelpers[helper];
}

// Copies the tree of a helper into a program. Names are interned anew; its
// symbols become new ones, but for the helpers' own names.
class Importer {
 public:
  Importer(Ast& from, Ast& to) : from_(from), to_(to) {}

  void Bind(std::string_view name, SymbolId symbol) { by_name_[name] = symbol; }
  NodeId Import(NodeId id);

 private:
  SymbolId ImportSymbol(SymbolId symbol);
  NameId ImportName(NameId name) {
    return name == NameId::kNone ? name : to_.Intern(from_.TextOf(name));
  }

  Ast& from_;
  Ast& to_;
  std::unordered_map<std::string_view, SymbolId> by_name_;
  std::unordered_map<SymbolId, SymbolId> symbols_;
};

SymbolId Importer::ImportSymbol(SymbolId symbol) {
  if (symbol == SymbolId::kNone) {
    return symbol;
  }
  auto [at, is_new] = symbols_.try_emplace(symbol, SymbolId::kNone);
  if (is_new) {
    auto bound = by_name_.find(from_.TextOf(from_[symbol].name));
    if (bound != by_name_.end()) {
      at->second = bound->second;
    } else {
      Symbol copy = from_[symbol];
      copy.name = ImportName(copy.name);
      copy.scope = ScopeId::kNone;
      copy.declaration = NodeId::kNone;
      copy.flags = 0;
      at->second = to_.NewSymbol(copy);
    }
  }
  return at->second;
}

NodeId Importer::Import(NodeId id) {
  const Node node = from_[id];
  const NodeId made = to_.AddNode(node.kind, {});
  Node copy = node;
  copy.span = {};
  const SlotType* types = SlotTypesOf(node.kind);
  for (int i = 0; i < 4; ++i) {
    const uint32_t slot = node.slots[i];
    switch (types[i]) {
      case SlotType::kNone:
      case SlotType::kRaw:
        break;
      case SlotType::kNode:
      case SlotType::kOptional:
        if (slot != 0) {
          copy.slots[i] = static_cast<uint32_t>(Import(NodeId{slot}));
        }
        break;
      case SlotType::kList: {
        std::vector<NodeId> items;
        for (NodeId item : from_.Items(ListId{slot})) {
          items.push_back(Import(item));
        }
        copy.slots[i] = static_cast<uint32_t>(to_.List(items));
        break;
      }
      case SlotType::kName:
        copy.slots[i] = static_cast<uint32_t>(ImportName(NameId{slot}));
        break;
      case SlotType::kSymbol:
        copy.slots[i] = static_cast<uint32_t>(ImportSymbol(SymbolId{slot}));
        break;
    }
  }
  to_[made] = copy;
  return made;
}

}  // namespace

std::string_view HelperName(Helper helper) {
  return Row(static_cast<size_t>(helper)).name;
}

std::string_view HelperSource(Helper helper) {
  return Row(static_cast<size_t>(helper)).source;
}

HelperSet WithDependencies(HelperSet used) {
  // A helper needs only helpers of rows above it, so one pass upwards does.
  for (size_t i = used.size(); i-- > 0;) {
    if (!used[i]) {
      continue;
    }
    for (size_t other = 0; other < i; ++other) {
      const std::string_view needs = Row(i).needs;
      const std::string_view name = Row(other).name;
      for (size_t at = needs.find(name); at != std::string_view::npos;
           at = needs.find(name, at + 1)) {
        const size_t end = at + name.size();
        if (end == needs.size() || needs[end] == ' ') {
          used.set(other);
        }
      }
    }
  }
  return used;
}

std::vector<NodeId> ImportStatements(
    Ast& ast, std::string_view path, std::string text,
    std::span<const std::pair<std::string_view, SymbolId>> symbols) {
  const source::SourceFile file(source::FileId::kNone, std::string(path),
                                std::move(text));
  diagnostics::Sink sink;
  ParseOptions options;
  options.dialect = Dialect::kJavaScript;
  options.goal = Goal::kCommonJs;
  std::unique_ptr<Ast> parsed = Parse(file, options, sink);
  BindScopes(*parsed, sink);
  FCC_CHECK(!sink.has_errors());
  Importer importer(*parsed, ast);
  for (const auto& [name, symbol] : symbols) {
    importer.Bind(name, symbol);
  }
  std::vector<NodeId> statements;
  for (NodeId id : parsed->Items(parsed->As<Program>(parsed->root()).body())) {
    statements.push_back(importer.Import(id));
  }
  return statements;
}

std::vector<NodeId> InlineHelpers(Ast& ast, HelperSet used,
                                  const std::vector<SymbolId>& symbols) {
  used = WithDependencies(used);
  std::string text;
  for (size_t i = 0; i < used.size(); ++i) {
    if (used[i]) {
      text += Row(i).source;
    }
  }
  if (text.empty()) {
    return {};
  }
  std::vector<std::pair<std::string_view, SymbolId>> bound;
  for (size_t i = 0; i < used.size(); ++i) {
    if (used[i]) {
      SymbolId symbol = symbols[i];
      if (symbol == SymbolId::kNone) {
        Symbol own;
        own.name = ast.Intern(Row(i).name);
        own.kind = SymbolKind::kTemporary;
        symbol = ast.NewSymbol(own);
      }
      bound.emplace_back(Row(i).name, symbol);
    }
  }
  return ImportStatements(ast, "@fcc/helpers", std::move(text), bound);
}

NodeId RequireHelpers(Ast& ast, HelperSet used,
                      const std::vector<SymbolId>& symbols) {
  const base::Span span{};
  std::vector<NodeId> declarators;
  for (size_t i = 0; i < used.size(); ++i) {
    if (used[i]) {
      const NodeId module = ast.NewCall(span, ast.NewGlobal(span, "require"),
                                        {ast.NewString(span, "@fcc/helpers")});
      declarators.push_back(
          ast.New<Kind::kDeclarator>(span, ast.NewReference(span, symbols[i]),
                                     ast.NewMember(span, module, Row(i).name)));
    }
  }
  return ast.NewVariable(span, DeclarationKind::kVar, declarators);
}

std::string HelpersModule(const std::set<std::string>& names, bool minify) {
  HelperSet used;
  for (size_t i = 0; i < used.size(); ++i) {
    used[i] = names.contains(std::string(Row(i).name));
  }
  std::string text = "\"use strict\";\n";
  const HelperSet all = WithDependencies(used);
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i]) {
      text += Row(i).source;
    }
  }
  for (const std::string& name : names) {
    text += base::format("exports.{} = {};\n", name, name);
  }
  if (!minify) {
    return text;
  }
  const source::SourceFile file(source::FileId::kNone, "@fcc/helpers.js",
                                std::move(text));
  diagnostics::Sink sink;
  CompileOptions options;
  options.minify = true;
  CompileResult compiled = Compile(file, options, sink);
  FCC_CHECK(compiled.ok);
  return std::move(compiled.code);
}

}  // namespace fcc::js
