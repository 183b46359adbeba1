// SPDX-License-Identifier: Apache-2.0

#include "runtime/template/list_match.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "runtime/template/program.h"

namespace fcc::tmpl {

std::vector<uint32_t> MatchKeys(size_t old_count, const KeyAt& old_key,
                                size_t new_count, const KeyAt& new_key) {
  std::vector<uint32_t> origin(new_count, kNoId);
  // Lists that only grew or shrank at the end need no table.
  size_t same = 0;
  while (same < new_count && same < old_count &&
         new_key(same).SameAs(old_key(same))) {
    origin[same] = static_cast<uint32_t>(same);
    ++same;
  }
  struct Chain {
    uint32_t next = kNoId;
    uint32_t last = kNoId;
  };
  std::unordered_map<std::string, Chain> table;
  std::vector<uint32_t> following(old_count, kNoId);
  for (auto i = static_cast<uint32_t>(same); i < old_count; ++i) {
    Chain& chain = table[old_key(i).ToDisplayString()];
    if (chain.next == kNoId) {
      chain.next = i;
    } else {
      following[chain.last] = i;
    }
    chain.last = i;
  }
  for (size_t i = same; i < new_count && !table.empty(); ++i) {
    const auto found = table.find(new_key(i).ToDisplayString());
    if (found != table.end() && found->second.next != kNoId) {
      origin[i] = found->second.next;
      found->second.next = following[origin[i]];
    }
  }
  return origin;
}

std::vector<bool> LongestIncreasing(const std::vector<uint32_t>& positions) {
  // tails[k]: where the best subsequence of length k + 1 ends.
  std::vector<size_t> tails;
  std::vector<size_t> previous(positions.size(), SIZE_MAX);
  for (size_t i = 0; i < positions.size(); ++i) {
    if (positions[i] == kNoId) {
      continue;
    }
    auto at = std::lower_bound(tails.begin(), tails.end(), positions[i],
                               [&](size_t tail, uint32_t position) {
                                 return positions[tail] < position;
                               });
    previous[i] = at == tails.begin() ? SIZE_MAX : *(at - 1);
    if (at == tails.end()) {
      tails.push_back(i);
    } else {
      *at = i;
    }
  }
  std::vector<bool> in(positions.size(), false);
  if (!tails.empty()) {
    for (size_t i = tails.back(); i != SIZE_MAX; i = previous[i]) {
      in[i] = true;
    }
  }
  return in;
}

}  // namespace fcc::tmpl
