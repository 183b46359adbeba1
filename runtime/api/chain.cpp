// SPDX-License-Identifier: Apache-2.0

#include "runtime/api/chain.h"

#include <algorithm>
#include <string>

namespace fcc::api {

std::string_view ResultOf(std::string_view name) {
  struct Result {
    std::string_view name;
    std::string_view object;
  };
  static constexpr Result kResults[] = {
#define FCC_API_RESULT(name, object) {name, object},
#include "runtime/api/results.def"
#undef FCC_API_RESULT
  };
  for (const Result& result : kResults) {
    if (result.name == name) {
      return result.object;
    }
  }
  return {};
}

static std::string_view ObjectOf(std::string_view name) {
  const Row* row = Find(name);
  return row != nullptr && !row->object.empty() ? row->object : ResultOf(name);
}

const Row* FindChain(std::string_view chain) {
  std::string at;
  while (true) {
    const size_t end = std::min(chain.find_first_of(".("), chain.size());
    at += chain.substr(0, end);
    chain.remove_prefix(end);
    if (chain.empty()) {
      return Find(at);
    }
    const bool called = chain.starts_with("()");
    if (called) {
      chain.remove_prefix(2);
    }
    std::string_view object;
    if (called) {
      object = ObjectOf(at);
    } else if (Find(at) == nullptr) {
      // A method that is not called is no object.
      object = ResultOf(at);
    }
    if (!object.empty()) {
      at = object;
    } else if (called) {
      return nullptr;
    }
    if (!chain.starts_with('.')) {
      return nullptr;
    }
    chain.remove_prefix(1);
    at += '.';
  }
}

}  // namespace fcc::api
