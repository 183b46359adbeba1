// SPDX-License-Identifier: Apache-2.0

#include "cli/commands/check_fixes.h"

#include <algorithm>
#include <map>

namespace fcc::commands {

using diagnostics::Diagnostic;
using diagnostics::Fix;

base::Result<size_t> ApplyFixes(base::FileSystem& fs,
                                const project::Project& project,
                                const std::vector<Diagnostic>& diagnostics,
                                const source::SourceSet& sources, FixUse use) {
  std::map<source::FileId, std::vector<const Fix*>> by_file;
  for (const Diagnostic& diagnostic : diagnostics) {
    for (const Fix& fix : diagnostic.fixes) {
      if (fix.location.file != source::FileId::kNone &&
          (use == FixUse::kAll ||
           fix.safety == diagnostics::FixSafety::kSafe)) {
        by_file[fix.location.file].push_back(&fix);
        break;
      }
    }
  }
  size_t applied = 0;
  for (auto& [id, fixes] : by_file) {
    const source::SourceFile& file = sources.Get(id);
    const std::string path(project.index.DiskPathOf(file.path()));
    if (path.empty()) {
      continue;
    }
    base::Result<std::string> text = fs.ReadFile(path);
    if (!text || *text != file.text()) {
      continue;
    }
    std::stable_sort(fixes.begin(), fixes.end(),
                     [](const Fix* a, const Fix* b) {
                       return a->location.span.begin < b->location.span.begin;
                     });
    std::string out;
    uint32_t at = 0;
    size_t in_file = 0;
    for (const Fix* fix : fixes) {
      const base::Span span = fix->location.span;
      if (span.begin < at || span.end > text->size() ||
          (span.begin == at && in_file != 0)) {
        continue;
      }
      out.append(*text, at, span.begin - at);
      out += fix->replacement;
      at = span.end;
      ++in_file;
    }
    out.append(*text, at, std::string::npos);
    if (in_file != 0) {
      FCC_TRY(fs.WriteFile(path, out));
      applied += in_file;
    }
  }
  return applied;
}

}  // namespace fcc::commands
