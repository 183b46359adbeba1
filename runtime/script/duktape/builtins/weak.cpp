// SPDX-License-Identifier: Apache-2.0
//
// WeakRef and FinalizationRegistry (ECMA-262, 26). A weak cell remembers an
// object's address; the engine tells when an object goes, and the cell forgets
// it in the same moment, so an address is never that of something else.
//
// Differs: an object that a job has looked at through deref() may go before
// the job ends, if nothing else holds it: objects go when their last reference
// does.

#include <algorithm>

#include "runtime/script/duktape/builtins.h"
#include "runtime/script/duktape/builtins/install.h"
#include "runtime/script/duktape/engine/hooks.h"
#include "runtime/script/duktape/native.h"

namespace fcc::script {

namespace hooks {

void ObjectFreed(void* data, void* object) {
  Engine& engine = *static_cast<Engine*>(data);
  const auto [begin, end] = engine.watched.equal_range(object);
  for (auto it = begin; it != end; ++it) {
    const auto cell = engine.weak_cells.find(it->second);
    if (cell != engine.weak_cells.end()) {
      cell->second.target = nullptr;
      if (cell->second.finalizes) {
        engine.finalized_cells.push_back(it->second);
      }
    }
  }
  engine.watched.erase(begin, end);
}

}  // namespace hooks

static uint32_t NewCell(duk_context* ctx, void* target, bool finalizes) {
  Engine& engine = EngineOf(ctx);
  const uint32_t id = engine.next_weak_cell++;
  engine.weak_cells.emplace(id, Engine::WeakCell{target, finalizes});
  engine.watched.emplace(target, id);
  internals::WatchObjects(ctx, 1);
  return id;
}

static void DropCell(duk_context* ctx, uint32_t id) {
  Engine& engine = EngineOf(ctx);
  const auto cell = engine.weak_cells.find(id);
  if (cell == engine.weak_cells.end()) {
    return;
  }
  const auto [begin, end] = engine.watched.equal_range(cell->second.target);
  for (auto it = begin; it != end; ++it) {
    if (it->second == id) {
      engine.watched.erase(it);
      break;
    }
  }
  engine.weak_cells.erase(cell);
  internals::WatchObjects(ctx, -1);
}

// --- WeakRef ---

static int DropRef(duk_context* ctx) {
  if (PushHidden(ctx, 0, Key::kWeakRef)) {
    DropCell(ctx, static_cast<uint32_t>(duk_get_uint(ctx, -1)));
  }
  return 0;
}

static int WeakRefConstructor(duk_context* ctx) {
  PushInstance(ctx, Intrinsic::kWeakRefPrototype, "WeakRef");
  if (!duk_is_object(ctx, 0)) {
    ThrowType(ctx, "WeakRef: target must be an object");
  }
  duk_push_uint(ctx, NewCell(ctx, duk_get_heapptr(ctx, 0), false));
  PutHidden(ctx, -2, Key::kWeakRef);
  duk_push_c_function(ctx, DropRef, 2);
  duk_set_finalizer(ctx, -2);
  return 1;
}

static int Deref(duk_context* ctx) {
  RequireThis(ctx, Key::kWeakRef, "WeakRef.prototype.deref");
  Engine& engine = EngineOf(ctx);
  const auto cell =
      engine.weak_cells.find(static_cast<uint32_t>(duk_get_uint(ctx, -1)));
  if (cell == engine.weak_cells.end() || cell->second.target == nullptr) {
    return 0;
  }
  duk_push_heapptr(ctx, cell->second.target);
  return 1;
}

// --- FinalizationRegistry: a record [callback, cells], cells being an array
// of records [cell, held value, token's cell or undefined]. ---

static int RegistryConstructor(duk_context* ctx) {
  PushInstance(ctx, Intrinsic::kFinalizationRegistryPrototype,
               "FinalizationRegistry");
  RequireCallable(ctx, 0);
  PushRecord(ctx, 0);
  duk_dup(ctx, 0);
  PutItem(ctx, -2, 0);
  duk_push_array(ctx);
  PutItem(ctx, -2, 1);
  PutHidden(ctx, -2, Key::kRegistry);
  return 1;
}

static int Register(duk_context* ctx) {
  RequireThis(ctx, Key::kRegistry, "FinalizationRegistry.prototype.register");
  const duk_idx_t record = duk_get_top(ctx) - 1;
  if (!duk_is_object(ctx, 0)) {
    ThrowType(ctx, "FinalizationRegistry: target must be an object");
  }
  if (duk_samevalue(ctx, 0, 1)) {
    ThrowType(ctx,
              "FinalizationRegistry: target and holdings must not be "
              "same");
  }
  if (!duk_is_object(ctx, 2) && !duk_is_undefined(ctx, 2)) {
    ThrowType(ctx, "FinalizationRegistry: unregister token must be an object");
  }
  PushItem(ctx, record, 1);
  const uint32_t count = internals::ArrayLength(duk_get_heapptr(ctx, -1));
  PushRecord(ctx, 0);
  PutItemNumber(ctx, -1, 0, NewCell(ctx, duk_get_heapptr(ctx, 0), true));
  duk_dup(ctx, 1);
  PutItem(ctx, -2, 1);
  if (duk_is_object(ctx, 2)) {
    PutItemNumber(ctx, -1, 2, NewCell(ctx, duk_get_heapptr(ctx, 2), false));
  } else {
    duk_push_undefined(ctx);
    PutItem(ctx, -2, 2);
  }
  DefineItem(ctx, -2, count);
  return 0;
}

// Takes the cells that `drop` says yes to out of the registry whose record is
// at `record`; the cell's record is on top when it is asked.
template <typename Drop>
static void Filter(duk_context* ctx, duk_idx_t record, Drop&& drop) {
  PushItem(ctx, record, 1);
  const duk_idx_t cells = duk_get_top(ctx) - 1;
  const uint32_t count = internals::ArrayLength(duk_get_heapptr(ctx, cells));
  duk_push_array(ctx);
  duk_uarridx_t kept = 0;
  for (uint32_t i = 0; i < count; ++i) {
    internals::GetItem(ctx, duk_get_heapptr(ctx, cells), i);
    if (drop()) {
      DropCell(ctx, static_cast<uint32_t>(ItemNumber(ctx, -1, 0)));
      duk_pop(ctx);
    } else {
      DefineItem(ctx, cells + 1, kept++);
    }
  }
  PutItem(ctx, record, 1);
  duk_pop(ctx);
}

static int Unregister(duk_context* ctx) {
  RequireThis(ctx, Key::kRegistry, "FinalizationRegistry.prototype.unregister");
  const duk_idx_t record = duk_get_top(ctx) - 1;
  if (!duk_is_object(ctx, 0)) {
    ThrowType(ctx, "FinalizationRegistry: unregister token must be an object");
  }
  Engine& engine = EngineOf(ctx);
  void* token = duk_get_heapptr(ctx, 0);
  bool removed = false;
  Filter(ctx, record, [&] {
    const auto cell =
        engine.weak_cells.find(static_cast<uint32_t>(ItemNumber(ctx, -1, 2)));
    const bool matches =
        cell != engine.weak_cells.end() && cell->second.target == token;
    removed = removed || matches;
    return matches;
  });
  duk_push_boolean(ctx, removed);
  return 1;
}

static int CleanupSome(duk_context* ctx) {
  RequireThis(ctx, Key::kRegistry,
              "FinalizationRegistry.prototype.cleanupSome");
  const duk_idx_t record = duk_get_top(ctx) - 1;
  if (!duk_is_undefined(ctx, 0)) {
    RequireCallable(ctx, 0);
  }
  Engine& engine = EngineOf(ctx);
  duk_push_array(ctx);
  const duk_idx_t held = duk_get_top(ctx) - 1;
  duk_uarridx_t count = 0;
  Filter(ctx, record, [&] {
    const auto id = static_cast<uint32_t>(ItemNumber(ctx, -1, 0));
    auto& gone = engine.finalized_cells;
    const auto found = std::find(gone.begin(), gone.end(), id);
    if (found == gone.end()) {
      return false;
    }
    gone.erase(found);
    PushItem(ctx, -1, 1);
    DefineItem(ctx, held, count++);
    return true;
  });
  for (duk_uarridx_t i = 0; i < count; ++i) {
    if (duk_is_undefined(ctx, 0)) {
      PushItem(ctx, record, 0);
    } else {
      duk_dup(ctx, 0);
    }
    duk_push_undefined(ctx);
    duk_get_prop_index(ctx, held, i);
    duk_call_method(ctx, 1);
    duk_pop(ctx);
  }
  return 0;
}

static constexpr Method kWeakRef[] = {{"deref", Deref, 0}};
static constexpr Method kRegistry[] = {
    {"register", Register, 2, 3},
    {"unregister", Unregister, 1},
    {"cleanupSome", CleanupSome, 0, 1},
};

void InstallWeak(duk_context* ctx) {
  PushClass(ctx, {"WeakRef", WeakRefConstructor, 1}, {}, kWeakRef,
            Intrinsic::kWeakRefPrototype);
  duk_get_prop_literal(ctx, -1, "prototype");
  DefineTag(ctx, -1, "WeakRef");
  PushClass(ctx, {"FinalizationRegistry", RegistryConstructor, 1}, {},
            kRegistry, Intrinsic::kFinalizationRegistryPrototype);
  duk_get_prop_literal(ctx, -1, "prototype");
  DefineTag(ctx, -1, "FinalizationRegistry");
  duk_set_top(ctx, 0);
}

}  // namespace fcc::script
