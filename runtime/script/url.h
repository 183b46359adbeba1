// SPDX-License-Identifier: Apache-2.0
//
// URLs as the WHATWG standard parses and writes them, for URL and
// URLSearchParams. Differs: hosts beyond ASCII are refused, for there is no
// table of IDNA here; their Punycode form is taken.

#ifndef FCC_RUNTIME_SCRIPT_URL_H_
#define FCC_RUNTIME_SCRIPT_URL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fcc::script {

// All text is UTF-8, percent-encoded where the standard wants it.
struct Url {
  std::string scheme;
  std::string username;
  std::string password;
  // Serialized: IPv6 addresses in brackets.
  std::optional<std::string> host;
  std::optional<uint16_t> port;
  // Segments; the whole path when it is opaque (`mailto:x`).
  std::vector<std::string> path;
  bool opaque = false;
  std::optional<std::string> query;
  std::optional<std::string> fragment;

  bool IsSpecial() const;
  std::string Href() const;
  // `scheme://host:port`, or "null".
  std::string Origin() const;
  // host:port
  std::string Host() const;
  std::string Pathname() const;
};

// `base` may be null.
std::optional<Url> ParseUrl(std::string_view text, const Url* base);

// The setters of URL: what cannot be is left as it was.
enum class UrlPart {
  kProtocol,
  kUsername,
  kPassword,
  kHost,
  kHostname,
  kPort,
  kPathname,
  kSearch,
  kHash,
};
void SetUrlPart(Url& url, UrlPart part, std::string_view value);

// application/x-www-form-urlencoded
using UrlPairs = std::vector<std::pair<std::string, std::string>>;
UrlPairs ParseUrlPairs(std::string_view query);
std::string WriteUrlPairs(const UrlPairs& pairs);

}  // namespace fcc::script

#endif  // FCC_RUNTIME_SCRIPT_URL_H_
