// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/deep_stack.h"

#include <pthread.h>

namespace fcc::js {

void CallOnDeepStack(const std::function<void()>& work) {
  // Memory that is not touched costs nothing.
  constexpr size_t kStackBytes = size_t{256} << 20;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kStackBytes);
  auto run = [](void* argument) -> void* {
    (*static_cast<const std::function<void()>*>(argument))();
    return nullptr;
  };
  pthread_t thread;
  const int failed =
      pthread_create(&thread, &attributes, run,
                     const_cast<void*>(static_cast<const void*>(&work)));
  pthread_attr_destroy(&attributes);
  if (failed == 0) {
    pthread_join(thread, nullptr);
  } else {
    // The address space is short; the stack at hand may do.
    work();
  }
}

void CallOnStackFor(const Ast& ast, const std::function<void()>& work) {
  // The frames of a sanitized build come to 100 KiB a level and more.
  constexpr int kShallow = 32;
  if (ast.depth() > kShallow) {
    CallOnDeepStack(work);
  } else {
    work();
  }
}

}  // namespace fcc::js
