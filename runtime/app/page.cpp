// SPDX-License-Identifier: Apache-2.0
//
// Spec: component-model.md, section 9: created → attached → onLoad → onShow →
// pageLifetimes.show → components' ready → onReady.

#include "runtime/app/page.h"

#include <unordered_set>

#include "runtime/app/app_state.h"
#include "runtime/app/preload.h"
#include "runtime/base/format.h"

namespace fcc::app {

using script::Handle;
using value::Value;

Page::Page(AppState& app, PageId id, const package::ComponentEntry& entry,
           Value query)
    : app_(app),
      id_(id),
      entry_(entry),
      query_(std::move(query)),
      feed_(app.host().WantsViews() ? std::make_unique<ViewFeed>() : nullptr),
      tree_(feed_.get()),
      scripts_(app.logic()) {}

Page::~Page() {
  for (const auto& [id, component] : components_) {
    app_.Unregister(*component);
  }
}

const std::string& Page::path() const {
  return entry_.path;
}

Component& Page::MakeComponent(const Definition& definition,
                               const package::ComponentEntry& entry,
                               Node& host) {
  const uint32_t id = app_.NextComponentId();
  auto component =
      std::make_unique<Component>(app_, *this, id, definition, entry, host);
  host.component = component.get();
  app_.Register(*component);
  return *(components_[id] = std::move(component));
}

Component* Page::FindComponent(uint32_t id) const {
  const auto found = components_.find(id);
  return found == components_.end() ? nullptr : found->second.get();
}

// tabBar.custom in app.json: every tab page has an instance of its own, beside
// the page's tree.
void Page::MakeTabBarMayRunScript() {
  const package::ComponentEntry* entry =
      app_.config().Find("custom-tab-bar/index");
  if (entry == nullptr || !app_.router().IsTab(entry_.path) ||
      !app_.config().config.Get("tabBar").Get("custom").Truthy()) {
    return;
  }
  tab_bar_root_ = &tree_.Create(NodeKind::kComponent, nullptr);
  tab_bar_root_->tag = "custom-tab-bar";
  if (feed_ != nullptr) {
    feed_->AddRoot(*tab_bar_root_);
  }
  tab_bar_ = &MakeComponent(app_.DefinitionOfMayRunScript(*entry), *entry,
                            *tab_bar_root_);
  tab_bar_->CreateMayRunScript();
}

void Page::OpenMayRunScript() {
  const Logic::Task task(app_.logic());
  const Definition& definition = app_.DefinitionOfMayRunScript(entry_);
  root_ = &tree_.Create(NodeKind::kComponent, nullptr);
  root_->tag = "page";
  if (feed_ != nullptr) {
    feed_->AddRoot(*root_);
  }
  component_ = &MakeComponent(definition, entry_, *root_);
  component_->CreateMayRunScript();
  // A page made by Component() gets its query as properties, too.
  std::vector<DataChange> changes;
  for (const value::Object::Member& member : query_.object().members()) {
    if (definition.FindProperty(member.name()) != nullptr) {
      DataChange change;
      change.path = {{std::string(member.name()), 0, false}};
      change.value = member.value;
      changes.push_back(std::move(change));
    }
  }
  if (!changes.empty()) {
    component_->ApplyMayRunScript(std::move(changes), true);
  }
  MakeTabBarMayRunScript();
  app_.router().EnterStack(*this);
  AttachTreeMayRunScript(*root_);
  if (tab_bar_root_ != nullptr) {
    AttachTreeMayRunScript(*tab_bar_root_);
  }
  CallMayRunScript("onLoad", {app_.heap().FromValue(query_)});
}

void Page::ShowMayRunScript() {
  if (shown_ || closed_) {
    return;
  }
  shown_ = true;
  CallMayRunScript("onShow", {});
  RunPageLifetimeMayRunScript("show", {});
  PreloadPackages(app_, entry_.path);
  if (!ready_done_) {
    ready_done_ = true;
    app_.logic().AfterRender([this_id = id_, &app = app_] {
      if (Page* page = app.router().FindPage(this_id)) {
        page->CallMayRunScript("onReady", {});
      }
    });
  }
}

void Page::HideMayRunScript() {
  if (!shown_) {
    return;
  }
  shown_ = false;
  CallMayRunScript("onHide", {});
  RunPageLifetimeMayRunScript("hide", {});
}

void Page::CloseMayRunScript() {
  if (closed_) {
    return;
  }
  closed_ = true;
  shown_ = false;
  CallMayRunScript("onUnload", {});
  DetachTreeMayRunScript(*root_);
  if (tab_bar_root_ != nullptr) {
    DetachTreeMayRunScript(*tab_bar_root_);
  }
}

Handle Page::CallMayRunScript(std::string_view name,
                              std::initializer_list<Handle> args) {
  if (component_ == nullptr) {
    return {};
  }
  return app_.logic().CallIfFunctionMayRunScript(
      component_->instance(), name, args,
      base::format("{} {}", entry_.path, name));
}

// How long a page may take to make its card.
static constexpr double kShareMs = 3000;

static void TakeCard(Value& card, const Value& given) {
  for (const std::string_view name : {"title", "path", "imageUrl"}) {
    if (const Value value = given.Get(name); value.IsString()) {
      card.MutableObject().Set(name, value);
    }
  }
}

void Page::ShareMayRunScript(std::string_view from, const Node* target,
                             ApiReply reply) {
  const Logic::Task task(app_.logic());
  Value argument = Value::ObjectOf({{"from", Value::String(from)}});
  if (target != nullptr) {
    const Value dataset =
        target->dataset.IsObject() ? target->dataset : Value::NewObject();
    argument.MutableObject().Set(
        "target", Value::ObjectOf({{"id", Value::String(target->html_id)},
                                   {"dataset", dataset}}));
  }
  std::string own_path = "/" + entry_.path;
  for (const value::Object::Member& member : query_.object().members()) {
    own_path += own_path.find('?') == std::string::npos ? '?' : '&';
    own_path +=
        base::format("{}={}", member.name(), member.value.ToDisplayString());
  }
  Value card = Value::ObjectOf({
      {"title", app_.config().config.Get("appname")},
      {"path", Value::String(own_path)},
  });
  script::Heap& heap = app_.heap();
  const Handle own =
      CallMayRunScript("onShareAppMessage", {heap.FromValue(argument)});
  Handle promise;
  for (const std::string_view name : {"title", "path", "imageUrl", "promise"}) {
    if (!own.IsObject()) {
      break;
    }
    const Handle member = app_.logic().Get(own, name);
    if (name == "promise") {
      promise = member;
    } else if (member.IsString()) {
      card.MutableObject().Set(name, Value::String(heap.AsString(member)));
    }
  }
  // The first of them counts: the promise, or the time it has.
  const auto share =
      app_.logic().Guard([&app = app_, id = id_, card,
                          reply = std::move(reply)](const ApiResult& result) {
        ApiCall call;
        call.name = "shareAppMessage";
        Value shared = card;
        TakeCard(shared, result.value);
        call.arguments = {shared};
        call.page = id;
        static_cast<void>(app.host().CallApi(call, [](const ApiResult&) {}));
        reply(ApiResult::Ok(shared));
      });
  const Handle then =
      promise.IsObject() ? app_.logic().Get(promise, "then") : Handle();
  if (!app_.logic().IsFunction(then)) {
    share(ApiResult::Ok({}));
    return;
  }
  const Handle settled = heap.NewFunction(
      "", 1,
      [&app = app_,
       share](const script::CallInfo& call) -> script::Result<Handle> {
        share(ApiResult::Ok(
            app.logic().ToValue(call.argument(0), "onShareAppMessage")));
        return Handle();
      });
  app_.logic().CallMayRunScript(then, promise, {settled, settled},
                                "onShareAppMessage");
  app_.logic().Post(kShareMs, [share] { share(ApiResult::Ok({})); });
}

static void RunPageLifetime(Node& node, std::string_view name,
                            std::span<const Handle> args) {
  if (node.component != nullptr) {
    node.component->RunPageLifetimeMayRunScript(name, args);
    if (node.component->shadow_root() != nullptr) {
      RunPageLifetime(*node.component->shadow_root(), name, args);
    }
  }
  for (Node* child = node.first_child; child != nullptr; child = child->next) {
    RunPageLifetime(*child, name, args);
  }
}

void Page::RunPageLifetimeMayRunScript(std::string_view name,
                                       std::initializer_list<Handle> args) {
  const Logic::Task task(app_.logic());
  for (Node* root : {root_, tab_bar_root_}) {
    if (root != nullptr) {
      RunPageLifetime(*root, name, {args.begin(), args.size()});
    }
  }
}

// The components of `ids` in the order of `ready` (exparser: inner, child,
// grand, root): a shadow tree before its component, content behind it.
static void AppendReady(const Node& node,
                        const std::unordered_set<uint32_t>& ids,
                        std::vector<uint32_t>& order) {
  if (node.component != nullptr) {
    if (node.component->shadow_root() != nullptr) {
      AppendReady(*node.component->shadow_root(), ids, order);
    }
    if (ids.contains(node.component->id())) {
      order.push_back(node.component->id());
    }
  }
  for (Node* child = node.first_child; child != nullptr; child = child->next) {
    AppendReady(*child, ids, order);
  }
}

void Page::QueueReady(Component& component) {
  ready_.push_back(component.id());
  if (ready_queued_) {
    return;
  }
  ready_queued_ = true;
  app_.logic().AfterRender([this_id = id_, &app = app_] {
    Page* page = app.router().FindPage(this_id);
    if (page == nullptr) {
      return;
    }
    page->ready_queued_ = false;
    const std::vector<uint32_t> ids = std::exchange(page->ready_, {});
    std::vector<uint32_t> order;
    const std::unordered_set<uint32_t> wanted(ids.begin(), ids.end());
    AppendReady(*page->root_, wanted, order);
    if (page->tab_bar_root_ != nullptr) {
      AppendReady(*page->tab_bar_root_, wanted, order);
    }
    for (const uint32_t id : order) {
      if (Component* ready = page->FindComponent(id)) {
        ready->RunLifetimeMayRunScript(Lifetime::kReady);
      }
    }
  });
}

void Page::Discard(Component& component) {
  discarded_.push_back(component.id());
}

void Page::TellView() {
  if (feed_ != nullptr && !feed_->empty()) {
    app_.host().OnViewUpdate(id_, feed_->Take(tree_));
  }
}

void Page::Collect() {
  for (size_t i = 0; i < discarded_.size(); ++i) {
    Component* component = FindComponent(discarded_[i]);
    if (component == nullptr) {
      continue;
    }
    if (component->shadow_root() != nullptr) {
      ForEachInTree(*component->shadow_root(), [this](Node& node) {
        if (node.component != nullptr) {
          discarded_.push_back(node.component->id());
        }
        return true;
      });
      tree_.Discard(*component->shadow_root());
    }
    app_.Unregister(*component);
    components_.erase(discarded_[i]);
  }
  discarded_.clear();
  tree_.CollectRemoved();
}

}  // namespace fcc::app
