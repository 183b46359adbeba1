// SPDX-License-Identifier: Apache-2.0
//
// A script heap: one global object, its values, its queue of microtasks. The
// engine runs ES5 syntax with the library of ES2022; newer syntax is lowered
// by the compiler before it gets here.
//
// A heap is used from one thread at a time. Whatever runs script returns
// Result; no exception of any kind crosses this interface. Functions whose
// comment does not say "may run script" do not.

#ifndef FCC_RUNTIME_SCRIPT_HEAP_H_
#define FCC_RUNTIME_SCRIPT_HEAP_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/script/exception.h"
#include "runtime/script/handle.h"
#include "runtime/script/host.h"
#include "runtime/value/value.h"

namespace fcc::script {

struct Engine;

struct HeapOptions {
  // Null: a host without timers that writes nothing. Not owned.
  Host* host = nullptr;
  // Bytes that the engine may hold; 0 for no limit.
  size_t memory_limit = 0;
  // Time that one entry from C++ may take before script is ended; 0 for no
  // limit. Measured on the machine's clock, not on the host's.
  double time_limit_ms = 0;
  // Put into function references that leave this heap.
  uint32_t heap_id = 0;
  // console, setTimeout and their like, URL, TextEncoder. Without them only
  // what ECMA-262 has.
  bool web_globals = true;
};

// What a native function is called with. Valid during the call.
class CallInfo {
 public:
  Heap& heap() const { return heap_; }
  size_t argument_count() const { return arguments_.size(); }
  // Undefined when there are fewer arguments.
  const Handle& argument(size_t index) const;
  std::span<const Handle> arguments() const { return arguments_; }
  const Handle& this_value() const { return this_value_; }
  // Called with `new`. The object to fill is then this_value().
  bool is_construct() const { return is_construct_; }

 private:
  friend class Heap;
  CallInfo(Heap& heap, std::span<const Handle> arguments,
           const Handle& this_value, bool is_construct)
      : heap_(heap),
        arguments_(arguments),
        this_value_(this_value),
        is_construct_(is_construct) {}

  Heap& heap_;
  std::span<const Handle> arguments_;
  const Handle& this_value_;
  bool is_construct_;
};

// An empty handle returned means undefined (of a constructor: the new object).
// Destroyed when the engine collects the function.
using NativeFunction = std::function<Result<Handle>(const CallInfo& call)>;

enum class Constructs { kNo, kYes };

// Attributes of a property, as ECMA-262 names them.
struct Attributes {
  bool writable = true;
  bool enumerable = true;
  bool configurable = true;
};
// What built-in methods have.
inline constexpr Attributes kHidden{true, false, true};

class Heap {
 public:
  static std::unique_ptr<Heap> Create(const HeapOptions& options = {});
  ~Heap();
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  // --- Running code. All of these may run script. ---

  // The completion value of a program. `file` is what stack traces say.
  Result<Handle> Evaluate(std::string_view source, std::string_view file);
  // The same for a script, whose variables nothing can delete. It has no
  // completion value.
  Result<Handle> RunScript(std::string_view source, std::string_view file);
  // A function whose body is `source` and whose parameters are named; its body
  // begins on line 1 of `file`.
  Result<Handle> CompileFunction(std::string_view source, std::string_view file,
                                 std::span<const std::string_view> parameters);
  Result<Handle> Call(const Handle& function, const Handle& this_value,
                      std::span<const Handle> arguments);
  Result<Handle> Call(const Handle& function, const Handle& this_value,
                      std::initializer_list<Handle> arguments) {
    return Call(function, this_value,
                std::span(arguments.begin(), arguments.size()));
  }
  // object[method](...arguments).
  Result<Handle> CallMethod(const Handle& object, std::string_view method,
                            std::span<const Handle> arguments);
  Result<Handle> CallMethod(const Handle& object, std::string_view method,
                            std::initializer_list<Handle> arguments) {
    return CallMethod(object, method,
                      std::span(arguments.begin(), arguments.size()));
  }
  Result<Handle> Construct(const Handle& constructor,
                           std::span<const Handle> arguments);

  // Runs microtasks until none is left, then reports the rejections that
  // nothing handled. Callers do this whenever script has returned to them;
  // doing it inside script does nothing. False when the time limit ended it.
  bool RunMicrotasks();
  bool HasMicrotasks() const;
  // A timer's callback and then the microtasks. An id that is not running is
  // ignored.
  void FireTimer(uint32_t id);
  // Puts a callback into the queue of microtasks.
  void EnqueueMicrotask(const Handle& function);

  // --- Making values. ---

  Handle Global();
  Handle Undefined();
  Handle Null();
  Handle Boolean(bool boolean);
  Handle Number(double number);
  // UTF-8; bytes that are not become U+FFFD.
  Handle String(std::string_view utf8);
  Handle NewObject();
  Handle NewArray();
  Handle NewArray(std::span<const Handle> items);
  Handle NewDate(double ms);
  Handle NewError(ErrorType type, std::string_view message);
  // `length` is the function's own length property.
  Handle NewFunction(std::string_view name, int length, NativeFunction native,
                     Constructs constructs = Constructs::kNo);
  struct PromiseParts {
    Handle promise;
    Handle resolve;
    Handle reject;
  };
  PromiseParts NewPromise();
  // Symbol.iterator and its like by their name without "Symbol.".
  Handle WellKnownSymbol(std::string_view name);

