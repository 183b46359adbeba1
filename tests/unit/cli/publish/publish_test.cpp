// SPDX-License-Identifier: Apache-2.0
//
// Releases against a platform that fails in chosen ways.

#include "cli/publish/publish.h"

#include <gmock/gmock.h>

#include <mutex>

#include "runtime/base/format.h"
#include "simulator/platform/platform.h"

namespace fcc::publish {
namespace {

using testing::ElementsAre;

// A platform whose answers a test may replace before or after they happen.
class Flaky : public net::HttpTransport {
 public:
  explicit Flaky(platform::Platform& platform) : platform_(platform) {}

  base::Result<net::HttpResponse> Send(
      const net::HttpRequest& request) override {
    const std::lock_guard lock(mutex);
    log.push_back(base::format("{} {}", request.method,
                               request.url.substr(request.url.rfind('/') + 1)));
    if (before) {
      if (auto answer = before(request)) {
        return *answer;
      }
    }
    auto answer = net::HandlerTransport([this](const net::HttpRequest& got) {
                    return platform_.Handle(got);
                  }).Send(request);
    if (after) {
      if (auto other = after(request)) {
        return *other;
      }
    }
    return answer;
  }

  using Replace = std::function<std::optional<base::Result<net::HttpResponse>>(
      const net::HttpRequest&)>;
  Replace before;
  Replace after;
  std::mutex mutex;
  std::vector<std::string> log;

 private:
  platform::Platform& platform_;
};

class Quiet : public Progress {
 public:
  void Uploaded(const UploadFile& file) override {
    uploaded.push_back(file.name);
  }
  void Finished(Step, std::string_view) override {}
  void Skipped(Step) override {}
  void Retrying(std::string_view, const CallFailure&, int) override {}
  std::vector<std::string> uploaded;
};

class PublishTest : public testing::Test {
 protected:
  PublishTest() {
    auto opened = platform::Platform::Open({.token = "T"}, fs, clock);
    EXPECT_TRUE(opened.ok());
    server = std::move(opened).value();
    transport = std::make_unique<Flaky>(*server);
    app.packages_json = "[]";
    app.files = {{"app.zip", "PK app", ""},
                 {"a.zip", "PK a", ""},
                 {"b.zip", "PK b", ""},
                 {"c.zip", "PK c", ""}};
    app.sha256 = "0123";
  }

  Outcome Run(Plan plan) {
    plan.app_id = "fc1";
    plan.description = "d";
    PlatformClient client(*transport,
                          {.platform_url = "http://p/",
                           .token = "T",
                           .retries = 3,
                           .sleep =
                               [this](int ms) {
                                 const std::lock_guard lock(transport->mutex);
                                 waits.push_back(ms);
                               },
                           .retrying = {}});
    return Publish(client, app, plan, progress);
  }

  static net::HttpResponse Busy(int status, std::string after = "") {
    net::HttpResponse response{status, {}, "<html><b>Bad</b> gateway"};
    if (!after.empty()) {
      response.headers.Add("Retry-After", std::move(after));
    }
    return response;
  }

