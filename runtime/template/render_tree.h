// SPDX-License-Identifier: Apache-2.0
//
// A unit with data as a plain tree of values: no components, no slots filled.
// For `fcc render`, tests, and comparison with other implementations.
//
// The form: a text is a string; an element is an object
//   {tag, id, class, style, slot, attrs, data, marks, change, worklet, classes,
//    styles, events: [{type, kind, capture?, nocolon?, handler}], generics,
//    children}
// with absent parts left out.

#ifndef FCC_RUNTIME_TEMPLATE_RENDER_TREE_H_
#define FCC_RUNTIME_TEMPLATE_RENDER_TREE_H_

#include <string>
#include <vector>

#include "runtime/template/program.h"
#include "runtime/template/script_host.h"
#include "runtime/value/value.h"

namespace fcc::tmpl {

struct RenderedTree {
  // An array of nodes.
  value::Value nodes;
  // What the host would have been told (TreeHost::Report).
  std::vector<std::string> problems;
};

RenderedTree RenderTree(const Program& program, UnitId unit,
                        const value::Value& data, ScriptHost* scripts);

// The same tree with what JSON cannot hold spelled out: {"$":"undefined"},
// {"$":"NaN"}, {"$":"function"}, {"$":"Date","v":ms}, {"$":"RegExp","v":"/a/"}.
value::Value EscapeForJson(const value::Value& value);

}  // namespace fcc::tmpl

#endif  // FCC_RUNTIME_TEMPLATE_RENDER_TREE_H_
