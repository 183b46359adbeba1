// SPDX-License-Identifier: Apache-2.0

#include "runtime/value/value_json.h"

#include <cmath>

#include "runtime/base/check.h"
#include "runtime/value/date.h"

namespace fcc::value {

Value FromJson(const base::JsonNode& node) {
  switch (node.kind) {
    case base::JsonKind::kNull:
      return Value::Null();
    case base::JsonKind::kBool:
      return Value::Bool(node.boolean);
    case base::JsonKind::kNumber:
      return Value::Number(node.number);
    case base::JsonKind::kString:
      return Value::String(node.string);
    case base::JsonKind::kArray: {
      std::vector<Value> items;
      items.reserve(node.items.size());
      for (const base::JsonNode* item : node.items) {
        items.push_back(FromJson(*item));
      }
      return Value::ArrayOf(std::move(items));
    }
    case base::JsonKind::kObject: {
      Value value = Value::NewObject();
      Object& object = value.MutableObject();
      for (const base::JsonMember& member : node.members) {
        object.Set(member.key, FromJson(*member.value));
      }
      return value;
    }
  }
  FCC_CHECK(false);
}

static void NewLine(std::string& out, int indent, int depth) {
  if (indent > 0) {
    out += '\n';
    out.append(static_cast<size_t>(indent * depth), ' ');
  }
}

static bool HasJson(const Value& value) {
  return !value.IsUndefined() && !value.IsFunction();
}

static void Append(std::string& out, const Value& value, int indent,
                   int depth) {
  switch (value.kind()) {
    case Kind::kUndefined:
    case Kind::kNull:
    case Kind::kFunction:
      out += "null";
      return;
    case Kind::kBool:
      out += value.boolean() ? "true" : "false";
      return;
    case Kind::kNumber:
      base::AppendJsonNumber(out, value.number());
      return;
    case Kind::kDate: {
      std::string text = DateToIsoString(value.number());
      if (text.empty()) {
        out += "null";
      } else {
        base::AppendJsonString(out, text);
      }
      return;
    }
    case Kind::kString:
      base::AppendJsonString(out, value.string());
      return;
    case Kind::kBytes:
    case Kind::kRegExp:
      out += "{}";
      return;
    case Kind::kArray: {
      const auto& items = value.array().items;
      out += '[';
      for (size_t i = 0; i < items.size(); ++i) {
        if (i != 0) {
          out += ',';
        }
        NewLine(out, indent, depth + 1);
        Append(out, items[i], indent, depth + 1);
      }
      if (!items.empty()) {
        NewLine(out, indent, depth);
      }
      out += ']';
      return;
    }
    case Kind::kObject: {
      bool first = true;
      out += '{';
      for (const Object::Member& member : value.object().members()) {
        if (!HasJson(member.value)) {
          continue;
        }
        if (!first) {
          out += ',';
        }
        first = false;
        NewLine(out, indent, depth + 1);
        base::AppendJsonString(out, member.name());
        out += indent > 0 ? ": " : ":";
        Append(out, member.value, indent, depth + 1);
      }
      if (!first) {
        NewLine(out, indent, depth);
      }
      out += '}';
      return;
    }
  }
}

std::string ToJson(const Value& value, int indent) {
  std::string out;
  Append(out, value, indent, 0);
  return out;
}

}  // namespace fcc::value
