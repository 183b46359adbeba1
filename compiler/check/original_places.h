// SPDX-License-Identifier: Apache-2.0
//
// What a framework built, told as what a developer wrote: a report in a script
// that came with a source map moves to the original file; one in the
// framework's own code goes.

#ifndef FCC_COMPILER_CHECK_ORIGINAL_PLACES_H_
#define FCC_COMPILER_CHECK_ORIGINAL_PLACES_H_

#include <map>
#include <memory>
#include <set>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/link/program.h"
#include "runtime/base/file_system.h"

namespace fcc::check {

class OriginalPlaces {
 public:
  // Both must outlive it. The originals' texts are added to `sources`.
  OriginalPlaces(base::FileSystem& fs, source::SourceSet& sources);
  ~OriginalPlaces();

  // Moves a report of a rule, by the map that the script names or that lies
  // beside it; one that cannot be read is none. False where the report is to be
  // left out.
  bool Move(const link::Program& program, diagnostics::Diagnostic& diagnostic);
  // A text that was added.
  bool IsOriginal(source::FileId file) const { return added_.contains(file); }

 private:
  class Original;
  struct OfScript {
    uint32_t revision = 0;
    // Null where there is no map.
    std::unique_ptr<Original> original;
  };

  base::FileSystem& fs_;
  source::SourceSet& sources_;
  std::map<source::FileId, OfScript> scripts_;
  std::set<source::FileId> added_;
};

}  // namespace fcc::check

#endif  // FCC_COMPILER_CHECK_ORIGINAL_PLACES_H_
