// SPDX-License-Identifier: Apache-2.0

#include "compiler/fxml/unit_writer.h"

#include <cstring>

namespace fcc::fxml {

// Names are short: a multiplicative hash over eight bytes at a time beats a
// library call.
static uint32_t HashName(std::string_view name) {
  constexpr uint64_t kMultiplier = 0x9E3779B97F4A7C15u;
  uint64_t hash = name.size() * kMultiplier;
  const char* at = name.data();
  size_t left = name.size();
  for (; left >= 8; at += 8, left -= 8) {
    uint64_t word;
    std::memcpy(&word, at, 8);
    hash = (hash ^ word) * kMultiplier;
    hash ^= hash >> 32;
  }
  uint64_t tail = 0;
  if (left > 0) {
    std::memcpy(&tail, at, left);
  }
  hash = (hash ^ tail) * kMultiplier;
  return static_cast<uint32_t>(hash >> 32);
}

void UnitWriter::Grow() {
  std::vector<Entry> old = std::move(table_);
  table_.assign(old.empty() ? 64 : old.size() * 2, {});
  const size_t mask = table_.size() - 1;
  for (const Entry& entry : old) {
    if (entry.id != 0) {
      size_t slot = entry.hash & mask;
      while (table_[slot].id != 0) {
        slot = (slot + 1) & mask;
      }
      table_[slot] = entry;
    }
  }
}

uint32_t* UnitWriter::FindSlot(std::string_view name, uint32_t hash) {
  if (used_ * 2 >= table_.size()) {
    Grow();
  }
  const size_t mask = table_.size() - 1;
  for (size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    Entry& entry = table_[slot];
    if (entry.id == 0) {
      entry.hash = hash;
      return &entry.id;
    }
    if (entry.hash == hash && unit_.strings[entry.id - 1] == name) {
      return &entry.id;
    }
  }
}

uint32_t UnitWriter::Intern(std::string_view name) {
  uint32_t* id = FindSlot(name, HashName(name));
  if (*id == 0) {
    ++used_;
    *id = AddText(name) + 1;
  }
  return *id - 1;
}

uint32_t UnitWriter::InternCopy(std::string_view name) {
  uint32_t* id = FindSlot(name, HashName(name));
  if (*id == 0) {
    ++used_;
    *id = AddText(unit_.arena.Copy(name)) + 1;
  }
  return *id - 1;
}

uint32_t UnitWriter::AddText(std::string_view text) {
  unit_.strings.push_back(text);
  return static_cast<uint32_t>(unit_.strings.size() - 1);
}

void UnitWriter::BeginExpression() {
  first_code_ = static_cast<uint32_t>(unit_.code.size());
  first_read_ = static_cast<uint32_t>(unit_.reads.size());
  depth_ = 0;
  overflow_ = false;
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
