// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/modules/module_uses.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace fcc::js {

static bool IsTypeScript(std::string_view path) {
  return path.ends_with(".ts") || path.ends_with(".mts") ||
         path.ends_with(".cts") || path.ends_with(".tsx");
}

SymbolId ImportedSymbol(const Ast& ast, NodeId specifier) {
  // Slot 0 of ImportDefault and of ImportNamespace, 1 of ImportSpecifier.
  const int slot = ast.Is(specifier, Kind::kImportSpecifier) ? 1 : 0;
  return ast.SymbolOf(NodeId{ast[specifier].slots[slot]});
}

bool IsForTypesOnly(const Ast& ast, NodeId id) {
  if (!IsTypeScript(ast.file().path())) {
    return false;
  }
  if (ast.Is(id, Kind::kImport)) {
    const std::span<const NodeId> specifiers =
        ast.Items(ast.As<Import>(id).specifiers());
    return !specifiers.empty() &&
           std::all_of(specifiers.begin(), specifiers.end(),
                       [&](NodeId specifier) {
                         return IsForTypesOnly(ast, specifier);
                       });
  }
  return !ast[ImportedSymbol(ast, id)].Has(symbol_flag::kReferenced |
                                           symbol_flag::kExported);
}

namespace {

class UseCollector {
 public:
  UseCollector(const Ast& ast, std::vector<Dependency>& dependencies)
      : ast_(ast) {
    for (Dependency& dependency : dependencies) {
      by_place_[dependency.span.begin] = &dependency;
    }
  }

  std::vector<std::string> Collect();

 private:
  std::span<const NodeId> Statements() const {
    return ast_.Items(ast_.As<Program>(ast_.root()).body());
  }
  void NoteExports(NodeId statement);
  void NoteDeclared(NodeId declaration);
  void NoteTargets(NodeId target);
  void NoteUses(NodeId id);
  void Take(NodeId source, std::string_view name, std::string_view exported);
  void TakeImport(NodeId id);

  const Ast& ast_;
  // By the place of the specifier.
  std::unordered_map<uint32_t, Dependency*> by_place_;
  std::vector<std::string> exports_;
  // Of what `export {a as b}` hands on.
  std::unordered_map<SymbolId, std::vector<std::string>> handed_on_;
  std::unordered_set<SymbolId> used_;
};

void UseCollector::Take(NodeId source, std::string_view name,
                        std::string_view exported) {
  const auto found = by_place_.find(ast_[source].span.begin);
  if (found != by_place_.end()) {
    found->second->taken.push_back({std::string(name), std::string(exported)});
  }
}

void UseCollector::NoteTargets(NodeId target) {
  if (ast_.Is(target, Kind::kIdentifier)) {
    exports_.emplace_back(ast_.NameTextOf(target));
    return;
  }
  if (ast_.Is(target, Kind::kDefaultPattern)) {
    NoteTargets(ast_.As<DefaultPattern>(target).target());
    return;
  }
  if (ast_.Is(target, Kind::kProperty)) {
    NoteTargets(ast_.As<Property>(target).value());
    return;
  }
  ForEachChild(ast_, target, [this](NodeId child) { NoteTargets(child); });
}

void UseCollector::NoteDeclared(NodeId declaration) {
  if (ast_.Is(declaration, Kind::kVariable)) {
    for (NodeId item :
         ast_.Items(ast_.As<Variable>(declaration).declarators())) {
      NoteTargets(ast_.As<Declarator>(item).target());
    }
    return;
  }
  // What has a name has it in its first node.
  bool done = false;
  ForEachChild(ast_, declaration, [&](NodeId child) {
    if (!done && ast_.Is(child, Kind::kIdentifier)) {
      exports_.emplace_back(ast_.NameTextOf(child));
      done = true;
    }
  });
}

void UseCollector::NoteExports(NodeId statement) {
  switch (ast_.KindOf(statement)) {
    case Kind::kExportDeclaration:
      NoteDeclared(ast_.As<ExportDeclaration>(statement).declaration());
      return;
    case Kind::kExportDefault:
      exports_.emplace_back("default");
      return;
    case Kind::kExportAll: {
      const ExportAll all = ast_.As<ExportAll>(statement);
      std::string_view name = "*";
      if (all.exported() != NodeId::kNone) {
        name = ast_.NameTextOf(all.exported());
        exports_.emplace_back(name);
      }
      Take(all.source(), "*", name);
      return;
    }
    case Kind::kExportNamed: {
      const ExportNamed named = ast_.As<ExportNamed>(statement);
      for (NodeId item : ast_.Items(named.specifiers())) {
        const ExportSpecifier specifier = ast_.As<ExportSpecifier>(item);
        const std::string_view name = ast_.NameTextOf(specifier.exported());
        exports_.emplace_back(name);
        if (named.source() != NodeId::kNone) {
          Take(named.source(), ast_.NameTextOf(specifier.local()), name);
        } else {
          handed_on_[ast_.SymbolOf(specifier.local())].emplace_back(name);
        }
      }
      return;
    }
    default:
      return;
  }
}

void UseCollector::NoteUses(NodeId id) {
  switch (ast_.KindOf(id)) {
    case Kind::kImport:
      return;
    case Kind::kExportNamed:
    case Kind::kExportAll:
      return;
    case Kind::kIdentifier:
      used_.insert(ast_.SymbolOf(id));
      return;
    default:
      ForEachChild(ast_, id, [this](NodeId child) { NoteUses(child); });
  }
}

void UseCollector::TakeImport(NodeId id) {
  const Import import = ast_.As<Import>(id);
  for (NodeId specifier : ast_.Items(import.specifiers())) {
    std::string_view name = "*";
    if (ast_.Is(specifier, Kind::kImportDefault)) {
      name = "default";
    } else if (ast_.Is(specifier, Kind::kImportSpecifier)) {
      name = ast_.NameTextOf(ast_.As<ImportSpecifier>(specifier).imported());
    }
    const SymbolId symbol = ImportedSymbol(ast_, specifier);
    if (used_.contains(symbol) || ast_[symbol].Has(symbol_flag::kPinned)) {
      Take(import.source(), name, "");
      continue;
    }
    for (const std::string& exported : handed_on_[symbol]) {
      Take(import.source(), name, exported);
    }
  }
}

std::vector<std::string> UseCollector::Collect() {
  for (NodeId statement : Statements()) {
    NoteExports(statement);
    NoteUses(statement);
  }
  for (NodeId statement : Statements()) {
    if (ast_.Is(statement, Kind::kImport)) {
      TakeImport(statement);
    }
  }
  return std::move(exports_);
}

}  // namespace

