// SPDX-License-Identifier: Apache-2.0
//
// The tables of the unit being compiled: interned names, code with its stack
// depth, reads. They grow in memory that the next unit uses again, and move to
// the unit's arena when it is done. Of this room only.

#ifndef FCC_COMPILER_FXML_UNIT_WRITER_H_
#define FCC_COMPILER_FXML_UNIT_WRITER_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "compiler/fxml/unit.h"
#include "runtime/base/span.h"
#include "runtime/template/format.h"

namespace fcc::fxml {

struct UnitTables {
  std::vector<std::string_view> strings;
  std::vector<double> numbers;
  std::vector<uint32_t> code;
  std::vector<uint32_t> paths;
  std::vector<tmpl::ReadRecord> reads;
  std::vector<tmpl::ExpressionRecord> expressions;
  std::vector<tmpl::AttrRecord> attrs;
  std::vector<tmpl::NodeRecord> nodes;
  std::vector<TemplateDefinition> templates;
  std::vector<Reference> imports;
  std::vector<Reference> includes;
  std::vector<ModuleDeclaration> modules;

  // Open addressing over string ids + 1 of names, with their hashes. An entry
  // of another epoch is free.
  struct NameEntry {
    uint32_t hash = 0;
    uint32_t id = 0;
    uint32_t epoch = 0;
  };
  std::vector<NameEntry> names;
  uint32_t name_count = 0;
  uint32_t epoch = 0;

  // What tables of this thread last held, emptied. Give() takes them back.
  static UnitTables Take();
  static void Give(UnitTables tables);
  // Copies every table to the unit's arena.
  void MoveTo(Unit& unit) const;
};

class UnitWriter {
 public:
  UnitWriter(UnitTables& tables, base::Arena& arena)
      : unit_(tables), arena_(arena) {}

  // The id of a name; the view must live as long as the unit.
  uint32_t Intern(std::string_view name);
  // The same for a text that does not live on; it is copied if it is new.
  uint32_t InternCopy(std::string_view name);
  // A text, not looked up; the view must live as long as the unit.
  uint32_t AddText(std::string_view text) {
    unit_.strings.push_back(text);
    return static_cast<uint32_t>(unit_.strings.size() - 1);
  }

  void BeginExpression() {
    first_code_ = static_cast<uint32_t>(unit_.code.size());
    first_read_ = static_cast<uint32_t>(unit_.reads.size());
    depth_ = 0;
    overflow_ = false;
  }
  // Words are numbered from the expression's start.
  uint32_t at() const {
    return static_cast<uint32_t>(unit_.code.size()) - first_code_;
  }
  void Emit(tmpl::Op op, uint32_t operand = 0);
  // A jump whose target is set later.
  uint32_t EmitJump(tmpl::Op op);
  void PatchJump(uint32_t jump);
  // Jumps join code of other depths: who emits them says where the depth is.
  int depth() const { return depth_; }
  void set_depth(int depth) { depth_ = depth; }
  bool stack_overflow() const { return overflow_; }

  void EmitNumber(double number);
  // A read path; `members` are string ids.
  void AddRead(uint32_t root, const std::vector<uint32_t>& members);
  // The name of the member that a key of one instruction, which ends the
  // expression begun, stands for: a whole number's or a string's; else kNoId.
  uint32_t LiteralKeyName();
  // Ends the expression; its index.
  uint32_t EndExpression(base::Span span, uint32_t flags);

  // A place in the expression begun, to go back to when what follows turns out
  // to be wrong.
  struct Mark {
    size_t code = 0;
    size_t reads = 0;
    int depth = 0;
  };
  Mark mark() const { return {unit_.code.size(), unit_.reads.size(), depth_}; }
  void Rewind(const Mark& mark);

 private:
  UnitTables::NameEntry& FindSlot(std::string_view name, uint32_t hash);
  void Grow();

  UnitTables& unit_;
  base::Arena& arena_;

  uint32_t first_code_ = 0;
  uint32_t first_read_ = 0;
  int depth_ = 0;
  bool overflow_ = false;
};

}  // namespace fcc::fxml

#endif  // FCC_COMPILER_FXML_UNIT_WRITER_H_
