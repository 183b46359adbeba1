// SPDX-License-Identifier: Apache-2.0
//
// Heap: entering script and leaving it. Whatever can throw runs in a
// protected call; the value stack is the same after an entry as before it.

#include "runtime/script/heap.h"

#include <malloc.h>

#include <cstdlib>
#include <cstring>

#include "runtime/base/check.h"
#include "runtime/base/format.h"
#include "runtime/base/hash.h"
#include "runtime/script/code_cache.h"
#include "runtime/script/duktape/builtins.h"
#include "runtime/script/duktape/engine.h"
#include "runtime/script/duktape/engine_build.h"
#include "runtime/script/duktape/native.h"
#include "runtime/script/duktape/object_ops.h"

namespace fcc::script {

// --- Memory ---

// What an entry into a full heap may have beyond the limit.
static constexpr size_t kSlack = 256 << 10;

static bool Admit(Engine& engine, size_t more) {
  const size_t limit = engine.options.memory_limit;
  if (limit != 0 && engine.exempt == 0 &&
      engine.bytes_used + more > limit + engine.slack) {
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
  void* block = std::malloc(size);
  if (block != nullptr) {
    Count(engine, 0, malloc_usable_size(block));
  }
  return block;
}

static void Free(void* data, void* block) {
  if (block != nullptr) {
    Count(*static_cast<Engine*>(data), malloc_usable_size(block), 0);
    std::free(block);
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
  Engine& engine = *static_cast<Engine*>(data);
  const size_t before = malloc_usable_size(block);
  if (size > before && !Admit(engine, size - before)) {
    return nullptr;
  }
  void* moved = std::realloc(block, size);
  if (moved != nullptr) {
    Count(engine, before, malloc_usable_size(moved));
  }
  return moved;
}

// --- Entries ---

namespace {

// One entry from C++ into the engine: room on the value stack, the deadline of
// the outermost entry, and the stack as it was at the end.
class CallScope {
 public:
  explicit CallScope(Engine& engine)
      : engine_(engine), top_(duk_get_top(engine.ctx)) {
    const ExemptScope exempt(engine);
    duk_check_stack(engine.ctx, 64);
    if (engine.entry_depth++ == 0) {
      engine.timed_out = false;
      engine.allocation_refused = false;
      // A full heap must be able to run the code that empties it.
      const size_t limit = engine.options.memory_limit;
      engine.slack = engine.bytes_used + kSlack > limit ? size_t{kSlack} : 0;
      // Set when the clock is first looked at.
      engine.deadline_us = 0;
    }
  }
  ~CallScope() {
    duk_set_top(engine_.ctx, top_);
    --engine_.entry_depth;
  }
  CallScope(const CallScope&) = delete;
  CallScope& operator=(const CallScope&) = delete;

 private:
  Engine& engine_;
  duk_idx_t top_;
};

}  // namespace

// [ error ] -> [ error ]: a property as text, without running script.
static std::string PlainText(duk_context* ctx, const char* name) {
  std::string text;
  const duk_idx_t top = duk_get_top(ctx);
  duk_push_string(ctx, name);
  void* key = duk_get_heapptr(ctx, -1);
  internals::OwnProperty property;
  void* object = duk_get_heapptr(ctx, top - 1);
  for (int depth = 0; object != nullptr && depth < 64; ++depth) {
    if (internals::IsProxy(object)) {
      break;
    }
    if (internals::GetOwn(ctx, object, key, &property)) {
      if (duk_is_string(ctx, -1) && !duk_is_symbol(ctx, -1)) {
        text = Utf8At(ctx, -1);
      } else if (duk_is_number(ctx, -1)) {
        text = duk_to_string(ctx, -1);
      }
      break;
    }
    object = internals::GetPrototype(ctx, object);
  }
  duk_set_top(ctx, top);
  return text;
}

// What console.log would show of the value on top.
static std::string Inspected(duk_context* ctx) {
  std::string text;
  Protected(ctx, [&](duk_context* inner) {
    duk_dup_top(inner);
    text = InspectTop(inner);
    duk_push_undefined(inner);
  });
  duk_pop(ctx);
  return text;
}

Exception TakeException(Engine& engine) {
  duk_context* ctx = engine.ctx;
  const ExemptScope exempt(engine);
  Exception exception;
  if (engine.timed_out) {
    exception.limit = Limit::kTime;
    exception.name = "RangeError";
    exception.message = "execution timeout";
    if (duk_is_object(ctx, -1) &&
        internals::PushErrorTrace(ctx, duk_get_heapptr(ctx, -1))) {
      exception.frames = DecodeTrace(ctx);
      duk_pop(ctx);
    }
    duk_pop(ctx);
    return exception;
  }
  if (duk_is_object(ctx, -1)) {
    void* object = duk_get_heapptr(ctx, -1);
    exception.name = PlainText(ctx, "name");
    exception.message = PlainText(ctx, "message");
    if (exception.name.empty() && exception.message.empty()) {
      exception.message = Inspected(ctx);
    }
    if (!internals::IsProxy(object) && internals::PushErrorTrace(ctx, object)) {
      exception.frames = DecodeTrace(ctx);
      duk_pop(ctx);
    }
    // Without memory for an error, the engine throws one that it keeps ready.
    const bool spare = exception.name == "DoubleError";
    if (engine.allocation_refused &&
        (spare || exception.message == "out of memory")) {
      exception.limit = Limit::kMemory;
      exception.name = "RangeError";
      exception.message = "out of memory";
    }
  } else {
    exception.message = Inspected(ctx);
  }
  const uint32_t root = HoldRoot(engine);
  PushRoot(engine, root);
  exception.thrown = engine.heap->Adopt(root);
  duk_pop(ctx);
  return exception;
}

// Pushes what `exception` is to a script: [ ] -> [ value ].
static void PushException(duk_context* ctx, const Exception& exception) {
  Engine& engine = EngineOf(ctx);
  if (!exception.thrown.empty()) {
    PushRoot(engine, exception.thrown.slot());
    return;
  }
  PushError(
      ctx,
      exception.limit == Limit::kTime ? ErrorType::kRangeError : exception.type,
      exception.message);
}

// [ ] -> [ value ]; undefined for an empty handle.
static void PushHandle(Engine& engine, const Handle& handle) {
  if (handle.empty()) {
    duk_push_undefined(engine.ctx);
    return;
  }
  FCC_CHECK(handle.heap() == engine.heap);
  PushRoot(engine, handle.slot());
}

// Runs `body`, which leaves its result on top.
template <typename Body>
static Result<Handle> Run(Heap& heap, Body&& body) {
  Engine& engine = heap.engine();
  CallScope scope(engine);
  if (!Protected(engine.ctx, body)) {
    return TakeException(engine);
  }
  return heap.Adopt(HoldRoot(engine));
}

// Runs `body` for its effects; it leaves anything on top.
template <typename Body>
static Status RunVoid(Heap& heap, Body&& body) {
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
  duk_put_prop_string(ctx, -2, "roots");
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
  duk_destroy_heap(engine.ctx);
  engine.natives.clear();
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
    std::string content = FCC_ENGINE_BUILD;
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
}

void Heap::EnqueueMicrotask(const Handle& function) {
  CallScope scope(*engine_);
  const ExemptScope exempt(*engine_);
  PushHandle(*engine_, function);
  QueueCallback(engine_->ctx);
}

// --- Making values ---

// Values whose making cannot run script and fails only without memory.
template <typename Push>
static Handle Make(Heap& heap, Push&& push) {
  Engine& engine = heap.engine();
  CallScope scope(engine);
  if (!Protected(engine.ctx, push)) {
    duk_push_undefined(engine.ctx);
  }
  return heap.Adopt(HoldRoot(engine));
}

Handle Heap::Global() {
  return Make(*this, [](duk_context* ctx) { duk_push_global_object(ctx); });
}
Handle Heap::Undefined() {
  return Make(*this, [](duk_context* ctx) { duk_push_undefined(ctx); });
}
Handle Heap::Null() {
  return Make(*this, [](duk_context* ctx) { duk_push_null(ctx); });
}
Handle Heap::Boolean(bool boolean) {
  return Make(*this, [&](duk_context* ctx) { duk_push_boolean(ctx, boolean); });
}
Handle Heap::Number(double number) {
  return Make(*this, [&](duk_context* ctx) { duk_push_number(ctx, number); });
}
Handle Heap::String(std::string_view utf8) {
  return Make(*this, [&](duk_context* ctx) { PushUtf8(ctx, utf8); });
}
Handle Heap::NewObject() {
  return Make(*this, [](duk_context* ctx) { duk_push_object(ctx); });
}
Handle Heap::NewArray() {
  return Make(*this, [](duk_context* ctx) { duk_push_array(ctx); });
}
Handle Heap::NewArray(std::span<const Handle> items) {
  return Make(*this, [&](duk_context* ctx) {
    duk_push_array(ctx);
    for (size_t i = 0; i < items.size(); ++i) {
      PushHandle(*engine_, items[i]);
      duk_put_prop_index(ctx, -2, static_cast<duk_uarridx_t>(i));
    }
  });
}
Handle Heap::NewDate(double ms) {
  return Make(*this, [&](duk_context* ctx) {
    duk_get_global_string(ctx, "Date");
    duk_push_number(ctx, ms);
    duk_new(ctx, 1);
  });
}
Handle Heap::NewError(ErrorType type, std::string_view message) {
  return Make(*this, [&](duk_context* ctx) { PushError(ctx, type, message); });
}

// Finalizer of native functions: [ function ].
static duk_ret_t DropNative(duk_context* ctx) {
  Engine& engine = EngineOf(ctx);
  const auto found = engine.natives.find(duk_get_heapptr(ctx, 0));
  if (found != engine.natives.end()) {
    // Its captures may own handles, whose release must find the table sound.
    std::unique_ptr<NativeFunction> dropped = std::move(found->second);
    engine.natives.erase(found);
  }
  return 0;
}

struct NativeCall {
  static duk_ret_t Run(duk_context* ctx) {
    Engine& engine = EngineOf(ctx);
    duk_push_current_function(ctx);
    const auto found = engine.natives.find(duk_get_heapptr(ctx, -1));
    duk_pop(ctx);
    if (found == engine.natives.end()) {
      ThrowType(ctx, "function has been released");
    }
    const NativeFunction& native = *found->second;
    const duk_idx_t count = duk_get_top(ctx);
    bool threw = false;
    {
      std::vector<Handle> arguments;
      arguments.reserve(static_cast<size_t>(count));
      for (duk_idx_t i = 0; i < count; ++i) {
        duk_dup(ctx, i);
        arguments.push_back(engine.heap->Adopt(HoldRoot(engine)));
      }
      duk_push_this(ctx);
      const Handle this_value = engine.heap->Adopt(HoldRoot(engine));
      const CallInfo info = engine.heap->MakeCallInfo(
          arguments, this_value, duk_is_constructor_call(ctx) != 0);
      const Result<Handle> result = native(info);
      duk_require_stack(ctx, 16);
      if (result.ok()) {
        PushHandle(engine, *result);
      } else {
        PushException(ctx, result.error());
        threw = true;
      }
    }
    if (threw) {
      duk_throw(ctx);
    }
    return 1;
  }
};

CallInfo Heap::MakeCallInfo(std::span<const Handle> arguments,
                            const Handle& this_value, bool is_construct) {
  return CallInfo(*this, arguments, this_value, is_construct);
}

const Handle& CallInfo::argument(size_t index) const {
  static const Handle empty;
  return index < arguments_.size() ? arguments_[index] : empty;
}

Handle Heap::NewFunction(std::string_view name, int length,
                         NativeFunction native, Constructs constructs) {
  Engine& engine = *engine_;
  return Make(*this, [&](duk_context* ctx) {
    internals::PushNative(ctx, NativeCall::Run, DUK_VARARGS,
                          constructs == Constructs::kYes);
    duk_push_int(ctx, length);
    DefineValue(ctx, -2, "length", DUK_DEFPROP_C);
    PushUtf8(ctx, name);
    DefineValue(ctx, -2, "name", DUK_DEFPROP_C);
    if (constructs == Constructs::kYes) {
      duk_push_object(ctx);
      duk_dup(ctx, -2);
      DefineHidden(ctx, -2, "constructor");
      DefineValue(ctx, -2, "prototype", DUK_DEFPROP_W);
    }
    engine.natives.emplace(duk_get_heapptr(ctx, -1),
                           std::make_unique<NativeFunction>(std::move(native)));
    duk_push_c_function(ctx, DropNative, 2);
    duk_set_finalizer(ctx, -2);
  });
}

Heap::PromiseParts Heap::NewPromise() {
  Engine& engine = *engine_;
  CallScope scope(engine);
  const ExemptScope exempt(engine);
  PushPromiseParts(engine.ctx);
  PromiseParts parts;
  parts.reject = Adopt(HoldRoot(engine));
  parts.resolve = Adopt(HoldRoot(engine));
  parts.promise = Adopt(HoldRoot(engine));
  return parts;
}

Handle Heap::WellKnownSymbol(std::string_view name) {
#define FCC_SYMBOL(id, description)                                           \
  if (name == description) {                                                  \
    return Make(*this,                                                        \
                [](duk_context* ctx) { PushSymbol(ctx, WellKnown::k##id); }); \
  }
#include "runtime/script/duktape/symbols.def"
#undef FCC_SYMBOL
  return {};
}

// --- Reading values ---

bool Heap::ToBoolean(const Handle& value) {
  PushHandle(*engine_, value);
  const bool boolean = duk_to_boolean(engine_->ctx, -1) != 0;
  duk_pop(engine_->ctx);
  return boolean;
}

Result<double> Heap::ToNumber(const Handle& value) {
  double number = 0;
  FCC_TRY(RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, value);
    number = duk_to_number(ctx, -1);
  }));
  return number;
}

Result<std::string> Heap::ToString(const Handle& value) {
  std::string text;
  FCC_TRY(RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, value);
    ToStringAt(ctx, -1);
    text = Utf8At(ctx, -1);
  }));
  return text;
}

