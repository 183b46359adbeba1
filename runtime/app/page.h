// SPDX-License-Identifier: Apache-2.0
//
// One open page: its tree, its components, the state of its life.

#ifndef FCC_RUNTIME_APP_PAGE_H_
#define FCC_RUNTIME_APP_PAGE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/app/component.h"
#include "runtime/app/host_services.h"
#include "runtime/app/node.h"
#include "runtime/app/script_modules.h"
#include "runtime/app/view_feed.h"
#include "runtime/value/value.h"

namespace fcc::app {

class AppState;

class Page {
 public:
  Page(AppState& app, PageId id, const package::ComponentEntry& entry,
       value::Value query);
  ~Page();
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;

  PageId id() const { return id_; }
  const std::string& path() const;
  const value::Value& query() const { return query_; }
  const package::ComponentEntry& entry() const { return entry_; }
  AppState& app() { return app_; }
  Tree& tree() { return tree_; }
  const Tree& tree() const { return tree_; }
  // Null before Open.
  Component* component() const { return component_; }
  Node* root() const { return root_; }
  ScriptModules& scripts() { return scripts_; }

  // Makes the tree and attaches it, then onLoad(query). `onShow` is the
  // router's.
  void OpenMayRunScript();
  void ShowMayRunScript();
  void HideMayRunScript();
  // onUnload, then everything is detached.
  void CloseMayRunScript();
  bool shown() const { return shown_; }
  bool closed() const { return closed_; }

  // The page's instance of the app's own tab bar (custom-tab-bar/index); null
  // where there is none.
  Component* tab_bar() const { return tab_bar_; }

  // The page object's function of that name, if it has one; what it returns.
  script::Handle CallMayRunScript(std::string_view name,
                                  std::initializer_list<script::Handle> args);
  // A user shares the page: {title, path, imageUrl} of onShareAppMessage over
  // what the platform takes itself, which the host is told, too. What its
  // `promise` gives within three seconds counts instead. `from` is "button",
  // with the button for `target`, or "menu".
  void ShareMayRunScript(std::string_view from, const Node* target,
                         ApiReply reply);
  // To every component, in tree order.
  void RunPageLifetimeMayRunScript(std::string_view name,
                                   std::initializer_list<script::Handle> args);

  // Makes a component for a tag of this page's trees.
  Component& MakeComponent(const Definition& definition,
                           const package::ComponentEntry& entry, Node& host);
  // Null when it was removed and collected.
  Component* FindComponent(uint32_t id) const;
  // `ready` of what has just been attached, once it is painted.
  void QueueReady(Component& component);
  // Sends the view what has changed, if somebody keeps views.
  void TellView();
  // Frees what was removed; after TellView, and not while script runs.
  void Collect();
  void Discard(Component& component);

  // The opener's end and this page's end of an event channel; empty if the
  // page was not opened by navigateTo.
  script::Handle opener_channel;
  double scroll_top = 0;
  // getState() of script modules, by node; of the modules' heaps.
  std::unordered_map<NodeId, script::Handle>& module_states() {
    return module_states_;
  }

 private:
  void MakeTabBarMayRunScript();

  AppState& app_;
  const PageId id_;
  const package::ComponentEntry& entry_;
  value::Value query_;
  // Null where nobody keeps views.
  std::unique_ptr<ViewFeed> feed_;
  Tree tree_;
  ScriptModules scripts_;
  std::unordered_map<NodeId, script::Handle> module_states_;
  std::unordered_map<uint32_t, std::unique_ptr<Component>> components_;
  std::vector<uint32_t> discarded_;
  std::vector<uint32_t> ready_;
  Node* root_ = nullptr;
  Component* component_ = nullptr;
  Node* tab_bar_root_ = nullptr;
  Component* tab_bar_ = nullptr;
  bool ready_queued_ = false;
  bool shown_ = false;
  bool ready_done_ = false;
  bool closed_ = false;
};

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_PAGE_H_
