// SPDX-License-Identifier: Apache-2.0
//
// Heap: its memory, its life, running code in it.

#include "runtime/script/heap.h"

#include <algorithm>
#include <cstring>

#include "runtime/base/check.h"
#include "runtime/base/format.h"
#include "runtime/base/hash.h"
#include "runtime/script/code_cache.h"
#include "runtime/script/duktape/builtins.h"
#include "runtime/script/duktape/engine.h"
#include "runtime/script/duktape/engine_build.h"
#include "runtime/script/duktape/entry.h"
#include "runtime/script/duktape/native.h"
#include "runtime/script/duktape/object_ops.h"

namespace fcc::script {

// What blocks of a heap may lie apart, beyond twice its limit.
static constexpr size_t kScatter = 4 << 20;

// --- Memory ---

static bool Admit(Engine& engine, size_t more) {
  const size_t limit = engine.options.memory_limit;
  if (limit == 0 || engine.exempt != 0) {
    return true;
  }
  // Room between blocks counts too, or a script could waste it without end.
  if (engine.bytes_used + more > limit + engine.slack ||
      engine.memory.held() > 2 * limit + kScatter) {
    engine.allocation_refused = true;
    return false;
  }
  return true;
}

static void Count(Engine& engine, size_t before, size_t after) {
  engine.bytes_used += after - before;
  if (engine.bytes_used > engine.bytes_peak) {
    engine.bytes_peak = engine.bytes_used;
  }
}

static void* Allocate(void* data, duk_size_t size) {
  Engine& engine = *static_cast<Engine*>(data);
  if (size == 0 || !Admit(engine, size)) {
    return nullptr;
  }
  void* block = engine.memory.Allocate(size);
  if (block != nullptr) {
    Count(engine, 0, HeapMemory::SizeOf(block));
  }
  return block;
}

static void Free(void* data, void* block) {
  if (block != nullptr) {
    Engine& engine = *static_cast<Engine*>(data);
    Count(engine, HeapMemory::SizeOf(block), 0);
    engine.memory.Free(block);
  }
}

static void* Reallocate(void* data, void* block, duk_size_t size) {
  if (block == nullptr) {
    return Allocate(data, size);
  }
  if (size == 0) {
    Free(data, block);
    return nullptr;
  }
  const size_t before = HeapMemory::SizeOf(block);
  // A block that would shrink by less than half keeps its place.
  if (size <= before && size > before / 2) {
    return block;
  }
  void* moved = Allocate(data, size);
  if (moved != nullptr) {
    std::memcpy(moved, block, std::min(size, before));
    Free(data, block);
  }
  return moved;
}

// --- The heap ---

Heap::Heap(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {
  engine_->heap = this;
}

static void InternKeys(Engine& engine) {
  duk_context* ctx = engine.ctx;
  for (size_t i = 0; i < static_cast<size_t>(Key::kCount); ++i) {
    const char name[] = {'\xff', static_cast<char>('A' + i)};
    duk_push_lstring(ctx, name, sizeof(name));
    engine.keys[i] = duk_get_heapptr(ctx, -1);
    HoldRoot(engine);
  }
}

std::unique_ptr<Heap> Heap::Create(const HeapOptions& options) {
  auto owned = std::make_unique<Engine>();
  Engine& engine = *owned;
  engine.options = options;
  // The library itself is not refused memory.
  const size_t limit = std::exchange(engine.options.memory_limit, 0);
  engine.host = options.host != nullptr ? options.host : &engine.default_host;
  engine.ctx = duk_create_heap(Allocate, Reallocate, Free, &engine, nullptr);
  FCC_CHECK(engine.ctx != nullptr);
  std::unique_ptr<Heap> heap(new Heap(std::move(owned)));
  duk_context* ctx = engine.ctx;
  duk_push_heap_stash(ctx);
  duk_push_array(ctx);
  engine.roots = duk_get_heapptr(ctx, -1);
  internals::SetPrototype(ctx, engine.roots, nullptr);
  duk_put_prop_literal(ctx, -2, "roots");
  duk_pop(ctx);
  InternKeys(engine);
  engine.start_us = engine.host->clock().MonotonicUs();
  const bool installed = Protected(ctx, [&](duk_context* inner) {
    InstallBuiltins(engine);
    duk_push_undefined(inner);
  });
  if (!installed) {
    FCC_CHECK(!"the built-in library installs");
  }
  duk_set_top(ctx, 0);
  engine.options.memory_limit = limit;
  return heap;
}

Heap::~Heap() {
  Engine& engine = *engine_;
  // What functions of C++ hold may release handles, of this heap too. Nothing
  // is finalized; the engine's memory goes with the Engine, all at once.
  engine.ending = true;
  const auto natives = std::move(engine.natives);
}

Handle Heap::Adopt(uint32_t root) {
  return Handle(this, root);
}

// --- Handles ---

Handle::Handle(const Handle& other) : heap_(other.heap_), slot_(other.slot_) {
  if (heap_ != nullptr) {
    RetainRoot(heap_->engine(), slot_);
  }
}

Handle::~Handle() {
  if (heap_ != nullptr) {
    ReleaseRoot(heap_->engine(), slot_);
  }
}

Type Handle::type() const {
  if (heap_ == nullptr) {
    return Type::kUndefined;
  }
  Engine& engine = heap_->engine();
  duk_context* ctx = engine.ctx;
  PushRoot(engine, slot_);
  Type type = Type::kUndefined;
  switch (duk_get_type(ctx, -1)) {
    case DUK_TYPE_NULL:
      type = Type::kNull;
      break;
    case DUK_TYPE_BOOLEAN:
      type = Type::kBoolean;
      break;
    case DUK_TYPE_NUMBER:
      type = Type::kNumber;
      break;
    case DUK_TYPE_STRING:
      type = duk_is_symbol(ctx, -1) ? Type::kSymbol : Type::kString;
      break;
    case DUK_TYPE_OBJECT:
      type = duk_is_callable(ctx, -1) ? Type::kFunction : Type::kObject;
      break;
    default:
      break;
  }
  duk_pop(ctx);
  return type;
}

bool Handle::IsArray() const {
  if (heap_ == nullptr) {
    return false;
  }
  Engine& engine = heap_->engine();
  PushRoot(engine, slot_);
  void* object =
      duk_is_object(engine.ctx, -1) ? duk_get_heapptr(engine.ctx, -1) : nullptr;
  while (object != nullptr && internals::IsProxy(object)) {
    object = internals::ProxyTarget(object);
  }
  duk_pop(engine.ctx);
  return object != nullptr &&
         internals::GetClass(object) == internals::kClassArray;
}

bool Handle::IsError() const {
  if (heap_ == nullptr) {
    return false;
  }
  Engine& engine = heap_->engine();
  PushRoot(engine, slot_);
  const bool result = duk_is_object(engine.ctx, -1) &&
                      internals::GetClass(duk_get_heapptr(engine.ctx, -1)) ==
                          internals::kClassError;
  duk_pop(engine.ctx);
  return result;
}

// --- Running code ---

std::string_view EngineBuild() {
  return FCC_ENGINE_BUILD;
}

void UseCodeCache(Heap& heap, CodeCache* cache) {
  heap.engine().code_cache = cache;
}

// Texts that compile faster than a file is read are not worth one.
static constexpr size_t kWorthCaching = 1024;

// [ ] -> [ function ] compiled from `text`, or loaded.
static void PushCompiled(duk_context* ctx, std::string_view file,
                         std::string_view text, duk_uint_t flags) {
  CodeCache* const cache = EngineOf(ctx).code_cache;
  const bool cached = cache != nullptr && text.size() >= kWorthCaching;
  std::string key;
  if (cached) {
    std::string content(EngineBuild());
    content += base::format("\n{} {} {}\n", flags, file.size(), file);
    content += text;
    key = base::ToHex(base::Sha256(content));
    if (const std::optional<std::string> code = cache->Load(key)) {
      void* bytes = duk_push_fixed_buffer(ctx, code->size());
      std::memcpy(bytes, code->data(), code->size());
      duk_load_function(ctx);
      return;
    }
  }
  PushUtf8(ctx, file);
  duk_compile_lstring_filename(ctx, flags, text.data(), text.size());
  if (cached) {
    duk_dup_top(ctx);
    duk_dump_function(ctx);
    duk_size_t size = 0;
    const void* bytes = duk_get_buffer(ctx, -1, &size);
    cache->Store(key, std::string_view(static_cast<const char*>(bytes), size));
    duk_pop(ctx);
  }
}

Result<Handle> Heap::Evaluate(std::string_view source, std::string_view file) {
  Engine& engine = *engine_;
  RememberSource(engine, file, source);
  return Run(*this, [&](duk_context* ctx) {
    PushCompiled(ctx, file, source, DUK_COMPILE_EVAL);
    duk_call(ctx, 0);
  });
}

Result<Handle> Heap::RunScript(std::string_view source, std::string_view file) {
  Engine& engine = *engine_;
  RememberSource(engine, file, source);
  return Run(*this, [&](duk_context* ctx) {
    PushUtf8(ctx, file);
    duk_compile_lstring_filename(ctx, 0, source.data(), source.size());
    duk_call(ctx, 0);
  });
}

Result<Handle> Heap::CompileFunction(
    std::string_view source, std::string_view file,
    std::span<const std::string_view> parameters) {
  Engine& engine = *engine_;
  std::string text = "function(";
  for (size_t i = 0; i < parameters.size(); ++i) {
    text += i == 0 ? "" : ",";
    text += parameters[i];
  }
  text += "){";
  RememberSource(engine, file, source, static_cast<uint32_t>(text.size()));
  text += source;
  text += "\n}";
  return Run(*this, [&](duk_context* ctx) {
    PushCompiled(ctx, file, text, DUK_COMPILE_FUNCTION);
  });
}

Result<Handle> Heap::Call(const Handle& function, const Handle& this_value,
                          std::span<const Handle> arguments) {
  return Run(*this, [&](duk_context* ctx) {
    duk_require_stack(ctx, static_cast<duk_idx_t>(arguments.size() + 8));
    PushHandle(*engine_, function);
    RequireCallable(ctx, -1);
    PushHandle(*engine_, this_value);
    for (const Handle& argument : arguments) {
      PushHandle(*engine_, argument);
    }
    duk_call_method(ctx, static_cast<duk_idx_t>(arguments.size()));
  });
}

Result<Handle> Heap::CallMethod(const Handle& object, std::string_view method,
                                std::span<const Handle> arguments) {
  return Run(*this, [&](duk_context* ctx) {
    duk_require_stack(ctx, static_cast<duk_idx_t>(arguments.size() + 8));
    PushHandle(*engine_, object);
    PushUtf8(ctx, method);
    duk_get_prop(ctx, -2);
    RequireCallable(ctx, -1);
    duk_swap_top(ctx, -2);
    for (const Handle& argument : arguments) {
      PushHandle(*engine_, argument);
    }
    duk_call_method(ctx, static_cast<duk_idx_t>(arguments.size()));
  });
}

Result<Handle> Heap::Construct(const Handle& constructor,
                               std::span<const Handle> arguments) {
  return Run(*this, [&](duk_context* ctx) {
    duk_require_stack(ctx, static_cast<duk_idx_t>(arguments.size() + 8));
    PushHandle(*engine_, constructor);
    for (const Handle& argument : arguments) {
      PushHandle(*engine_, argument);
    }
    duk_new(ctx, static_cast<duk_idx_t>(arguments.size()));
  });
}

bool Heap::RunMicrotasks() {
  Engine& engine = *engine_;
  if (engine.entry_depth != 0 || engine.running_microtasks) {
    return true;
  }
  engine.running_microtasks = true;
  bool in_time = true;
  {
    CallScope scope(engine);
    do {
      while (in_time && !engine.microtasks.empty()) {
        if (!RunMicrotask(engine)) {
          const Exception exception = TakeException(engine);
          in_time = exception.limit != Limit::kTime;
          engine.host->UncaughtException(exception);
        } else if (TimeIsUp(engine)) {
          in_time = false;
          Exception exception =
              Throw(ErrorType::kRangeError, "execution timeout");
          exception.limit = Limit::kTime;
          engine.host->UncaughtException(exception);
        }
      }
      if (in_time) {
        ReportRejections(engine);
      }
    } while (in_time && !engine.microtasks.empty());
    if (!in_time) {
      for (const uint32_t job : engine.microtasks) {
        ReleaseRoot(engine, job);
      }
      engine.microtasks.clear();
    }
  }
  engine.running_microtasks = false;
  return in_time;
}

bool Heap::HasMicrotasks() const {
  return !engine_->microtasks.empty();
}

void Heap::FireTimer(uint32_t id) {
  Engine& engine = *engine_;
  const auto found = engine.timers.find(id);
  if (found == engine.timers.end()) {
    return;
  }
  const uint32_t root = found->second.root;
  RetainRoot(engine, root);
  const uint32_t outer_nesting =
      std::exchange(engine.timer_nesting, found->second.nesting + 1);
  if (!found->second.repeats) {
    engine.timers.erase(found);
    ReleaseRoot(engine, root);
  }
  const Status status = RunVoid(*this, [&](duk_context* ctx) {
    PushRoot(engine, root);
    void* record = duk_get_heapptr(ctx, -1);
    const uint32_t length = internals::ArrayLength(record);
    duk_require_stack(ctx, static_cast<duk_idx_t>(length + 8));
    for (uint32_t i = 0; i < length; ++i) {
      internals::GetItem(ctx, record, i);
    }
    duk_call(ctx, static_cast<duk_idx_t>(length - 1));
  });
  ReleaseRoot(engine, root);
  if (!status) {
    engine.host->UncaughtException(status.error());
  }
  RunMicrotasks();
  engine.timer_nesting = outer_nesting;
}

void Heap::EnqueueMicrotask(const Handle& function) {
  CallScope scope(*engine_);
  const ExemptScope exempt(*engine_);
  PushHandle(*engine_, function);
  QueueCallback(engine_->ctx);
}

// --- Limits and upkeep ---

Host& Heap::host() {
  return *engine_->host;
}
void Heap::SetTimeLimit(double ms) {
  engine_->options.time_limit_ms = ms;
}
void Heap::Interrupt() {
  engine_->interrupted.store(true, std::memory_order_relaxed);
}
void Heap::ClearInterrupt() {
  engine_->interrupted.store(false, std::memory_order_relaxed);
}
void Heap::CollectGarbage() {
  // Twice: the first run finalizes what the second frees.
  duk_gc(engine_->ctx, 0);
  duk_gc(engine_->ctx, 0);
}
size_t Heap::memory_used() const {
  return engine_->bytes_used;
}
size_t Heap::memory_peak() const {
  return engine_->bytes_peak;
}

std::vector<StackFrame> Heap::CurrentStack() {
  CallScope scope(*engine_);
  internals::PushTrace(engine_->ctx);
  return DecodeTrace(engine_->ctx);
}

}  // namespace fcc::script
