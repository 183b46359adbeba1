// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/page_url.h"

#include <gtest/gtest.h>

#include "runtime/base/base64.h"
#include "runtime/value/value_json.h"

namespace fcc::app {
namespace {

TEST(PageUrl, ReadsPathAndQuery) {
  const PageUrl url = ParsePageUrl("/pages/a/a?x=1&y&z=%E4%B8%AD=", "");
  EXPECT_EQ(url.path, "pages/a/a");
  // Values stay as they were written: pages decode them themselves.
  EXPECT_EQ(value::ToJson(url.query), R"({"x":"1","y":"","z":"%E4%B8%AD="})");
}

TEST(PageUrl, IsRelativeToThePageInFront) {
  EXPECT_EQ(ParsePageUrl("../b/b", "pages/a/a").path, "pages/b/b");
  EXPECT_EQ(ParsePageUrl("detail?id=1", "pages/a/a").path, "pages/a/detail");
  EXPECT_EQ(ParsePageUrl("/x/y.html", "pages/a/a").path, "x/y");
}

TEST(Base64, RoundTrips) {
  for (const std::string text :
       {"", "f", "fo", "foo", "foob", "\xff\x00\x10"}) {
    EXPECT_EQ(base::DecodeBase64(base::EncodeBase64(text)), text);
  }
  EXPECT_EQ(base::EncodeBase64("fooba"), "Zm9vYmE=");
  EXPECT_EQ(base::DecodeBase64("Zm9v YmE="), "fooba");
}

TEST(PageUrl, KeepsAddressesOfPlugins) {
  EXPECT_EQ(ParsePageUrl("plugin://a/b?x=1", "pages/p").path, "plugin://a/b");
}

}  // namespace
}  // namespace fcc::app