double Heap::AsNumber(const Handle& value) {
  PushHandle(*engine_, value);
  const double number = duk_get_number_default(engine_->ctx, -1, 0);
  duk_pop(engine_->ctx);
  return number;
}

std::string Heap::AsString(const Handle& value) {
  PushHandle(*engine_, value);
  std::string text;
  if (duk_is_string(engine_->ctx, -1) && !duk_is_symbol(engine_->ctx, -1)) {
    text = Utf8At(engine_->ctx, -1);
  }
  duk_pop(engine_->ctx);
  return text;
}

bool Heap::StrictEquals(const Handle& left, const Handle& right) {
  PushHandle(*engine_, left);
  PushHandle(*engine_, right);
  const bool equal = duk_strict_equals(engine_->ctx, -2, -1) != 0;
  duk_pop_2(engine_->ctx);
  return equal;
}

uintptr_t Heap::Identity(const Handle& value) {
  PushHandle(*engine_, value);
  const uintptr_t identity =
      duk_is_object(engine_->ctx, -1)
          ? reinterpret_cast<uintptr_t>(duk_get_heapptr(engine_->ctx, -1))
          : 0;
  duk_pop(engine_->ctx);
  return identity;
}

std::string Heap::Inspect(const Handle& value) {
  std::string text;
  const Status status = RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, value);
    text = InspectTop(ctx);
  });
  return status ? text : status.error().Summary();
}

