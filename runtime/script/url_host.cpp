// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

#include "runtime/script/url_internal.h"

namespace fcc::script::url {

// A part of an IPv4 address; -1 when it is no number.
static double ParseIpv4Number(std::string_view text) {
  int radix = 10;
  if (text.size() >= 2 && text[0] == '0' && Lower(text[1]) == 'x') {
    text.remove_prefix(2);
    radix = 16;
  } else if (text.size() >= 2 && text[0] == '0') {
    text.remove_prefix(1);
    radix = 8;
  }
  double value = 0;
  for (const char c : text) {
    const int digit = HexValue(c);
    if (digit < 0 || digit >= radix) {
      return -1;
    }
    value = value * radix + digit;
  }
  return value;
}

// The parts of a host whose last one is a number, which must be an address.
static bool EndsInNumber(std::vector<std::string_view>& parts) {
  if (parts.back().empty() && parts.size() > 1) {
    parts.pop_back();
  }
  const std::string_view last = parts.back();
  if (!last.empty() && std::all_of(last.begin(), last.end(), IsDigit)) {
    return true;
  }
  return !last.empty() && last.size() >= 2 && last[0] == '0' &&
         Lower(last[1]) == 'x' && ParseIpv4Number(last) >= 0;
}

static std::optional<std::string> ParseIpv4(
    const std::vector<std::string_view>& parts) {
  if (parts.size() > 4) {
    return std::nullopt;
  }
  uint64_t address = 0;
  for (size_t i = 0; i < parts.size(); ++i) {
    const double number = parts[i].empty() ? -1 : ParseIpv4Number(parts[i]);
    const bool last = i + 1 == parts.size();
    // The last one fills what the others leave.
    const double limit =
        last ? static_cast<double>(uint64_t{1} << (8 * (5 - parts.size())))
             : 256.0;
    if (number < 0 || number >= limit) {
      return std::nullopt;
    }
    const auto value = static_cast<uint64_t>(number);
    address += last ? value : value << (8 * (3 - i));
  }
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) {
    out += std::to_string((address >> shift) & 255);
    out += shift > 0 ? "." : "";
  }
  return out;
}

static std::optional<std::array<uint16_t, 8>> ParseIpv6(std::string_view text) {
  std::array<uint16_t, 8> pieces{};
  size_t count = 0;
  std::optional<size_t> compress;
  size_t at = 0;
  if (text.starts_with(':')) {
    if (!text.starts_with("::")) {
      return std::nullopt;
    }
    at = 2;
    compress = ++count;
  }
  while (at < text.size()) {
    if (count == 8) {
      return std::nullopt;
    }
    if (text[at] == ':') {
      if (compress) {
        return std::nullopt;
      }
      ++at;
      compress = ++count;
      continue;
    }
    unsigned value = 0;
    size_t length = 0;
    while (length < 4 && at < text.size() && HexValue(text[at]) >= 0) {
      value = value * 16 + static_cast<unsigned>(HexValue(text[at++]));
      ++length;
    }
    if (at < text.size() && text[at] == '.') {
      // The last 32 bits as an IPv4 address, in decimal.
      if (length == 0 || count > 6) {
        return std::nullopt;
      }
      at -= length;
      const std::vector<std::string_view> parts = Split(text.substr(at), '.');
      if (parts.size() != 4) {
        return std::nullopt;
      }
      for (size_t i = 0; i < 4; ++i) {
        const std::string_view part = parts[i];
        if (part.empty() || part.size() > 3 ||
            !std::all_of(part.begin(), part.end(), IsDigit) ||
            (part.size() > 1 && part[0] == '0')) {
          return std::nullopt;
        }
        const int number = std::stoi(std::string(part));
        if (number > 255) {
          return std::nullopt;
        }
        pieces[count] = static_cast<uint16_t>(pieces[count] * 256 + number);
        count += i & 1;
      }
      break;
    }
    if (at < text.size()) {
      if (text[at] != ':' || ++at == text.size()) {
        return std::nullopt;
      }
    } else if (length == 0) {
      return std::nullopt;
    }
    pieces[count++] = static_cast<uint16_t>(value);
  }
  if (compress) {
    const size_t moved = count - *compress;
    std::move_backward(pieces.begin() + static_cast<long>(*compress),
                       pieces.begin() + static_cast<long>(*compress + moved),
                       pieces.end());
    std::fill(pieces.begin() + static_cast<long>(*compress),
              pieces.end() - static_cast<long>(moved), uint16_t{0});
  } else if (count != 8) {
    return std::nullopt;
  }
  return pieces;
}

static std::string WriteIpv6(const std::array<uint16_t, 8>& pieces) {
  size_t best = 8;
  size_t best_length = 1;
  for (size_t i = 0; i < 8;) {
    size_t end = i;
    while (end < 8 && pieces[end] == 0) {
      ++end;
    }
    if (end - i > best_length) {
      best = i;
      best_length = end - i;
    }
    i = end + 1;
  }
  std::string out = "[";
  for (size_t i = 0; i < 8; ++i) {
    if (i == best) {
      out += i == 0 ? "::" : ":";
      i += best_length - 1;
      continue;
    }
    char digits[5];
    std::snprintf(digits, sizeof(digits), "%x", pieces[i]);
    out += digits;
    out += i < 7 ? ":" : "";
  }
  return out + "]";
}

std::optional<std::string> ParseHost(std::string_view text, bool special) {
  if (text.starts_with('[')) {
    if (!text.ends_with(']')) {
      return std::nullopt;
    }
    const auto pieces = ParseIpv6(text.substr(1, text.size() - 2));
    return pieces ? std::optional(WriteIpv6(*pieces)) : std::nullopt;
  }
  static constexpr std::string_view kForbidden =
      std::string_view("\0\t\n\r #/:<>?@[\\]^|", 17);
  if (!special) {
    if (text.find_first_of(kForbidden) != std::string_view::npos) {
      return std::nullopt;
    }
    return Encoded(text, "");
  }
  std::string domain = Decoded(text);
  for (char& c : domain) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x1F || byte >= 0x7F || c == '%' ||
        kForbidden.find(c) != std::string_view::npos) {
      return std::nullopt;
    }
    c = Lower(c);
  }
  if (domain.empty()) {
    return std::nullopt;
  }
  std::vector<std::string_view> parts = Split(domain, '.');
  if (EndsInNumber(parts)) {
    return ParseIpv4(parts);
  }
  return domain;
}

}  // namespace fcc::script::url
