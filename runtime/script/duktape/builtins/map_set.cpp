// SPDX-License-Identifier: Apache-2.0
//
// Map, Set, WeakMap, WeakSet (ECMA-262, 24).
//
// A Map's table is a record that the collector sees:
//   [0] meta, a plain buffer: counts and a hash index of entry numbers
//   [1] the table that replaced this one, once it has been rebuilt
//   [2] what a rebuild left out: a buffer of the numbers of removed entries
//   [3 + 2n], [4 + 2n] key and value of entry n in the order of insertion; a
//       removed entry has the table itself as its key
// An iterator holds a table and an entry number. A table that is rebuilt (when
// it is full, or cleared) points to its successor, so an iterator that is left
// behind can find its place there, and old tables go when no iterator has them.
//
// WeakMap keeps its value on the key object, under a hidden key of its own: a
// key's death takes the value along, cycles are the collector's normal work.

#include <cstring>

#include "runtime/script/duktape/builtins.h"
#include "runtime/script/duktape/builtins/install.h"
#include "runtime/script/duktape/builtins/iterator.h"
#include "runtime/script/duktape/native.h"

namespace fcc::script {

namespace {

constexpr unsigned kMeta = 0;
constexpr unsigned kNext = 1;
constexpr unsigned kRemoved = 2;
constexpr unsigned kEntries = 3;
constexpr uint32_t kNone = 0xFFFFFFFF;

struct Meta {
  // Entries ever put into this table, and those removed again.
  uint32_t used;
  uint32_t removed;
  // Slots of the hash index behind this struct; a power of two.
  uint32_t slots;
  // 1 when the successor is empty because of clear().
  uint32_t cleared;
};

uint32_t* Index(Meta* meta) {
  return reinterpret_cast<uint32_t*>(meta + 1);
}

uint32_t HashBits(uint64_t bits) {
  bits ^= bits >> 33;
  bits *= 0xff51afd7ed558ccdULL;
  bits ^= bits >> 33;
  return static_cast<uint32_t>(bits);
}

// A table on the stack. The meta buffer's address is stable while it lives.
class Table {
 public:
  Table(duk_context* ctx, duk_idx_t index)
      : ctx_(ctx),
        index_(duk_normalize_index(ctx, index)),
        record_(duk_get_heapptr(ctx, index)) {
    internals::GetItem(ctx, record_, kMeta);
    meta_ = static_cast<Meta*>(duk_get_buffer(ctx, -1, nullptr));
    duk_pop(ctx);
  }

  static void Push(duk_context* ctx, uint32_t slots) {
    PushRecord(ctx, 0);
    void* data =
        duk_push_fixed_buffer(ctx, sizeof(Meta) + slots * sizeof(uint32_t));
    Meta* meta = static_cast<Meta*>(data);
    meta->slots = slots;
    std::memset(Index(meta), 0xFF, slots * sizeof(uint32_t));
    PutItem(ctx, -2, kMeta);
    duk_push_undefined(ctx);
    PutItem(ctx, -2, kNext);
    duk_push_undefined(ctx);
    PutItem(ctx, -2, kRemoved);
  }

  uint32_t size() const { return meta_->used - meta_->removed; }
  uint32_t used() const { return meta_->used; }
  Meta* meta() const { return meta_; }
  bool full() const { return meta_->used >= meta_->slots / 2; }

  void PushKey(uint32_t entry) const {
    internals::GetItem(ctx_, record_, kEntries + 2 * entry);
  }
  void PushValue(uint32_t entry) const {
    internals::GetItem(ctx_, record_, kEntries + 2 * entry + 1);
  }
  bool IsRemoved(uint32_t entry) const {
    PushKey(entry);
    const bool removed =
        duk_is_object(ctx_, -1) && duk_get_heapptr(ctx_, -1) == record_;
    duk_pop(ctx_);
    return removed;
  }

  // The entry whose key is at `key`, or kNone.
  uint32_t Find(duk_idx_t key) const {
    uint64_t bits;
    const internals::TagKind kind = internals::ValueBits(ctx_, key, &bits);
    const uint32_t mask = meta_->slots - 1;
    for (uint32_t slot = HashBits(bits) & mask;; slot = (slot + 1) & mask) {
      const uint32_t entry = Index(meta_)[slot];
      if (entry == kNone) {
        return kNone;
      }
      PushKey(entry);
      uint64_t other;
      const bool same =
          internals::ValueBits(ctx_, -1, &other) == kind && other == bits;
      duk_pop(ctx_);
      if (same) {
        return entry;
      }
    }
  }