// --- Properties ---

Result<Handle> Heap::Get(const Handle& object, std::string_view key) {
  return Run(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    PushUtf8(ctx, key);
    duk_get_prop(ctx, -2);
  });
}
Result<Handle> Heap::Get(const Handle& object, uint32_t index) {
  return Run(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    duk_get_prop_index(ctx, -1, index);
  });
}
Result<Handle> Heap::Get(const Handle& object, const Handle& key) {
  return Run(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    PushHandle(*engine_, key);
    duk_get_prop(ctx, -2);
  });
}
Status Heap::Set(const Handle& object, std::string_view key,
                 const Handle& value) {
  return RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    PushUtf8(ctx, key);
    PushHandle(*engine_, value);
    duk_put_prop(ctx, -3);
  });
}
Status Heap::Set(const Handle& object, uint32_t index, const Handle& value) {
  return RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    PushHandle(*engine_, value);
    duk_put_prop_index(ctx, -2, index);
  });
}
Status Heap::Set(const Handle& object, const Handle& key, const Handle& value) {
  return RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    PushHandle(*engine_, key);
    PushHandle(*engine_, value);
    duk_put_prop(ctx, -3);
  });
}
Result<bool> Heap::Has(const Handle& object, std::string_view key) {
  bool has = false;
  FCC_TRY(RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    PushUtf8(ctx, key);
    has = duk_has_prop(ctx, -2) != 0;
  }));
  return has;
}
Result<bool> Heap::HasOwn(const Handle& object, std::string_view key) {
  bool has = false;
  FCC_TRY(RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    duk_to_object(ctx, -1);
    PushUtf8(ctx, key);
    Descriptor own;
    has = OpGetOwn(ctx, -2, -1, &own);
  }));
  return has;
}
Result<bool> Heap::Delete(const Handle& object, std::string_view key) {
  bool done = false;
  FCC_TRY(RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    RequireObject(ctx, -1, "value");
    PushUtf8(ctx, key);
    done = OpDelete(ctx, -2, -1);
  }));
  return done;
}

