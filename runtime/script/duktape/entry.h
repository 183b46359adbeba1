// SPDX-License-Identifier: Apache-2.0
//
// Entering script from C++ and leaving it. Whatever can throw runs in a
// protected call; the value stack is the same after an entry as before it.

#ifndef FCC_RUNTIME_SCRIPT_DUKTAPE_ENTRY_H_
#define FCC_RUNTIME_SCRIPT_DUKTAPE_ENTRY_H_

#include "runtime/script/duktape/builtins.h"
#include "runtime/script/duktape/engine.h"

namespace fcc::script {

// One entry from C++ into the engine: room on the value stack, the deadline of
// the outermost entry, and the stack as it was at the end.
class CallScope {
 public:
  explicit CallScope(Engine& engine);
  ~CallScope();
  CallScope(const CallScope&) = delete;
  CallScope& operator=(const CallScope&) = delete;

 private:
  Engine& engine_;
  duk_idx_t top_;
};

// Pushes what `exception` is to a script: [ ] -> [ value ].
void PushException(duk_context* ctx, const Exception& exception);

// [ ] -> [ value ]; undefined for an empty handle.
void PushHandle(Engine& engine, const Handle& handle);

// Runs `body`, which leaves its result on top.
template <typename Body>
Result<Handle> Run(Heap& heap, Body&& body) {
  Engine& engine = heap.engine();
  CallScope scope(engine);
  if (!Protected(engine.ctx, body)) {
    return TakeException(engine);
  }
  return heap.Adopt(HoldRoot(engine));
}

// Runs `body` for its effects; it leaves anything on top.
template <typename Body>
Status RunVoid(Heap& heap, Body&& body) {
  Engine& engine = heap.engine();
  CallScope scope(engine);
  const auto wrapped = [&](duk_context* ctx) {
    body(ctx);
    duk_push_undefined(ctx);
  };
  if (!Protected(engine.ctx, wrapped)) {
    return TakeException(engine);
  }
  return {};
}

// Values whose making cannot run script and fails only without memory.
template <typename Push>
Handle Make(Heap& heap, Push&& push) {
  Engine& engine = heap.engine();
  CallScope scope(engine);
  if (!Protected(engine.ctx, push)) {
    duk_push_undefined(engine.ctx);
  }
  return heap.Adopt(HoldRoot(engine));
}

}  // namespace fcc::script

#endif  // FCC_RUNTIME_SCRIPT_DUKTAPE_ENTRY_H_
