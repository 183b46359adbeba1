// SPDX-License-Identifier: Apache-2.0
//
// Workflow commands as GitHub documents them:
//   ::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::message
// In values `%`, CR and LF are escaped; in properties `:` and `,` too.

#include "compiler/diagnostics/render_internal.h"

namespace fcc::diagnostics {

static std::string Escaped(std::string_view text, bool property) {
  std::string out;
  for (char c : text) {
    if (c == '%') {
      out += "%25";
    } else if (c == '\r') {
      out += "%0D";
    } else if (c == '\n') {
      out += "%0A";
    } else if (property && c == ':') {
      out += "%3A";
    } else if (property && c == ',') {
      out += "%2C";
    } else {
      out += c;
    }
  }
  return out;
}

std::string RenderGithub(std::span<const Diagnostic> diagnostics,
                         const source::SourceSet& sources,
                         const RenderOptions& options) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics) {
    switch (diagnostic.severity) {
      case Severity::kInfo:
        out += "::notice ";
        break;
      case Severity::kWarning:
        out += "::warning ";
        break;
      case Severity::kError:
        out += "::error ";
        break;
    }
    Place place =
        PlaceOf(diagnostic.location, diagnostic.path, sources, options);
    if (!place.path.empty()) {
      out += base::format("file={},", Escaped(place.path, true));
    }
    if (place.begin.line != 0) {
      out += base::format("line={},col={},endLine={},endColumn={},",
                          place.begin.line, place.begin.column, place.end.line,
                          place.end.column);
    }
    out += base::format("title={}::", InfoOf(diagnostic.kind).code);
    std::string message = MessageOf(diagnostic, options.language);
    for (const Words& note : diagnostic.notes) {
      message += '\n';
      message += TextOf(note, options.language);
    }
    out += Escaped(message, false);
    out += '\n';
  }
  return out;
}

}  // namespace fcc::diagnostics
