// SPDX-License-Identifier: Apache-2.0
//
// A JavaScript value held from C++.

#ifndef FCC_RUNTIME_SCRIPT_HANDLE_H_
#define FCC_RUNTIME_SCRIPT_HANDLE_H_

#include <cstdint>
#include <utility>

namespace fcc::script {

class Heap;

enum class Type : uint8_t {
  kUndefined,
  kNull,
  kBoolean,
  kNumber,
  kString,
  kSymbol,
  // Any object that cannot be called; arrays too.
  kObject,
  kFunction,
};

// Keeps one value of one heap alive. Copies share a counted slot in the heap,
// so a copy costs an increment. Belongs to its heap's thread and must not
// outlive the heap. A default-constructed handle is empty: it stands for "no
// value" and reads as undefined where a value is asked for.
class Handle {
 public:
  Handle() = default;
  Handle(const Handle& other);
  Handle(Handle&& other) noexcept
      : heap_(std::exchange(other.heap_, nullptr)), slot_(other.slot_) {}
  Handle& operator=(Handle other) noexcept {
    std::swap(heap_, other.heap_);
    std::swap(slot_, other.slot_);
    return *this;
  }
  ~Handle();

  bool empty() const { return heap_ == nullptr; }
  explicit operator bool() const { return heap_ != nullptr; }
  // Null for an empty handle.
  Heap* heap() const { return heap_; }
  // The engine's side: where the value is kept.
  uint32_t slot() const { return slot_; }

  // Does not run script.
  Type type() const;
  bool IsUndefined() const { return type() == Type::kUndefined; }
  bool IsNull() const { return type() == Type::kNull; }
  bool IsNullish() const { return IsUndefined() || IsNull(); }
  bool IsBoolean() const { return type() == Type::kBoolean; }
  bool IsNumber() const { return type() == Type::kNumber; }
  bool IsString() const { return type() == Type::kString; }
  bool IsFunction() const { return type() == Type::kFunction; }
  // Objects and functions.
  bool IsObject() const { return type() >= Type::kObject; }
  // Array.isArray.
  bool IsArray() const;
  // An Error or anything made by its subclasses.
  bool IsError() const;

 private:
  friend class Heap;
  Handle(Heap* heap, uint32_t slot) : heap_(heap), slot_(slot) {}

  Heap* heap_ = nullptr;
  uint32_t slot_ = 0;
};

}  // namespace fcc::script

#endif  // FCC_RUNTIME_SCRIPT_HANDLE_H_
