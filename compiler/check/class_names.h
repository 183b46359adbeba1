// SPDX-License-Identifier: Apache-2.0
//
// The classes and ids that a template may give to its elements. What is put
// together when the app runs is followed as far as it is written:
// `item-{{kind}}` is anything that begins with `item-`, `{{a ? 'x' : 'y'}}` is
// x or y, `{{name}}` is anything at all.

#ifndef FCC_COMPILER_CHECK_CLASS_NAMES_H_
#define FCC_COMPILER_CHECK_CLASS_NAMES_H_

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/fxml/unit.h"

namespace fcc::check {

// Parted texts whose whole is not known: what stands between the parts may be
// anything.
struct Texts {
  // Each alternative: its known parts, with a gap between each two.
  std::vector<std::vector<std::string>> alternatives;
  // There are more alternatives than are worth following.
  bool any = false;
};

// What an expression of the unit may come to, as text.
Texts TextsOf(const fxml::Unit& unit, uint32_t expression);

class NameSet {
 public:
  // Words of a text that is known whole.
  void AddWords(std::string_view text);
  void Add(const Texts& texts);
  void AddAny() { any_ = true; }

  bool any() const { return any_; }
  bool MayHold(std::string_view name) const;
  // Another number for other names.
  uint64_t Stamp() const;

 private:
  std::set<std::string, std::less<>> whole_;
  // Beginning and end of names with something unknown between.
  std::vector<std::pair<std::string, std::string>> patterns_;
  bool any_ = false;
};

}  // namespace fcc::check

#endif  // FCC_COMPILER_CHECK_CLASS_NAMES_H_
