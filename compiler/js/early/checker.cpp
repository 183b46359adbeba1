// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/early/checker.h"

namespace fcc::js {

using DK = diagnostics::Kind;

EarlyChecker::EarlyChecker(const Ast& ast, const ParseOptions& options,
                           diagnostics::Sink& sink)
    : ast_(ast),
      options_(options),
      sink_(sink),
      module_(ast[ast.root()].Has(flag::kModule)),
      typescript_(options.dialect == Dialect::kTypeScript ||
                  options.dialect == Dialect::kTsx) {}

void EarlyChecker::Run() {
  const Node& program = ast_[ast_.root()];
  const bool common = program.Has(flag::kCommonJs);
  context_.strict = program.Has(flag::kStrict);
  context_.async = module_;
  context_.return_allowed = common;
  context_.new_target = common || options_.allow_new_target;
  context_.super_property = options_.allow_super_property;
  context_.super_call = options_.allow_super_call;
  for (NodeId id : ast_.Items(ast_.As<Program>(ast_.root()).body())) {
    top_level_ = true;
    Walk(id);
  }
}

void EarlyChecker::WalkList(ListId list) {
  for (NodeId id : ast_.Items(list)) {
    Walk(id);
  }
}

void EarlyChecker::WalkChildren(NodeId id) {
  ForEachChild(ast_, id, [this](NodeId child) { Walk(child); });
}

void EarlyChecker::Walk(NodeId id) {
  const Node& node = ast_[id];
  const bool at_top = top_level_;
  top_level_ = false;
  switch (node.kind) {
    case Kind::kIdentifier:
      CheckName(id);
      return;
    case Kind::kNumber:
      if (context_.strict && node.Has(flag::kLegacyOctal)) {
        Error(DK::kJsStrictOctal, id);
      }
      return;
    case Kind::kString:
    case Kind::kDirective:
      if (context_.strict && node.Has(flag::kLegacyOctal)) {
        Error(DK::kJsStrictOctalEscape, id);
      }
      return;
    case Kind::kRegExp: {
      const RegExp view{Raw(id)};
      uint32_t at = 0;
      const std::string problem = RegExpProblem(
          ast_.TextOf(view.pattern()), ast_.TextOf(view.regexp_flags()), at);
      if (!problem.empty()) {
        const uint32_t begin =
            std::min(node.span.begin + 1 + at, node.span.end - 1);
        sink_.Report(DK::kJsRegExp, {ast_.file().id(), {begin, begin + 1}},
                     problem);
      }
      return;
    }
    case Kind::kFunction:
    case Kind::kFunctionDeclaration:
    case Kind::kArrow:
      WalkFunction(id);
      return;
    case Kind::kClass:
    case Kind::kClassDeclaration:
      WalkClass(id);
      return;
    case Kind::kSuper:
    case Kind::kNewTarget:
    case Kind::kImportMeta:
      WalkSuper(id);
      return;
    case Kind::kYield:
      if (context_.parameters) {
        Error(DK::kJsYieldInParameters, id);
      }
      CheckOperands(id);
      WalkChildren(id);
      return;
    case Kind::kAwait:
      if (context_.parameters) {
        Error(DK::kJsAwaitInParameters, id);
      }
      CheckOperands(id);
      WalkChildren(id);
      return;
    case Kind::kUnary: {
      const NodeId argument = Unary{Raw(id)}.argument();
      CheckOperands(id);
      if (static_cast<UnaryOp>(node.op) == UnaryOp::kDelete) {
        CheckDelete(argument);
      }
      Walk(argument);
      return;
    }
    case Kind::kUpdate:
      WalkAssignment(Update{Raw(id)}.argument(), false);
      return;
    case Kind::kAssign: {
      const Assign view{Raw(id)};
      WalkAssignment(view.target(),
                     static_cast<AssignOp>(node.op) == AssignOp::kAssign);
      Walk(view.value());
      return;
    }
    case Kind::kBinary:
    case Kind::kConditional:
    case Kind::kTaggedTemplate:
      CheckOperands(id);
      WalkChildren(id);
      return;
    case Kind::kCall:
    case Kind::kNew:
    case Kind::kMember:
    case Kind::kIndex:
    case Kind::kPrivateMember: {
      CheckOperands(id);
      const NodeId first{node.slots[0]};
      if (ast_.Is(first, Kind::kSuper)) {
        const bool call = node.kind == Kind::kCall;
        const bool allowed =
            !node.Has(flag::kOptional) &&
            (call ? context_.super_call
                  : (node.kind == Kind::kMember || node.kind == Kind::kIndex) &&
                        context_.super_property);
        if (!allowed) {
          Error(call ? DK::kJsSuperCall : DK::kJsSuperProperty, first);
        }
        // What is left: arguments, the index.
        bool skip = true;
        ForEachChild(ast_, id, [&](NodeId child) {
          if (!skip) {
            Walk(child);
          }
          skip = false;
        });
        return;
      }
      WalkChildren(id);
      return;
    }
    case Kind::kObject:
      WalkObject(id);
      return;
    case Kind::kVariable:
      WalkVariable(id, false);
      return;
    case Kind::kIf: {
      const If view{Raw(id)};
      Walk(view.test());
      WalkSingle(view.consequent(), true);
      if (view.alternate() != NodeId::kNone) {
        WalkSingle(view.alternate(), true);
      }
      return;
    }
    case Kind::kFor:
    case Kind::kForIn:
    case Kind::kForOf:
    case Kind::kWhile:
    case Kind::kDoWhile:
      WalkLoop(id);
      return;
    case Kind::kSwitch:
      Walk(Switch{Raw(id)}.discriminant());
      ++context_.breakables;
      WalkList(Switch{Raw(id)}.cases());
      --context_.breakables;
      return;
    case Kind::kWith:
      if (context_.strict) {
        Error(DK::kJsStrictWith, id);
      }
      Walk(With{Raw(id)}.object());
      WalkSingle(With{Raw(id)}.body(), false);
      return;
    case Kind::kCatch: {
      const Catch view{Raw(id)};
      if (view.parameter() != NodeId::kNone) {
        WalkBinding(view.parameter());
      }
      Walk(view.body());
      return;
    }
    case Kind::kReturn:
      if (!context_.return_allowed) {
        Error(DK::kJsReturnOutside, id);
      }
      WalkChildren(id);
      return;
    case Kind::kBreak:
    case Kind::kContinue:
      WalkJump(id);
      return;
    case Kind::kLabeled:
      WalkLabeled(id);
      return;
    case Kind::kImport:
    case Kind::kExportDeclaration:
    case Kind::kExportNamed:
    case Kind::kExportDefault:
    case Kind::kExportAll:
      if (!at_top) {
        Error(DK::kJsModuleItem, id);
      } else if (!module_ && !in_namespace_) {
        Error(DK::kJsModuleItemInScript, id);
      }
      WalkModuleItem(id);
      return;
    case Kind::kTsNamespace: {
      const bool outer = in_namespace_;
      in_namespace_ = true;
      for (NodeId item : ast_.Items(TsNamespace{Raw(id)}.body())) {
        top_level_ = true;
        Walk(item);
      }
      in_namespace_ = outer;
      return;
    }
    case Kind::kTsType:
    case Kind::kTsEnum:
    case Kind::kTsImportEquals:
      return;
    default:
      WalkChildren(id);
      return;
  }
}

}  // namespace fcc::js
