// SPDX-License-Identifier: Apache-2.0
//
// The functions of ft that the core answers itself.

#include <string>

#include "runtime/app/api_bridge.h"
#include "runtime/app/app_state.h"
#include "runtime/app/page.h"
#include "runtime/app/selector_query.h"
#include "runtime/base/base64.h"
#include "runtime/base/format.h"

namespace fcc::app {

using script::CallInfo;
using script::Handle;
using script::Result;
using value::Value;

static void DefineRoute(AppState& app, ApiBridge& bridge, RouteKind kind) {
  const std::string name(RouteName(kind));
  bridge.DefineCore(
      name, 1,
      [&app, &bridge, kind, name](const CallInfo& call) -> Result<Handle> {
        const Handle options = call.argument(0);
        ApiBridge::Callbacks callbacks = bridge.ReadCallbacks(options, true);
        const Handle returned = callbacks.returned;
        RouteRequest request;
        request.kind = kind;
        if (options.IsObject()) {
          FCC_TRY_ASSIGN(const Handle url, app.heap().Get(options, "url"));
          if (!url.IsNullish()) {
            FCC_TRY_ASSIGN(request.url, app.heap().ToString(url));
          }
          FCC_TRY_ASSIGN(const Handle delta, app.heap().Get(options, "delta"));
          if (delta.IsNumber()) {
            request.delta = static_cast<int>(app.heap().AsNumber(delta));
          }
          FCC_TRY_ASSIGN(request.events, app.heap().Get(options, "events"));
        }
        request.reply = [&app, &bridge, name, callbacks = std::move(callbacks)](
                            ApiResult result, const Handle& channel) {
          Handle answer;
          if (!channel.empty()) {
            answer = app.heap().NewObject();
            static_cast<void>(
                app.heap().Define(answer, "eventChannel", channel));
          }
          bridge.Settle(name, callbacks, std::move(result), answer);
        };
        app.router().Request(std::move(request));
        return returned;
      });
}

// A name, or one of its parameters, return values or attributes: the answer is
// about the name.
static bool CanIUse(AppState& app, std::string_view text) {
  std::string_view head = text.substr(0, text.find('.'));
  const bool is_object = !head.empty() && head[0] >= 'A' && head[0] <= 'Z';
  const std::string_view name =
      is_object ? text.substr(0, text.find('.', head.size() + 1)) : head;
  const api::Row* row = api::Find(name);
  if (row != nullptr) {
    return app.api().IsCore(name) || app.host().HasApi(name) ||
           row->kind == api::Kind::kListen || row->kind == api::Kind::kUnlisten;
  }
  // Components are written in lower case.
  static constexpr std::string_view kComponents[] = {
      "view",        "text",           "image",        "button",
      "input",       "textarea",       "scroll-view",  "swiper",
      "swiper-item", "form",           "checkbox",     "radio",
      "switch",      "slider",         "picker",       "label",
      "navigator",   "icon",           "progress",     "rich-text",
      "video",       "canvas",         "cover-view",   "cover-image",
      "map",         "web-view",       "movable-view", "movable-area",
      "picker-view", "checkbox-group", "radio-group",  "audio",
      "camera",      "editor"};
  for (const std::string_view component : kComponents) {
    if (head == component) {
      return true;
    }
  }
  return false;
}

static void DefineQueries(AppState& app, ApiBridge& bridge) {
  bridge.DefineCore("createSelectorQuery", 0, [&app](const CallInfo&) {
    return Result<Handle>(NewSelectorQuery(app, 0));
  });
  for (const std::string_view name :
       {"createIntersectionObserver", "createMediaQueryObserver"}) {
    bridge.DefineCore(name, 1, [&app](const CallInfo&) {
      return Result<Handle>(NewIntersectionObserver(app));
    });
  }
  bridge.DefineCore("createAnimation", 1, [&app](const CallInfo& call) {
    return Result<Handle>(app.prelude().Animation(call.argument(0)));
  });
}

static void DefineBasics(AppState& app, ApiBridge& bridge) {
  bridge.DefineCore("nextTick", 1, [](const CallInfo& call) {
    if (call.argument(0).IsFunction()) {
      call.heap().EnqueueMicrotask(call.argument(0));
    }
    return Result<Handle>(Handle());
  });
  bridge.DefineCore("canIUse", 1,
                    [&app](const CallInfo& call) -> Result<Handle> {
                      FCC_TRY_ASSIGN(const std::string text,
                                     call.heap().ToString(call.argument(0)));
                      return call.heap().Boolean(CanIUse(app, text));
                    });
  bridge.DefineCore("getLaunchOptionsSync", 0, [&app](const CallInfo&) {
    return Result<Handle>(app.OptionsObject(app.launch_options));
  });
  bridge.DefineCore("getEnterOptionsSync", 0, [&app](const CallInfo&) {
    return Result<Handle>(app.OptionsObject(app.enter_options));
  });
  bridge.DefineCore(
      "base64ToArrayBuffer", 1, [](const CallInfo& call) -> Result<Handle> {
        FCC_TRY_ASSIGN(const std::string text,
                       call.heap().ToString(call.argument(0)));
        return call.heap().FromValue(Value::Bytes(base::DecodeBase64(text)));
      });
  bridge.DefineCore(
      "arrayBufferToBase64", 1, [](const CallInfo& call) -> Result<Handle> {
        FCC_TRY_ASSIGN(const Value value,
                       call.heap().ToValue(call.argument(0)));
        return call.heap().String(
            base::EncodeBase64(value.IsBytes() ? value.bytes() : ""));
      });
}

static void DefineScrolling(AppState& app, ApiBridge& bridge) {
  bridge.DefineCore("pageScrollTo", 1, [&app, &bridge](const CallInfo& call) {
    const Handle options = call.argument(0);
    ApiBridge::Callbacks callbacks = bridge.ReadCallbacks(options, true);
    const Handle returned = callbacks.returned;
    const Handle top = app.logic().Get(options, "scrollTop");
    if (Page* page = app.router().current();
        page != nullptr && top.IsNumber()) {
      const double scroll_top = app.heap().AsNumber(top);
      app.logic().Post(0, [&app, id = page->id(), scroll_top] {
        if (Page* scrolled = app.router().FindPage(id)) {
          scrolled->scroll_top = scroll_top;
          scrolled->CallMayRunScript(
              "onPageScroll",
              {app.heap().FromValue(Value::ObjectOf(
                  {{"scrollTop", Value::Number(scroll_top)}}))});
        }
      });
    }
    bridge.Settle("pageScrollTo", std::move(callbacks), ApiResult::Ok());
    return Result<Handle>(returned);
  });
  bridge.DefineCore("startPullDownRefresh", 1,
                    [&app, &bridge](const CallInfo& call) {
                      ApiBridge::Callbacks callbacks =
                          bridge.ReadCallbacks(call.argument(0), true);
                      const Handle returned = callbacks.returned;
                      if (Page* page = app.router().current()) {
                        app.logic().Post(0, [&app, id = page->id()] {
                          if (Page* pulled = app.router().FindPage(id)) {
                            pulled->CallMayRunScript("onPullDownRefresh", {});
                          }
                        });
                      }
                      bridge.Settle("startPullDownRefresh",
                                    std::move(callbacks), ApiResult::Ok());
                      return Result<Handle>(returned);
                    });
}

// A service that no host of ours has: its objects lead to each other, and what
// would ask the service fails and is counted.
static Handle NewCloudObject(AppState& app, ApiBridge& bridge) {
  script::Heap& heap = app.heap();
  const Handle object = heap.NewObject();
  for (const std::string_view name :
       {"init",    "database", "collection", "doc",    "where",
        "orderBy", "limit",    "skip",       "field",  "aggregate",
        "match",   "sort",     "group",      "lookup", "project",
        "sample",  "command",  "serverDate", "RegExp", "Geo"}) {
    static_cast<void>(heap.DefineMethod(
        object, name, 1,
        [&app, &bridge](const CallInfo& call) -> Result<Handle> {
          return call.argument(0).IsFunction() ? Handle()
                                               : NewCloudObject(app, bridge);
        }));
  }
  for (const std::string_view name :
       {"callFunction", "callContainer", "uploadFile", "downloadFile",
        "getTempFileURL", "deleteFile", "get", "add", "update", "set", "remove",
        "count", "end"}) {
    static_cast<void>(heap.DefineMethod(
        object, name, 1,
        [&bridge, name](const CallInfo& call) -> Result<Handle> {
          const Handle promise =
              bridge.Refuse(base::format("cloud.{}", name), call.argument(0));
          // With callbacks, a transfer is a task.
          const std::string_view task = name == "downloadFile" ? "DownloadTask"
                                        : name == "uploadFile" ? "UploadTask"
                                                               : "";
          return promise.empty() && !task.empty() ? bridge.NewTask(task)
                                                  : promise;
        }));
  }
  return object;
}

void DefineCoreApis(AppState& app, ApiBridge& bridge) {
  for (const RouteKind kind : {RouteKind::kNavigateTo, RouteKind::kRedirectTo,
                               RouteKind::kNavigateBack, RouteKind::kReLaunch,
                               RouteKind::kSwitchTab}) {
    DefineRoute(app, bridge, kind);
  }
  DefineBasics(app, bridge);
  DefineQueries(app, bridge);
  DefineScrolling(app, bridge);
  // Made when first asked for: most apps never do.
  static_cast<void>(app.heap().DefineAccessor(
      bridge.object(), "cloud",
      app.heap().NewFunction(
          "cloud", 0,
          [&app, &bridge](const CallInfo& call) -> Result<Handle> {
            const Handle cloud = NewCloudObject(app, bridge);
            FCC_TRY(call.heap().Define(call.this_value(), "cloud", cloud));
            return cloud;
          }),
      {}));
  const auto lazily = [&](std::string_view name, Handle (Prelude::*make)()) {
    static_cast<void>(app.heap().DefineAccessor(
        bridge.object(), name,
        app.heap().NewFunction(
            name, 0,
            [&app, name, make](const CallInfo& call) -> Result<Handle> {
              const Handle made = (app.prelude().*make)();
              FCC_TRY(call.heap().Define(call.this_value(), name, made));
              return made;
            }),
        {}));
  };
  lazily("worklet", &Prelude::Worklet);
  lazily("router", &Prelude::CustomRoutes);
  const Handle env = app.heap().FromValue(
      Value::ObjectOf({{"USER_DATA_PATH", Value::String("wxfile://usr")}}));
  static_cast<void>(app.heap().Define(bridge.object(), "env", env));
}

}  // namespace fcc::app
