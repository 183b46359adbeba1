// SPDX-License-Identifier: Apache-2.0
//
// %IteratorPrototype% and the iterators of arrays and strings
// (ECMA-262, 23.1.5, 22.1.5, 27.1).

#include "runtime/script/duktape/builtins/iterator.h"

#include "runtime/script/duktape/builtins/install.h"
#include "runtime/script/duktape/native.h"

namespace fcc::script {

static int ReturnThis(duk_context* ctx) {
  duk_push_this(ctx);
  return 1;
}

// --- Arrays: a record [object, index, kind]; undefined object when done. ---

void PushArrayIterator(duk_context* ctx, IterationKind kind) {
  PushObjectOf(ctx, Intrinsic::kArrayIteratorPrototype);
  PushRecord(ctx, 0);
  duk_dup(ctx, -3);
  PutItem(ctx, -2, 0);
  PutItemNumber(ctx, -1, 1, 0);
  PutItemNumber(ctx, -1, 2, static_cast<int>(kind));
  PutHidden(ctx, -2, Key::kIterator);
  duk_remove(ctx, -2);
}

static int ArrayNext(duk_context* ctx) {
  RequireThis(ctx, Key::kIterator, "%ArrayIteratorPrototype%.next");
  const duk_idx_t record = duk_get_top(ctx) - 1;
  PushItem(ctx, record, 2);
  if (!duk_is_number(ctx, -1)) {
    ThrowType(ctx, "not an array iterator");
  }
  const auto kind = static_cast<IterationKind>(duk_get_int(ctx, -1));
  PushItem(ctx, record, 0);
  const duk_idx_t object = duk_get_top(ctx) - 1;
  if (duk_is_undefined(ctx, object)) {
    PushIterResult(ctx, true);
    return 1;
  }
  const double index = ItemNumber(ctx, record, 1);
  const internals::BufferView view =
      internals::GetBufferView(ctx, duk_get_heapptr(ctx, object));
  const double length = view.is_view
                            ? static_cast<double>(view.length >> view.shift)
                            : LengthOf(ctx, object);
  if (index >= length) {
    duk_push_undefined(ctx);
    PutItem(ctx, record, 0);
    duk_push_undefined(ctx);
    PushIterResult(ctx, true);
    return 1;
  }
  PutItemNumber(ctx, record, 1, index + 1);
  if (kind == IterationKind::kKeys) {
    duk_push_number(ctx, index);
  } else {
    GetIndex(ctx, object, index);
    if (kind == IterationKind::kEntries) {
      duk_push_array(ctx);
      duk_push_number(ctx, index);
      DefineItem(ctx, -2, 0);
      duk_swap_top(ctx, -2);
      DefineItem(ctx, -2, 1);
    }
  }
  PushIterResult(ctx, false);
  return 1;
}

// --- Strings: a record [string, index in code units, byte offset]. ---

static int StringIterator(duk_context* ctx) {
  PushThisString(ctx, "[Symbol.iterator]");
  PushObjectOf(ctx, Intrinsic::kStringIteratorPrototype);
  PushRecord(ctx, 0);
  duk_dup(ctx, -3);
  PutItem(ctx, -2, 0);
  PutItemNumber(ctx, -1, 1, 0);
  duk_push_false(ctx);
  PutItem(ctx, -2, 2);
  PutHidden(ctx, -2, Key::kIterator);
  return 1;
}

static int StringNext(duk_context* ctx) {
  RequireThis(ctx, Key::kIterator, "%StringIteratorPrototype%.next");
  const duk_idx_t record = duk_get_top(ctx) - 1;
  PushItem(ctx, record, 2);
  if (!duk_is_boolean(ctx, -1)) {
    ThrowType(ctx, "not a string iterator");
  }
  PushItem(ctx, record, 0);
  const std::string_view bytes = BytesAt(ctx, -1);
  const auto at = static_cast<size_t>(ItemNumber(ctx, record, 1));
  if (at >= bytes.size()) {
    duk_push_undefined(ctx);
    PushIterResult(ctx, true);
    return 1;
  }
  // One character of one to three bytes, or a surrogate pair of two such.
  const auto byte = [&](size_t i) {
    return static_cast<unsigned char>(i < bytes.size() ? bytes[i] : 0);
  };
  size_t size = byte(at) < 0x80 ? 1 : byte(at) < 0xE0 ? 2 : 3;
  if (byte(at) == 0xED && byte(at + 1) >= 0xA0 && byte(at + 1) < 0xB0 &&
      byte(at + 3) == 0xED && byte(at + 4) >= 0xB0) {
    size = 6;
  }
  PutItemNumber(ctx, record, 1, static_cast<double>(at + size));
  duk_push_lstring(ctx, bytes.data() + at, std::min(size, bytes.size() - at));
  PushIterResult(ctx, false);
  return 1;
}

void InstallIterator(duk_context* ctx) {
  static constexpr Method kIterator[] = {{"[Symbol.iterator]", ReturnThis, 0}};
  duk_push_object(ctx);
  DefineMethods(ctx, kIterator);
  SetIntrinsic(ctx, Intrinsic::kIteratorPrototype);

  PushObjectOf(ctx, Intrinsic::kIteratorPrototype);
  static constexpr Method kArray[] = {{"next", ArrayNext, 0}};
  DefineMethods(ctx, kArray);
  DefineTag(ctx, -1, "Array Iterator");
  SetIntrinsic(ctx, Intrinsic::kArrayIteratorPrototype);

  PushObjectOf(ctx, Intrinsic::kIteratorPrototype);
  static constexpr Method kString[] = {{"next", StringNext, 0}};
  DefineMethods(ctx, kString);
  DefineTag(ctx, -1, "String Iterator");
  SetIntrinsic(ctx, Intrinsic::kStringIteratorPrototype);

  static constexpr Method kAsync[] = {
      {"[Symbol.asyncIterator]", ReturnThis, 0}};
  duk_push_object(ctx);
  DefineMethods(ctx, kAsync);
  SetIntrinsic(ctx, Intrinsic::kAsyncIteratorPrototype);

  PushGlobal(ctx, "String");
  duk_get_prop_literal(ctx, -1, "prototype");
  static constexpr Method kIterate[] = {
      {"[Symbol.iterator]", StringIterator, 0}};
  DefineMethods(ctx, kIterate);
  duk_set_top(ctx, 0);
}

}  // namespace fcc::script
