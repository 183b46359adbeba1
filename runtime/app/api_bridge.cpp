// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/api_bridge.h"

#include <algorithm>

#include "runtime/api/chain.h"
#include "runtime/app/app_state.h"
#include "runtime/app/page.h"
#include "runtime/base/format.h"

namespace fcc::app {

using api::Kind;
using script::CallInfo;
using script::Handle;
using script::Result;
using value::Value;

static constexpr std::string_view kUnsupportedText =
    "not supported by this host";
static constexpr std::string_view kSocketType = "SocketTask";

ApiBridge::ApiBridge(AppState& app) : app_(app) {
  object_ = app.heap().NewObject();
}

void ApiBridge::DefineGlobals() {
  DefineCoreApis(app_, *this);
  DefineCanvasApis(app_, *this);
  for (const api::Row& row : api::Rows()) {
    if (!row.IsMethod()) {
      DefineRow(row);
    }
  }
  const Handle global = app_.heap().Global();
  for (const std::string_view name : {"ft", "wx"}) {
    static_cast<void>(app_.heap().Define(global, name, object_));
  }
}

void ApiBridge::DefineCore(std::string_view name, int length,
                           CoreFunction function) {
  static_cast<void>(length);
  core_.emplace(std::string(name), std::move(function));
}

void ApiBridge::DefineRow(const api::Row& row) {
  if (row.kind == Kind::kProperty) {
    return;
  }
  const Handle function = app_.heap().NewFunction(
      row.name, 1, [this, &row](const CallInfo& call) -> Result<Handle> {
        return Invoke(row, 0, call);
      });
  static_cast<void>(app_.heap().Define(object_, row.name, function));
}

void ApiBridge::MockResult(std::string_view name, Value result) {
  mocks_[std::string(name)] = {std::move(result), {}};
}

void ApiBridge::MockFunction(std::string_view name, App::ApiMock function) {
  mocks_[std::string(name)] = {{}, std::move(function)};
}

void ApiBridge::Restore(std::string_view name) {
  const auto found = mocks_.find(name);
  if (found != mocks_.end()) {
    mocks_.erase(found);
  }
}

void ApiBridge::Count(std::string_view name, std::string_view why) {
  if (++unsupported_[std::string(name)] == 1) {
    app_.logic().Warn(
        base::format("{}: {}", name, why.empty() ? kUnsupportedText : why));
  }
}

bool ApiBridge::CallHost(std::string_view name, std::vector<Value> arguments,
                         uint32_t object, bool synchronous, ApiReply reply) {
  ApiCall call;
  call.name = name;
  call.arguments = std::move(arguments);
  call.object = object;
  call.synchronous = synchronous;
  const Page* page = app_.router().current();
  call.page = page == nullptr ? 0 : page->id();
  if (app_.host().CallApi(call, std::move(reply)) ==
      ApiHandling::kUnsupported) {
    Count(name);
    return false;
  }
  return true;
}

std::vector<Value> ApiBridge::Arguments(const CallInfo& call) {
  std::vector<Value> arguments;
  for (const Handle& argument : call.arguments()) {
    arguments.push_back(argument.IsFunction()
                            ? Value()
                            : app_.logic().ToValue(argument, "an argument"));
  }
  return arguments;
}

Value ApiBridge::OptionsWithoutCallbacks(const Handle& options) {
  Value result = Value::NewObject();
  if (!options.IsObject() || options.IsArray()) {
    return options.IsObject() ? app_.logic().ToValue(options, "options")
                              : result;
  }
  const Result<std::vector<std::string>> keys = app_.heap().Keys(options);
  if (!keys) {
    app_.logic().Report(keys.error(), "options");
    return result;
  }
  for (const std::string& key : *keys) {
    const Handle member = app_.logic().Get(options, key);
    if (!member.IsFunction()) {
      result.MutableObject().Set(key, app_.logic().ToValue(member, key));
    }
  }
  return result;
}

ApiBridge::Callbacks ApiBridge::ReadCallbacks(const Handle& options,
                                              bool with_promise) {
  Callbacks callbacks;
  const auto read = [&](std::string_view name) {
    const Handle function = app_.logic().Get(options, name);
    return app_.logic().IsFunction(function) ? function : Handle();
  };
  if (options.IsObject()) {
    callbacks.success = read("success");
    callbacks.fail = read("fail");
    callbacks.complete = read("complete");
  }
  if (with_promise && callbacks.success.empty() && callbacks.fail.empty() &&
      callbacks.complete.empty()) {
    callbacks.promise = app_.heap().NewPromise();
    callbacks.returned = callbacks.promise.promise;
  }
  return callbacks;
}

// Messages say "readFile:fail …", not whose method it is.
static std::string_view MessageName(std::string_view name) {
  const bool method = !name.empty() && name[0] >= 'A' && name[0] <= 'Z';
  return method ? name.substr(name.find('.') + 1) : name;
}

void ApiBridge::Settle(std::string name, Callbacks callbacks, ApiResult result,
                       Handle ready_result) {
  app_.logic().Post(
      0, [this, name = std::move(name), callbacks = std::move(callbacks),
          result = std::move(result), ready_result = std::move(ready_result)] {
        script::Heap& heap = app_.heap();
        Handle argument = ready_result;
        if (argument.empty()) {
          argument = result.value.IsObject() ? heap.FromValue(result.value)
                                             : heap.NewObject();
        }
        if (argument.IsObject() &&
            app_.logic().Get(argument, "errMsg").IsUndefined()) {
          std::string text(MessageName(name));
          text += result.ok ? ":ok" : ":fail";
          if (!result.ok && !result.message.empty()) {
            text += " " + result.message;
          }
          static_cast<void>(heap.Set(argument, "errMsg", heap.String(text)));
        }
        const Handle& first = result.ok ? callbacks.success : callbacks.fail;
        const std::string where = base::format("{} callback", name);
        if (!first.empty()) {
          app_.logic().CallMayRunScript(first, heap.Undefined(), {argument},
                                        where);
        }
        if (!callbacks.complete.empty()) {
          app_.logic().CallMayRunScript(callbacks.complete, heap.Undefined(),
                                        {argument}, where);
        }
        if (!callbacks.promise.promise.empty()) {
          static_cast<void>(heap.Call(
              result.ok ? callbacks.promise.resolve : callbacks.promise.reject,
              heap.Undefined(), {argument}));
        }
      });
}

Handle ApiBridge::Refuse(std::string name, const Handle& options) {
  Count(name);
  Callbacks callbacks = ReadCallbacks(options, true);
  const Handle returned = callbacks.returned;
  Settle(std::move(name), std::move(callbacks),
         ApiResult::Fail(std::string(kUnsupportedText)));
  return returned;
}

Result<Handle> ApiBridge::InvokeSync(const api::Row& row, uint32_t object,
                                     const CallInfo& call) {
  ApiResult answer;
  if (!CallHost(row.name, Arguments(call), object, true,
                [&answer](ApiResult result) { answer = std::move(result); })) {
    return app_.prelude().StandIn(row.name);
  }
  if (!answer.ok) {
    return script::Throw(
        script::ErrorType::kError,
        base::format("{}:fail {}", MessageName(row.name), answer.message));
  }
  FireEvents(object, answer);
  if (answer.object_type == kStandInType) {
    const Value name = answer.value;
    Count(name.ToDisplayString());
    return app_.prelude().StandIn(name.ToDisplayString());
  }
  if (!answer.object_type.empty()) {
    return NewObject(answer.object_type, ++last_own_object_, answer.value);
  }
  return app_.heap().FromValue(answer.value);
}

Result<Handle> ApiBridge::InvokeAsync(const api::Row& row, uint32_t object,
                                      const CallInfo& call) {
  const Handle options = call.argument(0);
  Callbacks callbacks = ReadCallbacks(options, row.kind == Kind::kAsync);
  std::vector<Value> arguments = Arguments(call);
  if (arguments.empty()) {
    arguments.emplace_back();
  }
  arguments[0] = OptionsWithoutCallbacks(options);
  Handle returned = callbacks.returned;
  uint32_t task_object = 0;
  if (row.kind == Kind::kTask) {
    task_object = ++last_own_object_;
    returned = NewObject(row.object, task_object, Value());
    if (row.object == kSocketType) {
      MakeSocket(task_object, returned);
    }
  }
  if (row.name == "SocketTask.close") {
    SetReadyState(object, ReadyState::kClosing);
  }
  const std::string name(row.name);
  if (!CallHost(row.name, std::move(arguments),
                task_object != 0 ? task_object : object, false,
                app_.logic().Guard([this, name, callbacks,
                                    task_object](ApiResult result) {
                  // A connection lives on, a transfer is over.
                  const bool over = result.events.empty() && !result.goes_on;
                  if (result.goes_on) {
                    objects_[task_object].ends_with_close = true;
                  }
                  FireEvents(task_object, result);
                  Settle(name, callbacks, std::move(result));
                  if (over) {
                    SetReadyState(task_object, ReadyState::kClosed);
                    objects_.erase(task_object);
                  }
                }))) {
    objects_.erase(task_object);
    Settle(name, std::move(callbacks),
           ApiResult::Fail(std::string(kUnsupportedText)));
  }
  return returned;
}

void ApiBridge::MakeSocket(uint32_t object, const Handle& task) {
  static constexpr std::string_view kNames[] = {"CONNECTING", "OPEN", "CLOSING",
                                                "CLOSED"};
  for (size_t state = 0; state < std::size(kNames); ++state) {
    static_cast<void>(app_.heap().Define(
        task, kNames[state], app_.heap().Number(static_cast<double>(state))));
  }
  objects_[object].socket = task;
  SetReadyState(object, ReadyState::kConnecting);
}

void ApiBridge::SetReadyState(uint32_t object, ReadyState state) {
  const auto record = objects_.find(object);
  if (record != objects_.end() && !record->second.socket.empty()) {
    static_cast<void>(
        app_.heap().Define(record->second.socket, "readyState",
                           app_.heap().Number(static_cast<double>(state))));
  }
}

Result<Handle> ApiBridge::InvokeFactory(const api::Row& row,
                                        const CallInfo& call) {
  ApiResult answer;
  if (app_.host().HasApi(row.name)) {
    CallHost(row.name, Arguments(call), 0, true,
             [&answer](ApiResult result) { answer = std::move(result); });
  } else {
    Count(row.name);
    return app_.prelude().StandIn(row.object.empty() ? row.name : row.object);
  }
  Value& made = answer.value;
  // {object: the host's number, …members}
  const Value number = made.Get("object");
  const uint32_t id = number.IsNumber() ? static_cast<uint32_t>(number.number())
                                        : ++last_own_object_;
  if (made.IsObject()) {
    made.MutableObject().Remove("object");
  }
  FireEvents(id, answer);
  const std::string_view type = !answer.object_type.empty()
                                    ? std::string_view(answer.object_type)
                                : row.object.empty() ? row.name
                                                     : row.object;
  return NewObject(type, id, made);
}

Handle ApiBridge::NewTask(std::string_view type) {
  return NewObject(type, ++last_own_object_, Value());
}

Handle ApiBridge::NewObject(std::string_view type, uint32_t id,
                            const Value& properties) {
  script::Heap& heap = app_.heap();
  const Handle object =
      properties.IsObject() ? heap.FromValue(properties) : heap.NewObject();
  for (const api::Row& row : api::MethodsOf(type)) {
    const std::string_view method = row.name.substr(type.size() + 1);
    if (method.empty() || row.kind == Kind::kProperty) {
      continue;
    }
    static_cast<void>(heap.DefineMethod(
        object, method, 1,
        [this, &row, id](const CallInfo& call) -> Result<Handle> {
          return Invoke(row, id, call);
        }));
  }
  return object;
}

// {errMsg: "name:fail …"} is a failure.
static void Judge(ApiResult& result) {
  const Value message = result.value.Get("errMsg");
  if (message.IsString() &&
      message.string().find(":fail") != std::string_view::npos) {
    result.ok = false;
  }
}

Result<Handle> ApiBridge::InvokeMock(const api::Row& row, const Mock& mock,
                                     const CallInfo& call) {
  const bool async = row.kind == Kind::kAsync || row.kind == Kind::kTask;
  std::vector<Value> arguments = Arguments(call);
  if (!async) {
    ApiResult answer = ApiResult::Ok(mock.result);
    if (mock.function) {
      mock.function(arguments, [&answer](ApiResult result) {
        answer = std::move(result);
      });
    }
    if (!answer.ok) {
      return script::Throw(script::ErrorType::kError, answer.message);
    }
    return app_.heap().FromValue(answer.value);
  }
  Callbacks callbacks =
      ReadCallbacks(call.argument(0), row.kind == Kind::kAsync);
  Handle returned = callbacks.returned;
  if (row.kind == Kind::kTask) {
    returned = NewObject(row.object, ++last_own_object_, Value());
  }
  if (arguments.empty()) {
    arguments.emplace_back();
  }
  arguments[0] = OptionsWithoutCallbacks(call.argument(0));
  const ApiReply reply = app_.logic().Guard([this, name = std::string(row.name),
                                             callbacks](ApiResult result) {
    Judge(result);
    const bool plain = result.value.IsNullish() || result.value.IsObject();
    const Handle ready = plain ? Handle() : app_.heap().FromValue(result.value);
    Settle(name, callbacks, std::move(result), ready);
  });
  if (mock.function) {
    mock.function(arguments, reply);
  } else {
    reply(ApiResult::Ok(mock.result));
  }
  return returned;
}

Result<Handle> ApiBridge::Invoke(const api::Row& row, uint32_t object,
                                 const CallInfo& call) {
  if (!mocks_.empty() && object == 0) {
    if (const auto mock = mocks_.find(row.name); mock != mocks_.end()) {
      const Mock copy = mock->second;
      return InvokeMock(row, copy, call);
    }
  }
  if (const auto core = core_.find(row.name); core != core_.end()) {
    return core->second(call);
  }
  switch (row.kind) {
    case Kind::kListen:
    case Kind::kUnlisten: {
      const size_t dot = row.name.rfind('.');
      const std::string_view method =
          dot == std::string_view::npos ? row.name : row.name.substr(dot + 1);
      if (row.kind == Kind::kListen) {
        Listen(method.substr(2), call.argument(0), object);
        // Some are switched on by what listening gives.
        if (const std::string_view given = api::ResultOf(row.name);
            !given.empty()) {
          return NewObject(given, ++last_own_object_, Value());
        }
      } else {
        Unlisten(method.substr(3), call.argument(0), object);
      }
      return Handle();
    }
    case Kind::kSync:
      return InvokeSync(row, object, call);
    case Kind::kAsync:
    case Kind::kTask:
      return InvokeAsync(row, object, call);
    case Kind::kFactory:
      return InvokeFactory(row, call);
    case Kind::kProperty:
      return Handle();
  }
  return Handle();
}

void ApiBridge::FireEvents(uint32_t object, ApiResult& result) {
  for (auto& [event, argument] : result.events) {
    app_.logic().Post(0, [this, object, event = std::move(event),
                          argument = std::move(argument)] {
      FireObjectMayRunScript(object, event, argument);
    });
  }
  result.events.clear();
}

void ApiBridge::Listen(std::string_view event, const Handle& listener,
                       uint32_t object) {
  if (listener.IsFunction()) {
    auto& all = object == 0 ? listeners_ : objects_[object].listeners;
    std::vector<Handle>& listeners = all[std::string(event)];
    // These are of the time when an app had one connection, and cannot be
    // unregistered: a page that is opened again replaces what it registered.
    if (object == 0 && event.starts_with("Socket")) {
      listeners.clear();
    }
    listeners.push_back(listener);
  }
}

void ApiBridge::Unlisten(std::string_view event, const Handle& listener,
                         uint32_t object) {
  auto& all = object == 0 ? listeners_ : objects_[object].listeners;
  const auto found = all.find(event);
  if (found == all.end()) {
    return;
  }
  if (!listener.IsFunction()) {
    all.erase(found);
    return;
  }
  std::erase_if(found->second, [&](const Handle& other) {
    return app_.heap().StrictEquals(other, listener);
  });
}

bool ApiBridge::HasListeners(std::string_view event) const {
  const auto found = listeners_.find(event);
  return found != listeners_.end() && !found->second.empty();
}

void ApiBridge::FireMayRunScript(std::string_view event,
                                 std::span<const Handle> arguments) {
  const auto found = listeners_.find(event);
  if (found == listeners_.end()) {
    return;
  }
  const std::vector<Handle> listeners = found->second;
  for (const Handle& listener : listeners) {
    app_.logic().CallMayRunScript(listener, app_.heap().Undefined(), arguments,
                                  base::format("on{} listener", event));
  }
}

void ApiBridge::FireObjectMayRunScript(uint32_t object, std::string_view event,
                                       const Value& argument) {
  const auto record = objects_.find(object);
  if (record == objects_.end()) {
    return;
  }
  const auto found = record->second.listeners.find(event);
  std::vector<Handle> listeners;
  if (found != record->second.listeners.end()) {
    listeners = found->second;
  }
  if (event == "Open") {
    SetReadyState(object, ReadyState::kOpen);
  } else if (event == "Close") {
    SetReadyState(object, ReadyState::kClosed);
  }
  if (event == "Close" && record->second.ends_with_close) {
    objects_.erase(record);
  }
  const std::string where = base::format("on{} listener", event);
  for (const Handle& listener : listeners) {
    app_.logic().CallMayRunScript(listener, app_.heap().Undefined(),
                                  {app_.heap().FromValue(argument)}, where);
  }
}

Handle ApiBridge::RouterObject() {
  if (router_object_.empty()) {
    router_object_ = app_.heap().NewObject();
    for (const std::string_view name :
         {"navigateTo", "redirectTo", "navigateBack", "reLaunch",
          "switchTab"}) {
      static_cast<void>(app_.heap().Define(router_object_, name,
                                           app_.logic().Get(object_, name)));
    }
  }
  return router_object_;
}

Handle ApiBridge::NodeContext(Page& page, const Node& node) {
  static_cast<void>(page);
  static constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
      {"canvas", "Canvas"},
      {"video", "VideoContext"},
      {"editor", "EditorContext"},
      {"map", "MapContext"},
      {"camera", "CameraContext"},
      {"live-player", "LivePlayerContext"},
      {"live-pusher", "LivePusherContext"},
      {"scroll-view", "ScrollViewContext"},
  };
  for (const auto& [tag, type] : kTypes) {
    if (node.tag == tag) {
      return NewObject(type, ++last_own_object_, Value());
    }
  }
  return app_.heap().Null();
}

Value ApiBridge::WindowInfo() {
  Value info;
  ApiCall call;
  call.name = "getWindowInfo";
  call.synchronous = true;
  static_cast<void>(app_.host().CallApi(
      call, [&info](const ApiResult& result) { info = result.value; }));
  return info;
}

}  // namespace fcc::app
