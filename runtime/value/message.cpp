// SPDX-License-Identifier: Apache-2.0

#include "runtime/value/message.h"

#include <bit>
#include <cstring>

namespace fcc::value {

static void PutVarint(std::string& out, uint32_t number) {
  while (number >= 0x80) {
    out += static_cast<char>(number | 0x80);
    number >>= 7;
  }
  out += static_cast<char>(number);
}

static void PutBytes(std::string& out, std::string_view bytes) {
  PutVarint(out, static_cast<uint32_t>(bytes.size()));
  out += bytes;
}

static bool Encode(std::string& out, const Value& value, int depth) {
  if (depth > kMaxDepth) {
    return false;
  }
  // Booleans carry their value in the tag's high bit.
  uint8_t tag = static_cast<uint8_t>(value.kind());
  if (value.IsBool() && value.boolean()) {
    tag |= 0x80;
  }
  out += static_cast<char>(tag);
  switch (value.kind()) {
    case Kind::kUndefined:
    case Kind::kNull:
    case Kind::kBool:
      return true;
    case Kind::kNumber:
    case Kind::kDate: {
      uint64_t bits = std::bit_cast<uint64_t>(value.number());
      for (int shift = 0; shift < 64; shift += 8) {
        out += static_cast<char>(bits >> shift);
      }
      return true;
    }
    case Kind::kFunction:
      PutVarint(out, value.function().heap);
      PutVarint(out, value.function().id);
      return true;
    case Kind::kString:
      PutBytes(out, value.string());
      return true;
    case Kind::kBytes:
      PutBytes(out, value.bytes());
      return true;
    case Kind::kRegExp:
      PutBytes(out, value.regexp_source());
      PutBytes(out, value.regexp_flags());
      return true;
    case Kind::kArray:
      PutVarint(out, static_cast<uint32_t>(value.array().items.size()));
      for (const Value& item : value.array().items) {
        if (!Encode(out, item, depth + 1)) {
          return false;
        }
      }
      return true;
    case Kind::kObject:
      PutVarint(out, static_cast<uint32_t>(value.object().size()));
      for (const Object::Member& member : value.object().members()) {
        PutBytes(out, member.name());
        if (!Encode(out, member.value, depth + 1)) {
          return false;
        }
      }
      return true;
  }
  FCC_CHECK(false);
}

base::Result<std::string> EncodeMessage(const Value& value) {
  std::string out;
  if (!Encode(out, value, 0)) {
    return base::Error{base::ErrorKind::kLimit,
                       "the value is nested deeper than 1000 levels"};
  }
  return out;
}

namespace {

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  bool at_end() const { return rest_.empty(); }

  bool Read(Value& value, int depth) {
    if (rest_.empty() || depth > kMaxDepth) {
      return false;
    }
    uint8_t tag = static_cast<uint8_t>(rest_[0]);
    rest_.remove_prefix(1);
    bool high = (tag & 0x80) != 0;
    tag &= 0x7F;
    if (tag > static_cast<uint8_t>(Kind::kRegExp) ||
        (high && tag != static_cast<uint8_t>(Kind::kBool))) {
      return false;
    }
    switch (static_cast<Kind>(tag)) {
      case Kind::kUndefined:
        value = Value();
        return true;
      case Kind::kNull:
        value = Value::Null();
        return true;
      case Kind::kBool:
        value = Value::Bool(high);
        return true;
      case Kind::kNumber:
      case Kind::kDate: {
        if (rest_.size() < 8) {
          return false;
        }
        uint64_t bits = 0;
        for (size_t i = 0; i < 8; ++i) {
          bits |= uint64_t{static_cast<uint8_t>(rest_[i])} << (8 * i);
        }
        rest_.remove_prefix(8);
        double number = std::bit_cast<double>(bits);
        value = static_cast<Kind>(tag) == Kind::kDate ? Value::Date(number)
                                                      : Value::Number(number);
        return true;
      }
      case Kind::kFunction: {
        FunctionRef function;
        if (!Varint(function.heap) || !Varint(function.id)) {
          return false;
        }
        value = Value::Function(function);
        return true;
      }
      case Kind::kString: {
        std::string_view text;
        if (!Bytes(text)) {
          return false;
        }
        value = Value::String(text);
        return true;
      }
      case Kind::kBytes: {
        std::string_view bytes;
        if (!Bytes(bytes)) {
          return false;
        }
        value = Value::Bytes(std::string(bytes));
        return true;
      }
      case Kind::kRegExp: {
        std::string_view source;
        std::string_view flags;
        if (!Bytes(source) || !Bytes(flags)) {
          return false;
        }
        value = Value::RegExp(std::string(source), std::string(flags));
        return true;
      }
      case Kind::kArray: {
        uint32_t count = 0;
        // Every item takes a byte at least: a count beyond that is a lie.
        if (!Varint(count) || count > rest_.size()) {
          return false;
        }
        std::vector<Value> items(count);
        for (Value& item : items) {
          if (!Read(item, depth + 1)) {
            return false;
          }
        }
        value = Value::ArrayOf(std::move(items));
        return true;
      }
      case Kind::kObject: {
        uint32_t count = 0;
        if (!Varint(count) || count > rest_.size() / 2) {
          return false;
        }
        value = Value::NewObject();
        Object& object = value.MutableObject();
        for (uint32_t i = 0; i < count; ++i) {
          std::string_view key;
          Value member;
          if (!Bytes(key) || !Read(member, depth + 1)) {
            return false;
          }
          object.Set(key, std::move(member));
        }
        return true;
      }
    }
    return false;
  }

 private:
  bool Varint(uint32_t& number) {
    uint64_t result = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      if (rest_.empty()) {
        return false;
      }
      uint8_t byte = static_cast<uint8_t>(rest_[0]);
      rest_.remove_prefix(1);
      result |= uint64_t{byte & 0x7Fu} << shift;
      if ((byte & 0x80) == 0) {
        number = static_cast<uint32_t>(result);
        return result <= 0xFFFFFFFFu;
      }
    }
    return false;
  }

  bool Bytes(std::string_view& bytes) {
    uint32_t size = 0;
    if (!Varint(size) || size > rest_.size()) {
      return false;
    }
    bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return true;
  }

  std::string_view rest_;
};

}  // namespace

base::Result<Value> DecodeMessage(std::string_view bytes) {
  Reader reader(bytes);
  Value value;
  if (!reader.Read(value, 0) || !reader.at_end()) {
    return base::Error{base::ErrorKind::kCorrupt,
                       "these bytes are no encoded value"};
  }
  return value;
}

}  // namespace fcc::value
