// SPDX-License-Identifier: Apache-2.0
//
// Template programs made from the fuzzer's choices: mostly well formed, so that
// the verifier lets many through, with words that are not. What it lets through
// is rendered and updated.

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include "runtime/base/json.h"
#include "runtime/template/instance.h"
#include "runtime/template/program_writer.h"
#include "runtime/template/tree_mirror.h"
#include "runtime/value/value_json.h"

using namespace fcc;  // NOLINT

namespace {

class Choices {
 public:
  Choices(const uint8_t* data, size_t size) : data_(data), size_(size) {}
  bool done() const { return at_ >= size_; }
  // Below `limit`; 0 when the input is used up.
  uint32_t Next(uint32_t limit) {
    return done() || limit == 0 ? 0 : data_[at_++] % limit;
  }
  // Now and then something that is no index at all.
  uint32_t Index(uint32_t count) {
    const uint32_t choice = Next(255);
    if (choice == 254) {
      return tmpl::kNoId;
    }
    return choice == 253 ? count : choice % (count == 0 ? 1 : count);
  }

 private:
  const uint8_t* data_;
  size_t size_;
  size_t at_ = 0;
};

constexpr const char* kStrings[] = {"a",    "b",     "l",      "o", "k",
                                    "item", "index", "length", "",  "view",
                                    "t",    "1",     "a b"};
constexpr uint32_t kStringCount = std::size(kStrings);
constexpr uint32_t kNumberCount = 4;

class Maker {
 public:
  explicit Maker(Choices& choices) : c_(choices) {}

  std::string Make() {
    for (const char* string : kStrings) {
      tables_.AddString(string);
    }
    tables_.numbers = {0.5, -0.0, 1e300, -1};
    const uint32_t expressions = 1 + c_.Next(12);
    for (uint32_t i = 0; i < expressions; ++i) {
      MakeExpression();
    }
    const uint32_t units = 1 + c_.Next(3);
    for (uint32_t i = 0; i < units; ++i) {
      MakeUnit(units);
    }
    std::string bytes = tmpl::WriteProgram(tables_);
    // A few words that nobody meant.
    for (uint32_t flips = c_.Next(4); flips > 0; --flips) {
      bytes[(c_.Next(255) * 255u + c_.Next(255)) % bytes.size()] ^=
          static_cast<char>(1u << c_.Next(8));
    }
    return bytes;
  }

 private:
  static uint32_t Size(const auto& table) {
    return static_cast<uint32_t>(table.size());
  }

  void Emit(tmpl::Op op, uint32_t operand = 0) {
    tables_.code.push_back(tmpl::Instruction(op, operand));
  }

  // Code that leaves one value.
  void MakeValue(int depth) {
    if (depth == 0 || c_.done()) {
      MakeLeaf();
      return;
    }
    switch (c_.Next(11)) {
      case 0:
        MakeLeaf();
        return;
      case 1:
        MakeValue(depth - 1);
        Emit(tmpl::Op::kMember, c_.Index(kStringCount));
        return;
      case 2:
        MakeValue(depth - 1);
        MakeValue(depth - 1);
        Emit(tmpl::Op::kIndex);
        return;
      case 3:
        MakeValue(depth - 1);
        Emit(Between(tmpl::Op::kPlus, tmpl::Op::kVoid));
        return;
      case 4:
        MakeValue(depth - 1);
        MakeValue(depth - 1);
        Emit(Between(tmpl::Op::kAdd, tmpl::Op::kStrictNotEqual));
        return;
      case 5: {
        MakeValue(depth - 1);
        const uint32_t jump =
            Jump(c_.Next(2) == 0 ? tmpl::Op::kAnd : tmpl::Op::kOr);
        MakeValue(depth - 1);
        Land(jump);
        return;
      }
      case 6: {
        MakeValue(depth - 1);
        const uint32_t otherwise = Jump(tmpl::Op::kJumpIfFalse);
        MakeValue(depth - 1);
        const uint32_t end = Jump(tmpl::Op::kJump);
        Land(otherwise);
        MakeValue(depth - 1);
        Land(end);
        return;
      }
      case 7:
        Emit(tmpl::Op::kNewObject);
        for (uint32_t n = c_.Next(4); n > 0; --n) {
          MakeValue(depth - 1);
          c_.Next(3) == 0 ? Emit(tmpl::Op::kSpreadMembers)
                          : Emit(tmpl::Op::kSetMember, c_.Index(kStringCount));
        }
        return;
      case 8:
        Emit(tmpl::Op::kNewArray);
        for (uint32_t n = c_.Next(4); n > 0; --n) {
          MakeValue(depth - 1);
          Emit(c_.Next(3) == 0 ? tmpl::Op::kSpreadItems : tmpl::Op::kAppend);
        }
        return;
      case 9: {
        const uint32_t parts = 1 + c_.Next(4);
        for (uint32_t n = parts; n > 0; --n) {
          MakeValue(depth - 1);
        }
        Emit(tmpl::Op::kConcat, parts);
        return;
      }
      default: {
        MakeValue(depth - 1);
        const uint32_t arguments = c_.Next(3);
        for (uint32_t n = arguments; n > 0; --n) {
          MakeValue(depth - 1);
        }
        Emit(tmpl::Op::kCall, arguments);
        return;
      }
    }
  }

