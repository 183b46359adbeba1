// SPDX-License-Identifier: Apache-2.0

#include "runtime/template/verify.h"

#include <vector>

#include "runtime/base/format.h"

namespace fcc::tmpl {

namespace {

struct OpInfo {
  const char* name;
  int pops;
  int pushes;
};

constexpr OpInfo kOps[] = {
#define FCC_OP(symbol, name, pops, pushes) {name, pops, pushes},
#include "runtime/template/ops.def"
#undef FCC_OP
};

class Verifier {
 public:
  explicit Verifier(const Program& program) : program_(program) {}

  base::Status Run() {
    FCC_TRY(Strings());
    FCC_TRY(Modules());
    FCC_TRY(Reads());
    for (size_t i = 0; i < program_.expressions().size(); ++i) {
      FCC_TRY(Expression(i));
    }
    FCC_TRY(Attrs());
    FCC_TRY(Units());
    return {};
  }

 private:
  template <typename... Args>
  static base::Error Corrupt(fmt::format_string<Args...> text, Args&&... args) {
    return {
        base::ErrorKind::kCorrupt,
        "template program: " + base::format(text, std::forward<Args>(args)...)};
  }

  // True when [first, first + count) lies in a table of `size`.
  static bool InTable(uint32_t first, uint32_t count, size_t size) {
    return first <= size && count <= size - first;
  }
  bool IsString(uint32_t id) const { return id < program_.strings().size(); }
  bool IsValue(ValueKind kind, uint32_t value) const {
    switch (kind) {
      case ValueKind::kNone:
        return true;
      case ValueKind::kString:
        return IsString(value);
      case ValueKind::kExpression:
        return value < program_.expressions().size();
    }
    return false;
  }

  base::Status Strings() const {
    for (const StringRecord& record : program_.strings()) {
      if (!InTable(record.offset, record.size, program_.text().size())) {
        return Corrupt("a string lies outside of the text");
      }
    }
    return {};
  }

  base::Status Modules() const {
    for (const ModuleRecord& module : program_.modules()) {
      if (!IsString(module.path) || !IsString(module.source)) {
        return Corrupt("a module has no path or no source");
      }
    }
    for (const ModuleUseRecord& use : program_.module_uses()) {
      if (!IsString(use.name) || use.module >= program_.modules().size()) {
        return Corrupt("a unit uses a module that is not there");
      }
    }
    return {};
  }

  base::Status Reads() const {
    for (uint32_t id : program_.paths()) {
      if (!IsString(id)) {
        return Corrupt("a path has a member without a name");
      }
    }
    for (const ReadRecord& read : program_.reads()) {
      if (!IsString(read.root) || !InTable(read.first_member, read.member_count,
                                           program_.paths().size())) {
        return Corrupt("a read path is out of bounds");
      }
    }
    return {};
  }

  // Jumps go forward, so one pass in order sees every way to an instruction
  // before the instruction: the depth of each is known when it is reached.
  base::Status Expression(size_t index) {
    const ExpressionRecord& expression = program_.expressions()[index];
    if (expression.code_count == 0 ||
        !InTable(expression.first_code, expression.code_count,
                 program_.code().size()) ||
        !InTable(expression.first_read, expression.read_count,
                 program_.reads().size())) {
      return Corrupt("expression {} is out of bounds", index);
    }
    const uint32_t count = expression.code_count;
    const uint32_t* code = program_.code().data() + expression.first_code;
    depths_.assign(count + 1, kUnknown);
    depths_[0] = 0;
    for (uint32_t at = 0; at < count; ++at) {
      const Op op = OpOf(code[at]);
      const uint32_t operand = OperandOf(code[at]);
      int depth = depths_[at];
      if (depth == kUnknown) {
        return Corrupt("expression {} has code that is never reached", index);
      }
      if (op >= Op::kCount) {
        return Corrupt("expression {} has an unknown operation", index);
      }
      const OpInfo& info = kOps[static_cast<size_t>(op)];
      int pops = info.pops;
      if (op == Op::kConcat) {
        pops = static_cast<int>(operand);
      } else if (op == Op::kCall) {
        pops = static_cast<int>(operand) + 1;
      }
      if (depth < pops) {
        return Corrupt("expression {} takes from an empty stack", index);
      }
      if (!OperandIsRight(op, operand)) {
        return Corrupt("expression {}: operand of {} is out of bounds", index,
                       info.name);
      }
      depth += info.pushes - pops;
      if (depth > static_cast<int>(kMaxStack)) {
        return Corrupt("expression {} needs too much stack", index);
      }
      const bool keeps_when_taken = op == Op::kAnd || op == Op::kOr;
      if (op == Op::kJump || op == Op::kJumpIfFalse || keeps_when_taken) {
        if (operand > count - at - 1) {
          return Corrupt("expression {} jumps out of its code", index);
        }
        if (!Reach(at + 1 + operand, keeps_when_taken ? depth + 1 : depth)) {
          return Corrupt("expression {}: paths meet at different depths",
                         index);
        }
      }
      if (op != Op::kJump && !Reach(at + 1, depth)) {
        return Corrupt("expression {}: paths meet at different depths", index);
      }
    }
    if (depths_[count] != 1) {
      return Corrupt("expression {} does not give one value", index);
    }
    if ((expression.flags & kExpressionIsPath) != 0 &&
        OpOf(code[0]) != Op::kName) {
      return Corrupt("expression {} is no path", index);
    }
    return {};
  }

