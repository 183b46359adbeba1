// SPDX-License-Identifier: Apache-2.0
//
// The one table of the ft./wx. surface: which names there are, how each is
// called, and who supports it since when. The runtime builds the ft object from
// it; compiler/check reads the same rows to say what will not work where.
//
// The rows are constants (table.def); nothing here allocates or fails.

#ifndef FCC_RUNTIME_API_TABLE_H_
#define FCC_RUNTIME_API_TABLE_H_

#include <cstdint>
#include <span>
#include <string_view>

namespace fcc::api {

enum class Kind : uint8_t {
  // A value: ft.env.
  kProperty,
  // Returns its result.
  kSync,
  // Takes one options object with success, fail, complete; gives a promise
  // when none of the three is there.
  kAsync,
  // As kAsync, and returns an object to watch or stop it: RequestTask.
  kTask,
  // Returns an object with methods: InnerAudioContext.
  kFactory,
  // Adds and removes a listener.
  kListen,
  kUnlisten,
};

enum class Support : uint8_t {
  // The documents that were read do not mention it.
  kUnknown,
  kNo,
  // It can be called and does nothing.
  kStub,
  kYes,
};

struct Row {
  // Without ft. or wx.; of a method, "InnerAudioContext.play".
  std::string_view name;
  Kind kind = Kind::kSync;
  // Of a factory or a task: the name of the object it returns, or "".
  std::string_view object;
  Support wechat = Support::kUnknown;
  // The base library it came with, "" when not told.
  std::string_view wechat_since;
  Support finclip = Support::kUnknown;
  std::string_view finclip_since;
  // Where FinClip says so: page and line of its API overview.
  std::string_view finclip_row;

  bool IsMethod() const { return name.find('.') != std::string_view::npos; }
};

std::string_view KindName(Kind kind);

// Sorted by name.
std::span<const Row> Rows();
// Null when there is no such name.
const Row* Find(std::string_view name);
// The methods of an object, sorted by name.
std::span<const Row> MethodsOf(std::string_view object);
// "1.9.90" against "1.10": negative, zero or positive, by numbers. Missing
// parts count as 0.
int CompareVersions(std::string_view left, std::string_view right);

}  // namespace fcc::api

#endif  // FCC_RUNTIME_API_TABLE_H_
