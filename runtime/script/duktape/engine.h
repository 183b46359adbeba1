// SPDX-License-Identifier: Apache-2.0
//
// The state of one heap that is not inside Duktape, and the small vocabulary
// that all files of this folder share.
//
// Duktape throws its errors as C++ exceptions here (engine/config.h), so code
// below a protected call may own things with destructors. Nothing of that
// leaves this folder: heap.cpp enters script only through protected calls.

#ifndef FCC_RUNTIME_SCRIPT_DUKTAPE_ENGINE_H_
#define FCC_RUNTIME_SCRIPT_DUKTAPE_ENGINE_H_

#include <duktape.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/script/duktape/engine/config.h"
#include "runtime/script/duktape/engine/internals.h"
#include "runtime/script/duktape/heap_memory.h"
#include "runtime/script/heap.h"

namespace fcc::script {

// Hidden keys: what built-ins keep on objects where scripts cannot look.
enum class Key : uint8_t {
  kMap,
  kSet,
  kWeakMap,
  kWeakSet,
  kWeakRef,
  kRegistry,
  kPromise,
  kIterator,
  kIteratorHelper,
  kWrappedIterator,
  kGenerator,
  kDate,
  kUrl,
  kInternal,
  kWeakId,
  kRegExpString,
  kFormat,
  kNewRecord,
  kCount,
};

// Objects of the library that C++ code needs at hand.
enum class Intrinsic : uint8_t {
  kObjectConstructor,
  kObjectPrototype,
  kFunctionPrototype,
  kArrayPrototype,
  kErrorPrototype,
  kIteratorConstructor,
  kIteratorPrototype,
  kIteratorHelperPrototype,
  kWrappedIteratorPrototype,
  kAsyncIteratorPrototype,
  kArrayIteratorPrototype,
  kStringIteratorPrototype,
  kMapIteratorPrototype,
  kSetIteratorPrototype,
  kRegExpStringIteratorPrototype,
  kMapPrototype,
  kSetPrototype,
  kWeakMapPrototype,
  kWeakSetPrototype,
  kWeakRefPrototype,
  kFinalizationRegistryPrototype,
  kPromise,
  kPromisePrototype,
  kRegExpPrototype,
  kRegExpExec,
  kDatePrototype,
  kSymbolPrototype,
  kTypedArray,
  kTypedArrayPrototype,
  kGeneratorPrototype,
  kAsyncGeneratorPrototype,
  kArrayConstructor,
  kArrayValues,
  kAggregateErrorPrototype,
  kUrlPrototype,
  kUrlSearchParamsPrototype,
  kUrlSearchParamsIteratorPrototype,
  kObjectToString,
  kThrowTypeError,
  kCount,
};

// Well-known symbols, in the order of symbols.def.
enum class WellKnown : uint8_t {
#define FCC_SYMBOL(name, description) k##name,
#include "runtime/script/duktape/symbols.def"
#undef FCC_SYMBOL
  kCount,
};

// A text that functions were compiled from, for positions and toString.
struct SourceText {
  std::string text;
  // Bytes that were put before the text when it was compiled.
  uint32_t prefix = 0;
  // Byte offsets; filled when first asked for.
  std::vector<uint32_t> line_starts;
};

// A timer's callback and its arguments, kept in one root: [function, args...].
struct Timer {
  uint32_t root = 0;
  bool repeats = false;
  // Of a timer that a timer's callback set: one more than that one's.
  uint32_t nesting = 0;
};

class CodeCache;
struct RegExpCache;

struct Engine {
  HeapMemory memory;
  duk_context* ctx = nullptr;
  Heap* heap = nullptr;
  Host default_host;
  Host* host = nullptr;
  CodeCache* code_cache = nullptr;
  HeapOptions options;

  // Bytes held, as the allocator counts them.
  size_t bytes_used = 0;
  size_t bytes_peak = 0;
  bool allocation_refused = false;
  size_t slack = 0;
  // While above 0 the limit does not hold (ExemptScope).
  int exempt = 0;

