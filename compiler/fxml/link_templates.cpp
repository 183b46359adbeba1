// SPDX-License-Identifier: Apache-2.0
//
// Units to one program, in two rounds: the first interns the strings of all
// units and counts, the second writes every record to its place in the
// program's bytes, ids moved by where their tables begin.

#include <bit>
#include <map>
#include <numeric>

#include "compiler/fxml/fxml.h"
#include "compiler/fxml/name_hash.h"
#include "runtime/base/check.h"
#include "runtime/template/program_writer.h"

namespace fcc::fxml {

using diagnostics::Kind;
using tmpl::kNoId;
using tmpl::Op;
using tmpl::Section;

namespace {

// Strings by id, each once. Views into the units' texts and the modules'
// sources.
class StringTable {
 public:
  explicit StringTable(size_t expected)
      : slots_(std::bit_ceil(std::max<size_t>(expected / 2, 64))) {}

  uint32_t Intern(std::string_view text) {
    if (strings_.size() * 2 >= slots_.size()) {
      Grow();
    }
    const uint32_t hash = HashName(text);
    const size_t mask = slots_.size() - 1;
    size_t at = hash & mask;
    for (; slots_[at].id != 0; at = (at + 1) & mask) {
      if (slots_[at].hash == hash && strings_[slots_[at].id - 1] == text) {
        return slots_[at].id - 1;
      }
    }
    strings_.push_back(text);
    bytes_ += text.size();
    slots_[at] = {hash, static_cast<uint32_t>(strings_.size())};
    return static_cast<uint32_t>(strings_.size() - 1);
  }

  std::span<const std::string_view> strings() const { return strings_; }
  size_t bytes() const { return bytes_; }

 private:
  struct Slot {
    uint32_t hash = 0;
    // An id + 1.
    uint32_t id = 0;
  };

  void Grow() {
    std::vector<Slot> old = std::move(slots_);
    slots_.assign(old.size() * 2, {});
    const size_t mask = slots_.size() - 1;
    for (const Slot& slot : old) {
      if (slot.id != 0) {
        size_t at = slot.hash & mask;
        while (slots_[at].id != 0) {
          at = (at + 1) & mask;
        }
        slots_[at] = slot;
      }
    }
  }

  std::vector<Slot> slots_;
  std::vector<std::string_view> strings_;
  size_t bytes_ = 0;
};

// What an operand of an instruction is an index of.
enum class OperandOf : uint8_t { kNothing, kStrings, kNumbers };

constexpr auto kOperands = [] {
  std::array<OperandOf, static_cast<size_t>(Op::kCount)> table{};
  for (Op op : {Op::kString, Op::kName, Op::kMember, Op::kSetMember}) {
    table[static_cast<size_t>(op)] = OperandOf::kStrings;
  }
  table[static_cast<size_t>(Op::kNumber)] = OperandOf::kNumbers;
  return table;
}();

// Where the next unit's records go, in a table of all units'.
template <typename Record>
struct Place {
  std::span<Record> table;
  uint32_t next = 0;

  void Add(const Record& record) { table[next++] = record; }
};

class Linker {
 public:
  Linker(std::span<const Unit* const> units,
         std::span<const ModuleSource> modules, diagnostics::Sink& sink)
      : units_(units), sink_(sink), strings_(ExpectedStrings(units)) {
    for (size_t i = 0; i < units.size(); ++i) {
      unit_index_.emplace(units[i]->path, static_cast<uint32_t>(i));
    }
    for (const ModuleSource& module : modules) {
      module_index_.emplace(module.path,
                            static_cast<uint32_t>(modules_.size()));
      modules_.push_back(
          {strings_.Intern(module.path), strings_.Intern(module.code)});
    }
  }

  std::string Run() {
    size_t ids = 0;
    for (const Unit* unit : units_) {
      ids += unit->strings.size();
    }
    string_ids_.reserve(ids);
    for (const Unit* unit : units_) {
      Count(*unit);
    }
    return Write();
  }

 private:
  // Of what units name, most is what another named before.
  static size_t ExpectedStrings(std::span<const Unit* const> units) {
    size_t count = 0;
    for (const Unit* unit : units) {
      count += unit->strings.size();
    }
    return count;
  }

  size_t& CountOf(Section section) {
    return counts_[static_cast<size_t>(section)];
  }

  // ---- The first round ----

