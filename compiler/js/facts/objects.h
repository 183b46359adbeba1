// SPDX-License-Identifier: Apache-2.0
//
// Objects that a script hands to the platform, read where they are written in
// place: what `Page({…})` defines, what setData is given, options of functions.

#ifndef FCC_COMPILER_JS_FACTS_OBJECTS_H_
#define FCC_COMPILER_JS_FACTS_OBJECTS_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "compiler/js/ast.h"
#include "compiler/js/facts/facts.h"

namespace fcc::js {

// A name that the file declares nowhere.
bool IsGlobal(const Ast& ast, NodeId id, std::string_view name);
// Of a text, a template or a sum: what it begins with for certain.
std::string ConstantPrefix(const Ast& ast, NodeId id);

// Of `Page(…)` and its kin; nothing of other calls.
std::optional<Definition> ReadDefinition(const Ast& ast, NodeId callee,
                                         std::span<const NodeId> arguments);
// Of `….setData(…)`.
std::optional<SetDataCall> ReadSetData(const Ast& ast, NodeId callee,
                                       std::span<const NodeId> arguments);
// Each `name` of a list of objects.
void ReadHostFunctions(const Ast& ast, NodeId list,
                       std::vector<std::string>& names);
// What a function of the platform is called with.
void ReadArguments(const Ast& ast, std::span<const NodeId> arguments,
                   ApiUse& use);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_FACTS_OBJECTS_H_
