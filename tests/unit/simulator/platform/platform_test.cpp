// SPDX-License-Identifier: Apache-2.0

#include "simulator/platform/platform.h"

#include <gtest/gtest.h>

#include "runtime/base/format.h"
#include "runtime/base/json.h"
#include "runtime/value/value_json.h"

namespace fcc::platform {
namespace {

// The answer's `data` and errcode.
struct Reply {
  int status = 0;
  std::string code;
  value::Value data;
  std::string Text(std::string_view key) const {
    return data.Get(key).ToDisplayString();
  }
};

class PlatformTest : public testing::Test {
 protected:
  void SetUp() override { Reopen({}); }

  void Reopen(std::vector<std::string> apps) {
    auto opened =
        Platform::Open({.token = "SECRET", .apps = std::move(apps)}, fs, clock);
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    platform = std::move(opened).value();
  }

  Reply Send(net::HttpRequest request) {
    if (request.headers.Get("Authorization").empty()) {
      request.headers.Add("Authorization", "Bearer SECRET");
    }
    const net::HttpResponse answer = platform->Handle(request);
    const base::JsonDocument document = base::ParseJson(answer.body);
    const value::Value body = value::FromJson(*document.root);
    return {answer.status, body.Get("errcode").ToDisplayString(),
            body.Get("data")};
  }

  Reply Get(std::string path) { return Send({.url = "/api/v1" + path}); }
  Reply Post(std::string path, std::string json) {
    return Send({.method = "POST",
                 .url = "/api/v1" + path,
                 .headers = {{"Content-Type", "application/json"}},
                 .body = std::move(json)});
  }

  Reply Upload(std::string app, std::string name, std::string bytes) {
    const std::vector<net::FormPart> parts = {
        {.name = "appId", .body = std::move(app)},
        {.name = "uploadFile",
         .file_name = std::move(name),
         .content_type = "application/zip",
         .body = std::move(bytes)}};
    const std::string boundary = net::MakeBoundary(parts);
    return Send({.method = "POST",
                 .url = "/api/v1/open/dev/mini-apps/compiled-package/upload",
                 .headers = {{"Content-Type",
                              "multipart/form-data; boundary=" + boundary}},
                 .body = net::WriteMultipart(parts, boundary)});
  }

  // One version as far as the review; returns its id.
  std::string Submit(std::string version, std::string contents) {
    const std::string file =
        Upload("fc1", "app.zip", "PK" + contents).Text("netdiskID");
    const Reply built =
        Post("/open/dev/mini-apps/compiled-package/build",
             base::format(R"({{"cmd":1,"miniAppId":"fc1","version":"{}",)"
                          R"("versionRemark":"r","ext":"","packages":[],)"
                          R"("filesFromNetdisk":[{{"name":"app.zip",)"
                          R"("netdiskID":"{}"}}]}})",
                          version, file));
    EXPECT_EQ(built.code, "OK");
    return Post("/open/dev/mini-apps/versions/review/withdraw-submit",
                base::format(
                    R"({{"miniAppCompiledPackageId":"{}","autoPub":true}})",
                    built.Text("miniAppCompiledPackageId")))
        .Text("miniAppVersionId");
  }

  Reply Decide(const std::string& version, int status) {
    const std::string audit =
        Get("/open/dev/mini-apps/audit/versions/" + version)
            .Text("miniAppAuditId");
    return Post(
        "/open/dev/mini-apps/audit/self/operate",
        base::format(R"({{"auditDesc":"","miniAppAuditId":"{}","status":{}}})",
                     audit, status));
  }

  std::string Online() {
    return Get("/open/dev/mini-apps/versions/latest?miniAppId=fc1")
        .data.Get("onlineVersion")
        .Get("version")
        .ToDisplayString();
  }

