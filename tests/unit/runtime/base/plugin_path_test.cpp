// SPDX-License-Identifier: Apache-2.0

#include "runtime/base/plugin_path.h"

#include <gtest/gtest.h>

namespace fcc::base {
namespace {

TEST(PluginPath, RootsOfFiles) {
  EXPECT_EQ(PluginRoot("hello"), "__plugin__/hello");
  EXPECT_EQ(PluginRootOf("__plugin__/hello/a/b.js"), "__plugin__/hello");
  EXPECT_EQ(PluginRootOf("__plugin__/hello"), "__plugin__/hello");
  EXPECT_EQ(PluginRootOf("plugin/hello/a.js"), "");
  EXPECT_EQ(PluginRootOf(""), "");
}

TEST(PluginPath, AbsoluteOnesStayBelowTheirRoot) {
  EXPECT_EQ(FromRootOf("pages/a.js", "/b/c"), "b/c");
  EXPECT_EQ(FromRootOf("pages/a.js", "b/../c"), "c");
  EXPECT_EQ(FromRootOf("__plugin__/x/a/a.js", "/b/c"), "__plugin__/x/b/c");
  EXPECT_EQ(FromRootOf("__plugin__/x/a.js", "/../../b"), "__plugin__/x/b");
  EXPECT_EQ(FromRootOf("a.js", "/"), "");
}

}  // namespace
}  // namespace fcc::base