std::vector<std::string> CollectModuleUses(
    const Ast& ast, std::vector<Dependency>& dependencies) {
  return UseCollector(ast, dependencies).Collect();
}

void LeaveOutModules(Ast& ast, const std::vector<std::string>& specifiers) {
  if (specifiers.empty()) {
    return;
  }
  const auto is_left_out = [&](NodeId source) {
    return source != NodeId::kNone &&
           std::find(specifiers.begin(), specifiers.end(),
                     ast.NameTextOf(source)) != specifiers.end();
  };
  Program program = ast.As<Program>(ast.root());
  std::vector<NodeId> kept;
  std::unordered_set<SymbolId> gone;
  for (NodeId statement : ast.Items(program.body())) {
    NodeId source = NodeId::kNone;
    if (ast.Is(statement, Kind::kImport)) {
      source = ast.As<Import>(statement).source();
    } else if (ast.Is(statement, Kind::kExportAll)) {
      source = ast.As<ExportAll>(statement).source();
    } else if (ast.Is(statement, Kind::kExportNamed)) {
      source = ast.As<ExportNamed>(statement).source();
    }
    if (!is_left_out(source)) {
      kept.push_back(statement);
    } else if (ast.Is(statement, Kind::kImport)) {
      for (NodeId item : ast.Items(ast.As<Import>(statement).specifiers())) {
        gone.insert(ImportedSymbol(ast, item));
      }
    }
  }
  for (NodeId statement : kept) {
    if (!ast.Is(statement, Kind::kExportNamed)) {
      continue;
    }
    ExportNamed named = ast.As<ExportNamed>(statement);
    std::vector<NodeId> left;
    for (NodeId item : ast.Items(named.specifiers())) {
      if (named.source() != NodeId::kNone ||
          !gone.contains(ast.SymbolOf(ast.As<ExportSpecifier>(item).local()))) {
        left.push_back(item);
      }
    }
    named.set_specifiers(ast.List(left));
  }
  program.set_body(ast.List(kept));
}

}  // namespace fcc::js
