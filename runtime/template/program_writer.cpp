// SPDX-License-Identifier: Apache-2.0

#include "runtime/template/program_writer.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <type_traits>

#include "runtime/base/check.h"

namespace fcc::tmpl {

// Records are copied as they lie in memory.
static_assert(std::endian::native == std::endian::little);

uint32_t ProgramTables::AddString(std::string_view string) {
  strings.push_back({static_cast<uint32_t>(text.size()),
                     static_cast<uint32_t>(string.size())});
  text += string;
  return static_cast<uint32_t>(strings.size() - 1);
}

static constexpr size_t RecordSize(Section section) {
  switch (section) {
    case Section::kStrings:
      return sizeof(StringRecord);
    case Section::kText:
      return 1;
    case Section::kNumbers:
      return sizeof(double);
    case Section::kCode:
    case Section::kPaths:
    case Section::kImports:
      return sizeof(uint32_t);
    case Section::kReads:
      return sizeof(ReadRecord);
    case Section::kExpressions:
      return sizeof(ExpressionRecord);
    case Section::kAttrs:
      return sizeof(AttrRecord);
    case Section::kNodes:
      return sizeof(NodeRecord);
    case Section::kTemplates:
      return sizeof(TemplateRecord);
    case Section::kModuleUses:
      return sizeof(ModuleUseRecord);
    case Section::kModules:
      return sizeof(ModuleRecord);
    case Section::kUnits:
      return sizeof(UnitRecord);
    case Section::kCount:
      break;
  }
  FCC_CHECK(false);
}

ProgramBuffer::ProgramBuffer(const Counts& counts) {
  size_t size = sizeof(Header);
  for (uint32_t i = 0; i < kSectionCount; ++i) {
    size = (size + 7) & ~size_t{7};
    sections_[i] = {static_cast<uint32_t>(size),
                    static_cast<uint32_t>(counts[i])};
    size += counts[i] * RecordSize(static_cast<Section>(i));
  }
  FCC_CHECK(size <= 0xFFFFFFFFu);
  Header header;
  header.size = static_cast<uint32_t>(size);
  std::copy(sections_.begin(), sections_.end(), header.sections);
  bytes_.resize(size);
  std::memcpy(bytes_.data(), &header, sizeof(header));
}

std::string WriteProgram(const ProgramTables& tables) {
  const auto each = [&](auto&& visit) {
    visit(Section::kStrings, tables.strings);
    visit(Section::kText, tables.text);
    visit(Section::kNumbers, tables.numbers);
    visit(Section::kCode, tables.code);
    visit(Section::kPaths, tables.paths);
    visit(Section::kReads, tables.reads);
    visit(Section::kExpressions, tables.expressions);
    visit(Section::kAttrs, tables.attrs);
    visit(Section::kNodes, tables.nodes);
    visit(Section::kTemplates, tables.templates);
    visit(Section::kImports, tables.imports);
    visit(Section::kModuleUses, tables.module_uses);
    visit(Section::kModules, tables.modules);
    visit(Section::kUnits, tables.units);
  };
  ProgramBuffer::Counts counts{};
  each([&](Section section, const auto& table) {
    counts[static_cast<uint32_t>(section)] = table.size();
  });
  ProgramBuffer buffer(counts);
  each([&](Section section, const auto& table) {
    using Record = typename std::decay_t<decltype(table)>::value_type;
    static_assert(std::is_trivially_copyable_v<Record>);
    std::copy(table.begin(), table.end(),
              buffer.Table<Record>(section).begin());
  });
  return buffer.Take();
}

}  // namespace fcc::tmpl
