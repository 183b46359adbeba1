// SPDX-License-Identifier: Apache-2.0
//
// Paths into a component's data, as setData keys ("list[2].name") and observer
// keys ("a.b, c.**") spell them.

#ifndef FCC_RUNTIME_APP_DATA_PATH_H_
#define FCC_RUNTIME_APP_DATA_PATH_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/value/value.h"

namespace fcc::app {

// One step of a path. `[3]` and `.3` name the same member, but only the former
// makes an array where there is none.
struct PathPart {
  std::string name;
  uint32_t index = 0;
  bool is_index = false;

  bool operator==(const PathPart& other) const { return name == other.name; }
};

using DataPath = std::vector<PathPart>;

// A key of setData. `\.`, `\[`, `\]` and `\\` stand for themselves; empty parts
// ("a.[0]") are passed over. Fails on an index that is no number.
base::Result<DataPath> ParseDataPath(std::string_view text);

struct ObserverPath {
  DataPath path;
  // Ends in `**`.
  bool wildcard = false;
};

// A key of `observers`: one or more paths between commas.
base::Result<std::vector<ObserverPath>> ParseObserverPaths(
    std::string_view text);

// Whether assigning `changed` concerns an observer of `pattern`: `a.b` is
// concerned by `a` and `a.b`; `a.**` by those and by everything below a.b.
bool Concerns(const ObserverPath& pattern, const DataPath& changed);

// What is there, undefined when nothing is.
value::Value ReadPath(const value::Value& root, const DataPath& path);

// Whether what holds the member that `part` names has to be an array;
// `is_array` says whether it is one. `arr.0` names an item where there is an
// array already. Differs: glass-easel would replace that array by an object.
bool NeedsArray(const PathPart& part, bool is_array);

// Puts `value` there. What is missing on the way is made: an array for an
// index, an object for a name; what is of the wrong kind on the way is
// replaced.
void AssignPath(value::Value& root, const DataPath& path, value::Value value);

// "a.b[0]".
std::string PathToString(const DataPath& path);

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_DATA_PATH_H_
