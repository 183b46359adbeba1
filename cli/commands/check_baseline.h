// SPDX-License-Identifier: Apache-2.0
//
// Reports that were there before: a file lists them, and `fcc check` tells only
// what has come since. A report is known again by its code, its file and the
// text of its line, so that lines may move; two of the same count as two.

#ifndef FCC_CLI_COMMANDS_CHECK_BASELINE_H_
#define FCC_CLI_COMMANDS_CHECK_BASELINE_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "runtime/base/result.h"

namespace fcc::commands {

class Baseline {
 public:
  // kCorrupt where the text is no baseline.
  static base::Result<Baseline> Read(std::string_view json);
  static Baseline Of(const std::vector<diagnostics::Diagnostic>& diagnostics,
                     const source::SourceSet& sources);

  // Takes what it lists out of `diagnostics`; returns how many it took.
  size_t Filter(std::vector<diagnostics::Diagnostic>& diagnostics,
                const source::SourceSet& sources) const;
  // Sorted; a line each, so that it can be compared and merged.
  std::string ToJson() const;

 private:
  struct Key {
    std::string code;
    std::string path;
    std::string line;
    auto operator<=>(const Key&) const = default;
  };
  static Key KeyOf(const diagnostics::Diagnostic& diagnostic,
                   const source::SourceSet& sources);

  std::map<Key, uint32_t> counts_;
};

}  // namespace fcc::commands

#endif  // FCC_CLI_COMMANDS_CHECK_BASELINE_H_
