// SPDX-License-Identifier: Apache-2.0
//
// A host that keeps the tree as plain nodes and counts what it was asked for:
// for `fcc render`, and for tests that compare an updated tree with one built
// afresh.

#ifndef FCC_RUNTIME_TEMPLATE_TREE_MIRROR_H_
#define FCC_RUNTIME_TEMPLATE_TREE_MIRROR_H_

#include <memory>
#include <string>
#include <vector>

#include "runtime/template/tree_host.h"

namespace fcc::tmpl {

class TreeMirror : public TreeHost {
 public:
  TreeMirror();
  ~TreeMirror() override;

  HostNode root() const;
  // The children of the root in the form that render_tree.h describes.
  value::Value Nodes() const;
  const std::vector<std::string>& problems() const { return problems_; }

  struct Counts {
    int created = 0;
    int moved = 0;
    int removed = 0;
    int attrs_set = 0;
    int texts_set = 0;
  };
  // Since the last call.
  Counts TakeCounts() { return std::exchange(counts_, {}); }

  HostNode CreateElement(const Element& element) override;
  HostNode CreateText(std::string_view text, const value::Value&) override;
  void SetAttrs(HostNode node, std::span<const Attr> attrs) override;
  void SetText(HostNode node, std::string_view text) override;
  void Insert(HostNode parent, HostNode child, HostNode before) override;
  void Move(HostNode parent, HostNode child, HostNode before) override;
  void Remove(HostNode parent, HostNode child) override;
  void Report(const Problem& problem) override;

 private:
  struct Node;
  Node& At(HostNode node) const;
  static value::Value ToValue(const Node& node);

  // Index 0 is unused, 1 is the root.
  std::vector<std::unique_ptr<Node>> nodes_;
  std::vector<std::string> problems_;
  Counts counts_;
};

}  // namespace fcc::tmpl

#endif  // FCC_RUNTIME_TEMPLATE_TREE_MIRROR_H_
