// SPDX-License-Identifier: Apache-2.0
//
// What Duktape's public interface does not give: operations on one object
// without traps, class numbers, construction with another new.target. Objects
// and strings are passed as heap pointers (duk_get_heapptr), which stay valid
// as long as something keeps them reachable. Implemented in internals.inc,
// inside the engine's own translation unit.

#ifndef FCC_RUNTIME_SCRIPT_DUKTAPE_ENGINE_INTERNALS_H_
#define FCC_RUNTIME_SCRIPT_DUKTAPE_ENGINE_INTERNALS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

struct duk_hthread;

namespace fcc::script::internals {

// Duktape's class numbers that we ask about.
enum ClassNumber {
  kClassObject = 1,
  kClassArray = 2,
  kClassFunction = 3,
  kClassArguments = 4,
  kClassBoolean = 5,
  kClassDate = 6,
  kClassError = 7,
  kClassNumber = 10,
  kClassRegExp = 11,
  kClassString = 12,
  kClassSymbol = 14,
  kClassArrayBuffer = 19,
  kClassDataView = 20,
  kClassInt8Array = 21,
  kClassFloat64Array = 29,
};

// --- Objects ---

int GetClass(void* object);
void SetClass(void* object, int class_number);
bool IsCallable(void* object);
bool IsConstructor(void* object);
void SetConstructor(void* object, bool constructor);
bool IsStrictFunction(void* object);
bool IsNativeFunction(void* object);
bool IsBoundFunction(void* object);
bool IsExtensible(void* object);
void ClearExtensible(void* object);
// Null at the end of the chain.
void* GetPrototype(duk_hthread* ctx, void* object);
void SetPrototype(duk_hthread* ctx, void* object, void* prototype);

// --- Own properties of one object, traps and prototypes left out ---

struct OwnProperty {
  bool accessor = false;
  bool writable = false;
  bool enumerable = false;
  bool configurable = false;
  // Null for undefined.
  void* getter = nullptr;
  void* setter = nullptr;
};
// [ ] -> [ value ], undefined for an accessor; [ ] when there is none.
bool GetOwn(duk_hthread* ctx, void* object, void* key, OwnProperty* property);
// `flags` are DUK_DEFPROP_*; the value is at `value` when they say so.
// False when the object refuses.
bool DefineOwn(duk_hthread* ctx, void* object, void* key, unsigned flags,
               int value, void* getter, void* setter);
bool DeleteOwn(duk_hthread* ctx, void* object, void* key);
// Properties under keys that scripts cannot spell.
// [ ] -> [ value ], or [ ] when there is none.
bool GetHidden(duk_hthread* ctx, void* object, void* key);
// [ value ] -> [ ]; extensible or not.
void SetHidden(duk_hthread* ctx, void* object, void* key);
void DeleteHidden(duk_hthread* ctx, void* object, void* key);
// A null-prototype array record's item, by index inside its array part.
// [ ] -> [ value ]
void GetItem(duk_hthread* ctx, void* array, uint32_t index);
// [ ] -> [ value ] when the object is an array that has this item in its array
// part, where reading it runs no script.
bool PushDense(duk_hthread* ctx, void* object, double index);
// Array.prototype.shift of an array without missing items:
// [ ] -> [ first item ], or false and nothing done.
bool ShiftDense(duk_hthread* ctx, void* object);
// An array's item, stored in its array part as assignment does it (`defines`:
// as definition does it): [ value ] -> [ ], or false and nothing done where a
// script could notice or the item belongs elsewhere.
bool PutDense(duk_hthread* ctx, void* array, double index, bool defines);
// The length set to what it is or to more; false and nothing done otherwise.
bool GrowDense(duk_hthread* ctx, void* array, double length);
// [ ] -> [ array ]: an ordinary array of the items from `begin` up to `end` of
// an array or arguments object, when all of them are in its array part.
bool SliceDense(duk_hthread* ctx, void* object, double begin, double end);
// An own, writable data property of an ordinary object gets a value:
// [ value ] -> [ ], or false and nothing done.
bool PutOwn(duk_hthread* ctx, void* object, void* key);
// [ ] -> [ array ]: the own keys of an ordinary object without index keys,
// strings and then symbols; false and nothing done for other objects.
bool PushOwnKeys(duk_hthread* ctx, void* object, bool enumerable_strings);
// An array whose items are all in its array part: no accessors, no odd
// attributes. Items may be missing.
bool IsPlainArray(void* object);
uint32_t ArrayLength(void* array);

// What every arguments object gets as its iterator; kept by the caller.
void SetArgumentsIterator(duk_hthread* ctx, void* key, void* function);

// What a property table has, to find out later whether it is still the same:
// keys, and values or getters where those are strings or objects.
struct EntryMark {
  void* key = nullptr;
  void* value = nullptr;
};
// Entries, those of deleted properties included.
uint32_t EntryCount(void* object);
// The first `count`; `count` is at most EntryCount.
void MarkEntries(duk_hthread* ctx, void* object, EntryMark* marks,
                 size_t count);
// Whether the table begins with these.
bool HasEntries(duk_hthread* ctx, void* object, const EntryMark* marks,
                size_t count);

// --- Proxies ---

bool IsProxy(void* object);
void* ProxyTarget(void* proxy);
void* ProxyHandler(void* proxy);
bool IsRevoked(duk_hthread* ctx, void* proxy);
// [ target handler ] -> [ proxy ]
void PushProxy(duk_hthread* ctx);
void RevokeProxy(duk_hthread* ctx, void* proxy);
// The object that stands for the target of revoked proxies; kept by the caller.
void SetRevokedMarker(duk_hthread* ctx, void* object);

// --- Functions ---

// [ ] -> [ function ]; without name and length properties.
void PushNative(duk_hthread* ctx, int (*function)(duk_hthread*), int nargs,
                bool constructor);
// [ function args... ] -> [ object ]
void Construct(duk_hthread* ctx, int argument_count, void* new_target);
// The source position of an instruction: byte offset, or -1.
int64_t PositionOf(duk_hthread* ctx, int function_index, uint32_t pc);
// Where a function's source stands in its text; none for built-ins.
struct FunctionSource {
  std::string file;
  uint32_t begin = 0;
  uint32_t end = 0;
};
std::optional<FunctionSource> SourceOf(duk_hthread* ctx, void* function);
// [ ] -> [ function ]: %ThrowTypeError%.
void PushThrower(duk_hthread* ctx);
// [ ] -> [ target ]
void PushBoundTarget(duk_hthread* ctx, void* bound);
// [ ] -> [ trace ]: the running functions as Error objects keep them.
void PushTrace(duk_hthread* ctx);
// [ error ] -> [ error trace ], or [ error ] when it has none.
bool PushErrorTrace(duk_hthread* ctx, void* error);
// [ error ] -> [ error ]; makes it carry the current stack.
void AttachTrace(duk_hthread* ctx);

// --- The native call depth: recursion that does not go through calls ---

bool EnterNative(duk_hthread* ctx);
void LeaveNative(duk_hthread* ctx);

// --- Strings ---

uint32_t StringHash(void* string);
bool IsSymbol(void* string);
// Of a string's UTF-16 length and its bytes.
size_t CharLength(void* string);
// True when it has one byte for every code unit.
bool IsAscii(void* string);

// --- The end of objects ---

// While the sum is not 0, hooks::ObjectFreed hears of every object.
void WatchObjects(duk_hthread* ctx, int change);

// --- Typed arrays ---

struct BufferView {
  void* data = nullptr;
  size_t length = 0;
  size_t offset = 0;
  unsigned shift = 0;
  bool is_view = false;
};
BufferView GetBufferView(duk_hthread* ctx, void* object);

// Exact bits for keys of collections: integers and doubles of one value give
// the same.
enum class TagKind : uint8_t { kPrimitive, kNumber, kPointer };
TagKind ValueBits(duk_hthread* ctx, int index, uint64_t* bits);

}  // namespace fcc::script::internals

#endif  // FCC_RUNTIME_SCRIPT_DUKTAPE_ENGINE_INTERNALS_H_
