// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/app.h"

#include "runtime/app/app_state.h"
#include "runtime/app/builtin_component.h"
#include "runtime/app/event.h"
#include "runtime/app/selector.h"
#include "runtime/base/format.h"

namespace fcc::app {

using script::Handle;
using value::Value;

App::App(std::unique_ptr<AppState> state) : state_(std::move(state)) {}
App::~App() = default;

base::Result<std::unique_ptr<App>> App::Create(package::Bundle& bundle,
                                               HostServices& host,
                                               AppOptions options) {
  auto state = std::make_unique<AppState>(bundle, host, options);
  return std::unique_ptr<App>(new App(std::move(state)));
}

base::Status App::LaunchMayRunScript(const LaunchOptions& options) {
  AppState& app = *state_;
  const Logic::Task task(app.logic());
  LaunchOptions launch = options;
  if (launch.path.empty()) {
    launch.path = app.config().entry_page;
  }
  if (!launch.query.IsObject()) {
    launch.query = Value::NewObject();
  }
  app.launch_options = app.enter_options = launch;
  app.in_front = true;
  const package::ComponentEntry* first = app.config().Find(launch.path);
  if (first == nullptr || !app.IsIndependent(first->package)) {
    FCC_TRY(app.StartMayRunScript());
  }
  if (app.router().OpenFirstMayRunScript(launch.path, launch.query)) {
    return {};
  }
  Value missing = Value::ObjectOf({{"path", Value::String(launch.path)},
                                   {"query", launch.query},
                                   {"isEntryPage", Value::Bool(true)}});
  app.CallAppMayRunScript("onPageNotFound", app.heap().FromValue(missing));
  return base::Error{base::ErrorKind::kNotFound,
                     base::format("page \"{}\" is not found", launch.path)};
}

void App::ShowMayRunScript(const LaunchOptions& options) {
  AppState& app = *state_;
  if (std::exchange(app.in_front, true)) {
    return;
  }
  const Logic::Task task(app.logic());
  app.enter_options = options;
  app.CallAppMayRunScript("onShow", app.OptionsObject(options));
  if (Page* page = app.router().current()) {
    page->ShowMayRunScript();
  }
}

void App::HideMayRunScript() {
  AppState& app = *state_;
  if (!std::exchange(app.in_front, false)) {
    return;
  }
  const Logic::Task task(app.logic());
  if (Page* page = app.router().current()) {
    page->HideMayRunScript();
  }
  app.CallAppMayRunScript("onHide", app.heap().Undefined());
}

void App::RouteMayRunScript(RouteKind kind, std::string_view url, int delta,
                            ApiReply reply) {
  const Logic::Task task(state_->logic());
  RouteRequest request;
  request.kind = kind;
  request.url = url;
  // Of a plugin's page as it is: plugin://key/name.
  if (!request.url.starts_with("/") &&
      request.url.find("://") == std::string::npos) {
    request.url.insert(0, "/");
  }
  request.delta = delta;
  request.reply = [reply = std::move(reply)](ApiResult result, const Handle&) {
    if (reply) {
      reply(std::move(result));
    }
  };
  state_->router().Request(std::move(request));
}

void App::ShareMayRunScript(ApiReply reply) {
  if (Page* page = state_->router().current()) {
    page->ShareMayRunScript("menu", nullptr, std::move(reply));
  } else {
    reply(ApiResult::Fail("no page is open"));
  }
}

void App::ChangeThemeMayRunScript(std::string_view theme) {
  const Logic::Task task(state_->logic());
  state_->CallAppMayRunScript(
      "onThemeChange", state_->heap().FromValue(
                           Value::ObjectOf({{"theme", Value::String(theme)}})));
}

void App::TapTabMayRunScript(uint32_t index) {
  const Logic::Task task(state_->logic());
  state_->router().TapTabMayRunScript(index);
}

void App::PullDownMayRunScript() {
  if (Page* page = state_->router().current()) {
    page->CallMayRunScript("onPullDownRefresh", {});
  }
}

void App::ScrollPageMayRunScript(double scroll_top) {
  if (Page* page = state_->router().current()) {
    page->scroll_top = scroll_top;
    page->CallMayRunScript("onPageScroll",
                           {state_->heap().FromValue(Value::ObjectOf(
                               {{"scrollTop", Value::Number(scroll_top)}}))});
  }
}

void App::ReachBottomMayRunScript() {
  if (Page* page = state_->router().current()) {
    page->CallMayRunScript("onReachBottom", {});
  }
}

void App::ResizeMayRunScript(double width, double height) {
  const Logic::Task task(state_->logic());
  const Value size = Value::ObjectOf({{"windowWidth", Value::Number(width)},
                                      {"windowHeight", Value::Number(height)}});
  const Handle argument =
      state_->heap().FromValue(Value::ObjectOf({{"size", size}}));
  if (Page* page = state_->router().current()) {
    page->CallMayRunScript("onResize", {argument});
    page->RunPageLifetimeMayRunScript("resize", {argument});
  }
  state_->api().FireMayRunScript("WindowResize", std::span(&argument, 1));
}

static PageInfo InfoOf(const Page& page) {
  return {page.id(), page.path(), page.query()};
}

std::vector<PageInfo> App::Pages() const {
  std::vector<PageInfo> pages;
  for (const Page* page : state_->router().stack()) {
    pages.push_back(InfoOf(*page));
  }
  return pages;
}

std::optional<PageInfo> App::CurrentPage() const {
  const Page* page = state_->router().current();
  return page == nullptr ? std::nullopt : std::optional(InfoOf(*page));
}

const Node* App::PageRoot(PageId page) const {
  const Page* found = state_->router().FindPage(page);
  return found == nullptr ? nullptr : found->root();
}

static Node* FindIn(AppState& app, PageId page, NodeId node) {
  Page* found = app.router().FindPage(page);
  if (found == nullptr) {
    return nullptr;
  }
  Node* result = node == 0 ? found->root() : found->tree().Find(node);
  return result == nullptr || result->removed ? nullptr : result;
}

const Node* App::FindNode(PageId page, NodeId node) const {
  return FindIn(*state_, page, node);
}

base::Result<std::vector<NodeId>> App::Query(PageId page, NodeId scope,
                                             std::string_view selector) const {
  FCC_TRY_ASSIGN(const Selector parsed, ParseSelector(selector));
  Node* node = FindIn(*state_, page, scope);
  std::vector<NodeId> ids;
  if (node == nullptr) {
    return ids;
  }
  if (scope == 0 && selector == "page") {
    ids.push_back(node->id);
    return ids;
  }
  // Inside a component's tag means inside its shadow tree.
  if (node->component != nullptr) {
    node = node->component->shadow_root();
  }
  for (const Node* found : SelectNodes(*node, parsed, 0)) {
    ids.push_back(found->id);
  }
  return ids;
}

void App::TapMayRunScript(PageId page, NodeId node) {
  if (Node* found = FindIn(*state_, page, node)) {
    app::TapMayRunScript(*state_->router().FindPage(page), *found);
  }
}

void App::LongPressMayRunScript(PageId page, NodeId node) {
  if (Node* found = FindIn(*state_, page, node)) {
    app::LongPressMayRunScript(*state_->router().FindPage(page), *found);
  }
}

void App::DispatchEventMayRunScript(PageId page, NodeId node,
                                    const EventInit& init) {
  Node* found = FindIn(*state_, page, node);
  if (found == nullptr) {
    return;
  }
  Event event;
  event.type = init.type;
  event.value = init.detail;
  event.bubbles = init.bubbles;
  event.composed = init.composed;
  event.capture_phase = init.capture_phase;
  event.is_touch = !init.touches.empty() || !init.changed_touches.empty();
  event.touches = init.touches;
  event.changed_touches = init.changed_touches;
  DispatchMayRunScript(*state_->router().FindPage(page), *found, event);
}

base::Result<Value> App::ActMayRunScript(PageId page, NodeId node,
                                         std::string_view action,
                                         const std::vector<Value>& arguments) {
  Node* found = FindIn(*state_, page, node);
  if (found == nullptr) {
    return base::Error{base::ErrorKind::kNotFound, "element destroyed"};
  }
  return app::ActMayRunScript(*state_->router().FindPage(page), *found, action,
                              arguments);
}

// The component at a node, or the page's own.
static base::Result<Component*> ComponentAt(AppState& app, PageId page,
                                            NodeId node) {
  Node* found = FindIn(app, page, node);
  if (found == nullptr) {
    return base::Error{base::ErrorKind::kNotFound,
                       node == 0 ? "page destroyed" : "element destroyed"};
  }
  if (found->component == nullptr) {
    return base::Error{base::ErrorKind::kNotFound,
                       base::format("<{}> is not a component", found->tag)};
  }
  return found->component;
}

base::Result<Value> App::GetData(PageId page, NodeId node,
                                 std::string_view path) const {
  FCC_TRY_ASSIGN(Component * component, ComponentAt(*state_, page, node));
  DataPath parts;
  if (!path.empty()) {
    FCC_TRY_ASSIGN(parts, ParseDataPath(path));
  }
  Handle at = component->script_data();
  for (const PathPart& part : parts) {
    at = state_->logic().Get(at, part.name);
  }
  return state_->logic().ToValue(at, "data");
}

base::Status App::SetDataMayRunScript(PageId page, NodeId node,
                                      const Value& data) {
  FCC_TRY_ASSIGN(Component * component, ComponentAt(*state_, page, node));
  const Logic::Task task(state_->logic());
  const script::Status status =
      component->SetDataMayRunScript(state_->heap().FromValue(data));
  if (!status) {
    return base::Error{base::ErrorKind::kRefused, status.error().Summary()};
  }
  return {};
}

// Answers with what the call gave, when a promise then has settled.
static void ReplyWith(AppState& app, const script::Result<Handle>& result,
                      ApiReply reply) {
  if (!result) {
    reply(ApiResult::Fail(result.error().Summary()));
    return;
  }
  const Handle value = *result;
  const Handle then =
      value.IsObject() ? app.logic().Get(value, "then") : Handle();
  if (!app.logic().IsFunction(then)) {
    reply(ApiResult::Ok(app.logic().ToValue(value, "the result")));
    return;
  }
  const auto settle = [&app, reply](bool ok) {
    return [&app, reply,
            ok](const script::CallInfo& call) -> script::Result<Handle> {
      const Handle argument = call.argument(0);
      if (ok) {
        reply(ApiResult::Ok(app.logic().ToValue(argument, "the result")));
      } else {
        const Handle message = argument.IsObject()
                                   ? app.logic().Get(argument, "message")
                                   : Handle();
        const Handle api_message = argument.IsObject()
                                       ? app.logic().Get(argument, "errMsg")
                                       : Handle();
        reply(ApiResult::Fail(!message.empty() && message.IsString()
                                  ? app.heap().AsString(message)
                              : !api_message.empty() && api_message.IsString()
                                  ? app.heap().AsString(api_message)
                                  : app.heap().Inspect(argument),
                              app.logic().ToValue(argument, "the reason")));
      }
      return Handle();
    };
  };
  const script::Result<Handle> chained =
      app.heap().Call(then, value,
                      {app.heap().NewFunction("", 1, settle(true)),
                       app.heap().NewFunction("", 1, settle(false))});
  if (!chained) {
    reply(ApiResult::Fail(chained.error().Summary()));
  }
}

static std::vector<Handle> ToHandles(AppState& app,
                                     const std::vector<Value>& values) {
  std::vector<Handle> handles;
  for (const Value& value : values) {
    handles.push_back(app.heap().FromValue(value));
  }
  return handles;
}

void App::CallMethodMayRunScript(PageId page, NodeId node,
                                 std::string_view method,
                                 const std::vector<Value>& arguments,
                                 ApiReply reply) {
  const base::Result<Component*> component = ComponentAt(*state_, page, node);
  if (!component) {
    reply(ApiResult::Fail(component.error().message));
    return;
  }
  const Logic::Task task(state_->logic());
  const Handle& instance = (*component)->instance();
  const Handle function = state_->logic().Get(instance, method);
  if (!function.IsFunction()) {
    reply(ApiResult::Fail(base::format(
        "{}.{} not exists", node == 0 ? "page" : "component", method)));
    return;
  }
  ReplyWith(
      *state_,
      state_->heap().Call(function, instance, ToHandles(*state_, arguments)),
      std::move(reply));
}

void App::CallFunctionMayRunScript(std::string_view source,
                                   const std::vector<Value>& arguments,
                                   ApiReply reply) {
  const Logic::Task task(state_->logic());
  const script::Result<Handle> function =
      state_->heap().Evaluate(base::format("({}\n)", source), "evaluate.js");
  if (!function) {
    reply(ApiResult::Fail(function.error().Summary()));
    return;
  }
  if (!function->IsFunction()) {
    ReplyWith(*state_, function, std::move(reply));
    return;
  }
  ReplyWith(*state_,
            state_->heap().Call(*function, state_->heap().Undefined(),
                                ToHandles(*state_, arguments)),
            std::move(reply));
}

void App::CallApiMayRunScript(std::string_view name,
                              const std::vector<Value>& arguments,
                              ApiReply reply) {
  const Logic::Task task(state_->logic());
  script::Heap& heap = state_->heap();
  const Handle& api = state_->api().object();
  const Handle function = state_->logic().Get(api, name);
  if (!function.IsFunction()) {
    reply(ApiResult::Fail(base::format("wx.{} not exists", name)));
    return;
  }
  const api::Row* row = api::Find(name);
  std::vector<Handle> handles = ToHandles(*state_, arguments);
  const bool async = row != nullptr && (row->kind == api::Kind::kAsync ||
                                        row->kind == api::Kind::kTask);
  if (!async) {
    ReplyWith(*state_, heap.Call(function, api, handles), std::move(reply));
    return;
  }
  if (handles.empty() || !handles[0].IsObject()) {
    handles.resize(1);
    handles[0] = heap.NewObject();
  }
  const auto callback = [this, reply](bool ok) {
    return [this, reply,
            ok](const script::CallInfo& call) -> script::Result<Handle> {
      const Value value = state_->logic().ToValue(call.argument(0), "result");
      if (ok) {
        reply(ApiResult::Ok(value));
      } else {
        reply(ApiResult::Fail(value.Get("errMsg").ToDisplayString(), value));
      }
      return Handle();
    };
  };
  static_cast<void>(
      heap.Set(handles[0], "success", heap.NewFunction("", 1, callback(true))));
  static_cast<void>(
      heap.Set(handles[0], "fail", heap.NewFunction("", 1, callback(false))));
  const script::Result<Handle> result = heap.Call(function, api, handles);
  if (!result) {
    reply(ApiResult::Fail(result.error().Summary()));
  }
}

void App::MockApi(std::string_view name, Value result) {
  state_->api().MockResult(name, std::move(result));
}

void App::MockApiByFunction(std::string_view name, ApiMock mock) {
  state_->api().MockFunction(name, std::move(mock));
}

void App::RestoreApi(std::string_view name) {
  state_->api().Restore(name);
}

void App::FireApiEventMayRunScript(std::string_view event,
                                   const Value& argument) {
  const Logic::Task task(state_->logic());
  const Handle handle = state_->heap().FromValue(argument);
  state_->api().FireMayRunScript(event, std::span(&handle, 1));
}

void App::FireObjectEventMayRunScript(uint32_t object, std::string_view event,
                                      const Value& argument) {
  const Logic::Task task(state_->logic());
  state_->api().FireObjectMayRunScript(object, event, argument);
}

void App::FinishTaskMayRunScript() {
  const Logic::Task task(state_->logic());
}

const std::map<std::string, uint64_t>& App::unsupported_calls() const {
  return state_->api().unsupported();
}

uint64_t App::heap_bytes() const {
  return state_->heap().memory_used();
}

AppUsage App::Usage() {
  state_->ReleaseFunctions();
  state_->heap().CollectGarbage();
  AppUsage usage;
  usage.heap_bytes = heap_bytes();
  usage.components = state_->component_count();
  for (const auto& [id, page] : state_->router().pages()) {
    usage.nodes += page->tree().size();
  }
  return usage;
}

}  // namespace fcc::app
