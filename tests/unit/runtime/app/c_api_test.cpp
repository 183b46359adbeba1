// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/c_api.h"

#include <gtest/gtest.h>

#include <string>

namespace {

TEST(CApi, SaysWhyAPackageDoesNotOpen) {
  char* error = nullptr;
  EXPECT_EQ(fcc_app_open("/nowhere/at/all", nullptr, &error), nullptr);
  ASSERT_NE(error, nullptr);
  EXPECT_FALSE(std::string(error).empty());
  fcc_free(error);
  EXPECT_EQ(fcc_app_open("/nowhere/at/all", nullptr, nullptr), nullptr);
  fcc_app_close(nullptr);
}

}  // namespace
