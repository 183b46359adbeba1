// SPDX-License-Identifier: Apache-2.0

#include "cli/commands/check_baseline.h"

#include "runtime/base/json.h"

namespace fcc::commands {

using diagnostics::Diagnostic;

// Only rules: what does not compile has to be mended, old or not.
static bool IsOfARule(const Diagnostic& diagnostic) {
  return diagnostics::InfoOf(diagnostic.kind).code.starts_with("CK");
}

// Without the blanks round it: a formatter may indent anew. Cut short, because
// a line of a bundle can be a megabyte.
static std::string LineText(std::string_view line) {
  const size_t begin = line.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) {
    return {};
  }
  line = line.substr(begin, line.find_last_not_of(" \t\r") + 1 - begin);
  size_t end = std::min<size_t>(line.size(), 200);
  while (end < line.size() && end > 0 &&
         (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) {
    --end;
  }
  return std::string(line.substr(0, end));
}

Baseline::Key Baseline::KeyOf(const Diagnostic& diagnostic,
                              const source::SourceSet& sources) {
  Key key;
  key.code = diagnostics::InfoOf(diagnostic.kind).code;
  if (diagnostic.location.file == source::FileId::kNone) {
    key.path = diagnostic.path;
    key.line = diagnostic.message;
    return key;
  }
  const source::SourceFile& file = sources.Get(diagnostic.location.file);
  key.path = file.path();
  key.line =
      LineText(file.Line(file.PositionOf(diagnostic.location.span.begin).line));
  return key;
}

Baseline Baseline::Of(const std::vector<Diagnostic>& diagnostics,
                      const source::SourceSet& sources) {
  Baseline baseline;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (IsOfARule(diagnostic)) {
      ++baseline.counts_[KeyOf(diagnostic, sources)];
    }
  }
  return baseline;
}

base::Result<Baseline> Baseline::Read(std::string_view json) {
  const base::JsonDocument document = base::ParseJson(json);
  const base::JsonNode* reports = document.root->Find("reports");
  if (!document.ok() || reports == nullptr || !reports->IsArray()) {
    return base::Error{base::ErrorKind::kCorrupt,
                       "the baseline is no list of reports: write it anew with "
                       "`--update-baseline`"};
  }
  Baseline baseline;
  for (const base::JsonNode* item : reports->items) {
    auto text = [item](std::string_view name) {
      const base::JsonNode* node = item->Find(name);
      return std::string(node == nullptr ? "" : node->StringOr(""));
    };
    const base::JsonNode* count = item->Find("count");
    uint32_t times = 1;
    if (count != nullptr && count->IsNumber() && count->number >= 1 &&
        count->number <= 1e6) {
      times = static_cast<uint32_t>(count->number);
    }
    baseline.counts_[{text("code"), text("path"), text("line")}] += times;
  }
  return baseline;
}

size_t Baseline::Filter(std::vector<Diagnostic>& diagnostics,
                        const source::SourceSet& sources) const {
  std::map<Key, uint32_t> left = counts_;
  return std::erase_if(diagnostics, [&](const Diagnostic& diagnostic) {
    if (!IsOfARule(diagnostic)) {
      return false;
    }
    auto found = left.find(KeyOf(diagnostic, sources));
    if (found == left.end() || found->second == 0) {
      return false;
    }
    --found->second;
    return true;
  });
}

std::string Baseline::ToJson() const {
  std::string out = "{\"reports\": [";
  bool first = true;
  for (const auto& [key, count] : counts_) {
    out += first ? "\n" : ",\n";
    first = false;
    out += "  {\"code\": ";
    base::AppendJsonString(out, key.code);
    out += ", \"path\": ";
    base::AppendJsonString(out, key.path);
    out += ", \"line\": ";
    base::AppendJsonString(out, key.line);
    if (count != 1) {
      out += base::format(", \"count\": {}", count);
    }
    out += "}";
  }
  return out + "\n]}\n";
}

}  // namespace fcc::commands
