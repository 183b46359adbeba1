// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/tables/tables.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

namespace fcc::check {
namespace {

// The look-ups search by halves: every row must be found by its own key.
TEST(TablesTest, EveryRowIsFound) {
  for (const ComponentRow& row : Components()) {
    EXPECT_EQ(FindComponent(row.name), &row) << row.name;
  }
  for (const AttributeRow& row : Attributes()) {
    EXPECT_EQ(FindAttribute(row.component, row.kind, row.name), &row)
        << row.component << " " << row.name;
  }
  for (const ConfigKeyRow& row : ConfigKeys()) {
    EXPECT_EQ(FindConfigKey(row.section, row.key), &row)
        << row.section << " " << row.key;
  }
}

TEST(TablesTest, SaysWhatTheDocumentsSay) {
  EXPECT_EQ(FindComponent("view")->finclip, Support::kYes);
  EXPECT_EQ(FindComponent("voip-room")->finclip, Support::kNo);
  EXPECT_EQ(FindComponent("no-such"), nullptr);
  EXPECT_EQ(FindAttribute("image", AttributeKind::kAttribute, "webp")->finclip,
            Support::kNo);
  EXPECT_EQ(FindAttribute("map", AttributeKind::kAttribute, "subkey")->finclip,
            Support::kPartial);
  EXPECT_EQ(FindAttribute("input", AttributeKind::kEvent, "input")->finclip,
            Support::kYes);
  EXPECT_EQ(FindConfigKey("app", "workers")->finclip, Support::kNo);
  EXPECT_EQ(FindConfigKey("app", "plugins")->since, "2.11.1");
}

}  // namespace
}  // namespace fcc::check
