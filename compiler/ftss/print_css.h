// SPDX-License-Identifier: Apache-2.0
//
// CSS text as the package's page html carries it: imports put in place, classes
// prefixed, tags mapped, rpx kept for the view to convert.

#ifndef FCC_COMPILER_FTSS_PRINT_CSS_H_
#define FCC_COMPILER_FTSS_PRINT_CSS_H_

#include <string>
#include <string_view>

#include "compiler/ftss/import_graph.h"
#include "compiler/ftss/style_sheet.h"
#include "runtime/base/source_map.h"

namespace fcc::ftss {

enum class StyleIsolation : uint8_t {
  kIsolated,
  kApplyShared,
  kShared,
  kPageIsolated,
  kPageApplyShared,
  kPageShared,
};

// The value of `styleIsolation` in options or json; false for other words.
bool ParseStyleIsolation(std::string_view word, StyleIsolation& isolation);
// The component's own classes are shared with its surroundings: no prefix.
bool IsUnscoped(StyleIsolation isolation);
// The page's view does not take the app's sheet.
bool SkipsAppSheet(StyleIsolation isolation);

// The class prefix of a page or component: `card--` for components/card/card,
// `card-index--` for components/card/index.
std::string ClassPrefixOf(std::string_view path_without_extension);

struct CssOptions {
  // Put before every class; empty for none.
  std::string_view class_prefix;
  // What `:host` becomes, as `components/card/card`: `[is="…"]`. Empty leaves
  // `:host` as it is.
  std::string_view host_path;
  bool minify = false;
  // Adds the vendor forms that iOS 8 and Chrome 37 web views need.
  bool autoprefix = false;
};

struct CssWithMap {
  std::string css;
  // Every selector and declaration to where it stands in its sheet. Sources are
  // the sheets' paths.
  base::SourceMap map;
};

// The entry with its imports, each sheet once.
CssWithMap PrintCssWithMap(const SheetGraph& graph, const CssOptions& options);
std::string PrintCss(const SheetGraph& graph, const CssOptions& options);
// One sheet without its imports.
std::string PrintCss(const StyleSheet& sheet, const CssOptions& options);

}  // namespace fcc::ftss

#endif  // FCC_COMPILER_FTSS_PRINT_CSS_H_