  // How deep C++ and script are nested; the outermost entry sets the deadline.
  int entry_depth = 0;
  // The heap is going away: releasing roots does nothing.
  bool ending = false;
  int64_t deadline_us = 0;
  bool timed_out = false;
  std::atomic<bool> interrupted{false};
  // Counts down to the next look at the clock in native loops.
  int native_steps = 0;

  // Slots of the roots array: counts of handles, and those to reuse.
  void* roots = nullptr;
  std::vector<uint32_t> root_counts;
  std::vector<uint32_t> free_roots;

  void* keys[static_cast<size_t>(Key::kCount)] = {};
  void* intrinsics[static_cast<size_t>(Intrinsic::kCount)] = {};
  void* symbols[static_cast<size_t>(WellKnown::kCount)] = {};

  // Jobs to run, each a root holding [function, arguments...] (promise.cpp).
  std::deque<uint32_t> microtasks;
  bool running_microtasks = false;
  // Promises that were rejected without a handler, as roots.
  std::vector<uint32_t> rejected;

  std::unordered_map<uint32_t, Timer> timers;
  uint32_t next_timer = 1;
  // Of the timers that are set now.
  uint32_t timer_nesting = 0;

  // Native functions by their function objects.
  std::unordered_map<void*, std::unique_ptr<NativeFunction>> natives;

  // Functions that left as references: by id, and ids by object.
  std::unordered_map<uint32_t, uint32_t> function_roots;
  std::unordered_map<void*, uint32_t> function_ids;
  uint32_t next_function = 1;

  std::map<std::string, std::shared_ptr<SourceText>, std::less<>> sources;
  // Names of eval sources, oldest first; bounded.
  std::deque<std::string> eval_names;
  uint32_t next_eval = 1;
  // Set by LowerEval for the PushEvalName that follows.
  std::string pending_eval_name;

  // Objects whose end matters (builtins/weak.cpp): object -> listeners.
  std::unordered_multimap<void*, uint32_t> watched;
  struct WeakCell {
    void* target = nullptr;
    bool finalizes = false;
  };
  std::unordered_map<uint32_t, WeakCell> weak_cells;
  uint32_t next_weak_cell = 1;
  // Cells of FinalizationRegistry whose object has gone.
  std::vector<uint32_t> finalized_cells;

  std::shared_ptr<RegExpCache> regexps;

  // The constructors of typed arrays, the engine's underneath them, and its
  // getter of `buffer`.
  uint32_t typed_array_roots[9] = {};
  uint32_t typed_array_natives[9] = {};
  uint32_t buffer_getter_root = 0;
  uint32_t symbol_native_root = 0;

  // Arrays whose join() is running, for arrays that contain themselves.
  std::vector<void*> joining;

  uint64_t random_state = 0;
  int console_indent = 0;
  std::map<std::string, double> console_counts;
  std::map<std::string, int64_t> console_times;
  int64_t start_us = 0;
};

Engine& EngineOf(duk_context* ctx);

inline void* KeyOf(duk_context* ctx, Key key) {
  return EngineOf(ctx).keys[static_cast<size_t>(key)];
}
inline void PushIntrinsic(duk_context* ctx, Intrinsic intrinsic) {
  duk_push_heapptr(ctx,
                   EngineOf(ctx).intrinsics[static_cast<size_t>(intrinsic)]);
}
inline void* IntrinsicPointer(duk_context* ctx, Intrinsic intrinsic) {
  return EngineOf(ctx).intrinsics[static_cast<size_t>(intrinsic)];
}
inline void PushSymbol(duk_context* ctx, WellKnown symbol) {
  duk_push_heapptr(ctx, EngineOf(ctx).symbols[static_cast<size_t>(symbol)]);
}
// [ value ] -> [ value ]; keeps it for the life of the heap.
void SetIntrinsic(duk_context* ctx, Intrinsic intrinsic);

// What must not fail for want of memory and is bounded by what C++ holds:
// handles, the report of an exception.
class ExemptScope {
 public:
  explicit ExemptScope(Engine& engine) : engine_(engine) { ++engine_.exempt; }
  ~ExemptScope() { --engine_.exempt; }
  ExemptScope(const ExemptScope&) = delete;
  ExemptScope& operator=(const ExemptScope&) = delete;