  void MakeLeaf() {
    switch (c_.Next(5)) {
      case 0:
        Emit(Between(tmpl::Op::kUndefined, tmpl::Op::kFalse));
        return;
      case 1:
        Emit(tmpl::Op::kInteger, c_.Next(255));
        return;
      case 2:
        Emit(tmpl::Op::kNumber, c_.Index(kNumberCount));
        return;
      case 3:
        Emit(tmpl::Op::kString, c_.Index(kStringCount));
        return;
      default:
        Emit(tmpl::Op::kName, c_.Index(kStringCount));
        return;
    }
  }

  tmpl::Op Between(tmpl::Op first, tmpl::Op last) {
    const auto from = static_cast<uint32_t>(first);
    return static_cast<tmpl::Op>(
        from + c_.Next(static_cast<uint32_t>(last) - from + 1));
  }

  uint32_t Jump(tmpl::Op op) {
    Emit(op);
    return Size(tables_.code) - 1;
  }
  void Land(uint32_t jump) {
    tables_.code[jump] =
        tmpl::Instruction(tmpl::OpOf(tables_.code[jump]),
                          Size(tables_.code) - jump - 1 + c_.Next(20) / 19);
  }

  void MakeExpression() {
    tmpl::ExpressionRecord expression;
    expression.first_code = Size(tables_.code);
    MakeValue(4);
    expression.code_count = Size(tables_.code) - expression.first_code;
    expression.first_read = Size(tables_.reads);
    for (uint32_t n = c_.Next(3); n > 0; --n) {
      const uint32_t members = c_.Next(3);
      tables_.reads.push_back(
          {c_.Index(kStringCount), Size(tables_.paths), members});
      for (uint32_t m = 0; m < members; ++m) {
        tables_.paths.push_back(c_.Index(kStringCount));
      }
    }
    expression.read_count = Size(tables_.reads) - expression.first_read;
    expression.flags = c_.Next(2);
    tables_.expressions.push_back(expression);
  }

  tmpl::ValueKind ValueOf(uint32_t& value) {
    const auto kind = static_cast<tmpl::ValueKind>(c_.Next(3));
    switch (kind) {
      case tmpl::ValueKind::kNone:
        value = tmpl::kNoId;
        break;
      case tmpl::ValueKind::kString:
        value = c_.Index(kStringCount);
        break;
      case tmpl::ValueKind::kExpression:
        value = c_.Index(Size(tables_.expressions));
        break;
    }
    return kind;
  }

  uint32_t Push(tmpl::NodeKind kind) {
    tmpl::NodeRecord node;
    node.kind = kind;
    tables_.nodes.push_back(node);
    return Size(tables_.nodes) - 1;
  }

  void MakeNodes(uint32_t units, int depth) {
    for (uint32_t n = c_.Next(4); n > 0 && !c_.done(); --n) {
      MakeNode(units, depth);
    }
  }

