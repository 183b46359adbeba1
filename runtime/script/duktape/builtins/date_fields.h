// SPDX-License-Identifier: Apache-2.0
//
// A time value in the parts that people write.

#ifndef FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_DATE_FIELDS_H_
#define FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_DATE_FIELDS_H_

#include <string>

#include "runtime/script/duktape/engine.h"

namespace fcc::script {

struct DateFields {
  double year = 0;
  int month = 1;  // 1 to 12
  int day = 1;
  int weekday = 0;  // 0: Sunday
  int hour = 0;
  int minute = 0;
  int second = 0;
  int millisecond = 0;
  // East of Greenwich, and the zone's abbreviation.
  int offset_minutes = 0;
  std::string zone = "UTC";
};

// `ms` must be finite. In the process's zone unless `utc`.
DateFields LocalFields(double ms, bool utc);

// The time value of `this`, which must be a Date; may be NaN.
double ThisDate(duk_context* ctx, const char* method);

}  // namespace fcc::script

#endif  // FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_DATE_FIELDS_H_
