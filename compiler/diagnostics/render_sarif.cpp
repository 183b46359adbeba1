// SPDX-License-Identifier: Apache-2.0
//
// SARIF 2.1.0 (OASIS): one run, the rules that were reported, a result each.

#include <algorithm>
#include <map>

#include "compiler/diagnostics/render_internal.h"
#include "runtime/base/json.h"

namespace fcc::diagnostics {

static std::string Quoted(std::string_view text) {
  std::string out;
  base::AppendJsonString(out, text);
  return out;
}

// A path as a URI reference (RFC 3986): everything but unreserved characters
// and `/` is percent-encoded.
static std::string UriOf(std::string_view path) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (unsigned char c : path) {
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                 (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
                 c == '~' || c == '/';
    if (plain) {
      out += static_cast<char>(c);
    } else {
      out += '%';
      out += kDigits[c >> 4];
      out += kDigits[c & 15];
    }
  }
  return out;
}

static std::string_view LevelOf(Severity severity) {
  switch (severity) {
    case Severity::kInfo:
      return "note";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      return "error";
  }
  FCC_CHECK(false);
}

static std::string RegionJson(const Place& place) {
  return base::format(
      "{{\"startLine\":{},\"startColumn\":{},\"endLine\":{},\"endColumn\":{}}}",
      place.begin.line, place.begin.column, place.end.line, place.end.column);
}

// Section 3.55: the text to put in the place of another.
static std::string FixJson(const Fix& fix, const Place& place,
                           Language language) {
  return base::format(
      "{{\"description\":{{\"text\":{}}},\"artifactChanges\":[{{"
      "\"artifactLocation\":{{\"uri\":{}}},\"replacements\":[{{"
      "\"deletedRegion\":{},\"insertedContent\":{{\"text\":{}}}}}]}}]}}",
      Quoted(TextOf(fix.title, language)), Quoted(UriOf(place.path)),
      RegionJson(place), Quoted(fix.replacement));
}

static std::string LocationJson(const Place& place, std::string_view message) {
  std::string out = "{\"physicalLocation\":{\"artifactLocation\":{\"uri\":";
  out += Quoted(UriOf(place.path));
  out += "}";
  if (place.begin.line != 0) {
    out += ",\"region\":" + RegionJson(place);
  }
  out += "}";
  if (!message.empty()) {
    out += base::format(",\"message\":{{\"text\":{}}}", Quoted(message));
  }
  return out + "}";
}

std::string RenderSarif(std::span<const Diagnostic> diagnostics,
                        const source::SourceSet& sources,
                        const RenderOptions& options) {
  bool chinese = options.language == Language::kChinese;
  std::map<std::string_view, const KindInfo*> rules;
  for (const Diagnostic& diagnostic : diagnostics) {
    const KindInfo& info = InfoOf(diagnostic.kind);
    rules[info.code] = &info;
  }
  std::string out =
      "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","
      "\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"fcc\","
      "\"rules\":[";
  bool first = true;
  for (const auto& [code, info] : rules) {
    out += first ? "\n" : ",\n";
    first = false;
    out += base::format(
        "{{\"id\":{},\"name\":{},\"fullDescription\":{{\"text\":{}}},"
        "\"defaultConfiguration\":{{\"level\":\"{}\"}}}}",
        Quoted(code), Quoted(info->symbol),
        Quoted(chinese ? info->help_zh : info->help), LevelOf(info->severity));
  }
  out += "]}},\"columnKind\":\"unicodeCodePoints\",\"results\":[";
  first = true;
  for (const Diagnostic& diagnostic : diagnostics) {
    out += first ? "\n" : ",\n";
    first = false;
    Place place =
        PlaceOf(diagnostic.location, diagnostic.path, sources, options);
    out += base::format(
        "{{\"ruleId\":{},\"level\":\"{}\",\"message\":{{\"text\":{}}},"
        "\"locations\":[{}]",
        Quoted(InfoOf(diagnostic.kind).code), LevelOf(diagnostic.severity),
        Quoted(MessageOf(diagnostic, options.language)),
        place.path.empty() ? "" : LocationJson(place, {}));
    if (!diagnostic.labels.empty()) {
      out += ",\"relatedLocations\":[";
      for (size_t i = 0; i < diagnostic.labels.size(); ++i) {
        const Label& label = diagnostic.labels[i];
        out += i == 0 ? "" : ",";
        out += LocationJson(
            PlaceOf(label.location, diagnostic.path, sources, options),
            TextOf(label.text, options.language));
      }
      out += "]";
    }
    std::string fixes;
    for (const Fix& fix : diagnostic.fixes) {
      Place changed = PlaceOf(fix.location, {}, sources, options);
      if (changed.begin.line != 0) {
        fixes += (fixes.empty() ? "" : ",") +
                 FixJson(fix, changed, options.language);
      }
    }
    if (!fixes.empty()) {
      out += ",\"fixes\":[" + fixes + "]";
    }
    out += "}";
  }
  out += "]}]}\n";
  return out;
}

}  // namespace fcc::diagnostics
