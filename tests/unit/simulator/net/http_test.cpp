// SPDX-License-Identifier: Apache-2.0

#include "simulator/net/http.h"

#include <gmock/gmock.h>

namespace fcc::net {
namespace {

TEST(ParseUrl, TakesThemApart) {
  const auto url = ParseUrl("HTTPS://finclip.example:8443/api/?a=1#top");
  ASSERT_TRUE(url.ok());
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->authority, "finclip.example:8443");
  EXPECT_EQ(url->path, "/api/");
  EXPECT_EQ(url->query, "a=1");
}

TEST(ParseUrl, SaysWhatIsWrong) {
  EXPECT_EQ(ParseUrl("finclip.example").error().message,
            "`finclip.example` is no URL; write it as https://host/path");
  EXPECT_EQ(ParseUrl("ftp://x/").error().message,
            "`ftp://x/` is neither http nor https");
  EXPECT_FALSE(ParseUrl("http:///x").ok());
  EXPECT_FALSE(ParseUrl("http://a:b@host/").ok());
  EXPECT_FALSE(ParseUrl("http://host/a b").ok());
}

TEST(JoinUrl, NeverDoublesTheSlash) {
  EXPECT_EQ(JoinUrl("http://a/", "/b/c"), "http://a/b/c");
  EXPECT_EQ(JoinUrl("http://a/x", "b"), "http://a/x/b");
}

TEST(Query, IsDecoded) {
  EXPECT_EQ(QueryValue("a=1&name=%E5%B0%8F+x&b", "name"), "小 x");
  EXPECT_EQ(QueryValue("a=1", "b"), "");
  EXPECT_EQ(PercentEncode("小 x/"), "%E5%B0%8F%20x%2F");
  EXPECT_EQ(PercentDecode("%zz%4"), "%zz%4");
}

TEST(Headers, CompareWithoutCase) {
  const Headers headers{{"Content-Type", "a"}, {"content-type", "b"}};
  EXPECT_EQ(headers.Get("CONTENT-TYPE"), "a");
  EXPECT_EQ(headers.Get("Accept"), "");
}

TEST(Multipart, ReadsWhatItWrote) {
  const std::vector<FormPart> parts = {
      {.name = "appId", .body = "fc123"},
      {.name = "uploadFile",
       .file_name = "a\"b.zip",
       .content_type = "application/zip",
       .body = std::string("PK\r\n--x\r\n\0", 10)}};
  const std::string boundary = MakeBoundary(parts);
  const auto read = ReadMultipart("multipart/form-data; boundary=" + boundary,
                                  WriteMultipart(parts, boundary));
  ASSERT_TRUE(read.ok()) << read.error().message;
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ((*read)[0].name, "appId");
  EXPECT_EQ((*read)[0].body, "fc123");
  EXPECT_EQ((*read)[1].file_name, "a%22b.zip");
  EXPECT_EQ((*read)[1].content_type, "application/zip");
  EXPECT_EQ((*read)[1].body, parts[1].body);
}

TEST(Multipart, BoundaryIsInNoPart) {
  std::vector<FormPart> parts = {{.name = "a", .body = "x"}};
  const std::string first = MakeBoundary(parts);
  parts.push_back({.name = "b", .body = first});
  EXPECT_EQ(parts[1].body.find(MakeBoundary(parts)), std::string::npos);
}

TEST(Multipart, RefusesBrokenBodies) {
  const std::string_view type = "multipart/form-data; boundary=\"b\"";
  EXPECT_FALSE(ReadMultipart("application/json", "{}").ok());
  EXPECT_FALSE(ReadMultipart(type, "").ok());
  EXPECT_FALSE(ReadMultipart(type, "--b\r\n").ok());
  EXPECT_FALSE(ReadMultipart(type, "--b\r\n\r\n").ok());
  EXPECT_FALSE(ReadMultipart(type, "--b\r\nx: y\r\n\r\nbody").ok());
  EXPECT_FALSE(ReadMultipart(type, "--bx").ok());
  EXPECT_TRUE(ReadMultipart(type, "--b--").ok());
}

}  // namespace
}  // namespace fcc::net
