// SPDX-License-Identifier: Apache-2.0
//
// A style program back to CSS text for one device and one scope, for hosts
// whose view is a web view, and for comparing with the reference compiler.
// Rules follow the reference: rpx are rounded down to whole pixels, tags become
// `wx-…`, `page` becomes `body`, classes take the scope's prefix.

#ifndef FCC_RUNTIME_STYLE_INSTANTIATE_CSS_H_
#define FCC_RUNTIME_STYLE_INSTANTIATE_CSS_H_

#include <functional>
#include <string>
#include <string_view>

#include "runtime/style/style_program.h"

namespace fcc::style {

struct InstantiateOptions {
  double device_width = 375;
  double pixel_ratio = 2;
  // iOS shows half pixels on dense screens.
  bool is_ios = false;
  std::string_view class_prefix;
  // What `:host` is called in this scope, as `[is="components/card"]`; empty
  // leaves `:host` as it is.
  std::string_view host;
  // Finds an imported sheet that is not in the program; may be empty.
  std::function<const StyleProgram*(std::string_view path)> find_program;
};

// floor(n / 750 * width + 1e-4); what rounds to 0 but is not 0 is one pixel,
// or half a pixel on a dense iOS screen.
double RpxToPx(double rpx, double device_width, double pixel_ratio,
               bool is_ios);

// `text` with every rpx dimension outside strings and url() in px.
std::string ResolveRpx(std::string_view text, double device_width,
                       double pixel_ratio, bool is_ios);

// The sheet with what it imports, each sheet once. No such sheet: empty.
std::string InstantiateCss(const StyleProgram& program, std::string_view path,
                           const InstantiateOptions& options);

}  // namespace fcc::style

#endif  // FCC_RUNTIME_STYLE_INSTANTIATE_CSS_H_
