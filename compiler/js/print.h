// SPDX-License-Identifier: Apache-2.0
//
// Tree → text. Compact text ends statements with line breaks where others put
// `;`: the same size, and an engine that reports lines only (Duktape) then says
// which statement it was.

#ifndef FCC_COMPILER_JS_PRINT_H_
#define FCC_COMPILER_JS_PRINT_H_

#include <string>

#include "compiler/js/ast.h"
#include "runtime/base/source_map.h"

namespace fcc::js {

struct PrintOptions {
  bool compact = false;
  // Escape everything beyond ASCII.
  bool ascii_only = false;
  // Make PrintResult::map.
  bool source_map = false;
};

struct PrintResult {
  std::string code;
  base::SourceMap map;
};

PrintResult Print(const Ast& ast, const PrintOptions& options);
// One node, without a map: for messages and tests.
std::string PrintNode(const Ast& ast, NodeId id);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_PRINT_H_
