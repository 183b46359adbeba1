// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/host_services.h"

namespace fcc::app {

std::string_view LogLevelName(LogLevel level) {
  switch (level) {
    case LogLevel::kLog:
      return "log";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarn:
      return "warn";
    case LogLevel::kError:
      return "error";
    case LogLevel::kDebug:
      return "debug";
  }
  return "log";
}

const value::Value& ApiCall::Options() const {
  static const value::Value kNone;
  return arguments.empty() ? kNone : arguments.front();
}

}  // namespace fcc::app
