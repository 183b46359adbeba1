// SPDX-License-Identifier: Apache-2.0
//
// What the renderers of this library share.

#ifndef FCC_COMPILER_DIAGNOSTICS_RENDER_INTERNAL_H_
#define FCC_COMPILER_DIAGNOSTICS_RENDER_INTERNAL_H_

#include <string>
#include <string_view>

#include "compiler/diagnostics/render.h"
#include "runtime/base/file_system.h"

namespace fcc::diagnostics {

inline const std::string& MessageOf(const Diagnostic& diagnostic,
                                    Language language) {
  return language == Language::kChinese ? diagnostic.message_zh
                                        : diagnostic.message;
}

inline const std::string& TextOf(const Words& words, Language language) {
  return language == Language::kChinese && !words.zh.empty() ? words.zh
                                                             : words.en;
}

// A location in numbers; all are 0 where there is no text to point at.
struct Place {
  std::string path;
  source::LineColumn begin{0, 0};
  source::LineColumn end{0, 0};
};

inline std::string ShownPath(std::string_view path,
                             const RenderOptions& options) {
  if (options.folder.empty() || options.folder == "." || path.empty()) {
    return std::string(path);
  }
  return base::JoinPath(options.folder, path);
}

inline Place PlaceOf(const source::Location& location,
                     std::string_view fallback_path,
                     const source::SourceSet& sources,
                     const RenderOptions& options) {
  if (location.file == source::FileId::kNone) {
    return {ShownPath(fallback_path, options), {0, 0}, {0, 0}};
  }
  const source::SourceFile& file = sources.Get(location.file);
  return {ShownPath(file.path(), options), file.PositionOf(location.span.begin),
          file.PositionOf(location.span.end)};
}

}  // namespace fcc::diagnostics

#endif  // FCC_COMPILER_DIAGNOSTICS_RENDER_INTERNAL_H_
