// SPDX-License-Identifier: Apache-2.0
//
// Array (ECMA-262, 23.1): everything but the constructor itself and push and
// pop of ordinary arrays, which the engine has. Lengths go to 2^53 - 1, results
// are made through Symbol.species, and proxies are asked in the specified
// order. Reading an item of an ordinary array's array part runs no script and
// is done directly (internals::PushDense).

#include <algorithm>
#include <cmath>
#include <vector>

#include "runtime/script/duktape/builtins/array_methods.h"
#include "runtime/script/duktape/builtins/array_sort.h"
#include "runtime/script/duktape/builtins/install.h"
#include "runtime/script/duktape/builtins/iterator.h"
#include "runtime/script/duktape/builtins/string_size.h"
#include "runtime/script/duktape/native.h"
#include "runtime/script/duktape/object_ops.h"

namespace fcc::script {

static constexpr double kMaxSafeInteger = 9007199254740991.0;

static bool HasIndex(duk_context* ctx, duk_idx_t object, double index) {
  object = duk_normalize_index(ctx, object);
  duk_push_number(ctx, index);
  duk_to_string(ctx, -1);
  return duk_has_prop(ctx, object) != 0;
}

// [ ] -> [ value ] when the object has the index, its own or inherited.
static bool GetPresent(duk_context* ctx, duk_idx_t object, double index) {
  if (internals::PushDense(ctx, duk_get_heapptr(ctx, object), index)) {
    return true;
  }
  if (!HasIndex(ctx, object, index)) {
    return false;
  }
  GetIndex(ctx, object, index);
  return true;
}

// [ value ] -> [ ]: Set(O, index, value, true).
static void SetIndex(duk_context* ctx, duk_idx_t object, double index) {
  object = duk_normalize_index(ctx, object);
  if (internals::PutDense(ctx, duk_get_heapptr(ctx, object), index, false)) {
    return;
  }
  if (index < 4294967295.0 &&
      !internals::IsProxy(duk_get_heapptr(ctx, object))) {
    duk_put_prop_index(ctx, object, static_cast<duk_uarridx_t>(index));
    return;
  }
  duk_push_number(ctx, index);
  duk_to_string(ctx, -1);
  duk_swap_top(ctx, -2);
  SetOrThrow(ctx, object, duk_get_top(ctx) - 2);
  duk_pop(ctx);
}

static void DeleteIndex(duk_context* ctx, duk_idx_t object, double index) {
  object = duk_normalize_index(ctx, object);
  duk_push_number(ctx, index);
  duk_to_string(ctx, -1);
  if (!OpDelete(ctx, object, -1)) {
    ThrowType(ctx, "Cannot delete property");
  }
  duk_pop(ctx);
}

static void SetLength(duk_context* ctx, duk_idx_t object, double length) {
  object = duk_normalize_index(ctx, object);
  if (internals::GrowDense(ctx, duk_get_heapptr(ctx, object), length)) {
    return;
  }
  duk_push_literal(ctx, "length");
  duk_push_number(ctx, length);
  SetOrThrow(ctx, object, duk_get_top(ctx) - 2);
  duk_pop(ctx);
}

// The constructor of ArraySpeciesCreate: [ ] -> [ constructor ], or nothing for
// an ordinary array.
static bool PushArraySpecies(duk_context* ctx, duk_idx_t original) {
  if (IsArrayAt(ctx, original)) {
    duk_get_prop_literal(ctx, original, "constructor");
    void* constructor = duk_get_heapptr(ctx, -1);
    if (constructor != IntrinsicPointer(ctx, Intrinsic::kArrayConstructor)) {
      if (duk_is_object(ctx, -1)) {
        PushSymbol(ctx, WellKnown::kSpecies);
        duk_get_prop(ctx, -2);
        duk_remove(ctx, -2);
        if (duk_is_null(ctx, -1)) {
          duk_to_undefined(ctx, -1);
        }
      }
      if (!duk_is_undefined(ctx, -1)) {
        if (!IsConstructor(ctx, -1)) {
          ThrowType(ctx,
                    "object.constructor[Symbol.species] is not a "
                    "constructor");
        }
        if (duk_get_heapptr(ctx, -1) !=
            IntrinsicPointer(ctx, Intrinsic::kArrayConstructor)) {
          return true;
        }
      }
    }
    duk_pop(ctx);
  }
  return false;
}

// [ constructor ] -> [ array ]
static void ConstructArray(duk_context* ctx, double length) {
  duk_push_number(ctx, length);
  duk_new(ctx, 1);
}

// [ ] -> [ array ]
static void PushOrdinaryArray(duk_context* ctx, double length) {
  if (length > 4294967295.0) {
    ThrowRange(ctx, "Invalid array length");
  }
  duk_push_array(ctx);
  internals::GrowDense(ctx, duk_get_heapptr(ctx, -1), length);
}

// ArraySpeciesCreate: [ ] -> [ array ].
static void PushSpeciesArray(duk_context* ctx, duk_idx_t original,
                             double length) {
  if (PushArraySpecies(ctx, original)) {
    ConstructArray(ctx, length);
  } else {
    PushOrdinaryArray(ctx, length);
  }
}

// --- Statics ---

// Construct(this, [length]) if this is a constructor, else an array.
static void PushFromThis(duk_context* ctx, bool with_length, double length) {
  duk_push_this(ctx);
  if (!IsConstructor(ctx, -1)) {
    duk_pop(ctx);
    if (length > 4294967295.0) {
      ThrowRange(ctx, "Invalid array length");
    }
    duk_push_array(ctx);
    return;
  }
  if (with_length) {
    duk_push_number(ctx, length);
  }
  duk_new(ctx, with_length ? 1 : 0);
}

static int From(duk_context* ctx) {
  const bool maps = !duk_is_undefined(ctx, 1);
  if (maps) {
    RequireCallable(ctx, 1);
  }
  double count = 0;
  // [ ... value ] -> [ ... ]: mapped and stored in the result at `target`.
  const auto store = [&](duk_idx_t target) {
    if (maps) {
      duk_dup(ctx, 1);
      duk_dup(ctx, 2);
      duk_dup(ctx, -3);
      duk_push_number(ctx, count);
      duk_call_method(ctx, 2);
      duk_remove(ctx, -2);
    }
    CreateIndexOrThrow(ctx, target, count);
    ++count;
  };
  if (duk_is_null_or_undefined(ctx, 0)) {
    ThrowType(ctx, "Array.from requires an array-like or iterable object");
  }
  if (GetMethod(ctx, 0, WellKnown::kIterator)) {
    duk_pop(ctx);
    PushFromThis(ctx, false, 0);
    ForEachOf(ctx, 0, [&] { store(3); });
    SetLength(ctx, 3, count);
    duk_dup(ctx, 3);
    return 1;
  }
  duk_pop(ctx);
  duk_to_object(ctx, 0);
  const double length = LengthOf(ctx, 0);
  PushFromThis(ctx, true, length);
  while (count < length) {
    CheckTime(ctx);
    GetIndex(ctx, 0, count);
    store(3);
  }
  SetLength(ctx, 3, length);
  duk_dup(ctx, 3);
  return 1;
}

static int Of(duk_context* ctx) {
  const duk_idx_t count = duk_get_top(ctx);
  PushFromThis(ctx, true, count);
  for (duk_idx_t i = 0; i < count; ++i) {
    duk_dup(ctx, i);
    CreateIndexOrThrow(ctx, count, i);
  }
  SetLength(ctx, count, count);
  duk_dup(ctx, count);
  return 1;
}

static int IsArray(duk_context* ctx) {
  duk_push_boolean(ctx, IsArrayAt(ctx, 0));
  return 1;
}

static int ReturnThis(duk_context* ctx) {
  duk_push_this(ctx);
  return 1;
}

// --- Adding and taking away ---

static int Push(duk_context* ctx) {
  const duk_idx_t count = duk_get_top(ctx);
  PushThisObject(ctx);
  const double length = LengthOf(ctx, count);
  if (length + count > kMaxSafeInteger) {
    ThrowType(ctx, "Pushing elements would exceed the maximum length");
  }
  for (duk_idx_t i = 0; i < count; ++i) {
    duk_dup(ctx, i);
    SetIndex(ctx, count, length + i);
  }
  SetLength(ctx, count, length + count);
  duk_push_number(ctx, length + count);
  return 1;
}

static int Pop(duk_context* ctx) {
  PushThisObject(ctx);
  const double length = LengthOf(ctx, 0);
  if (length == 0) {
    SetLength(ctx, 0, 0);
    return 0;
  }
  GetIndex(ctx, 0, length - 1);
  DeleteIndex(ctx, 0, length - 1);
  SetLength(ctx, 0, length - 1);
  return 1;
}

// Moves the item at `from` to `to`, holes too.
static void MoveItem(duk_context* ctx, duk_idx_t object, double from,
                     double to) {
  CheckTime(ctx);
  if (GetPresent(ctx, object, from)) {
    SetIndex(ctx, object, to);
  } else {
    DeleteIndex(ctx, object, to);
  }
}

static int Shift(duk_context* ctx) {
  PushThisObject(ctx);
  const double length = LengthOf(ctx, 0);
  if (length == 0) {
    SetLength(ctx, 0, 0);
    return 0;
  }
  if (internals::ShiftDense(ctx, duk_get_heapptr(ctx, 0))) {
    return 1;
  }
  GetIndex(ctx, 0, 0);
  for (double i = 1; i < length; ++i) {
    MoveItem(ctx, 0, i, i - 1);
  }
  DeleteIndex(ctx, 0, length - 1);
  SetLength(ctx, 0, length - 1);
  return 1;
}

static int Unshift(duk_context* ctx) {
  const duk_idx_t count = duk_get_top(ctx);
  PushThisObject(ctx);
  const double length = LengthOf(ctx, count);
  if (count > 0) {
    if (length + count > kMaxSafeInteger) {
      ThrowType(ctx, "Inserting elements would exceed the maximum length");
    }
    for (double i = length; i > 0; --i) {
      MoveItem(ctx, count, i - 1, i - 1 + count);
    }
    for (duk_idx_t i = 0; i < count; ++i) {
      duk_dup(ctx, i);
      SetIndex(ctx, count, i);
    }
  }
  SetLength(ctx, count, length + count);
  duk_push_number(ctx, length + count);
  return 1;
}

static int Splice(duk_context* ctx) {
  const duk_idx_t arguments = duk_get_top(ctx);
  const duk_idx_t object = arguments;
  PushThisObject(ctx);
  const double length = LengthOf(ctx, object);
  const double start = arguments >= 1 ? RelativeIndex(ctx, 0, length, 0) : 0;
  const double inserted = std::max(arguments - 2, 0);
  double deleted = 0;
  if (arguments == 1) {
    deleted = length - start;
  } else if (arguments >= 2) {
    deleted = std::clamp(ToIntegerAt(ctx, 1), 0.0, length - start);
  }
  if (length + inserted - deleted > kMaxSafeInteger) {
    ThrowType(ctx, "Splicing would exceed the maximum length");
  }
  PushSpeciesArray(ctx, object, deleted);
  const duk_idx_t result = object + 1;
  for (double i = 0; i < deleted; ++i) {
    CheckTime(ctx);
    if (GetPresent(ctx, object, start + i)) {
      CreateIndexOrThrow(ctx, result, i);
    }
  }
  SetLength(ctx, result, deleted);
  if (inserted < deleted) {
    for (double i = start; i < length - deleted; ++i) {
      MoveItem(ctx, object, i + deleted, i + inserted);
    }
    for (double i = length; i > length - deleted + inserted; --i) {
      CheckTime(ctx);
      DeleteIndex(ctx, object, i - 1);
    }
  } else if (inserted > deleted) {
    for (double i = length - deleted; i > start; --i) {
      MoveItem(ctx, object, i + deleted - 1, i + inserted - 1);
    }
  }
  for (duk_idx_t i = 2; i < arguments; ++i) {
    duk_dup(ctx, i);
    SetIndex(ctx, object, start + i - 2);
  }
  SetLength(ctx, object, length - deleted + inserted);
  duk_set_top(ctx, result + 1);
  return 1;
}

static int Concat(duk_context* ctx) {
  const duk_idx_t count = duk_get_top(ctx);
  PushThisObject(ctx);
  duk_insert(ctx, 0);
  PushSpeciesArray(ctx, 0, 0);
  const duk_idx_t result = count + 1;
  double n = 0;
  for (duk_idx_t i = 0; i <= count; ++i) {
    bool spreads = false;
    if (duk_is_object(ctx, i)) {
      PushSymbol(ctx, WellKnown::kIsConcatSpreadable);
      duk_get_prop(ctx, i);
      spreads = duk_is_undefined(ctx, -1) ? IsArrayAt(ctx, i)
                                          : duk_to_boolean(ctx, -1) != 0;
      duk_pop(ctx);
    }
    if (!spreads) {
      if (n >= kMaxSafeInteger) {
        ThrowType(ctx, "Concatenation would exceed the maximum length");
      }
      duk_dup(ctx, i);
      CreateIndexOrThrow(ctx, result, n++);
      continue;
    }
    const double length = LengthOf(ctx, i);
    if (n + length > kMaxSafeInteger) {
      ThrowType(ctx, "Concatenation would exceed the maximum length");
    }
    for (double k = 0; k < length; ++k, ++n) {
      CheckTime(ctx);
      if (GetPresent(ctx, i, k)) {
        CreateIndexOrThrow(ctx, result, n);
      }
    }
  }
  SetLength(ctx, result, n);
  return 1;
}

static int Slice(duk_context* ctx) {
  PushThisObject(ctx);
  const double length = LengthOf(ctx, 2);
  const double start = RelativeIndex(ctx, 0, length, 0);
  const double end = RelativeIndex(ctx, 1, length, length);
  const double count = std::max(end - start, 0.0);
  if (PushArraySpecies(ctx, 2)) {
    ConstructArray(ctx, count);
  } else if (internals::SliceDense(ctx, duk_get_heapptr(ctx, 2), start,
                                   start + count)) {
    return 1;
  } else {
    PushOrdinaryArray(ctx, count);
  }
  double n = 0;
  for (double k = start; k < end; ++k, ++n) {
    CheckTime(ctx);
    if (GetPresent(ctx, 2, k)) {
      CreateIndexOrThrow(ctx, 3, n);
    }
  }
  SetLength(ctx, 3, n);
  return 1;
}

// --- Searching ---

int array_methods::IndexOf(duk_context* ctx) {
  duk_set_top(ctx, 2);
  PushThisObject(ctx);
  const double length = LengthOf(ctx, 2);
  const double start = RelativeIndex(ctx, 1, length, 0);
  for (double k = start; k < length; ++k) {
    CheckTime(ctx);
    if (GetPresent(ctx, 2, k)) {
      if (duk_strict_equals(ctx, -1, 0)) {
        duk_push_number(ctx, k);
        return 1;
      }
      duk_pop(ctx);
    }
  }
  duk_push_int(ctx, -1);
  return 1;
}

int array_methods::LastIndexOf(duk_context* ctx) {
  const bool has_start = duk_get_top(ctx) > 1;
  duk_set_top(ctx, 2);
  PushThisObject(ctx);
  const double length = LengthOf(ctx, 2);
  double k = length - 1;
  if (length > 0 && has_start) {
    const double from = ToIntegerAt(ctx, 1);
    k = from >= 0 ? std::min(from, length - 1) : length + from;
  }
  for (; k >= 0; --k) {
    CheckTime(ctx);
    if (GetPresent(ctx, 2, k)) {
      if (duk_strict_equals(ctx, -1, 0)) {
        duk_push_number(ctx, k);
        return 1;
      }
      duk_pop(ctx);
    }
  }
  duk_push_int(ctx, -1);
  return 1;
}

int array_methods::Includes(duk_context* ctx) {
  PushThisObject(ctx);
  const double length = LengthOf(ctx, 2);
  const double start = RelativeIndex(ctx, 1, length, 0);
  for (double k = start; k < length; ++k) {
    CheckTime(ctx);
    GetIndex(ctx, 2, k);
    if (SameValueZero(ctx, -1, 0)) {
      duk_push_true(ctx);
      return 1;
    }
    duk_pop(ctx);
  }
  duk_push_false(ctx);
  return 1;
}

int array_methods::At(duk_context* ctx) {
  PushThisObject(ctx);
  const double length = LengthOf(ctx, 1);
  double index = ToIntegerAt(ctx, 0);
  index = index < 0 ? length + index : index;
  if (index < 0 || index >= length) {
    return 0;
  }
  GetIndex(ctx, 1, index);
  return 1;
}

// --- Callbacks: [ callback thisArg this ] ---

// [ value ] -> [ value result ]
static void CallBack(duk_context* ctx, double index) {
  duk_dup(ctx, 0);
  duk_dup(ctx, 1);
  duk_dup(ctx, -3);
  duk_push_number(ctx, index);
  duk_dup(ctx, 2);
  duk_call_method(ctx, 3);
}

// [ value ] -> [ value ]
static bool CallTest(duk_context* ctx, double index) {
  CallBack(ctx, index);
  const bool result = duk_to_boolean(ctx, -1) != 0;
  duk_pop(ctx);
  return result;
}

static double PrepareCallback(duk_context* ctx) {
  PushThisObject(ctx);
  const double length = LengthOf(ctx, 2);
  RequireCallable(ctx, 0);
  return length;
}

int array_methods::ForEach(duk_context* ctx) {
  const double length = PrepareCallback(ctx);
  for (double k = 0; k < length; ++k) {
    CheckTime(ctx);
    if (GetPresent(ctx, 2, k)) {
      CallBack(ctx, k);
      duk_pop_2(ctx);
    }
  }
  return 0;
}

static int Map(duk_context* ctx) {
  const double length = PrepareCallback(ctx);
  PushSpeciesArray(ctx, 2, length);
  for (double k = 0; k < length; ++k) {
    CheckTime(ctx);
    if (GetPresent(ctx, 2, k)) {
      CallBack(ctx, k);
      CreateIndexOrThrow(ctx, 3, k);
      duk_pop(ctx);
    }
  }
  return 1;
}

static int Filter(duk_context* ctx) {
  const double length = PrepareCallback(ctx);
  PushSpeciesArray(ctx, 2, 0);
  double n = 0;
  for (double k = 0; k < length; ++k) {
    CheckTime(ctx);
    if (GetPresent(ctx, 2, k)) {
      if (CallTest(ctx, k)) {
        CreateIndexOrThrow(ctx, 3, n++);
      } else {
        duk_pop(ctx);
      }
    }
  }
  return 1;
}

int array_methods::SomeEvery(duk_context* ctx) {
  const bool stop_at = duk_get_current_magic(ctx) == array_methods::kSome;
  const double length = PrepareCallback(ctx);
  for (double k = 0; k < length; ++k) {
    CheckTime(ctx);
    if (GetPresent(ctx, 2, k)) {
      if (CallTest(ctx, k) == stop_at) {
        duk_push_boolean(ctx, stop_at);
        return 1;
      }
      duk_pop(ctx);
    }
  }
  duk_push_boolean(ctx, !stop_at);
  return 1;
}

int array_methods::Find(duk_context* ctx) {
  const int kind = duk_get_current_magic(ctx);
  const double length = PrepareCallback(ctx);
  for (double n = 0; n < length; ++n) {
    CheckTime(ctx);
    const double k = (kind & kLast) != 0 ? length - 1 - n : n;
    GetIndex(ctx, 2, k);
    if (CallTest(ctx, k)) {
      if ((kind & kFindIndex) != 0) {
        duk_push_number(ctx, k);
      }
      return 1;
    }
    duk_pop(ctx);
  }
  if ((kind & kFindIndex) != 0) {
    duk_push_int(ctx, -1);
    return 1;
  }
  return 0;
}

int array_methods::Reduce(duk_context* ctx) {
  const bool right = duk_get_current_magic(ctx) == 1;
  const bool has_initial = duk_get_top(ctx) > 1;
  duk_set_top(ctx, 2);
  const double length = PrepareCallback(ctx);
  double n = 0;
  const auto index = [&] { return right ? length - 1 - n : n; };
  if (has_initial) {
    duk_dup(ctx, 1);
  } else {
    bool found = false;
    for (; n < length && !found; ++n) {
      CheckTime(ctx);
      found = GetPresent(ctx, 2, index());
    }
    if (!found) {
      ThrowType(ctx, "Reduce of empty array with no initial value");
    }
  }
  for (; n < length; ++n) {
    CheckTime(ctx);
    if (GetPresent(ctx, 2, index())) {
      // [ accumulator value ]
      duk_dup(ctx, 0);
      duk_push_undefined(ctx);
      duk_dup(ctx, 3);
      duk_dup(ctx, 4);
      duk_push_number(ctx, index());
      duk_dup(ctx, 2);
      duk_call_method(ctx, 4);
      duk_replace(ctx, 3);
      duk_set_top(ctx, 4);
    }
  }
  return 1;
}

// --- Rearranging ---

int array_methods::Reverse(duk_context* ctx) {
  PushThisObject(ctx);
  const double length = LengthOf(ctx, 0);
  const double middle = std::floor(length / 2);
  for (double low = 0; low < middle; ++low) {
    CheckTime(ctx);
    const double high = length - 1 - low;
    const bool has_low = GetPresent(ctx, 0, low);
    if (!has_low) {
      duk_push_undefined(ctx);
    }
    const bool has_high = GetPresent(ctx, 0, high);
    if (has_high) {
      SetIndex(ctx, 0, low);
    } else if (has_low) {
      DeleteIndex(ctx, 0, low);
    }
    if (has_low) {
      SetIndex(ctx, 0, high);
    } else {
      duk_pop(ctx);
      if (has_high) {
        DeleteIndex(ctx, 0, high);
      }
    }
  }
  return 1;
}

static int Fill(duk_context* ctx) {
  PushThisObject(ctx);
  const double length = LengthOf(ctx, 3);
  const double start = RelativeIndex(ctx, 1, length, 0);
  const double end = RelativeIndex(ctx, 2, length, length);
  for (double k = start; k < end; ++k) {
    CheckTime(ctx);
    duk_dup(ctx, 0);
    SetIndex(ctx, 3, k);
  }
  return 1;
}

int array_methods::CopyWithin(duk_context* ctx) {
  PushThisObject(ctx);
  const double length = LengthOf(ctx, 3);
  double to = RelativeIndex(ctx, 0, length, 0);
  double from = RelativeIndex(ctx, 1, length, 0);
  const double end = RelativeIndex(ctx, 2, length, length);
  double count = std::min(end - from, length - to);
  const bool backwards = from < to && to < from + count;
  if (backwards) {
    from += count - 1;
    to += count - 1;
  }
  for (; count > 0; --count) {
    MoveItem(ctx, 3, from, to);
    from += backwards ? -1 : 1;
    to += backwards ? -1 : 1;
  }
  return 1;
}

// FlattenIntoArray for the array-like at `source` into the array at `target`.
static double Flatten(duk_context* ctx, duk_idx_t target, duk_idx_t source,
                      double start, double depth, bool maps) {
  NativeScope scope(ctx);
  duk_require_stack(ctx, 16);
  const double length = LengthOf(ctx, source);
  for (double k = 0; k < length; ++k) {
    CheckTime(ctx);
    if (!GetPresent(ctx, source, k)) {
      continue;
    }
    if (maps) {
      CallBack(ctx, k);
      duk_remove(ctx, -2);
    }
    if (depth > 0 && IsArrayAt(ctx, -1)) {
      const duk_idx_t inner = duk_get_top(ctx) - 1;
      start = Flatten(ctx, target, inner, start, depth - 1, false);
      duk_set_top(ctx, inner);
    } else {
      if (start >= kMaxSafeInteger) {
        ThrowType(ctx, "Flattening would exceed the maximum length");
      }
      CreateIndexOrThrow(ctx, target, start++);
    }
  }
  return start;
}

static int Flat(duk_context* ctx) {
  duk_set_top(ctx, 2);
  PushThisObject(ctx);
  // Kept before the depth is converted, which may run script.
  LengthOf(ctx, 2);
  const double depth = duk_is_undefined(ctx, 0) ? 1 : ToIntegerAt(ctx, 0);
  PushSpeciesArray(ctx, 2, 0);
  Flatten(ctx, 3, 2, 0, depth, false);
  return 1;
}

static int FlatMap(duk_context* ctx) {
  PrepareCallback(ctx);
  PushSpeciesArray(ctx, 2, 0);
  Flatten(ctx, 3, 2, 0, 1, true);
  return 1;
}

static int Sort(duk_context* ctx) {
  if (!duk_is_undefined(ctx, 0)) {
    RequireCallable(ctx, 0);
  }
  PushThisObject(ctx);
  const double length = LengthOf(ctx, 1);
  duk_push_array(ctx);
  double count = 0;
  for (double k = 0; k < length; ++k) {
    CheckTime(ctx);
    if (GetPresent(ctx, 1, k)) {
      DefineItem(ctx, 2, static_cast<duk_uarridx_t>(count++));
    }
  }
  // [ comparator this items ] -> [ comparator this sorted ]
  SortItems(ctx, 2, 0);
  for (double k = 0; k < count; ++k) {
    GetIndex(ctx, 2, k);
    SetIndex(ctx, 1, k);
  }
  for (double k = count; k < length; ++k) {
    CheckTime(ctx);
    if (HasIndex(ctx, 1, k)) {
      DeleteIndex(ctx, 1, k);
    }
  }
  duk_dup(ctx, 1);
  return 1;
}

// --- Text ---

// Arrays being joined, so that one that contains itself ends: a chain in the
// engine is not needed, the depth of calls is.
int array_methods::Join(duk_context* ctx) {
  PushThisObject(ctx);
  const double length = LengthOf(ctx, 1);
  std::string separator = ",";
  if (!duk_is_undefined(ctx, 0)) {
    ToStringAt(ctx, 0);
    separator = BytesAt(ctx, 0);
  }
  Engine& engine = EngineOf(ctx);
  void* self = duk_get_heapptr(ctx, 1);
  const auto end = engine.joining.end();
  if (std::find(engine.joining.begin(), end, self) != end) {
    duk_push_literal(ctx, "");
    return 1;
  }
  JoinScope scope(engine, self);
  std::string text;
  for (double k = 0; k < length; ++k) {
    CheckTime(ctx);
    if (k > 0) {
      text += separator;
    }
    CheckStringSize(ctx, text.size());
    GetIndex(ctx, 1, k);
    if (!duk_is_null_or_undefined(ctx, -1)) {
      ToStringAt(ctx, -1);
      text += BytesAt(ctx, -1);
    }
    duk_pop(ctx);
  }
  duk_push_lstring(ctx, text.data(), text.size());
  return 1;
}

static int ToStringMethod(duk_context* ctx) {
  PushThisObject(ctx);
  duk_get_prop_literal(ctx, 0, "join");
  if (!duk_is_callable(ctx, -1)) {
    duk_pop(ctx);
    PushIntrinsic(ctx, Intrinsic::kObjectToString);
  }
  duk_dup(ctx, 0);
  duk_call_method(ctx, 0);
  return 1;
}

int array_methods::ToLocaleString(duk_context* ctx) {
  PushThisObject(ctx);
  const double length = LengthOf(ctx, 0);
  std::string text;
  for (double k = 0; k < length; ++k) {
    CheckTime(ctx);
    if (k > 0) {
      text += ",";
    }
    CheckStringSize(ctx, text.size());
    GetIndex(ctx, 0, k);
    if (!duk_is_null_or_undefined(ctx, -1)) {
      duk_get_prop_literal(ctx, -1, "toLocaleString");
      duk_dup(ctx, -2);
      duk_call_method(ctx, 0);
      ToStringAt(ctx, -1);
      text += BytesAt(ctx, -1);
      duk_pop(ctx);
    }
    duk_pop(ctx);
  }
  duk_push_lstring(ctx, text.data(), text.size());
  return 1;
}

int array_methods::Iterate(duk_context* ctx) {
  PushThisObject(ctx);
  PushArrayIterator(ctx,
                    static_cast<IterationKind>(duk_get_current_magic(ctx)));
  return 1;
}

using namespace array_methods;

static constexpr Method kStatics[] = {
    {"from", From, 1, 3},
    {"get [Symbol.species]", ReturnThis, 0},
    {"isArray", IsArray, 1},
    {"of", Of, 0, DUK_VARARGS},
};

static constexpr Method kPrototype[] = {
    {"at", At, 1},
    {"concat", Concat, 1, DUK_VARARGS},
    {"copyWithin", CopyWithin, 2, 3},
    {"entries", Iterate, 0, 0, static_cast<int>(IterationKind::kEntries)},
    {"every", SomeEvery, 1, 2, kEvery},
    {"fill", Fill, 1, 3},
    {"filter", Filter, 1, 2},
    {"find", Find, 1, 2, kFind},
    {"findIndex", Find, 1, 2, kFindIndex},
    {"findLast", Find, 1, 2, kFind | kLast},
    {"findLastIndex", Find, 1, 2, kFindIndex | kLast},
    {"flat", Flat, 0, 1},
    {"flatMap", FlatMap, 1, 2},
    {"forEach", ForEach, 1, 2},
    {"includes", Includes, 1, 2},
    {"indexOf", IndexOf, 1, DUK_VARARGS},
    {"join", Join, 1},
    {"keys", Iterate, 0, 0, static_cast<int>(IterationKind::kKeys)},
    {"lastIndexOf", LastIndexOf, 1, DUK_VARARGS},
    {"map", Map, 1, 2},
    {"pop", Pop, 0},
    {"push", Push, 1, DUK_VARARGS},
    {"reduce", Reduce, 1, DUK_VARARGS},
    {"reduceRight", Reduce, 1, DUK_VARARGS, 1},
    {"reverse", Reverse, 0},
    {"shift", Shift, 0},
    {"slice", Slice, 2},
    {"some", SomeEvery, 1, 2, kSome},
    {"sort", Sort, 1},
    {"splice", Splice, 2, DUK_VARARGS},
    {"toLocaleString", ToLocaleString, 0},
    {"toString", ToStringMethod, 0},
    {"unshift", Unshift, 1, DUK_VARARGS},
    {"values", Iterate, 0, 0, static_cast<int>(IterationKind::kValues)},
};

void InstallArray(duk_context* ctx) {
  PushGlobal(ctx, "Array");
  SetIntrinsic(ctx, Intrinsic::kArrayConstructor);
  DefineMethods(ctx, kStatics);
  duk_get_prop_literal(ctx, 0, "prototype");
  SetIntrinsic(ctx, Intrinsic::kArrayPrototype);
  DefineMethods(ctx, kPrototype);
  duk_get_prop_literal(ctx, 1, "values");
  SetIntrinsic(ctx, Intrinsic::kArrayValues);
  internals::SetArgumentsIterator(
      ctx, EngineOf(ctx).symbols[static_cast<size_t>(WellKnown::kIterator)],
      IntrinsicPointer(ctx, Intrinsic::kArrayValues));
  DefineHidden(ctx, 1, "[Symbol.iterator]");
  duk_push_object(ctx);
  internals::SetPrototype(ctx, duk_get_heapptr(ctx, -1), nullptr);
  for (const char* name :
       {"at", "copyWithin", "entries", "fill", "find", "findIndex", "findLast",
        "findLastIndex", "flat", "flatMap", "includes", "keys", "values"}) {
    duk_push_true(ctx);
    duk_put_prop_string(ctx, -2, name);
  }
  DefineValue(ctx, 1, "[Symbol.unscopables]", DUK_DEFPROP_C);
  duk_set_top(ctx, 0);
}

}  // namespace fcc::script
