// SPDX-License-Identifier: Apache-2.0
//
// The vendor forms that FinClip's oldest web views need (prefixes.def). A form
// stands before what the author wrote, so that newer views take the latter.

#ifndef FCC_COMPILER_FTSS_AUTOPREFIX_H_
#define FCC_COMPILER_FTSS_AUTOPREFIX_H_

#include <string>
#include <string_view>
#include <vector>

namespace fcc::ftss {

struct PrefixedDeclaration {
  std::string name;
  std::string value;
  bool operator==(const PrefixedDeclaration&) const = default;
};

// What must stand before `name: value`, in order; usually nothing. In a
// transition a property that has a vendor name is listed under both, which
// changes the declaration itself: then `replacement` is its value.
std::vector<PrefixedDeclaration> PrefixedForms(std::string_view name,
                                               std::string_view value,
                                               std::string& replacement);

// The vendor name of a pseudo element, as `-webkit-input-placeholder` for
// `placeholder`; empty when the views know it.
std::string_view PrefixedPseudoElement(std::string_view name);

// A media condition with the vendor query for `resolution` added; the same
// text when there is none in it.
std::string PrefixedMedia(std::string_view condition);

}  // namespace fcc::ftss

#endif  // FCC_COMPILER_FTSS_AUTOPREFIX_H_
