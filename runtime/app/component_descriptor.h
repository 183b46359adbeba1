// SPDX-License-Identifier: Apache-2.0
//
// ComponentDescriptor: what script modules (FTS, WXS) get to see of a node in
// event handlers and `change:` observers. It lives in the modules' heap and
// reaches the tree by ids, so it may outlive the node.

#ifndef FCC_RUNTIME_APP_COMPONENT_DESCRIPTOR_H_
#define FCC_RUNTIME_APP_COMPONENT_DESCRIPTOR_H_

#include "runtime/script/heap.h"

namespace fcc::app {

class Page;
struct Node;

script::Handle NewComponentDescriptor(script::Heap& heap, Page& page,
                                      const Node& node);

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_COMPONENT_DESCRIPTOR_H_
