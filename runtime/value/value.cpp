// SPDX-License-Identifier: Apache-2.0

#include "runtime/value/value.h"

#include <charconv>
#include <cmath>
#include <limits>

#include "runtime/base/check.h"
#include "runtime/base/hash.h"
#include "runtime/base/json.h"
#include "runtime/base/unicode.h"
#include "runtime/value/date.h"

namespace fcc::value {

struct StringNode : Node {
  std::string text;
};
struct BytesNode : Node {
  std::string bytes;
};
struct RegExpNode : Node {
  std::string source;
  std::string flags;
};

std::string_view KindName(Kind kind) {
  switch (kind) {
    case Kind::kUndefined:
      return "undefined";
    case Kind::kNull:
      return "null";
    case Kind::kBool:
      return "boolean";
    case Kind::kNumber:
      return "number";
    case Kind::kDate:
      return "date";
    case Kind::kFunction:
      return "function";
    case Kind::kString:
      return "string";
    case Kind::kArray:
      return "array";
    case Kind::kObject:
      return "object";
    case Kind::kBytes:
      return "bytes";
    case Kind::kRegExp:
      return "regexp";
  }
  FCC_CHECK(false);
}

Value Value::Bool(bool boolean) {
  Value value(Kind::kBool);
  value.payload_.boolean = boolean;
  return value;
}

Value Value::Number(double number) {
  Value value(Kind::kNumber);
  value.payload_.number = number;
  return value;
}

Value Value::Date(double ms) {
  Value value(Kind::kDate);
  value.payload_.number = ms;
  return value;
}

Value Value::Function(FunctionRef function) {
  Value value(Kind::kFunction);
  value.payload_.function = function;
  return value;
}

Value Value::String(std::string_view text) {
  Value value;
  auto* node = new StringNode;
  node->text = text;
  value.payload_.node = node;
  value.kind_ = Kind::kString;
  return value;
}

Value Value::Bytes(std::string bytes) {
  Value value;
  auto* node = new BytesNode;
  node->bytes = std::move(bytes);
  value.payload_.node = node;
  value.kind_ = Kind::kBytes;
  return value;
}

Value Value::RegExp(std::string source, std::string flags) {
  Value value;
  auto* node = new RegExpNode;
  node->source = std::move(source);
  node->flags = std::move(flags);
  value.payload_.node = node;
  value.kind_ = Kind::kRegExp;
  return value;
}

Value Value::NewArray() {
  return ArrayOf({});
}

Value Value::ArrayOf(std::vector<Value> items) {
  Value value;
  auto* node = new Array;
  node->items = std::move(items);
  value.payload_.node = node;
  value.kind_ = Kind::kArray;
  return value;
}

Value Value::NewObject() {
  Value value;
  value.payload_.node = new Object;
  value.kind_ = Kind::kObject;
  return value;
}

Value Value::ObjectOf(
    std::initializer_list<std::pair<std::string_view, Value>> members) {
  Value value = NewObject();
  Object& object = value.MutableObject();
  for (const auto& [key, member] : members) {
    object.Set(key, member);
  }
  return value;
}

// Deep structures are taken apart with a list of our own: a chain of a million
// arrays must not end the process by recursion.
void Value::Destroy() {
  std::vector<Value> pending;
  auto release = [&pending](Kind kind, Node* node) {
    switch (kind) {
      case Kind::kString:
        delete static_cast<StringNode*>(node);
        return;
      case Kind::kBytes:
        delete static_cast<BytesNode*>(node);
        return;
      case Kind::kRegExp:
        delete static_cast<RegExpNode*>(node);
        return;
      case Kind::kArray: {
        auto* array = static_cast<Array*>(node);
        for (Value& item : array->items) {
          if (item.counted()) {
            pending.push_back(std::move(item));
          }
        }
        delete array;
        return;
      }
      case Kind::kObject: {
        auto* object = static_cast<Object*>(node);
        for (const Object::Member& member : object->members()) {
          if (member.value.counted()) {
            pending.push_back(
                std::move(const_cast<Object::Member&>(member).value));
          }
        }
        delete object;
        return;
      }
      case Kind::kUndefined:
      case Kind::kNull:
      case Kind::kBool:
      case Kind::kNumber:
      case Kind::kDate:
      case Kind::kFunction:
        return;
    }
  };
  release(kind_, payload_.node);
  while (!pending.empty()) {
    Value last = std::move(pending.back());
    pending.pop_back();
    if (--last.payload_.node->references == 0) {
      release(last.kind_, last.payload_.node);
    }
    last.kind_ = Kind::kUndefined;
  }
}

bool Value::boolean() const {
  FCC_CHECK(IsBool());
  return payload_.boolean;
}

double Value::number() const {
  FCC_CHECK(IsNumber() || IsDate());
  return payload_.number;
}

FunctionRef Value::function() const {
  FCC_CHECK(IsFunction());
  return payload_.function;
}

std::string_view Value::string() const {
  FCC_CHECK(IsString());
  return static_cast<const StringNode*>(payload_.node)->text;
}

std::string_view Value::bytes() const {
  FCC_CHECK(IsBytes());
  return static_cast<const BytesNode*>(payload_.node)->bytes;
}

const Array& Value::array() const {
  FCC_CHECK(IsArray());
  return *static_cast<const Array*>(payload_.node);
}

const Object& Value::object() const {
  FCC_CHECK(IsObject());
  return *static_cast<const Object*>(payload_.node);
}

std::string_view Value::regexp_source() const {
  FCC_CHECK(IsRegExp());
  return static_cast<const RegExpNode*>(payload_.node)->source;
}

std::string_view Value::regexp_flags() const {
  FCC_CHECK(IsRegExp());
  return static_cast<const RegExpNode*>(payload_.node)->flags;
}

Array& Value::MutableArray() {
  FCC_CHECK(IsArray());
  auto* array = static_cast<Array*>(payload_.node);
  if (array->references > 1) {
    *this = ArrayOf(array->items);
    array = static_cast<Array*>(payload_.node);
  }
  return *array;
}

Object& Value::MutableObject() {
  FCC_CHECK(IsObject());
  auto* object = static_cast<Object*>(payload_.node);
  if (object->references > 1) {
    auto* copy = new Object(*object);
    copy->references = 1;
    --object->references;
    payload_.node = copy;
    object = copy;
  }
  return *object;
}

Value Value::Get(std::string_view key) const {
  if (IsObject()) {
    const Value* found = object().Find(key);
    return found != nullptr ? *found : Value();
  }
  if (IsArray() || IsString()) {
    uint32_t index = 0;
    if (ParseArrayIndex(key, index)) {
      return At(index);
    }
    if (key == "length") {
      return Number(IsArray()
                        ? static_cast<double>(array().items.size())
                        : static_cast<double>(base::Utf16Length(string())));
    }
  }
  return Value();
}

Value Value::At(size_t index) const {
  if (IsArray()) {
    const auto& items = array().items;
    return index < items.size() ? items[index] : Value();
  }
  if (IsString()) {
    std::string_view text = string();
    // Text in ASCII, nearly all of it, needs no decoding up to the index.
    size_t ascii = 0;
    while (ascii < text.size() && ascii <= index &&
           static_cast<unsigned char>(text[ascii]) < 0x80) {
      ++ascii;
    }
    if (ascii > index) {
      return String(text.substr(index, 1));
    }
    std::u16string units = base::ToUtf16(text);
    return index < units.size()
               ? String(base::FromUtf16(
                     std::u16string_view(units).substr(index, 1)))
               : Value();
  }
  if (IsObject()) {
    return Get(std::to_string(index));
  }
  return Value();
}

bool Value::Truthy() const {
  switch (kind_) {
    case Kind::kUndefined:
    case Kind::kNull:
      return false;
    case Kind::kBool:
      return payload_.boolean;
    case Kind::kNumber:
      return payload_.number != 0 && !std::isnan(payload_.number);
    case Kind::kString:
      return !string().empty();
    case Kind::kDate:
    case Kind::kFunction:
    case Kind::kArray:
    case Kind::kObject:
    case Kind::kBytes:
    case Kind::kRegExp:
      return true;
  }
  FCC_CHECK(false);
}

static std::string_view TrimBlank(std::string_view text) {
  auto blank_at = [&](size_t at, size_t& size) {
    base::DecodedCodePoint decoded = base::DecodeUtf8(text, at);
    size = decoded.size;
    uint32_t c = decoded.code_point;
    return decoded.valid &&
           (c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x1680 ||
            (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
            c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF);
  };
  size_t size = 0;
  while (!text.empty() && blank_at(0, size)) {
    text.remove_prefix(size);
  }
  while (!text.empty()) {
    size_t last = text.size() - 1;
    while (last > 0 &&
           (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) {
      --last;
    }
    if (!blank_at(last, size)) {
      break;
    }
    text = text.substr(0, last);
  }
  return text;
}

// ECMA-262 StringToNumber.
static double StringToNumber(std::string_view text) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  text = TrimBlank(text);
  if (text.empty()) {
    return 0;
  }
  if (text.size() > 2 && text[0] == '0') {
    int radix = text[1] == 'x' || text[1] == 'X'   ? 16
                : text[1] == 'o' || text[1] == 'O' ? 8
                : text[1] == 'b' || text[1] == 'B' ? 2
                                                   : 0;
    if (radix != 0) {
      double number = 0;
      for (char c : text.substr(2)) {
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : 99;
        if (digit >= radix) {
          return kNaN;
        }
        number = number * radix + digit;
      }
      return number;
    }
  }
  bool negative = text[0] == '-';
  std::string_view digits = negative || text[0] == '+' ? text.substr(1) : text;
  if (digits == "Infinity") {
    return negative ? -std::numeric_limits<double>::infinity()
                    : std::numeric_limits<double>::infinity();
  }
  if (digits.empty() ||
      !((digits[0] >= '0' && digits[0] <= '9') || digits[0] == '.')) {
    return kNaN;
  }
  double number = 0;
  auto [end, code] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (end != digits.data() + digits.size()) {
    return kNaN;
  }
  if (code == std::errc::result_out_of_range) {
    number = std::strtod(std::string(digits).c_str(), nullptr);
  } else if (code != std::errc()) {
    return kNaN;
  }
  return negative ? -number : number;
}

double Value::ToNumber() const {
  switch (kind_) {
    case Kind::kUndefined:
    case Kind::kFunction:
    case Kind::kObject:
    case Kind::kBytes:
    case Kind::kRegExp:
      return std::numeric_limits<double>::quiet_NaN();
    case Kind::kNull:
      return 0;
    case Kind::kBool:
      return payload_.boolean ? 1 : 0;
    case Kind::kNumber:
    case Kind::kDate:
      return payload_.number;
    case Kind::kString:
      return StringToNumber(string());
    case Kind::kArray:
      return StringToNumber(ToDisplayString());
  }
  FCC_CHECK(false);
}

static void AppendDisplay(std::string& out, const Value& value, int depth) {
  switch (value.kind()) {
    case Kind::kUndefined:
      out += "undefined";
      return;
    case Kind::kNull:
      out += "null";
      return;
    case Kind::kBool:
      out += value.boolean() ? "true" : "false";
      return;
    case Kind::kNumber:
      out += base::NumberToString(value.number());
      return;
    case Kind::kDate:
      out += DateToDisplayString(value.number());
      return;
    case Kind::kFunction:
      out += "[Function]";
      return;
    case Kind::kString:
      out += value.string();
      return;
    case Kind::kObject:
      out += "[object Object]";
      return;
    case Kind::kBytes:
      out += "[object ArrayBuffer]";
      return;
    case Kind::kRegExp:
      out += '/';
      out += value.regexp_source();
      out += '/';
      out += value.regexp_flags();
      return;
    case Kind::kArray: {
      // Deeper nesting than any program means: stop instead of overflowing.
      if (depth > 1000) {
        return;
      }
      bool first = true;
      for (const Value& item : value.array().items) {
        if (!first) {
          out += ',';
        }
        first = false;
        if (!item.IsNullish()) {
          AppendDisplay(out, item, depth + 1);
        }
      }
      return;
    }
  }
}

std::string Value::ToDisplayString() const {
  std::string out;
  AppendDisplay(out, *this, 0);
  return out;
}

bool Value::SameAs(const Value& other) const {
  if (kind_ != other.kind_) {
    return false;
  }
  switch (kind_) {
    case Kind::kUndefined:
    case Kind::kNull:
      return true;
    case Kind::kBool:
      return payload_.boolean == other.payload_.boolean;
    case Kind::kNumber:
    case Kind::kDate:
      return payload_.number == other.payload_.number ||
             (std::isnan(payload_.number) && std::isnan(other.payload_.number));
    case Kind::kFunction:
      return payload_.function == other.payload_.function;
    case Kind::kString:
      return payload_.node == other.payload_.node || string() == other.string();
    case Kind::kArray:
    case Kind::kObject:
    case Kind::kBytes:
    case Kind::kRegExp:
      return payload_.node == other.payload_.node;
  }
  FCC_CHECK(false);
}

bool Value::DeepEquals(const Value& other) const {
  if (SameAs(other)) {
    return true;
  }
  if (kind_ != other.kind_) {
    return false;
  }
  if (IsArray()) {
    const auto& mine = array().items;
    const auto& theirs = other.array().items;
    if (mine.size() != theirs.size()) {
      return false;
    }
    for (size_t i = 0; i < mine.size(); ++i) {
      if (!mine[i].DeepEquals(theirs[i])) {
        return false;
      }
    }
    return true;
  }
  if (IsObject()) {
    const Object& mine = object();
    const Object& theirs = other.object();
    if (mine.size() != theirs.size()) {
      return false;
    }
    for (const Object::Member& member : mine.members()) {
      const Value* found = theirs.Find(member.name());
      if (found == nullptr || !member.value.DeepEquals(*found)) {
        return false;
      }
    }
    return true;
  }
  if (IsBytes()) {
    return bytes() == other.bytes();
  }
  if (IsRegExp()) {
    return regexp_source() == other.regexp_source() &&
           regexp_flags() == other.regexp_flags();
  }
  return false;
}

}  // namespace fcc::value
