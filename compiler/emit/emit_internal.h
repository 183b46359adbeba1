// SPDX-License-Identifier: Apache-2.0
//
// The parts of a package, a function each. Everything takes the packages it is
// for: one for a split package, all of them for the whole app.

#ifndef FCC_COMPILER_EMIT_EMIT_INTERNAL_H_
#define FCC_COMPILER_EMIT_EMIT_INTERNAL_H_

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/emit/emit_app.h"
#include "compiler/emit/page_styles_internal.h"

namespace fcc::emit {

// What one folder of the output holds: a package, or the whole app.
struct Part {
  // "__APP__", "a"; "app" for the whole app.
  std::string name;
  // Folder in the output, with a slash at its end: "package/a/".
  std::string folder;
  // The file that defines its modules: "a.js", "app-service.js".
  std::string script;
  std::vector<const link::LinkedPackage*> packages;
  // Holds the main package: requires app.js.
  bool has_main = false;
  // Has a pageframe.js of its own.
  bool has_frame = false;
  bool independent = false;
  bool whole = false;
  // Of the packages in it, those that run alone.
  std::vector<project::PackageId> independent_packages;

  bool IsIndependent(project::PackageId id) const {
    return std::find(independent_packages.begin(), independent_packages.end(),
                     id) != independent_packages.end();
  }
};

struct PackageScript {
  std::string code;
  // Source map v3; empty when not asked for.
  std::string map;
};
// `define(…)` of every module, then the requires that start them.
PackageScript PrintPackageScript(const link::Program& program, const Part& part,
                                 const EmitOptions& options);

// pageframe.js: __wxConfig__, the compiled templates, __AppCode__.
std::string PrintPageFrame(const link::Program& program, const Part& part,
                           const PageStyles& styles);

// The html of a page.
std::string PrintPageHtml(const Part& part, const project::Component& page,
                          const PageStyles& styles);
// view.html of a package: what its pages share.
std::string PrintViewHtml(const Part& part, const PageStyles& styles);
// service.html of the whole app.
std::string PrintServiceHtml();

// The `.fcc/` section, over all other files of the part's folder in `files`.
void AddNativeSection(const link::Program& program, const Part& part,
                      const EmitOptions& options, Files& files);

}  // namespace fcc::emit

#endif  // FCC_COMPILER_EMIT_EMIT_INTERNAL_H_
