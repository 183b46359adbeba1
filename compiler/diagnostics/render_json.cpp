// SPDX-License-Identifier: Apache-2.0
//
// Our own JSON form, stable: members are added, never renamed.

#include "compiler/diagnostics/render_internal.h"
#include "runtime/base/json.h"

namespace fcc::diagnostics {

static void Member(std::string& out, std::string_view key,
                   std::string_view text) {
  base::AppendJsonString(out, key);
  out += ':';
  base::AppendJsonString(out, text);
}

static void Position(std::string& out, const Place& place) {
  Member(out, "path", place.path);
  if (place.begin.line != 0) {
    out += base::format(
        ",\"line\":{},\"column\":{},\"endLine\":{},\"endColumn\":{}",
        place.begin.line, place.begin.column, place.end.line, place.end.column);
  }
}

static void One(std::string& out, const Diagnostic& diagnostic,
                const source::SourceSet& sources,
                const RenderOptions& options) {
  out += '{';
  Member(out, "code", InfoOf(diagnostic.kind).code);
  out += ',';
  Member(out, "severity", SeverityName(diagnostic.severity));
  out += ',';
  Member(out, "message", MessageOf(diagnostic, options.language));
  out += ',';
  Position(out,
           PlaceOf(diagnostic.location, diagnostic.path, sources, options));
  if (!diagnostic.labels.empty()) {
    out += ",\"labels\":[";
    for (size_t i = 0; i < diagnostic.labels.size(); ++i) {
      const Label& label = diagnostic.labels[i];
      out += i == 0 ? "{" : ",{";
      Member(out, "message", TextOf(label.text, options.language));
      out += ',';
      Position(out, PlaceOf(label.location, diagnostic.path, sources, options));
      out += '}';
    }
    out += ']';
  }
  if (!diagnostic.notes.empty()) {
    out += ",\"notes\":[";
    for (size_t i = 0; i < diagnostic.notes.size(); ++i) {
      out += i == 0 ? "" : ",";
      base::AppendJsonString(out,
                             TextOf(diagnostic.notes[i], options.language));
    }
    out += ']';
  }
  if (!diagnostic.fixes.empty()) {
    out += ",\"fixes\":[";
    for (size_t i = 0; i < diagnostic.fixes.size(); ++i) {
      const Fix& fix = diagnostic.fixes[i];
      out += i == 0 ? "{" : ",{";
      Member(out, "title", TextOf(fix.title, options.language));
      out += ',';
      Position(out, PlaceOf(fix.location, diagnostic.path, sources, options));
      out += ',';
      Member(out, "replacement", fix.replacement);
      out += base::format(",\"safe\":{}}}",
                          fix.safety == FixSafety::kSafe ? "true" : "false");
    }
    out += ']';
  }
  out += '}';
}

std::string RenderJson(std::span<const Diagnostic> diagnostics,
                       const source::SourceSet& sources,
                       const RenderOptions& options) {
  size_t errors = 0;
  size_t warnings = 0;
  std::string out = "{\"diagnostics\":[";
  for (size_t i = 0; i < diagnostics.size(); ++i) {
    out += i == 0 ? "\n" : ",\n";
    One(out, diagnostics[i], sources, options);
    errors += diagnostics[i].severity == Severity::kError;
    warnings += diagnostics[i].severity == Severity::kWarning;
  }
  out += diagnostics.empty() ? "]" : "\n]";
  out += base::format(",\"errors\":{},\"warnings\":{}}}\n", errors, warnings);
  return out;
}

}  // namespace fcc::diagnostics
