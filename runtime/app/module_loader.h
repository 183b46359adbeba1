// SPDX-License-Identifier: Apache-2.0
//
// The modules of the app's packages: `define` registers them, `require` runs
// them. What fails while a package's script loads its modules one after another
// is reported and does not keep the others from loading.

#ifndef FCC_RUNTIME_APP_MODULE_LOADER_H_
#define FCC_RUNTIME_APP_MODULE_LOADER_H_

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "runtime/base/result.h"
#include "runtime/script/heap.h"

namespace fcc::app {

class AppState;

class ModuleLoader {
 public:
  explicit ModuleLoader(AppState& app) : app_(app) {}

  // define, require and what else a package's script expects around it.
  void DefineGlobals();
  // Runs a package's script once; fails when it is missing or does not parse.
  base::Status RunPackageMayRunScript(std::string_view package);
  bool HasRun(std::string_view package) const {
    return packages_.contains(package);
  }
  // Opens a package, so that it need not be waited for later; runs nothing.
  base::Status OpenPackage(std::string_view package);
  // It has run, or was opened ahead of that.
  bool IsHere(std::string_view package) const {
    return HasRun(package) || opened_.contains(package);
  }
  // The exports of a module by its path, which runs it the first time.
  script::Result<script::Handle> RunModuleMayRunScript(const std::string& path);
  // The page or component that a module which now runs defines.
  std::string CurrentRoute();

 private:
  struct Module {
    script::Handle factory;
    // `module`; empty before it ran.
    script::Handle object;
  };

  // The path of the module that `name` means in the folder; empty if none.
  std::string Resolve(std::string_view folder, std::string_view name) const;
  script::Result<script::Handle> RequireMayRunScript(std::string_view folder,
                                                     std::string_view name);
  script::Handle RequireFunction(const std::string& folder);

  AppState& app_;
  std::map<std::string, Module, std::less<>> modules_;
  std::set<std::string, std::less<>> packages_;
  std::set<std::string, std::less<>> opened_;
};

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_MODULE_LOADER_H_
