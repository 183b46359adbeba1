// SPDX-License-Identifier: Apache-2.0

#include "runtime/script/duktape/engine.h"

#include <time.h>

#include <cstdlib>

#include "runtime/base/unicode.h"
#include "runtime/script/duktape/engine/hooks.h"

namespace fcc::script {

Engine& EngineOf(duk_context* ctx) {
  duk_memory_functions functions;
  duk_get_memory_functions(ctx, &functions);
  return *static_cast<Engine*>(functions.udata);
}

// The time this thread has computed: on a busy machine a script that does
// little may take long.
static int64_t MachineUs() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return int64_t{now.tv_sec} * 1000000 + now.tv_nsec / 1000;
}

void SetIntrinsic(duk_context* ctx, Intrinsic intrinsic) {
  Engine& engine = EngineOf(ctx);
  engine.intrinsics[static_cast<size_t>(intrinsic)] = duk_get_heapptr(ctx, -1);
  // Never released: intrinsics live as long as the heap.
  duk_dup(ctx, -1);
  HoldRoot(engine);
}

// --- Roots ---

uint32_t HoldRoot(Engine& engine) {
  duk_context* ctx = engine.ctx;
  uint32_t root;
  if (engine.free_roots.empty()) {
    root = static_cast<uint32_t>(engine.root_counts.size());
    engine.root_counts.push_back(0);
  } else {
    root = engine.free_roots.back();
    engine.free_roots.pop_back();
  }
  engine.root_counts[root] = 1;
  const ExemptScope exempt(engine);
  duk_push_heapptr(ctx, engine.roots);
  duk_swap_top(ctx, -2);
  duk_put_prop_index(ctx, -2, root);
  duk_pop(ctx);
  return root;
}

void PushRoot(Engine& engine, uint32_t root) {
  internals::GetItem(engine.ctx, engine.roots, root);
}

void RetainRoot(Engine& engine, uint32_t root) {
  ++engine.root_counts[root];
}

void ReleaseRoot(Engine& engine, uint32_t root) {
  if (--engine.root_counts[root] != 0 || engine.ending) {
    return;
  }
  duk_context* ctx = engine.ctx;
  duk_push_heapptr(ctx, engine.roots);
  duk_push_undefined(ctx);
  // Replacing an item that is there cannot fail.
  duk_put_prop_index(ctx, -2, root);
  duk_pop(ctx);
  engine.free_roots.push_back(root);
}

// --- Text ---

static bool IsPlainAscii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) {
      return false;
    }
  }
  return true;
}

static void AppendCesu(std::string& out, uint32_t code_point) {
  if (code_point >= 0x10000) {
    base::AppendUtf8(out, 0xD800 + ((code_point - 0x10000) >> 10));
    base::AppendUtf8(out, 0xDC00 + ((code_point - 0x10000) & 0x3FF));
  } else {
    base::AppendUtf8(out, code_point);
  }
}

void PushUtf8(duk_context* ctx, std::string_view text) {
  if (IsPlainAscii(text)) {
    duk_push_lstring(ctx, text.data(), text.size());
    return;
  }
  std::string bytes;
  bytes.reserve(text.size() + text.size() / 2);
  for (size_t at = 0; at < text.size();) {
    const base::DecodedCodePoint decoded = base::DecodeUtf8(text, at);
    AppendCesu(bytes, decoded.valid ? decoded.code_point : 0xFFFD);
    at += decoded.size;
  }
  duk_push_lstring(ctx, bytes.data(), bytes.size());
}

std::string_view BytesAt(duk_context* ctx, duk_idx_t index) {
  duk_size_t size = 0;
  const char* data = duk_get_lstring(ctx, index, &size);
  return data == nullptr ? std::string_view() : std::string_view(data, size);
}

std::u16string Utf16At(duk_context* ctx, duk_idx_t index) {
  const std::string_view bytes = BytesAt(ctx, index);
  std::u16string text;
  if (internals::IsAscii(duk_get_heapptr(ctx, index))) {
    text.resize(bytes.size());
    for (size_t at = 0; at < bytes.size(); ++at) {
      text[at] = static_cast<unsigned char>(bytes[at]);
    }
    return text;
  }
  text.reserve(bytes.size());
  for (size_t at = 0; at < bytes.size();) {
    const auto lead = static_cast<unsigned char>(bytes[at]);
    if (lead < 0x80) {
      text.push_back(lead);
      ++at;
      continue;
    }
    const base::DecodedCodePoint decoded = base::DecodeUtf8(bytes, at);
    text.push_back(static_cast<char16_t>(decoded.code_point));
    at += decoded.size;
  }
  return text;
}

