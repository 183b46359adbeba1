// SPDX-License-Identifier: Apache-2.0
//
// The reader of style programs on any bytes, and what walks a program that it
// let through. The first byte chooses between a program and a selector.

#include <cstddef>
#include <cstdint>
#include <string>

#include "runtime/style/instantiate_css.h"
#include "runtime/style/match.h"
#include "runtime/style/style_program.h"

using namespace fcc;  // NOLINT

namespace {

class Leaf : public style::Element {
 public:
  explicit Leaf(const Leaf* parent) : parent_(parent) {}
  std::string_view tag() const override { return "view"; }
  std::string_view id() const override { return "a"; }
  bool HasClass(std::string_view name) const override { return name == "a"; }
  std::optional<std::string_view> Attribute(
      std::string_view name) const override {
    return name;
  }
  const Element* parent() const override { return parent_; }
  const Element* previous_sibling() const override { return nullptr; }
  const Element* next_sibling() const override { return nullptr; }
  const Element* first_child() const override { return nullptr; }

 private:
  const Leaf* parent_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) {
    return 0;
  }
  std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  const Leaf root(nullptr);
  const Leaf leaf(&root);
  if (data[0] % 2 == 0) {
    if (const auto list = style::SelectorList::Parse(bytes); list.ok()) {
      style::Matches(*list, leaf);
    }
    return 0;
  }
  const auto program = style::StyleProgram::Load(std::move(bytes));
  if (!program.ok()) {
    return 0;
  }
  for (const style::SheetRecord& sheet : program->sheets()) {
    style::InstantiateCss(*program, program->Text(sheet.path), {});
  }
  const style::SelectorTable table = program->selectors();
  for (uint32_t i = 0; i < table.selectors.size(); ++i) {
    std::string_view pseudo_element;
    style::Matches(table, i, leaf, {}, pseudo_element);
  }
  return 0;
}
