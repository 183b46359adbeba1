// SPDX-License-Identifier: Apache-2.0
//
// What the built-in components do by themselves when a user touches them: a
// switch turns, a form's button collects its fields, a navigator opens a page.
// Their state is Node::state; what they tell goes out as events.

#ifndef FCC_RUNTIME_APP_BUILTIN_COMPONENT_H_
#define FCC_RUNTIME_APP_BUILTIN_COMPONENT_H_

#include <string_view>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/value/value.h"

namespace fcc::app {

class Page;
struct Node;

// A tap that nothing on its way disables: touchstart, touchend, tap, and then
// what the component does.
void TapMayRunScript(Page& page, Node& node);
void LongPressMayRunScript(Page& page, Node& node);
// One of: input(text), confirm(), focus(), blur(), scrollTo(x, y),
// swipeTo(index), slideTo(value), pick(value), cancel(), moveTo(x, y),
// submit(), reset(). Fails when the component knows no such action.
base::Result<value::Value> ActMayRunScript(
    Page& page, Node& node, std::string_view action,
    const std::vector<value::Value>& arguments);
// The value a form field has now.
value::Value FieldValue(const Node& node);

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_BUILTIN_COMPONENT_H_
