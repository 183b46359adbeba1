// SPDX-License-Identifier: Apache-2.0

#ifndef FCC_COMPILER_DIAGNOSTICS_XML_INTERNAL_H_
#define FCC_COMPILER_DIAGNOSTICS_XML_INTERNAL_H_

#include <string>
#include <string_view>

namespace fcc::diagnostics {

// Text as it may stand in an attribute or between tags. What XML 1.0 cannot
// hold at all (control characters) becomes `?`.
inline std::string XmlText(std::string_view text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
        out += "&#10;";
        break;
      default:
        out += static_cast<unsigned char>(c) < 0x20 && c != '\t' ? '?' : c;
        break;
    }
  }
  return out;
}

}  // namespace fcc::diagnostics

#endif  // FCC_COMPILER_DIAGNOSTICS_XML_INTERNAL_H_
