// SPDX-License-Identifier: Apache-2.0

#include "runtime/template/evaluate.h"

#include <utility>

#include "runtime/base/check.h"
#include "runtime/base/unicode.h"
#include "runtime/template/operators.h"
#include "runtime/template/touched.h"

namespace fcc::tmpl {

using value::Value;

static constexpr uint32_t kModuleHeap = 0xFFFFFFFEu;

static bool IsModuleMember(const Value& value) {
  return value.IsFunction() && value.function().heap == kModuleHeap;
}

Value ExpressionEvaluator::Evaluate(ValueKind kind, uint32_t value,
                                    const Scope& scope) {
  switch (kind) {
    case ValueKind::kNone:
      return Value::Bool(true);
    case ValueKind::kString:
      return program_.StringValue(value);
    case ValueKind::kExpression:
      return Evaluate(value, scope);
  }
  FCC_CHECK(false);
}

bool ExpressionEvaluator::FindModule(uint32_t name, const Scope& scope,
                                     uint32_t& module) const {
  const UnitRecord& unit = program_.units()[scope.module_unit];
  for (uint32_t i = unit.module_use_count; i-- > 0;) {
    const ModuleUseRecord& use =
        program_.module_uses()[unit.first_module_use + i];
    if (use.name == name) {
      module = use.module;
      return true;
    }
  }
  return false;
}

const Frame* ExpressionEvaluator::FindFrame(uint32_t name, const Scope& scope) {
  for (const Frame* frame = scope.frames; frame != nullptr; frame = frame->up) {
    if (frame->index_name == name || frame->item_name == name) {
      return frame;
    }
  }
  return nullptr;
}

Value ExpressionEvaluator::LoadName(uint32_t name, const Scope& scope) {
  uint32_t module = 0;
  if (FindModule(name, scope, module)) {
    module_members_.push_back({module, {}});
    return Value::Function(
        {kModuleHeap, static_cast<uint32_t>(module_members_.size() - 1)});
  }
  if (const Frame* frame = FindFrame(name, scope)) {
    return frame->index_name == name ? *frame->index : *frame->item;
  }
  if (scope.data->IsObject()) {
    const Value* found = scope.data->object().Find(program_.String(name));
    return found != nullptr ? *found : Value();
  }
  return Value();
}

Value ExpressionEvaluator::Settle(Value value) {
  if (!IsModuleMember(value)) {
    return value;
  }
  if (scripts_ == nullptr) {
    return Value();
  }
  const ModuleMember& member = module_members_[value.function().id];
  base::Result<Value> result = scripts_->Get(member.module, member.path);
  if (!result) {
    ReportScriptError(result.error(), *current_, *current_scope_);
    return Value();
  }
  return std::move(result).value();
}

// A function of a module that kept its code is shown as that.
Value ExpressionEvaluator::TextOf(const Value& value) {
  Value settled = Settle(value);
  if (!settled.IsFunction() || !IsModuleMember(value)) {
    return settled;
  }
  const ModuleMember& member = module_members_[value.function().id];
  std::vector<std::string> path = member.path;
  path.emplace_back("toString");
  base::Result<Value> text = scripts_->Call(member.module, path, {});
  return text && text->IsString() ? *std::move(text) : settled;
}

Value ExpressionEvaluator::MemberOf(Value object, const std::string& key) {
  ModuleMember member = module_members_[object.function().id];
  member.path.push_back(key);
  module_members_.push_back(std::move(member));
  return Value::Function(
      {kModuleHeap, static_cast<uint32_t>(module_members_.size() - 1)});
}

Value ExpressionEvaluator::CallOf(const Value& callee,
                                  std::span<const Value> args,
                                  const ExpressionRecord& expression,
                                  const Scope& scope) {
  if (!IsModuleMember(callee) || scripts_ == nullptr) {
    return Value();
  }
  const ModuleMember& member = module_members_[callee.function().id];
  base::Result<Value> result = scripts_->Call(member.module, member.path, args);
  if (!result) {
    ReportScriptError(result.error(), expression, scope);
    return Value();
  }
  return std::move(result).value();
}

void ExpressionEvaluator::ReportScriptError(const base::Error& error,
                                            const ExpressionRecord& expression,
                                            const Scope& scope) {
  host_.Report({ProblemKind::kScriptError,
                error.message,
                {program_.UnitPath(static_cast<UnitId>(scope.unit)),
                 {expression.span_begin, expression.span_end}}});
}

static void AppendKey(Value& path, Value key) {
  if (path.IsArray()) {
    path.MutableArray().items.push_back(std::move(key));
  }
}

static void SpreadMembers(Value& object, const Value& from) {
  if (!object.IsObject()) {
    return;
  }
  value::Object& target = object.MutableObject();
  if (from.IsObject()) {
    for (const value::Object::Member& member : from.object().members()) {
      target.Set(member.key, member.value);
    }
  } else if (from.IsArray()) {
    size_t index = 0;
    for (const Value& item : from.array().items) {
      target.Set(std::to_string(index++), item);
    }
  } else if (from.IsString()) {
    size_t length = base::Utf16Length(from.string());
    for (size_t i = 0; i < length; ++i) {
      target.Set(std::to_string(i), from.At(i));
    }
  }
}

static void SpreadItems(Value& array, const Value& from) {
  if (!array.IsArray()) {
    return;
  }
  auto& items = array.MutableArray().items;
  if (from.IsArray()) {
    // `from` may be the very array that grows.
    std::vector<Value> copy = from.array().items;
    items.insert(items.end(), copy.begin(), copy.end());
  } else {
    // What is no array is one item, as in Array.prototype.concat.
    items.push_back(from);
  }
}

Value ExpressionEvaluator::Run(uint32_t index, const Scope& scope,
                               Value* traced_path) {
  ++evaluations_;
  const ExpressionRecord& expression = program_.expressions()[index];
  const uint32_t* code = program_.code().data() + expression.first_code;
  const uint32_t count = expression.code_count;
  // Most expressions are one name.
  if (count == 1 && OpOf(code[0]) == Op::kName && traced_path == nullptr) {
    uint32_t module = 0;
    if (!FindModule(OperandOf(code[0]), scope, module)) {
      return LoadName(OperandOf(code[0]), scope);
    }
  }

  const ExpressionRecord* outer = std::exchange(current_, &expression);
  const Scope* outer_scope = std::exchange(current_scope_, &scope);
  const size_t base = stack_.size();
  const size_t first_member = module_members_.size();
  auto pop = [this] {
    Value top = std::move(stack_.back());
    stack_.pop_back();
    return top;
  };
  auto pop_settled = [&] { return Settle(pop()); };
  // Tracing: of `a[i].b`, the keys go to the outermost path only while the
  // stack holds nothing but the object.
  auto trace_key = [&](Value key) {
    if (traced_path != nullptr && stack_.size() == base) {
      AppendKey(*traced_path, std::move(key));
    }
  };

  for (uint32_t at = 0; at < count; ++at) {
    const uint32_t operand = OperandOf(code[at]);
    const Op op = OpOf(code[at]);
    switch (op) {
      case Op::kUndefined:
        stack_.emplace_back();
        break;
      case Op::kNull:
        stack_.push_back(Value::Null());
        break;
      case Op::kTrue:
        stack_.push_back(Value::Bool(true));
        break;
      case Op::kFalse:
        stack_.push_back(Value::Bool(false));
        break;
      case Op::kInteger:
        stack_.push_back(Value::Number(operand));
        break;
      case Op::kNumber:
        stack_.push_back(Value::Number(program_.numbers()[operand]));
        break;
      case Op::kString:
        stack_.push_back(program_.StringValue(operand));
        break;
      case Op::kName:
        if (traced_path != nullptr && stack_.size() == base) {
          *traced_path = PathOfName(operand, scope);
        }
        stack_.push_back(LoadName(operand, scope));
        break;
      case Op::kMember: {
        Value object = pop();
        trace_key(program_.StringValue(operand));
        std::string_view key = program_.String(operand);
        stack_.push_back(IsModuleMember(object)
                             ? MemberOf(std::move(object), std::string(key))
                             : GetMember(object, key));
        break;
      }
      case Op::kIndex: {
        Value key = pop_settled();
        Value object = pop();
        trace_key(key);
        stack_.push_back(
            IsModuleMember(object)
                ? MemberOf(std::move(object), key.ToDisplayString())
                : GetIndexed(object, key));
        break;
      }
      case Op::kCall: {
        std::vector<Value> args(operand);
        for (uint32_t i = operand; i-- > 0;) {
          args[i] = pop_settled();
        }
        Value callee = pop();
        stack_.push_back(CallOf(callee, args, expression, scope));
        break;
      }
      case Op::kPlus:
      case Op::kMinus:
      case Op::kNot:
      case Op::kBitNot:
      case Op::kTypeOf:
      case Op::kVoid: {
        Value value = pop_settled();
        stack_.push_back(ApplyUnary(op, value));
        break;
      }
      case Op::kAdd:
      case Op::kSubtract:
      case Op::kMultiply:
      case Op::kDivide:
      case Op::kRemainder:
      case Op::kShiftLeft:
      case Op::kShiftRight:
      case Op::kShiftRightUnsigned:
      case Op::kBitAnd:
      case Op::kBitOr:
      case Op::kBitXor:
      case Op::kLess:
      case Op::kGreater:
      case Op::kLessEqual:
      case Op::kGreaterEqual:
      case Op::kEqual:
      case Op::kNotEqual:
      case Op::kStrictEqual:
      case Op::kStrictNotEqual: {
        Value right = pop_settled();
        Value left = pop_settled();
        stack_.push_back(ApplyBinary(op, left, right));
        break;
      }
      case Op::kJump:
        at += operand;
        break;
      case Op::kJumpIfFalse:
        if (!pop_settled().Truthy()) {
          at += operand;
        }
        break;
      case Op::kAnd:
      case Op::kOr: {
        Value value = pop_settled();
        bool decided = value.Truthy() == (op == Op::kOr);
        if (decided) {
          stack_.push_back(std::move(value));
          at += operand;
        }
        break;
      }
      case Op::kNewObject:
        stack_.push_back(Value::NewObject());
        break;
      case Op::kSetMember: {
        Value value = pop_settled();
        if (stack_.back().IsObject()) {
          stack_.back().MutableObject().Set(program_.StringValue(operand),
                                            std::move(value));
        }
        break;
      }
      case Op::kSpreadMembers: {
        Value from = pop_settled();
        SpreadMembers(stack_.back(), from);
        break;
      }
      case Op::kNewArray:
        stack_.push_back(Value::NewArray());
        break;
      case Op::kAppend: {
        Value value = pop_settled();
        if (stack_.back().IsArray()) {
          stack_.back().MutableArray().items.push_back(std::move(value));
        }
        break;
      }
      case Op::kSpreadItems: {
        Value from = pop_settled();
        SpreadItems(stack_.back(), from);
        break;
      }
      case Op::kConcat: {
        std::string text;
        for (size_t i = stack_.size() - operand; i < stack_.size(); ++i) {
          AppendText(text, TextOf(stack_[i]));
        }
        stack_.resize(stack_.size() - operand);
        stack_.push_back(Value::String(text));
        break;
      }
      case Op::kCount:
        FCC_CHECK(false);
    }
  }
  Value result = pop_settled();
  FCC_CHECK(stack_.size() == base);
  module_members_.resize(first_member);
  current_ = outer;
  current_scope_ = outer_scope;
  return result;
}

Value ExpressionEvaluator::PathOfName(uint32_t name, const Scope& scope) {
  uint32_t module = 0;
  if (FindModule(name, scope, module)) {
    return Value();
  }
  if (const Frame* frame = FindFrame(name, scope)) {
    if (frame->index_name == name || frame->loop_node == kNoId) {
      return Value();
    }
    const NodeRecord& loop = program_.nodes()[frame->loop_node];
    if (loop.value_kind != ValueKind::kExpression) {
      return Value();
    }
    Value path = EvaluatePath(loop.value, *frame->loop_scope);
    AppendKey(path, *frame->index);
    return path;
  }
  return scope.is_template ? Value()
                           : Value::ArrayOf({program_.StringValue(name)});
}

Value ExpressionEvaluator::EvaluatePath(uint32_t expression,
                                        const Scope& scope) {
  if ((program_.expressions()[expression].flags & kExpressionIsPath) == 0) {
    return Value();
  }
  Value path;
  Run(expression, scope, &path);
  return path;
}

// The value at a read path, walked without counting references; null for
// undefined.
static const Value* Walk(const Program& program, const Value* value,
                         const ReadRecord& read, Value& scratch) {
  for (uint32_t i = 0; i < read.member_count && value != nullptr; ++i) {
    std::string_view key =
        program.String(program.paths()[read.first_member + i]);
    if (IsTouchedMark(*value)) {
      return value;
    }
    if (value->IsObject()) {
      value = value->object().Find(key);
    } else {
      scratch = value->Get(key);
      value = &scratch;
    }
  }
  return value;
}

// What a read's first name means now and meant before; both null where it is
// no data.
struct Meaning {
  const Value* now = nullptr;
  const Value* before = nullptr;
};

static Meaning MeaningOf(const Program& program, const ReadRecord& read,
                         const Scope& scope, const Frame* frame) {
  if (frame != nullptr) {
    return frame->index_name == read.root
               ? Meaning{frame->index, frame->old_index}
               : Meaning{frame->item, frame->old_item};
  }
  const std::string_view name = program.String(read.root);
  const auto find = [&](const Value* data) {
    return data != nullptr && data->IsObject() ? data->object().Find(name)
                                               : nullptr;
  };
  return {find(scope.data), find(scope.old_data)};
}

// What a read led to before the update; null where nothing was.
static const Value* WalkBefore(const Program& program, const ReadRecord& read,
                               const Scope& scope, const Frame* frame,
                               Value& scratch) {
  return Walk(program, MeaningOf(program, read, scope, frame).before, read,
              scratch);
}

bool ExpressionEvaluator::IsAffected(uint32_t index, const Scope& scope) const {
  if ((program_.NamesReadBy(index) & scope.changed) == 0) {
    return false;
  }
  const ExpressionRecord& expression = program_.expressions()[index];
  for (const ReadRecord& read :
       program_.reads().subspan(expression.first_read, expression.read_count)) {
    uint32_t module = 0;
    if ((Program::NameBit(read.root) & scope.changed) == 0 ||
        FindModule(read.root, scope, module)) {
      continue;
    }
    const auto [now, before] =
        MeaningOf(program_, read, scope, FindFrame(read.root, scope));
    if (now == before) {
      continue;
    }
    Value now_scratch;
    Value before_scratch;
    const Value* to = Walk(program_, now, read, now_scratch);
    const Value* from = Walk(program_, before, read, before_scratch);
    static const Value kUndefined;
    if (!(to != nullptr ? *to : kUndefined)
             .SameAs(from != nullptr ? *from : kUndefined)) {
      return true;
    }
  }
  return false;
}

Value ExpressionEvaluator::Before(uint32_t index, const Scope& scope) const {
  const ExpressionRecord& expression = program_.expressions()[index];
  if (expression.read_count != 1) {
    return {};
  }
  for (uint32_t i = 0; i < expression.code_count; ++i) {
    switch (OpOf(program_.code()[expression.first_code + i])) {
      case Op::kName:
      case Op::kMember:
      case Op::kIndex:
      case Op::kInteger:
      case Op::kString:
        break;
      default:
        return {};
    }
  }
  const ReadRecord& read = program_.reads()[expression.first_read];
  uint32_t module = 0;
  if (FindModule(read.root, scope, module)) {
    return {};
  }
  Value scratch;
  const Value* before =
      WalkBefore(program_, read, scope, FindFrame(read.root, scope), scratch);
  return before != nullptr ? *before : Value();
}

bool ExpressionEvaluator::IsTouched(uint32_t index, const Scope& scope) const {
  const ExpressionRecord& expression = program_.expressions()[index];
  for (const ReadRecord& read :
       program_.reads().subspan(expression.first_read, expression.read_count)) {
    uint32_t module = 0;
    if ((Program::NameBit(read.root) & scope.changed) == 0 ||
        FindModule(read.root, scope, module)) {
      continue;
    }
    Value scratch;
    const Value* before =
        WalkBefore(program_, read, scope, FindFrame(read.root, scope), scratch);
    if (before != nullptr && IsTouchedMark(*before)) {
      return true;
    }
  }
  return false;
}

}  // namespace fcc::tmpl
