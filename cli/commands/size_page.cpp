// SPDX-License-Identifier: Apache-2.0
//
// A size report as one page that needs no other file: size_page.html, put into
// the program at build time, with the report in it.

#include "cli/commands/size_report.h"
#include "runtime/base/json.h"

namespace fcc::commands {

// From size_page.html.
extern const std::string_view kSizePage;

static std::string Escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '&':
        out += "&amp;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

static void AppendSizes(const std::map<std::string, uint64_t>& sizes,
                        std::string& out) {
  out += '{';
  for (const auto& [name, bytes] : sizes) {
    out += out.back() == '{' ? "" : ",";
    base::AppendJsonString(out, name);
    out += base::format(":{}", bytes);
  }
  out += '}';
}

// What the page needs of another build, `null` for none.
static std::string BeforeJson(const SizesBefore* before) {
  if (before == nullptr) {
    return "null";
  }
  std::string out = base::format("{{\"bytes\":{},\"packages\":", before->bytes);
  AppendSizes(before->packages, out);
  out += ",\"files\":";
  AppendSizes(before->files, out);
  return out + "}";
}

std::string SizeReportHtml(const SizeReport& report, const SizesBefore* before,
                           std::string_view title, bool chinese) {
  // AppendJsonString escapes `<`, so the data cannot end the script.
  std::string out;
  for (std::string_view rest = kSizePage; !rest.empty();) {
    const size_t at = std::min(rest.find('@'), rest.size());
    out += rest.substr(0, at);
    rest.remove_prefix(at);
    auto take = [&](std::string_view mark) {
      const bool found = rest.starts_with(mark);
      rest.remove_prefix(found ? mark.size() : 0);
      return found;
    };
    if (take("@TITLE@")) {
      out += Escaped(title);
    } else if (take("@LANG@")) {
      out += chinese ? "zh" : "en";
    } else if (take("@DATA@")) {
      out += SizeReportJson(report);
    } else if (take("@BEFORE@")) {
      out += BeforeJson(before);
    } else if (!rest.empty()) {
      out += rest.front();
      rest.remove_prefix(1);
    }
  }
  return out;
}

}  // namespace fcc::commands
