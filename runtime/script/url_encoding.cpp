// SPDX-License-Identifier: Apache-2.0

#include "runtime/script/url_internal.h"

namespace fcc::script::url {

void AppendEncoded(std::string& out, unsigned char byte) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  out += '%';
  out += kHex[byte >> 4];
  out += kHex[byte & 15];
}

void Encode(std::string& out, char c, std::string_view set) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte <= 0x1F || byte >= 0x7F || set.find(c) != std::string_view::npos) {
    AppendEncoded(out, byte);
  } else {
    out += c;
  }
}

std::string Encoded(std::string_view text, std::string_view set) {
  std::string out;
  for (const char c : text) {
    Encode(out, c, set);
  }
  return out;
}

int HexValue(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  c = static_cast<char>(c | 0x20);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::string Decoded(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && HexValue(text[i + 1]) >= 0 &&
        HexValue(text[i + 2]) >= 0) {
      out +=
          static_cast<char>(HexValue(text[i + 1]) * 16 + HexValue(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::vector<std::string_view> Split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (;;) {
    const size_t end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) {
      return parts;
    }
    text.remove_prefix(end + 1);
  }
}

}  // namespace fcc::script::url
