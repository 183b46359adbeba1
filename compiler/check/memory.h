// SPDX-License-Identifier: Apache-2.0
//
// What rules found and need not look for again while what they looked at is as
// it was: kept by a session between its builds, of one project and one
// SourceSet.
//
// A rule looks at pieces: a script, a template, a page with all its files. A
// piece has a stamp that is another one when anything is that the rule reads of
// it; with the same stamp come the same reports.

#ifndef FCC_COMPILER_CHECK_MEMORY_H_
#define FCC_COMPILER_CHECK_MEMORY_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/source/source_file.h"

namespace fcc::check {

// Names of pictures and sounds that a text mentions, and last parts of folders
// that it puts names behind. Views of the text.
struct MediaMentions {
  std::vector<std::string_view> names;
  std::vector<std::string_view> folders;
};

// `fcc-ignore` in a comment.
struct IgnoreComment {
  base::Span span;
  // Lines it covers.
  uint32_t first_line = 0;
  uint32_t last_line = 0;
  std::vector<std::string> codes;
  bool has_reason = false;
};

struct Memory {
  struct OfText {
    uint32_t revision = 0;
    MediaMentions media;
    // Of `media`.
    uint64_t stamp = 0;
  };
  std::map<source::FileId, OfText> texts;
  // Packages of package.json that a text names between quotes.
  struct OfPackages {
    uint32_t revision = 0;
    std::vector<std::string_view> names;
  };
  std::map<source::FileId, OfPackages> packages;
  struct OfComments {
    uint32_t revision = 0;
    std::vector<IgnoreComment> comments;
  };
  std::map<source::FileId, OfComments> comments;
  // Elements of a template that are built in, as indices of its nodes; what a
  // script names: a stamp of its dependencies.
  struct OfNodes {
    uint64_t stamp = 0;
    std::vector<uint32_t> nodes;
  };
  std::vector<OfNodes> built_ins;
  // By each component's place in the project the places of those that its
  // usingComponents name.
  std::vector<std::vector<uint32_t>> uses;
  struct OfDependencies {
    uint64_t stamp = 0;
    uint64_t of_names = 0;
  };
  std::vector<OfDependencies> dependencies;

  // 0 is no stamp.
  struct Piece {
    uint64_t stamp = 0;
    std::vector<diagnostics::Diagnostic> reports;
  };
  // By the rule's place in rules.def, then by the piece's file.
  std::vector<std::vector<Piece>> pieces;
  // Of the program as a whole, by the rule's place.
  std::vector<Piece> whole;
  // How many pieces were looked at and not remembered.
  size_t looked_at = 0;
  // False for one run only: nothing is remembered.
  bool keeps = true;

  Piece& PieceOf(size_t rule, source::FileId file) {
    if (pieces.size() <= rule) {
      pieces.resize(rule + 1);
    }
    const size_t at = static_cast<size_t>(file);
    if (pieces[rule].size() <= at) {
      pieces[rule].resize(at + 1);
    }
    return pieces[rule][at];
  }
};

// Both stamps in one; never 0.
constexpr uint64_t MixStamps(uint64_t left, uint64_t right) {
  uint64_t mixed = left * 0x9E3779B97F4A7C15u + right + 0x7F4A7C159E3779B9u;
  mixed = (mixed ^ mixed >> 29) * 0xBF58476D1CE4E5B9u;
  return (mixed ^ mixed >> 32) | 1;
}

inline uint64_t StampOf(std::string_view text) {
  return std::hash<std::string_view>()(text) | 1;
}

}  // namespace fcc::check

#endif  // FCC_COMPILER_CHECK_MEMORY_H_
