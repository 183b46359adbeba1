// SPDX-License-Identifier: Apache-2.0
//
// Our client against our server, over the loopback interface.

#include "simulator/net/http_server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "runtime/base/format.h"
#include "simulator/net/curl_transport.h"

namespace fcc::net {
namespace {

struct Pair {
  explicit Pair(HttpHandler handler, HttpServerOptions options = {}) {
    auto started = HttpServer::Start(options, std::move(handler));
    EXPECT_TRUE(started.ok());
    server = std::move(started).value();
    base = base::format("http://127.0.0.1:{}", server->port());
  }
  std::unique_ptr<HttpServer> server;
  std::string base;
  CurlTransport client{CurlOptions{.timeout_ms = 5000}};
};

TEST(HttpServer, CarriesARequestAndItsAnswer) {
  HttpRequest seen;
  Pair pair([&](const HttpRequest& request) {
    seen = request;
    return HttpResponse{409, {{"X-Answer", "yes"}}, std::string("a\0b", 3)};
  });
  const auto answer = pair.client.Send({.method = "POST",
                                        .url = pair.base + "/a%20b?c=d",
                                        .headers = {{"X-Ask", "me"}},
                                        .body = std::string("1\0002", 3)});
  ASSERT_TRUE(answer.ok()) << answer.error().message;
  EXPECT_EQ(answer->status, 409);
  EXPECT_EQ(answer->headers.Get("x-answer"), "yes");
  EXPECT_EQ(answer->body, std::string("a\0b", 3));
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.url, "/a%20b?c=d");
  EXPECT_EQ(seen.headers.Get("X-Ask"), "me");
  EXPECT_EQ(seen.body, std::string("1\0002", 3));
}

TEST(HttpServer, ServesSeveralAtOnce) {
  std::atomic<int> count = 0;
  Pair pair([&](const HttpRequest& request) {
    ++count;
    return HttpResponse{200, {}, request.body};
  });
  std::vector<std::thread> threads;
  for (int at = 0; at < 4; ++at) {
    threads.emplace_back([&, at] {
      const std::string body(static_cast<size_t>(at) * 300000, 'x');
      for (int round = 0; round < 5; ++round) {
        const auto answer = pair.client.Send(
            {.method = "POST", .url = pair.base + "/", .body = body});
        EXPECT_TRUE(answer.ok() && answer->body == body);
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(count, 20);
}

TEST(HttpServer, RefusesABodyThatIsTooLarge) {
  Pair pair([](const HttpRequest&) { return HttpResponse{}; },
            {.max_body_bytes = 10});
  const auto answer = pair.client.Send({.method = "POST",
                                        .url = pair.base + "/",
                                        .body = std::string(1000, 'x')});
  ASSERT_TRUE(answer.ok()) << answer.error().message;
  EXPECT_EQ(answer->status, 413);
}

TEST(HttpServer, SaysThatThePortIsTaken) {
  Pair pair([](const HttpRequest&) { return HttpResponse{}; });
  const auto second =
      HttpServer::Start({.port = pair.server->port()},
                        [](const HttpRequest&) { return HttpResponse{}; });
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().kind, base::ErrorKind::kExists);
}

TEST(CurlTransport, NamesTheHostThatDoesNotAnswer) {
  Pair pair([](const HttpRequest&) { return HttpResponse{}; });
  pair.server.reset();
  const auto answer = pair.client.Send({.url = pair.base + "/"});
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().kind, base::ErrorKind::kNetwork);
  EXPECT_NE(answer.error().message.find("127.0.0.1"), std::string::npos);
}

}  // namespace
}  // namespace fcc::net
