// SPDX-License-Identifier: Apache-2.0
//
// What a script throws, seen from C++, and the Result that carries it. A
// native function returns one of these to make the script see an exception.

#ifndef FCC_RUNTIME_SCRIPT_EXCEPTION_H_
#define FCC_RUNTIME_SCRIPT_EXCEPTION_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/base/check.h"
#include "runtime/base/result.h"
#include "runtime/script/handle.h"

namespace fcc::script {

// One call of a stack trace, innermost first.
struct StackFrame {
  // As written in the source; empty for anonymous functions and for code
  // outside of any function.
  std::string function;
  // The name Evaluate was given; empty for functions of the engine itself.
  std::string file;
  // From 1, columns in UTF-16 units; 0 when unknown.
  uint32_t line = 0;
  uint32_t column = 0;
};

// Which limit ended the script, if one did.
enum class Limit {
  kNone,
  // HeapOptions::time_limit_ms passed, or Heap::Interrupt was called. Scripts
  // cannot catch this; the heap stays usable.
  kTime,
  // HeapOptions::memory_limit would have been passed. Scripts can catch it
  // (it is a RangeError there); the heap stays usable.
  kMemory,
};

enum class ErrorType {
  kError,
  kTypeError,
  kRangeError,
  kSyntaxError,
  kReferenceError,
  kEvalError,
  kUriError,
};

struct Exception {
  // "TypeError", …; empty when what was thrown is not an object with a name.
  std::string name;
  // The message, or the thrown value as text.
  std::string message;
  std::vector<StackFrame> frames;
  Limit limit = Limit::kNone;
  // What was thrown. Empty for exceptions made in C++ and for kTime.
  Handle thrown;
  // Of exceptions made in C++: the constructor to use.
  ErrorType type = ErrorType::kError;

  // "TypeError: x is not a function", or the message alone without a name.
  std::string Summary() const;
  // The summary and a line "    at function (file:line:column)" for each frame.
  std::string Describe() const;
};

// An exception for the script to see, made in C++.
Exception Throw(ErrorType type, std::string message);
inline Exception ThrowTypeError(std::string message) {
  return Throw(ErrorType::kTypeError, std::move(message));
}
// Throws this very value.
Exception Throw(Handle thrown);

template <typename T = std::monostate>
class [[nodiscard]] Result {
 public:
  Result() requires std::is_same_v<T, std::monostate> {}
  // Implicit on purpose: `return value;` and `return ThrowTypeError("…");`.
  Result(T value) : state_(std::move(value)) {}  // NOLINT
  Result(Exception exception)                    // NOLINT
      : state_(std::make_unique<Exception>(std::move(exception))) {}
  // A problem of the world, thrown as Error with its message.
  Result(const base::Error& error)  // NOLINT
      : Result(Throw(ErrorType::kError, error.message)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  const Exception& error() const {
    FCC_CHECK(!ok());
    return *std::get<1>(state_);
  }
  T& value() & {
    FCC_CHECK(ok());
    return std::get<0>(state_);
  }
  const T& value() const& {
    FCC_CHECK(ok());
    return std::get<0>(state_);
  }
  T&& value() && {
    FCC_CHECK(ok());
    return std::get<0>(std::move(state_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  std::variant<T, std::unique_ptr<Exception>> state_;
};

using Status = Result<>;

}  // namespace fcc::script

#endif  // FCC_RUNTIME_SCRIPT_EXCEPTION_H_
