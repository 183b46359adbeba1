// SPDX-License-Identifier: Apache-2.0
//
// Adds to a unit's tables: interned names, code with its stack depth, reads.
// Of this room only.

#ifndef FCC_COMPILER_FXML_UNIT_WRITER_H_
#define FCC_COMPILER_FXML_UNIT_WRITER_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "compiler/fxml/unit.h"
#include "runtime/base/span.h"
#include "runtime/template/format.h"

namespace fcc::fxml {

class UnitWriter {
 public:
  explicit UnitWriter(Unit& unit) : unit_(unit) {}

  // The id of a name; the view must live as long as the unit.
  uint32_t Intern(std::string_view name);
  // The same for a text that does not live on; it is copied if it is new.
  uint32_t InternCopy(std::string_view name);
  // A text, not looked up; the view must live as long as the unit.
  uint32_t AddText(std::string_view text);

  void BeginExpression();
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
  uint32_t* FindSlot(std::string_view name, uint32_t hash);
  void Grow();

  Unit& unit_;
  // Open addressing over string ids + 1 of names, with their hashes.
  struct Entry {
    uint32_t hash = 0;
    uint32_t id = 0;
  };
  std::vector<Entry> table_;
  uint32_t used_ = 0;

  uint32_t first_code_ = 0;
  uint32_t first_read_ = 0;
  int depth_ = 0;
  bool overflow_ = false;
};

}  // namespace fcc::fxml

#endif  // FCC_COMPILER_FXML_UNIT_WRITER_H_
