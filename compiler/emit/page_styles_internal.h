// SPDX-License-Identifier: Apache-2.0
//
// The style text of an app, each sheet printed once.
//
// A page's html carries the styles of the page and of the components that only
// this page of its package uses. What two pages or more use stands once, in a
// table that their shared file (view.html of a split package, pageframe.js of
// the whole app) brings: `__fccStyles__("components/card/card", …)`.
// Differs: FinClip's own tool repeats a component in every page that uses it,
// which made 6.84 MB of 0.46 MB.

#ifndef FCC_COMPILER_EMIT_PAGE_STYLES_INTERNAL_H_
#define FCC_COMPILER_EMIT_PAGE_STYLES_INTERNAL_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/emit/emit_app.h"
#include "compiler/ftss/print_css.h"

namespace fcc::emit {

// Of its JSON; pages are not isolated unless they say so.
ftss::StyleIsolation IsolationOf(const project::Component& component);

class PageStyles {
 public:
  // `program` must outlive it. Empty unless EmitOptions::whole_layout.
  PageStyles(const link::Program& program, const EmitOptions& options);

  const std::string& app_css() const { return app_css_; }
  // Source maps by the sheets they are of, as `pages/index/index.css`; none
  // without EmitOptions::source_maps.
  std::map<std::string, std::string>& maps() { return maps_; }
  // Of a page or component; empty when it has no sheet.
  const std::string& CssOf(std::string_view path) const;
  // The components that a page reaches, each once, in the order it reaches
  // them.
  const std::vector<const project::Component*>& ComponentsOf(
      const project::Component& page) const;
  // Two pages or more of the package reach the component.
  bool IsShared(project::PackageId package,
                const project::Component& component) const;

  // `function __fccStyles__(){…}` over what the packages' pages share; empty
  // when they share nothing.
  std::string PrintTable(
      const std::vector<const link::LinkedPackage*>& packages) const;

 private:
  void PrintSheet(const project::Component& component,
                  const EmitOptions& options);
  // `name` is the sheet's in the output, without its ending.
  std::string PrintGraph(std::string_view name, std::string_view path,
                         const ftss::CssOptions& css,
                         const EmitOptions& options);

  const link::Program& program_;
  std::string app_css_;
  std::map<std::string, std::string, std::less<>> css_;
  std::map<std::string, std::string> maps_;
  std::map<const project::Component*, std::vector<const project::Component*>>
      reached_;
  std::map<std::pair<project::PackageId, const project::Component*>, int>
      users_;
};

}  // namespace fcc::emit

#endif  // FCC_COMPILER_EMIT_PAGE_STYLES_INTERNAL_H_
