// SPDX-License-Identifier: Apache-2.0
//
// Does an element match a selector. The element's own tree is reached through
// an interface that runtime/app fills from its shadow trees; a selector never
// sees beyond the tree it is asked in, except through `:host`.

#ifndef FCC_RUNTIME_STYLE_MATCH_H_
#define FCC_RUNTIME_STYLE_MATCH_H_

#include <optional>
#include <string_view>

#include "runtime/style/selector.h"

namespace fcc::style {

class Element {
 public:
  virtual ~Element() = default;
  // As in the template, without the view's `wx-`.
  virtual std::string_view tag() const = 0;
  virtual std::string_view id() const = 0;
  virtual bool HasClass(std::string_view name) const = 0;
  virtual std::optional<std::string_view> Attribute(
      std::string_view name) const = 0;
  // Of the same tree; null at its root.
  virtual const Element* parent() const = 0;
  virtual const Element* previous_sibling() const = 0;
  virtual const Element* next_sibling() const = 0;
  virtual const Element* first_child() const = 0;
  // The component this tree belongs to; null for a page.
  virtual const Element* host() const { return nullptr; }
  // :hover, :active, :focus, :checked, :disabled; false when not known.
  virtual bool HasState(std::string_view /*pseudo_class*/) const {
    return false;
  }
};

// `scope_is_host`: `element` is the host of the tree whose sheet is asked, so
// only `:host` selectors can match it.
struct MatchContext {
  bool scope_is_host = false;
};

// `pseudo_element` takes the name of the selector's pseudo element, without
// colons; empty when it selects the element itself.
bool Matches(const SelectorTable& table, uint32_t selector,
             const Element& element, const MatchContext& context,
             std::string_view& pseudo_element);

// True when one selector of the list selects the element itself.
bool Matches(const SelectorList& list, const Element& element);

}  // namespace fcc::style

#endif  // FCC_RUNTIME_STYLE_MATCH_H_
