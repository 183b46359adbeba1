// SPDX-License-Identifier: Apache-2.0

#include "runtime/template/live_tree.h"

namespace fcc::tmpl {

HostNode FirstHost(const Live& live) {
  if (live.away) {
    return HostNode::kNone;
  }
  if (live.host != HostNode::kNone) {
    return live.host;
  }
  for (const LivePtr& child : live.children) {
    if (child != nullptr) {
      HostNode host = FirstHost(*child);
      if (host != HostNode::kNone) {
        return host;
      }
    }
  }
  return HostNode::kNone;
}

HostNode NextHost(const Cursor& cursor) {
  const Cursor* at = &cursor;
  while (at != nullptr) {
    const auto& siblings = at->live->children;
    for (size_t i = at->index + 1; i < siblings.size(); ++i) {
      if (siblings[i] != nullptr) {
        HostNode host = FirstHost(*siblings[i]);
        if (host != HostNode::kNone) {
          return host;
        }
      }
    }
    if (at->live->host != HostNode::kNone) {
      return HostNode::kNone;
    }
    at = at->up;
  }
  return HostNode::kNone;
}

}  // namespace fcc::tmpl
