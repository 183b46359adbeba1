// SPDX-License-Identifier: Apache-2.0
//
// What is on the screen, as a plain tree of values: shadow trees in place,
// slots filled. The form is that of tmpl::RenderTree (render_tree.h), so both
// can be compared.

#ifndef FCC_RUNTIME_APP_VIEW_TREE_H_
#define FCC_RUNTIME_APP_VIEW_TREE_H_

#include "runtime/app/node.h"
#include "runtime/value/value.h"

namespace fcc::app {

struct ViewTreeOptions {
  // `node`: the number that App's functions know the node by.
  bool node_ids = false;
  // `props` of components: their data.
  bool props = false;
  // Also the tags of components with `virtualHost`, which are not on the
  // screen.
  bool virtual_hosts = false;
};

// An array of what is below `node`.
value::Value ViewTree(const Node& node, const ViewTreeOptions& options = {});

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_VIEW_TREE_H_
