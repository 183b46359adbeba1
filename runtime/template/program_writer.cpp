// SPDX-License-Identifier: Apache-2.0

#include "runtime/template/program_writer.h"

#include <bit>
#include <cstring>
#include <type_traits>

namespace fcc::tmpl {

// Records are copied as they lie in memory.
static_assert(std::endian::native == std::endian::little);

uint32_t ProgramTables::AddString(std::string_view string) {
  strings.push_back({static_cast<uint32_t>(text.size()),
                     static_cast<uint32_t>(string.size())});
  text += string;
  return static_cast<uint32_t>(strings.size() - 1);
}

std::string WriteProgram(const ProgramTables& tables) {
  Header header;
  size_t size = sizeof(Header);
  auto place = [&](Section section, size_t count, size_t record_size) {
    size = (size + 7) & ~size_t{7};
    header.sections[static_cast<uint32_t>(section)] = {
        static_cast<uint32_t>(size), static_cast<uint32_t>(count)};
    size += count * record_size;
  };
  auto each = [&](auto&& visit) {
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
  each([&](Section section, const auto& table) {
    place(section, table.size(), sizeof(table[0]));
  });
  header.size = static_cast<uint32_t>(size);

  std::string bytes(size, '\0');
  std::memcpy(bytes.data(), &header, sizeof(header));
  each([&](Section section, const auto& table) {
    static_assert(std::is_trivially_copyable_v<
                  typename std::decay_t<decltype(table)>::value_type>);
    if (!table.empty()) {
      std::memcpy(
          bytes.data() + header.sections[static_cast<uint32_t>(section)].offset,
          table.data(), table.size() * sizeof(table[0]));
    }
  });
  return bytes;
}

}  // namespace fcc::tmpl
