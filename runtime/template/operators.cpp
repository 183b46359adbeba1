// SPDX-License-Identifier: Apache-2.0

#include "runtime/template/operators.h"

#include <cmath>
#include <limits>
#include <string>

#include "runtime/base/check.h"
#include "runtime/base/json.h"
#include "runtime/base/unicode.h"

namespace fcc::tmpl {

using value::Kind;
using value::Value;

static bool IsPrimitive(const Value& value) {
  switch (value.kind()) {
    case Kind::kUndefined:
    case Kind::kNull:
    case Kind::kBool:
    case Kind::kNumber:
    case Kind::kString:
      return true;
    case Kind::kDate:
    case Kind::kFunction:
    case Kind::kArray:
    case Kind::kObject:
    case Kind::kBytes:
    case Kind::kRegExp:
      return false;
  }
  FCC_CHECK(false);
}

// ToPrimitive without a hint: dates are text there.
static Value ToPrimitive(const Value& value) {
  return IsPrimitive(value) ? value : Value::String(value.ToDisplayString());
}

int32_t ToInt32(double number) {
  if (!std::isfinite(number)) {
    return 0;
  }
  if (number >= -2147483648.0 && number <= 2147483647.0) {
    return static_cast<int32_t>(number);
  }
  double modulo = std::fmod(std::trunc(number), 4294967296.0);
  if (modulo < 0) {
    modulo += 4294967296.0;
  }
  return static_cast<int32_t>(static_cast<uint32_t>(modulo));
}

static int32_t ToInt32(const Value& value) {
  return ToInt32(value.ToNumber());
}

bool StrictEquals(const Value& left, const Value& right) {
  if (left.IsNumber() && right.IsNumber()) {
    return left.number() == right.number();
  }
  // Two dates are the same only as one object, which values do not know; equal
  // times are the closest.
  return left.SameAs(right);
}

bool LooseEquals(const Value& left, const Value& right) {
  if (left.kind() == right.kind()) {
    return StrictEquals(left, right);
  }
  if (left.IsNullish() || right.IsNullish()) {
    return left.IsNullish() && right.IsNullish();
  }
  if (!IsPrimitive(left) && !IsPrimitive(right)) {
    return false;
  }
  Value a = ToPrimitive(left);
  Value b = ToPrimitive(right);
  if (a.IsString() && b.IsString()) {
    return a.string() == b.string();
  }
  return a.ToNumber() == b.ToNumber();
}

// UTF-16 order, which differs from byte order where surrogates come in.
static bool StringLess(std::string_view a, std::string_view b) {
  size_t at = 0;
  while (at < a.size() && at < b.size() && a[at] == b[at]) {
    ++at;
  }
  if (at == a.size() || at == b.size()) {
    return a.size() < b.size();
  }
  auto high = [](char c) { return static_cast<unsigned char>(c) >= 0xEE; };
  if (high(a[at]) || high(b[at])) {
    return base::ToUtf16(a) < base::ToUtf16(b);
  }
  return static_cast<unsigned char>(a[at]) < static_cast<unsigned char>(b[at]);
}

static Value Compare(Op op, const Value& left, const Value& right) {
  // The hint is number: dates compare by their time.
  Value a = left.IsDate() ? left : ToPrimitive(left);
  Value b = right.IsDate() ? right : ToPrimitive(right);
  if (a.IsString() && b.IsString()) {
    switch (op) {
      case Op::kLess:
        return Value::Bool(StringLess(a.string(), b.string()));
      case Op::kGreater:
        return Value::Bool(StringLess(b.string(), a.string()));
      case Op::kLessEqual:
        return Value::Bool(!StringLess(b.string(), a.string()));
      default:
        return Value::Bool(!StringLess(a.string(), b.string()));
    }
  }
  double x = a.ToNumber();
  double y = b.ToNumber();
  switch (op) {
    case Op::kLess:
      return Value::Bool(x < y);
    case Op::kGreater:
      return Value::Bool(x > y);
    case Op::kLessEqual:
      return Value::Bool(x <= y);
    default:
      return Value::Bool(x >= y);
  }
}

static Value Add(const Value& left, const Value& right) {
  if (left.IsNumber() && right.IsNumber()) {
    return Value::Number(left.number() + right.number());
  }
  Value a = ToPrimitive(left);
  Value b = ToPrimitive(right);
  if (a.IsString() || b.IsString()) {
    return Value::String(a.ToDisplayString() + b.ToDisplayString());
  }
  return Value::Number(a.ToNumber() + b.ToNumber());
}

Value ApplyBinary(Op op, const Value& left, const Value& right) {
  switch (op) {
    case Op::kAdd:
      return Add(left, right);
    case Op::kSubtract:
      return Value::Number(left.ToNumber() - right.ToNumber());
    case Op::kMultiply:
      return Value::Number(left.ToNumber() * right.ToNumber());
    case Op::kDivide: {
      double divisor = right.ToNumber();
      double dividend = left.ToNumber();
      // Spelled out, as division by zero is undefined in C++.
      if (divisor == 0) {
        if (dividend == 0 || std::isnan(dividend)) {
          return Value::Number(std::numeric_limits<double>::quiet_NaN());
        }
        bool negative = std::signbit(divisor) != std::signbit(dividend);
        double infinity = std::numeric_limits<double>::infinity();
        return Value::Number(negative ? -infinity : infinity);
      }
      return Value::Number(dividend / divisor);
    }
    case Op::kRemainder:
      return Value::Number(std::fmod(left.ToNumber(), right.ToNumber()));
    case Op::kShiftLeft:
      return Value::Number(static_cast<int32_t>(
          static_cast<uint32_t>(ToInt32(left)) << (ToInt32(right) & 31)));
    case Op::kShiftRight:
      return Value::Number(ToInt32(left) >> (ToInt32(right) & 31));
    case Op::kShiftRightUnsigned:
      return Value::Number(static_cast<uint32_t>(ToInt32(left)) >>
                           (ToInt32(right) & 31));
    case Op::kBitAnd:
      return Value::Number(ToInt32(left) & ToInt32(right));
    case Op::kBitOr:
      return Value::Number(ToInt32(left) | ToInt32(right));
    case Op::kBitXor:
      return Value::Number(ToInt32(left) ^ ToInt32(right));
    case Op::kLess:
    case Op::kGreater:
    case Op::kLessEqual:
    case Op::kGreaterEqual:
      return Compare(op, left, right);
    case Op::kEqual:
      return Value::Bool(LooseEquals(left, right));
    case Op::kNotEqual:
      return Value::Bool(!LooseEquals(left, right));
    case Op::kStrictEqual:
      return Value::Bool(StrictEquals(left, right));
    case Op::kStrictNotEqual:
      return Value::Bool(!StrictEquals(left, right));
    default:
      FCC_CHECK(false);
  }
}

static std::string_view TypeOf(const Value& value) {
  switch (value.kind()) {
    case Kind::kUndefined:
      return "undefined";
    case Kind::kBool:
      return "boolean";
    case Kind::kNumber:
      return "number";
    case Kind::kString:
      return "string";
    case Kind::kFunction:
      return "function";
    case Kind::kNull:
    case Kind::kDate:
    case Kind::kArray:
    case Kind::kObject:
    case Kind::kBytes:
    case Kind::kRegExp:
      return "object";
  }
  FCC_CHECK(false);
}

Value ApplyUnary(Op op, const Value& operand) {
  switch (op) {
    case Op::kPlus:
      return Value::Number(operand.ToNumber());
    case Op::kMinus:
      return Value::Number(-operand.ToNumber());
    case Op::kNot:
      return Value::Bool(!operand.Truthy());
    case Op::kBitNot:
      return Value::Number(~ToInt32(operand));
    case Op::kTypeOf:
      return Value::String(TypeOf(operand));
    case Op::kVoid:
      return Value();
    default:
      FCC_CHECK(false);
  }
}

Value GetMember(const Value& object, std::string_view key) {
  if (!key.empty() && (key[0] == '_' || key[0] == 'p' || key[0] == 'c') &&
      (key == "__proto__" || key == "prototype" || key == "caller")) {
    return Value();
  }
  Value member = object.Get(key);
  return member.IsFunction() ? Value() : member;
}

Value GetIndexed(const Value& object, const Value& key) {
  if (key.IsNumber()) {
    double number = key.number();
    if (number >= 0 && number < 4294967295.0 && number == std::floor(number)) {
      Value item = object.At(static_cast<size_t>(number));
      return item.IsFunction() ? Value() : item;
    }
    return GetMember(object, base::NumberToString(number));
  }
  if (key.IsString()) {
    return GetMember(object, key.string());
  }
  return key.IsUndefined() ? Value() : GetMember(object, key.ToDisplayString());
}

void AppendText(std::string& out, const Value& value) {
  if (value.IsString()) {
    out += value.string();
  } else if (!value.IsUndefined()) {
    out += value.ToDisplayString();
  }
}

}  // namespace fcc::tmpl
