// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/js.h"
#include "compiler/js/modules/module_uses.h"

namespace fcc::js {
namespace {

class Collector {
 public:
  explicit Collector(const Ast& ast) : ast_(ast) {}

  void Walk(NodeId id);
  std::vector<Dependency> Take() { return std::move(found_); }
  // The strings of what was found.
  const std::vector<NodeId>& strings() const { return strings_; }

 private:
  void Add(DependencyKind kind, NodeId specifier) {
    if (specifier != NodeId::kNone && ast_.Is(specifier, Kind::kString)) {
      found_.push_back({kind,
                        std::string(ast_.NameTextOf(specifier)),
                        ast_[specifier].span,
                        {}});
      strings_.push_back(specifier);
    }
  }
  void AddCall(NodeId id);
  void AddComputed(NodeId argument);
  bool IsBundled(NodeId callee, NodeId argument) const;
  bool IsRequire(NodeId id) const {
    return ast_.Is(id, Kind::kIdentifier) &&
           ast_.SymbolOf(id) == SymbolId::kNone &&
           ast_.NameTextOf(id) == "require";
  }

  const Ast& ast_;
  std::vector<Dependency> found_;
  std::vector<NodeId> strings_;
};

// A bare name, and `require` is some function's own.
bool Collector::IsBundled(NodeId callee, NodeId argument) const {
  return ast_.Is(callee, Kind::kIdentifier) &&
         ast_.SymbolOf(callee) != SymbolId::kNone &&
         ast_.NameTextOf(callee) == "require" &&
         ast_.Is(argument, Kind::kString) &&
         !ast_.NameTextOf(argument).empty() &&
         ast_.NameTextOf(argument).front() != '.' &&
         ast_.NameTextOf(argument).front() != '/';
}

// Text put together of constants and others: "a" + b, `a${b}`.
struct PartlyConstant {
  std::string prefix;
  bool has_text = false;
};

static PartlyConstant ReadText(const Ast& ast, NodeId id) {
  switch (ast.KindOf(id)) {
    case Kind::kString: {
      std::string text(ast.NameTextOf(id));
      const bool has_text = !text.empty();
      return {std::move(text), has_text};
    }
    case Kind::kTemplate: {
      PartlyConstant result;
      for (const NodeId quasi : ast.Items(ast.As<Template>(id).quasis())) {
        const NameId cooked = ast.As<TemplateElement>(quasi).cooked();
        const std::string_view text =
            cooked == NameId::kNone ? std::string_view() : ast.TextOf(cooked);
        if (!result.has_text && result.prefix.empty() &&
            quasi == ast.Items(ast.As<Template>(id).quasis()).front()) {
          result.prefix = text;
        }
        result.has_text = result.has_text || !text.empty();
      }
      return result;
    }
    case Kind::kBinary: {
      PartlyConstant left = ReadText(ast, ast.As<Binary>(id).left());
      left.has_text =
          left.has_text || ReadText(ast, ast.As<Binary>(id).right()).has_text;
      return left;
    }
    default:
      return {};
  }
}

void Collector::AddComputed(NodeId argument) {
  if (!ast_.Is(argument, Kind::kBinary) &&
      !ast_.Is(argument, Kind::kTemplate)) {
    return;
  }
  PartlyConstant text = ReadText(ast_, argument);
  if (text.has_text) {
    found_.push_back({DependencyKind::kComputed,
                      std::move(text.prefix),
                      ast_[argument].span,
                      {}});
  }
}

void Collector::AddCall(NodeId id) {
  const Call call = ast_.As<Call>(id);
  std::span<const NodeId> args = ast_.Items(call.arguments());
  if (args.empty()) {
    return;
  }
  const NodeId callee = call.callee();
  if (IsRequire(callee)) {
    Add(args.size() > 1 ? DependencyKind::kRequireAsync
                        : DependencyKind::kRequire,
        args[0]);
    AddComputed(args[0]);
  } else if (ast_.Is(callee, Kind::kMember) &&
             IsRequire(ast_.As<Member>(callee).object()) &&
             ast_.TextOf(ast_.As<Member>(callee).name()) == "async") {
    Add(DependencyKind::kRequireAsync, args[0]);
    AddComputed(args[0]);
  } else if (args.size() == 1 && IsBundled(callee, args[0])) {
    Add(DependencyKind::kBundled, args[0]);
  }
}

void Collector::Walk(NodeId id) {
  switch (ast_.KindOf(id)) {
    case Kind::kImport:
      if (!IsForTypesOnly(ast_, id)) {
        Add(DependencyKind::kImport, ast_.As<Import>(id).source());
      }
      break;
    case Kind::kExportNamed:
      Add(DependencyKind::kExportFrom, ast_.As<ExportNamed>(id).source());
      break;
    case Kind::kExportAll:
      Add(DependencyKind::kExportFrom, ast_.As<ExportAll>(id).source());
      break;
    case Kind::kCall:
      AddCall(id);
      break;
    case Kind::kImportCall: {
      std::span<const NodeId> args =
          ast_.Items(ast_.As<ImportCall>(id).arguments());
      if (!args.empty()) {
        Add(DependencyKind::kDynamicImport, args[0]);
      }
      break;
    }
    default:
      break;
  }
  ForEachChild(ast_, id, [this](NodeId child) { Walk(child); });
}

}  // namespace

std::vector<Dependency> CollectDependencies(Ast& ast,
                                            const ModuleRenamer& rename) {
  Collector collector(ast);
  collector.Walk(ast.root());
  if (rename) {
    for (NodeId string : collector.strings()) {
      const std::string name = rename(ast.NameTextOf(string));
      ast[string].slots[0] = static_cast<uint32_t>(ast.Intern(name));
    }
  }
  return collector.Take();
}

}  // namespace fcc::js