  void MakeNode(uint32_t units, int depth) {
    const auto kind = static_cast<tmpl::NodeKind>(c_.Next(9));
    const uint32_t at = Push(kind);
    // References into the table do not outlive what is pushed next.
    const auto node = [&]() -> tmpl::NodeRecord& { return tables_.nodes[at]; };
    switch (kind) {
      case tmpl::NodeKind::kElement:
        node().name = c_.Index(kStringCount);
        node().first_attr = Size(tables_.attrs);
        for (uint32_t n = c_.Next(4); n > 0; --n) {
          tmpl::AttrRecord attr;
          attr.kind = static_cast<tmpl::AttrKind>(
              c_.Next(static_cast<uint32_t>(tmpl::AttrKind::kCount)));
          attr.flags = static_cast<uint8_t>(c_.Next(16));
          attr.name = c_.Index(kStringCount);
          attr.key = c_.Index(kStringCount);
          attr.value_kind = ValueOf(attr.value);
          tables_.attrs.push_back(attr);
        }
        node().attr_count = Size(tables_.attrs) - node().first_attr;
        break;
      case tmpl::NodeKind::kFor:
        node().name = c_.Index(kStringCount);
        node().extra = c_.Index(kStringCount);
        node().key = c_.Next(2) == 0 ? tmpl::kNoId : c_.Index(kStringCount);
        node().flags = static_cast<uint8_t>(c_.Next(2));
        break;
      case tmpl::NodeKind::kTemplateUse:
        node().extra =
            c_.Next(2) == 0 ? tmpl::kNoId : c_.Index(Size(tables_.expressions));
        break;
      case tmpl::NodeKind::kInclude:
        node().name = c_.Index(kStringCount);
        node().extra = c_.Index(units);
        break;
      case tmpl::NodeKind::kDefinition:
        definitions_.push_back({c_.Index(kStringCount), at});
        break;
      case tmpl::NodeKind::kText:
      case tmpl::NodeKind::kBlock:
      case tmpl::NodeKind::kIf:
      case tmpl::NodeKind::kBranch:
      case tmpl::NodeKind::kCount:
        break;
    }
    uint32_t value = tmpl::kNoId;
    const tmpl::ValueKind value_kind = ValueOf(value);
    node().value_kind = value_kind;
    node().value = value;
    if (kind == tmpl::NodeKind::kIf) {
      for (uint32_t n = 1 + c_.Next(3); n > 0; --n) {
        const uint32_t branch = Push(tmpl::NodeKind::kBranch);
        tables_.nodes[branch].value_kind = ValueOf(value);
        tables_.nodes[branch].value = value;
        if (depth > 0) {
          MakeNodes(units, depth - 1);
        }
        tables_.nodes[branch].end = Size(tables_.nodes);
      }
    } else if (depth > 0 && kind != tmpl::NodeKind::kText) {
      MakeNodes(units, depth - 1);
    }
    node().end = Size(tables_.nodes);
  }

  void MakeUnit(uint32_t units) {
    tmpl::UnitRecord unit;
    unit.path = c_.Index(kStringCount);
    unit.first_node = Size(tables_.nodes);
    definitions_.clear();
    MakeNodes(units, 4);
    unit.end_node = Size(tables_.nodes);
    unit.first_template = Size(tables_.templates);
    unit.template_count = Size(definitions_);
    tables_.templates.insert(tables_.templates.end(), definitions_.begin(),
                             definitions_.end());
    unit.first_import = Size(tables_.imports);
    unit.import_count = c_.Next(3);
    for (uint32_t n = unit.import_count; n > 0; --n) {
      tables_.imports.push_back(c_.Index(units));
    }
    tables_.units.push_back(unit);
  }

  Choices& c_;
  tmpl::ProgramTables tables_;
  std::vector<tmpl::TemplateRecord> definitions_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Choices choices(data, size);
  auto program = tmpl::Program::Load(Maker(choices).Make());
  if (!program.ok()) {
    return 0;
  }
  const auto json = [](std::string_view text) {
    return value::FromJson(*base::ParseJson(text).root);
  };
  for (size_t i = 0; i < (*program)->units().size(); ++i) {
    tmpl::TreeMirror mirror;
    tmpl::Instance instance(**program, static_cast<tmpl::UnitId>(i), mirror,
                            nullptr);
    instance.RenderMayRunScript(
        mirror.root(), json(R"({"a":1,"b":"t","l":[1,{"k":2}],"o":{"l":0}})"));
    instance.UpdateMayRunScript(
        json(R"({"a":0,"b":"y","l":[{"k":2},3,1],"o":{"l":[1]},"k":3})"));
  }
  return 0;
}
