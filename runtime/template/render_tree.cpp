// SPDX-License-Identifier: Apache-2.0

#include "runtime/template/render_tree.h"

#include <cmath>
#include <limits>

#include "runtime/template/instance.h"
#include "runtime/template/tree_mirror.h"

namespace fcc::tmpl {

using value::Kind;
using value::Value;

RenderedTree RenderTree(const Program& program, UnitId unit, const Value& data,
                        ScriptHost* scripts) {
  TreeMirror mirror;
  Instance instance(program, unit, mirror, scripts);
  instance.RenderMayRunScript(mirror.root(), data);
  return {mirror.Nodes(), mirror.problems()};
}

static Value Special(std::string_view name) {
  return Value::ObjectOf({{"$", Value::String(name)}});
}

static Value Special(std::string_view name, Value value) {
  return Value::ObjectOf({{"$", Value::String(name)}, {"v", std::move(value)}});
}

static Value Escape(const Value& value, int depth) {
  if (depth > 1000) {
    return Special("deep");
  }
  switch (value.kind()) {
    case Kind::kUndefined:
      return Special("undefined");
    case Kind::kFunction:
      return Special("function");
    case Kind::kNumber:
      if (std::isnan(value.number())) {
        return Special("NaN");
      }
      if (std::isinf(value.number())) {
        return Special(value.number() > 0 ? "Infinity" : "-Infinity");
      }
      if (value.number() == 0 && std::signbit(value.number())) {
        return Special("-0");
      }
      return value;
    case Kind::kDate:
      // As JSON has the time of a date that is none.
      return Special("Date", std::isnan(value.number())
                                 ? Value::Null()
                                 : Value::Number(value.number()));
    case Kind::kRegExp:
      return Special("RegExp", Value::String(value.ToDisplayString()));
    case Kind::kBytes:
      return Special("ArrayBuffer",
                     Value::Number(static_cast<double>(value.bytes().size())));
    case Kind::kArray: {
      Value out = Value::NewArray();
      for (const Value& item : value.array().items) {
        out.MutableArray().items.push_back(Escape(item, depth + 1));
      }
      return out;
    }
    case Kind::kObject: {
      Value out = Value::NewObject();
      for (const auto& member : value.object().members()) {
        out.MutableObject().Set(member.key, Escape(member.value, depth + 1));
      }
      return out;
    }
    case Kind::kNull:
    case Kind::kBool:
    case Kind::kString:
      return value;
  }
  return value;
}

Value EscapeForJson(const Value& value) {
  return Escape(value, 0);
}

}  // namespace fcc::tmpl
