// SPDX-License-Identifier: Apache-2.0
//
// Compiled files kept between builds, by the content of all that they were made
// from. Whoever has one may forget anything at any time.
//
// Threads: both functions are called from several threads at once.

#ifndef FCC_COMPILER_GRAPH_UNIT_CACHE_H_
#define FCC_COMPILER_GRAPH_UNIT_CACHE_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "runtime/base/hash.h"

namespace fcc::graph {

class UnitCache {
 public:
  virtual ~UnitCache() = default;
  // What was stored under `key`, byte for byte; nothing when in doubt.
  virtual std::optional<std::string> Load(const base::Hash128& key) = 0;
  virtual void Store(const base::Hash128& key, std::string_view bytes) = 0;
};

// The key of a unit made from `parts`, in their order, by this build of the
// compiler: another build's units are never taken for ours.
base::Hash128 UnitKey(std::span<const std::string_view> parts);

}  // namespace fcc::graph

#endif  // FCC_COMPILER_GRAPH_UNIT_CACHE_H_
