// SPDX-License-Identifier: Apache-2.0

#include "runtime/template/list_match.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string_view>

#include "runtime/template/program.h"

namespace fcc::tmpl {
namespace {

using testing::ElementsAre;
using value::Value;

std::vector<uint32_t> Match(std::string_view before, std::string_view now) {
  const auto key = [](std::string_view text) {
    return [text](size_t i) { return Value::String(text.substr(i, 1)); };
  };
  return MatchKeys(before.size(), key(before), now.size(), key(now));
}

TEST(ListMatch, GoesOnByKey) {
  EXPECT_THAT(Match("abc", "abc"), ElementsAre(0, 1, 2));
  EXPECT_THAT(Match("abc", "cxa"), ElementsAre(2, kNoId, 0));
  EXPECT_THAT(Match("", "a"), ElementsAre(kNoId));
  EXPECT_THAT(Match("ab", ""), ElementsAre());
}

TEST(ListMatch, TheNthOfEqualKeysGoesOnTheNth) {
  EXPECT_THAT(Match("xaa", "aaa"), ElementsAre(1, 2, kNoId));
}

// Nothing longer stays: beside the quadratic way.
TEST(ListMatch, AsManyStayAsCan) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::vector<uint32_t> positions(random() % 12);
    for (uint32_t i = 0; i < positions.size(); ++i) {
      positions[i] = i;
    }
    std::shuffle(positions.begin(), positions.end(), random);
    for (uint32_t& position : positions) {
      position = random() % 5 == 0 ? kNoId : position;
    }
    const std::vector<bool> stays = LongestIncreasing(positions);
    std::vector<size_t> best(positions.size(), 0);
    size_t longest = 0;
    size_t staying = 0;
    uint32_t last = 0;
    for (size_t i = 0; i < positions.size(); ++i) {
      if (stays[i]) {
        ASSERT_NE(positions[i], kNoId);
        ASSERT_TRUE(staying == 0 || positions[i] > last);
        last = positions[i];
        ++staying;
      }
      if (positions[i] == kNoId) {
        continue;
      }
      best[i] = 1;
      for (size_t j = 0; j < i; ++j) {
        if (best[j] != 0 && positions[j] < positions[i]) {
          best[i] = std::max(best[i], best[j] + 1);
        }
      }
      longest = std::max(longest, best[i]);
    }
    EXPECT_EQ(staying, longest);
  }
}

}  // namespace
}  // namespace fcc::tmpl
