// SPDX-License-Identifier: Apache-2.0
//
// Events on their way through the trees of a page. Spec: component-model.md,
// section 6; glass-easel's event.ts.

#ifndef FCC_RUNTIME_APP_EVENT_H_
#define FCC_RUNTIME_APP_EVENT_H_

#include <string>
#include <vector>

#include "runtime/app/app.h"
#include "runtime/script/heap.h"
#include "runtime/value/value.h"

namespace fcc::app {

class Page;
struct Node;

struct Event {
  std::string type;
  // As triggerEvent was given it; empty for events that the core makes, which
  // have `value`.
  script::Handle detail;
  value::Value value;
  bool bubbles = false;
  bool composed = false;
  bool capture_phase = false;
  bool is_touch = false;
  std::vector<Touch> touches;
  std::vector<Touch> changed_touches;
  // Further members of the event object.
  std::vector<std::pair<std::string, value::Value>> extra;
};

struct EventOutcome {
  // A listener with `catch` ended it.
  bool stopped = false;
  bool heard = false;
};

EventOutcome DispatchMayRunScript(Page& page, Node& target, const Event& event);

// How a built-in component's event of that name travels: taps, touches and
// animations bubble and cross shadow trees, the rest stays on its node.
bool IsBubblingNativeEvent(std::string_view type);

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_EVENT_H_
