// SPDX-License-Identifier: Apache-2.0

#include "runtime/template/program.h"

#include <bit>
#include <cstring>
#include <new>

#include "runtime/base/format.h"
#include "runtime/base/hash.h"
#include "runtime/base/json.h"
#include "runtime/template/verify.h"

namespace fcc::tmpl {

// Tables are read where they lie.
static_assert(std::endian::native == std::endian::little);

static base::Error Corrupt(std::string_view what) {
  return {base::ErrorKind::kCorrupt, "template program: " + std::string(what)};
}

base::Result<std::unique_ptr<const Program>> Program::Load(std::string bytes) {
  std::unique_ptr<Program> program(new Program);
  program->bytes_ = std::move(bytes);
  FCC_TRY(program->Open());
  FCC_TRY(VerifyProgram(*program));
  program->Index();
  return std::unique_ptr<const Program>(std::move(program));
}

base::Status Program::Open() {
  if (bytes_.size() < sizeof(Header)) {
    return Corrupt("too short");
  }
  Header header;
  std::memcpy(&header, bytes_.data(), sizeof(header));
  if (header.magic != kMagic) {
    return Corrupt("not a template program");
  }
  if (header.version != kFormatVersion) {
    return base::Error{
        base::ErrorKind::kUnsupported,
        base::format("template program of version {}, this runtime reads {}",
                     header.version, kFormatVersion)};
  }
  if (header.size != bytes_.size()) {
    return Corrupt("its size is not what it says");
  }
  auto open = [&]<typename Record>(Section section,
                                   std::span<const Record>& table) {
    const SectionRecord& record =
        header.sections[static_cast<uint32_t>(section)];
    if (record.offset < sizeof(Header) || record.offset % 8 != 0 ||
        record.offset > bytes_.size() ||
        record.count > (bytes_.size() - record.offset) / sizeof(Record)) {
      return false;
    }
    // The string's buffer comes from operator new, which aligns for any record.
    table = {reinterpret_cast<const Record*>(bytes_.data() + record.offset),
             record.count};
    return true;
  };
  std::span<const char> text;
  if (!open(Section::kStrings, strings_) || !open(Section::kText, text) ||
      !open(Section::kNumbers, numbers_) || !open(Section::kCode, code_) ||
      !open(Section::kPaths, paths_) || !open(Section::kReads, reads_) ||
      !open(Section::kExpressions, expressions_) ||
      !open(Section::kAttrs, attrs_) || !open(Section::kNodes, nodes_) ||
      !open(Section::kTemplates, templates_) ||
      !open(Section::kImports, imports_) ||
      !open(Section::kModuleUses, module_uses_) ||
      !open(Section::kModules, modules_) || !open(Section::kUnits, units_)) {
    return Corrupt("a section is out of bounds");
  }
  text_ = {text.data(), text.size()};
  return {};
}

void Program::Index() {
  string_values_.reserve(strings_.size());
  size_t size = 16;
  while (size < strings_.size() * 2) {
    size *= 2;
  }
  string_table_.assign(size, 0);
  for (uint32_t id = 0; id < strings_.size(); ++id) {
    string_values_.push_back(value::Value::String(String(id)));
    size_t slot = base::HashFast(String(id)) & (size - 1);
    while (string_table_[slot] != 0 &&
           String(string_table_[slot] - 1) != String(id)) {
      slot = (slot + 1) & (size - 1);
    }
    if (string_table_[slot] == 0) {
      string_table_[slot] = id + 1;
    }
  }

  names_read_.reserve(expressions_.size());
  for (const ExpressionRecord& expression : expressions_) {
    uint64_t names = 0;
    for (const ReadRecord& read :
         reads_.subspan(expression.first_read, expression.read_count)) {
      names |= NameBit(read.root);
    }
    names_read_.push_back(names);
  }

  // An include reads what the included unit reads, and units may include each
  // other in circles: repeat until no unit grows.
  names_below_.assign(nodes_.size(), 0);
  std::vector<uint64_t> unit_names(units_.size(), 0);
  for (bool grew = true; grew;) {
    grew = false;
    for (size_t u = 0; u < units_.size(); ++u) {
      uint64_t names = 0;
      for (uint32_t at = units_[u].first_node; at < units_[u].end_node;
           at = nodes_[at].end) {
        names |= IndexSubtree(at, unit_names);
      }
      if (names != unit_names[u]) {
        unit_names[u] = names;
        grew = true;
      }
    }
  }
}

uint64_t Program::IndexSubtree(uint32_t root,
                               const std::vector<uint64_t>& unit_names) {
  // Children stand behind their parent: from the back, every subtree is
  // complete when its root is reached.
  for (uint32_t at = nodes_[root].end; at-- > root;) {
    const NodeRecord& node = nodes_[at];
    uint64_t names = 0;
    if (node.value_kind == ValueKind::kExpression) {
      names |= names_read_[node.value];
    }
    if (node.kind == NodeKind::kTemplateUse && node.extra != kNoId) {
      names |= names_read_[node.extra];
    }
    if (node.kind == NodeKind::kInclude && node.extra != kNoId) {
      names |= unit_names[node.extra];
    }
    if (node.kind == NodeKind::kElement) {
      for (const AttrRecord& attr :
           attrs_.subspan(node.first_attr, node.attr_count)) {
        if (attr.value_kind == ValueKind::kExpression) {
          names |= names_read_[attr.value];
        }
        if (attr.kind == AttrKind::kModel) {
          // Its path holds loop indices, which no read names.
          names = ~uint64_t{0};
        }
      }
    }
    for (uint32_t child = at + 1; child < node.end; child = nodes_[child].end) {
      if (nodes_[child].kind != NodeKind::kDefinition) {
        names |= names_below_[child];
      }
    }
    names_below_[at] = names;
  }
  return nodes_[root].kind == NodeKind::kDefinition ? 0 : names_below_[root];
}

UnitId Program::FindUnit(std::string_view path) const {
  for (size_t i = 0; i < units_.size(); ++i) {
    if (String(units_[i].path) == path) {
      return static_cast<UnitId>(i);
    }
  }
  return UnitId::kNone;
}

std::string_view Program::UnitPath(UnitId unit) const {
  return String(units_[static_cast<uint32_t>(unit)].path);
}

ModuleView Program::Module(uint32_t index) const {
  return {String(modules_[index].path), String(modules_[index].source)};
}

uint32_t Program::FindString(std::string_view text) const {
  size_t mask = string_table_.size() - 1;
  for (size_t slot = base::HashFast(text) & mask; string_table_[slot] != 0;
       slot = (slot + 1) & mask) {
    if (String(string_table_[slot] - 1) == text) {
      return string_table_[slot] - 1;
    }
  }
  return kNoId;
}

}  // namespace fcc::tmpl
