// SPDX-License-Identifier: Apache-2.0
//
// Promise (ECMA-262, 27.2) and the queue of microtasks.
//
// A promise's record: [state, result, reactions, handled]. A reaction:
// [promise, resolve, reject, on_fulfilled, on_rejected]; where the derived
// promise is an ordinary one, resolve and reject are left out and it is
// settled directly. A job in the queue is a record that begins with its kind.

#include "runtime/script/duktape/builtins.h"
#include "runtime/script/duktape/builtins/install.h"
#include "runtime/script/duktape/native.h"
#include "runtime/script/duktape/object_ops.h"

namespace fcc::script {

namespace {

enum State { kPending, kFulfilled, kRejected };
enum PromiseItem : unsigned { kState, kResult, kReactions, kHandled };
enum ReactionItem : unsigned {
  kPromise,
  kResolve,
  kReject,
  kOnFulfilled,
  kOnRejected,
};
enum Job { kCallback, kReaction, kThenable };

}  // namespace

// --- Jobs ---

// [ record ] -> [ ]
static void Enqueue(duk_context* ctx) {
  Engine& engine = EngineOf(ctx);
  engine.microtasks.push_back(HoldRoot(engine));
}

void QueueCallback(duk_context* ctx) {
  PushRecord(ctx, 0);
  PutItemNumber(ctx, -1, 0, kCallback);
  duk_swap_top(ctx, -2);
  PutItem(ctx, -2, 1);
  Enqueue(ctx);
}

// [ ] -> [ ]: a reaction at `reaction` to what is at `argument`.
static void QueueReaction(duk_context* ctx, duk_idx_t reaction, State state,
                          duk_idx_t argument) {
  reaction = duk_normalize_index(ctx, reaction);
  argument = duk_normalize_index(ctx, argument);
  PushRecord(ctx, 0);
  PutItemNumber(ctx, -1, 0, kReaction);
  duk_dup(ctx, reaction);
  PutItem(ctx, -2, 1);
  PutItemNumber(ctx, -1, 2, state);
  duk_dup(ctx, argument);
  PutItem(ctx, -2, 3);
  Enqueue(ctx);
}

// --- Settling: the promise object is at an index ---

static State StateOf(duk_context* ctx, duk_idx_t record) {
  return static_cast<State>(static_cast<int>(ItemNumber(ctx, record, kState)));
}

// [ value ] -> [ ]
static void Settle(duk_context* ctx, duk_idx_t promise, State state) {
  promise = duk_normalize_index(ctx, promise);
  const duk_idx_t value = duk_get_top(ctx) - 1;
  PushHidden(ctx, promise, Key::kPromise);
  const duk_idx_t record = value + 1;
  PutItemNumber(ctx, record, kState, state);
  duk_dup(ctx, value);
  PutItem(ctx, record, kResult);
  PushItem(ctx, record, kReactions);
  duk_push_undefined(ctx);
  PutItem(ctx, record, kReactions);
  if (duk_is_object(ctx, -1)) {
    void* reactions = duk_get_heapptr(ctx, -1);
    const uint32_t count = internals::ArrayLength(reactions);
    for (uint32_t i = 0; i < count; ++i) {
      internals::GetItem(ctx, reactions, i);
      QueueReaction(ctx, -1, state, value);
      duk_pop(ctx);
    }
  }
  PushItem(ctx, record, kHandled);
  if (state == kRejected && !duk_get_boolean(ctx, -1)) {
    Engine& engine = EngineOf(ctx);
    duk_dup(ctx, promise);
    engine.rejected.push_back(HoldRoot(engine));
  }
  duk_set_top(ctx, value);
}

// Resolve functions: [ value ] -> [ ].
static void ResolvePromise(duk_context* ctx, duk_idx_t promise) {
  promise = duk_normalize_index(ctx, promise);
  if (!duk_is_object(ctx, -1)) {
    Settle(ctx, promise, kFulfilled);
    return;
  }
  if (duk_get_heapptr(ctx, -1) == duk_get_heapptr(ctx, promise)) {
    duk_pop(ctx);
    PushError(ctx, ErrorType::kTypeError,
              "Chaining cycle detected for promise");
    Settle(ctx, promise, kRejected);
    return;
  }
  const duk_idx_t value = duk_get_top(ctx) - 1;
  // Reading `then` may throw, which rejects.
  if (!Protected(ctx, [&](duk_context* inner) {
        duk_get_prop_string(inner, value, "then");
      })) {
    duk_remove(ctx, value);
    Settle(ctx, promise, kRejected);
    return;
  }
  if (!duk_is_callable(ctx, -1)) {
    duk_pop(ctx);
    Settle(ctx, promise, kFulfilled);
    return;
  }
  PushRecord(ctx, 0);
  PutItemNumber(ctx, -1, 0, kThenable);
  duk_dup(ctx, promise);
  PutItem(ctx, -2, 1);
  duk_dup(ctx, value);
  PutItem(ctx, -2, 2);
  duk_dup(ctx, value + 1);
  PutItem(ctx, -2, 3);
  Enqueue(ctx);
  duk_set_top(ctx, value);
}

// The functions that executors get. They share a record [promise], emptied by
// whichever is called first.
static int SettleFunction(duk_context* ctx) {
  const bool rejects = duk_get_current_magic(ctx) == 1;
  duk_push_current_function(ctx);
  PushHidden(ctx, -1, Key::kInternal);
  PushItem(ctx, -1, 0);
  if (duk_is_undefined(ctx, -1)) {
    return 0;
  }
  const duk_idx_t promise = duk_get_top(ctx) - 1;
  duk_push_undefined(ctx);
  PutItem(ctx, promise - 1, 0);
  duk_dup(ctx, 0);
  if (rejects) {
    Settle(ctx, promise, kRejected);
  } else {
    ResolvePromise(ctx, promise);
  }
  return 0;
}

// [ ] -> [ resolve reject ] for the promise at `promise`.
static void PushSettleFunctions(duk_context* ctx, duk_idx_t promise) {
  promise = duk_normalize_index(ctx, promise);
  PushRecord(ctx, 0);
  const duk_idx_t shared = duk_get_top(ctx) - 1;
  duk_dup(ctx, promise);
  PutItem(ctx, shared, 0);
  for (const int magic : {0, 1}) {
    PushFunction(ctx, {"", SettleFunction, 1, 1, magic}, false);
    duk_dup(ctx, shared);
    PutHidden(ctx, -2, Key::kInternal);
  }
  duk_remove(ctx, shared);
}

// [ ] -> [ promise ], pending, an ordinary one.
static void PushPlainPromise(duk_context* ctx) {
  PushObjectOf(ctx, Intrinsic::kPromisePrototype);
  PushRecord(ctx, 0);
  PutItemNumber(ctx, -1, kState, kPending);
  duk_push_undefined(ctx);
  PutItem(ctx, -2, kResult);
  duk_push_undefined(ctx);
  PutItem(ctx, -2, kReactions);
  duk_push_false(ctx);
  PutItem(ctx, -2, kHandled);
  PutHidden(ctx, -2, Key::kPromise);
}

void PushPromiseParts(duk_context* ctx) {
  PushPlainPromise(ctx);
  PushSettleFunctions(ctx, -1);
}

// --- Capabilities ---

static int CapabilityExecutor(duk_context* ctx) {
  duk_push_current_function(ctx);
  PushHidden(ctx, -1, Key::kInternal);
  for (const unsigned item : {0u, 1u}) {
    PushItem(ctx, 3, item);
    if (!duk_is_undefined(ctx, -1)) {
      ThrowType(ctx, "Promise executor has already been invoked");
    }
    duk_pop(ctx);
  }
  duk_dup(ctx, 0);
  PutItem(ctx, 3, 0);
  duk_dup(ctx, 1);
  PutItem(ctx, 3, 1);
  return 0;
}

// NewPromiseCapability of the constructor at `constructor`:
// [ ] -> [ promise resolve reject ].
static void PushCapability(duk_context* ctx, duk_idx_t constructor) {
  constructor = duk_normalize_index(ctx, constructor);
  if (!IsConstructor(ctx, constructor)) {
    ThrowType(ctx, "Promise capability needs a constructor");
  }
  if (duk_get_heapptr(ctx, constructor) ==
      IntrinsicPointer(ctx, Intrinsic::kPromise)) {
    PushPromiseParts(ctx);
    return;
  }
  PushRecord(ctx, 2);
  const duk_idx_t record = duk_get_top(ctx) - 1;
  duk_dup(ctx, constructor);
  PushFunction(ctx, {"", CapabilityExecutor, 2}, false);
  duk_dup(ctx, record);
  PutHidden(ctx, -2, Key::kInternal);
  duk_new(ctx, 1);
  for (const unsigned item : {0u, 1u}) {
    PushItem(ctx, record, item);
    RequireCallable(ctx, -1);
  }
  duk_remove(ctx, record);
}

// [ argument ] -> [ ]: calls the function at `function` with it.
static void CallOne(duk_context* ctx, duk_idx_t function) {
  duk_dup(ctx, function);
  duk_push_undefined(ctx);
  duk_dup(ctx, -3);
  duk_call_method(ctx, 1);
  duk_pop_2(ctx);
}

// --- Running jobs: [ record ] on the stack ---

// [ result ] -> [ ]: settles what the reaction at `reaction` derives.
static void SettleDerived(duk_context* ctx, duk_idx_t reaction, bool threw) {
  const duk_idx_t result = duk_get_top(ctx) - 1;
  PushItem(ctx, reaction, threw ? kReject : kResolve);
  if (duk_is_callable(ctx, -1)) {
    duk_push_undefined(ctx);
    duk_dup(ctx, result);
    duk_call_method(ctx, 1);
    duk_set_top(ctx, result);
    return;
  }
  duk_pop(ctx);
  PushItem(ctx, reaction, kPromise);
  if (!duk_is_undefined(ctx, -1)) {
    duk_dup(ctx, result);
    if (threw) {
      Settle(ctx, -2, kRejected);
    } else {
      ResolvePromise(ctx, -2);
    }
  }
  duk_set_top(ctx, result);
}

static void RunReaction(duk_context* ctx, duk_idx_t record) {
  PushItem(ctx, record, 1);
  const duk_idx_t reaction = duk_get_top(ctx) - 1;
  const bool rejected =
      static_cast<int>(ItemNumber(ctx, record, 2)) == kRejected;
  PushItem(ctx, record, 3);
  const duk_idx_t argument = reaction + 1;
  PushItem(ctx, reaction, rejected ? kOnRejected : kOnFulfilled);
  if (!duk_is_callable(ctx, -1)) {
    duk_pop(ctx);
    SettleDerived(ctx, reaction, rejected);
    return;
  }
  const bool returned = Protected(ctx, [&](duk_context* inner) {
    duk_dup(inner, argument + 1);
    duk_push_undefined(inner);
    duk_dup(inner, argument);
    duk_call_method(inner, 1);
  });
  if (!returned && TimeIsUp(EngineOf(ctx))) {
    duk_throw(ctx);
  }
  SettleDerived(ctx, reaction, !returned);
}

static void RunThenable(duk_context* ctx, duk_idx_t record) {
  PushItem(ctx, record, 1);
  PushSettleFunctions(ctx, -1);
  const duk_idx_t resolve = duk_get_top(ctx) - 2;
  const bool returned = Protected(ctx, [&](duk_context* inner) {
    PushItem(inner, record, 3);
    PushItem(inner, record, 2);
    duk_dup(inner, resolve);
    duk_dup(inner, resolve + 1);
    duk_call_method(inner, 2);
  });
  if (!returned) {
    if (TimeIsUp(EngineOf(ctx))) {
      duk_throw(ctx);
    }
    CallOne(ctx, resolve + 1);
  }
}

bool RunMicrotask(Engine& engine) {
  duk_context* ctx = engine.ctx;
  const uint32_t root = engine.microtasks.front();
  engine.microtasks.pop_front();
  const duk_idx_t top = duk_get_top(ctx);
  PushRoot(engine, root);
  ReleaseRoot(engine, root);
  const bool returned = Protected(ctx, [&](duk_context* inner) {
    switch (static_cast<Job>(static_cast<int>(ItemNumber(inner, top, 0)))) {
      case kCallback:
        PushItem(inner, top, 1);
        duk_push_undefined(inner);
        duk_call_method(inner, 0);
        break;
      case kReaction:
        RunReaction(inner, top);
        break;
      case kThenable:
        RunThenable(inner, top);
        break;
    }
    duk_push_undefined(inner);
  });
  if (returned) {
    duk_set_top(ctx, top);
    return true;
  }
  duk_remove(ctx, top);
  return false;
}

void ReportRejections(Engine& engine) {
  duk_context* ctx = engine.ctx;
  std::vector<uint32_t> rejected;
  rejected.swap(engine.rejected);
  for (const uint32_t root : rejected) {
    const duk_idx_t top = duk_get_top(ctx);
    PushRoot(engine, root);
    ReleaseRoot(engine, root);
    PushHidden(ctx, -1, Key::kPromise);
    PushItem(ctx, -1, kHandled);
    const bool handled = duk_get_boolean(ctx, -1) != 0;
    duk_pop(ctx);
    if (!handled) {
      PushItem(ctx, -1, kResult);
      engine.host->UnhandledRejection(TakeException(engine));
    }
    duk_set_top(ctx, top);
  }
}

// --- The constructor ---

static int Constructor(duk_context* ctx) {
  if (!duk_is_constructor_call(ctx)) {
    ThrowType(ctx, "Promise constructor cannot be invoked without 'new'");
  }
  RequireCallable(ctx, 0);
  PushInstance(ctx, Intrinsic::kPromisePrototype, "Promise");
  PushRecord(ctx, 0);
  PutItemNumber(ctx, -1, kState, kPending);
  duk_push_undefined(ctx);
  PutItem(ctx, -2, kResult);
  duk_push_undefined(ctx);
  PutItem(ctx, -2, kReactions);
  duk_push_false(ctx);
  PutItem(ctx, -2, kHandled);
  PutHidden(ctx, -2, Key::kPromise);
  PushSettleFunctions(ctx, 1);
  // [ executor promise resolve reject ]
  const bool returned = Protected(ctx, [](duk_context* inner) {
    duk_dup(inner, 0);
    duk_push_undefined(inner);
    duk_dup(inner, 2);
    duk_dup(inner, 3);
    duk_call_method(inner, 2);
  });
  if (!returned) {
    CallOne(ctx, 3);
  }
  duk_dup(ctx, 1);
  return 1;
}

// PerformPromiseThen on the record at `record`, for a complete reaction:
// [ reaction ] -> [ ].
static void AddReaction(duk_context* ctx, duk_idx_t record) {
  const State state = StateOf(ctx, record);
  if (state == kPending) {
    PushItem(ctx, record, kReactions);
    if (duk_is_undefined(ctx, -1)) {
      duk_pop(ctx);
      PushRecord(ctx, 0);
      duk_dup(ctx, -1);
      PutItem(ctx, record, kReactions);
    }
    const uint32_t count = internals::ArrayLength(duk_get_heapptr(ctx, -1));
    duk_dup(ctx, -2);
    DefineItem(ctx, -2, count);
    duk_pop_2(ctx);
  } else {
    PushItem(ctx, record, kResult);
    QueueReaction(ctx, -2, state, -1);
    duk_pop_2(ctx);
  }
  duk_push_true(ctx);
  PutItem(ctx, record, kHandled);
}

static int Then(duk_context* ctx) {
  RequireThis(ctx, Key::kPromise, "Promise.prototype.then");
  const duk_idx_t record = 3;
  const bool species =
      PushSpecies(ctx, 2, IntrinsicPointer(ctx, Intrinsic::kPromise));
  const duk_idx_t constructor = 4;
  PushRecord(ctx, 0);
  const duk_idx_t reaction = 5;
  if (species) {
    PushCapability(ctx, constructor);
    for (const unsigned item : {kReject, kResolve, kPromise}) {
      if (item == kPromise) {
        duk_dup(ctx, -1);
        duk_insert(ctx, reaction);
        PutItem(ctx, reaction + 1, item);
      } else {
        PutItem(ctx, reaction, item);
      }
    }
    // [ ... derived reaction ] -> [ ... reaction derived ]
    duk_swap_top(ctx, -2);
  } else {
    PushPlainPromise(ctx);
    duk_dup(ctx, -1);
    PutItem(ctx, reaction, kPromise);
    duk_push_undefined(ctx);
    PutItem(ctx, reaction, kResolve);
    duk_push_undefined(ctx);
    PutItem(ctx, reaction, kReject);
  }
  duk_dup(ctx, 0);
  PutItem(ctx, reaction, kOnFulfilled);
  duk_dup(ctx, 1);
  PutItem(ctx, reaction, kOnRejected);
  duk_dup(ctx, reaction);
  AddReaction(ctx, record);
  duk_dup(ctx, reaction + 1);
  return 1;
}

static int Catch(duk_context* ctx) {
  duk_push_this(ctx);
  duk_get_prop_literal(ctx, 1, "then");
  duk_dup(ctx, 1);
  duk_push_undefined(ctx);
  duk_dup(ctx, 0);
  duk_call_method(ctx, 2);
  return 1;
}

// PromiseResolve: the value at `value` as a promise of the constructor at
// `constructor`. [ ] -> [ promise ]
static void PushResolved(duk_context* ctx, duk_idx_t constructor,
                         duk_idx_t value) {
  constructor = duk_normalize_index(ctx, constructor);
  value = duk_normalize_index(ctx, value);
  if (HasHidden(ctx, value, Key::kPromise)) {
    duk_get_prop_literal(ctx, value, "constructor");
    const bool same = duk_samevalue(ctx, -1, constructor) != 0;
    duk_pop(ctx);
    if (same) {
      duk_dup(ctx, value);
      return;
    }
  }
  PushCapability(ctx, constructor);
  duk_dup(ctx, value);
  CallOne(ctx, duk_get_top(ctx) - 3);
  duk_pop_2(ctx);
}

// finally: functions with a record [on_finally, constructor] or [value].
static int ReturnValue(duk_context* ctx) {
  duk_push_current_function(ctx);
  PushHidden(ctx, -1, Key::kInternal);
  PushItem(ctx, -1, 0);
  return 1;
}
static int ThrowValue(duk_context* ctx) {
  ReturnValue(ctx);
  return duk_throw(ctx);
}

static int FinallyFunction(duk_context* ctx) {
  const bool throws = duk_get_current_magic(ctx) == 1;
  duk_push_current_function(ctx);
  PushHidden(ctx, 1, Key::kInternal);
  PushItem(ctx, 2, 0);
  duk_push_undefined(ctx);
  duk_call_method(ctx, 0);
  PushItem(ctx, 2, 1);
  PushResolved(ctx, 4, 3);
  duk_get_prop_literal(ctx, 5, "then");
  duk_dup(ctx, 5);
  PushFunction(ctx, {"", throws ? ThrowValue : ReturnValue, 0}, false);
  PushRecord(ctx, 0);
  duk_dup(ctx, 0);
  PutItem(ctx, -2, 0);
  PutHidden(ctx, -2, Key::kInternal);
  duk_call_method(ctx, 1);
  return 1;
}

static int Finally(duk_context* ctx) {
  duk_push_this(ctx);
  RequireObject(ctx, 1, "Promise.prototype.finally receiver");
  if (!PushSpecies(ctx, 1, IntrinsicPointer(ctx, Intrinsic::kPromise))) {
    duk_pop(ctx);
    PushIntrinsic(ctx, Intrinsic::kPromise);
  }
  duk_get_prop_literal(ctx, 1, "then");
  duk_dup(ctx, 1);
  if (!duk_is_callable(ctx, 0)) {
    duk_dup(ctx, 0);
    duk_dup(ctx, 0);
  } else {
    PushRecord(ctx, 0);
    duk_dup(ctx, 0);
    PutItem(ctx, -2, 0);
    duk_dup(ctx, 2);
    PutItem(ctx, -2, 1);
    const duk_idx_t shared = duk_get_top(ctx) - 1;
    for (const int magic : {0, 1}) {
      PushFunction(ctx, {"", FinallyFunction, 1, 1, magic}, false);
      duk_dup(ctx, shared);
      PutHidden(ctx, -2, Key::kInternal);
    }
    duk_remove(ctx, shared);
  }
  duk_call_method(ctx, 2);
  return 1;
}

// --- Statics ---

static int Resolve(duk_context* ctx) {
  duk_push_this(ctx);
  RequireObject(ctx, 1, "Promise.resolve receiver");
  PushResolved(ctx, 1, 0);
  return 1;
}

static int Reject(duk_context* ctx) {
  duk_push_this(ctx);
  PushCapability(ctx, 1);
  duk_dup(ctx, 0);
  CallOne(ctx, 4);
  duk_dup(ctx, 2);
  return 1;
}

enum Combinator { kAll, kAllSettled, kAny, kRace };

// The element functions of all, allSettled and any: a record
// [values, index, shared, called] where shared is [remaining, settle].
enum ElementItem : unsigned { kValues, kIndex, kShared, kCalled };
enum ElementKind { kStoreValue, kStoreFulfilled, kStoreRejected };

// Calls the settle function of [remaining, settle] with what any() and all()
// end in: the array of values, wrapped for any().
static void FinishCombination(duk_context* ctx, duk_idx_t shared,
                              duk_idx_t values) {
  PushItem(ctx, shared, 2);
  const bool any = duk_get_boolean(ctx, -1) != 0;
  duk_pop(ctx);
  if (any) {
    PushError(ctx, ErrorType::kError, "All promises were rejected");
    internals::SetPrototype(
        ctx, duk_get_heapptr(ctx, -1),
        IntrinsicPointer(ctx, Intrinsic::kAggregateErrorPrototype));
    duk_dup(ctx, values);
    DefineHidden(ctx, -2, "errors");
  } else {
    duk_dup(ctx, values);
  }
  PushItem(ctx, shared, 1);
  duk_push_undefined(ctx);
  duk_dup(ctx, -3);
  duk_call_method(ctx, 1);
  duk_remove(ctx, -2);
}

static int ElementFunction(duk_context* ctx) {
  const int kind = duk_get_current_magic(ctx);
  duk_push_current_function(ctx);
  PushHidden(ctx, 1, Key::kInternal);
  const duk_idx_t record = 2;
  // allSettled's two functions share who was called.
  PushItem(ctx, record, kCalled);
  PushItem(ctx, -1, 0);
  if (duk_to_boolean(ctx, -1)) {
    return 0;
  }
  duk_pop(ctx);
  duk_push_true(ctx);
  PutItem(ctx, -2, 0);
  PushItem(ctx, record, kValues);
  const duk_idx_t values = 4;
  if (kind == kStoreValue) {
    duk_dup(ctx, 0);
  } else {
    duk_push_object(ctx);
    const bool fulfilled = kind == kStoreFulfilled;
    duk_push_string(ctx, fulfilled ? "fulfilled" : "rejected");
    duk_put_prop_literal(ctx, -2, "status");
    duk_dup(ctx, 0);
    duk_put_prop_string(ctx, -2, fulfilled ? "value" : "reason");
  }
  DefineItem(ctx, values,
             static_cast<duk_uarridx_t>(ItemNumber(ctx, record, kIndex)));
  PushItem(ctx, record, kShared);
  const duk_idx_t shared = 5;
  const double remaining = ItemNumber(ctx, shared, 0) - 1;
  PutItemNumber(ctx, shared, 0, remaining);
  if (remaining == 0) {
    FinishCombination(ctx, shared, values);
    return 1;
  }
  return 0;
}

// [ ] -> [ function ]
static void PushElement(duk_context* ctx, duk_idx_t values, double index,
                        duk_idx_t shared, duk_idx_t called, int kind) {
  PushFunction(ctx, {"", ElementFunction, 1, 1, kind}, false);
  PushRecord(ctx, 0);
  duk_dup(ctx, values);
  PutItem(ctx, -2, kValues);
  PutItemNumber(ctx, -1, kIndex, index);
  duk_dup(ctx, shared);
  PutItem(ctx, -2, kShared);
  duk_dup(ctx, called);
  PutItem(ctx, -2, kCalled);
  PutHidden(ctx, -2, Key::kInternal);
}

// [ iterable constructor promise resolve reject ] -> the same; may throw.
static void Combine(duk_context* ctx, Combinator kind) {
  duk_get_prop_literal(ctx, 1, "resolve");
  RequireCallable(ctx, -1);
  const duk_idx_t resolve_method = 5;
  duk_push_array(ctx);
  const duk_idx_t values = 6;
  PushRecord(ctx, 0);
  const duk_idx_t shared = 7;
  PutItemNumber(ctx, shared, 0, 1);
  duk_dup(ctx, kind == kAny ? 4 : 3);
  PutItem(ctx, shared, 1);
  duk_push_boolean(ctx, kind == kAny);
  PutItem(ctx, shared, 2);
  double index = 0;
  ForEachOf(ctx, 0, [&] {
    const duk_idx_t item = duk_get_top(ctx) - 1;
    if (kind != kRace) {
      duk_push_undefined(ctx);
      CreateIndexOrThrow(ctx, values, index);
    }
    duk_dup(ctx, resolve_method);
    duk_dup(ctx, 1);
    duk_dup(ctx, item);
    duk_call_method(ctx, 1);
    const duk_idx_t next = item + 1;
    PushRecord(ctx, 1);
    const duk_idx_t called = item + 2;
    duk_get_prop_literal(ctx, next, "then");
    duk_dup(ctx, next);
    switch (kind) {
      case kAll:
        PushElement(ctx, values, index, shared, called, kStoreValue);
        duk_dup(ctx, 4);
        break;
      case kAllSettled:
        PushElement(ctx, values, index, shared, called, kStoreFulfilled);
        PushElement(ctx, values, index, shared, called, kStoreRejected);
        break;
      case kAny:
        duk_dup(ctx, 3);
        PushElement(ctx, values, index, shared, called, kStoreValue);
        break;
      case kRace:
        duk_dup(ctx, 3);
        duk_dup(ctx, 4);
        break;
    }
    PutItemNumber(ctx, shared, 0, ItemNumber(ctx, shared, 0) + 1);
    ++index;
    duk_call_method(ctx, 2);
  });
  if (kind == kRace) {
    return;
  }
  const double remaining = ItemNumber(ctx, shared, 0) - 1;
  PutItemNumber(ctx, shared, 0, remaining);
  if (remaining == 0) {
    FinishCombination(ctx, shared, values);
  }
}

static int CombinatorFunction(duk_context* ctx) {
  const auto kind = static_cast<Combinator>(duk_get_current_magic(ctx));
  duk_push_this(ctx);
  PushCapability(ctx, 1);
  const bool returned = Protected(ctx, [&](duk_context* inner) {
    Combine(inner, kind);
    duk_push_undefined(inner);
  });
  if (!returned) {
    CallOne(ctx, 4);
  }
  duk_dup(ctx, 2);
  return 1;
}

static int ReturnThis(duk_context* ctx) {
  duk_push_this(ctx);
  return 1;
}

static int WithResolvers(duk_context* ctx) {
  duk_push_this(ctx);
  PushCapability(ctx, 0);
  duk_push_object(ctx);
  for (const auto& [index, name] :
       {std::pair(1, "promise"), std::pair(2, "resolve"),
        std::pair(3, "reject")}) {
    duk_dup(ctx, index);
    duk_put_prop_string(ctx, -2, name);
  }
  return 1;
}

static constexpr Method kStatics[] = {
    {"all", CombinatorFunction, 1, 1, kAll},
    {"allSettled", CombinatorFunction, 1, 1, kAllSettled},
    {"any", CombinatorFunction, 1, 1, kAny},
    {"race", CombinatorFunction, 1, 1, kRace},
    {"reject", Reject, 1},
    {"resolve", Resolve, 1},
    {"withResolvers", WithResolvers, 0},
    {"get [Symbol.species]", ReturnThis, 0},
};

static constexpr Method kPrototype[] = {
    {"catch", Catch, 1},
    {"finally", Finally, 1},
    {"then", Then, 2},
};

void InstallPromise(duk_context* ctx) {
  PushClass(ctx, {"Promise", Constructor, 1}, kStatics, kPrototype,
            Intrinsic::kPromisePrototype);
  SetIntrinsic(ctx, Intrinsic::kPromise);
  duk_get_prop_literal(ctx, -1, "prototype");
  DefineTag(ctx, -1, "Promise");
  duk_pop_2(ctx);
}

}  // namespace fcc::script
