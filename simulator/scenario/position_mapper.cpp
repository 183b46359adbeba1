// SPDX-License-Identifier: Apache-2.0

#include "simulator/scenario/position_mapper.h"

#include <string_view>
#include <utility>

namespace fcc::scenario {

void PositionMapper::TakeMaps(std::map<std::string, std::string>& files) {
  constexpr std::string_view kFolder = "maps/";
  constexpr std::string_view kEnding = ".map";
  for (auto& [name, bytes] : files) {
    if (name.starts_with(kFolder) && name.ends_with(kEnding)) {
      texts_[name.substr(kFolder.size(),
                         name.size() - kFolder.size() - kEnding.size())] =
          std::move(bytes);
    }
  }
}

bool PositionMapper::Map(app::SourcePosition& position) {
  auto map = maps_.find(position.file);
  if (map == maps_.end()) {
    const auto text = texts_.find(position.file);
    if (text == texts_.end()) {
      return false;
    }
    base::Result<base::SourceMap> parsed = base::ReadSourceMap(text->second);
    map = maps_
              .emplace(position.file,
                       parsed ? std::move(parsed).value() : base::SourceMap())
              .first;
  }
  if (position.line == 0) {
    return false;
  }
  const base::Mapping* mapping = map->second.Find(
      position.line - 1, position.column == 0 ? 0 : position.column - 1);
  if (mapping == nullptr) {
    return false;
  }
  position.file = map->second.sources[mapping->source];
  position.line = mapping->source_line + 1;
  position.column = mapping->source_column + 1;
  if (mapping->name != base::kNoSource) {
    position.function = map->second.names[mapping->name];
  }
  return true;
}

}  // namespace fcc::scenario
