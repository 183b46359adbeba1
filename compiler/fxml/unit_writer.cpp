// SPDX-License-Identifier: Apache-2.0

#include "compiler/fxml/unit_writer.h"

#include <cstddef>
#include <cstring>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "compiler/fxml/name_hash.h"

namespace fcc::fxml {

// Of one thread: compiling a file finds the memory of the one before it.
static UnitTables& Kept() {
  static thread_local UnitTables tables;
  return tables;
}

UnitTables UnitTables::Take() {
  return std::move(Kept());
}

void UnitTables::Give(UnitTables tables) {
  // One huge file must not hold its memory for ever.
  constexpr size_t kMaxKeptRecords = 1 << 16;
  if (tables.strings.capacity() + tables.code.capacity() +
          tables.nodes.capacity() + tables.attrs.capacity() >
      kMaxKeptRecords) {
    return;
  }
  tables.strings.clear();
  tables.numbers.clear();
  tables.code.clear();
  tables.paths.clear();
  tables.reads.clear();
  tables.expressions.clear();
  tables.attrs.clear();
  tables.nodes.clear();
  tables.templates.clear();
  tables.imports.clear();
  tables.includes.clear();
  tables.modules.clear();
  tables.name_count = 0;
  // Entries of before the count began again must not look like new ones.
  if (++tables.epoch == 0) {
    tables.names.clear();
  }
  Kept() = std::move(tables);
}

void UnitTables::MoveTo(Unit& unit) const {
  const auto each = [&](const auto& visit) {
    visit(unit.strings, strings);
    visit(unit.numbers, numbers);
    visit(unit.code, code);
    visit(unit.paths, paths);
    visit(unit.reads, reads);
    visit(unit.expressions, expressions);
    visit(unit.attrs, attrs);
    visit(unit.nodes, nodes);
    visit(unit.templates, templates);
    visit(unit.imports, imports);
    visit(unit.includes, includes);
    visit(unit.modules, modules);
  };
  // All in one block of the very size.
  constexpr size_t kAlign = 8;
  const auto size_of = [](const auto& table) {
    static_assert(alignof(decltype(table[0])) <= kAlign);
    return (table.size() * sizeof(table[0]) + kAlign - 1) & ~(kAlign - 1);
  };
  size_t size = 0;
  each([&](const auto&, const auto& table) { size += size_of(table); });
  auto* at = static_cast<std::byte*>(unit.arena.Allocate(size, kAlign));
  each([&](auto& place, const auto& table) {
    using Record = typename std::decay_t<decltype(table)>::value_type;
    auto* first = reinterpret_cast<Record*>(at);
    std::uninitialized_copy(table.begin(), table.end(), first);
    place = {first, table.size()};
    at += size_of(table);
  });
}

void UnitWriter::Grow() {
  std::vector<UnitTables::NameEntry> old = std::move(unit_.names);
  unit_.names.assign(old.empty() ? 256 : old.size() * 2, {});
  const size_t mask = unit_.names.size() - 1;
  // Of epoch 0 is what was never used.
  if (unit_.epoch == 0) {
    unit_.epoch = 1;
  }
  for (const UnitTables::NameEntry& entry : old) {
    if (entry.epoch == unit_.epoch) {
      size_t slot = entry.hash & mask;
      while (unit_.names[slot].epoch == unit_.epoch) {
        slot = (slot + 1) & mask;
      }
      unit_.names[slot] = entry;
    }
  }
}

UnitTables::NameEntry& UnitWriter::FindSlot(std::string_view name,
                                            uint32_t hash) {
  if (unit_.name_count * 2 >= unit_.names.size()) {
    Grow();
  }
  const size_t mask = unit_.names.size() - 1;
  for (size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    UnitTables::NameEntry& entry = unit_.names[slot];
    if (entry.epoch != unit_.epoch ||
        (entry.hash == hash && unit_.strings[entry.id] == name)) {
      return entry;
    }
  }
}

uint32_t UnitWriter::Intern(std::string_view name) {
  const uint32_t hash = HashName(name);
  UnitTables::NameEntry& entry = FindSlot(name, hash);
  if (entry.epoch != unit_.epoch) {
    ++unit_.name_count;
    entry = {hash, AddText(name), unit_.epoch};
  }
  return entry.id;
}

uint32_t UnitWriter::InternCopy(std::string_view name) {
  const uint32_t hash = HashName(name);
  UnitTables::NameEntry& entry = FindSlot(name, hash);
  if (entry.epoch != unit_.epoch) {
    ++unit_.name_count;
    entry = {hash, AddText(arena_.Copy(name)), unit_.epoch};
  }
  return entry.id;
}

void UnitWriter::Emit(tmpl::Op op, uint32_t operand) {
  struct Effect {
    int8_t pops;
    int8_t pushes;
  };
  static constexpr Effect kEffects[] = {
#define FCC_OP(symbol, name, pops, pushes) {pops, pushes},
#include "runtime/template/ops.def"
#undef FCC_OP
  };
  const Effect& effect = kEffects[static_cast<size_t>(op)];
  if (effect.pops >= 0) {
    depth_ += effect.pushes - effect.pops;
  } else {
    int pops = static_cast<int>(operand) + (op == tmpl::Op::kCall ? 1 : 0);
    depth_ += effect.pushes - pops;
  }
  // And and Or keep their value on one of their two ways.
  overflow_ = overflow_ || depth_ + 1 > static_cast<int>(tmpl::kMaxStack);
  unit_.code.push_back(tmpl::Instruction(op, operand));
}

uint32_t UnitWriter::EmitJump(tmpl::Op op) {
  Emit(op);
  return at() - 1;
}

void UnitWriter::PatchJump(uint32_t jump) {
  uint32_t& word = unit_.code[first_code_ + jump];
  word = tmpl::Instruction(tmpl::OpOf(word), at() - jump - 1);
}

void UnitWriter::EmitNumber(double number) {
  // -0 and everything that is no small whole number go to the table.
  if (number >= 0 && number <= tmpl::kMaxOperand &&
      number == static_cast<uint32_t>(number)) {
    Emit(tmpl::Op::kInteger, static_cast<uint32_t>(number));
    return;
  }
  unit_.numbers.push_back(number);
  Emit(tmpl::Op::kNumber, static_cast<uint32_t>(unit_.numbers.size() - 1));
}

void UnitWriter::AddRead(uint32_t root, const std::vector<uint32_t>& members) {
  unit_.reads.push_back({root, static_cast<uint32_t>(unit_.paths.size()),
                         static_cast<uint32_t>(members.size())});
  unit_.paths.insert(unit_.paths.end(), members.begin(), members.end());
}

uint32_t UnitWriter::LiteralKeyName() {
  const uint32_t word = unit_.code.back();
  switch (tmpl::OpOf(word)) {
    case tmpl::Op::kInteger:
      return InternCopy(std::to_string(tmpl::OperandOf(word)));
    case tmpl::Op::kString:
      return tmpl::OperandOf(word);
    default:
      return tmpl::kNoId;
  }
}

uint32_t UnitWriter::EndExpression(base::Span span, uint32_t flags) {
  const auto read_count =
      static_cast<uint32_t>(unit_.reads.size()) - first_read_;
  unit_.expressions.push_back({first_code_, at(), first_read_, read_count,
                               flags, span.begin, span.end});
  return static_cast<uint32_t>(unit_.expressions.size() - 1);
}

void UnitWriter::Rewind(const Mark& mark) {
  unit_.code.resize(mark.code);
  unit_.reads.resize(mark.reads);
  depth_ = mark.depth;
  overflow_ = false;
}

}  // namespace fcc::fxml
