// SPDX-License-Identifier: Apache-2.0
//
// JUnit's XML: each report a failed test, so that a server which knows only
// tests shows them. Warnings and information count as passed, with their text.

#include "compiler/diagnostics/render_internal.h"
#include "compiler/diagnostics/xml_internal.h"

namespace fcc::diagnostics {

std::string RenderJunit(std::span<const Diagnostic> diagnostics,
                        const source::SourceSet& sources,
                        const RenderOptions& options) {
  size_t failures = 0;
  for (const Diagnostic& diagnostic : diagnostics) {
    failures += diagnostic.severity == Severity::kError;
  }
  std::string out = base::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites><testsuite name=\"fcc\" tests=\"{}\" failures=\"{}\">\n",
      diagnostics.size(), failures);
  for (const Diagnostic& diagnostic : diagnostics) {
    Place place =
        PlaceOf(diagnostic.location, diagnostic.path, sources, options);
    std::string_view code = InfoOf(diagnostic.kind).code;
    std::string message = XmlText(MessageOf(diagnostic, options.language));
    std::string at = base::format("{}:{}:{}", XmlText(place.path),
                                  place.begin.line, place.begin.column);
    out += base::format("<testcase classname=\"{}\" name=\"{} {}\">",
                        XmlText(place.path), code, at);
    if (diagnostic.severity == Severity::kError) {
      out += base::format("<failure type=\"{}\" message=\"{}\">{}</failure>",
                          code, message, at);
    } else {
      out += base::format("<system-out>{}: {}</system-out>",
                          SeverityName(diagnostic.severity), message);
    }
    out += "</testcase>\n";
  }
  return out + "</testsuite></testsuites>\n";
}

}  // namespace fcc::diagnostics
