// SPDX-License-Identifier: Apache-2.0
//
// createSelectorQuery and createIntersectionObserver, as native objects.

#ifndef FCC_RUNTIME_APP_SELECTOR_QUERY_H_
#define FCC_RUNTIME_APP_SELECTOR_QUERY_H_

#include "runtime/script/heap.h"

namespace fcc::app {

class AppState;
class Component;

// Sees the shadow tree of `component`; null: of the page in front when exec()
// runs. `in()` chooses another.
script::Handle NewSelectorQuery(AppState& app, Component* component);
// Never reports: without a layout nothing comes into view.
script::Handle NewIntersectionObserver(AppState& app);

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_SELECTOR_QUERY_H_
