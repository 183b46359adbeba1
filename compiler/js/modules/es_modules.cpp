// SPDX-License-Identifier: Apache-2.0
//
// ES modules → CommonJS, as the mini program's `define(…, function (require,
// module, exports))` wants it, in the order that makes cycles work:
//
//     "use strict";
//     Object.defineProperty(exports, "__esModule", {value: true});
//     exports.f = f;                        functions, there from the start
//     exports.a = exports.b = void 0;       the other names
//     _fcc_export(exports, "c", function () { return _m.c; });    re-exports
//     var _m = require("m");                imports, in order
//     …
//
// Imported names become reads of the module's exports where they are used, so
// they are live; every store to an exported name stores to `exports` as well.
// A module without __esModule is CommonJS: its default export is itself.
//
// `import()` and `import.meta` are taken in every kind of file.

#include <algorithm>
#include <optional>

#include "compiler/js/lower/passes.h"
#include "compiler/js/modules/module_uses.h"

namespace fcc::js {
namespace {

// One source that the file names, whatever it takes from there.
struct Source {
  std::string specifier;
  base::Span span;
  SymbolId plain = SymbolId::kNone;
  SymbolId with_default = SymbolId::kNone;
  SymbolId name_space = SymbolId::kNone;
  bool export_all = false;
};

// What a name stands for: `module.name`, or a whole namespace object.
struct Imported {
  SymbolId module = SymbolId::kNone;
  NameId name = NameId::kNone;
};

class ModulePass : public Pass {
 public:
  using Pass::Pass;

 protected:
  NodeId Lower(NodeId id) override;

 private:
  NodeId LowerProgram(NodeId id);
  void Collect(NodeId statement);
  void CollectImport(NodeId id);
  void CollectExportNamed(NodeId id);
  void CollectDeclared(NodeId declaration);
  Source& SourceOf(NodeId literal);
  SymbolId ModuleFor(Source& source, NameId imported);
  void Export(SymbolId symbol, NameId name) {
    exported_[symbol].push_back(name);
    names_.push_back(name);
  }
  NodeId LowerStatement(NodeId statement, std::vector<NodeId>& out);
  NodeId LowerIdentifier(NodeId id);
  NodeId LowerStore(NodeId id);
  NodeId StoreExports(base::Span span, SymbolId symbol, NodeId value);
  NodeId ExportTarget(base::Span span, NameId name);
  NodeId Access(base::Span span, const Imported& imported);
  std::vector<NodeId> Prologue(NodeId program);
  std::vector<NodeId> Requires();