  bool Reach(uint32_t at, int depth) {
    if (depths_[at] == kUnknown) {
      depths_[at] = depth;
      return true;
    }
    return depths_[at] == depth;
  }

  bool OperandIsRight(Op op, uint32_t operand) const {
    switch (op) {
      case Op::kString:
      case Op::kName:
      case Op::kMember:
      case Op::kSetMember:
        return IsString(operand);
      case Op::kNumber:
        return operand < program_.numbers().size();
      default:
        return true;
    }
  }

  base::Status Attrs() const {
    for (const AttrRecord& attr : program_.attrs()) {
      if (attr.kind >= AttrKind::kCount || !IsString(attr.name) ||
          !IsString(attr.key) || !IsValue(attr.value_kind, attr.value)) {
        return Corrupt("an attribute is out of bounds");
      }
    }
    return {};
  }

  base::Status Units() const {
    uint32_t next_node = 0;
    for (const UnitRecord& unit : program_.units()) {
      if (!IsString(unit.path) || unit.first_node != next_node ||
          unit.end_node < unit.first_node ||
          unit.end_node > program_.nodes().size()) {
        return Corrupt("a unit's nodes are out of bounds");
      }
      next_node = unit.end_node;
      FCC_TRY(Nodes(unit.first_node, unit.end_node));
      if (!InTable(unit.first_template, unit.template_count,
                   program_.templates().size()) ||
          !InTable(unit.first_import, unit.import_count,
                   program_.imports().size()) ||
          !InTable(unit.first_module_use, unit.module_use_count,
                   program_.module_uses().size())) {
        return Corrupt("a unit's tables are out of bounds");
      }
      for (const TemplateRecord& definition : program_.templates().subspan(
               unit.first_template, unit.template_count)) {
        if (!IsString(definition.name) || definition.node < unit.first_node ||
            definition.node >= unit.end_node ||
            program_.nodes()[definition.node].kind != NodeKind::kDefinition) {
          return Corrupt("a template has no body");
        }
      }
    }
    if (next_node != program_.nodes().size()) {
      return Corrupt("nodes without a unit");
    }
    for (uint32_t import : program_.imports()) {
      if (import != kNoId && import >= program_.units().size()) {
        return Corrupt("an import of a unit that is not there");
      }
    }
    return {};
  }

  base::Status Nodes(uint32_t first, uint32_t end) const {
    // Enclosing nodes of the one looked at.
    std::vector<uint32_t> open;
    for (uint32_t at = first; at < end; ++at) {
      const NodeRecord& node = program_.nodes()[at];
      while (!open.empty() && program_.nodes()[open.back()].end <= at) {
        open.pop_back();
      }
      const uint32_t limit =
          open.empty() ? end : program_.nodes()[open.back()].end;
      if (node.kind >= NodeKind::kCount || node.end <= at || node.end > limit) {
        return Corrupt("node {} does not nest", at);
      }
      const bool below_if =
          !open.empty() && program_.nodes()[open.back()].kind == NodeKind::kIf;
      if (below_if != (node.kind == NodeKind::kBranch)) {
        return Corrupt("node {}: branches stand below an if, and only they",
                       at);
      }
      FCC_TRY(Node(at, node));
      if (node.end > at + 1) {
        if (open.size() + 1 >= kMaxTreeDepth) {
          return Corrupt("node {} is nested too deep", at);
        }
        open.push_back(at);
      }
    }
    return {};
  }

  base::Status Node(uint32_t at, const NodeRecord& node) const {
    bool right = IsValue(node.value_kind, node.value);
    bool leaf = false;
    switch (node.kind) {
      case NodeKind::kElement:
        right =
            right && IsString(node.name) &&
            InTable(node.first_attr, node.attr_count, program_.attrs().size());
        break;
      case NodeKind::kText:
        right = right && node.value_kind != ValueKind::kNone;
        leaf = true;
        break;
      case NodeKind::kBlock:
      case NodeKind::kBranch:
      case NodeKind::kDefinition:
        break;
      case NodeKind::kIf:
        right = right && node.end > at + 1;
        break;
      case NodeKind::kFor:
        right = right && node.value_kind != ValueKind::kNone &&
                IsString(node.name) && IsString(node.extra) &&
                (node.key == kNoId || IsString(node.key));
        break;
      case NodeKind::kTemplateUse:
        right = right && (node.extra == kNoId ||
                          node.extra < program_.expressions().size());
        leaf = true;
        break;
      case NodeKind::kInclude:
        right = right && IsString(node.name) &&
                (node.extra == kNoId || node.extra < program_.units().size());
        leaf = true;
        break;
      case NodeKind::kCount:
        right = false;
        break;
    }
    if (!right || (leaf && node.end != at + 1)) {
      return Corrupt("node {} is malformed", at);
    }
    return {};
  }

  static constexpr int kUnknown = -1;

  const Program& program_;
  std::vector<int> depths_;
};

}  // namespace

base::Status VerifyProgram(const Program& program) {
  return Verifier(program).Run();
}

}  // namespace fcc::tmpl
