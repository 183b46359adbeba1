// SPDX-License-Identifier: Apache-2.0
//
// What rules found in single texts and need not look for again while a text is
// as it was: kept by a session between its builds, of one SourceSet.

#ifndef FCC_COMPILER_CHECK_MEMORY_H_
#define FCC_COMPILER_CHECK_MEMORY_H_

#include <map>
#include <string_view>
#include <vector>

#include "compiler/source/source_file.h"

namespace fcc::check {

// Names of pictures and sounds that a text mentions, and last parts of folders
// that it puts names behind. Views of the text.
struct MediaMentions {
  std::vector<std::string_view> names;
  std::vector<std::string_view> folders;
};

struct Memory {
  struct OfText {
    uint32_t revision = 0;
    MediaMentions media;
  };
  std::map<source::FileId, OfText> texts;
  // Packages of package.json that a text names between quotes.
  struct OfPackages {
    uint32_t revision = 0;
    std::vector<std::string_view> names;
  };
  std::map<source::FileId, OfPackages> packages;
};

}  // namespace fcc::check

#endif  // FCC_COMPILER_CHECK_MEMORY_H_
