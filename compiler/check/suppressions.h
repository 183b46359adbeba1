// SPDX-License-Identifier: Apache-2.0
//
// Reports that the source explains away:
//
//   // fcc-ignore CK1001: the host adds this function
//   <!-- fcc-ignore CK2001, CK1102: bound by a plugin -->
//   /* fcc-ignore FS1004: kept for old devices */
//
// A comment covers its own line and the next one that is not blank. A reason is
// needed: one without covers what it names and is reported itself.

#ifndef FCC_COMPILER_CHECK_SUPPRESSIONS_H_
#define FCC_COMPILER_CHECK_SUPPRESSIONS_H_

#include <set>
#include <vector>

#include "compiler/check/memory.h"
#include "compiler/diagnostics/diagnostic.h"

namespace fcc::check {

class Suppressions {
 public:
  // Both must outlive it. Files are searched when they are first asked about.
  Suppressions(const source::SourceSet& sources, Memory& memory)
      : sources_(sources), memory_(memory) {}

  bool Covers(const diagnostics::Diagnostic& diagnostic);
  // Of the files asked about so far.
  void ReportWithoutReason(diagnostics::Sink& sink) const;

 private:
  const std::vector<IgnoreComment>& CommentsOf(source::FileId file);

  const source::SourceSet& sources_;
  Memory& memory_;
  std::set<source::FileId> asked_;
};

}  // namespace fcc::check

#endif  // FCC_COMPILER_CHECK_SUPPRESSIONS_H_
