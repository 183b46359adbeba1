// SPDX-License-Identifier: Apache-2.0
//
// Checkstyle's XML, which most CI servers read: a <file> each, its <error>s.

#include "compiler/diagnostics/render_internal.h"
#include "compiler/diagnostics/xml_internal.h"

namespace fcc::diagnostics {

std::string RenderCheckstyle(std::span<const Diagnostic> diagnostics,
                             const source::SourceSet& sources,
                             const RenderOptions& options) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<checkstyle version=\"8.0\">\n";
  std::string open;
  bool any = false;
  for (const Diagnostic& diagnostic : diagnostics) {
    Place place =
        PlaceOf(diagnostic.location, diagnostic.path, sources, options);
    if (!any || place.path != open) {
      out += any ? "</file>\n" : "";
      out += base::format("<file name=\"{}\">\n", XmlText(place.path));
      open = place.path;
      any = true;
    }
    out += base::format(
        "<error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" "
        "source=\"fcc.{}\"/>\n",
        place.begin.line, place.begin.column, SeverityName(diagnostic.severity),
        XmlText(MessageOf(diagnostic, options.language)),
        InfoOf(diagnostic.kind).code);
  }
  out += any ? "</file>\n" : "";
  return out + "</checkstyle>\n";
}

}  // namespace fcc::diagnostics
