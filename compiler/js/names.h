// SPDX-License-Identifier: Apache-2.0
//
// The texts of one tree (identifiers, string values, patterns), each kept once,
// so that comparing names is comparing numbers. Texts are WTF-8: UTF-8 where
// lone surrogates may stand in their three-byte form.

#ifndef FCC_COMPILER_JS_NAMES_H_
#define FCC_COMPILER_JS_NAMES_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/base/arena.h"

namespace fcc::js {

// kNone is no text at all; kEmpty is the text "".
enum class NameId : uint32_t { kNone = 0, kEmpty = 1 };

class NameTable {
 public:
  NameTable();
  NameTable(NameTable&&) = default;
  NameTable& operator=(NameTable&&) = default;

  NameId Intern(std::string_view text);
  // kNone when the text was never interned.
  NameId Find(std::string_view text) const;
  // Valid as long as the table lives.
  std::string_view TextOf(NameId name) const {
    return texts_[static_cast<uint32_t>(name)];
  }
  uint32_t size() const { return static_cast<uint32_t>(texts_.size()); }

 private:
  uint32_t SlotOf(std::string_view text, uint64_t hash) const;
  void Grow();

  base::Arena arena_{16384};
  std::vector<std::string_view> texts_;
  std::vector<uint32_t> hashes_;
  // Open addressing; 0 is empty. The size is a power of two.
  std::vector<uint32_t> slots_;
};

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_NAMES_H_