  void Count(const Unit& unit) {
    for (std::string_view text : unit.strings) {
      string_ids_.push_back(strings_.Intern(text));
    }
    tmpl::UnitRecord record;
    record.path = strings_.Intern(unit.path);
    record.first_node = static_cast<uint32_t>(CountOf(Section::kNodes));
    record.end_node =
        record.first_node + static_cast<uint32_t>(unit.nodes.size());
    record.first_template = static_cast<uint32_t>(CountOf(Section::kTemplates));
    record.template_count = static_cast<uint32_t>(unit.templates.size());
    record.first_import = static_cast<uint32_t>(imports_.size());
    record.import_count = static_cast<uint32_t>(unit.imports.size());
    Resolve(unit, unit.includes, includes_);
    Resolve(unit, unit.imports, imports_);
    record.first_module_use = static_cast<uint32_t>(module_uses_.size());
    for (const ModuleDeclaration& module : unit.modules) {
      const uint32_t index = ModuleOf(unit, module);
      if (index != kNoId) {
        module_uses_.push_back({strings_.Intern(module.name), index});
      }
    }
    record.module_use_count =
        static_cast<uint32_t>(module_uses_.size()) - record.first_module_use;
    unit_records_.push_back(record);

    CountOf(Section::kNumbers) += unit.numbers.size();
    CountOf(Section::kCode) += unit.code.size();
    CountOf(Section::kPaths) += unit.paths.size();
    CountOf(Section::kReads) += unit.reads.size();
    CountOf(Section::kExpressions) += unit.expressions.size();
    CountOf(Section::kAttrs) += unit.attrs.size();
    CountOf(Section::kNodes) += unit.nodes.size();
    CountOf(Section::kTemplates) += unit.templates.size();
  }

  void Resolve(const Unit& unit, std::span<const Reference> references,
               std::vector<uint32_t>& found) {
    for (const Reference& reference : references) {
      const std::string path = ResolveTemplatePath(
          unit.path, reference.src, [this](std::string_view candidate) {
            return unit_index_.contains(candidate);
          });
      if (path.empty()) {
        sink_.Report(Kind::kTemplateFileNotFound, {unit.file, reference.span},
                     reference.src);
        found.push_back(kNoId);
      } else {
        found.push_back(unit_index_.find(path)->second);
      }
    }
  }

  uint32_t ModuleOf(const Unit& unit, const ModuleDeclaration& module) {
    const auto exists = [this](std::string_view candidate) {
      return module_index_.contains(candidate);
    };
    const std::string path =
        module.is_inline()
            ? InlineModulePath(unit.path, module.name)
            : ResolveModulePath(unit.path, module.src.src, exists);
    const auto found = module_index_.find(path);
    if (found != module_index_.end()) {
      return found->second;
    }
    if (!module.is_inline()) {
      sink_.Report(Kind::kModuleFileNotFound, {unit.file, module.src.span},
                   module.src.src);
    }
    return kNoId;
  }

  // ---- The second ----

  std::string Write() {
    CountOf(Section::kStrings) = strings_.strings().size();
    CountOf(Section::kText) = strings_.bytes();
    CountOf(Section::kImports) = imports_.size();
    CountOf(Section::kModuleUses) = module_uses_.size();
    CountOf(Section::kModules) = modules_.size();
    CountOf(Section::kUnits) = unit_records_.size();
    FCC_CHECK(strings_.strings().size() <= tmpl::kMaxOperand);
    tmpl::ProgramBuffer buffer(counts_);
    WriteStrings(buffer);
    const auto copy = [&buffer]<typename Record>(
                          Section section, const std::vector<Record>& records) {
      std::copy(records.begin(), records.end(),
                buffer.Table<Record>(section).begin());
    };
    copy(Section::kImports, imports_);
    copy(Section::kModuleUses, module_uses_);
    copy(Section::kModules, modules_);
    copy(Section::kUnits, unit_records_);

    numbers_.table = buffer.Table<double>(Section::kNumbers);
    code_.table = buffer.Table<uint32_t>(Section::kCode);
    paths_.table = buffer.Table<uint32_t>(Section::kPaths);
    reads_.table = buffer.Table<tmpl::ReadRecord>(Section::kReads);
    expressions_.table =
        buffer.Table<tmpl::ExpressionRecord>(Section::kExpressions);
    attrs_.table = buffer.Table<tmpl::AttrRecord>(Section::kAttrs);
    nodes_.table = buffer.Table<tmpl::NodeRecord>(Section::kNodes);
    templates_.table = buffer.Table<tmpl::TemplateRecord>(Section::kTemplates);
    const uint32_t* strings = string_ids_.data();
    const uint32_t* includes = includes_.data();
    for (const Unit* unit : units_) {
      WriteExpressions(*unit, strings);
      WriteNodes(*unit, strings, includes);
      strings += unit->strings.size();
      includes += unit->includes.size();
    }
    return buffer.Take();
  }

  void WriteStrings(tmpl::ProgramBuffer& buffer) {
    auto* record = buffer.Table<tmpl::StringRecord>(Section::kStrings).data();
    char* text = buffer.Table<char>(Section::kText).data();
    uint32_t offset = 0;
    for (std::string_view string : strings_.strings()) {
      *record++ = {offset, static_cast<uint32_t>(string.size())};
      string.copy(text + offset, string.size());
      offset += static_cast<uint32_t>(string.size());
    }
  }

