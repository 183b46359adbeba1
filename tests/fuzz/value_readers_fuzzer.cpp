// SPDX-License-Identifier: Apache-2.0
//
// The readers of foreign bytes in runtime/base and runtime/value: JSON text and
// encoded messages. What is read must survive being written and read again.

#include <cstddef>
#include <cstdint>

#include "runtime/base/check.h"
#include "runtime/base/json.h"
#include "runtime/base/unicode.h"
#include "runtime/value/message.h"
#include "runtime/value/value_json.h"

using namespace fcc;  // NOLINT

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view input(reinterpret_cast<const char*>(data), size);
  base::JsonDocument document = base::ParseJson(input);
  if (document.ok()) {
    value::Value value = value::FromJson(*document.root);
    std::string text = value::ToJson(value);
    base::JsonDocument again = base::ParseJson(text);
    FCC_CHECK(again.ok());
    FCC_CHECK(value::ToJson(value::FromJson(*again.root)) == text);
  }
  if (auto value = value::DecodeMessage(input)) {
    auto bytes = value::EncodeMessage(*value);
    FCC_CHECK(bytes.ok());
    auto back = value::DecodeMessage(*bytes);
    FCC_CHECK(back.ok() && back->DeepEquals(*value));
    static_cast<void>(value->ToDisplayString());
  }
  static_cast<void>(base::FromUtf16(base::ToUtf16(input)));
  return 0;
}
