// SPDX-License-Identifier: Apache-2.0
//
// Units to one program: tables are put behind each other, ids moved by where
// they begin, names of all units interned in one table of strings.

#include <map>
#include <unordered_map>

#include "compiler/fxml/fxml.h"
#include "runtime/template/program_writer.h"

namespace fcc::fxml {

using diagnostics::Kind;
using tmpl::kNoId;

namespace {

class Linker {
 public:
  Linker(std::span<const Unit* const> units,
         std::span<const ModuleSource> modules, diagnostics::Sink& sink)
      : units_(units), sink_(sink) {
    for (size_t i = 0; i < units.size(); ++i) {
      unit_index_.emplace(units[i]->path, static_cast<uint32_t>(i));
    }
    for (const ModuleSource& module : modules) {
      module_index_.emplace(module.path,
                            static_cast<uint32_t>(tables_.modules.size()));
      tables_.modules.push_back({Intern(module.path), Intern(module.code)});
    }
  }

  std::string Run() {
    for (const Unit* unit : units_) {
      Add(*unit);
    }
    return tmpl::WriteProgram(tables_);
  }

 private:
  uint32_t Intern(std::string_view text) {
    auto [found, is_new] = string_index_.try_emplace(text, 0);
    if (is_new) {
      found->second = tables_.AddString(text);
    }
    return found->second;
  }

  static uint32_t Size(const auto& table) {
    return static_cast<uint32_t>(table.size());
  }

  uint32_t StringOf(const std::vector<uint32_t>& map, uint32_t id) const {
    return id == kNoId ? kNoId : map[id];
  }

  void Add(const Unit& unit) {
    std::vector<uint32_t> strings;
    strings.reserve(unit.strings.size());
    for (std::string_view text : unit.strings) {
      strings.push_back(Intern(text));
    }
    uint32_t first_number = Size(tables_.numbers);
    uint32_t first_code = Size(tables_.code);
    uint32_t first_path = Size(tables_.paths);
    uint32_t first_read = Size(tables_.reads);
    uint32_t first_expression = Size(tables_.expressions);
    uint32_t first_attr = Size(tables_.attrs);
    uint32_t first_node = Size(tables_.nodes);
    auto value = [&](tmpl::ValueKind kind, uint32_t id) {
      switch (kind) {
        case tmpl::ValueKind::kNone:
          return id;
        case tmpl::ValueKind::kString:
          return StringOf(strings, id);
        case tmpl::ValueKind::kExpression:
          return id + first_expression;
      }
      FCC_CHECK(false);
    };

    tables_.numbers.insert(tables_.numbers.end(), unit.numbers.begin(),
                           unit.numbers.end());
    for (uint32_t word : unit.code) {
      tmpl::Op op = tmpl::OpOf(word);
      uint32_t operand = tmpl::OperandOf(word);
      if (op == tmpl::Op::kString || op == tmpl::Op::kName ||
          op == tmpl::Op::kMember || op == tmpl::Op::kSetMember) {
        operand = strings[operand];
      } else if (op == tmpl::Op::kNumber) {
        operand += first_number;
      }
      FCC_CHECK(operand <= tmpl::kMaxOperand);
      tables_.code.push_back(tmpl::Instruction(op, operand));
    }
    for (uint32_t id : unit.paths) {
      tables_.paths.push_back(strings[id]);
    }
    for (tmpl::ReadRecord read : unit.reads) {
      read.root = strings[read.root];
      read.first_member += first_path;
      tables_.reads.push_back(read);
    }
    for (tmpl::ExpressionRecord expression : unit.expressions) {
      expression.first_code += first_code;
      expression.first_read += first_read;
      tables_.expressions.push_back(expression);
    }
    for (tmpl::AttrRecord attr : unit.attrs) {
      attr.name = strings[attr.name];
      attr.key = strings[attr.key];
      attr.value = value(attr.value_kind, attr.value);
      tables_.attrs.push_back(attr);
    }
    std::vector<uint32_t> includes = Resolve(unit, unit.includes);
    for (tmpl::NodeRecord node : unit.nodes) {
      node.end += first_node;
      node.name = StringOf(strings, node.name);
      node.value = value(node.value_kind, node.value);
      node.key = StringOf(strings, node.key);
      node.first_attr += first_attr;
      switch (node.kind) {
        case tmpl::NodeKind::kFor:
          node.extra = StringOf(strings, node.extra);
          break;
        case tmpl::NodeKind::kTemplateUse:
          node.extra =
              node.extra == kNoId ? kNoId : node.extra + first_expression;
          break;
        case tmpl::NodeKind::kInclude:
          node.extra = node.extra == kNoId ? kNoId : includes[node.extra];
          break;
        default:
          break;
      }
      tables_.nodes.push_back(node);
    }
    AddRecord(unit, strings, first_node);
  }

