// SPDX-License-Identifier: Apache-2.0
//
// A JavaScript value outside of any script heap: what setData, templates, FTS,
// storage, the API and the automator hand around.
//
// Value is 16 bytes and cheap to copy: strings, objects, arrays and bytes are
// counted nodes that copies share. They are immutable while shared; Mutable…()
// gives the only owner its node, or a shallow copy of it (copy on write), so a
// snapshot costs nothing and two equal snapshots compare by pointer.
//
// Cycles cannot be built. Counting is not atomic: a value stays on its thread,
// and crosses to another one as a message (runtime/value/message.h).
//
// Strings are UTF-8 (WTF-8 for lone surrogates, see base/unicode.h).

#ifndef FCC_RUNTIME_VALUE_VALUE_H_
#define FCC_RUNTIME_VALUE_VALUE_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fcc::value {

enum class Kind : uint8_t {
  kUndefined,
  kNull,
  kBool,
  kNumber,
  // A point in time, milliseconds since the epoch; may be NaN.
  kDate,
  // A function that lives in some script heap.
  kFunction,
  kString,
  kArray,
  kObject,
  // ArrayBuffer contents.
  kBytes,
  // A regular expression: source and flags.
  kRegExp,
};

std::string_view KindName(Kind kind);

// Names a function in a heap; what the numbers mean is the heap owner's affair.
struct FunctionRef {
  uint32_t heap = 0;
  uint32_t id = 0;
  bool operator==(const FunctionRef&) const = default;
};

class Value;
class Array;
class Object;
struct StringNode;
struct BytesNode;
struct RegExpNode;

// The count every shared node begins with.
struct Node {
  uint32_t references = 1;
};

class Value {
 public:
  Value() : kind_(Kind::kUndefined) {}
  Value(const Value& other) : kind_(other.kind_), payload_(other.payload_) {
    if (counted()) {
      ++payload_.node->references;
    }
  }
  Value(Value&& other) noexcept : kind_(other.kind_), payload_(other.payload_) {
    other.kind_ = Kind::kUndefined;
  }
  Value& operator=(Value other) noexcept {
    std::swap(kind_, other.kind_);
    std::swap(payload_, other.payload_);
    return *this;
  }
  ~Value() {
    if (counted() && --payload_.node->references == 0) {
      Destroy();
    }
  }

  static Value Undefined() { return Value(); }
  static Value Null() { return Value(Kind::kNull); }
  static Value Bool(bool boolean);
  static Value Number(double number);
  static Value Date(double ms);
  static Value Function(FunctionRef function);
  static Value String(std::string_view text);
  static Value Bytes(std::string bytes);
  static Value RegExp(std::string source, std::string flags);
  // Empty ones; fill them through MutableArray and MutableObject.
  static Value NewArray();
  static Value NewObject();
  static Value ArrayOf(std::vector<Value> items);
  static Value ObjectOf(
      std::initializer_list<std::pair<std::string_view, Value>> members);

  Kind kind() const { return kind_; }
  bool IsUndefined() const { return kind_ == Kind::kUndefined; }
  bool IsNull() const { return kind_ == Kind::kNull; }
  bool IsNullish() const { return IsUndefined() || IsNull(); }
  bool IsBool() const { return kind_ == Kind::kBool; }
  bool IsNumber() const { return kind_ == Kind::kNumber; }
  bool IsString() const { return kind_ == Kind::kString; }
  bool IsArray() const { return kind_ == Kind::kArray; }
  bool IsObject() const { return kind_ == Kind::kObject; }
  bool IsFunction() const { return kind_ == Kind::kFunction; }
  bool IsDate() const { return kind_ == Kind::kDate; }
  bool IsBytes() const { return kind_ == Kind::kBytes; }
  bool IsRegExp() const { return kind_ == Kind::kRegExp; }

  // Each asks for a value of that kind; anything else is our bug.
  bool boolean() const;
  // Of a number, or of a date its milliseconds.
  double number() const;
  FunctionRef function() const;
  // Valid while a value sharing this node lives.
  std::string_view string() const;
  std::string_view bytes() const;
  const Array& array() const;
  const Object& object() const;
  std::string_view regexp_source() const;
  std::string_view regexp_flags() const;

  Array& MutableArray();
  Object& MutableObject();

  // Member lookup that never fails: own members of objects, indices and
  // `length` of arrays and strings; undefined for anything else. `key` is the
  // property key as JavaScript would spell it.
  Value Get(std::string_view key) const;
  Value At(size_t index) const;

  // ECMA-262 ToBoolean, ToNumber, ToString on these kinds. Arrays join with
  // commas, objects give "[object Object]", functions "[Function]".
  bool Truthy() const;
  double ToNumber() const;
  std::string ToDisplayString() const;

  // True when both are the same primitive or share one node: cheap, never
  // walks. NaN is the same as NaN here.
  bool SameAs(const Value& other) const;
  // Structural equality: NaN equals NaN, -0 equals 0, members in any order.
  bool DeepEquals(const Value& other) const;

 private:
  explicit Value(Kind kind) : kind_(kind) {}
  bool counted() const { return kind_ >= Kind::kString; }
  void Destroy();

  Kind kind_;
  union Payload {
    Payload() : number(0) {}
    bool boolean;
    double number;
    FunctionRef function;
    Node* node;
  } payload_;
};

static_assert(sizeof(Value) == 16);

class Array : public Node {
 public:
  std::vector<Value> items;
};

// Own members in JavaScript's order: integer keys ascending, then the others
// in the order they were added.
class Object : public Node {
 public:
  struct Member {
    // A string value, so that keys are shared between objects.
    Value key;
    Value value;
    std::string_view name() const { return key.string(); }
  };

  const std::vector<Member>& members() const { return members_; }
  size_t size() const { return members_.size(); }
  // Null when there is no such member. Valid until the object changes.
  const Value* Find(std::string_view key) const;
  Value* FindMutable(std::string_view key);
  // Adds or replaces; a replaced member keeps its place.
  void Set(std::string_view key, Value value);
  void Set(Value key, Value value);
  bool Remove(std::string_view key);
  void Clear();

 private:
  size_t IndexOf(std::string_view key) const;
  void Rehash();

  std::vector<Member> members_;
  // Open addressing over member indices + 1; empty while there are few members.
  std::vector<uint32_t> table_;
  // Members before this one have integer keys.
  uint32_t integer_keys_ = 0;
};

// True for the decimal spelling of 0 … 2^32 - 2, an array index.
bool ParseArrayIndex(std::string_view key, uint32_t& index);

}  // namespace fcc::value

#endif  // FCC_RUNTIME_VALUE_VALUE_H_
