// SPDX-License-Identifier: Apache-2.0
//
// JavaScript's operators on values outside of a script heap (ECMA-262 section
// 13), as template expressions use them.

#ifndef FCC_RUNTIME_TEMPLATE_OPERATORS_H_
#define FCC_RUNTIME_TEMPLATE_OPERATORS_H_

#include <cstdint>

#include "runtime/template/format.h"
#include "runtime/value/value.h"

namespace fcc::tmpl {

// `op` is one of the operations that take two values and give one of them a
// meaning of its own: kAdd … kStrictNotEqual.
value::Value ApplyBinary(Op op, const value::Value& left,
                         const value::Value& right);
// kPlus … kVoid.
value::Value ApplyUnary(Op op, const value::Value& operand);

bool LooseEquals(const value::Value& left, const value::Value& right);
bool StrictEquals(const value::Value& left, const value::Value& right);
int32_t ToInt32(double number);

// `object[key]` and `object.key` of template expressions: own members only,
// never a function, never `__proto__`, `prototype` or `caller`; undefined where
// JavaScript would throw.
value::Value GetMember(const value::Value& object, std::string_view key);
value::Value GetIndexed(const value::Value& object, const value::Value& key);

// As a part of a text: undefined is nothing.
void AppendText(std::string& out, const value::Value& value);

}  // namespace fcc::tmpl

#endif  // FCC_RUNTIME_TEMPLATE_OPERATORS_H_