  // `strings` are the unit's strings in the program. Nodes and attributes of
  // the unit are written next: they count from where its expressions begin.
  void WriteExpressions(const Unit& unit, const uint32_t* strings) {
    const uint32_t first_number = numbers_.next;
    const uint32_t first_code = code_.next;
    const uint32_t first_path = paths_.next;
    const uint32_t first_read = reads_.next;
    first_expression_ = expressions_.next;
    for (double number : unit.numbers) {
      numbers_.Add(number);
    }
    for (uint32_t word : unit.code) {
      const Op op = tmpl::OpOf(word);
      uint32_t operand = tmpl::OperandOf(word);
      switch (kOperands[static_cast<size_t>(op)]) {
        case OperandOf::kNothing:
          break;
        case OperandOf::kStrings:
          operand = strings[operand];
          break;
        case OperandOf::kNumbers:
          operand += first_number;
          FCC_CHECK(operand <= tmpl::kMaxOperand);
          break;
      }
      code_.Add(tmpl::Instruction(op, operand));
    }
    for (uint32_t id : unit.paths) {
      paths_.Add(strings[id]);
    }
    for (tmpl::ReadRecord read : unit.reads) {
      read.root = strings[read.root];
      read.first_member += first_path;
      reads_.Add(read);
    }
    for (tmpl::ExpressionRecord expression : unit.expressions) {
      expression.first_code += first_code;
      expression.first_read += first_read;
      expressions_.Add(expression);
    }
  }

  uint32_t ValueOf(tmpl::ValueKind kind, uint32_t id,
                   const uint32_t* strings) const {
    switch (kind) {
      case tmpl::ValueKind::kNone:
        return id;
      case tmpl::ValueKind::kString:
        return StringOf(id, strings);
      case tmpl::ValueKind::kExpression:
        return id + first_expression_;
    }
    FCC_CHECK(false);
  }

  static uint32_t StringOf(uint32_t id, const uint32_t* strings) {
    return id == kNoId ? kNoId : strings[id];
  }

  void WriteNodes(const Unit& unit, const uint32_t* strings,
                  const uint32_t* includes) {
    const uint32_t first_attr = attrs_.next;
    const uint32_t first_node = nodes_.next;
    for (tmpl::AttrRecord attr : unit.attrs) {
      attr.name = strings[attr.name];
      attr.key = strings[attr.key];
      attr.value = ValueOf(attr.value_kind, attr.value, strings);
      attrs_.Add(attr);
    }
    for (tmpl::NodeRecord node : unit.nodes) {
      node.end += first_node;
      node.name = StringOf(node.name, strings);
      node.value = ValueOf(node.value_kind, node.value, strings);
      node.key = StringOf(node.key, strings);
      node.first_attr += first_attr;
      if (node.extra != kNoId) {
        node.extra = ExtraOf(node, strings, includes);
      }
      nodes_.Add(node);
    }
    for (const TemplateDefinition& definition : unit.templates) {
      templates_.Add({strings[definition.name], definition.node + first_node});
    }
  }

  uint32_t ExtraOf(const tmpl::NodeRecord& node, const uint32_t* strings,
                   const uint32_t* includes) const {
    switch (node.kind) {
      case tmpl::NodeKind::kFor:
        return strings[node.extra];
      case tmpl::NodeKind::kTemplateUse:
        return node.extra + first_expression_;
      case tmpl::NodeKind::kInclude:
        return includes[node.extra];
      case tmpl::NodeKind::kElement:
      case tmpl::NodeKind::kText:
      case tmpl::NodeKind::kBlock:
      case tmpl::NodeKind::kIf:
      case tmpl::NodeKind::kBranch:
      case tmpl::NodeKind::kDefinition:
      case tmpl::NodeKind::kCount:
        return node.extra;
    }
    FCC_CHECK(false);
  }

  std::span<const Unit* const> units_;
  diagnostics::Sink& sink_;
  StringTable strings_;
  std::map<std::string, uint32_t, std::less<>> unit_index_;
  std::map<std::string, uint32_t, std::less<>> module_index_;

  // Of every unit, one behind the other.
  std::vector<uint32_t> string_ids_;
  std::vector<uint32_t> includes_;
  std::vector<uint32_t> imports_;
  std::vector<tmpl::ModuleUseRecord> module_uses_;
  std::vector<tmpl::ModuleRecord> modules_;
  std::vector<tmpl::UnitRecord> unit_records_;
  tmpl::ProgramBuffer::Counts counts_{};

  Place<double> numbers_;
  Place<uint32_t> code_;
  Place<uint32_t> paths_;
  Place<tmpl::ReadRecord> reads_;
  Place<tmpl::ExpressionRecord> expressions_;
  Place<tmpl::AttrRecord> attrs_;
  Place<tmpl::NodeRecord> nodes_;
  Place<tmpl::TemplateRecord> templates_;
  uint32_t first_expression_ = 0;
};

}  // namespace

std::string LinkTemplates(std::span<const Unit* const> units,
                          std::span<const ModuleSource> modules,
                          diagnostics::Sink& sink) {
  return Linker(units, modules, sink).Run();
}

}  // namespace fcc::fxml
