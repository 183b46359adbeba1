// SPDX-License-Identifier: Apache-2.0
//
// A tree of elements for tests of matching and cascade.

#ifndef FCC_TESTS_UNIT_RUNTIME_STYLE_TEST_NODE_H_
#define FCC_TESTS_UNIT_RUNTIME_STYLE_TEST_NODE_H_

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/style/match.h"

namespace fcc::style {

class Node : public Element {
 public:
  explicit Node(std::string tag, std::vector<std::string> classes = {},
                std::string id = "")
      : tag_(std::move(tag)),
        classes_(std::move(classes)),
        id_(std::move(id)) {}

  Node& Add(std::unique_ptr<Node> child) {
    child->parent_ = this;
    children_.push_back(std::move(child));
    return *children_.back();
  }
  Node& Add(std::string tag, std::vector<std::string> classes = {}) {
    return Add(std::make_unique<Node>(std::move(tag), std::move(classes)));
  }
  void Set(std::string name, std::string value) {
    attributes_[std::move(name)] = std::move(value);
  }
  void SetHost(const Node& host) { host_ = &host; }

  std::string_view tag() const override { return tag_; }
  std::string_view id() const override { return id_; }
  bool HasClass(std::string_view name) const override {
    return std::find(classes_.begin(), classes_.end(), name) != classes_.end();
  }
  std::optional<std::string_view> Attribute(
      std::string_view name) const override {
    const auto at = attributes_.find(std::string(name));
    return at == attributes_.end()
               ? std::nullopt
               : std::optional<std::string_view>(at->second);
  }
  const Element* parent() const override { return parent_; }
  const Element* host() const override {
    return parent_ == nullptr ? host_ : parent_->host();
  }
  const Element* previous_sibling() const override { return Sibling(-1); }
  const Element* next_sibling() const override { return Sibling(1); }
  const Element* first_child() const override {
    return children_.empty() ? nullptr : children_.front().get();
  }
  bool HasState(std::string_view name) const override {
    return name == "hover";
  }

 private:
  const Element* Sibling(ptrdiff_t by) const {
    if (parent_ == nullptr) {
      return nullptr;
    }
    const auto& all = parent_->children_;
    const auto at =
        std::find_if(all.begin(), all.end(),
                     [this](const auto& one) { return one.get() == this; });
    const ptrdiff_t index = (at - all.begin()) + by;
    return index < 0 || index >= static_cast<ptrdiff_t>(all.size())
               ? nullptr
               : all[static_cast<size_t>(index)].get();
  }

  std::string tag_;
  std::vector<std::string> classes_;
  std::string id_;
  std::map<std::string, std::string> attributes_;
  std::vector<std::unique_ptr<Node>> children_;
  Node* parent_ = nullptr;
  const Node* host_ = nullptr;
};

}  // namespace fcc::style

#endif  // FCC_TESTS_UNIT_RUNTIME_STYLE_TEST_NODE_H_