void PushUtf16(duk_context* ctx, std::u16string_view text) {
  std::string bytes;
  bytes.reserve(text.size());
  for (const char16_t unit : text) {
    if (unit < 0x80) {
      bytes.push_back(static_cast<char>(unit));
    } else {
      base::AppendUtf8(bytes, unit);
    }
  }
  duk_push_lstring(ctx, bytes.data(), bytes.size());
}

std::string Utf8At(duk_context* ctx, duk_idx_t index) {
  const std::string_view bytes = BytesAt(ctx, index);
  // Surrogates are the three-byte sequences that begin with 0xED 0xA0 and up.
  if (bytes.find('\xED') == std::string_view::npos) {
    return std::string(bytes);
  }
  return base::FromUtf16(Utf16At(ctx, index));
}

// --- Errors ---

static duk_errcode_t ErrorCode(ErrorType type) {
  switch (type) {
    case ErrorType::kError:
      return DUK_ERR_ERROR;
    case ErrorType::kTypeError:
      return DUK_ERR_TYPE_ERROR;
    case ErrorType::kRangeError:
      return DUK_ERR_RANGE_ERROR;
    case ErrorType::kSyntaxError:
      return DUK_ERR_SYNTAX_ERROR;
    case ErrorType::kReferenceError:
      return DUK_ERR_REFERENCE_ERROR;
    case ErrorType::kEvalError:
      return DUK_ERR_EVAL_ERROR;
    case ErrorType::kUriError:
      return DUK_ERR_URI_ERROR;
  }
  return DUK_ERR_ERROR;
}

void PushError(duk_context* ctx, ErrorType type, std::string_view message) {
  duk_push_error_object_raw(ctx, ErrorCode(type), nullptr, 0, "%s", "");
  PushUtf8(ctx, message);
  duk_push_literal(ctx, "message");
  duk_swap_top(ctx, -2);
  duk_def_prop(ctx, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_ATTR_WC);
}

void ThrowError(duk_context* ctx, ErrorType type, std::string_view message) {
  PushError(ctx, type, message);
  duk_throw_raw(ctx);
  std::abort();  // duk_throw_raw does not return, which C++ is not told.
}
void ThrowType(duk_context* ctx, std::string_view message) {
  ThrowError(ctx, ErrorType::kTypeError, message);
}
void ThrowRange(duk_context* ctx, std::string_view message) {
  ThrowError(ctx, ErrorType::kRangeError, message);
}
void ThrowSyntax(duk_context* ctx, std::string_view message) {
  ThrowError(ctx, ErrorType::kSyntaxError, message);
}

// --- Limits ---

bool TimeIsUp(Engine& engine) {
  if (engine.interrupted.load(std::memory_order_relaxed)) {
    engine.timed_out = true;
  } else if (engine.options.time_limit_ms > 0) {
    const int64_t now = MachineUs();
    if (engine.deadline_us == 0) {
      engine.deadline_us =
          now + static_cast<int64_t>(engine.options.time_limit_ms * 1000.0);
    }
    if (now > engine.deadline_us) {
      engine.timed_out = true;
    }
  }
  return engine.timed_out;
}

void CheckTime(duk_context* ctx) {
  Engine& engine = EngineOf(ctx);
  if (++engine.native_steps < 4096) {
    return;
  }
  engine.native_steps = 0;
  if (TimeIsUp(engine)) {
    ThrowRange(ctx, "execution timeout");
  }
}

NativeScope::NativeScope(duk_context* ctx) : ctx_(ctx) {
  if (!internals::EnterNative(ctx)) {
    ThrowRange(ctx, "maximum call stack size exceeded");
  }
}

}  // namespace fcc::script

// --- What the engine's configuration calls (engine/config.h) ---

using fcc::script::Engine;

int fcc_duk_timeout(void* engine) {
  return fcc::script::TimeIsUp(*static_cast<Engine*>(engine)) ? 1 : 0;
}

double fcc_duk_now(duk_hthread* thr) {
  return fcc::script::EngineOf(thr).host->clock().NowMs();
}

double fcc_duk_random(void* engine) {
  return static_cast<Engine*>(engine)->host->Random();
}

void fcc_duk_fatal(void*, const char* message) {
  // Reached only when an error leaves every protected call: a bug of ours.
  fcc::base::CheckFailed(message, __FILE__, __LINE__);
}
