// SPDX-License-Identifier: Apache-2.0
//
// Source maps, version 3: reading, writing, looking up, composing. Lines and
// columns count from 0; columns count UTF-16 units, as the format has it.

#ifndef FCC_RUNTIME_BASE_SOURCE_MAP_H_
#define FCC_RUNTIME_BASE_SOURCE_MAP_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"

namespace fcc::base {

inline constexpr uint32_t kNoSource = 0xFFFFFFFFu;

// From this place of the generated text on, up to the next mapping of the line,
// the text comes from there.
struct Mapping {
  uint32_t line = 0;
  uint32_t column = 0;
  // Index into SourceMap::sources, or kNoSource: text of nobody.
  uint32_t source = kNoSource;
  uint32_t source_line = 0;
  uint32_t source_column = 0;
  // Index into SourceMap::names, or kNoSource.
  uint32_t name = kNoSource;

  bool operator==(const Mapping&) const = default;
};

struct SourceMap {
  std::string file;
  std::vector<std::string> sources;
  // As many as sources, or none; an empty text stands for null.
  std::vector<std::string> sources_content;
  std::vector<std::string> names;
  // Ascending by line and column.
  std::vector<Mapping> mappings;

  // What covers that place: the last mapping of the line that begins at or
  // before it. Null when there is none, or when it has no source.
  const Mapping* Find(uint32_t line, uint32_t column) const;
};

std::string WriteSourceMap(const SourceMap& map);

// Index maps (`sections`) are flattened; `sourceRoot` is put before the
// sources; a leading `)]}'` line is skipped. Fails with kCorrupt.
Result<SourceMap> ReadSourceMap(std::string_view json);

// `outer` maps C to B; `inner` maps `outer`'s source number `source` to A's.
// The result maps C to A's where B is mapped, and drops what B does not map.
// Names of the inner map win.
SourceMap ComposeSourceMaps(const SourceMap& outer, uint32_t source,
                            const SourceMap& inner);

}  // namespace fcc::base

#endif  // FCC_RUNTIME_BASE_SOURCE_MAP_H_