static unsigned AttributeFlags(Attributes attributes) {
  return (attributes.writable ? DUK_DEFPROP_W : 0u) |
         (attributes.enumerable ? DUK_DEFPROP_E : 0u) |
         (attributes.configurable ? DUK_DEFPROP_C : 0u);
}

Status Heap::Define(const Handle& object, std::string_view key,
                    const Handle& value, Attributes attributes) {
  return RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    PushUtf8(ctx, key);
    PushHandle(*engine_, value);
    duk_def_prop(ctx, -3,
                 DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_HAVE_WEC |
                     AttributeFlags(attributes));
  });
}

Status Heap::DefineAccessor(const Handle& object, std::string_view key,
                            const Handle& getter, const Handle& setter,
                            Attributes attributes) {
  return RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    PushUtf8(ctx, key);
    unsigned flags = DUK_DEFPROP_HAVE_ENUMERABLE |
                     DUK_DEFPROP_HAVE_CONFIGURABLE |
                     (AttributeFlags(attributes) & ~DUK_DEFPROP_W);
    duk_idx_t values = 0;
    if (!getter.empty()) {
      PushHandle(*engine_, getter);
      flags |= DUK_DEFPROP_HAVE_GETTER;
      ++values;
    }
    if (!setter.empty()) {
      PushHandle(*engine_, setter);
      flags |= DUK_DEFPROP_HAVE_SETTER;
      ++values;
    }
    duk_def_prop(ctx, -2 - values, flags);
  });
}