  // --- Reading values. ---

  bool ToBoolean(const Handle& value);
  // May run script when the value is an object.
  Result<double> ToNumber(const Handle& value);
  Result<std::string> ToString(const Handle& value);
  // Of a number, 0 otherwise; of a string, "" otherwise; as they are.
  double AsNumber(const Handle& value);
  std::string AsString(const Handle& value);
  bool StrictEquals(const Handle& left, const Handle& right);
  // A number that is the same for the same object while it lives; 0 for
  // values that are no objects.
  uintptr_t Identity(const Handle& value);
  // As console.log would show it. May run script (getters are not called).
  std::string Inspect(const Handle& value);

  // --- Properties. These may run script (getters, setters, proxies). ---

  Result<Handle> Get(const Handle& object, std::string_view key);
  Result<Handle> Get(const Handle& object, uint32_t index);
  Result<Handle> Get(const Handle& object, const Handle& key);
  Status Set(const Handle& object, std::string_view key, const Handle& value);
  Status Set(const Handle& object, uint32_t index, const Handle& value);
  Status Set(const Handle& object, const Handle& key, const Handle& value);
  Result<bool> Has(const Handle& object, std::string_view key);
  Result<bool> HasOwn(const Handle& object, std::string_view key);
  Result<bool> Delete(const Handle& object, std::string_view key);
  // Own data property, whatever the prototypes say.
  Status Define(const Handle& object, std::string_view key, const Handle& value,
                Attributes attributes = {});
  // An empty getter or setter stands for undefined.
  Status DefineAccessor(const Handle& object, std::string_view key,
                        const Handle& getter, const Handle& setter,
                        Attributes attributes = {});
  // A native method: hidden, with that name.
  Status DefineMethod(const Handle& object, std::string_view name, int length,
                      NativeFunction native);
  // Own enumerable string keys, in order: Object.keys.
  Result<std::vector<std::string>> Keys(const Handle& object);
  Result<uint32_t> Length(const Handle& array_like);
  Status Push(const Handle& array, const Handle& item);
  Result<Handle> Prototype(const Handle& object);
  Status SetPrototype(const Handle& object, const Handle& prototype);
  // Objects that only C++ sees data on: a pointer-sized number under a name no
  // script can spell. 0 when there is none.
  void SetInternal(const Handle& object, uintptr_t data);
  uintptr_t Internal(const Handle& object);

  // --- Values that live outside of heaps. ---

  // Always succeeds. Function references of this heap become their functions
  // again; those of other heaps become undefined.
  Handle FromValue(const value::Value& value);
  // Own enumerable members; accessors and proxies may run script. Symbols
  // become undefined; Map, Set and other objects are taken as plain objects.
  // Cycles and a depth over value::kMaxDepth are exceptions.
  Result<value::Value> ToValue(const Handle& value);
  // What JSON.parse(JSON.stringify(x)) gives: toJSON is called, functions and
  // undefined are left out.
  Result<value::Value> ToJsonValue(const Handle& value);
  Result<std::string> ToJson(const Handle& value, int indent = 0);
  // A function that left as a reference; empty when the id is not known.
  Handle Function(value::FunctionRef reference);
  // Forgets a reference so that the function can be collected.
  void ReleaseFunction(value::FunctionRef reference);
  // How many functions have left as references and are still held, and the end
  // of those that `keep` does not want.
  size_t function_references() const;
  void ReleaseFunctionsUnless(const std::function<bool(uint32_t id)>& keep);
  // structuredClone into another heap (or this one): dates, regular
  // expressions, maps, sets, typed arrays, errors, cycles.
  Result<Handle> CopyTo(Heap& other, const Handle& value);

  // --- Limits and upkeep. ---

  Host& host();
  // For entries from now on.
  void SetTimeLimit(double ms);
  // Ends running script as if its time were up. The one function that other
  // threads may call. Stays in force until ClearInterrupt.
  void Interrupt();
  void ClearInterrupt();
  void CollectGarbage();
  size_t memory_used() const;
  size_t memory_peak() const;
  // The stack of the script that is running, innermost frame first.
  std::vector<StackFrame> CurrentStack();

  // For the engine's own files.
  Engine& engine() { return *engine_; }
  Handle Adopt(uint32_t root);
  CallInfo MakeCallInfo(std::span<const Handle> arguments,
                        const Handle& this_value, bool is_construct);

 private:
  friend class Handle;
  explicit Heap(std::unique_ptr<Engine> engine);

  std::unique_ptr<Engine> engine_;
};

}  // namespace fcc::script

#endif  // FCC_RUNTIME_SCRIPT_HEAP_H_
