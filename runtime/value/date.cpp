// SPDX-License-Identifier: Apache-2.0

#include "runtime/value/date.h"

#include <cmath>
#include <ctime>

#include "runtime/base/format.h"

namespace fcc::value {

std::string DateToDisplayString(double ms) {
  // The range of ECMA-262 time values.
  if (!(std::fabs(ms) <= 8.64e15)) {
    return "Invalid Date";
  }
  std::time_t seconds = static_cast<std::time_t>(std::floor(ms / 1000));
  std::tm parts{};
  localtime_r(&seconds, &parts);
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed",
                                          "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr",
                                            "May", "Jun", "Jul", "Aug",
                                            "Sep", "Oct", "Nov", "Dec"};
  long offset = parts.tm_gmtoff / 60;
  return base::format(
      "{} {} {:02} {:04} {:02}:{:02}:{:02} GMT{}{:02}{:02} ({})",
      kDays[parts.tm_wday], kMonths[parts.tm_mon], parts.tm_mday,
      parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec,
      offset < 0 ? '-' : '+', std::labs(offset) / 60, std::labs(offset) % 60,
      parts.tm_zone);
}

std::string DateToIsoString(double ms) {
  if (!(std::fabs(ms) <= 8.64e15)) {
    return "";
  }
  double whole = std::floor(ms / 1000);
  std::time_t seconds = static_cast<std::time_t>(whole);
  int millis = static_cast<int>(ms - whole * 1000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  int year = parts.tm_year + 1900;
  std::string shown =
      year >= 0 && year <= 9999
          ? base::format("{:04}", year)
          : base::format("{}{:06}", year < 0 ? '-' : '+', std::abs(year));
  return base::format("{}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", shown,
                      parts.tm_mon + 1, parts.tm_mday, parts.tm_hour,
                      parts.tm_min, parts.tm_sec, millis);
}

}  // namespace fcc::value
