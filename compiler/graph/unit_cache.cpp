// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/unit_cache.h"

#include "compiler/graph/compiler_digest.h"

namespace fcc::graph {

base::Hash128 UnitKey(std::span<const std::string_view> parts) {
  std::string key = FCC_COMPILER_DIGEST;
  for (std::string_view part : parts) {
    key += std::to_string(part.size());
    key += ':';
    key += part;
  }
  return base::HashContent(key);
}

}  // namespace fcc::graph
