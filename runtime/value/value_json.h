// SPDX-License-Identifier: Apache-2.0
//
// Values from and to JSON text.

#ifndef FCC_RUNTIME_VALUE_VALUE_JSON_H_
#define FCC_RUNTIME_VALUE_VALUE_JSON_H_

#include <string>

#include "runtime/base/json.h"
#include "runtime/value/value.h"

namespace fcc::value {

Value FromJson(const base::JsonNode& node);

// As JSON.stringify: members whose value is undefined or a function are left
// out, in arrays they become null; dates become their ISO text; `indent` spaces
// a level, 0 for none. Undefined itself gives "null".
std::string ToJson(const Value& value, int indent = 0);

}  // namespace fcc::value

#endif  // FCC_RUNTIME_VALUE_VALUE_JSON_H_
