// SPDX-License-Identifier: Apache-2.0
//
// What a module takes from others by its declarations, and how to do without
// those that give nothing. All functions want a bound tree.

#ifndef FCC_COMPILER_JS_MODULES_MODULE_USES_H_
#define FCC_COMPILER_JS_MODULES_MODULE_USES_H_

#include <string>
#include <vector>

#include "compiler/js/ast.h"
#include "compiler/js/js.h"

namespace fcc::js {

// What a specifier of an import declares.
SymbolId ImportedSymbol(const Ast& ast, NodeId specifier);

// An Import or one of its specifiers, in TypeScript, of which no code uses
// anything: TypeScript leaves it out, and the module is not loaded for it.
bool IsForTypesOnly(const Ast& ast, NodeId id);

// Fills Dependency::taken and returns what the file exports by name. A use is
// one that the tree holds now: branches that are gone use nothing.
std::vector<std::string> CollectModuleUses(
    const Ast& ast, std::vector<Dependency>& dependencies);

// As CompileOptions::unused_modules says.
void LeaveOutModules(Ast& ast, const std::vector<std::string>& specifiers);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_MODULES_MODULE_USES_H_
