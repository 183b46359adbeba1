// SPDX-License-Identifier: Apache-2.0
//
// Tables of built-in functions, and what they have in common. A built-in is a
// static function on the engine's stack: arguments from index 0, `this` by
// duk_push_this, one value left on top and 1 returned (0: undefined).

#ifndef FCC_RUNTIME_SCRIPT_DUKTAPE_NATIVE_H_
#define FCC_RUNTIME_SCRIPT_DUKTAPE_NATIVE_H_

#include <span>
#include <string_view>

#include "runtime/script/duktape/engine.h"

namespace fcc::script {

struct Method {
  // "[Symbol.x]" names a well-known symbol; "get x" makes an accessor.
  const char* name;
  int (*function)(duk_context*);
  // The length property.
  int length;
  // Arguments the engine puts on the stack; DUK_VARARGS for as given.
  int arguments = -2;
  // Read by duk_get_current_magic.
  int magic = 0;
};

// [ object ] -> [ object ]
void DefineMethods(duk_context* ctx, std::span<const Method> methods);
// [ ] -> [ function ]
void PushFunction(duk_context* ctx, const Method& method, bool constructor);
// [ ] -> [ constructor ]; makes Constructor and Constructor.prototype (taken
// from `prototype` if that is not null) and defines the global.
void PushClass(duk_context* ctx, const Method& constructor,
               std::span<const Method> statics,
               std::span<const Method> prototype_methods,
               Intrinsic prototype_intrinsic);
// [ value ] -> [ ]; on the object at `object`.
void DefineHidden(duk_context* ctx, duk_idx_t object, const char* name);
void DefineValue(duk_context* ctx, duk_idx_t object, const char* name,
                 unsigned attributes);
// SetterThatIgnoresPrototypeProperties: argument 0 becomes the property of the
// object at `object`, which must not be `home`.
void SetOwnProperty(duk_context* ctx, duk_idx_t object, Intrinsic home,
                    const char* name);
void DefineTag(duk_context* ctx, duk_idx_t object, const char* tag);
// [ ] -> [ global[name] ]; of our own library, before scripts run.
void PushGlobal(duk_context* ctx, const char* name);

// [ ] -> [ object ] whose prototype is new.target.prototype, or the intrinsic
// when that is no object. Throws unless called as a constructor.
void PushInstance(duk_context* ctx, Intrinsic prototype, const char* name);
// [ ] -> [ object ] with that prototype.
void PushObjectOf(duk_context* ctx, Intrinsic prototype);
void PushObjectOf(duk_context* ctx, void* prototype);

// The heap pointer of `this` if it has that hidden key itself; TypeError
// otherwise. [ ] -> [ this record ]
void* RequireThis(duk_context* ctx, Key key, const char* method);
bool HasHidden(duk_context* ctx, duk_idx_t index, Key key);
// [ ] -> [ record ] or nothing.
bool PushHidden(duk_context* ctx, duk_idx_t index, Key key);
// [ value ] -> [ ]
void PutHidden(duk_context* ctx, duk_idx_t index, Key key);

// CreateDataProperty of an item of an array that the library makes: no setter
// on a prototype hears of it. [ value ] -> [ ]
void DefineItem(duk_context* ctx, duk_idx_t array, duk_uarridx_t index);

// [ ] -> [ record ]: an array without prototype that scripts never see.
void PushRecord(duk_context* ctx, int size);
inline void PushItem(duk_context* ctx, duk_idx_t record, unsigned index) {
  internals::GetItem(ctx, duk_get_heapptr(ctx, record), index);
}
// [ value ] -> [ ]
inline void PutItem(duk_context* ctx, duk_idx_t record, unsigned index) {
  DefineItem(ctx, record, index);
}
double ItemNumber(duk_context* ctx, duk_idx_t record, unsigned index);
void PutItemNumber(duk_context* ctx, duk_idx_t record, unsigned index,
                   double number);

// --- Abstract operations ---

inline bool IsObject(duk_context* ctx, duk_idx_t index) {
  return duk_is_object(ctx, index) != 0;
}
bool IsCallable(duk_context* ctx, duk_idx_t index);
bool IsConstructor(duk_context* ctx, duk_idx_t index);
void RequireObject(duk_context* ctx, duk_idx_t index, const char* what);
void RequireCallable(duk_context* ctx, duk_idx_t index);
// ToString that converts in place; symbols throw.
void ToStringAt(duk_context* ctx, duk_idx_t index);
double ToIntegerAt(duk_context* ctx, duk_idx_t index);
double ToLengthAt(duk_context* ctx, duk_idx_t index);
// this, which must not be undefined or null, as an object / a string.
// [ ] -> [ object ]
void PushThisObject(duk_context* ctx);
void PushThisString(duk_context* ctx, const char* method);
// LengthOfArrayLike.
double LengthOf(duk_context* ctx, duk_idx_t index);
// relative index as slice() takes it, clamped to [0, length]; undefined gives
// `fallback`.
double RelativeIndex(duk_context* ctx, duk_idx_t index, double length,
                     double fallback);
// An index as a property key: numbers above 2^32 become their text.
// [ ] -> [ key ]
void PushIndexKey(duk_context* ctx, double index);
// [ ] -> [ object[index] ]
void GetIndex(duk_context* ctx, duk_idx_t object, double index);
// GetMethod: [ ] -> [ function ] or [ undefined ]; TypeError if not callable.
bool GetMethod(duk_context* ctx, duk_idx_t object, WellKnown symbol);
bool GetMethod(duk_context* ctx, duk_idx_t object, const char* name);
// SpeciesConstructor: [ ] -> [ constructor ] or [ undefined ] for the default.
bool PushSpecies(duk_context* ctx, duk_idx_t object, void* default_constructor);
// IsArray, through proxies.
bool IsArrayAt(duk_context* ctx, duk_idx_t index);
// SameValueZero.
bool SameValueZero(duk_context* ctx, duk_idx_t left, duk_idx_t right);
// [ value done ] -> [ { value, done } ]
void PushIterResult(duk_context* ctx, bool done);

// --- Iteration ---

// GetIterator: [ ] -> [ iterator next ]; the iterable is at `index`.
void PushIterator(duk_context* ctx, duk_idx_t index);
// [ iterator next ] -> [ iterator next value ], or false at the end and no
// value.
bool IteratorStep(duk_context* ctx);
// [ iterator next ... ]: calls return(); what it throws is dropped when
// something is being thrown already.
void IteratorClose(duk_context* ctx, duk_idx_t iterator, bool throwing);

// Calls `body` for each value of the iterable at `index`, with the value on
// top; closes the iterator when the body throws.
template <typename Body>
void ForEachOf(duk_context* ctx, duk_idx_t index, Body&& body) {
  PushIterator(ctx, index);
  const duk_idx_t iterator = duk_get_top(ctx) - 2;
  bool in_body = false;
  // A catch block would run with the thrower's frames still in place, so this
  // is a protected call.
  const bool finished = Protected(ctx, [&](duk_context*) {
    while (IteratorStep(ctx)) {
      in_body = true;
      body();
      in_body = false;
      duk_set_top(ctx, iterator + 2);
    }
  });
  if (!finished) {
    if (in_body) {
      IteratorClose(ctx, iterator, true);
    }
    duk_throw(ctx);
  }
  duk_set_top(ctx, iterator);
}

}  // namespace fcc::script

#endif  // FCC_RUNTIME_SCRIPT_DUKTAPE_NATIVE_H_
