// SPDX-License-Identifier: Apache-2.0
//
// Values as bytes: how they cross threads and processes, and how storage keeps
// them. One tag byte a value, then
//   number, date   8 bytes, IEEE 754, little-endian
//   function       two varints: heap, id
//   string, bytes  varint length, then the bytes
//   regexp         two strings without tags: source, flags
//   array          varint count, then the items
//   object         varint count, then key (string without tag) and value each
// Varints are unsigned LEB128 of at most 5 bytes. The reader trusts nothing:
// counts are bounded by the bytes that are left, depth by kMaxDepth.

#ifndef FCC_RUNTIME_VALUE_MESSAGE_H_
#define FCC_RUNTIME_VALUE_MESSAGE_H_

#include <string>
#include <string_view>

#include "runtime/base/result.h"
#include "runtime/value/value.h"

namespace fcc::value {

inline constexpr int kMaxDepth = 1000;

// Values deeper than kMaxDepth fail with kLimit.
base::Result<std::string> EncodeMessage(const Value& value);
base::Result<Value> DecodeMessage(std::string_view bytes);

}  // namespace fcc::value

#endif  // FCC_RUNTIME_VALUE_MESSAGE_H_
