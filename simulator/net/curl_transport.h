// SPDX-License-Identifier: Apache-2.0
//
// The real way out: libcurl, with the proxies of the environment, the system's
// certificates, and connections kept for the next request.

#ifndef FCC_SIMULATOR_NET_CURL_TRANSPORT_H_
#define FCC_SIMULATOR_NET_CURL_TRANSPORT_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "simulator/net/http.h"

namespace fcc::net {

struct CurlOptions {
  std::string user_agent = "fcc";
  int connect_timeout_ms = 10000;
  // Of one exchange, where the request names none.
  int timeout_ms = 60000;
  uint64_t max_answer_bytes = uint64_t{256} << 20;
  // A PEM file to trust besides the system's store; empty for none.
  std::string ca_file = {};
};

class CurlTransport : public HttpTransport {
 public:
  explicit CurlTransport(CurlOptions options);
  ~CurlTransport() override;
  CurlTransport(const CurlTransport&) = delete;
  CurlTransport& operator=(const CurlTransport&) = delete;

  // Follows no redirect: a platform that redirects would be sent the token
  // elsewhere.
  base::Result<HttpResponse> Send(const HttpRequest& request) override;

 private:
  void* Borrow();
  void Return(void* handle);

  CurlOptions options_;
  std::mutex mutex_;
  std::vector<void*> idle_;
};

}  // namespace fcc::net

#endif  // FCC_SIMULATOR_NET_CURL_TRANSPORT_H_
