// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "compiler/js/print_internal.h"

namespace fcc::js {

static constexpr uint32_t kStep = 64;

static uint32_t UnitsOf(unsigned char byte) {
  // Continuation bytes count nothing, four-byte characters are a pair.
  return (byte & 0xC0) == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1;
}

MapWriter::MapWriter(const source::SourceFile& file) : file_(file) {
  const std::string_view text = file.text();
  const bool ascii = std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80;
  });
  if (!ascii) {
    uint32_t units = 0;
    for (size_t i = 0; i < text.size(); ++i) {
      if (i % kStep == 0) {
        units_.push_back(units);
      }
      units += UnitsOf(static_cast<unsigned char>(text[i]));
    }
  }
  map_.sources.push_back(file.path());
  map_.sources_content.emplace_back(text);
}

uint32_t MapWriter::UnitsBefore(uint32_t at) const {
  if (units_.empty()) {
    return at;
  }
  const std::string_view text = file_.text();
  const uint32_t step =
      std::min<uint32_t>(at / kStep, static_cast<uint32_t>(units_.size()) - 1);
  uint32_t units = units_[step];
  for (uint32_t i = step * kStep; i < at; ++i) {
    units += UnitsOf(static_cast<unsigned char>(text[i]));
  }
  return units;
}

void MapWriter::Add(std::string_view out, uint32_t at,
                    std::string_view original_name) {
  for (; walked_ < out.size(); ++walked_) {
    const unsigned char c = static_cast<unsigned char>(out[walked_]);
    if (c == '\n') {
      ++line_;
      column_ = 0;
    } else {
      column_ += UnitsOf(c);
    }
  }
  base::Mapping mapping;
  mapping.line = line_;
  mapping.column = column_;
  mapping.source = 0;
  base::Span line = file_.LineSpan(last_line_);
  const bool next = at >= line.end && last_line_ < file_.line_count();
  if (next) {
    line = file_.LineSpan(++last_line_);
  }
  if (at < line.begin || at >= line.end) {
    last_line_ = file_.PositionOf(at).line;
    line = file_.LineSpan(last_line_);
  }
  mapping.source_line = last_line_ - 1;
  mapping.source_column = UnitsBefore(at) - UnitsBefore(line.begin);
  if (!original_name.empty()) {
    const auto [found, fresh] = names_.try_emplace(
        std::string(original_name), static_cast<uint32_t>(map_.names.size()));
    if (fresh) {
      map_.names.emplace_back(original_name);
    }
    mapping.name = found->second;
  }
  if (!map_.mappings.empty() && map_.mappings.back().line == mapping.line &&
      map_.mappings.back().column == mapping.column) {
    map_.mappings.back() = mapping;
    return;
  }
  map_.mappings.push_back(mapping);
}

base::SourceMap MapWriter::Take() {
  return std::move(map_);
}

}  // namespace fcc::js
