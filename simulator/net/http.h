// SPDX-License-Identifier: Apache-2.0
//
// An HTTP exchange as data. The client, the server, and whatever stands between
// them in a test pass these around.

#ifndef FCC_SIMULATOR_NET_HTTP_H_
#define FCC_SIMULATOR_NET_HTTP_H_

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/result.h"

namespace fcc::net {

// In the order written; names compare without case.
class Headers {
 public:
  using Entry = std::pair<std::string, std::string>;
  Headers() = default;
  Headers(std::initializer_list<Entry> entries) : entries_(entries) {}

  void Add(std::string name, std::string value) {
    entries_.emplace_back(std::move(name), std::move(value));
  }
  // The first of that name; empty when there is none.
  std::string_view Get(std::string_view name) const;
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  std::vector<Entry> entries_;
};

struct HttpRequest {
  std::string method = "GET";
  // A client's: a whole URL. A server's: path and query as they came.
  std::string url = {};
  Headers headers = {};
  std::string body = {};
  // A client's: 0 for the transport's own limit.
  int timeout_ms = 0;
};

struct HttpResponse {
  int status = 200;
  Headers headers = {};
  std::string body = {};
};

// Answers a request. Servers call it from several threads at once.
using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

// The way out. Threads may share a transport.
class HttpTransport {
 public:
  virtual ~HttpTransport() = default;
  // Any answer is a success, whatever its status. Fails with kNetwork (no
  // connection, name or certificate), kTimeout or kLimit (answer too large).
  virtual base::Result<HttpResponse> Send(const HttpRequest& request) = 0;
};

// Hands every request to a handler in this process, as a server of that origin
// would get it: for tests.
class HandlerTransport : public HttpTransport {
 public:
  explicit HandlerTransport(HttpHandler handler)
      : handler_(std::move(handler)) {}
  base::Result<HttpResponse> Send(const HttpRequest& request) override;

 private:
  HttpHandler handler_;
};

// ---- URLs and bodies

struct Url {
  // "http" or "https".
  std::string scheme;
  // With the port where one is written.
  std::string authority;
  // Starts with "/"; as written, so still percent-encoded.
  std::string path;
  // Without the "?".
  std::string query;
};

// Absolute http and https URLs; the message says what is wrong.
base::Result<Url> ParseUrl(std::string_view text);
// `base` and `path` with one slash between them.
std::string JoinUrl(std::string_view base, std::string_view path);
std::string PercentDecode(std::string_view text);
// Everything but unreserved characters is encoded.
std::string PercentEncode(std::string_view text);
// The decoded value of one name in "a=1&b=2"; empty when it is not there.
std::string QueryValue(std::string_view query, std::string_view name);

// One part of a multipart/form-data body.
struct FormPart {
  std::string name;
  // Empty for a plain field.
  std::string file_name = {};
  std::string content_type = {};
  std::string body = {};
};

// `boundary` must not occur in any part; MakeBoundary finds one.
std::string MakeBoundary(const std::vector<FormPart>& parts);
std::string WriteMultipart(const std::vector<FormPart>& parts,
                           std::string_view boundary);
// Reads a body by its Content-Type header; kCorrupt when it is none or broken.
base::Result<std::vector<FormPart>> ReadMultipart(std::string_view content_type,
                                                  std::string_view body);

std::string_view StatusPhrase(int status);

}  // namespace fcc::net

#endif  // FCC_SIMULATOR_NET_HTTP_H_
