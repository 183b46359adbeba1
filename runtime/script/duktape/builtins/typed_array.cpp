// SPDX-License-Identifier: Apache-2.0
//
// %TypedArray%, its prototype and constructors (ECMA-262, 23.2). The objects
// are the engine's; it makes those over buffers and numbers, and answers index
// access. Differs: buffers cannot be detached.

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "runtime/script/duktape/builtins/array_methods.h"
#include "runtime/script/duktape/builtins/array_sort.h"
#include "runtime/script/duktape/builtins/install.h"
#include "runtime/script/duktape/builtins/iterator.h"
#include "runtime/script/duktape/native.h"
#include "runtime/script/duktape/object_ops.h"

namespace fcc::script {

namespace {

// In the order of the engine's class numbers from Int8Array on.
constexpr const char* kNames[] = {
    "Int8Array",   "Uint8Array",   "Uint8ClampedArray",
    "Int16Array",  "Uint16Array",  "Int32Array",
    "Uint32Array", "Float32Array", "Float64Array"};
constexpr int kKinds = static_cast<int>(std::size(kNames));
constexpr int kSizes[] = {1, 1, 1, 2, 2, 4, 4, 4, 8};

}  // namespace

// The kind of typed array at `index`, or -1.
static int KindAt(duk_context* ctx, duk_idx_t index) {
  if (!duk_is_object(ctx, index)) {
    return -1;
  }
  void* object = duk_get_heapptr(ctx, index);
  if (internals::IsProxy(object)) {
    return -1;
  }
  const int kind = internals::GetClass(object) - internals::kClassInt8Array;
  return kind >= 0 && kind < kKinds ? kind : -1;
}

static double ViewLength(duk_context* ctx, duk_idx_t index) {
  const internals::BufferView view =
      internals::GetBufferView(ctx, duk_get_heapptr(ctx, index));
  return static_cast<double>(view.length >> view.shift);
}

static int RequireView(duk_context* ctx, duk_idx_t index) {
  const int kind = KindAt(ctx, index);
  if (kind < 0) {
    ThrowType(ctx, "this is not a typed array");
  }
  return kind;
}

// [ ] -> [ this ]
static duk_idx_t PushThisView(duk_context* ctx) {
  duk_push_this(ctx);
  RequireView(ctx, -1);
  return duk_get_top(ctx) - 1;
}

// [ ] -> [ constructor ]: the intrinsic one.
static void PushConstructor(duk_context* ctx, int kind) {
  Engine& engine = EngineOf(ctx);
  PushRoot(engine, engine.typed_array_roots[static_cast<size_t>(kind)]);
}

// TypedArrayCreate with the constructor on top: [ constructor args... ] ->
// [ array ].
static void Create(duk_context* ctx, int argument_count, double length) {
  duk_new(ctx, argument_count);
  RequireView(ctx, -1);
  if (length >= 0 && ViewLength(ctx, -1) < length) {
    ThrowType(ctx, "typed array is too short");
  }
}

// TypedArraySpeciesCreate: [ args... ] -> [ array ].
static void CreateSpecies(duk_context* ctx, duk_idx_t exemplar,
                          int argument_count, double length) {
  exemplar = duk_normalize_index(ctx, exemplar);
  const duk_idx_t base = duk_get_top(ctx) - argument_count;
  if (!PushSpecies(ctx, exemplar, nullptr)) {
    duk_pop(ctx);
    PushConstructor(ctx, KindAt(ctx, exemplar));
  }
  duk_insert(ctx, base);
  Create(ctx, argument_count, length);
}

// --- Constructors ---

static int AbstractConstructor(duk_context* ctx) {
  ThrowType(ctx, "Abstract class TypedArray not directly constructable");
}

// [ ] -> [ array ] of the engine's, with `length` zeros.
static void PushZeros(duk_context* ctx, int kind, double length) {
  if (length > 2147483647.0 / kSizes[kind]) {
    ThrowRange(ctx, "Invalid typed array length");
  }
  const auto bytes =
      static_cast<duk_size_t>(length) * static_cast<duk_size_t>(kSizes[kind]);
  duk_push_fixed_buffer(ctx, bytes);
  static constexpr duk_uint_t kFlags[] = {
      DUK_BUFOBJ_INT8ARRAY,         DUK_BUFOBJ_UINT8ARRAY,
      DUK_BUFOBJ_UINT8CLAMPEDARRAY, DUK_BUFOBJ_INT16ARRAY,
      DUK_BUFOBJ_UINT16ARRAY,       DUK_BUFOBJ_INT32ARRAY,
      DUK_BUFOBJ_UINT32ARRAY,       DUK_BUFOBJ_FLOAT32ARRAY,
      DUK_BUFOBJ_FLOAT64ARRAY};
  duk_push_buffer_object(ctx, -1, 0, bytes, kFlags[kind]);
  duk_remove(ctx, -2);
}

// Reads the values of the iterable or array-like at `source`:
// [ ] -> [ array of values ].
static void PushValues(duk_context* ctx, duk_idx_t source) {
  source = duk_normalize_index(ctx, source);
  duk_push_array(ctx);
  const duk_idx_t values = duk_get_top(ctx) - 1;
  duk_uarridx_t count = 0;
  if (GetMethod(ctx, source, WellKnown::kIterator)) {
    duk_pop(ctx);
    ForEachOf(ctx, source, [&] { DefineItem(ctx, values, count++); });
    return;
  }
  duk_pop(ctx);
  const double length = LengthOf(ctx, source);
  for (double i = 0; i < length; ++i) {
    CheckTime(ctx);
    GetIndex(ctx, source, i);
    DefineItem(ctx, values, count++);
  }
}

static double ToIndex(duk_context* ctx, duk_idx_t index) {
  const double value = ToIntegerAt(ctx, index);
  if (value < 0 || value > 9007199254740991.0) {
    ThrowRange(ctx, "Invalid typed array length or offset");
  }
  return value;
}

// Over the buffer at 0: [ ] -> [ array ].
static void PushOverBuffer(duk_context* ctx, int kind) {
  const double size = kSizes[kind];
  const double offset = ToIndex(ctx, 1);
  if (std::fmod(offset, size) != 0) {
    ThrowRange(ctx, "start offset must be a multiple of the element size");
  }
  double length = -1;
  if (!duk_is_undefined(ctx, 2)) {
    length = ToIndex(ctx, 2);
  }
  const double total = static_cast<double>(
      internals::GetBufferView(ctx, duk_get_heapptr(ctx, 0)).length);
  if (length < 0) {
    if (std::fmod(total, size) != 0 || offset > total) {
      ThrowRange(ctx, "byte length must be a multiple of the element size");
    }
    length = (total - offset) / size;
  } else if (offset + length * size > total) {
    ThrowRange(ctx, "Invalid typed array length");
  }
  PushRoot(EngineOf(ctx),
           EngineOf(ctx).typed_array_natives[static_cast<size_t>(kind)]);
  duk_dup(ctx, 0);
  duk_push_number(ctx, offset);
  duk_push_number(ctx, length);
  duk_new(ctx, 3);
}

static int Constructor(duk_context* ctx) {
  const int kind = duk_get_current_magic(ctx);
  if (!duk_is_constructor_call(ctx)) {
    ThrowType(ctx,
              std::string("Constructor ") + kNames[kind] + " requires 'new'");
  }
  duk_push_this(ctx);
  void* prototype = internals::GetPrototype(ctx, duk_get_heapptr(ctx, -1));
  duk_pop(ctx);
  if (!duk_is_object(ctx, 0)) {
    PushZeros(ctx, kind, ToIndex(ctx, 0));
  } else if (!internals::IsProxy(duk_get_heapptr(ctx, 0)) &&
             internals::GetClass(duk_get_heapptr(ctx, 0)) ==
                 internals::kClassArrayBuffer) {
    PushOverBuffer(ctx, kind);
  } else {
    const int source_kind = KindAt(ctx, 0);
    if (source_kind < 0) {
      PushValues(ctx, 0);
      duk_replace(ctx, 0);
    }
    const double length = LengthOf(ctx, 0);
    PushZeros(ctx, kind, length);
    for (double i = 0; i < length; ++i) {
      CheckTime(ctx);
      GetIndex(ctx, 0, i);
      duk_put_prop_index(ctx, 3, static_cast<duk_uarridx_t>(i));
    }
  }
  if (prototype != IntrinsicPointer(ctx, Intrinsic::kObjectPrototype) &&
      prototype != nullptr) {
    internals::SetPrototype(ctx, duk_get_heapptr(ctx, -1), prototype);
  }
  return 1;
}

static int From(duk_context* ctx) {
  duk_push_this(ctx);
  const duk_idx_t constructor = 3;
  if (!IsConstructor(ctx, constructor)) {
    ThrowType(ctx, "TypedArray.from: this is not a constructor");
  }
  const bool maps = !duk_is_undefined(ctx, 1);
  if (maps) {
    RequireCallable(ctx, 1);
  }
  if (duk_is_null_or_undefined(ctx, 0)) {
    ThrowType(ctx, "Cannot convert undefined or null to object");
  }
  duk_to_object(ctx, 0);
  PushValues(ctx, 0);
  const double length = LengthOf(ctx, 4);
  duk_dup(ctx, constructor);
  duk_push_number(ctx, length);
  Create(ctx, 1, length);
  for (double i = 0; i < length; ++i) {
    if (maps) {
      duk_dup(ctx, 1);
      duk_dup(ctx, 2);
      GetIndex(ctx, 4, i);
      duk_push_number(ctx, i);
      duk_call_method(ctx, 2);
    } else {
      GetIndex(ctx, 4, i);
    }
    duk_put_prop_index(ctx, 5, static_cast<duk_uarridx_t>(i));
  }
  return 1;
}

static int Of(duk_context* ctx) {
  const duk_idx_t count = duk_get_top(ctx);
  duk_push_this(ctx);
  if (!IsConstructor(ctx, -1)) {
    ThrowType(ctx, "TypedArray.of: this is not a constructor");
  }
  duk_push_number(ctx, count);
  Create(ctx, 1, count);
  for (duk_idx_t i = 0; i < count; ++i) {
    duk_dup(ctx, i);
    duk_put_prop_index(ctx, count, static_cast<duk_uarridx_t>(i));
  }
  return 1;
}

static int ReturnThis(duk_context* ctx) {
  duk_push_this(ctx);
  return 1;
}

// --- Accessors ---

enum Property { kBuffer, kByteLength, kByteOffset, kLength, kTag };

static int Get(duk_context* ctx) {
  const int property = duk_get_current_magic(ctx);
  duk_push_this(ctx);
  const int kind = KindAt(ctx, 0);
  if (property == kTag) {
    if (kind < 0) {
      return 0;
    }
    duk_push_string(ctx, kNames[kind]);
    return 1;
  }
  RequireView(ctx, 0);
  const internals::BufferView view =
      internals::GetBufferView(ctx, duk_get_heapptr(ctx, 0));
  switch (property) {
    case kBuffer:
      // The engine's own getter makes the buffer object when first asked.
      PushRoot(EngineOf(ctx), EngineOf(ctx).buffer_getter_root);
      duk_dup(ctx, 0);
      duk_call_method(ctx, 0);
      return 1;
    case kByteLength:
      duk_push_number(ctx, static_cast<double>(view.length));
      return 1;
    case kByteOffset:
      duk_push_number(ctx, static_cast<double>(view.offset));
      return 1;
    default:
      duk_push_number(ctx, static_cast<double>(view.length >> view.shift));
      return 1;
  }
}

// --- Methods ---

// A method of Array.prototype whose receiver must be a typed array.
template <int (*ArrayMethod)(duk_context*)>
static int Shared(duk_context* ctx) {
  PushThisView(ctx);
  duk_pop(ctx);
  return ArrayMethod(ctx);
}

static int Fill(duk_context* ctx) {
  const duk_idx_t self = PushThisView(ctx);
  const double length = ViewLength(ctx, self);
  const double value = duk_to_number(ctx, 0);
  const double start = RelativeIndex(ctx, 1, length, 0);
  const double end = RelativeIndex(ctx, 2, length, length);
  for (double i = start; i < end; ++i) {
    duk_push_number(ctx, value);
    duk_put_prop_index(ctx, self, static_cast<duk_uarridx_t>(i));
  }
  return 1;
}

static int Map(duk_context* ctx) {
  const duk_idx_t self = PushThisView(ctx);
  RequireCallable(ctx, 0);
  const double length = ViewLength(ctx, self);
  duk_push_number(ctx, length);
  CreateSpecies(ctx, self, 1, length);
  for (double i = 0; i < length; ++i) {
    CheckTime(ctx);
    duk_dup(ctx, 0);
    duk_dup(ctx, 1);
    GetIndex(ctx, self, i);
    duk_push_number(ctx, i);
    duk_dup(ctx, self);
    duk_call_method(ctx, 3);
    duk_put_prop_index(ctx, 3, static_cast<duk_uarridx_t>(i));
  }
  return 1;
}

static int FilterMethod(duk_context* ctx) {
  const duk_idx_t self = PushThisView(ctx);
  RequireCallable(ctx, 0);
  const double length = ViewLength(ctx, self);
  duk_push_array(ctx);
  duk_uarridx_t kept = 0;
  for (double i = 0; i < length; ++i) {
    CheckTime(ctx);
    GetIndex(ctx, self, i);
    duk_dup(ctx, 0);
    duk_dup(ctx, 1);
    duk_dup(ctx, -3);
    duk_push_number(ctx, i);
    duk_dup(ctx, self);
    duk_call_method(ctx, 3);
    const bool keep = duk_to_boolean(ctx, -1) != 0;
    duk_pop(ctx);
    if (keep) {
      DefineItem(ctx, 3, kept++);
    } else {
      duk_pop(ctx);
    }
  }
  duk_push_number(ctx, kept);
  CreateSpecies(ctx, self, 1, kept);
  for (duk_uarridx_t i = 0; i < kept; ++i) {
    duk_get_prop_index(ctx, 3, i);
    duk_put_prop_index(ctx, 4, i);
  }
  return 1;
}

static int Slice(duk_context* ctx) {
  const duk_idx_t self = PushThisView(ctx);
  const int kind = KindAt(ctx, self);
  const double length = ViewLength(ctx, self);
  const double start = RelativeIndex(ctx, 0, length, 0);
  const double end = RelativeIndex(ctx, 1, length, length);
  const double count = std::max(end - start, 0.0);
  duk_push_number(ctx, count);
  CreateSpecies(ctx, self, 1, count);
  if (count > 0 && KindAt(ctx, 3) == kind) {
    const internals::BufferView from =
        internals::GetBufferView(ctx, duk_get_heapptr(ctx, self));
    const internals::BufferView to =
        internals::GetBufferView(ctx, duk_get_heapptr(ctx, 3));
    const auto size = static_cast<size_t>(kSizes[kind]);
    const size_t bytes = std::min(static_cast<size_t>(count) * size,
                                  std::min(from.length, to.length));
    std::memmove(
        to.data,
        static_cast<const char*>(from.data) + static_cast<size_t>(start) * size,
        bytes);
    return 1;
  }
  for (double i = 0; i < count; ++i) {
    GetIndex(ctx, self, start + i);
    duk_put_prop_index(ctx, 3, static_cast<duk_uarridx_t>(i));
  }
  return 1;
}

static int Subarray(duk_context* ctx) {
  const duk_idx_t self = PushThisView(ctx);
  const int kind = KindAt(ctx, self);
  const double length = ViewLength(ctx, self);
  const double start = RelativeIndex(ctx, 0, length, 0);
  const double end = RelativeIndex(ctx, 1, length, length);
  const internals::BufferView view =
      internals::GetBufferView(ctx, duk_get_heapptr(ctx, self));
  duk_get_prop_literal(ctx, self, "buffer");
  duk_push_number(ctx, static_cast<double>(view.offset) + start * kSizes[kind]);
  duk_push_number(ctx, std::max(end - start, 0.0));
  CreateSpecies(ctx, self, 3, -1);
  return 1;
}

static int Set(duk_context* ctx) {
  const duk_idx_t self = PushThisView(ctx);
  const double offset = ToIntegerAt(ctx, 1);
  if (offset < 0) {
    ThrowRange(ctx, "offset is out of bounds");
  }
  const double length = ViewLength(ctx, self);
  if (duk_is_null_or_undefined(ctx, 0)) {
    ThrowType(ctx, "Cannot convert undefined or null to object");
  }
  duk_to_object(ctx, 0);
  if (KindAt(ctx, 0) >= 0) {
    // Through a copy, for views of one buffer.
    const double count = ViewLength(ctx, 0);
    if (count + offset > length) {
      ThrowRange(ctx, "offset is out of bounds");
    }
    std::vector<double> values;
    for (double i = 0; i < count; ++i) {
      GetIndex(ctx, 0, i);
      values.push_back(duk_get_number(ctx, -1));
      duk_pop(ctx);
    }
    for (double i = 0; i < count; ++i) {
      duk_push_number(ctx, values[static_cast<size_t>(i)]);
      duk_put_prop_index(ctx, self, static_cast<duk_uarridx_t>(offset + i));
    }
    return 0;
  }
  const double count = LengthOf(ctx, 0);
  if (count + offset > length) {
    ThrowRange(ctx, "offset is out of bounds");
  }
  for (double i = 0; i < count; ++i) {
    CheckTime(ctx);
    GetIndex(ctx, 0, i);
    duk_push_number(ctx, duk_to_number(ctx, -1));
    duk_put_prop_index(ctx, self, static_cast<duk_uarridx_t>(offset + i));
    duk_pop(ctx);
  }
  return 0;
}

static int Sort(duk_context* ctx) {
  if (!duk_is_undefined(ctx, 0)) {
    RequireCallable(ctx, 0);
  }
  const duk_idx_t self = PushThisView(ctx);
  const double length = ViewLength(ctx, self);
  if (duk_is_undefined(ctx, 0)) {
    std::vector<double> values;
    for (double i = 0; i < length; ++i) {
      GetIndex(ctx, self, i);
      values.push_back(duk_get_number(ctx, -1));
      duk_pop(ctx);
    }
    std::stable_sort(values.begin(), values.end(), [](double a, double b) {
      if (std::isnan(a) || std::isnan(b)) {
        return !std::isnan(a) && std::isnan(b);
      }
      return a < b || (a == 0 && b == 0 && std::signbit(a) && !std::signbit(b));
    });
    for (double i = 0; i < length; ++i) {
      duk_push_number(ctx, values[static_cast<size_t>(i)]);
      duk_put_prop_index(ctx, self, static_cast<duk_uarridx_t>(i));
    }
    duk_dup(ctx, self);
    return 1;
  }
  duk_push_array(ctx);
  for (double i = 0; i < length; ++i) {
    GetIndex(ctx, self, i);
    duk_put_prop_index(ctx, 2, static_cast<duk_uarridx_t>(i));
  }
  SortItems(ctx, 2, 0);
  for (double i = 0; i < length; ++i) {
    GetIndex(ctx, 2, i);
    duk_put_prop_index(ctx, self, static_cast<duk_uarridx_t>(i));
  }
  duk_dup(ctx, self);
  return 1;
}

namespace {

using namespace array_methods;

constexpr Method kStatics[] = {
    {"from", From, 1, 3},
    {"of", Of, 0, DUK_VARARGS},
    {"get [Symbol.species]", ReturnThis, 0},
};

constexpr Method kPrototype[] = {
    {"at", Shared<At>, 1},
    {"get buffer", Get, 0, 0, kBuffer},
    {"get byteLength", Get, 0, 0, kByteLength},
    {"get byteOffset", Get, 0, 0, kByteOffset},
    {"copyWithin", Shared<CopyWithin>, 2, 3},
    {"entries", Shared<Iterate>, 0, 0,
     static_cast<int>(IterationKind::kEntries)},
    {"every", Shared<SomeEvery>, 1, 2, kEvery},
    {"fill", Fill, 1, 3},
    {"filter", FilterMethod, 1, 2},
    {"find", Shared<Find>, 1, 2, kFind},
    {"findIndex", Shared<Find>, 1, 2, kFindIndex},
    {"findLast", Shared<Find>, 1, 2, kFind | kLast},
    {"findLastIndex", Shared<Find>, 1, 2, kFindIndex | kLast},
    {"forEach", Shared<ForEach>, 1, 2},
    {"includes", Shared<Includes>, 1, 2},
    {"indexOf", Shared<IndexOf>, 1, DUK_VARARGS},
    {"join", Shared<Join>, 1},
    {"keys", Shared<Iterate>, 0, 0, static_cast<int>(IterationKind::kKeys)},
    {"lastIndexOf", Shared<LastIndexOf>, 1, DUK_VARARGS},
    {"get length", Get, 0, 0, kLength},
    {"map", Map, 1, 2},
    {"reduce", Shared<Reduce>, 1, DUK_VARARGS, kFromLeft},
    {"reduceRight", Shared<Reduce>, 1, DUK_VARARGS, kFromRight},
    {"reverse", Shared<Reverse>, 0},
    {"set", Set, 1, 2},
    {"slice", Slice, 2},
    {"some", Shared<SomeEvery>, 1, 2, kSome},
    {"sort", Sort, 1},
    {"subarray", Subarray, 2},
    {"toLocaleString", Shared<ToLocaleString>, 0},
    {"values", Shared<Iterate>, 0, 0, static_cast<int>(IterationKind::kValues)},
    {"get [Symbol.toStringTag]", Get, 0, 0, kTag},
};

}  // namespace

void InstallTypedArray(duk_context* ctx) {
  Engine& engine = EngineOf(ctx);
  PushFunction(ctx, {"TypedArray", AbstractConstructor, 0}, true);
  DefineMethods(ctx, kStatics);
  SetIntrinsic(ctx, Intrinsic::kTypedArray);
  duk_push_object(ctx);
  DefineMethods(ctx, kPrototype);
  SetIntrinsic(ctx, Intrinsic::kTypedArrayPrototype);
  duk_dup(ctx, 0);
  DefineHidden(ctx, 1, "constructor");
  duk_dup(ctx, 1);
  DefineValue(ctx, 0, "prototype", 0);
  duk_get_prop_literal(ctx, 1, "values");
  DefineHidden(ctx, 1, "[Symbol.iterator]");
  PushIntrinsic(ctx, Intrinsic::kArrayPrototype);
  duk_get_prop_literal(ctx, -1, "toString");
  DefineHidden(ctx, 1, "toString");
  duk_pop(ctx);

  duk_push_global_object(ctx);
  for (int kind = 0; kind < kKinds; ++kind) {
    // [ TypedArray prototype global ]
    duk_get_prop_string(ctx, 2, kNames[kind]);
    if (kind == 0) {
      // On the prototype that the engine's share; looked up as a descriptor.
      duk_get_prop_literal(ctx, 3, "prototype");
      duk_push_literal(ctx, "buffer");
      void* holder = duk_get_heapptr(ctx, 4);
      internals::OwnProperty property;
      while (
          holder != nullptr &&
          !internals::GetOwn(ctx, holder, duk_get_heapptr(ctx, 5), &property)) {
        holder = internals::GetPrototype(ctx, holder);
      }
      FCC_CHECK(property.getter != nullptr);
      duk_push_heapptr(ctx, property.getter);
      engine.buffer_getter_root = HoldRoot(engine);
      duk_set_top(ctx, 4);
    }
    duk_dup(ctx, 3);
    engine.typed_array_natives[static_cast<size_t>(kind)] = HoldRoot(engine);
    duk_get_prop_literal(ctx, 3, "prototype");
    void* prototype = duk_get_heapptr(ctx, 4);
    internals::SetPrototype(
        ctx, prototype, IntrinsicPointer(ctx, Intrinsic::kTypedArrayPrototype));
    // What the engine's prototypes have of their own is inherited now.
    OpOwnKeys(ctx, 4);
    const auto count = static_cast<duk_uarridx_t>(duk_get_length(ctx, 5));
    for (duk_uarridx_t i = 0; i < count; ++i) {
      duk_get_prop_index(ctx, 5, i);
      internals::DeleteOwn(ctx, prototype, duk_get_heapptr(ctx, -1));
      duk_pop(ctx);
    }
    duk_set_top(ctx, 5);
    PushFunction(ctx, {kNames[kind], Constructor, 3, 3, kind}, true);
    internals::SetPrototype(ctx, duk_get_heapptr(ctx, 5),
                            IntrinsicPointer(ctx, Intrinsic::kTypedArray));
    for (const duk_idx_t target : {4, 5}) {
      duk_push_int(ctx, kSizes[kind]);
      DefineValue(ctx, target, "BYTES_PER_ELEMENT", 0);
    }
    duk_dup(ctx, 5);
    DefineHidden(ctx, 4, "constructor");
    duk_dup(ctx, 4);
    DefineValue(ctx, 5, "prototype", 0);
    duk_dup(ctx, 5);
    engine.typed_array_roots[static_cast<size_t>(kind)] = HoldRoot(engine);
    DefineHidden(ctx, 2, kNames[kind]);
    duk_set_top(ctx, 3);
  }
  static constexpr Method kSpecies[] = {
      {"get [Symbol.species]", ReturnThis, 0}};
  for (const char* name : {"ArrayBuffer", "DataView"}) {
    duk_get_prop_string(ctx, 2, name);
    if (std::string_view(name) == "ArrayBuffer") {
      DefineMethods(ctx, kSpecies);
    }
    duk_get_prop_literal(ctx, -1, "prototype");
    DefineTag(ctx, -1, name);
    duk_pop_2(ctx);
  }
  duk_set_top(ctx, 0);
}

}  // namespace fcc::script