  // [ key value ] -> [ ]; the key is not in the table, which is not full.
  void Add() {
    uint64_t bits;
    internals::ValueBits(ctx_, -2, &bits);
    const uint32_t entry = meta_->used;
    DefineItem(ctx_, index_, kEntries + 2 * entry + 1);
    DefineItem(ctx_, index_, kEntries + 2 * entry);
    const uint32_t mask = meta_->slots - 1;
    uint32_t slot = HashBits(bits) & mask;
    while (Index(meta_)[slot] != kNone) {
      slot = (slot + 1) & mask;
    }
    Index(meta_)[slot] = entry;
    ++meta_->used;
  }

  // [ value ] -> [ ]
  void SetValue(uint32_t entry) {
    DefineItem(ctx_, index_, kEntries + 2 * entry + 1);
  }

  // The entry keeps its place in the hash index: probes go over it.
  void Remove(uint32_t entry) {
    duk_dup(ctx_, index_);
    DefineItem(ctx_, index_, kEntries + 2 * entry);
    duk_push_undefined(ctx_);
    DefineItem(ctx_, index_, kEntries + 2 * entry + 1);
    ++meta_->removed;
  }

 private:
  duk_context* ctx_;
  duk_idx_t index_;
  void* record_;
  Meta* meta_;
};

}  // namespace

// A collection keeps its table in a holder record [table], so that replacing
// the table is one store. [ holder ] -> [ holder table ]
static void PushTable(duk_context* ctx) {
  PushItem(ctx, -1, 0);
}

// [ holder table ] -> [ holder new-table ] with room for more.
static void Rebuild(duk_context* ctx) {
  const duk_idx_t old_index = duk_get_top(ctx) - 1;
  Table old(ctx, old_index);
  uint32_t slots = 8;
  while (slots / 2 <= old.size() + 1) {
    slots *= 2;
  }
  Table::Push(ctx, slots);
  Table fresh(ctx, -1);
  uint32_t* removed = nullptr;
  if (old.meta()->removed > 0) {
    removed = static_cast<uint32_t*>(
        duk_push_fixed_buffer(ctx, old.meta()->removed * sizeof(uint32_t)));
    PutItem(ctx, old_index, kRemoved);
  }
  uint32_t count = 0;
  for (uint32_t entry = 0; entry < old.used(); ++entry) {
    if (old.IsRemoved(entry)) {
      removed[count++] = entry;
      continue;
    }
    old.PushKey(entry);
    old.PushValue(entry);
    fresh.Add();
  }
  duk_dup(ctx, -1);
  PutItem(ctx, old_index, kNext);
  duk_dup(ctx, -1);
  PutItem(ctx, old_index - 1, 0);
  duk_remove(ctx, old_index);
}

// --- Map and Set: arguments, then [ this holder table ] ---

static duk_idx_t PushThisTable(duk_context* ctx, Key key, const char* method) {
  RequireThis(ctx, key, method);
  PushTable(ctx);
  return duk_get_top(ctx) - 1;
}

static Key KeyFor(duk_context* ctx) {
  return duk_get_current_magic(ctx) == 1 ? Key::kSet : Key::kMap;
}

// [ key value ] -> [ ] on the collection whose holder is at `holder`.
static void Put(duk_context* ctx, duk_idx_t holder) {
  duk_dup(ctx, holder);
  PushTable(ctx);
  const duk_idx_t key = duk_get_top(ctx) - 4;
  {
    Table table(ctx, -1);
    const uint32_t entry = table.Find(key);
    if (entry != kNone) {
      duk_dup(ctx, key + 1);
      table.SetValue(entry);
      duk_set_top(ctx, key);
      return;
    }
    if (table.full()) {
      Rebuild(ctx);
    }
  }
  Table table(ctx, -1);
  duk_dup(ctx, key);
  if (duk_is_number(ctx, -1) && duk_get_number(ctx, -1) == 0) {
    duk_pop(ctx);
    duk_push_int(ctx, 0);  // -0 becomes 0.
  }
  duk_dup(ctx, key + 1);
  table.Add();
  duk_set_top(ctx, key);
}

static int Get(duk_context* ctx) {
  Table table(ctx, PushThisTable(ctx, Key::kMap, "Map.prototype.get"));
  const uint32_t entry = table.Find(0);
  if (entry == kNone) {
    return 0;
  }
  table.PushValue(entry);
  return 1;
}

static int Has(duk_context* ctx) {
  Table table(ctx, PushThisTable(ctx, KeyFor(ctx), "has"));
  duk_push_boolean(ctx, table.Find(0) != kNone);
  return 1;
}

static int Delete(duk_context* ctx) {
  Table table(ctx, PushThisTable(ctx, KeyFor(ctx), "delete"));
  const uint32_t entry = table.Find(0);
  if (entry != kNone) {
    table.Remove(entry);
  }
  duk_push_boolean(ctx, entry != kNone);
  return 1;
}

static int SetMethod(duk_context* ctx) {
  RequireThis(ctx, Key::kMap, "Map.prototype.set");
  duk_dup(ctx, 0);
  duk_dup(ctx, 1);
  Put(ctx, 3);
  duk_dup(ctx, 2);
  return 1;
}

static int AddMethod(duk_context* ctx) {
  RequireThis(ctx, Key::kSet, "Set.prototype.add");
  duk_dup(ctx, 0);
  duk_dup(ctx, 0);
  Put(ctx, 2);
  duk_dup(ctx, 1);
  return 1;
}

static int Clear(duk_context* ctx) {
  const duk_idx_t index = PushThisTable(ctx, KeyFor(ctx), "clear");
  Table table(ctx, index);
  table.meta()->cleared = 1;
  Table::Push(ctx, 8);
  duk_dup(ctx, -1);
  PutItem(ctx, index, kNext);
  PutItem(ctx, index - 1, 0);
  return 0;
}

static int Size(duk_context* ctx) {
  Table table(ctx, PushThisTable(ctx, KeyFor(ctx), "size"));
  duk_push_uint(ctx, table.size());
  return 1;
}

// --- Iteration: a record [table, entry, kind, holder's kind] ---

// [ record ] -> [ record key value ], or false at the end. Follows rebuilt
// tables to where the iteration stands now.
static bool Advance(duk_context* ctx) {
  const duk_idx_t record = duk_get_top(ctx) - 1;
  for (;;) {
    PushItem(ctx, record, 0);
    if (duk_is_undefined(ctx, -1)) {
      duk_pop(ctx);
      return false;
    }
    Table table(ctx, -1);
    auto entry = static_cast<uint32_t>(ItemNumber(ctx, record, 1));
    PushItem(ctx, -1, kNext);
    if (!duk_is_undefined(ctx, -1)) {
      uint32_t gone = 0;
      if (table.meta()->cleared != 0) {
        gone = entry;
      } else {
        PushItem(ctx, -2, kRemoved);
        duk_size_t size = 0;
        const auto* removed =
            static_cast<const uint32_t*>(duk_get_buffer(ctx, -1, &size));
        const size_t count = removed == nullptr ? 0 : size / sizeof(uint32_t);
        while (gone < count && removed[gone] < entry) {
          ++gone;
        }
        duk_pop(ctx);
      }
      PutItem(ctx, record, 0);
      duk_pop(ctx);
      PutItemNumber(ctx, record, 1, entry - gone);
      continue;
    }
    duk_pop(ctx);
    while (entry < table.used() && table.IsRemoved(entry)) {
      ++entry;
    }
    if (entry >= table.used()) {
      duk_pop(ctx);
      duk_push_undefined(ctx);
      PutItem(ctx, record, 0);
      return false;
    }
    PutItemNumber(ctx, record, 1, entry + 1);
    table.PushKey(entry);
    table.PushValue(entry);
    duk_remove(ctx, record + 1);
    return true;
  }
}

// [ holder ] -> [ holder record ]
static void PushCursor(duk_context* ctx, IterationKind kind) {
  PushRecord(ctx, 0);
  PushItem(ctx, -2, 0);
  PutItem(ctx, -2, 0);
  PutItemNumber(ctx, -1, 1, 0);
  PutItemNumber(ctx, -1, 2, static_cast<int>(kind));
}

static int ForEach(duk_context* ctx) {
  const Key key = KeyFor(ctx);
  RequireThis(ctx, key, "forEach");
  RequireCallable(ctx, 0);
  PushCursor(ctx, IterationKind::kEntries);
  const duk_idx_t record = duk_get_top(ctx) - 1;
  while (Advance(ctx)) {
    CheckTime(ctx);
    // [ callback thisArg this holder record key value ]
    duk_dup(ctx, 0);
    duk_dup(ctx, 1);
    duk_dup(ctx, record + 2);
    duk_dup(ctx, record + 1);
    duk_dup(ctx, 2);
    duk_call_method(ctx, 3);
    duk_set_top(ctx, record + 1);
  }
  return 0;
}

static int Iterate(duk_context* ctx) {
  const int magic = duk_get_current_magic(ctx);
  const bool is_set = (magic & 1) != 0;
  RequireThis(ctx, is_set ? Key::kSet : Key::kMap, "iterator");
  PushCursor(ctx, static_cast<IterationKind>(magic >> 1));
  PutItemNumber(ctx, -1, 3, is_set ? 1 : 0);
  PushObjectOf(ctx, is_set ? Intrinsic::kSetIteratorPrototype
                           : Intrinsic::kMapIteratorPrototype);
  duk_swap_top(ctx, -2);
  PutHidden(ctx, -2, Key::kIterator);
  return 1;
}

static int IteratorNext(duk_context* ctx) {
  const int is_set = duk_get_current_magic(ctx);
  RequireThis(ctx, Key::kIterator, "next");
  PushItem(ctx, -1, 3);
  if (!duk_is_number(ctx, -1) || duk_get_int(ctx, -1) != is_set) {
    ThrowType(ctx, "next called on an incompatible receiver");
  }
  duk_pop(ctx);
  const auto kind =
      static_cast<IterationKind>(static_cast<int>(ItemNumber(ctx, -1, 2)));
  if (!Advance(ctx)) {
    duk_push_undefined(ctx);
    PushIterResult(ctx, true);
    return 1;
  }
  if (kind == IterationKind::kEntries) {
    duk_push_array(ctx);
    duk_insert(ctx, -3);
    DefineItem(ctx, -3, 1);
    DefineItem(ctx, -2, 0);
  } else if (kind == IterationKind::kKeys) {
    duk_pop(ctx);
  }
  PushIterResult(ctx, false);
  return 1;
}

// --- Constructors ---

// Puts what the iterable at 0 gives into [ ... object ], by the method `adder`
// that a subclass may have replaced.
static void Fill(duk_context* ctx, const char* adder, bool pairs,
                 int (*native)(duk_context*)) {
  if (duk_is_null_or_undefined(ctx, 0)) {
    return;
  }
  (void)native;
  const duk_idx_t object = duk_get_top(ctx) - 1;
  duk_get_prop_string(ctx, object, adder);
  RequireCallable(ctx, -1);
  const duk_idx_t add = object + 1;
  ForEachOf(ctx, 0, [&] {
    const duk_idx_t item = duk_get_top(ctx) - 1;
    if (pairs) {
      RequireObject(ctx, item, "iterator value");
    }
    duk_dup(ctx, add);
    duk_dup(ctx, object);
    if (pairs) {
      duk_get_prop_index(ctx, item, 0);
      duk_get_prop_index(ctx, item, 1);
    } else {
      duk_dup(ctx, item);
    }
    duk_call_method(ctx, pairs ? 2 : 1);
  });
  duk_set_top(ctx, object + 1);
}

// [ object ] -> [ object ]
static void AttachTable(duk_context* ctx, Key key) {
  PushRecord(ctx, 0);
  Table::Push(ctx, 8);
  PutItem(ctx, -2, 0);
  PutHidden(ctx, -2, key);
}

static int MapConstructor(duk_context* ctx) {
  PushInstance(ctx, Intrinsic::kMapPrototype, "Map");
  AttachTable(ctx, Key::kMap);
  Fill(ctx, "set", true, SetMethod);
  return 1;
}

static int SetConstructor(duk_context* ctx) {
  PushInstance(ctx, Intrinsic::kSetPrototype, "Set");
  AttachTable(ctx, Key::kSet);
  Fill(ctx, "add", false, AddMethod);
  return 1;
}

static int ReturnThis(duk_context* ctx) {
  duk_push_this(ctx);
  return 1;
}

// --- Weak ones: the hidden record is the key string itself, [ key ] ---

static Key WeakKeyFor(duk_context* ctx) {
  return duk_get_current_magic(ctx) == 1 ? Key::kWeakSet : Key::kWeakMap;
}

// A hidden key that no other collection has.
static void AttachWeakKey(duk_context* ctx, Key key) {
  Engine& engine = EngineOf(ctx);
  const std::string name =
      "\xff"
      "weak" +
      std::to_string(engine.next_weak_cell++);
  duk_push_lstring(ctx, name.data(), name.size());
  PutHidden(ctx, -2, key);
}

static int WeakMapConstructor(duk_context* ctx) {
  PushInstance(ctx, Intrinsic::kWeakMapPrototype, "WeakMap");
  AttachWeakKey(ctx, Key::kWeakMap);
  Fill(ctx, "set", true, nullptr);
  return 1;
}

static int WeakSetConstructor(duk_context* ctx) {
  PushInstance(ctx, Intrinsic::kWeakSetPrototype, "WeakSet");
  AttachWeakKey(ctx, Key::kWeakSet);
  Fill(ctx, "add", false, nullptr);
  return 1;
}

namespace {

// Where a weak collection keeps what belongs to a key.
struct WeakSlot {
  void* object = nullptr;
  void* key = nullptr;
  explicit operator bool() const { return object != nullptr; }
};

}  // namespace

// The slot for the key at 0 of the collection behind the arguments, whose own
// hidden key is on top. Symbols cannot carry anything: theirs is on an object
// of the collection and goes with that. None for what cannot be held weakly.
static WeakSlot SlotFor(duk_context* ctx) {
  const duk_idx_t collection = duk_get_top(ctx) - 2;
  if (duk_is_object(ctx, 0)) {
    return {duk_get_heapptr(ctx, 0), duk_get_heapptr(ctx, -1)};
  }
  // Symbol.for's begin with 0x80 and are anybody's.
  if (!duk_is_symbol(ctx, 0) ||
      static_cast<unsigned char>(BytesAt(ctx, 0)[0]) == 0x80) {
    return {};
  }
  if (!PushHidden(ctx, collection, Key::kWeakId)) {
    PushRecord(ctx, 0);
    duk_dup(ctx, -1);
    PutHidden(ctx, collection, Key::kWeakId);
  }
  void* holder = duk_get_heapptr(ctx, -1);
  duk_pop(ctx);
  return {holder, duk_get_heapptr(ctx, 0)};
}

static int WeakGet(duk_context* ctx) {
  RequireThis(ctx, Key::kWeakMap, "WeakMap.prototype.get");
  const WeakSlot slot = SlotFor(ctx);
  return slot && internals::GetHidden(ctx, slot.object, slot.key) ? 1 : 0;
}

static int WeakHas(duk_context* ctx) {
  RequireThis(ctx, WeakKeyFor(ctx), "has");
  const WeakSlot slot = SlotFor(ctx);
  duk_push_boolean(ctx,
                   slot && internals::GetHidden(ctx, slot.object, slot.key));
  return 1;
}

static int WeakDelete(duk_context* ctx) {
  RequireThis(ctx, WeakKeyFor(ctx), "delete");
  const WeakSlot slot = SlotFor(ctx);
  const bool had = slot && internals::GetHidden(ctx, slot.object, slot.key);
  if (had) {
    internals::DeleteHidden(ctx, slot.object, slot.key);
  }
  duk_push_boolean(ctx, had);
  return 1;
}

static int WeakSetMethod(duk_context* ctx) {
  const bool is_set = duk_get_current_magic(ctx) == 1;
  RequireThis(ctx, is_set ? Key::kWeakSet : Key::kWeakMap,
              is_set ? "WeakSet.prototype.add" : "WeakMap.prototype.set");
  const WeakSlot slot = SlotFor(ctx);
  if (!slot) {
    ThrowType(ctx, "Invalid value used as weak map key");
  }
  if (is_set) {
    duk_push_true(ctx);
  } else {
    duk_dup(ctx, 1);
  }
  internals::SetHidden(ctx, slot.object, slot.key);
  duk_push_this(ctx);
  return 1;
}

bool IsMapAt(duk_context* ctx, duk_idx_t index) {
  return HasHidden(ctx, index, Key::kMap);
}
bool IsSetAt(duk_context* ctx, duk_idx_t index) {
  return HasHidden(ctx, index, Key::kSet);
}

// --- Tables ---

static constexpr int IterateMagic(IterationKind kind, int is_set) {
  return static_cast<int>(kind) * 2 + is_set;
}
static constexpr int kMapEntries = IterateMagic(IterationKind::kEntries, 0);
static constexpr int kSetEntries = IterateMagic(IterationKind::kEntries, 1);
static constexpr int kMapKeys = IterateMagic(IterationKind::kKeys, 0);
static constexpr int kMapValues = IterateMagic(IterationKind::kValues, 0);
static constexpr int kSetValues = IterateMagic(IterationKind::kValues, 1);

static constexpr Method kSpecies[] = {{"get [Symbol.species]", ReturnThis, 0}};

static constexpr Method kMapPrototype[] = {
    {"clear", Clear, 0},
    {"delete", Delete, 1},
    {"entries", Iterate, 0, 0, kMapEntries},
    {"forEach", ForEach, 1, 2},
    {"get", Get, 1},
    {"has", Has, 1},
    {"keys", Iterate, 0, 0, kMapKeys},
    {"set", SetMethod, 2},
    {"get size", Size, 0},
    {"values", Iterate, 0, 0, kMapValues},
};

static constexpr Method kSetPrototype[] = {
    {"add", AddMethod, 1},         {"clear", Clear, 0, 0, 1},
    {"delete", Delete, 1, 1, 1},   {"entries", Iterate, 0, 0, kSetEntries},
    {"forEach", ForEach, 1, 2, 1}, {"has", Has, 1, 1, 1},
    {"get size", Size, 0, 0, 1},   {"values", Iterate, 0, 0, kSetValues},
};

static constexpr Method kWeakMapPrototype[] = {
    {"delete", WeakDelete, 1},
    {"get", WeakGet, 1},
    {"has", WeakHas, 1},
    {"set", WeakSetMethod, 2},
};

static constexpr Method kWeakSetPrototype[] = {
    {"add", WeakSetMethod, 1, 1, 1},
    {"delete", WeakDelete, 1, 1, 1},
    {"has", WeakHas, 1, 1, 1},
};

// [ constructor ] -> [ ]
static void Finish(duk_context* ctx, const char* tag, const char* same_as,
                   const char* alias) {
  duk_get_prop_literal(ctx, -1, "prototype");
  DefineTag(ctx, -1, tag);
  if (same_as != nullptr) {
    duk_get_prop_string(ctx, -1, same_as);
    if (alias != nullptr) {
      duk_dup(ctx, -1);
      DefineHidden(ctx, -3, alias);
    }
    DefineHidden(ctx, -2, "[Symbol.iterator]");
  }
  duk_pop_2(ctx);
}

static void PushIteratorPrototype(duk_context* ctx, const char* tag, int is_set,
                                  Intrinsic intrinsic) {
  PushObjectOf(ctx, Intrinsic::kIteratorPrototype);
  const Method next[] = {{"next", IteratorNext, 0, 0, is_set}};
  DefineMethods(ctx, next);
  DefineTag(ctx, -1, tag);
  SetIntrinsic(ctx, intrinsic);
  duk_pop(ctx);
}

void InstallMapSet(duk_context* ctx) {
  PushIteratorPrototype(ctx, "Map Iterator", 0,
                        Intrinsic::kMapIteratorPrototype);
  PushIteratorPrototype(ctx, "Set Iterator", 1,
                        Intrinsic::kSetIteratorPrototype);
  PushClass(ctx, {"Map", MapConstructor, 0, 1}, kSpecies, kMapPrototype,
            Intrinsic::kMapPrototype);
  Finish(ctx, "Map", "entries", nullptr);
  PushClass(ctx, {"Set", SetConstructor, 0, 1}, kSpecies, kSetPrototype,
            Intrinsic::kSetPrototype);
  Finish(ctx, "Set", "values", "keys");
  PushClass(ctx, {"WeakMap", WeakMapConstructor, 0, 1}, {}, kWeakMapPrototype,
            Intrinsic::kWeakMapPrototype);
  Finish(ctx, "WeakMap", nullptr, nullptr);
  PushClass(ctx, {"WeakSet", WeakSetConstructor, 0, 1}, {}, kWeakSetPrototype,
            Intrinsic::kWeakSetPrototype);
  Finish(ctx, "WeakSet", nullptr, nullptr);
}

}  // namespace fcc::script
