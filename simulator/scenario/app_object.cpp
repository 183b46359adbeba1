// SPDX-License-Identifier: Apache-2.0
//
// Spec: automator-protocol.md, section 3, for what the methods give.

#include "simulator/scenario/app_object.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "runtime/app/builtin_component.h"
#include "runtime/app/component.h"
#include "runtime/app/node.h"
#include "runtime/base/format.h"
#include "simulator/scenario/view_text.h"

namespace fcc::scenario {

using script::CallInfo;
using script::Handle;
using value::Value;

AppObject::AppObject(script::Heap& heap, AppSession& session, Lower lower)
    : heap_(heap),
      session_(session),
      lower_(std::move(lower)),
      app_(heap.NewObject()),
      page_prototype_(heap.NewObject()),
      element_prototype_(heap.NewObject()) {
  session_.host().OnNetwork([this](const host::NetworkRequest& request) {
    return AnswerNetwork(request);
  });
  session_.host().OnSocket(
      [this](const host::SocketRecord& socket, const Value* sent) {
        return AnswerSocket(socket, sent);
      });
}

AppObject::~AppObject() {
  // Mocks hold functions of the test's heap; the app ends before it does.
  session_.End();
  session_.host().OnNetwork({});
  session_.host().OnSocket({});
}

void AppObject::Define() {
  DefineRouting();
  DefineApi();
  DefineSockets();
  DefineScreen();
  DefineTime();
  DefinePages();
  DefineElements();
  DefineActions();
  static_cast<void>(heap_.Define(heap_.Global(), "app", app_));
}

void AppObject::Async(const Handle& on, std::string_view name, int length,
                      Action action) {
  static_cast<void>(heap_.DefineMethod(
      on, name, length,
      [this, action = std::move(action)](const CallInfo& call) -> Result {
        const script::Heap::PromiseParts parts = heap_.NewPromise();
        const Result result = action(call);
        session_.Settle();
        if (result) {
          FCC_TRY(heap_.Call(parts.resolve, heap_.Undefined(),
                             {result->empty() ? heap_.Undefined() : *result}));
        } else {
          const script::Exception& error = result.error();
          const Handle reason = error.thrown.empty()
                                    ? heap_.NewError(error.type, error.message)
                                    : error.thrown;
          FCC_TRY(heap_.Call(parts.reject, heap_.Undefined(), {reason}));
        }
        return parts.promise;
      }));
}

void AppObject::Sync(const Handle& on, std::string_view name, int length,
                     Action action) {
  static_cast<void>(heap_.DefineMethod(on, name, length, std::move(action)));
}

AppObject::Result AppObject::Answer(app::ApiResult result) {
  if (!result.ok) {
    return script::Throw(script::ErrorType::kError, result.message);
  }
  return FromValue(result.value);
}

AppObject::Result AppObject::Await(
    const std::function<void(app::ApiReply)>& start) {
  return Answer(session_.Await(start));
}

std::vector<Value> AppObject::Arguments(const CallInfo& call, size_t from) {
  std::vector<Value> values;
  for (size_t i = from; i < call.argument_count(); ++i) {
    script::Result<Value> value = heap_.ToValue(call.argument(i));
    values.push_back(value ? std::move(value).value() : Value());
  }
  return values;
}

AppObject::Result AppObject::NewPage(const app::PageInfo& info) {
  if (const auto known = pages_.find(info.id); known != pages_.end()) {
    return known->second;
  }
  const Handle page = heap_.NewObject();
  FCC_TRY(heap_.SetPrototype(page, page_prototype_));
  heap_.SetInternal(page, static_cast<uintptr_t>(info.id) << 32);
  FCC_TRY(heap_.Define(page, "path", heap_.String(info.path)));
  FCC_TRY(heap_.Define(page, "query", FromValue(info.query)));
  FCC_TRY(heap_.Define(page, "id", heap_.Number(info.id)));
  pages_[info.id] = page;
  return page;
}

AppObject::Result AppObject::NewElement(app::PageId page, app::NodeId node) {
  if (const auto known = elements_.find({page, node});
      known != elements_.end()) {
    return known->second;
  }
  const app::Node* found = session_.RunningApp().FindNode(page, node);
  const Handle element = heap_.NewObject();
  FCC_TRY(heap_.SetPrototype(element, element_prototype_));
  heap_.SetInternal(element, static_cast<uintptr_t>(page) << 32 | node);
  FCC_TRY(heap_.Define(element, "tagName",
                       heap_.String(found == nullptr ? "" : found->tag)));
  elements_[{page, node}] = element;
  return element;
}

script::Result<AppObject::NodeRef> AppObject::RefOf(const Handle& object) {
  const uintptr_t internal = object.IsObject() ? heap_.Internal(object) : 0;
  if (internal == 0) {
    return script::ThrowTypeError("this is no page and no element");
  }
  return NodeRef{static_cast<app::PageId>(internal >> 32),
                 static_cast<app::NodeId>(internal)};
}

script::Result<const app::Node*> AppObject::NodeOf(const Handle& object) {
  FCC_TRY_ASSIGN(const NodeRef ref, RefOf(object));
  const app::Node* node = session_.RunningApp().FindNode(ref.page, ref.node);
  if (node == nullptr) {
    return script::Throw(script::ErrorType::kError, ref.node == 0
                                                        ? "page destroyed"
                                                        : "element destroyed");
  }
  return node;
}

AppObject::Result AppObject::CurrentPage() {
  const std::optional<app::PageInfo> page = session_.RunningApp().CurrentPage();
  return page ? NewPage(*page) : Result(heap_.Null());
}

AppObject::Result AppObject::Route(app::RouteKind kind, const CallInfo& call) {
  std::string url;
  int delta = 1;
  if (call.argument(0).IsNumber()) {
    delta = static_cast<int>(heap_.AsNumber(call.argument(0)));
  } else {
    url = heap_.AsString(call.argument(0));
  }
  app::App& app = session_.RunningApp();
  FCC_TRY(Await([&](app::ApiReply reply) {
    app.RouteMayRunScript(kind, url, delta, std::move(reply));
  }));
  return CurrentPage();
}

void AppObject::DefineRouting() {
  const std::pair<std::string_view, app::RouteKind> kRoutes[] = {
      {"navigateTo", app::RouteKind::kNavigateTo},
      {"redirectTo", app::RouteKind::kRedirectTo},
      {"navigateBack", app::RouteKind::kNavigateBack},
      {"reLaunch", app::RouteKind::kReLaunch},
      {"switchTab", app::RouteKind::kSwitchTab},
  };
  for (const auto& [name, kind] : kRoutes) {
    Async(app_, name, 1,
          [this, kind](const CallInfo& call) { return Route(kind, call); });
  }
  Async(app_, "restart", 1, [this](const CallInfo& call) -> Result {
    elements_.clear();
    pages_.clear();
    FCC_TRY(session_.Restart(heap_.AsString(call.argument(0))));
    return CurrentPage();
  });
  Async(app_, "currentPage", 0,
        [this](const CallInfo&) { return CurrentPage(); });
  Async(app_, "pageStack", 0, [this](const CallInfo&) -> Result {
    const Handle stack = heap_.NewArray();
    for (const app::PageInfo& info : session_.RunningApp().Pages()) {
      FCC_TRY_ASSIGN(const Handle page, NewPage(info));
      FCC_TRY(heap_.Push(stack, page));
    }
    return stack;
  });
  Async(app_, "tapTab", 1, [this](const CallInfo& call) -> Result {
    session_.RunningApp().TapTabMayRunScript(
        static_cast<uint32_t>(heap_.AsNumber(call.argument(0))));
    session_.Settle();
    return CurrentPage();
  });
  const auto event =
      [this](std::string_view name,
             std::function<void(app::App&, const CallInfo&)> action) {
        Async(
            app_, name, 1,
            [this, action = std::move(action)](const CallInfo& call) -> Result {
              action(session_.RunningApp(), call);
              return Handle();
            });
      };
  event("hide", [](app::App& app, const CallInfo&) { app.HideMayRunScript(); });
  event("show", [this](app::App& app, const CallInfo& call) {
    app.ShowMayRunScript(LaunchOptionsOf(heap_.AsString(call.argument(0))));
  });
  event("pullDown",
        [](app::App& app, const CallInfo&) { app.PullDownMayRunScript(); });
  event("reachBottom",
        [](app::App& app, const CallInfo&) { app.ReachBottomMayRunScript(); });
  event("scrollTo", [this](app::App& app, const CallInfo& call) {
    app.ScrollPageMayRunScript(heap_.AsNumber(call.argument(0)));
  });
  event("resize", [this](app::App& app, const CallInfo& call) {
    session_.host().device().window_width = heap_.AsNumber(call.argument(0));
    session_.host().device().window_height = heap_.AsNumber(call.argument(1));
    app.ResizeMayRunScript(heap_.AsNumber(call.argument(0)),
                           heap_.AsNumber(call.argument(1)));
  });
}

script::Result<std::string> AppObject::SourceOf(const Handle& function) {
  FCC_TRY_ASSIGN(const std::string source, heap_.ToString(function));
  const base::Result<std::string> lowered = lower_(source);
  if (!lowered) {
    return script::Throw(script::ErrorType::kSyntaxError,
                         lowered.error().message);
  }
  return *lowered;
}

// A mock that is a function runs in the test's heap, so that it may use what
// the test has at hand.
AppObject::Result AppObject::MockWxMethod(const CallInfo& call) {
  FCC_TRY_ASSIGN(const std::string name, heap_.ToString(call.argument(0)));
  app::App& app = session_.RunningApp();
  if (call.argument_count() < 2 || call.argument(1).IsUndefined()) {
    app.RestoreApi(name);
    return Handle();
  }
  const Handle mock = call.argument(1);
  if (!mock.IsFunction()) {
    FCC_TRY_ASSIGN(Value result, heap_.ToValue(mock));
    app.MockApi(name, std::move(result));
    return Handle();
  }
  const std::vector<Value> extra = Arguments(call, 2);
  app.MockApiByFunction(name, [this, mock, extra](
                                  const std::vector<Value>& arguments,
                                  app::ApiReply reply) {
    std::vector<Handle> handles;
    for (const Value& argument : arguments) {
      handles.push_back(FromValue(argument));
    }
    for (const Value& argument : extra) {
      handles.push_back(FromValue(argument));
    }
    const Result result = heap_.Call(mock, heap_.Undefined(), handles);
    if (!result) {
      reply(app::ApiResult::Fail(result.error().message));
      return;
    }
    const script::Result<Handle> then =
        result->IsObject() ? heap_.Get(*result, "then")
                           : script::Result<Handle>(heap_.Undefined());
    const auto leave = [this](const Handle& value) {
      script::Result<Value> left = heap_.ToValue(value);
      return left ? std::move(left).value() : Value();
    };
    if (!then || !then->IsFunction()) {
      reply(app::ApiResult::Ok(leave(*result)));
      return;
    }
    const auto settle = [reply, leave](bool ok) {
      return [reply, leave, ok](const CallInfo& settled) -> Result {
        const Value value = leave(settled.argument(0));
        reply(ok ? app::ApiResult::Ok(value)
                 : app::ApiResult::Fail(value.ToDisplayString(), value));
        return Handle();
      };
    };
    static_cast<void>(heap_.Call(*then, *result,
                                 {heap_.NewFunction("", 1, settle(true)),
                                  heap_.NewFunction("", 1, settle(false))}));
    heap_.RunMicrotasks();
  });
  return Handle();
}

void AppObject::DefineApi() {
  Async(app_, "callWxMethod", 1, [this](const CallInfo& call) -> Result {
    FCC_TRY_ASSIGN(const std::string name, heap_.ToString(call.argument(0)));
    app::App& app = session_.RunningApp();
    return Await([&](app::ApiReply reply) {
      app.CallApiMayRunScript(name, Arguments(call, 1), std::move(reply));
    });
  });
  Async(app_, "mockWxMethod", 2,
        [this](const CallInfo& call) { return MockWxMethod(call); });
  Async(app_, "restoreWxMethod", 1, [this](const CallInfo& call) -> Result {
    session_.RunningApp().RestoreApi(heap_.AsString(call.argument(0)));
    return Handle();
  });
  Async(app_, "systemInfo", 0, [this](const CallInfo&) -> Result {
    return Await([&](app::ApiReply reply) {
      session_.RunningApp().CallApiMayRunScript("getSystemInfoSync", {},
                                                std::move(reply));
    });
  });
  Async(app_, "evaluate", 1, [this](const CallInfo& call) -> Result {
    FCC_TRY_ASSIGN(const std::string source, SourceOf(call.argument(0)));
    app::App& app = session_.RunningApp();
    return Await([&](app::ApiReply reply) {
      app.CallFunctionMayRunScript(source, Arguments(call, 1),
                                   std::move(reply));
    });
  });
  Sync(app_, "mockRequest", 2,
       [this](const CallInfo& call) { return MockRequest(call); });
  Sync(app_, "restoreRequests", 0, [this](const CallInfo&) -> Result {
    request_mocks_.clear();
    return Handle();
  });
  Sync(app_, "requests", 0, [this](const CallInfo&) -> Result {
    return FromValue(Value::ArrayOf(requests_));
  });
  Async(app_, "fireApiEvent", 2, [this](const CallInfo& call) -> Result {
    const std::vector<Value> arguments = Arguments(call, 1);
    session_.RunningApp().FireApiEventMayRunScript(
        heap_.AsString(call.argument(0)),
        arguments.empty() ? Value() : arguments[0]);
    return Handle();
  });
}

AppObject::Result AppObject::MockRequest(const CallInfo& call) {
  RequestMock mock;
  if (call.argument(0).IsString()) {
    mock.url = heap_.AsString(call.argument(0));
  } else if (call.argument(0).IsObject()) {
    FCC_TRY_ASSIGN(const Handle url, heap_.Get(call.argument(0), "url"));
    FCC_TRY_ASSIGN(const Handle method, heap_.Get(call.argument(0), "method"));
    mock.url = heap_.AsString(url);
    mock.method = heap_.AsString(method);
  }
  mock.response = call.argument(1);
  // The newest answer to the same question counts.
  std::erase_if(request_mocks_, [&](const RequestMock& other) {
    return other.url == mock.url && other.method == mock.method;
  });
  request_mocks_.push_back(std::move(mock));
  return Handle();
}

bool UrlMatches(std::string_view pattern, std::string_view url) {
  if (pattern.empty() || pattern == "*") {
    return true;
  }
  const size_t star = pattern.find('*');
  if (star != std::string_view::npos) {
    const std::string_view tail = pattern.substr(star + 1);
    return url.starts_with(pattern.substr(0, star)) &&
           url.size() >= star + tail.size() && url.ends_with(tail);
  }
  return url == pattern || (url.starts_with(pattern) &&
                            pattern.find('?') == std::string_view::npos &&
                            url[pattern.size()] == '?');
}

static bool MethodMatches(std::string_view pattern, std::string_view method) {
  if (pattern.empty()) {
    return true;
  }
  return pattern.size() == method.size() &&
         std::equal(pattern.begin(), pattern.end(), method.begin(),
                    [](char a, char b) { return (a | 32) == (b | 32); });
}

// {statusCode, data, header, fail, delay}, or the body alone.
static host::NetworkResponse ResponseOf(const Value& answer) {
  host::NetworkResponse response;
  if (answer.IsObject()) {
    for (const std::string_view name :
         {"statusCode", "data", "header", "fail", "delay"}) {
      if (answer.object().Find(name) == nullptr) {
        continue;
      }
      const Value value = answer.Get(name);
      if (name == "statusCode") {
        response.status = static_cast<int>(value.ToNumber());
      } else if (name == "data") {
        response.data = value;
      } else if (name == "header") {
        response.header = value;
      } else if (name == "delay") {
        response.delay_ms = value.ToNumber();
      } else if (value.Truthy()) {
        std::string text =
            value.IsString() ? std::string(value.string()) : std::string();
        if (const size_t at = text.find(":fail"); at != std::string::npos) {
          text = text.substr(std::min(text.size(), at + 6));
        }
        response.failure = text;
      }
    }
    return response;
  }
  response.data = answer;
  return response;
}

std::optional<host::NetworkResponse> AppObject::AnswerNetwork(
    const host::NetworkRequest& request) {
  const std::string url = request.options.Get("url").ToDisplayString();
  const Value method_value = request.options.Get("method");
  const std::string method =
      method_value.IsNullish() ? "GET" : method_value.ToDisplayString();
  Value seen = request.options;
  if (!seen.IsObject()) {
    seen = Value::NewObject();
  }
  seen.MutableObject().Set("method", Value::String(method));
  requests_.push_back(seen);
  for (auto mock = request_mocks_.rbegin(); mock != request_mocks_.rend();
       ++mock) {
    if (!UrlMatches(mock->url, url) || !MethodMatches(mock->method, method)) {
      continue;
    }
    Handle answer = mock->response;
    if (answer.IsFunction()) {
      Result result = heap_.Call(answer, heap_.Undefined(), {FromValue(seen)});
      if (!result) {
        host::NetworkResponse failed;
        failed.failure = result.error().Summary();
        return failed;
      }
      answer = *result;
    }
    script::Result<Value> value = heap_.ToValue(answer);
    return ResponseOf(value ? *value : Value());
  }
  return std::nullopt;
}

void AppObject::DefineScreen() {
  host::SimulatedHost& host = session_.host();
  const auto record = [this](std::string_view name,
                             std::function<Value()> read) {
    Sync(app_, name, 0,
         [this, read = std::move(read)](const CallInfo&) -> Result {
           return FromValue(read());
         });
  };
  record("toasts", [&host] { return Value::ArrayOf(host.screen().toasts); });
  record("modals", [&host] { return Value::ArrayOf(host.screen().modals); });
  record("actionSheets",
         [&host] { return Value::ArrayOf(host.screen().action_sheets); });
  record("calls", [&host] { return Value::ArrayOf(host.screen().calls); });
  record("loading", [&host] {
    return host.screen().loading ? Value::String(*host.screen().loading)
                                 : Value::Null();
  });
  record("tabBar", [&host] { return host.screen().tab_bar; });
  record("logs", [&host] {
    std::vector<Value> logs;
    for (const host::LogRecord& log : host.logs()) {
      logs.push_back(Value::ObjectOf(
          {{"level", Value::String(app::LogLevelName(log.level))},
           {"text", Value::String(log.text)}}));
    }
    return Value::ArrayOf(std::move(logs));
  });
  // Reading them says that the test expects them.
  record("takeErrors", [&host] {
    std::vector<Value> errors;
    for (const app::ErrorReport& error : host.errors()) {
      errors.push_back(
          Value::ObjectOf({{"message", Value::String(error.message)},
                           {"where", Value::String(error.where)},
                           {"stack", Value::String(error.stack)}}));
    }
    host.errors().clear();
    return Value::ArrayOf(std::move(errors));
  });
  record("navigationBarTitle", [this, &host] {
    const std::optional<app::PageInfo> page =
        session_.RunningApp().CurrentPage();
    if (!page) {
      return Value();
    }
    const Value set = host.screen().navigation_bars[page->id].Get("title");
    return set.IsUndefined()
               ? session_.PageConfig(page->path).Get("navigationBarTitleText")
               : set;
  });
  Sync(app_, "answerModal", 1, [this, &host](const CallInfo& call) -> Result {
    FCC_TRY_ASSIGN(Value answer, heap_.ToValue(call.argument(0)));
    host.AnswerModal(std::move(answer));
    return Handle();
  });
  Sync(app_, "answerActionSheet", 1,
       [this, &host](const CallInfo& call) -> Result {
         host.AnswerActionSheet(
             static_cast<int>(heap_.AsNumber(call.argument(0))));
         return Handle();
       });
}

void AppObject::DefineTime() {
  Async(app_, "advance", 1, [this](const CallInfo& call) -> Result {
    session_.Advance(heap_.AsNumber(call.argument(0)));
    return Handle();
  });
  Async(app_, "idle", 0, [this](const CallInfo&) -> Result {
    if (!session_.Idle()) {
      return script::Throw(script::ErrorType::kError,
                           "the app never came to rest");
    }
    return Handle();
  });
  Sync(app_, "setTime", 1, [this](const CallInfo& call) -> Result {
    FCC_TRY_ASSIGN(const Handle constructor, heap_.Get(heap_.Global(), "Date"));
    FCC_TRY_ASSIGN(const Handle date,
                   heap_.Construct(constructor, call.arguments()));
    FCC_TRY_ASSIGN(const double ms, heap_.ToNumber(date));
    session_.host().SetTime(ms);
    return Handle();
  });
}

AppObject::Result AppObject::Select(const CallInfo& call, bool all) {
  FCC_TRY_ASSIGN(const NodeRef ref, RefOf(call.this_value()));
  FCC_TRY(NodeOf(call.this_value()));
  FCC_TRY_ASSIGN(const std::string selector, heap_.ToString(call.argument(0)));
  const base::Result<std::vector<app::NodeId>> ids =
      session_.RunningApp().Query(ref.page, ref.node, selector);
  if (!ids) {
    return script::Throw(script::ErrorType::kError, ids.error().message);
  }
  if (!all) {
    return ids->empty() ? Result(heap_.Null())
                        : NewElement(ref.page, ids->front());
  }
  const Handle list = heap_.NewArray();
  for (const app::NodeId id : *ids) {
    FCC_TRY_ASSIGN(const Handle element, NewElement(ref.page, id));
    FCC_TRY(heap_.Push(list, element));
  }
  return list;
}

void AppObject::DefineQueries(const Handle& prototype) {
  Async(prototype, "$", 1,
        [this](const CallInfo& call) { return Select(call, false); });
  Async(prototype, "$$", 1,
        [this](const CallInfo& call) { return Select(call, true); });
}

void AppObject::DefineComponentMethods(const Handle& prototype) {
  Async(prototype, "data", 1, [this](const CallInfo& call) -> Result {
    FCC_TRY_ASSIGN(const NodeRef ref, RefOf(call.this_value()));
    const base::Result<Value> data = session_.RunningApp().GetData(
        ref.page, ref.node, heap_.AsString(call.argument(0)));
    if (!data) {
      return script::Throw(script::ErrorType::kError, data.error().message);
    }
    return FromValue(*data);
  });
  Async(prototype, "setData", 1, [this](const CallInfo& call) -> Result {
    FCC_TRY_ASSIGN(const NodeRef ref, RefOf(call.this_value()));
    FCC_TRY_ASSIGN(const Value data, heap_.ToValue(call.argument(0)));
    FCC_TRY(
        session_.RunningApp().SetDataMayRunScript(ref.page, ref.node, data));
    return Handle();
  });
  Async(prototype, "callMethod", 1, [this](const CallInfo& call) -> Result {
    FCC_TRY_ASSIGN(const NodeRef ref, RefOf(call.this_value()));
    FCC_TRY_ASSIGN(const std::string method, heap_.ToString(call.argument(0)));
    return Await([&](app::ApiReply reply) {
      session_.RunningApp().CallMethodMayRunScript(
          ref.page, ref.node, method, Arguments(call, 1), std::move(reply));
    });
  });
}

void AppObject::DefinePages() {
  DefineQueries(page_prototype_);
  DefineComponentMethods(page_prototype_);
  Async(page_prototype_, "share", 0, [this](const CallInfo& call) -> Result {
    FCC_TRY(NodeOf(call.this_value()));
    return Await([&](app::ApiReply reply) {
      session_.RunningApp().ShareMayRunScript(std::move(reply));
    });
  });
  Async(page_prototype_, "wxml", 0, [this](const CallInfo& call) -> Result {
    FCC_TRY_ASSIGN(const app::Node* node, NodeOf(call.this_value()));
    return heap_.String(ViewMarkup(*node, false));
  });
  Async(page_prototype_, "view", 0, [this](const CallInfo& call) -> Result {
    FCC_TRY_ASSIGN(const app::Node* node, NodeOf(call.this_value()));
    return heap_.String(ViewText(*node, ViewDetail::kComposed));
  });
  // Of a selector, until it is there; of a number, that much time.
  Async(page_prototype_, "waitFor", 1, [this](const CallInfo& call) -> Result {
    if (call.argument(0).IsNumber()) {
      session_.Advance(heap_.AsNumber(call.argument(0)));
      return Handle();
    }
    constexpr double kStepMs = 50;
    constexpr double kMostMs = 30'000;
    for (double waited = 0; waited <= kMostMs; waited += kStepMs) {
      if (call.argument(0).IsFunction()) {
        FCC_TRY_ASSIGN(const Handle done,
                       heap_.Call(call.argument(0), heap_.Undefined(), {}));
        if (heap_.ToBoolean(done)) {
          return Handle();
        }
      } else {
        FCC_TRY_ASSIGN(const Handle found, Select(call, false));
        if (!found.IsNull()) {
          return found;
        }
      }
      session_.Advance(kStepMs);
    }
    return script::Throw(
        script::ErrorType::kError,
        base::format("waitFor: nothing within {} ms", kMostMs));
  });
}

// An attribute as a person would write it in the template.
static Value AttributeOf(const app::Node& node, std::string_view name) {
  if (name == "class") {
    return Value::String(node.ClassText());
  }
  if (name == "style") {
    return Value::String(node.StyleText());
  }
  if (name == "id") {
    return Value::String(node.html_id);
  }
  std::string camel;
  bool upper = false;
  for (const char c : name) {
    if (c == '-') {
      upper = true;
    } else {
      camel += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
      upper = false;
    }
  }
  if (name.starts_with("data-") && node.dataset.IsObject()) {
    camel.erase(0, 4);
    camel[0] = camel[0] >= 'A' && camel[0] <= 'Z'
                   ? static_cast<char>(camel[0] + 32)
                   : camel[0];
    return node.dataset.Get(camel);
  }
  return node.Current(camel);
}

void AppObject::DefineElements() {
  DefineQueries(element_prototype_);
  DefineComponentMethods(element_prototype_);
  const auto reading =
      [this](std::string_view name,
             std::function<Result(const app::Node&, const CallInfo&)> read) {
        Async(element_prototype_, name, 1,
              [this, read = std::move(read)](const CallInfo& call) -> Result {
                FCC_TRY_ASSIGN(const app::Node* node,
                               NodeOf(call.this_value()));
                return read(*node, call);
              });
      };
  reading("text", [this](const app::Node& node, const CallInfo&) -> Result {
    return heap_.String(app::ComposedText(node));
  });
  reading("attribute",
          [this](const app::Node& node, const CallInfo& call) -> Result {
            const Value value =
                AttributeOf(node, heap_.AsString(call.argument(0)));
            return value.IsNullish() ? heap_.Null()
                                     : heap_.String(value.ToDisplayString());
          });
  reading("property",
          [this](const app::Node& node, const CallInfo& call) -> Result {
            const std::string name = heap_.AsString(call.argument(0));
            if (node.component != nullptr &&
                node.component->definition().FindProperty(name) != nullptr) {
              return FromValue(node.component->data().Get(name));
            }
            return FromValue(AttributeOf(node, name));
          });
  reading("value", [this](const app::Node& node, const CallInfo&) -> Result {
    return FromValue(app::FieldValue(node));
  });
  reading("wxml", [this](const app::Node& node, const CallInfo&) -> Result {
    return heap_.String(ViewMarkup(node, false));
  });
  reading("outerWxml",
          [this](const app::Node& node, const CallInfo&) -> Result {
            return heap_.String(ViewMarkup(node, true));
          });
  const auto sizes = [this](const app::Node&, const CallInfo&) -> Result {
    return FromValue(Value::ObjectOf({{"width", Value::Number(0)},
                                      {"height", Value::Number(0)},
                                      {"left", Value::Number(0)},
                                      {"top", Value::Number(0)}}));
  };
  reading("size", sizes);
  reading("offset", sizes);
  Async(element_prototype_, "trigger", 2,
        [this](const CallInfo& call) -> Result {
          FCC_TRY_ASSIGN(const NodeRef ref, RefOf(call.this_value()));
          FCC_TRY(NodeOf(call.this_value()));
          app::EventInit event;
          event.type = heap_.AsString(call.argument(0));
          const std::vector<Value> arguments = Arguments(call, 1);
          event.detail = arguments.empty() ? Value::NewObject() : arguments[0];
          session_.RunningApp().DispatchEventMayRunScript(ref.page, ref.node,
                                                          event);
          return Handle();
        });
}

void AppObject::DefineActions() {
  Async(element_prototype_, "tap", 0, [this](const CallInfo& call) -> Result {
    FCC_TRY_ASSIGN(const NodeRef ref, RefOf(call.this_value()));
    FCC_TRY(NodeOf(call.this_value()));
    session_.RunningApp().TapMayRunScript(ref.page, ref.node);
    return Handle();
  });
  Async(element_prototype_, "longpress", 0,
        [this](const CallInfo& call) -> Result {
          FCC_TRY_ASSIGN(const NodeRef ref, RefOf(call.this_value()));
          FCC_TRY(NodeOf(call.this_value()));
          session_.RunningApp().LongPressMayRunScript(ref.page, ref.node);
          return Handle();
        });
  for (const std::string_view type :
       {"touchstart", "touchmove", "touchend", "touchcancel"}) {
    Async(element_prototype_, type, 1,
          [this, type](const CallInfo& call) -> Result {
            FCC_TRY_ASSIGN(const NodeRef ref, RefOf(call.this_value()));
            FCC_TRY(NodeOf(call.this_value()));
            app::EventInit event;
            event.type = type;
            event.bubbles = event.composed = event.capture_phase = true;
            event.changed_touches.push_back({});
            const std::vector<Value> arguments = Arguments(call, 0);
            const Value touches =
                arguments.empty() ? Value() : arguments[0].Get("touches");
            if (touches.IsArray() && !touches.array().items.empty()) {
              app::Touch& touch = event.changed_touches[0];
              touch.page_x = touches.At(0).Get("pageX").ToNumber();
              touch.page_y = touches.At(0).Get("pageY").ToNumber();
              event.touches.push_back(touch);
            }
            session_.RunningApp().DispatchEventMayRunScript(ref.page, ref.node,
                                                            event);
            return Handle();
          });
  }
  for (const std::string_view action :
       {"input", "confirm", "focus", "blur", "scrollTo", "swipeTo", "slideTo",
        "pick", "cancel", "moveTo", "submit", "reset"}) {
    Async(element_prototype_, action, 1,
          [this, action](const CallInfo& call) -> Result {
            FCC_TRY_ASSIGN(const NodeRef ref, RefOf(call.this_value()));
            FCC_TRY(NodeOf(call.this_value()));
            const base::Result<Value> result =
                session_.RunningApp().ActMayRunScript(
                    ref.page, ref.node, action, Arguments(call, 0));
            if (!result) {
              return script::Throw(script::ErrorType::kError,
                                   result.error().message);
            }
            return Handle();
          });
  }
}

}  // namespace fcc::scenario