Status Heap::DefineMethod(const Handle& object, std::string_view name,
                          int length, NativeFunction native) {
  return Define(object, name, NewFunction(name, length, std::move(native)),
                kHidden);
}

Result<std::vector<std::string>> Heap::Keys(const Handle& object) {
  std::vector<std::string> keys;
  FCC_TRY(RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    duk_to_object(ctx, -1);
    duk_enum(ctx, -1, DUK_ENUM_OWN_PROPERTIES_ONLY);
    while (duk_next(ctx, -1, 0)) {
      keys.push_back(Utf8At(ctx, -1));
      duk_pop(ctx);
    }
  }));
  return keys;
}

Result<uint32_t> Heap::Length(const Handle& array_like) {
  uint32_t length = 0;
  FCC_TRY(RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, array_like);
    length = static_cast<uint32_t>(std::min(LengthOf(ctx, -1), 4294967295.0));
  }));
  return length;
}

Status Heap::Push(const Handle& array, const Handle& item) {
  return RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, array);
    const double length = LengthOf(ctx, -1);
    PushHandle(*engine_, item);
    duk_put_prop_index(ctx, -2, static_cast<duk_uarridx_t>(length));
  });
}

Result<Handle> Heap::Prototype(const Handle& object) {
  return Run(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    RequireObject(ctx, -1, "value");
    OpGetPrototype(ctx, -1);
  });
}

Status Heap::SetPrototype(const Handle& object, const Handle& prototype) {
  return RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    RequireObject(ctx, -1, "value");
    PushHandle(*engine_, prototype);
    if (!OpSetPrototype(ctx, -2, -1)) {
      ThrowType(ctx, "Cannot set the prototype of this object");
    }
  });
}

void Heap::SetInternal(const Handle& object, uintptr_t data) {
  CallScope scope(*engine_);
  PushHandle(*engine_, object);
  duk_push_pointer(engine_->ctx, reinterpret_cast<void*>(data));
  PutHidden(engine_->ctx, -2, Key::kInternal);
}

uintptr_t Heap::Internal(const Handle& object) {
  CallScope scope(*engine_);
  PushHandle(*engine_, object);
  if (!PushHidden(engine_->ctx, -1, Key::kInternal)) {
    return 0;
  }
  return reinterpret_cast<uintptr_t>(duk_get_pointer(engine_->ctx, -1));
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
