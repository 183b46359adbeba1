// SPDX-License-Identifier: Apache-2.0

#include "runtime/script/url.h"

#include <gtest/gtest.h>

namespace fcc::script {
namespace {

struct Row {
  const char* text;
  const char* base;
  // Empty: no URL.
  const char* href;
};

TEST(UrlTest, Parses) {
  for (const Row& row : {
           Row{"HTTP://EXAMPLE.com:80/a/./b/../c?q#f", "",
               "http://example.com/a/c?q#f"},
           Row{"http:example.com", "", "http://example.com/"},
           Row{"https://u:p@h:8443/", "", "https://u:p@h:8443/"},
           Row{"http://a@b@c/", "", "http://a%40b@c/"},
           Row{"../c", "http://h/a/b/d", "http://h/a/c"},
           Row{"//x/y", "https://h/", "https://x/y"},
           Row{"?q", "http://h/a?b#c", "http://h/a?q"},
           Row{"#f", "mailto:x", "mailto:x#f"},
           Row{"x", "mailto:x", ""},
           Row{"/a b", "http://h/", "http://h/a%20b"},
           Row{"\\a\\b", "http://h/", "http://h/a/b"},
           Row{"http://0x7f.1/", "", "http://127.0.0.1/"},
           Row{"http://1.2.3.256/", "", ""},
           Row{"http://[1:0:0:2::3]/", "", "http://[1:0:0:2::3]/"},
           Row{"http://[::ffff:1.2.3.4]/", "", "http://[::ffff:102:304]/"},
           Row{"http://[1::2::3]/", "", ""},
           Row{"http://[::", "", ""},
           Row{"http://h:65536/", "", ""},
           Row{"http://h:/", "", "http://h/"},
           Row{"http:///", "", ""},
           Row{"http://a b/", "", ""},
           Row{"file:///C|/x/../..", "", "file:///C:/"},
           Row{"file://localhost/x", "", "file:///x"},
           Row{"data:text/plain,a b", "", "data:text/plain,a b"},
           Row{" \tht\ntp://h ", "", "http://h/"},
           Row{"http://h/%zz%41", "", "http://h/%zz%41"},
           Row{"http://h/\xE4\xB8\xAD?\xE4", "", "http://h/%E4%B8%AD?%E4"},
           Row{"foo:/.//p", "", "foo:/.//p"},
           Row{"", "", ""},
       }) {
    std::optional<Url> base;
    if (*row.base != '\0') {
      base = ParseUrl(row.base, nullptr);
      ASSERT_TRUE(base) << row.base;
    }
    const std::optional<Url> url = ParseUrl(row.text, base ? &*base : nullptr);
    EXPECT_EQ(url ? url->Href() : "", row.href) << row.text;
    if (url) {
      // What is written is read as the same.
      const std::optional<Url> again = ParseUrl(url->Href(), nullptr);
      ASSERT_TRUE(again) << row.text;
      EXPECT_EQ(again->Href(), url->Href());
    }
  }
}

TEST(UrlTest, SettersKeepWhatCannotBe) {
  const auto set = [](const char* text, UrlPart part, const char* value) {
    Url url = *ParseUrl(text, nullptr);
    SetUrlPart(url, part, value);
    return url.Href();
  };
  EXPECT_EQ(set("http://h/a", UrlPart::kProtocol, "https"), "https://h/a");
  EXPECT_EQ(set("http://h/a", UrlPart::kProtocol, "foo"), "http://h/a");
  EXPECT_EQ(set("http://h/a", UrlPart::kHost, "x:8080/y"), "http://x:8080/a");
  EXPECT_EQ(set("http://h/a", UrlPart::kHostname, "x:8080"), "http://h/a");
  EXPECT_EQ(set("http://h:1/a", UrlPart::kPort, "80"), "http://h/a");
  EXPECT_EQ(set("http://h:1/a", UrlPart::kPort, "99999"), "http://h:1/a");
  EXPECT_EQ(set("http://h/a", UrlPart::kPathname, "b?c"), "http://h/b%3Fc");
  EXPECT_EQ(set("http://h/a?b", UrlPart::kSearch, ""), "http://h/a");
  EXPECT_EQ(set("http://h/a", UrlPart::kHash, "#x y"), "http://h/a#x%20y");
  EXPECT_EQ(set("http://h/", UrlPart::kUsername, "a:b"), "http://a%3Ab@h/");
  EXPECT_EQ(set("file:///x", UrlPart::kPort, "1"), "file:///x");
}

TEST(UrlTest, PairsGoBothWays) {
  const UrlPairs pairs = ParseUrlPairs("a=1&b=x+y%26&&c&=d&%FF=z");
  const UrlPairs expected = {
      {"a", "1"}, {"b", "x y&"}, {"c", ""}, {"", "d"}, {"\xEF\xBF\xBD", "z"}};
  EXPECT_EQ(pairs, expected);
  EXPECT_EQ(WriteUrlPairs(pairs), "a=1&b=x+y%26&c=&=d&%EF%BF%BD=z");
}

}  // namespace
}  // namespace fcc::script