 private:
  Engine& engine_;
};

// --- Roots: values kept alive from C++ ---

// [ value ] -> [ ]
uint32_t HoldRoot(Engine& engine);
void PushRoot(Engine& engine, uint32_t root);
void RetainRoot(Engine& engine, uint32_t root);
void ReleaseRoot(Engine& engine, uint32_t root);

// --- Text ---

// UTF-8 as the engine keeps it: surrogate pairs as two three-byte characters.
// Bytes that are no UTF-8 become U+FFFD.
void PushUtf8(duk_context* ctx, std::string_view text);
// The string at `index`, which must be one, as UTF-8.
std::string Utf8At(duk_context* ctx, duk_idx_t index);
// The engine's own bytes; valid while the string is on the stack.
std::string_view BytesAt(duk_context* ctx, duk_idx_t index);
std::u16string Utf16At(duk_context* ctx, duk_idx_t index);
void PushUtf16(duk_context* ctx, std::u16string_view text);

// --- Errors ---

[[noreturn]] void ThrowType(duk_context* ctx, std::string_view message);
[[noreturn]] void ThrowRange(duk_context* ctx, std::string_view message);
[[noreturn]] void ThrowSyntax(duk_context* ctx, std::string_view message);
[[noreturn]] void ThrowError(duk_context* ctx, ErrorType type,
                             std::string_view message);
// [ ] -> [ error ]
void PushError(duk_context* ctx, ErrorType type, std::string_view message);

// Throws when the time limit has passed. For native loops whose length a
// script decides; looks at the clock now and then.
void CheckTime(duk_context* ctx);
bool TimeIsUp(Engine& engine);

// Native recursion that goes through no call: proxies of proxies, flattening,
// conversion. Throws RangeError when too deep.
class NativeScope {
 public:
  explicit NativeScope(duk_context* ctx);
  ~NativeScope() { internals::LeaveNative(ctx_); }
  NativeScope(const NativeScope&) = delete;
  NativeScope& operator=(const NativeScope&) = delete;

 private:
  duk_context* ctx_;
};

// An array is being joined.
class JoinScope {
 public:
  JoinScope(Engine& engine, void* array) : engine_(engine) {
    engine_.joining.push_back(array);
  }
  ~JoinScope() { engine_.joining.pop_back(); }
  JoinScope(const JoinScope&) = delete;
  JoinScope& operator=(const JoinScope&) = delete;

 private:
  Engine& engine_;
};

// --- Stack traces (trace.cpp) ---

// [ trace ] -> [ trace ]
std::vector<StackFrame> DecodeTrace(duk_context* ctx);
// Remembers the text behind a file name.
void RememberSource(Engine& engine, std::string_view file,
                    std::string_view text, uint32_t prefix = 0);

// Calls `function` with whatever it needs on the stack in a protected call.
// On success its one result is on top, otherwise what was thrown.
template <typename Function>
bool Protected(duk_context* ctx, Function&& function) {
  auto trampoline = [](duk_context* inner, void* data) -> duk_ret_t {
    (*static_cast<std::remove_reference_t<Function>*>(data))(inner);
    return 1;
  };
  void* data = const_cast<void*>(static_cast<const void*>(&function));
  return duk_safe_call(ctx, trampoline, data, 0, 1) == DUK_EXEC_SUCCESS;
}

}  // namespace fcc::script

#endif  // FCC_RUNTIME_SCRIPT_DUKTAPE_ENGINE_H_
