// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/original_places.h"

#include <algorithm>
#include <optional>

#include "runtime/base/source_map.h"

namespace fcc::check {

using diagnostics::Diagnostic;

// "webpack://app/./src/pages/a.tsx?53f9" → "src/pages/a.tsx".
static std::string CleanName(std::string_view name) {
  if (const size_t scheme = name.find("://");
      scheme != std::string_view::npos) {
    name.remove_prefix(scheme + 3);
    // The name of the app, which webpack puts first.
    name.remove_prefix(std::min(name.find('/') + 1, name.size()));
  }
  name = name.substr(0, name.find('?'));
  std::string path = base::NormalizePath(name);
  while (path.starts_with("../")) {
    path.erase(0, 3);
  }
  while (path.starts_with('/')) {
    path.erase(0, 1);
  }
  return path;
}

// The framework's, or what a bundler puts between modules.
static bool IsInternal(std::string_view name) {
  return name.find("node_modules") != std::string_view::npos ||
         name.find("webpack/") != std::string_view::npos ||
         name.find("(webpack)") != std::string_view::npos ||
         name.find("uni-mp-") != std::string_view::npos ||
         name.starts_with('\0') || name.find("plugin-vue") == 0;
}

// A script with its map.
class OriginalPlaces::Original {
 public:
  Original(base::SourceMap map, source::SourceSet& sources,
           std::set<source::FileId>& added)
      : map_(std::move(map)), sources_(&sources), added_(&added) {}

  enum class Outcome : uint8_t { kMoved, kInternal, kUnknown };

  Outcome Move(const source::SourceFile& file, source::Location& location) {
    const base::Mapping* begin = Find(file, location.span.begin);
    if (begin == nullptr || begin->source == base::kNoSource) {
      return Outcome::kUnknown;
    }
    const std::string& name = map_.sources[begin->source];
    if (IsInternal(name)) {
      return Outcome::kInternal;
    }
    if (begin->source >= map_.sources_content.size() ||
        map_.sources_content[begin->source].empty()) {
      return Outcome::kUnknown;
    }
    const source::SourceFile& original = FileOf(begin->source);
    const uint32_t at = OffsetOf(original, *begin);
    location = {original.id(), {at, WordEnd(original.text(), at)}};
    return Outcome::kMoved;
  }

 private:
  const base::Mapping* Find(const source::SourceFile& file,
                            uint32_t offset) const {
    return map_.Find(file.PositionOf(offset).line - 1,
                     file.Utf16ColumnOf(offset));
  }

  const source::SourceFile& FileOf(uint32_t source) {
    auto found = files_.find(source);
    if (found == files_.end()) {
      std::string name = CleanName(map_.sources[source]);
      const std::string& text = map_.sources_content[source];
      // It may have been shown before, in this run or an earlier one of the
      // session.
      const source::SourceFile* known = sources_->Find(name);
      if (known == nullptr || known->text() != text) {
        known = &sources_->Add(std::move(name), text);
        added_->insert(known->id());
      }
      found = files_.emplace(source, known).first;
    }
    return *found->second;
  }

  static uint32_t OffsetOf(const source::SourceFile& file,
                           const base::Mapping& mapping) {
    const uint32_t line =
        std::min(mapping.source_line + 1, std::max(file.line_count(), 1u));
    const std::string_view text = file.Line(line);
    uint32_t units = 0;
    size_t at = 0;
    while (at < text.size() && units < mapping.source_column) {
      const unsigned char c = static_cast<unsigned char>(text[at]);
      units += c >= 0xF0 ? 2 : 1;
      ++at;
      while (at < text.size() &&
             (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) {
        ++at;
      }
    }
    return static_cast<uint32_t>(text.data() - file.text().data() + at);
  }

  static uint32_t WordEnd(std::string_view text, uint32_t at) {
    auto is_word = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
             (c >= '0' && c <= '9') || c == '_' || c == '$';
    };
    uint32_t end = at;
    while (end < text.size() && is_word(text[end])) {
      ++end;
    }
    return end;
  }

  base::SourceMap map_;
  source::SourceSet* sources_;
  std::set<source::FileId>* added_;
  std::map<uint32_t, const source::SourceFile*> files_;
};

static std::optional<base::SourceMap> MapOf(base::FileSystem& fs,
                                            const link::Program& program,
                                            const source::SourceFile& script) {
  std::string text = graph::ReadInputMap(fs, program.project, script);
  // Compilers that leave out the comment still lay the map beside the script.
  if (const std::string path(
          program.project.index.DiskPathOf(script.path() + ".map"));
      text.empty() && !path.empty()) {
    base::Result<std::string> beside = fs.ReadFile(path);
    text = beside ? *std::move(beside) : "";
  }
  if (text.empty()) {
    return std::nullopt;
  }
  base::Result<base::SourceMap> map = base::ReadSourceMap(text);
  return map ? std::optional(std::move(*map)) : std::nullopt;
}

OriginalPlaces::OriginalPlaces(base::FileSystem& fs, source::SourceSet& sources)
    : fs_(fs), sources_(sources) {}

OriginalPlaces::~OriginalPlaces() = default;

bool OriginalPlaces::Move(const link::Program& program,
                          Diagnostic& diagnostic) {
  const source::FileId id = diagnostic.location.file;
  if (id == source::FileId::kNone) {
    return true;
  }
  const source::SourceFile& file = sources_.Get(id);
  auto [found, is_new] = scripts_.try_emplace(id);
  if (is_new || found->second.revision != file.revision()) {
    found->second = {file.revision(), nullptr};
    if (program.graph.scripts.contains(file.path())) {
      if (auto map = MapOf(fs_, program, file)) {
        found->second.original =
            std::make_unique<Original>(std::move(*map), sources_, added_);
      }
    }
  }
  if (found->second.original == nullptr) {
    return true;
  }
  switch (found->second.original->Move(file, diagnostic.location)) {
    case Original::Outcome::kMoved:
      // They are about the built text.
      diagnostic.labels.clear();
      diagnostic.fixes.clear();
      return true;
    case Original::Outcome::kInternal:
      return false;
    case Original::Outcome::kUnknown:
      return true;
  }
  FCC_CHECK(false);
}

}  // namespace fcc::check
