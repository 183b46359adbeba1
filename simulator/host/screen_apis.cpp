// SPDX-License-Identifier: Apache-2.0
//
// What a screen shows: toasts, dialogues, the navigation bar, the tab bar.

#include "simulator/host/simulated_host.h"

namespace fcc::host {

using app::ApiCall;
using app::ApiReply;
using app::ApiResult;
using value::Value;

static void SetDefault(Value& object, std::string_view name, Value value) {
  if (object.Get(name).IsUndefined()) {
    object.MutableObject().Set(name, std::move(value));
  }
}

static Value OptionsOf(const ApiCall& call) {
  return call.Options().IsObject() ? call.Options() : Value::NewObject();
}

void SimulatedHost::ShowToast(const ApiCall& call, ApiReply& reply) {
  Value toast = OptionsOf(call);
  SetDefault(toast, "title", Value::String(""));
  SetDefault(toast, "icon", Value::String("success"));
  SetDefault(toast, "duration", Value::Number(1500));
  screen_.toasts.push_back(std::move(toast));
  screen_.loading.reset();
  reply(ApiResult::Ok());
}

void SimulatedHost::HideToast(const ApiCall& call, ApiReply& reply) {
  static_cast<void>(call);
  reply(ApiResult::Ok());
}

void SimulatedHost::ShowLoading(const ApiCall& call, ApiReply& reply) {
  const Value title = call.Options().Get("title");
  screen_.loading = title.IsNullish() ? "" : title.ToDisplayString();
  reply(ApiResult::Ok());
}

void SimulatedHost::HideLoading(const ApiCall& call, ApiReply& reply) {
  static_cast<void>(call);
  screen_.loading.reset();
  reply(ApiResult::Ok());
}

void SimulatedHost::ShowModal(const ApiCall& call, ApiReply& reply) {
  screen_.modals.push_back(OptionsOf(call));
  Value answer = Value::ObjectOf({{"confirm", Value::Bool(true)}});
  if (!modal_answers_.empty()) {
    answer = modal_answers_.front();
    modal_answers_.pop_front();
  }
  const bool confirm =
      answer.Get("confirm").Truthy() && !answer.Get("cancel").Truthy();
  Value result = Value::ObjectOf(
      {{"confirm", Value::Bool(confirm)}, {"cancel", Value::Bool(!confirm)}});
  if (call.Options().Get("editable").Truthy()) {
    const Value content = answer.Get("content");
    result.MutableObject().Set(
        "content", content.IsUndefined() ? Value::String("") : content);
  }
  reply(ApiResult::Ok(std::move(result)));
}

void SimulatedHost::ShowActionSheet(const ApiCall& call, ApiReply& reply) {
  const Value items = call.Options().Get("itemList");
  if (!items.IsArray()) {
    reply(ApiResult::Fail(WrongType("itemList", "Array", items)));
    return;
  }
  constexpr size_t kMaxItems = 6;
  if (items.array().items.empty() || items.array().items.size() > kMaxItems) {
    reply(ApiResult::Fail(items.array().items.empty()
                              ? "parameter error: itemList should not be empty"
                              : "parameter error: itemList should not be "
                                "larger than 6"));
    return;
  }
  screen_.action_sheets.push_back(OptionsOf(call));
  int index = 0;
  if (!sheet_answers_.empty()) {
    index = sheet_answers_.front();
    sheet_answers_.pop_front();
  }
  if (index < 0) {
    reply(ApiResult::Fail("cancel"));
    return;
  }
  reply(ApiResult::Ok(Value::ObjectOf({{"tapIndex", Value::Number(index)}})));
}

Value& SimulatedHost::NavigationBar(app::PageId page) {
  Value& bar = screen_.navigation_bars[page];
  if (!bar.IsObject()) {
    bar = Value::NewObject();
  }
  return bar;
}

void SimulatedHost::SetNavigationBar(const ApiCall& call, ApiReply& reply) {
  Value& bar = NavigationBar(call.page);
  if (call.name == "setNavigationBarTitle") {
    bar.MutableObject().Set("title", call.Options().Get("title"));
  } else if (call.name == "setNavigationBarColor") {
    for (const std::string_view name : {"frontColor", "backgroundColor"}) {
      bar.MutableObject().Set(name, call.Options().Get(name));
    }
  } else {
    bar.MutableObject().Set(
        "loading", Value::Bool(call.name == "showNavigationBarLoading"));
  }
  reply(ApiResult::Ok());
}

void SimulatedHost::SetTabBarItem(const ApiCall& call, ApiReply& reply) {
  const Value index = call.Options().Get("index");
  Value list = screen_.tab_bar.Get("list");
  const size_t at = index.IsNumber() && index.number() >= 0
                        ? static_cast<size_t>(index.number())
                        : SIZE_MAX;
  if (!list.IsArray() || at >= list.array().items.size()) {
    reply(ApiResult::Fail("tabbar item not found"));
    return;
  }
  Value& item = list.MutableArray().items[at];
  if (!item.IsObject()) {
    item = Value::NewObject();
  }
  value::Object& members = item.MutableObject();
  if (call.name == "setTabBarBadge") {
    members.Set("badge", call.Options().Get("text"));
  } else if (call.name == "removeTabBarBadge") {
    members.Remove("badge");
  } else if (call.name == "setTabBarItem") {
    for (const std::string_view name :
         {"text", "iconPath", "selectedIconPath"}) {
      if (const Value value = call.Options().Get(name); !value.IsNullish()) {
        members.Set(name, value);
      }
    }
  } else {
    members.Set("redDot", Value::Bool(call.name == "showTabBarRedDot"));
  }
  screen_.tab_bar.MutableObject().Set("list", list);
  reply(ApiResult::Ok());
}

void SimulatedHost::ShowTabBar(const ApiCall& call, ApiReply& reply) {
  if (!screen_.tab_bar.IsObject()) {
    reply(ApiResult::Fail("not TabBar page"));
    return;
  }
  screen_.tab_bar.MutableObject().Set("hidden",
                                      Value::Bool(call.name == "hideTabBar"));
  reply(ApiResult::Ok());
}

}  // namespace fcc::host
