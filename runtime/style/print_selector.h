// SPDX-License-Identifier: Apache-2.0
//
// Selectors back to text, as the view takes them.

#ifndef FCC_RUNTIME_STYLE_PRINT_SELECTOR_H_
#define FCC_RUNTIME_STYLE_PRINT_SELECTOR_H_

#include <string>
#include <string_view>

#include "runtime/style/selector.h"

namespace fcc::style {

// Which arguments of functional pseudo classes take the class prefix.
enum class ScopedLists : uint8_t {
  // :not() only, as the reference compiler has it.
  kNot,
  kAll,
};

struct SelectorText {
  std::string_view class_prefix;
  // Stands for `:host`, as `[is="components/card"]`; empty keeps `:host`.
  std::string_view host;
  ScopedLists scoped_lists = ScopedLists::kNot;
  // Names stand in the table as the source has them, escapes and all; else
  // they are escaped here.
  bool names_are_source = false;
};

// A tag as the view names it: `view` → `wx-view`, `page` → `body`.
std::string ViewTagOf(std::string_view tag);

// `:host(.a, .b)` gives two selectors where `host` is set.
void AppendSelector(std::string& out, const SelectorTable& table,
                    const Selector& selector, const SelectorText& how);

}  // namespace fcc::style

#endif  // FCC_RUNTIME_STYLE_PRINT_SELECTOR_H_
