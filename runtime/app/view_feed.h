// SPDX-License-Identifier: Apache-2.0
//
// What a page's view must be told: the content of the nodes that changed and
// the steps that moved them, gathered until the task ends and taken as one
// message. A view (view_mirror.h) shares nothing with the app but these bytes.
//
// A message is an encoded array (runtime/value/message.h):
//   roots     ids: the page, then its own tab bar if it has one
//   contents  an object a node, with the members of kNames that are not empty;
//             of a node that the view does not know yet, all there is
//   steps     numbers: a Step and its three ids, in the order they happened
// Contents come first and are as they are at the end of the task.

#ifndef FCC_RUNTIME_APP_VIEW_FEED_H_
#define FCC_RUNTIME_APP_VIEW_FEED_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/app/node.h"
#include "runtime/value/value.h"

namespace fcc::app {

// Members of a content.
namespace view_name {
inline constexpr std::string_view kId = "n";
inline constexpr std::string_view kKind = "k";
inline constexpr std::string_view kTag = "t";
inline constexpr std::string_view kText = "x";
inline constexpr std::string_view kHtmlId = "i";
inline constexpr std::string_view kClass = "c";
inline constexpr std::string_view kStyle = "s";
// Set where the node has a slot="" of its own; else kInheritedSlot.
inline constexpr std::string_view kSlot = "l";
inline constexpr std::string_view kInheritedSlot = "h";
inline constexpr std::string_view kContentSlot = "o";
inline constexpr std::string_view kAttrs = "a";
inline constexpr std::string_view kDataset = "d";
inline constexpr std::string_view kMarks = "m";
// [type, bits (1 catch, 2 mut, 4 capture), handler] each.
inline constexpr std::string_view kEvents = "e";
inline constexpr std::string_view kModuleClasses = "mc";
inline constexpr std::string_view kModuleStyle = "ms";
inline constexpr std::string_view kState = "v";
// Of a component: its shadow root, and which content its slots take.
inline constexpr std::string_view kShadowRoot = "r";
inline constexpr std::string_view kSlotMode = "p";
// Set where its tag is not on the screen.
inline constexpr std::string_view kVirtualHost = "y";
}  // namespace view_name

enum class ViewStep : uint8_t {
  // parent, child, before (0: last)
  kInsert,
  // child: out of its parent; what comes next inserts or discards it
  kUnlink,
  // node, with all below it
  kDiscard,
};

class ViewFeed {
 public:
  void Touch(Node& node);
  void Insert(const Node& parent, const Node& child, const Node* before);
  void Unlink(const Node& child);
  void Discard(const Node& node);
  // After `node`, which is a page's or its tab bar's.
  void AddRoot(const Node& node) { roots_.push_back(node.id); }

  bool empty() const { return touched_.empty() && steps_.empty(); }
  // The message of what came since the last; the tree still holds the nodes
  // that were discarded since. What cannot travel is left out.
  std::string Take(const Tree& tree);

 private:
  void Step(ViewStep step, NodeId first, NodeId second, NodeId third);

  std::vector<NodeId> roots_;
  std::vector<NodeId> touched_;
  std::vector<NodeId> steps_;
};

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_VIEW_FEED_H_
