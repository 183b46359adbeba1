// SPDX-License-Identifier: Apache-2.0

#include "runtime/script/duktape/builtins/string_size.h"

namespace fcc::script {

// As V8 has it.
static constexpr size_t kMaxLength = (size_t{1} << 29) - 24;

void CheckStringSize(duk_context* ctx, size_t size) {
  if (size > kMaxLength) {
    ThrowRange(ctx, "Invalid string length");
  }
  Engine& engine = EngineOf(ctx);
  const size_t limit = engine.options.memory_limit;
  if (limit != 0 && size > limit) {
    engine.allocation_refused = true;
    ThrowRange(ctx, "out of memory");
  }
}

}  // namespace fcc::script
