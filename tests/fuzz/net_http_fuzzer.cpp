// SPDX-License-Identifier: Apache-2.0
//
// The bodies and addresses that strangers send: the first line is a
// Content-Type, the rest a body; the whole is read as a URL and a query too.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "runtime/base/check.h"
#include "simulator/net/http.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace fcc::net;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const size_t end = text.find('\n');
  if (end != std::string_view::npos) {
    const auto parts = ReadMultipart(text.substr(0, end), text.substr(end + 1));
    if (parts) {
      // What was read is written back, and read as the same.
      const std::string boundary = MakeBoundary(*parts);
      const auto again =
          ReadMultipart("multipart/form-data; boundary=" + boundary,
                        WriteMultipart(*parts, boundary));
      FCC_CHECK(again.ok() && again->size() == parts->size());
      for (size_t at = 0; at < parts->size(); ++at) {
        FCC_CHECK((*again)[at].body == (*parts)[at].body);
      }
    }
  }
  if (const auto url = ParseUrl(text)) {
    FCC_CHECK(!url->authority.empty() && url->path.starts_with('/'));
  }
  QueryValue(text, "a");
  FCC_CHECK(PercentDecode(PercentEncode(text)) == text);
  return 0;
}
