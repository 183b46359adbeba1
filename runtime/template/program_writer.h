// SPDX-License-Identifier: Apache-2.0
//
// The writing half of the format: tables to bytes. It checks nothing; who fills
// the tables keeps the rules that Program::Load() verifies.

#ifndef FCC_RUNTIME_TEMPLATE_PROGRAM_WRITER_H_
#define FCC_RUNTIME_TEMPLATE_PROGRAM_WRITER_H_

#include <string>
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

}  // namespace fcc::tmpl

#endif  // FCC_RUNTIME_TEMPLATE_PROGRAM_WRITER_H_
