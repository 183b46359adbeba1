// SPDX-License-Identifier: Apache-2.0
//
// package.json of an npm package, as far as it says which of its files a name
// means: `main`, `module`, `exports` and `browser`. A mini program is nearer to
// a browser than to Node.js.

#ifndef FCC_COMPILER_PROJECT_NPM_ENTRIES_H_
#define FCC_COMPILER_PROJECT_NPM_ENTRIES_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/json.h"

namespace fcc::project {

// Files that the package's own name may mean, as written, the best first;
// "index.js" stands last.
std::vector<std::string> MainEntries(const base::JsonNode& package_json);

// Files that `subpath` ("./lib/a", "." for the package itself) may mean by
// `exports`, as written.
std::vector<std::string> ExportEntries(const base::JsonNode& package_json,
                                       std::string_view subpath);

// `browser` as a table: what stands in place of a file ("./lib/node.js") or of
// another package ("crypto"); nothing where that is left out.
std::vector<std::pair<std::string, std::string>> BrowserReplacements(
    const base::JsonNode& package_json);

}  // namespace fcc::project

#endif  // FCC_COMPILER_PROJECT_NPM_ENTRIES_H_
