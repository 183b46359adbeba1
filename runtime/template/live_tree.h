// SPDX-License-Identifier: Apache-2.0
//
// What an Instance remembers of the tree it made: a Live for everything that
// may change. Of this room only.

#ifndef FCC_RUNTIME_TEMPLATE_LIVE_TREE_H_
#define FCC_RUNTIME_TEMPLATE_LIVE_TREE_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/template/program.h"
#include "runtime/template/tree_host.h"
#include "runtime/value/value.h"

namespace fcc::tmpl {

struct Live {
  uint32_t node = kNoId;
  // kIf: the active branch. kTemplateUse: the definition. kInclude: the unit.
  uint32_t target = kNoId;
  // kTemplateUse: the unit of the definition.
  uint32_t unit = kNoId;
  // Elements and texts; everything else only holds children.
  HostNode host = HostNode::kNone;
  // Elements: the values of the attributes that are expressions, in order, and
  // behind that of a kModel its path. Texts: the text. kBlock: the slot.
  // Iterations: item, index, key. kTemplateUse: name, data. kFor: the list.
  std::vector<value::Value> values;
  // kFor: the iterations, each a Live with the same `node`. Of an element with
  // dynamic slots: the contents, a Live with the same `node` for each slot, its
  // values the slot's name and values.
  std::vector<std::unique_ptr<Live>> children;
  // Of one slot's content: which.
  uint64_t slot_id = 0;
  // Its children are contents of slots.
  bool is_dynamic = false;
  // It or something below is_dynamic.
  bool has_dynamic = false;
  // Of an iteration: its host nodes are not yet where it stands in the list.
  bool away = false;
};

using LivePtr = std::unique_ptr<Live>;

// Where new host nodes go.
struct Site {
  HostNode parent = HostNode::kNone;
  HostNode before = HostNode::kNone;
  // Of the enclosing blocks; never null.
  const value::Value* slot = nullptr;
  // The content that is being made, when it is for one slot only.
  const Live* content = nullptr;
  // Where set, the host nodes are gathered here in place of being inserted.
  std::vector<HostNode>* held = nullptr;
};

// Where an update stands: child `index` of `live`, whose host nodes are
// children of `parent`.
struct Cursor {
  const Cursor* up = nullptr;
  Live* live = nullptr;
  size_t index = 0;
  HostNode parent = HostNode::kNone;
  const value::Value* slot = nullptr;
  const Live* content = nullptr;
};

// The first host node of what it holds, among those that are in their place.
HostNode FirstHost(const Live& live);
// The host node that follows everything of the cursor's child.
HostNode NextHost(const Cursor& cursor);

template <typename Visit>
void ForEachTopHost(const Live& live, const Visit& visit) {
  if (live.host != HostNode::kNone) {
    visit(live.host);
    return;
  }
  for (const LivePtr& child : live.children) {
    if (child != nullptr) {
      ForEachTopHost(*child, visit);
    }
  }
}

}  // namespace fcc::tmpl

#endif  // FCC_RUNTIME_TEMPLATE_LIVE_TREE_H_
