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

#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"

namespace fcc::check {

class Suppressions {
 public:
  // Must outlive it. Files are searched when they are first asked about, and
  // again when their texts were replaced.
  explicit Suppressions(const source::SourceSet& sources) : sources_(sources) {}

  bool Covers(const diagnostics::Diagnostic& diagnostic);
  // Of a file that was asked about.
  void ReportWithoutReason(source::FileId file, diagnostics::Sink& sink);

 private:
  struct Comment {
    base::Span span;
    // Lines it covers.
    uint32_t first_line = 0;
    uint32_t last_line = 0;
    std::vector<std::string> codes;
    bool has_reason = false;
  };
  struct OfFile {
    uint32_t revision = 0;
    std::vector<Comment> comments;
  };
  const std::vector<Comment>& CommentsOf(source::FileId file);

  const source::SourceSet& sources_;
  std::unordered_map<source::FileId, OfFile> files_;
};

}  // namespace fcc::check

#endif  // FCC_COMPILER_CHECK_SUPPRESSIONS_H_