  void AddRecord(const Unit& unit, const std::vector<uint32_t>& strings,
                 uint32_t first_node) {
    tmpl::UnitRecord record;
    record.path = Intern(unit.path);
    record.first_node = first_node;
    record.end_node = Size(tables_.nodes);
    record.first_template = Size(tables_.templates);
    for (const TemplateDefinition& definition : unit.templates) {
      tables_.templates.push_back(
          {strings[definition.name], definition.node + first_node});
    }
    record.template_count = Size(tables_.templates) - record.first_template;
    record.first_import = Size(tables_.imports);
    for (uint32_t import : Resolve(unit, unit.imports)) {
      tables_.imports.push_back(import);
    }
    record.import_count = Size(tables_.imports) - record.first_import;
    record.first_module_use = Size(tables_.module_uses);
    for (const ModuleDeclaration& module : unit.modules) {
      uint32_t index = ModuleOf(unit, module);
      if (index != kNoId) {
        tables_.module_uses.push_back({Intern(module.name), index});
      }
    }
    record.module_use_count =
        Size(tables_.module_uses) - record.first_module_use;
    tables_.units.push_back(record);
  }

  std::vector<uint32_t> Resolve(const Unit& unit,
                                const std::vector<Reference>& references) {
    std::vector<uint32_t> found;
    for (const Reference& reference : references) {
      std::string path = ResolveTemplatePath(
          unit.path, reference.src, [this](std::string_view candidate) {
            return unit_index_.contains(std::string(candidate));
          });
      if (path.empty()) {
        sink_.Report(Kind::kTemplateFileNotFound, {unit.file, reference.span},
                     reference.src);
        found.push_back(kNoId);
      } else {
        found.push_back(unit_index_.find(path)->second);
      }
    }
    return found;
  }

  uint32_t ModuleOf(const Unit& unit, const ModuleDeclaration& module) {
    auto exists = [this](std::string_view candidate) {
      return module_index_.contains(std::string(candidate));
    };
    std::string path =
        module.is_inline()
            ? InlineModulePath(unit.path, module.name)
            : ResolveModulePath(unit.path, module.src.src, exists);
    auto found = module_index_.find(path);
    if (found != module_index_.end()) {
      return found->second;
    }
    if (!module.is_inline()) {
      sink_.Report(Kind::kModuleFileNotFound, {unit.file, module.src.span},
                   module.src.src);
    }
    return kNoId;
  }

  std::span<const Unit* const> units_;
  diagnostics::Sink& sink_;
  tmpl::ProgramTables tables_;
  std::map<std::string, uint32_t, std::less<>> unit_index_;
  std::map<std::string, uint32_t, std::less<>> module_index_;
  // Views into the units' texts and the modules' sources.
  std::unordered_map<std::string_view, uint32_t> string_index_;
};

}  // namespace

std::string LinkTemplates(std::span<const Unit* const> units,
                          std::span<const ModuleSource> modules,
                          diagnostics::Sink& sink) {
  return Linker(units, modules, sink).Run();
}

}  // namespace fcc::fxml
