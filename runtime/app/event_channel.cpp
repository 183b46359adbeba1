// SPDX-License-Identifier: Apache-2.0
//
// The listeners live in the heap, as an object of arrays of {f, once}, so that
// they are collected with the channel.

#include "runtime/app/event_channel.h"

#include <string>

namespace fcc::app {

using script::CallInfo;
using script::Handle;
using script::Result;

static Result<Handle> Emit(Logic& logic, const Handle& listeners,
                           const CallInfo& call) {
  script::Heap& heap = call.heap();
  FCC_TRY_ASSIGN(const std::string name, heap.ToString(call.argument(0)));
  FCC_TRY_ASSIGN(const Handle list, heap.Get(listeners, name));
  if (!list.IsArray()) {
    return Handle();
  }
  FCC_TRY_ASSIGN(const uint32_t count, heap.Length(list));
  const Handle kept = heap.NewArray();
  std::vector<Handle> functions;
  for (uint32_t i = 0; i < count; ++i) {
    FCC_TRY_ASSIGN(const Handle listener, heap.Get(list, i));
    FCC_TRY_ASSIGN(const Handle function, heap.Get(listener, "f"));
    FCC_TRY_ASSIGN(const Handle once, heap.Get(listener, "once"));
    functions.push_back(function);
    if (!heap.ToBoolean(once)) {
      FCC_TRY(heap.Push(kept, listener));
    }
  }
  FCC_TRY(heap.Set(listeners, name, kept));
  const std::span<const Handle> all = call.arguments();
  for (const Handle& function : functions) {
    logic.CallMayRunScript(function, heap.Undefined(),
                           all.size() > 1 ? all.subspan(1) : all.subspan(0, 0),
                           "event channel");
  }
  return Handle();
}

static Result<Handle> On(const Handle& listeners, const CallInfo& call,
                         bool once) {
  script::Heap& heap = call.heap();
  FCC_TRY_ASSIGN(const std::string name, heap.ToString(call.argument(0)));
  if (!call.argument(1).IsFunction()) {
    return Handle();
  }
  FCC_TRY_ASSIGN(Handle list, heap.Get(listeners, name));
  if (!list.IsArray()) {
    list = heap.NewArray();
    FCC_TRY(heap.Set(listeners, name, list));
  }
  const Handle listener = heap.NewObject();
  FCC_TRY(heap.Define(listener, "f", call.argument(1)));
  FCC_TRY(heap.Define(listener, "once", heap.Boolean(once)));
  FCC_TRY(heap.Push(list, listener));
  return Handle();
}

static Result<Handle> Off(const Handle& listeners, const CallInfo& call) {
  script::Heap& heap = call.heap();
  FCC_TRY_ASSIGN(const std::string name, heap.ToString(call.argument(0)));
  if (!call.argument(1).IsFunction()) {
    FCC_TRY(heap.Delete(listeners, name));
    return Handle();
  }
  FCC_TRY_ASSIGN(const Handle list, heap.Get(listeners, name));
  if (!list.IsArray()) {
    return Handle();
  }
  FCC_TRY_ASSIGN(const uint32_t count, heap.Length(list));
  const Handle kept = heap.NewArray();
  for (uint32_t i = 0; i < count; ++i) {
    FCC_TRY_ASSIGN(const Handle listener, heap.Get(list, i));
    FCC_TRY_ASSIGN(const Handle function, heap.Get(listener, "f"));
    if (!heap.StrictEquals(function, call.argument(1))) {
      FCC_TRY(heap.Push(kept, listener));
    }
  }
  FCC_TRY(heap.Set(listeners, name, kept));
  return Handle();
}

Handle EventChannels::NewEnd(const Handle& own, const Handle& peer) {
  script::Heap& heap = logic_.heap();
  const Handle end = heap.NewObject();
  // The lists are properties, too, so that the engine sees what an end keeps
  // alive; native functions find them there.
  static_cast<void>(heap.Define(end, "_own", own, script::kHidden));
  static_cast<void>(heap.Define(end, "_peer", peer, script::kHidden));
  const auto method = [&](std::string_view name, int length, auto action) {
    static_cast<void>(heap.DefineMethod(
        end, name, length, [action](const CallInfo& call) -> Result<Handle> {
          return action(call);
        }));
  };
  Logic* logic = &logic_;
  method("emit", 1, [logic](const CallInfo& call) -> Result<Handle> {
    FCC_TRY_ASSIGN(const Handle lists,
                   call.heap().Get(call.this_value(), "_peer"));
    return Emit(*logic, lists, call);
  });
  method("on", 2, [](const CallInfo& call) -> Result<Handle> {
    FCC_TRY_ASSIGN(const Handle lists,
                   call.heap().Get(call.this_value(), "_own"));
    return On(lists, call, false);
  });
  method("once", 2, [](const CallInfo& call) -> Result<Handle> {
    FCC_TRY_ASSIGN(const Handle lists,
                   call.heap().Get(call.this_value(), "_own"));
    return On(lists, call, true);
  });
  method("off", 2, [](const CallInfo& call) -> Result<Handle> {
    FCC_TRY_ASSIGN(const Handle lists,
                   call.heap().Get(call.this_value(), "_own"));
    return Off(lists, call);
  });
  return end;
}

EventChannels::Ends EventChannels::Connect(const Handle& events) {
  script::Heap& heap = logic_.heap();
  const Handle opener = heap.NewObject();
  const Handle opened = heap.NewObject();
  Ends ends{NewEnd(opener, opened), NewEnd(opened, opener)};
  if (!events.empty() && events.IsObject()) {
    const script::Result<std::vector<std::string>> names = heap.Keys(events);
    if (names) {
      for (const std::string& name : *names) {
        const Handle function = logic_.Get(events, name);
        if (function.IsFunction()) {
          static_cast<void>(heap.CallMethod(ends.opener, "on",
                                            {heap.String(name), function}));
        }
      }
    }
  }
  return ends;
}

Handle EventChannels::Loose() {
  return NewEnd(logic_.heap().NewObject(), logic_.heap().NewObject());
}

}  // namespace fcc::app
