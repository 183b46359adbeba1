// SPDX-License-Identifier: Apache-2.0
//
// Dates outside of a script heap.

#ifndef FCC_RUNTIME_VALUE_DATE_H_
#define FCC_RUNTIME_VALUE_DATE_H_

#include <string>

namespace fcc::value {

// ECMA-262 ToDateString in the process's time zone:
// "Thu Jan 01 1970 08:00:00 GMT+0800 (CST)"; "Invalid Date" for NaN.
std::string DateToDisplayString(double ms);
// "1970-01-01T00:00:00.000Z"; "" for NaN.
std::string DateToIsoString(double ms);

}  // namespace fcc::value

#endif  // FCC_RUNTIME_VALUE_DATE_H_
