// SPDX-License-Identifier: Apache-2.0
//
// A platform to publish to, on this machine: it answers the requests of
// FinClip's own client (docs/platform.md lists them) and keeps what it is
// given.
//
// In: HTTP requests as data. Out: their answers. It opens no socket; a server
// (net::HttpServer) or a test hands requests over. What it answered with
// success is on disk, whatever kills the process next: rows in SQLite, written
// in one transaction a request, and files by content, renamed into place.

#ifndef FCC_SIMULATOR_PLATFORM_PLATFORM_H_
#define FCC_SIMULATOR_PLATFORM_PLATFORM_H_

#include <memory>
#include <string>
#include <vector>

#include "runtime/base/clock.h"
#include "runtime/base/file_system.h"
#include "runtime/base/result.h"
#include "simulator/net/http.h"

namespace fcc::platform {

struct PlatformOptions {
  // Where it keeps things. Empty: the database is in memory and lost with the
  // platform; files go to the file system's /platform.
  std::string data_directory = {};
  // The one secret it accepts.
  std::string token = {};
  // The mini programs it knows; empty for any.
  std::vector<std::string> apps = {};
};

class Platform {
 public:
  // `fs` and `clock` must outlive it.
  static base::Result<std::unique_ptr<Platform>> Open(
      const PlatformOptions& options, base::FileSystem& fs, base::Clock& clock);
  virtual ~Platform() = default;

  // Safe from several threads. Always answers; a failure of the disk is a 500
  // with errcode INTERNAL.
  virtual net::HttpResponse Handle(const net::HttpRequest& request) = 0;
};

}  // namespace fcc::platform

#endif  // FCC_SIMULATOR_PLATFORM_PLATFORM_H_
