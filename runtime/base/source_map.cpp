// SPDX-License-Identifier: Apache-2.0

#include "runtime/base/source_map.h"

#include <algorithm>
#include <unordered_map>

#include "runtime/base/format.h"
#include "runtime/base/json.h"

namespace fcc::base {

static constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void AppendVlq(std::string& out, int64_t value) {
  uint64_t rest = value < 0 ? (static_cast<uint64_t>(-value) << 1) | 1
                            : static_cast<uint64_t>(value) << 1;
  do {
    const uint64_t digit = rest & 31;
    rest >>= 5;
    out += kBase64[digit | (rest != 0 ? 32 : 0)];
  } while (rest != 0);
}

static int Base64Value(char c) {
  if (c >= 'A' && c <= 'Z') {
    return c - 'A';
  }
  if (c >= 'a' && c <= 'z') {
    return c - 'a' + 26;
  }
  if (c >= '0' && c <= '9') {
    return c - '0' + 52;
  }
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

const Mapping* SourceMap::Find(uint32_t line, uint32_t column) const {
  auto after = std::upper_bound(
      mappings.begin(), mappings.end(), std::pair(line, column),
      [](const std::pair<uint32_t, uint32_t>& at, const Mapping& mapping) {
        return at.first != mapping.line ? at.first < mapping.line
                                        : at.second < mapping.column;
      });
  if (after == mappings.begin()) {
    return nullptr;
  }
  const Mapping& found = *(after - 1);
  return found.line == line && found.source != kNoSource ? &found : nullptr;
}

static void AppendStrings(std::string& out,
                          const std::vector<std::string>& texts,
                          bool empty_is_null) {
  out += '[';
  for (size_t i = 0; i < texts.size(); ++i) {
    if (i != 0) {
      out += ',';
    }
    if (empty_is_null && texts[i].empty()) {
      out += "null";
    } else {
      AppendJsonString(out, texts[i]);
    }
  }
  out += ']';
}

std::string WriteSourceMap(const SourceMap& map) {
  std::string out = "{\"version\":3,";
  if (!map.file.empty()) {
    out += "\"file\":";
    AppendJsonString(out, map.file);
    out += ',';
  }
  out += "\"sources\":";
  AppendStrings(out, map.sources, false);
  if (!map.sources_content.empty()) {
    out += ",\"sourcesContent\":";
    AppendStrings(out, map.sources_content, true);
  }
  out += ",\"names\":";
  AppendStrings(out, map.names, false);
  out += ",\"mappings\":\"";
  uint32_t line = 0;
  int64_t column = 0;
  int64_t source = 0;
  int64_t source_line = 0;
  int64_t source_column = 0;
  int64_t name = 0;
  bool first = true;
  for (const Mapping& mapping : map.mappings) {
    for (; line < mapping.line; ++line) {
      out += ';';
      column = 0;
      first = true;
    }
    if (!first) {
      out += ',';
    }
    first = false;
    AppendVlq(out, mapping.column - column);
    column = mapping.column;
    if (mapping.source == kNoSource) {
      continue;
    }
    AppendVlq(out, mapping.source - source);
    AppendVlq(out, mapping.source_line - source_line);
    AppendVlq(out, mapping.source_column - source_column);
    source = mapping.source;
    source_line = mapping.source_line;
    source_column = mapping.source_column;
    if (mapping.name != kNoSource) {
      AppendVlq(out, mapping.name - name);
      name = mapping.name;
    }
  }
  return out + "\"}";
}

static Error Corrupt(std::string_view why) {
  return {ErrorKind::kCorrupt, format("source map: {}", why)};
}

static Status ReadMappings(std::string_view text, SourceMap& map) {
  uint32_t line = 0;
  int64_t fields[5] = {0, 0, 0, 0, 0};
  size_t at = 0;
  while (at < text.size()) {
    if (text[at] == ';') {
      ++line;
      fields[0] = 0;
      ++at;
      continue;
    }
    if (text[at] == ',') {
      ++at;
      continue;
    }
    int count = 0;
    while (at < text.size() && text[at] != ',' && text[at] != ';') {
      uint64_t value = 0;
      int shift = 0;
      while (true) {
        const int digit = at < text.size() ? Base64Value(text[at]) : -1;
        if (digit < 0 || shift > 40) {
          return Corrupt("a mapping is no number");
        }
        ++at;
        value |= static_cast<uint64_t>(digit & 31) << shift;
        shift += 5;
        if ((digit & 32) == 0) {
          break;
        }
      }
      if (count == 5) {
        return Corrupt("a mapping has more than five fields");
      }
      const int64_t delta = static_cast<int64_t>(value >> 1);
      fields[count] += (value & 1) != 0 ? -delta : delta;
      if (fields[count] < 0 || fields[count] > 0xFFFFFFFE) {
        return Corrupt("a mapping points before the text");
      }
      ++count;
    }
    if (count != 1 && count != 4 && count != 5) {
      return Corrupt("a mapping has a number of fields there is none of");
    }
    Mapping mapping;
    mapping.line = line;
    mapping.column = static_cast<uint32_t>(fields[0]);
    if (count >= 4) {
      mapping.source = static_cast<uint32_t>(fields[1]);
      mapping.source_line = static_cast<uint32_t>(fields[2]);
      mapping.source_column = static_cast<uint32_t>(fields[3]);
      if (mapping.source >= map.sources.size()) {
        return Corrupt("a mapping names a source that is not there");
      }
    }
    if (count == 5) {
      mapping.name = static_cast<uint32_t>(fields[4]);
      if (mapping.name >= map.names.size()) {
        return Corrupt("a mapping uses a name that is not there");
      }
    }
    map.mappings.push_back(mapping);
  }
  return {};
}

static Status ReadOne(const JsonNode& root, SourceMap& map) {
  const JsonNode* version = root.Find("version");
  if (version == nullptr || version->number != 3) {
    return Corrupt("the version is not 3");
  }
  if (const JsonNode* file = root.Find("file")) {
    map.file = file->StringOr("");
  }
  std::string prefix;
  if (const JsonNode* source_root = root.Find("sourceRoot")) {
    prefix = source_root->StringOr("");
    if (!prefix.empty() && prefix.back() != '/') {
      prefix += '/';
    }
  }
  const JsonNode* sources = root.Find("sources");
  if (sources == nullptr || !sources->IsArray()) {
    return Corrupt("there are no sources");
  }
  for (const JsonNode* source : sources->items) {
    map.sources.push_back(prefix + std::string(source->StringOr("")));
  }
  if (const JsonNode* contents = root.Find("sourcesContent")) {
    for (const JsonNode* content : contents->items) {
      map.sources_content.emplace_back(content->StringOr(""));
    }
    if (!map.sources_content.empty()) {
      map.sources_content.resize(map.sources.size());
    }
  }
  if (const JsonNode* names = root.Find("names")) {
    for (const JsonNode* name : names->items) {
      map.names.emplace_back(name->StringOr(""));
    }
  }
  const JsonNode* mappings = root.Find("mappings");
  if (mappings == nullptr || !mappings->IsString()) {
    return Corrupt("there are no mappings");
  }
  return ReadMappings(mappings->string, map);
}

// Puts a section's map, which begins at (line, column), behind what is there.
static void AppendSection(SourceMap& map, SourceMap section, uint32_t line,
                          uint32_t column) {
  const uint32_t source_base = static_cast<uint32_t>(map.sources.size());
  const uint32_t name_base = static_cast<uint32_t>(map.names.size());
  section.sources_content.resize(section.sources.size());
  map.sources_content.resize(map.sources.size());
  std::move(section.sources.begin(), section.sources.end(),
            std::back_inserter(map.sources));
  std::move(section.sources_content.begin(), section.sources_content.end(),
            std::back_inserter(map.sources_content));
  std::move(section.names.begin(), section.names.end(),
            std::back_inserter(map.names));
  for (Mapping mapping : section.mappings) {
    mapping.column += mapping.line == 0 ? column : 0;
    mapping.line += line;
    mapping.source += mapping.source == kNoSource ? 0 : source_base;
    mapping.name += mapping.name == kNoSource ? 0 : name_base;
    map.mappings.push_back(mapping);
  }
}

Result<SourceMap> ReadSourceMap(std::string_view json) {
  if (json.substr(0, 4) == ")]}'") {
    json = json.substr(std::min(json.find('\n'), json.size()));
  }
  const JsonDocument document = ParseJson(json);
  if (!document.ok() || !document.root->IsObject()) {
    return Corrupt("it is no JSON object");
  }
  SourceMap map;
  if (const JsonNode* sections = document.root->Find("sections")) {
    for (const JsonNode* section : sections->items) {
      const JsonNode* offset = section->Find("offset");
      const JsonNode* inner = section->Find("map");
      const JsonNode* line = offset != nullptr ? offset->Find("line") : nullptr;
      const JsonNode* column =
          offset != nullptr ? offset->Find("column") : nullptr;
      if (inner == nullptr || line == nullptr || column == nullptr ||
          !(line->number >= 0 && line->number < 1e9) ||
          !(column->number >= 0 && column->number < 1e9)) {
        return Corrupt("a section has no map or no place");
      }
      SourceMap part;
      FCC_TRY(ReadOne(*inner, part));
      AppendSection(map, std::move(part), static_cast<uint32_t>(line->number),
                    static_cast<uint32_t>(column->number));
    }
  } else {
    FCC_TRY(ReadOne(*document.root, map));
  }
  // Writers are not bound to sort the mappings of a line.
  std::stable_sort(map.mappings.begin(), map.mappings.end(),
                   [](const Mapping& a, const Mapping& b) {
                     return std::pair(a.line, a.column) <
                            std::pair(b.line, b.column);
                   });
  return map;
}

SourceMap ComposeSourceMaps(const SourceMap& outer, uint32_t source,
                            const SourceMap& inner) {
  SourceMap map;
  map.file = outer.file;
  map.sources = inner.sources;
  map.sources_content = inner.sources_content;
  map.names = inner.names;
  std::unordered_map<std::string_view, uint32_t> name_ids;
  for (uint32_t i = 0; i < inner.names.size(); ++i) {
    name_ids.emplace(inner.names[i], i);
  }
  // The other sources of the outer map stay what they are.
  std::vector<uint32_t> kept(outer.sources.size(), kNoSource);
  const bool contents =
      !map.sources_content.empty() || !outer.sources_content.empty();
  for (uint32_t i = 0; i < outer.sources.size(); ++i) {
    if (i == source) {
      continue;
    }
    kept[i] = static_cast<uint32_t>(map.sources.size());
    map.sources.push_back(outer.sources[i]);
    if (contents) {
      map.sources_content.resize(map.sources.size());
      if (i < outer.sources_content.size()) {
        map.sources_content.back() = outer.sources_content[i];
      }
    }
  }
  for (Mapping mapping : outer.mappings) {
    if (mapping.source == kNoSource) {
      map.mappings.push_back(mapping);
      continue;
    }
    std::string_view name;
    if (mapping.name != kNoSource) {
      name = outer.names[mapping.name];
    }
    mapping.name = kNoSource;
    if (mapping.source == source) {
      const Mapping* found =
          inner.Find(mapping.source_line, mapping.source_column);
      if (found == nullptr) {
        continue;
      }
      mapping.source = found->source;
      mapping.source_line = found->source_line;
      mapping.source_column = found->source_column;
      if (found->name != kNoSource) {
        name = inner.names[found->name];
      }
    } else {
      mapping.source = kept[mapping.source];
    }
    if (!name.empty()) {
      const auto [known, fresh] =
          name_ids.emplace(name, static_cast<uint32_t>(map.names.size()));
      if (fresh) {
        map.names.emplace_back(name);
      }
      mapping.name = known->second;
    }
    map.mappings.push_back(mapping);
  }
  return map;
}

}  // namespace fcc::base
