// SPDX-License-Identifier: Apache-2.0

#include "runtime/api/table.h"

#include <gtest/gtest.h>

namespace fcc::api {
namespace {

TEST(ApiTable, FindsNamesByKind) {
  const Row* row = Find("getStorage");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->kind, Kind::kAsync);
  EXPECT_EQ(row->finclip, Support::kYes);
  EXPECT_EQ(Find("getStorageSync")->kind, Kind::kSync);
  EXPECT_EQ(Find("request")->kind, Kind::kTask);
  EXPECT_EQ(Find("request")->object, "RequestTask");
  EXPECT_EQ(Find("createInnerAudioContext")->object, "InnerAudioContext");
  EXPECT_EQ(Find("onNetworkStatusChange")->kind, Kind::kListen);
  EXPECT_EQ(Find("offNetworkStatusChange")->kind, Kind::kUnlisten);
  EXPECT_EQ(Find("FileSystemManager.readFile")->kind, Kind::kAsync);
  EXPECT_EQ(Find("FileSystemManager.readFileSync")->kind, Kind::kSync);
  EXPECT_EQ(Find("getStorag"), nullptr);
  EXPECT_EQ(Find(""), nullptr);
  EXPECT_EQ(Find("zzz"), nullptr);
}

TEST(ApiTable, MethodsOfAnObject) {
  const std::span<const Row> methods = MethodsOf("UpdateManager");
  ASSERT_EQ(methods.size(), 4U);
  EXPECT_EQ(methods[0].name, "UpdateManager.applyUpdate");
  EXPECT_TRUE(MethodsOf("Update").empty());
  EXPECT_TRUE(MethodsOf("").empty());
  for (const Row& row : Rows()) {
    if (row.IsMethod()) {
      const std::string_view object = row.name.substr(0, row.name.find('.'));
      const std::span<const Row> all = MethodsOf(object);
      EXPECT_TRUE(&row >= all.data() && &row < all.data() + all.size())
          << row.name;
    }
  }
}

TEST(ApiTable, Versions) {
  EXPECT_LT(CompareVersions("1.9.90", "1.10"), 0);
  EXPECT_EQ(CompareVersions("2.0", "2.0.0"), 0);
  EXPECT_GT(CompareVersions("3", "2.99.99"), 0);
  EXPECT_LT(CompareVersions("", "0.0.1"), 0);
}

}  // namespace
}  // namespace fcc::api
