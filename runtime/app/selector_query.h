// SPDX-License-Identifier: Apache-2.0
//
// createSelectorQuery and createIntersectionObserver, as native objects.

#ifndef FCC_RUNTIME_APP_SELECTOR_QUERY_H_
#define FCC_RUNTIME_APP_SELECTOR_QUERY_H_

#include <cstdint>

#include "runtime/script/heap.h"

namespace fcc::app {

class AppState;

// The number of no component: a query on it finds nothing.
inline constexpr uint32_t kNoComponent = UINT32_MAX;

// Sees the shadow tree of the component with that number; 0: of the page in
// front when exec() runs. `in()` chooses another.
script::Handle NewSelectorQuery(AppState& app, uint32_t component);
// Never reports: without a layout nothing comes into view.
script::Handle NewIntersectionObserver(AppState& app);

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_SELECTOR_QUERY_H_
