// SPDX-License-Identifier: Apache-2.0
//
// Iterator, its helpers and what drains an iterator (ECMA-262, 27.1.3, and the
// proposals for chunks, windows, includes and join). A helper is a record that
// is stepped; it holds the iterator underneath until it is exhausted.

#include <cmath>

#include "runtime/script/duktape/builtins/install.h"
#include "runtime/script/duktape/builtins/string_size.h"
#include "runtime/script/duktape/native.h"
#include "runtime/script/duktape/object_ops.h"

namespace fcc::script {

static constexpr double kMaxSafeInteger = 9007199254740991.0;

namespace {

enum class HelperKind {
  kMap,
  kFilter,
  kTake,
  kDrop,
  kFlatMap,
  kChunks,
  kWindows,
  kPartialWindows,
  kConcat,
};

enum class HelperState { kStart, kSuspended, kRunning, kDone };

// Items of a helper's record.
enum HelperItem : unsigned {
  // Undefined once it is exhausted.
  kIterator,
  kNext,
  kKind,
  kState,
  // A function, or a number: what is left to take or drop, a size. Of concat:
  // [iterable, method...] as an array.
  kArgument,
  kCounter,
  kInnerIterator,
  kInnerNext,
  // Of chunks and windows: the values so far.
  kBuffer,
  kItemCount,
};

}  // namespace

// --- What all have in common ---

// [ ] -> [ this ]
static duk_idx_t PushThisIterator(duk_context* ctx) {
  duk_push_this(ctx);
  RequireObject(ctx, -1, "iterator");
  return duk_get_top(ctx) - 1;
}

// Runs `body`, which leaves one value; closes the iterator at `iterator` when
// it throws.
template <typename Body>
static void Closing(duk_context* ctx, duk_idx_t iterator, Body&& body) {
  if (!Protected(ctx, [&](duk_context*) { body(); })) {
    IteratorClose(ctx, iterator, true);
    duk_throw(ctx);
  }
}

static void RequireCallableClosing(duk_context* ctx, duk_idx_t index,
                                   duk_idx_t iterator) {
  if (!IsCallable(ctx, index)) {
    Closing(ctx, iterator, [&] {
      RequireCallable(ctx, index);
      duk_push_undefined(ctx);
    });
  }
}

[[noreturn]] static void FailClosing(duk_context* ctx, duk_idx_t iterator,
                                     ErrorType type, const char* message) {
  PushError(ctx, type, message);
  IteratorClose(ctx, iterator, true);
  duk_throw(ctx);
  std::abort();
}

// GetIteratorFlattenable: [ value ] -> [ iterator next ]
static void PushFlattened(duk_context* ctx, bool strings) {
  if (!IsObject(ctx, -1) &&
      !(strings && duk_is_string(ctx, -1) && !duk_is_symbol(ctx, -1))) {
    ThrowType(ctx, "value is not iterable");
  }
  if (GetMethod(ctx, -1, WellKnown::kIterator)) {
    duk_swap_top(ctx, -2);
    duk_call_method(ctx, 0);
    RequireObject(ctx, -1, "iterator");
  } else {
    duk_pop(ctx);
    RequireObject(ctx, -1, "iterator");
  }
  duk_get_prop_literal(ctx, -1, "next");
}

// --- Helpers ---

// [ iterator next argument ] -> [ helper ]
static void PushHelper(duk_context* ctx, HelperKind kind) {
  PushObjectOf(ctx, Intrinsic::kIteratorHelperPrototype);
  PushRecord(ctx, kItemCount);
  const duk_idx_t record = duk_get_top(ctx) - 1;
  duk_dup(ctx, record - 4);
  PutItem(ctx, record, kIterator);
  duk_dup(ctx, record - 3);
  PutItem(ctx, record, kNext);
  PutItemNumber(ctx, record, kKind, static_cast<int>(kind));
  PutItemNumber(ctx, record, kState, static_cast<int>(HelperState::kStart));
  duk_dup(ctx, record - 2);
  PutItem(ctx, record, kArgument);
  PutItemNumber(ctx, record, kCounter, 0);
  PutHidden(ctx, -2, Key::kIteratorHelper);
}

static HelperKind KindOf(duk_context* ctx, duk_idx_t record) {
  return static_cast<HelperKind>(
      static_cast<int>(ItemNumber(ctx, record, kKind)));
}
static HelperState StateOf(duk_context* ctx, duk_idx_t record) {
  return static_cast<HelperState>(
      static_cast<int>(ItemNumber(ctx, record, kState)));
}
static void SetState(duk_context* ctx, duk_idx_t record, HelperState state) {
  PutItemNumber(ctx, record, kState, static_cast<int>(state));
}
static void Forget(duk_context* ctx, duk_idx_t record, HelperItem item) {
  duk_push_undefined(ctx);
  PutItem(ctx, record, item);
}

// The next value of the iterator kept in `item` and the item after it:
// [ ] -> [ value ], or [ ] and false.
static bool Step(duk_context* ctx, duk_idx_t record, HelperItem item) {
  PushItem(ctx, record, item);
  PushItem(ctx, record, item + 1);
  if (!IteratorStep(ctx)) {
    duk_pop_2(ctx);
    return false;
  }
  duk_replace(ctx, -3);
  duk_pop(ctx);
  return true;
}

// Closes the iterator underneath when `body`, which leaves one value, throws.
template <typename Body>
static void ClosingUnder(duk_context* ctx, duk_idx_t record, Body&& body) {
  if (!Protected(ctx, [&](duk_context*) { body(); })) {
    PushItem(ctx, record, kIterator);
    duk_swap_top(ctx, -2);
    IteratorClose(ctx, -2, true);
    duk_throw(ctx);
  }
}

// [ value ] -> [ value result ] of the helper's function.
static void CallFunction(duk_context* ctx, duk_idx_t record) {
  const duk_idx_t value = duk_get_top(ctx) - 1;
  const double counter = ItemNumber(ctx, record, kCounter);
  ClosingUnder(ctx, record, [&] {
    PushItem(ctx, record, kArgument);
    duk_push_undefined(ctx);
    duk_dup(ctx, value);
    duk_push_number(ctx, counter);
    duk_call_method(ctx, 2);
  });
  PutItemNumber(ctx, record, kCounter, counter + 1);
}

static bool StepFlatMap(duk_context* ctx, duk_idx_t record) {
  const duk_idx_t top = duk_get_top(ctx);
  for (;;) {
    duk_set_top(ctx, top);
    PushItem(ctx, record, kInnerIterator);
    if (duk_is_undefined(ctx, -1)) {
      if (!Step(ctx, record, kIterator)) {
        return false;
      }
      CallFunction(ctx, record);
      ClosingUnder(ctx, record, [&] {
        duk_dup_top(ctx);
        PushFlattened(ctx, false);
        PutItem(ctx, record, kInnerNext);
        PutItem(ctx, record, kInnerIterator);
        duk_push_undefined(ctx);
      });
    }
    bool more = false;
    ClosingUnder(ctx, record, [&] {
      more = Step(ctx, record, kInnerIterator);
      if (!more) {
        duk_push_undefined(ctx);
      }
    });
    if (more) {
      return true;
    }
    Forget(ctx, record, kInnerIterator);
  }
}

// [ ] -> [ array ]: a copy of the buffer.
static void PushBufferCopy(duk_context* ctx, duk_idx_t record) {
  PushItem(ctx, record, kBuffer);
  duk_push_array(ctx);
  const auto length = static_cast<duk_uarridx_t>(duk_get_length(ctx, -2));
  for (duk_uarridx_t i = 0; i < length; ++i) {
    duk_get_prop_index(ctx, -2, i);
    DefineItem(ctx, -2, i);
  }
  duk_remove(ctx, -2);
}

static bool StepChunks(duk_context* ctx, duk_idx_t record, HelperKind kind) {
  const double size = ItemNumber(ctx, record, kArgument);
  PushItem(ctx, record, kBuffer);
  if (kind == HelperKind::kChunks || duk_is_undefined(ctx, -1)) {
    duk_pop(ctx);
    duk_push_array(ctx);
    duk_dup_top(ctx);
    PutItem(ctx, record, kBuffer);
  }
  const duk_idx_t buffer = duk_get_top(ctx) - 1;
  while (Step(ctx, record, kIterator)) {
    if (static_cast<double>(duk_get_length(ctx, buffer)) == size &&
        internals::ShiftDense(ctx, duk_get_heapptr(ctx, buffer))) {
      duk_pop(ctx);
    }
    const auto count = static_cast<duk_uarridx_t>(duk_get_length(ctx, buffer));
    DefineItem(ctx, buffer, count);
    if (count + 1.0 == size) {
      PushBufferCopy(ctx, record);
      return true;
    }
  }
  Forget(ctx, record, kIterator);
  const auto count = static_cast<double>(duk_get_length(ctx, buffer));
  if (count > 0 && count < size && kind != HelperKind::kWindows) {
    PushBufferCopy(ctx, record);
    return true;
  }
  return false;
}

static bool StepConcat(duk_context* ctx, duk_idx_t record) {
  for (;;) {
    PushItem(ctx, record, kIterator);
    const bool open = !duk_is_undefined(ctx, -1);
    duk_pop(ctx);
    if (!open) {
      PushItem(ctx, record, kArgument);
      const double at = ItemNumber(ctx, record, kCounter);
      if (at >= static_cast<double>(duk_get_length(ctx, -1))) {
        return false;
      }
      const auto index = static_cast<duk_uarridx_t>(at);
      duk_get_prop_index(ctx, -1, index + 1);
      duk_get_prop_index(ctx, -2, index);
      duk_call_method(ctx, 0);
      RequireObject(ctx, -1, "iterator");
      duk_get_prop_literal(ctx, -1, "next");
      PutItem(ctx, record, kNext);
      PutItem(ctx, record, kIterator);
      PutItemNumber(ctx, record, kCounter, at + 2);
      duk_pop(ctx);
    }
    if (Step(ctx, record, kIterator)) {
      return true;
    }
    Forget(ctx, record, kIterator);
  }
}

// [ ] -> [ value ], or false at the end.
static bool StepHelper(duk_context* ctx, duk_idx_t record) {
  PushItem(ctx, record, kIterator);
  const bool exhausted = duk_is_undefined(ctx, -1);
  duk_pop(ctx);
  const HelperKind kind = KindOf(ctx, record);
  if (exhausted && kind != HelperKind::kConcat) {
    return false;
  }
  switch (kind) {
    case HelperKind::kMap:
      if (!Step(ctx, record, kIterator)) {
        return false;
      }
      CallFunction(ctx, record);
      return true;
    case HelperKind::kFilter:
      while (Step(ctx, record, kIterator)) {
        CallFunction(ctx, record);
        const bool selected = duk_to_boolean(ctx, -1) != 0;
        duk_pop(ctx);
        if (selected) {
          return true;
        }
        duk_pop(ctx);
      }
      return false;
    case HelperKind::kTake: {
      const double left = ItemNumber(ctx, record, kArgument);
      if (left == 0) {
        PushItem(ctx, record, kIterator);
        IteratorClose(ctx, -1, false);
        return false;
      }
      PutItemNumber(ctx, record, kArgument, left - 1);
      return Step(ctx, record, kIterator);
    }
    case HelperKind::kDrop:
      for (double left = ItemNumber(ctx, record, kArgument); left > 0; --left) {
        PutItemNumber(ctx, record, kArgument, left - 1);
        if (!Step(ctx, record, kIterator)) {
          return false;
        }
        duk_pop(ctx);
      }
      return Step(ctx, record, kIterator);
    case HelperKind::kFlatMap:
      return StepFlatMap(ctx, record);
    case HelperKind::kChunks:
    case HelperKind::kWindows:
    case HelperKind::kPartialWindows:
      return StepChunks(ctx, record, kind);
    case HelperKind::kConcat:
      return StepConcat(ctx, record);
  }
  return false;
}

// [ ] -> [ ... record ]; TypeError while the helper runs.
static duk_idx_t RequireHelper(duk_context* ctx, const char* method) {
  RequireThis(ctx, Key::kIteratorHelper, method);
  const duk_idx_t record = duk_get_top(ctx) - 1;
  if (StateOf(ctx, record) == HelperState::kRunning) {
    ThrowType(ctx, "the iterator is running already");
  }
  return record;
}

static void Finish(duk_context* ctx, duk_idx_t record) {
  SetState(ctx, record, HelperState::kDone);
  for (const HelperItem item :
       {kIterator, kNext, kArgument, kInnerIterator, kInnerNext, kBuffer}) {
    Forget(ctx, record, item);
  }
}

static int HelperNext(duk_context* ctx) {
  const duk_idx_t record = RequireHelper(ctx, "%IteratorHelper%.next");
  if (StateOf(ctx, record) == HelperState::kDone) {
    duk_push_undefined(ctx);
    PushIterResult(ctx, true);
    return 1;
  }
  SetState(ctx, record, HelperState::kRunning);
  bool more = false;
  const bool ran = Protected(ctx, [&](duk_context*) {
    more = StepHelper(ctx, record);
    if (!more) {
      duk_push_undefined(ctx);
    }
  });
  if (ran && more) {
    SetState(ctx, record, HelperState::kSuspended);
  } else {
    Finish(ctx, record);
  }
  if (!ran) {
    duk_throw(ctx);
  }
  PushIterResult(ctx, !more);
  return 1;
}

static int HelperReturn(duk_context* ctx) {
  const duk_idx_t record = RequireHelper(ctx, "%IteratorHelper%.return");
  if (StateOf(ctx, record) != HelperState::kDone) {
    const bool started = StateOf(ctx, record) != HelperState::kStart;
    SetState(ctx, record, started ? HelperState::kRunning : HelperState::kDone);
    const bool ran = Protected(ctx, [&](duk_context*) {
      PushItem(ctx, record, kInnerIterator);
      if (!duk_is_undefined(ctx, -1)) {
        const duk_idx_t inner = duk_get_top(ctx) - 1;
        ClosingUnder(ctx, record, [&] {
          IteratorClose(ctx, inner, false);
          duk_push_undefined(ctx);
        });
      }
      PushItem(ctx, record, kIterator);
      if (!duk_is_undefined(ctx, -1)) {
        IteratorClose(ctx, -1, false);
      }
      duk_push_undefined(ctx);
    });
    Finish(ctx, record);
    if (!ran) {
      duk_throw(ctx);
    }
  }
  duk_push_undefined(ctx);
  PushIterResult(ctx, true);
  return 1;
}

// map, filter, flatMap: the kind is the function's magic.
static int WithFunction(duk_context* ctx) {
  const duk_idx_t iterator = PushThisIterator(ctx);
  RequireCallableClosing(ctx, 0, iterator);
  duk_get_prop_literal(ctx, iterator, "next");
  duk_dup(ctx, 0);
  PushHelper(ctx, static_cast<HelperKind>(duk_get_current_magic(ctx)));
  return 1;
}

// take, drop
static int WithLimit(duk_context* ctx) {
  const duk_idx_t iterator = PushThisIterator(ctx);
  Closing(ctx, iterator, [&] {
    if (duk_is_symbol(ctx, 0)) {
      ThrowType(ctx, "Cannot convert a Symbol value to a number");
    }
    const double limit = duk_to_number(ctx, 0);
    if (std::isnan(limit) || std::trunc(limit) < 0 ||
        (std::isfinite(limit) && limit > kMaxSafeInteger)) {
      ThrowRange(ctx, "the limit is out of range");
    }
    duk_push_number(ctx, std::trunc(limit) + 0.0);
  });
  duk_get_prop_literal(ctx, iterator, "next");
  duk_swap_top(ctx, -2);
  PushHelper(ctx, static_cast<HelperKind>(duk_get_current_magic(ctx)));
  return 1;
}

static void RequireSize(duk_context* ctx, duk_idx_t iterator) {
  const double size = duk_get_number(ctx, 0);
  if (!duk_is_number(ctx, 0) || !std::isfinite(size) ||
      std::trunc(size) != size) {
    FailClosing(ctx, iterator, ErrorType::kTypeError,
                "the size must be an integer");
  }
  if (size < 1 || size > 4294967295.0) {
    FailClosing(ctx, iterator, ErrorType::kRangeError,
                "the size must be from 1 to 2 ** 32 - 1");
  }
}

static int Chunks(duk_context* ctx) {
  const duk_idx_t iterator = PushThisIterator(ctx);
  RequireSize(ctx, iterator);
  duk_get_prop_literal(ctx, iterator, "next");
  duk_dup(ctx, 0);
  PushHelper(ctx, HelperKind::kChunks);
  return 1;
}

static int Windows(duk_context* ctx) {
  const duk_idx_t iterator = PushThisIterator(ctx);
  RequireSize(ctx, iterator);
  const std::string_view undersized =
      duk_is_undefined(ctx, 1) ? "only-full" : BytesAt(ctx, 1);
  if (undersized != "only-full" && undersized != "allow-partial") {
    FailClosing(ctx, iterator, ErrorType::kTypeError,
                "undersized must be \"only-full\" or \"allow-partial\"");
  }
  duk_get_prop_literal(ctx, iterator, "next");
  duk_dup(ctx, 0);
  PushHelper(ctx, undersized == "only-full" ? HelperKind::kWindows
                                            : HelperKind::kPartialWindows);
  return 1;
}

static int Concat(duk_context* ctx) {
  const duk_idx_t count = duk_get_top(ctx);
  duk_push_array(ctx);
  for (duk_idx_t i = 0; i < count; ++i) {
    RequireObject(ctx, i, "iterable");
    duk_dup(ctx, i);
    if (!GetMethod(ctx, -1, WellKnown::kIterator)) {
      ThrowType(ctx, "object is not iterable");
    }
    DefineItem(ctx, count, static_cast<duk_uarridx_t>(2 * i + 1));
    DefineItem(ctx, count, static_cast<duk_uarridx_t>(2 * i));
  }
  duk_push_undefined(ctx);
  duk_push_undefined(ctx);
  duk_dup(ctx, count);
  PushHelper(ctx, HelperKind::kConcat);
  return 1;
}

// --- What drains an iterator ---

// For each value: `body` with the value and its number; a body that returns
// false ends the loop and closes the iterator. The iterator is at `iterator`,
// its next on top.
template <typename Body>
static void Drain(duk_context* ctx, duk_idx_t iterator, Body&& body) {
  duk_dup(ctx, iterator);
  duk_swap_top(ctx, -2);
  const duk_idx_t base = duk_get_top(ctx);
  for (double counter = 0; IteratorStep(ctx); ++counter) {
    bool more = true;
    Closing(ctx, iterator, [&] {
      more = body(base, counter);
      duk_push_undefined(ctx);
    });
    duk_set_top(ctx, base);
    if (!more) {
      IteratorClose(ctx, iterator, false);
      return;
    }
  }
}

// Calls argument 0 with the value and its number: [ ] -> [ result ]
static void CallArgument(duk_context* ctx, duk_idx_t value, double counter) {
  duk_dup(ctx, 0);
  duk_push_undefined(ctx);
  duk_dup(ctx, value);
  duk_push_number(ctx, counter);
  duk_call_method(ctx, 2);
}

static int ToArray(duk_context* ctx) {
  const duk_idx_t iterator = PushThisIterator(ctx);
  duk_push_array(ctx);
  duk_get_prop_literal(ctx, iterator, "next");
  Drain(ctx, iterator, [&](duk_idx_t value, double counter) {
    duk_dup(ctx, value);
    DefineItem(ctx, iterator + 1, static_cast<duk_uarridx_t>(counter));
    return true;
  });
  duk_dup(ctx, iterator + 1);
  return 1;
}

static int ForEach(duk_context* ctx) {
  const duk_idx_t iterator = PushThisIterator(ctx);
  RequireCallableClosing(ctx, 0, iterator);
  duk_get_prop_literal(ctx, iterator, "next");
  Drain(ctx, iterator, [&](duk_idx_t value, double counter) {
    CallArgument(ctx, value, counter);
    return true;
  });
  return 0;
}

namespace {
enum class Search { kSome, kEvery, kFind };
}  // namespace

// some, every, find: which is the function's magic.
static int SearchFor(duk_context* ctx) {
  const auto search = static_cast<Search>(duk_get_current_magic(ctx));
  const duk_idx_t iterator = PushThisIterator(ctx);
  RequireCallableClosing(ctx, 0, iterator);
  if (search == Search::kFind) {
    duk_push_undefined(ctx);
  } else {
    duk_push_boolean(ctx, search == Search::kEvery);
  }
  duk_get_prop_literal(ctx, iterator, "next");
  Drain(ctx, iterator, [&](duk_idx_t value, double counter) {
    CallArgument(ctx, value, counter);
    const bool truthy = duk_to_boolean(ctx, -1) != 0;
    if (truthy == (search == Search::kEvery)) {
      return true;
    }
    if (search == Search::kFind) {
      duk_dup(ctx, value);
    } else {
      duk_push_boolean(ctx, search == Search::kSome);
    }
    duk_replace(ctx, iterator + 1);
    return false;
  });
  duk_dup(ctx, iterator + 1);
  return 1;
}

static int Reduce(duk_context* ctx) {
  const bool has_initial = duk_get_top(ctx) > 1;
  duk_set_top(ctx, 2);
  const duk_idx_t iterator = PushThisIterator(ctx);
  RequireCallableClosing(ctx, 0, iterator);
  duk_get_prop_literal(ctx, iterator, "next");
  bool empty = !has_initial;
  Drain(ctx, iterator, [&](duk_idx_t value, double counter) {
    if (empty) {
      empty = false;
      duk_dup(ctx, value);
    } else {
      duk_dup(ctx, 0);
      duk_push_undefined(ctx);
      duk_dup(ctx, 1);
      duk_dup(ctx, value);
      duk_push_number(ctx, counter);
      duk_call_method(ctx, 3);
    }
    duk_replace(ctx, 1);
    return true;
  });
  if (empty) {
    ThrowType(ctx, "reduce of an empty iterator with no initial value");
  }
  duk_dup(ctx, 1);
  return 1;
}

static int Includes(duk_context* ctx) {
  const duk_idx_t iterator = PushThisIterator(ctx);
  double skip = 0;
  if (!duk_is_undefined(ctx, 1)) {
    skip = duk_get_number(ctx, 1);
    if (!duk_is_number(ctx, 1) || std::isnan(skip) ||
        std::trunc(skip) != skip) {
      FailClosing(ctx, iterator, ErrorType::kTypeError,
                  "the number of skipped elements must be an integer");
    }
    if (skip < 0 || (std::isfinite(skip) && skip > kMaxSafeInteger)) {
      FailClosing(ctx, iterator, ErrorType::kRangeError,
                  "the number of skipped elements is out of range");
    }
  }
  bool found = false;
  duk_get_prop_literal(ctx, iterator, "next");
  Drain(ctx, iterator, [&](duk_idx_t value, double counter) {
    found = counter >= skip && SameValueZero(ctx, value, 0);
    return !found;
  });
  duk_push_boolean(ctx, found);
  return 1;
}

static int Join(duk_context* ctx) {
  const duk_idx_t iterator = PushThisIterator(ctx);
  Closing(ctx, iterator, [&] {
    if (duk_is_undefined(ctx, 0)) {
      duk_push_literal(ctx, ",");
    } else {
      duk_dup(ctx, 0);
      ToStringAt(ctx, -1);
    }
  });
  std::string text;
  const std::string separator(BytesAt(ctx, -1));
  duk_get_prop_literal(ctx, iterator, "next");
  Drain(ctx, iterator, [&](duk_idx_t value, double counter) {
    if (counter > 0) {
      text += separator;
    }
    if (!duk_is_null_or_undefined(ctx, value)) {
      ToStringAt(ctx, value);
      text += BytesAt(ctx, value);
      CheckStringSize(ctx, text.size());
    }
    return true;
  });
  duk_push_lstring(ctx, text.data(), text.size());
  return 1;
}

// --- Iterator ---

static int IteratorConstructor(duk_context* ctx) {
  duk_push_new_target(ctx);
  duk_push_current_function(ctx);
  if (duk_is_undefined(ctx, -2) || duk_strict_equals(ctx, -1, -2)) {
    ThrowType(ctx, "Iterator is an abstract class");
  }
  PushInstance(ctx, Intrinsic::kIteratorPrototype, "Iterator");
  return 1;
}

// Iterators of other origin: a record [iterator, next].
static int From(duk_context* ctx) {
  duk_dup(ctx, 0);
  PushFlattened(ctx, true);
  void* object = duk_get_heapptr(ctx, -2);
  // OrdinaryHasInstance of Iterator.
  bool inherits = false;
  duk_push_heapptr(ctx, object);
  while (!inherits && duk_is_object(ctx, -1)) {
    OpGetPrototype(ctx, duk_get_top(ctx) - 1);
    duk_remove(ctx, -2);
    inherits = duk_is_object(ctx, -1) &&
               duk_get_heapptr(ctx, -1) ==
                   IntrinsicPointer(ctx, Intrinsic::kIteratorPrototype);
  }
  duk_pop(ctx);
  if (inherits) {
    duk_pop(ctx);
    return 1;
  }
  PushObjectOf(ctx, Intrinsic::kWrappedIteratorPrototype);
  PushRecord(ctx, 2);
  duk_dup(ctx, -4);
  PutItem(ctx, -2, 0);
  duk_dup(ctx, -3);
  PutItem(ctx, -2, 1);
  PutHidden(ctx, -2, Key::kWrappedIterator);
  return 1;
}

static int WrappedNext(duk_context* ctx) {
  RequireThis(ctx, Key::kWrappedIterator, "%WrapForValidIterator%.next");
  const duk_idx_t record = duk_get_top(ctx) - 1;
  PushItem(ctx, record, 1);
  PushItem(ctx, record, 0);
  duk_call_method(ctx, 0);
  return 1;
}

static int WrappedReturn(duk_context* ctx) {
  RequireThis(ctx, Key::kWrappedIterator, "%WrapForValidIterator%.return");
  PushItem(ctx, -1, 0);
  if (!GetMethod(ctx, -1, "return")) {
    PushIterResult(ctx, true);
    return 1;
  }
  duk_swap_top(ctx, -2);
  duk_call_method(ctx, 0);
  return 1;
}

// Iterator.prototype's constructor and tag are accessors, so that a class
// that assigns its own does not fail on an inherited constant.
static int GetConstructor(duk_context* ctx) {
  PushIntrinsic(ctx, Intrinsic::kIteratorConstructor);
  return 1;
}
static int GetTag(duk_context* ctx) {
  duk_push_literal(ctx, "Iterator");
  return 1;
}

static int SetOwn(duk_context* ctx) {
  duk_push_this(ctx);
  RequireObject(ctx, -1, "receiver");
  SetOwnProperty(
      ctx, 1, Intrinsic::kIteratorPrototype,
      duk_get_current_magic(ctx) != 0 ? "[Symbol.toStringTag]" : "constructor");
  return 0;
}

void InstallIteratorHelpers(duk_context* ctx) {
  const auto magic = [](auto value) { return static_cast<int>(value); };
  const Method kPrototype[] = {
      {"map", WithFunction, 1, -2, magic(HelperKind::kMap)},
      {"filter", WithFunction, 1, -2, magic(HelperKind::kFilter)},
      {"take", WithLimit, 1, -2, magic(HelperKind::kTake)},
      {"drop", WithLimit, 1, -2, magic(HelperKind::kDrop)},
      {"flatMap", WithFunction, 1, -2, magic(HelperKind::kFlatMap)},
      {"chunks", Chunks, 1},
      {"windows", Windows, 1, 2},
      {"toArray", ToArray, 0},
      {"forEach", ForEach, 1},
      {"some", SearchFor, 1, -2, magic(Search::kSome)},
      {"every", SearchFor, 1, -2, magic(Search::kEvery)},
      {"find", SearchFor, 1, -2, magic(Search::kFind)},
      {"reduce", Reduce, 1, DUK_VARARGS},
      {"includes", Includes, 1, 2},
      {"join", Join, 1},
      {"get constructor", GetConstructor, 0},
      {"set constructor", SetOwn, 1},
      {"get [Symbol.toStringTag]", GetTag, 0},
      {"set [Symbol.toStringTag]", SetOwn, 1, -2, 1},
  };
  static constexpr Method kStatics[] = {
      {"from", From, 1},
      {"concat", Concat, 0, DUK_VARARGS},
  };
  PushFunction(ctx, {"Iterator", IteratorConstructor, 0}, true);
  DefineMethods(ctx, kStatics);
  SetIntrinsic(ctx, Intrinsic::kIteratorConstructor);
  PushIntrinsic(ctx, Intrinsic::kIteratorPrototype);
  DefineMethods(ctx, kPrototype);
  DefineValue(ctx, -2, "prototype", 0);
  duk_push_global_object(ctx);
  duk_swap_top(ctx, -2);
  DefineHidden(ctx, -2, "Iterator");

  static constexpr Method kHelper[] = {{"next", HelperNext, 0},
                                       {"return", HelperReturn, 0}};
  PushObjectOf(ctx, Intrinsic::kIteratorPrototype);
  DefineMethods(ctx, kHelper);
  DefineTag(ctx, -1, "Iterator Helper");
  SetIntrinsic(ctx, Intrinsic::kIteratorHelperPrototype);

  static constexpr Method kWrapped[] = {{"next", WrappedNext, 0},
                                        {"return", WrappedReturn, 0}};
  PushObjectOf(ctx, Intrinsic::kIteratorPrototype);
  DefineMethods(ctx, kWrapped);
  SetIntrinsic(ctx, Intrinsic::kWrappedIteratorPrototype);
  duk_set_top(ctx, 0);
}

}  // namespace fcc::script
