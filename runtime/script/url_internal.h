// SPDX-License-Identifier: Apache-2.0
//
// What the files of URLs share (url.h): percent encoding and hosts.

#ifndef FCC_RUNTIME_SCRIPT_URL_INTERNAL_H_
#define FCC_RUNTIME_SCRIPT_URL_INTERNAL_H_

#include <cctype>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fcc::script::url {

// --- Percent encoding (url_encoding.cpp) ---

// Characters beyond controls and non-ASCII that a part encodes.
inline constexpr std::string_view kFragmentSet = " \"<>`";
inline constexpr std::string_view kQuerySet = " \"#<>";
inline constexpr std::string_view kSpecialQuerySet = " \"#<>'";
inline constexpr std::string_view kPathSet = " \"#<>?^`{}";
inline constexpr std::string_view kUserSet = " \"#<>?^`{}/:;=@[\\]|";

// Appends `byte` as %XX.
void AppendEncoded(std::string& out, unsigned char byte);
// Appends `c`, encoded where it is a control, not ASCII or in `set`.
void Encode(std::string& out, char c, std::string_view set);
std::string Encoded(std::string_view text, std::string_view set);
// Sequences that are no encoding stay as they are.
std::string Decoded(std::string_view text);
// -1 when it is no digit.
int HexValue(char c);

inline bool IsAlpha(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}
inline bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
inline char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}
std::vector<std::string_view> Split(std::string_view text, char at);

// --- Hosts (url_host.cpp) ---

// As it is written: IPv4 in decimal, IPv6 shortened and in brackets, domains in
// lower case. `special`: of a scheme that names servers.
std::optional<std::string> ParseHost(std::string_view text, bool special);

}  // namespace fcc::script::url

#endif  // FCC_RUNTIME_SCRIPT_URL_INTERNAL_H_
