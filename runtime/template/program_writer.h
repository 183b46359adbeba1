// SPDX-License-Identifier: Apache-2.0
//
// The writing half of the format: tables to bytes. It checks nothing; who fills
// the tables keeps the rules that Program::Load() verifies.

#ifndef FCC_RUNTIME_TEMPLATE_PROGRAM_WRITER_H_
#define FCC_RUNTIME_TEMPLATE_PROGRAM_WRITER_H_

#include <array>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "runtime/template/format.h"

namespace fcc::tmpl {

struct ProgramTables {
  std::vector<StringRecord> strings;
  std::string text;
  std::vector<double> numbers;
  std::vector<uint32_t> code;
  std::vector<uint32_t> paths;
  std::vector<ReadRecord> reads;
  std::vector<ExpressionRecord> expressions;
  std::vector<AttrRecord> attrs;
  std::vector<NodeRecord> nodes;
  std::vector<TemplateRecord> templates;
  std::vector<uint32_t> imports;
  std::vector<ModuleUseRecord> module_uses;
  std::vector<ModuleRecord> modules;
  std::vector<UnitRecord> units;

  // Adds a string; equal strings are not looked for.
  uint32_t AddString(std::string_view string);
};

std::string WriteProgram(const ProgramTables& tables);

// The bytes of a program whose tables have known sizes, to be filled in place:
// nothing is held twice.
class ProgramBuffer {
 public:
  // Records in each section, bytes in kText.
  using Counts = std::array<size_t, kSectionCount>;
  explicit ProgramBuffer(const Counts& counts);

  template <typename Record>
  std::span<Record> Table(Section section) {
    const SectionRecord& record = sections_[static_cast<uint32_t>(section)];
    return {reinterpret_cast<Record*>(bytes_.data() + record.offset),
            record.count};
  }
  std::string Take() { return std::move(bytes_); }

 private:
  std::array<SectionRecord, kSectionCount> sections_;
  std::string bytes_;
};

}  // namespace fcc::tmpl

#endif  // FCC_RUNTIME_TEMPLATE_PROGRAM_WRITER_H_