  base::MemoryFileSystem fs;
  base::VirtualClock clock{1704067200000.0};
  std::unique_ptr<Platform> platform;
};

// ---- what FinClip's own client sends

struct Recorded {
  net::HttpRequest request;
  size_t number = 0;
};

std::vector<Recorded> ReadRecorded() {
  base::RealFileSystem disk;
  const auto text =
      disk.ReadFile(FCC_SOURCE_DIR
                    "/tests/unit/simulator/platform/data/recorded_requests.txt",
                    base::FileSystem::kDefaultMax);
  EXPECT_TRUE(text.ok());
  std::vector<Recorded> all;
  bool in_headers = false;
  for (std::string_view rest = *text; !rest.empty();) {
    const size_t end = rest.find('\n');
    std::string line(rest.substr(0, end));
    rest = end == std::string_view::npos ? "" : rest.substr(end + 1);
    if (line.starts_with("=== ")) {
      const size_t blank = line.find(' ', 4);
      all.push_back(
          {{.method = line.substr(4, blank - 4), .url = line.substr(blank + 1)},
           all.size() + 1});
      in_headers = true;
    } else if (in_headers && line.find(": ") != std::string::npos &&
               line[0] != '{' && line[0] != '-') {
      const size_t colon = line.find(": ");
      all.back().request.headers.Add(line.substr(0, colon),
                                     line.substr(colon + 2));
    } else if (!all.empty() && !line.empty()) {
      in_headers = false;
      for (size_t at; (at = line.find("\\r\\n")) != std::string::npos;) {
        line.replace(at, 4, "\r\n");
      }
      all.back().request.body = line;
    }
  }
  return all;
}

TEST_F(PlatformTest, AcceptsEveryRequestOfTheOfficialClient) {
  std::vector<Recorded> all = ReadRecorded();
  ASSERT_EQ(all.size(), 17U);
  // The recording's ids by ours.
  std::vector<std::pair<std::string, std::string>> ids;
  for (Recorded& recorded : all) {
    for (const auto& [theirs, ours] : ids) {
      const std::string quoted = '"' + theirs + '"';
      size_t at = recorded.request.body.find(quoted);
      if (at != std::string::npos) {
        recorded.request.body.replace(at, quoted.size(), '"' + ours + '"');
      }
    }
    const Reply reply = Send(recorded.request);
    EXPECT_EQ(reply.status, 200) << recorded.number;
    EXPECT_EQ(reply.code, "OK")
        << recorded.number << " " << recorded.request.url;
    if (recorded.request.url.ends_with("/upload")) {
      ids.emplace_back(base::format("nd{}", recorded.number),
                       reply.Text("netdiskID"));
    }
  }
  const Reply latest =
      Get("/open/dev/mini-apps/versions/latest?miniAppId=fc123");
  EXPECT_EQ(latest.data.Get("onlineVersion").Get("version").ToDisplayString(),
            "1.0.0");
  EXPECT_EQ(
      latest.data.Get("latestCompiledPackage").Get("version").ToDisplayString(),
      "1");
  const Reply plugin =
      Get("/open/dev/plugins/version/get?pluginId=pl1&version=1.0.0");
  EXPECT_EQ(plugin.Text("codePackageUrl"), "nd6");
}

// ---- behaviour

TEST_F(PlatformTest, WantsTheToken) {
  EXPECT_EQ(Send({.url = "/api/v1/fcc/mini-apps",
                  .headers = {{"Authorization", "Bearer other"}}})
                .code,
            "UNAUTHORIZED");
  EXPECT_EQ(Get("/fcc/mini-apps").code, "OK");
}

TEST_F(PlatformTest, AVersionGoesOnlineWhenItPasses) {
  const std::string version = Submit("1.0.0", "a");
  EXPECT_EQ(Online(), "undefined");
  EXPECT_EQ(Decide(version, 4).Text("state"), "online");
  EXPECT_EQ(Online(), "1.0.0");
  // Deciding twice is no second decision.
  EXPECT_EQ(Decide(version, 4).code, "NOT_UNDER_REVIEW");
}

TEST_F(PlatformTest, ARejectedVersionDoesNot) {
  EXPECT_EQ(Decide(Submit("1.0.0", "a"), 5).Text("state"), "rejected");
  EXPECT_EQ(Online(), "undefined");
}

TEST_F(PlatformTest, SubmittingTakesBackWhatIsUnderReview) {
  const std::string first = Submit("1.0.0", "a");
  const std::string second = Submit("1.1.0", "b");
  EXPECT_EQ(Decide(first, 4).code, "NOT_UNDER_REVIEW");
  EXPECT_EQ(Decide(second, 4).code, "OK");
  EXPECT_EQ(Online(), "1.1.0");
}

TEST_F(PlatformTest, ANumberThatIsOnlineIsTakenByItsContents) {
  Decide(Submit("1.0.0", "a"), 4);
  EXPECT_EQ(Submit("1.0.0", "b"), "undefined");
  EXPECT_NE(Submit("1.0.0", "a"), "undefined");
}

TEST_F(PlatformTest, RollsBackAndTakesDown) {
  const std::string first = Submit("1.0.0", "a");
  Decide(first, 4);
  const std::string second = Submit("1.1.0", "b");
  Decide(second, 4);
  EXPECT_EQ(Post("/fcc/versions/" + first + "/rollback", "").Text("state"),
            "online");
  EXPECT_EQ(Online(), "1.0.0");
  EXPECT_EQ(Post("/fcc/versions/" + first + "/take-down", "").code, "OK");
  EXPECT_EQ(Online(), "undefined");
  const std::string third = Submit("1.2.0", "c");
  EXPECT_EQ(Post("/fcc/versions/" + third + "/rollback", "").code,
            "NOT_APPROVED");
}

TEST_F(PlatformTest, GivesBackTheBytes) {
  const std::string version = Submit("1.0.0", "\x01\x02");
  const net::HttpResponse file = platform->Handle(
      {.url = "/api/v1/fcc/versions/" + version + "/files/app.zip",
       .headers = {{"Authorization", "Bearer SECRET"}}});
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(file.body, "PK\x01\x02");
}

TEST_F(PlatformTest, RefusesWithACode) {
  EXPECT_EQ(Upload("fc1", "app.zip", "<html>").code, "NOT_A_ZIP");
  EXPECT_EQ(Get("/open/dev/nothing").code, "NOT_SUPPORTED");
  EXPECT_EQ(Get("/open/dev/mini-apps/audit/versions/ver9").code,
            "VERSION_NOT_FOUND");
  EXPECT_EQ(Post("/open/dev/mini-apps/compiled-package/build", "{").code,
            "BAD_REQUEST");
  const std::string file = Upload("fc1", "app.zip", "PK").Text("netdiskID");
  auto build = [&](std::string_view remark, std::string_view packages,
                   std::string_view id) {
    return Post("/open/dev/mini-apps/compiled-package/build",
                base::format(R"({{"miniAppId":"fc1","version":"1",)"
                             R"("versionRemark":"{}","packages":{},)"
                             R"("filesFromNetdisk":[{{"name":"app.zip",)"
                             R"("netdiskID":"{}"}}]}})",
                             remark, packages, id))
        .code;
  };
  EXPECT_EQ(build("", "[]", file), "REMARK_EMPTY");
  EXPECT_EQ(build("r", R"([{"filename":"a.zip"}])", file),
            "PACKAGE_INCOMPLETE");
  EXPECT_EQ(build("r", "[]", "nd77"), "FILE_NOT_FOUND");
  EXPECT_EQ(build("r", "[]", file), "OK");
}

TEST_F(PlatformTest, KnowsOnlyTheAppsItIsGiven) {
  Reopen({"fc1"});
  EXPECT_EQ(Upload("fc2", "app.zip", "PK").code, "APP_NOT_FOUND");
  EXPECT_EQ(Upload("fc1", "app.zip", "PK").code, "OK");
}

TEST_F(PlatformTest, AFullDiskIsNotASuccess) {
  fs.LimitSpace(10);
  const Reply reply = Upload("fc1", "app.zip", "PK" + std::string(100, 'x'));
  EXPECT_EQ(reply.status, 500);
  EXPECT_EQ(reply.code, "INTERNAL");
}

}  // namespace
}  // namespace fcc::platform
