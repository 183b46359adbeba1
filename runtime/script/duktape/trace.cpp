// SPDX-License-Identifier: Apache-2.0
//
// Stack traces. The engine keeps, for each running function, the function and
// the position of its current instruction as a byte offset; here they become
// file, line and column, and then whatever the host's source maps say.

#include <algorithm>
#include <utility>

#include "runtime/base/unicode.h"
#include "runtime/script/duktape/engine.h"

namespace fcc::script {

// Duktape's flag for places in its own C files.
static constexpr double kTwoTo32 = 4294967296.0;
static constexpr uint32_t kNoBlame = 1;

void RememberSource(Engine& engine, std::string_view file,
                    std::string_view text, uint32_t prefix) {
  auto source = std::make_shared<SourceText>();
  source->text = text;
  source->prefix = prefix;
  engine.sources.insert_or_assign(std::string(file), std::move(source));
}

static void FillLineStarts(SourceText& source) {
  source.line_starts.push_back(0);
  for (size_t at = 0; at < source.text.size(); ++at) {
    if (source.text[at] == '\n') {
      source.line_starts.push_back(static_cast<uint32_t>(at + 1));
    }
  }
}

static void Locate(Engine& engine, int64_t offset, StackFrame& frame) {
  const auto found = engine.sources.find(frame.file);
  if (found == engine.sources.end() || offset < 0) {
    return;
  }
  SourceText& source = *found->second;
  if (source.line_starts.empty()) {
    FillLineStarts(source);
  }
  offset -= source.prefix;
  const auto at = static_cast<uint32_t>(
      std::clamp<int64_t>(offset, 0, static_cast<int64_t>(source.text.size())));
  const auto next = std::upper_bound(source.line_starts.begin(),
                                     source.line_starts.end(), at);
  frame.line = static_cast<uint32_t>(next - source.line_starts.begin());
  const uint32_t start = *(next - 1);
  frame.column = static_cast<uint32_t>(
      base::Utf16Length(
          std::string_view(source.text).substr(start, at - start)) +
      1);
}

static void Map(Engine& engine, StackFrame& frame) {
  if (frame.line == 0) {
    return;
  }
  CodePosition position{frame.file, frame.line, frame.column, frame.function};
  if (engine.host->MapPosition(position)) {
    frame.file = std::move(position.file);
    frame.line = position.line;
    frame.column = position.column;
    frame.function = std::move(position.function);
  }
}

// [ function ] -> [ function ]
static std::string OwnString(duk_context* ctx, const char* name) {
  std::string text;
  duk_push_string(ctx, name);
  internals::OwnProperty property;
  void* key = duk_get_heapptr(ctx, -1);
  if (internals::GetOwn(ctx, duk_get_heapptr(ctx, -2), key, &property)) {
    if (duk_is_string(ctx, -1) && !duk_is_symbol(ctx, -1)) {
      text = Utf8At(ctx, -1);
    }
    duk_pop(ctx);
  }
  duk_pop(ctx);
  return text;
}

std::vector<StackFrame> DecodeTrace(duk_context* ctx) {
  Engine& engine = EngineOf(ctx);
  std::vector<StackFrame> frames;
  void* trace = duk_get_heapptr(ctx, -1);
  const uint32_t length = internals::ArrayLength(trace);
  for (uint32_t i = 0; i + 1 < length; i += 2) {
    internals::GetItem(ctx, trace, i);
    internals::GetItem(ctx, trace, i + 1);
    const double number = duk_get_number(ctx, -1);
    const auto flags = static_cast<uint32_t>(number / kTwoTo32);
    const auto low =
        static_cast<uint32_t>(number - static_cast<double>(flags) * kTwoTo32);
    duk_pop(ctx);
    StackFrame frame;
    if (duk_is_string(ctx, -1)) {
      // A place in source that is being compiled, or in the engine's C files.
      if ((flags & kNoBlame) == 0) {
        frame.file = Utf8At(ctx, -1);
        if (engine.sources.contains(frame.file)) {
          Locate(engine, static_cast<int64_t>(low) - 1, frame);
          Map(engine, frame);
          frames.push_back(std::move(frame));
        }
      }
    } else if (duk_is_object(ctx, -1)) {
      void* function = duk_get_heapptr(ctx, -1);
      frame.function = OwnString(ctx, "name");
      if (internals::IsNativeFunction(function)) {
        // Between frames of script a built-in says who called back.
        frame.file = "native";
      } else {
        frame.file = OwnString(ctx,
                               "\x82"
                               "Source");
        Locate(engine, internals::PositionOf(ctx, -1, low), frame);
        Map(engine, frame);
        if (frame.function == "global" || frame.function == "eval") {
          frame.function.clear();
        }
      }
      frames.push_back(std::move(frame));
    }
    duk_pop(ctx);
  }
  return frames;
}

}  // namespace fcc::script
