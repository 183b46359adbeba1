// SPDX-License-Identifier: Apache-2.0
//
// An HTTP/1.1 server on the loopback interface, for the servers that stand on a
// developer's machine (platform, automator, preview). It never listens on
// another interface: nothing here is hardened against strangers.

#ifndef FCC_SIMULATOR_NET_HTTP_SERVER_H_
#define FCC_SIMULATOR_NET_HTTP_SERVER_H_

#include <cstdint>
#include <memory>

#include "simulator/net/http.h"

namespace fcc::net {

struct HttpServerOptions {
  // 0: any free one.
  uint16_t port = 0;
  int threads = 2;
  // A larger request is answered with 413.
  uint64_t max_body_bytes = uint64_t{256} << 20;
  // Silence of the other side, after which the connection is closed.
  int idle_ms = 30000;
};

class HttpServer {
 public:
  // Listening on return. Fails with kExists when the port is taken.
  static base::Result<std::unique_ptr<HttpServer>> Start(
      const HttpServerOptions& options, HttpHandler handler);
  virtual ~HttpServer() = default;

  virtual uint16_t port() const = 0;
  // Closes every connection and ends the threads; answers under way are cut.
  virtual void Stop() = 0;
};

}  // namespace fcc::net

#endif  // FCC_SIMULATOR_NET_HTTP_SERVER_H_
