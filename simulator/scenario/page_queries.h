// SPDX-License-Identifier: Apache-2.0
//
// The queries that an app's own code opens its pages with: texts such as
// "/pages/detail/detail?id=1" in its scripts and templates.

#ifndef FCC_SIMULATOR_SCENARIO_PAGE_QUERIES_H_
#define FCC_SIMULATOR_SCENARIO_PAGE_QUERIES_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/package/package.h"

namespace fcc::scenario {

// Of one page the best first: those whose values are all written down, then
// those with more parameters. What an expression gives is guessed.
using PageQueries = std::map<std::string, std::vector<std::string>>;

PageQueries FindPageQueries(package::Bundle& bundle);
// Those of one text.
void AddPageQueries(std::string_view text,
                    const std::vector<std::string>& pages,
                    PageQueries& queries);

}  // namespace fcc::scenario

#endif  // FCC_SIMULATOR_SCENARIO_PAGE_QUERIES_H_