  std::vector<Source> sources_;
  std::unordered_map<SymbolId, Imported> imports_;
  std::unordered_map<SymbolId, std::vector<NameId>> exported_;
  // Names that get undefined at the start, in the order of the text.
  std::vector<NameId> names_;
  std::vector<std::pair<NameId, SymbolId>> functions_;
  // Functions without a name under `export default`.
  std::vector<SymbolId> unnamed_;
  std::vector<std::pair<NameId, Imported>> reexports_;
  bool is_module_ = false;
  bool has_exports_ = false;
  int functions_deep_ = 0;
};

Source& ModulePass::SourceOf(NodeId literal) {
  const std::string specifier(ast.NameTextOf(literal));
  for (Source& source : sources_) {
    if (source.specifier == specifier) {
      return source;
    }
  }
  Source source;
  source.specifier = specifier;
  source.span = ast[literal].span;
  sources_.push_back(source);
  return sources_.back();
}

// `./a/some-file.js` → `some_file`.
std::string NameHint(std::string_view specifier) {
  const size_t slash = specifier.rfind('/');
  if (slash != std::string_view::npos) {
    specifier = specifier.substr(slash + 1);
  }
  specifier = specifier.substr(0, specifier.find('.'));
  std::string hint;
  for (char c : specifier) {
    hint += IsAsciiIdentifier(std::string(1, c)) || (c >= '0' && c <= '9')
                ? c
                : '_';
  }
  return hint.empty() ? "module" : hint;
}

SymbolId ModulePass::ModuleFor(Source& source, NameId imported) {
  const std::string hint = NameHint(source.specifier);
  SymbolId* symbol = &source.plain;
  if (imported == NameId::kNone) {
    symbol = &source.name_space;
  } else if (ast.TextOf(imported) == "default") {
    symbol = &source.with_default;
  }
  if (*symbol == SymbolId::kNone) {
    *symbol = ast.NewTemporary(hint);
  }
  return *symbol;
}

void ModulePass::CollectImport(NodeId id) {
  Import import = ast.As<Import>(id);
  std::span<NodeId> specifiers = ast.Items(import.specifiers());
  if (IsForTypesOnly(ast, id)) {
    return;
  }
  Source& source = SourceOf(import.source());
  for (NodeId specifier : specifiers) {
    if (IsForTypesOnly(ast, specifier)) {
      continue;
    }
    Imported imported;
    if (ast.Is(specifier, Kind::kImportSpecifier)) {
      imported.name = ast.NameOf(ast.As<ImportSpecifier>(specifier).imported());
    } else if (ast.Is(specifier, Kind::kImportDefault)) {
      imported.name = ast.Intern("default");
    }
    imported.module = ModuleFor(source, imported.name);
    imports_[ImportedSymbol(ast, specifier)] = imported;
  }
}

void ModulePass::CollectExportNamed(NodeId id) {
  ExportNamed named = ast.As<ExportNamed>(id);
  has_exports_ = true;
  if (named.source() != NodeId::kNone) {
    Source& source = SourceOf(named.source());
    for (NodeId item : ast.Items(named.specifiers())) {
      ExportSpecifier specifier = ast.As<ExportSpecifier>(item);
      const NameId imported = ast.NameOf(specifier.local());
      reexports_.emplace_back(ast.NameOf(specifier.exported()),
                              Imported{ModuleFor(source, imported), imported});
    }
    return;
  }
  for (NodeId item : ast.Items(named.specifiers())) {
    ExportSpecifier specifier = ast.As<ExportSpecifier>(item);
    const SymbolId symbol = ast.SymbolOf(specifier.local());
    const NameId name = ast.NameOf(specifier.exported());
    if (symbol == SymbolId::kNone) {
      continue;
    }
    // The import may follow in the text: told apart when all is collected.
    Export(symbol, name);
  }
}

void ModulePass::CollectDeclared(NodeId declaration) {
  has_exports_ = true;
  switch (ast.KindOf(declaration)) {
    case Kind::kFunctionDeclaration:
    case Kind::kClassDeclaration: {
      const NodeId id = ast.Is(declaration, Kind::kFunctionDeclaration)
                            ? ast.As<Function>(declaration).id()
                            : ast.As<Class>(declaration).id();
      Export(ast.SymbolOf(id), ast.NameOf(id));
      return;
    }
    case Kind::kVariable:
      for (NodeId item :
           ast.Items(ast.As<Variable>(declaration).declarators())) {
        const NodeId target = ast.As<Declarator>(item).target();
        if (ast.Is(target, Kind::kIdentifier) &&
            ast[ast.SymbolOf(target)].kind != SymbolKind::kTemporary) {
          Export(ast.SymbolOf(target), ast.NameOf(target));
        }
      }
      return;
    default:
      return;
  }
}

void ModulePass::Collect(NodeId statement) {
  switch (ast.KindOf(statement)) {
    case Kind::kImport:
      CollectImport(statement);
      return;
    case Kind::kExportNamed:
      CollectExportNamed(statement);
      return;
    case Kind::kExportDeclaration:
      CollectDeclared(ast.As<ExportDeclaration>(statement).declaration());
      return;
    case Kind::kExportAll: {
      ExportAll all = ast.As<ExportAll>(statement);
      has_exports_ = true;
      Source& source = SourceOf(all.source());
      if (all.exported() == NodeId::kNone) {
        source.export_all = true;
        ModuleFor(source, ast.Intern("*"));
      } else {
        reexports_.emplace_back(
            ast.NameOf(all.exported()),
            Imported{ModuleFor(source, NameId::kNone), NameId::kNone});
      }
      return;
    }
    case Kind::kExportDefault: {
      has_exports_ = true;
      const NodeId value = ast.As<ExportDefault>(statement).value();
      const NameId name = ast.Intern("default");
      if (ast.Is(value, Kind::kFunctionDeclaration)) {
        Function function = ast.As<Function>(value);
        if (function.id() == NodeId::kNone) {
          const SymbolId symbol = ast.NewTemporary("default");
          function.set_id(Ref(function.span(), symbol));
          unnamed_.push_back(symbol);
        }
        Export(ast.SymbolOf(function.id()), name);
      } else if (ast.Is(value, Kind::kClassDeclaration) &&
                 ast.As<Class>(value).id() != NodeId::kNone) {
        Export(ast.SymbolOf(ast.As<Class>(value).id()), name);
      } else {
        names_.push_back(name);
      }
      return;
    }
    default:
      return;
  }
}

NodeId ModulePass::ExportTarget(base::Span span, NameId name) {
  const std::string_view text = ast.TextOf(name);
  const NodeId exports = ast.NewGlobal(span, "exports");
  return IsAsciiIdentifier(text) && !text.starts_with("default")
             ? ast.New<Kind::kMember>(span, exports, name, span.begin)
             : ast.New<Kind::kIndex>(span, exports,
                                     ast.New<Kind::kString>(span, name));
}

NodeId ModulePass::StoreExports(base::Span span, SymbolId symbol,
                                NodeId value) {
  auto found = exported_.find(symbol);
  if (found != exported_.end()) {
    for (NameId name : found->second) {
      value = ast.NewAssign(span, ExportTarget(span, name), value);
    }
  }
  return value;
}

NodeId ModulePass::Access(base::Span span, const Imported& imported) {
  const NodeId module = Ref(span, imported.module);
  if (imported.name == NameId::kNone) {
    return module;
  }
  const std::string_view text = ast.TextOf(imported.name);
  return IsAsciiIdentifier(text) && text != "default"
             ? ast.New<Kind::kMember>(span, module, imported.name, span.begin)
             : ast.New<Kind::kIndex>(
                   span, module, ast.New<Kind::kString>(span, imported.name));
}

NodeId ModulePass::LowerIdentifier(NodeId id) {
  auto found = imports_.find(ast.SymbolOf(id));
  return ast.SymbolOf(id) == SymbolId::kNone || found == imports_.end()
             ? id
             : Access(ast[id].span, found->second);
}

NodeId ModulePass::LowerStore(NodeId id) {
  VisitChildren(id);
  const base::Span span = ast[id].span;
  const NodeId target{ast[id].slots[0]};
  if (!ast.Is(target, Kind::kIdentifier) ||
      !exported_.contains(ast.SymbolOf(target))) {
    return id;
  }
  const SymbolId symbol = ast.SymbolOf(target);
  if (ast.Is(id, Kind::kAssign) || ast[id].Has(flag::kPrefix)) {
    return StoreExports(span, symbol, id);
  }
  const SymbolId old = Temporary("old");
  return NewSequence(
      ast, span,
      {ast.NewAssign(span, Ref(span, old), id),
       StoreExports(span, symbol, Ref(span, symbol)), Ref(span, old)});
}

// What is left of a top-level statement, without its import or export.
NodeId ModulePass::LowerStatement(NodeId statement, std::vector<NodeId>& out) {
  const base::Span span = ast[statement].span;
  switch (ast.KindOf(statement)) {
    case Kind::kImport:
    case Kind::kExportNamed:
    case Kind::kExportAll:
      return NodeId::kNone;
    case Kind::kExportDeclaration:
      return LowerStatement(ast.As<ExportDeclaration>(statement).declaration(),
                            out);
    case Kind::kExportDefault: {
      const NodeId value = ast.As<ExportDefault>(statement).value();
      if (ast.Is(value, Kind::kFunctionDeclaration)) {
        return Visit(value);
      }
      if (ast.Is(value, Kind::kClassDeclaration)) {
        if (ast.As<Class>(value).id() != NodeId::kNone) {
          return LowerStatement(value, out);
        }
        ast[value].kind = Kind::kClass;
        context.given_names[value] =
            GivenName{ast.Intern("default"), SymbolId::kNone};
      }
      return ast.NewStatement(ast.NewAssign(
          span, ExportTarget(span, ast.Intern("default")), Visit(value)));
    }
    case Kind::kClassDeclaration: {
      const NodeId lowered = Visit(statement);
      const NodeId name = ast.As<Class>(statement).id();
      if (name == NodeId::kNone || !exported_.contains(ast.SymbolOf(name))) {
        return lowered;
      }
      out.push_back(lowered);
      return ast.NewStatement(StoreExports(span, ast.SymbolOf(name),
                                           Ref(span, ast.SymbolOf(name))));
    }
    default:
      return Visit(statement);
  }
}

std::vector<NodeId> ModulePass::Requires() {
  std::vector<NodeId> statements;
  for (Source& source : sources_) {
    const base::Span span = source.span;
    auto call = [&] {
      return ast.NewCall(span, ast.NewGlobal(span, "require"),
                         {ast.NewString(span, source.specifier)});
    };
    std::vector<NodeId> declarators;
    auto declare = [&](SymbolId symbol, NodeId value) {
      declarators.push_back(
          ast.New<Kind::kDeclarator>(span, Ref(span, symbol), value));
    };
    const int forms = (source.plain != SymbolId::kNone) +
                      (source.with_default != SymbolId::kNone) +
                      (source.name_space != SymbolId::kNone);
    if (forms == 0) {
      statements.push_back(ast.NewStatement(call()));
      continue;
    }
    if (forms > 1 && source.plain == SymbolId::kNone) {
      source.plain = ast.NewTemporary(NameHint(source.specifier));
    }
    const bool shared = source.plain != SymbolId::kNone;
    if (shared) {
      declare(source.plain, call());
    }
    auto module = [&] { return shared ? Ref(span, source.plain) : call(); };
    if (source.with_default != SymbolId::kNone) {
      declare(source.with_default,
              context.CallHelper(span, Helper::kDefault, {module()}));
    }
    if (source.name_space != SymbolId::kNone) {
      declare(source.name_space,
              context.CallHelper(span, Helper::kNamespace, {module()}));
    }
    statements.push_back(
        ast.NewVariable(span, DeclarationKind::kVar, declarators));
    if (source.export_all) {
      statements.push_back(ast.NewStatement(context.CallHelper(
          span, Helper::kExportAll,
          {ast.NewGlobal(span, "exports"), Ref(span, source.plain)})));
    }
  }
  return statements;
}

std::vector<NodeId> ModulePass::Prologue(NodeId program) {
  const base::Span span{ast[program].span.begin, ast[program].span.begin};
  std::vector<NodeId> statements;
  if (has_exports_) {
    const NodeId value = ast.New<Kind::kProperty>(
        span, ast.NewName(span, "value"), ast.NewBoolean(span, true));
    statements.push_back(ast.NewStatement(NewMethodCall(
        ast, span, ast.NewGlobal(span, "Object"), "defineProperty",
        {ast.NewGlobal(span, "exports"), ast.NewString(span, "__esModule"),
         ast.New<Kind::kObject>(span, ast.List({value}))})));
  }
  for (SymbolId symbol : unnamed_) {
    statements.push_back(ast.NewStatement(context.CallHelper(
        span, Helper::kNamed,
        {Ref(span, symbol), ast.NewString(span, "default")})));
  }
  for (auto& [name, symbol] : functions_) {
    statements.push_back(ast.NewStatement(
        ast.NewAssign(span, ExportTarget(span, name), Ref(span, symbol))));
  }
  if (!names_.empty()) {
    NodeId value = ast.NewUndefined(span);
    for (size_t i = names_.size(); i-- > 0;) {
      value = ast.NewAssign(span, ExportTarget(span, names_[i]), value);
    }
    statements.push_back(ast.NewStatement(value));
  }
  for (auto& [name, imported] : reexports_) {
    const NodeId result = NewReturn(ast, span, Access(span, imported));
    statements.push_back(ast.NewStatement(context.CallHelper(
        span, Helper::kExport,
        {ast.NewGlobal(span, "exports"), ast.New<Kind::kString>(span, name),
         ast.NewFunction(span, {}, std::span(&result, 1))})));
  }
  return statements;
}

NodeId ModulePass::LowerProgram(NodeId id) {
  Program program = ast.As<Program>(id);
  is_module_ = program.Has(flag::kModule);
  if (!is_module_) {
    VisitChildren(id);
    return id;
  }
  if (program.Has(flag::kHasTopLevelAwait)) {
    context.sink.Report(diagnostics::Kind::kJsTopLevelAwait,
                        ast.LocationOf(id));
  }
  std::vector<NodeId> body(ast.Items(program.body()).begin(),
                           ast.Items(program.body()).end());
  for (NodeId statement : body) {
    Collect(statement);
  }
  // An import that is exported again is a re-export; a function is there from
  // the start.
  for (auto at = exported_.begin(); at != exported_.end();) {
    if (!imports_.contains(at->first)) {
      ++at;
      continue;
    }
    for (NameId name : at->second) {
      reexports_.emplace_back(name, imports_[at->first]);
      std::erase(names_, name);
    }
    at = exported_.erase(at);
  }
  std::sort(reexports_.begin(), reexports_.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  for (NodeId statement : body) {
    NodeId declaration = statement;
    if (ast.Is(statement, Kind::kExportDeclaration)) {
      declaration = ast.As<ExportDeclaration>(statement).declaration();
    } else if (ast.Is(statement, Kind::kExportDefault)) {
      declaration = ast.As<ExportDefault>(statement).value();
    }
    if (!ast.Is(declaration, Kind::kFunctionDeclaration)) {
      continue;
    }
    const SymbolId symbol = ast.SymbolOf(ast.As<Function>(declaration).id());
    auto found = exported_.find(symbol);
    if (found != exported_.end()) {
      for (NameId name : found->second) {
        functions_.emplace_back(name, symbol);
        std::erase(names_, name);
      }
    }
  }
  std::vector<NodeId> out;
  std::vector<NodeId> directives;
  for (NodeId statement : body) {
    if (ast.Is(statement, Kind::kDirective)) {
      directives.push_back(statement);
      continue;
    }
    const NodeId left = LowerStatement(statement, out);
    if (left != NodeId::kNone) {
      out.push_back(left);
    }
  }
  const base::Span span{program.span().begin, program.span().begin};
  std::vector<NodeId> all{NewDirective(ast, span, "use strict")};
  all.insert(all.end(), directives.begin(), directives.end());
  const std::vector<NodeId> prologue = Prologue(id);
  all.insert(all.end(), prologue.begin(), prologue.end());
  const std::vector<NodeId> requires_list = Requires();
  all.insert(all.end(), requires_list.begin(), requires_list.end());
  all.insert(all.end(), out.begin(), out.end());
  program.set_body(ast.List(all));
  // Declarations of several statements came as a Splice.
  program.set_body(Unfold(ast.Items(program.body())));
  return id;
}

NodeId ModulePass::Lower(NodeId id) {
  const base::Span span = ast[id].span;
  switch (ast.KindOf(id)) {
    case Kind::kProgram:
      return LowerProgram(id);
    case Kind::kFunction:
    case Kind::kFunctionDeclaration:
      ++functions_deep_;
      VisitChildren(id);
      --functions_deep_;
      return id;
    case Kind::kThis:
      return is_module_ && functions_deep_ == 0 ? ast.NewUndefined(span) : id;
    case Kind::kIdentifier:
      return LowerIdentifier(id);
    case Kind::kProperty:
      ast[id].flags &= ~flag::kShorthand;
      VisitChildren(id);
      return id;
    case Kind::kDeclarator: {
      VisitChildren(id);
      Declarator declarator = ast.As<Declarator>(id);
      if (declarator.value() != NodeId::kNone &&
          ast.Is(declarator.target(), Kind::kIdentifier)) {
        declarator.set_value(StoreExports(
            span, ast.SymbolOf(declarator.target()), declarator.value()));
      }
      return id;
    }
    case Kind::kAssign:
    case Kind::kUpdate:
      return LowerStore(id);
    case Kind::kCall: {
      // An imported function is called without a `this`.
      Call call = ast.As<Call>(id);
      const bool is_name = ast.Is(call.callee(), Kind::kIdentifier);
      VisitChildren(id);
      const NodeId callee = call.callee();
      if (is_name && !ast.Is(callee, Kind::kIdentifier)) {
        call.set_callee(
            NewSequence(ast, ast[callee].span,
                        {ast.NewNumber(ast[callee].span, 0), callee}));
      }
      return id;
    }
    case Kind::kImportCall: {
      VisitChildren(id);
      return context.CallHelper(
          span, Helper::kImport,
          {ast.NewGlobal(span, "require"),
           ast.Items(ast.As<ImportCall>(id).arguments())[0]});
    }
    case Kind::kImportMeta: {
      const NodeId url =
          ast.New<Kind::kProperty>(span, ast.NewName(span, "url"),
                                   ast.NewString(span, ast.file().path()));
      return ast.New<Kind::kObject>(span, ast.List({url}));
    }
    case Kind::kClass:
    case Kind::kClassDeclaration:
      // Fields and static blocks have a `this` of their own.
      ++functions_deep_;
      VisitChildren(id);
      --functions_deep_;
      return id;
    default:
      VisitChildren(id);
      return id;
  }
}

}  // namespace

void LowerModules(LowerContext& context) {
  ModulePass(context).Run();
}

}  // namespace fcc::js
