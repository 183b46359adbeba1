// SPDX-License-Identifier: Apache-2.0

#include "compiler/fts/shown_functions.h"

#include <vector>

#include "runtime/template/format.h"

namespace fcc::fts {

using tmpl::Op;

namespace {

// What is known of a value on the stack: nothing, that it is a module, or the
// name of the module's member.
constexpr int64_t kValue = -1;
constexpr int64_t kModule = -2;

struct Effect {
  int pops;
  int pushes;
};
constexpr Effect kEffects[] = {
#define FCC_OP(symbol, name, pops, pushes) {pops, pushes},
#include "runtime/template/ops.def"
#undef FCC_OP
};

class Walker {
 public:
  Walker(const fxml::Unit& unit, MemberNames& names)
      : unit_(unit), names_(names) {
    for (const fxml::ModuleDeclaration& module : unit.modules) {
      modules_.insert(module.name);
    }
  }

  // Code is walked once from end to end: behind a conditional more lies on the
  // stack than there would, which can only show more.
  void Walk(const tmpl::ExpressionRecord& expression) {
    stack_.clear();
    for (uint32_t word :
         unit_.code.subspan(expression.first_code, expression.code_count)) {
      Step(tmpl::OpOf(word), tmpl::OperandOf(word));
    }
  }

 private:
  int64_t Pop() {
    if (stack_.empty()) {
      return kValue;
    }
    const int64_t top = stack_.back();
    stack_.pop_back();
    return top;
  }

  void Step(Op op, uint32_t operand) {
    switch (op) {
      case Op::kName:
        stack_.push_back(modules_.contains(unit_.String(operand)) ? kModule
                                                                  : kValue);
        return;
      case Op::kMember:
        stack_.push_back(Pop() == kValue ? kValue : int64_t{operand});
        return;
      case Op::kAdd:
        Show(Pop());
        Show(Pop());
        stack_.push_back(kValue);
        return;
      case Op::kConcat:
        for (uint32_t i = 0; i < operand; ++i) {
          Show(Pop());
        }
        stack_.push_back(kValue);
        return;
      default:
        break;
    }
    const Effect& effect = kEffects[static_cast<size_t>(op)];
    const int pops = effect.pops >= 0 ? effect.pops
                                      : static_cast<int>(operand) +
                                            (op == Op::kCall ? 1 : 0);
    for (int i = 0; i < pops; ++i) {
      Pop();
    }
    for (int i = 0; i < effect.pushes; ++i) {
      stack_.push_back(kValue);
    }
  }

  void Show(int64_t value) {
    if (value >= 0) {
      names_.emplace(unit_.String(static_cast<uint32_t>(value)));
    }
  }

  const fxml::Unit& unit_;
  MemberNames& names_;
  std::set<std::string_view> modules_;
  std::vector<int64_t> stack_;
};

}  // namespace

void AddShownMembers(const fxml::Unit& unit, MemberNames& names) {
  if (unit.modules.empty()) {
    return;
  }
  Walker walker(unit, names);
  for (const tmpl::ExpressionRecord& expression : unit.expressions) {
    walker.Walk(expression);
  }
}

}  // namespace fcc::fts
