// SPDX-License-Identifier: Apache-2.0
//
// application/x-www-form-urlencoded: what URLSearchParams holds.

#include <algorithm>

#include "runtime/base/unicode.h"
#include "runtime/script/url.h"
#include "runtime/script/url_internal.h"

namespace fcc::script {

using url::AppendEncoded;
using url::Decoded;
using url::IsAlpha;
using url::IsDigit;
using url::Split;

static std::string FormDecoded(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  // Bytes that are no UTF-8 become U+FFFD.
  const std::string bytes = Decoded(spaced);
  std::string out;
  for (size_t at = 0; at < bytes.size();) {
    const base::DecodedCodePoint decoded = base::DecodeUtf8(bytes, at);
    base::AppendUtf8(out, decoded.valid ? decoded.code_point : 0xFFFD);
    at += decoded.size;
  }
  return out;
}

UrlPairs ParseUrlPairs(std::string_view query) {
  UrlPairs pairs;
  for (const std::string_view part : Split(query, '&')) {
    if (part.empty()) {
      continue;
    }
    const size_t equals = part.find('=');
    pairs.emplace_back(FormDecoded(part.substr(0, equals)),
                       equals == std::string_view::npos
                           ? ""
                           : FormDecoded(part.substr(equals + 1)));
  }
  return pairs;
}

static void AppendForm(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == ' ') {
      out += '+';
    } else if (IsDigit(c) ||
               (static_cast<unsigned char>(c) < 0x80 && IsAlpha(c)) ||
               c == '*' || c == '-' || c == '.' || c == '_') {
      out += c;
    } else {
      AppendEncoded(out, static_cast<unsigned char>(c));
    }
  }
}

std::string WriteUrlPairs(const UrlPairs& pairs) {
  std::string out;
  for (const auto& [name, value] : pairs) {
    out += out.empty() ? "" : "&";
    AppendForm(out, name);
    out += '=';
    AppendForm(out, value);
  }
  return out;
}

}  // namespace fcc::script
