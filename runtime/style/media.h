// SPDX-License-Identifier: Apache-2.0
//
// Media queries (level 4 as mini programs use it) against one screen.

#ifndef FCC_RUNTIME_STYLE_MEDIA_H_
#define FCC_RUNTIME_STYLE_MEDIA_H_

#include <string_view>

namespace fcc::style {

struct MediaEnvironment {
  // Of the view, in px.
  double width = 375;
  double height = 667;
  double pixel_ratio = 2;
  bool is_dark = false;
  bool is_ios = false;
};

// A list of queries, as after `@media`. What is not known is false, as the
// standard has it; an empty list is true.
bool MatchesMedia(std::string_view queries,
                  const MediaEnvironment& environment);

}  // namespace fcc::style

#endif  // FCC_RUNTIME_STYLE_MEDIA_H_