  base::MemoryFileSystem fs;
  base::VirtualClock clock{0};
  std::unique_ptr<platform::Platform> server;
  std::unique_ptr<Flaky> transport;
  BuiltApp app;
  Quiet progress;
  std::vector<int> waits;
};

TEST_F(PublishTest, SendsTheAppFirstAndTheRestSideBySide) {
  const Outcome outcome = Run({.version = "1", .jobs = 3});
  EXPECT_FALSE(outcome.failure);
  EXPECT_EQ(transport->log[0], "GET latest?miniAppId=fc1");
  EXPECT_EQ(progress.uploaded.front(), "app.zip");
  EXPECT_THAT(progress.uploaded, testing::UnorderedElementsAre(
                                     "app.zip", "a.zip", "b.zip", "c.zip"));
  EXPECT_EQ(outcome.netdisk_ids.size(), 4U);
  EXPECT_TRUE(outcome.is_online);
}

TEST_F(PublishTest, WaitsLongerEachTimeAndAsLongAsAsked) {
  int failures = 3;
  transport->before = [&](const net::HttpRequest& request)
      -> std::optional<base::Result<net::HttpResponse>> {
    if (request.url.ends_with("upload") && failures > 0) {
      --failures;
      return failures == 0 ? Busy(503, "7") : Busy(502);
    }
    return std::nullopt;
  };
  EXPECT_FALSE(Run({.version = "1", .jobs = 1}).failure);
  EXPECT_THAT(waits, ElementsAre(500, 1000, 7000));
}

TEST_F(PublishTest, GivesUpWithTheLastReason) {
  transport->before = [&](const net::HttpRequest& request)
      -> std::optional<base::Result<net::HttpResponse>> {
    if (request.url.ends_with("build")) {
      return Busy(502);
    }
    return std::nullopt;
  };
  const Outcome outcome = Run({.version = "1"});
  ASSERT_TRUE(outcome.failure);
  EXPECT_EQ(outcome.failed_step, Step::kBuild);
  EXPECT_EQ(outcome.failure->message, "status 502, and no JSON: Bad gateway");
  EXPECT_EQ(waits.size(), 3U);
}

TEST_F(PublishTest, ARefusalIsNotTriedAgain) {
  transport->before = [&](const net::HttpRequest& request)
      -> std::optional<base::Result<net::HttpResponse>> {
    if (request.url.ends_with("upload")) {
      // As FinClip's client would take for success.
      return net::HttpResponse{
          200, {}, R"({"errcode":"FC_QUOTA","error":"full","data":{}})"};
    }
    return std::nullopt;
  };
  const Outcome outcome = Run({.version = "1"});
  ASSERT_TRUE(outcome.failure);
  EXPECT_EQ(outcome.failure->code, "FC_QUOTA");
  EXPECT_EQ(outcome.failure->message, "full");
  EXPECT_TRUE(waits.empty());
}

TEST_F(PublishTest, AnAnswerWithoutItsIdIsAFailure) {
  transport->before = [&](const net::HttpRequest& request)
      -> std::optional<base::Result<net::HttpResponse>> {
    if (request.url.ends_with("build")) {
      return net::HttpResponse{200, {}, R"({"errcode":"OK","data":{}})"};
    }
    return std::nullopt;
  };
  const Outcome outcome = Run({.version = "1"});
  ASSERT_TRUE(outcome.failure);
  EXPECT_EQ(outcome.failure->message,
            "the platform's answer has no `miniAppCompiledPackageId`");
}

TEST_F(PublishTest, AnApprovalWhoseAnswerWasLostCounts) {
  bool lost = false;
  transport->after = [&](const net::HttpRequest& request)
      -> std::optional<base::Result<net::HttpResponse>> {
    if (request.url.ends_with("operate") && !lost) {
      lost = true;
      return base::Result<net::HttpResponse>(
          base::Error{base::ErrorKind::kTimeout, "p did not answer"});
    }
    return std::nullopt;
  };
  const Outcome outcome = Run({.version = "1"});
  EXPECT_FALSE(outcome.failure);
  EXPECT_TRUE(lost);
  EXPECT_TRUE(outcome.is_online);
}

TEST_F(PublishTest, GoesOnWhereTheNetworkBroke) {
  transport->before = [&](const net::HttpRequest& request)
      -> std::optional<base::Result<net::HttpResponse>> {
    if (request.url.ends_with("withdraw-submit")) {
      return base::Result<net::HttpResponse>(
          base::Error{base::ErrorKind::kNetwork, "cannot reach p"});
    }
    return std::nullopt;
  };
  EXPECT_TRUE(Run({.version = "1"}).failure);
  transport->before = {};
  transport->log.clear();
  EXPECT_FALSE(Run({.version = "1"}).failure);
  EXPECT_THAT(
      transport->log,
      ElementsAre("GET latest?miniAppId=fc1", "POST withdraw-submit",
                  "GET ver1", "POST operate", "GET latest?miniAppId=fc1"));
}

TEST_F(PublishTest, StopsWhereItIsTold) {
  Run({.version = "1", .last_step = Step::kUpload});
  EXPECT_EQ(transport->log.size(), 5U);
  transport->log.clear();
  const Outcome outcome = Run({.version = "1", .last_step = Step::kSubmit});
  EXPECT_EQ(outcome.version_id, "ver1");
  EXPECT_EQ(transport->log.back(), "POST withdraw-submit");
}

TEST_F(PublishTest, APlatformThatKnowsNoLatestTakesAReleaseToo) {
  transport->before = [&](const net::HttpRequest& request)
      -> std::optional<base::Result<net::HttpResponse>> {
    if (request.url.find("latest") != std::string::npos) {
      return net::HttpResponse{404, {}, "not found"};
    }
    return std::nullopt;
  };
  EXPECT_FALSE(Run({.version = "1"}).failure);
}

}  // namespace
}  // namespace fcc::publish
