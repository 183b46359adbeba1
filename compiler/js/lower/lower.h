// SPDX-License-Identifier: Apache-2.0
//
// Lowers a bound tree to the target, pass by pass; passes.cpp lists them in
// order with the reason each stands where it does.

#ifndef FCC_COMPILER_JS_LOWER_LOWER_H_
#define FCC_COMPILER_JS_LOWER_LOWER_H_

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/js/ast.h"
#include "compiler/js/js.h"
#include "compiler/js/scope.h"

namespace fcc::js {

struct LowerOptions {
  Target target = Target::kEs5;
  ModuleKind modules = ModuleKind::kCommonJs;
  HelperPlacement helpers = HelperPlacement::kInline;
  bool keep_completion_value = false;
  // Whether names are checked where they may be used before their declaration.
  bool dead_zones = true;
  // Ends the names of variables that must be this text's own although its top
  // declarations are shared, as those of scripts and evals are.
  std::string own_suffix;
};

struct LowerResult {
  // The helpers of module @fcc/helpers that the code refers to (kModule only;
  // inline helpers were added to the tree).
  std::vector<std::string> helpers;
};

LowerResult Lower(Ast& ast, Scopes& scopes, const LowerOptions& options,
                  diagnostics::Sink& sink);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_LOWER_LOWER_H_
