// SPDX-License-Identifier: Apache-2.0
//
// Result<T>: a value, or why the world would not give one. It carries problems
// of the world (files, network, hostile bytes). Problems in a user's project
// are diagnostics (compiler/diagnostics); states that cannot be are FCC_CHECK.

#ifndef FCC_RUNTIME_BASE_RESULT_H_
#define FCC_RUNTIME_BASE_RESULT_H_

#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "runtime/base/check.h"

namespace fcc::base {

// What kind of failure it was, for callers that react differently. The message
// is for people and already names the thing that failed.
enum class ErrorKind {
  kNotFound,
  kPermission,
  kExists,
  kNoSpace,
  kIo,
  // Bytes that are not what they claim to be.
  kCorrupt,
  // A limit set by us was passed: size, depth, count, time.
  kLimit,
  kUnsupported,
  kNetwork,
  // The other side answered and refused.
  kRefused,
  kTimeout,
  kCancelled,
};

std::string_view ErrorKindName(ErrorKind kind);

struct Error {
  ErrorKind kind = ErrorKind::kIo;
  std::string message;
};

template <typename T = std::monostate>
class [[nodiscard]] Result {
 public:
  Result() requires std::is_same_v<T, std::monostate> {}
  // Implicit on purpose: `return value;` and `return Error{...};`.
  Result(T value) : state_(std::move(value)) {}      // NOLINT
  Result(Error error) : state_(std::move(error)) {}  // NOLINT

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  const Error& error() const {
    FCC_CHECK(!ok());
    return std::get<1>(state_);
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
  std::variant<T, Error> state_;
};

using Status = Result<>;

}  // namespace fcc::base

#define FCC_CONCAT_INNER(a, b) a##b
#define FCC_CONCAT(a, b) FCC_CONCAT_INNER(a, b)

// Passes a failure up; a success is dropped.
#define FCC_TRY(expr)                            \
  do {                                           \
    if (auto fcc_result = (expr); !fcc_result) { \
      return fcc_result.error();                 \
    }                                            \
  } while (false)

// `FCC_TRY_ASSIGN(auto text, fs.ReadFile(path));`
#define FCC_TRY_ASSIGN(decl, expr) \
  FCC_TRY_ASSIGN_INNER(FCC_CONCAT(fcc_result_, __LINE__), decl, expr)
#define FCC_TRY_ASSIGN_INNER(name, decl, expr) \
  auto name = (expr);                          \
  if (!name) {                                 \
    return name.error();                       \
  }                                            \
  decl = std::move(name).value()

#endif  // FCC_RUNTIME_BASE_RESULT_H_
