// SPDX-License-Identifier: Apache-2.0
//
// The way out of a script heap: everything a script can notice of the world
// comes through this.

#ifndef FCC_RUNTIME_SCRIPT_HOST_H_
#define FCC_RUNTIME_SCRIPT_HOST_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "runtime/base/clock.h"
#include "runtime/base/result.h"
#include "runtime/script/exception.h"
#include "runtime/script/handle.h"

namespace fcc::script {

enum class ConsoleLevel { kLog, kInfo, kWarn, kError, kDebug };

// A place in generated code, or in the source that it came from.
struct CodePosition {
  std::string file;
  uint32_t line = 0;    // from 1
  uint32_t column = 0;  // from 1
  // The function's name in the source, where the map knows it.
  std::string function;
};

// What source text is for.
enum class SourceKind {
  // The argument of a direct or indirect eval.
  kEval,
  // A function expression in parentheses, put together by the Function
  // constructor or one of its relatives. What it is lowered to must have the
  // function as its completion value.
  kFunction,
  kGeneratorFunction,
  kAsyncFunction,
  kAsyncGeneratorFunction,
};

// Must outlive the heap. Every member has a default that suits a heap without
// a world. Calls come on the heap's thread, in the middle of script: an
// implementation may use the heap, except where it says otherwise.
class Host {
 public:
  virtual ~Host() = default;

  // What Date.now, performance.now and the time limit go by.
  virtual base::Clock& clock();
  // Uniform in [0, 1): Math.random.
  virtual double Random();

  // setTimeout and setInterval. The host calls Heap::FireTimer(id) when the
  // time has come, again and again for repeating ones. The heap gives ids.
  virtual void StartTimer(uint32_t id, double delay_ms, bool repeats);
  virtual void StopTimer(uint32_t id);

  // console.*; `text` is the arguments formatted as consoles do.
  virtual void Console(ConsoleLevel level, std::string_view text,
                       std::span<const Handle> arguments);

  // A promise was rejected and nothing handled it by the time the microtask
  // queue ran dry.
  virtual void UnhandledRejection(const Exception& reason);
  // Thrown by a timer's or a microtask's callback.
  virtual void UncaughtException(const Exception& exception);

  // Source that a script hands to eval or Function, as this engine can run it
  // (ES5). Fails with a message for a SyntaxError. The default passes it on.
  virtual base::Result<std::string> LowerSource(std::string_view source,
                                                SourceKind kind);
  // Where a position of generated code comes from; false when nothing is
  // known. Must not use the heap.
  virtual bool MapPosition(CodePosition& position);
};

}  // namespace fcc::script

#endif  // FCC_RUNTIME_SCRIPT_HOST_H_
