// SPDX-License-Identifier: Apache-2.0
//
// A page's view: the page's trees again, built from the messages of a ViewFeed
// and from nothing else, so that it can live on a thread or in a process of its
// own. It answers what is on the screen; what a user does goes back to the app
// as a page's and a node's number.
//
// One thread. Messages must come in the order they were made.

#ifndef FCC_RUNTIME_APP_VIEW_MIRROR_H_
#define FCC_RUNTIME_APP_VIEW_MIRROR_H_

#include <functional>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/app/node.h"
#include "runtime/app/view_tree.h"
#include "runtime/base/result.h"
#include "runtime/value/value.h"

namespace fcc::app {

struct MirrorNode : NodeContent {
  MirrorNode* parent = nullptr;
  MirrorNode* first_child = nullptr;
  MirrorNode* last_child = nullptr;
  MirrorNode* previous = nullptr;
  MirrorNode* next = nullptr;
  // Of a component's tag, and of a shadow root the tag.
  MirrorNode* shadow_root = nullptr;
  MirrorNode* host = nullptr;
  SlotMode slot_mode = SlotMode::kSingle;
  bool virtual_host = false;
};

class ViewMirror {
 public:
  ViewMirror() = default;
  ViewMirror(const ViewMirror&) = delete;
  ViewMirror& operator=(const ViewMirror&) = delete;

  // kCorrupt where the bytes are no message, or not the next one; the mirror is
  // then good for nothing but to be thrown away.
  base::Status Apply(std::string_view message);

  // Null when it has gone or never was.
  const MirrorNode* Find(NodeId id) const;
  // The page's node; null before the first message.
  const MirrorNode* root() const { return RootAt(0); }
  // The page's own tab bar; null where there is none.
  const MirrorNode* tab_bar() const { return RootAt(1); }
  // What is on the screen below the page, as ViewTree gives it.
  value::Value Tree(const ViewTreeOptions& options = {}) const;
  size_t size() const { return nodes_.size(); }

 private:
  const MirrorNode* RootAt(size_t index) const {
    return index < roots_.size() ? Find(roots_[index]) : nullptr;
  }
  MirrorNode* FindMutable(const value::Value& id) const;
  base::Status TakeContent(const value::Value& content);
  base::Status TakeStep(const std::vector<value::Value>& steps, size_t at);
  void Unlink(MirrorNode& node);
  void Discard(MirrorNode& node);

  std::unordered_map<NodeId, std::unique_ptr<MirrorNode>> nodes_;
  std::vector<NodeId> roots_;
};

// As IsTransparent of node.h.
bool IsTransparent(const MirrorNode& node);
// The children on the screen, in order: ForEachComposedChild of node.h.
void ForEachComposedChild(const MirrorNode& node,
                          const std::function<void(const MirrorNode&)>& visit);

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_VIEW_MIRROR_H_
