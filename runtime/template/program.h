// SPDX-License-Identifier: Apache-2.0
//
// A loaded template program. Load() trusts nothing: once it succeeds, every
// index, jump and stack depth in the program is known to be right, and the
// evaluator runs it without checks.
//
// Views that it hands out point into its bytes and live as long as it does.
// One thread's, as its strings are values that count references.

#ifndef FCC_RUNTIME_TEMPLATE_PROGRAM_H_
#define FCC_RUNTIME_TEMPLATE_PROGRAM_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/base/span.h"
#include "runtime/template/format.h"
#include "runtime/value/value.h"

namespace fcc::tmpl {

enum class UnitId : uint32_t { kNone = 0xFFFFFFFFu };

struct ModuleView {
  std::string_view path;
  std::string_view source;
};

class Program {
 public:
  // Fails with kCorrupt on anything that the format does not allow, and with
  // kUnsupported for another version.
  static base::Result<std::unique_ptr<const Program>> Load(std::string bytes);

  // By the unit's path from the root of the project ("pages/a/a.fxml").
  UnitId FindUnit(std::string_view path) const;
  std::string_view UnitPath(UnitId unit) const;
  // Script modules, by index: what ScriptHost is asked for.
  uint32_t module_count() const {
    return static_cast<uint32_t>(modules_.size());
  }
  ModuleView Module(uint32_t index) const;

  std::string_view String(uint32_t id) const {
    const StringRecord& record = strings_[id];
    return text_.substr(record.offset, record.size);
  }
  // kNoId when the program has no such string.
  uint32_t FindString(std::string_view text) const;
  // The string as a value, made once.
  const value::Value& StringValue(uint32_t id) const {
    return string_values_[id];
  }

  std::span<const StringRecord> strings() const { return strings_; }
  std::string_view text() const { return text_; }
  std::span<const double> numbers() const { return numbers_; }
  std::span<const uint32_t> code() const { return code_; }
  std::span<const uint32_t> paths() const { return paths_; }
  std::span<const ReadRecord> reads() const { return reads_; }
  std::span<const ExpressionRecord> expressions() const { return expressions_; }
  std::span<const AttrRecord> attrs() const { return attrs_; }
  std::span<const NodeRecord> nodes() const { return nodes_; }
  std::span<const TemplateRecord> templates() const { return templates_; }
  std::span<const uint32_t> imports() const { return imports_; }
  std::span<const ModuleUseRecord> module_uses() const { return module_uses_; }
  std::span<const ModuleRecord> modules() const { return modules_; }
  std::span<const UnitRecord> units() const { return units_; }
  const std::string& bytes() const { return bytes_; }

  // Which names the subtree of a node may read, as a set of NameBit()s: an
  // update skips what cannot have changed.
  uint64_t NamesReadBelow(uint32_t node) const { return names_below_[node]; }
  uint64_t NamesReadBy(uint32_t expression) const {
    return names_read_[expression];
  }
  static uint64_t NameBit(uint32_t string_id) {
    return uint64_t{1} << (string_id & 63);
  }

  // For people: nodes as an indented tree with their code.
  std::string Dump() const;

 private:
  Program() = default;
  base::Status Open();
  void Index();
  uint64_t IndexSubtree(uint32_t root, const std::vector<uint64_t>& unit_names);

  std::string bytes_;
  std::string_view text_;
  std::span<const StringRecord> strings_;
  std::span<const double> numbers_;
  std::span<const uint32_t> code_;
  std::span<const uint32_t> paths_;
  std::span<const ReadRecord> reads_;
  std::span<const ExpressionRecord> expressions_;
  std::span<const AttrRecord> attrs_;
  std::span<const NodeRecord> nodes_;
  std::span<const TemplateRecord> templates_;
  std::span<const uint32_t> imports_;
  std::span<const ModuleUseRecord> module_uses_;
  std::span<const ModuleRecord> modules_;
  std::span<const UnitRecord> units_;

  std::vector<value::Value> string_values_;
  std::vector<uint64_t> names_read_;
  std::vector<uint64_t> names_below_;
  // Open addressing over string ids + 1.
  std::vector<uint32_t> string_table_;
};

}  // namespace fcc::tmpl

#endif  // FCC_RUNTIME_TEMPLATE_PROGRAM_H_
