// SPDX-License-Identifier: Apache-2.0

#include "runtime/script/duktape/builtins/regexp_exec.h"

#include <cmath>

#include "runtime/script/duktape/native.h"
#include "runtime/script/duktape/object_ops.h"

namespace fcc::script {

static constexpr char kSourceKey[] =
    "\x82"
    "Source";
static constexpr char kFlagsKey[] =
    "\x82"
    "Bytecode";
static constexpr size_t kCachedPrograms = 512;

// --- Programs ---

RegExpCache& RegExpCacheOf(duk_context* ctx) {
  Engine& engine = EngineOf(ctx);
  if (!engine.regexps) {
    engine.regexps = std::make_shared<RegExpCache>();
  }
  return *engine.regexps;
}

static std::shared_ptr<regexp::Program> ProgramFor(duk_context* ctx,
                                                   duk_idx_t source,
                                                   duk_idx_t flags_index) {
  RegExpCache& cache = RegExpCacheOf(ctx);
  void* const source_string = duk_get_heapptr(ctx, source);
  void* const flags_string = duk_get_heapptr(ctx, flags_index);
  RegExpCache::Recent& recent =
      cache.recent[(reinterpret_cast<uintptr_t>(source_string) >> 4 ^
                    reinterpret_cast<uintptr_t>(flags_string) >> 5) %
                   std::size(cache.recent)];
  if (recent.source == source_string && recent.flags == flags_string) {
    return recent.program;
  }
  const auto remember = [&](const std::shared_ptr<regexp::Program>& program) {
    // The roots keep the addresses from being given to other strings.
    if (recent.program) {
      ReleaseRoot(EngineOf(ctx), recent.source_root);
      ReleaseRoot(EngineOf(ctx), recent.flags_root);
    }
    recent = {};
    duk_dup(ctx, source);
    const uint32_t source_root = HoldRoot(EngineOf(ctx));
    duk_dup(ctx, flags_index);
    recent = {source_string, flags_string, source_root, HoldRoot(EngineOf(ctx)),
              program};
    return program;
  };
  std::string key(BytesAt(ctx, flags_index));
  key += '/';
  key += BytesAt(ctx, source);
  const auto found = cache.by_key.find(key);
  if (found != cache.by_key.end()) {
    cache.entries.splice(cache.entries.begin(), cache.entries, found->second);
    return remember(cache.entries.front().program);
  }
  regexp::Flags flags;
  if (!regexp::ParseFlags(BytesAt(ctx, flags_index), flags)) {
    ThrowSyntax(ctx, "Invalid regular expression flags");
  }
  const auto program = regexp::Program::Compile(Utf16At(ctx, source), flags);
  if (!program) {
    ThrowSyntax(ctx, program.error().message);
  }
  cache.entries.push_front({std::move(key), *program});
  cache.by_key.emplace(cache.entries.front().key, cache.entries.begin());
  if (cache.entries.size() > kCachedPrograms) {
    cache.by_key.erase(cache.entries.back().key);
    cache.entries.pop_back();
  }
  return remember(*program);
}

regexp::Text& TextOf(duk_context* ctx, duk_idx_t index) {
  RegExpCache& cache = RegExpCacheOf(ctx);
  void* string = duk_get_heapptr(ctx, index);
  if (cache.text_string != string) {
    if (cache.text_string != nullptr) {
      ReleaseRoot(EngineOf(ctx), cache.text_root);
    }
    duk_dup(ctx, index);
    cache.text_root = HoldRoot(EngineOf(ctx));
    cache.text_string = string;
    cache.text = regexp::Text(Utf16At(ctx, index));
  }
  return cache.text;
}

bool PushRegExpParts(duk_context* ctx, duk_idx_t index) {
  if (!duk_is_object(ctx, index)) {
    return false;
  }
  void* object = duk_get_heapptr(ctx, index);
  if (internals::IsProxy(object) ||
      internals::GetClass(object) != internals::kClassRegExp) {
    return false;
  }
  duk_push_literal(ctx, kSourceKey);
  if (!internals::GetHidden(ctx, object, duk_get_heapptr(ctx, -1))) {
    duk_pop(ctx);
    return false;
  }
  duk_remove(ctx, -2);
  duk_push_literal(ctx, kFlagsKey);
  if (!internals::GetHidden(ctx, object, duk_get_heapptr(ctx, -1))) {
    duk_pop_2(ctx);
    return false;
  }
  duk_remove(ctx, -2);
  return true;
}

void PutRegExpParts(duk_context* ctx, duk_idx_t regexp, duk_idx_t source,
                    duk_idx_t flags) {
  void* object = duk_get_heapptr(ctx, regexp);
  source = duk_normalize_index(ctx, source);
  flags = duk_normalize_index(ctx, flags);
  duk_push_literal(ctx, kSourceKey);
  duk_dup(ctx, source);
  internals::SetHidden(ctx, object, duk_get_heapptr(ctx, -2));
  duk_push_literal(ctx, kFlagsKey);
  duk_dup(ctx, flags);
  internals::SetHidden(ctx, object, duk_get_heapptr(ctx, -2));
  duk_pop_2(ctx);
}

// --- lastIndex ---

double LastIndex(duk_context* ctx, duk_idx_t regexp) {
  duk_get_prop_literal(ctx, regexp, "lastIndex");
  const double index = ToLengthAt(ctx, -1);
  duk_pop(ctx);
  return index;
}

void SetLastIndex(duk_context* ctx, duk_idx_t regexp, double index) {
  regexp = duk_normalize_index(ctx, regexp);
  duk_push_literal(ctx, "lastIndex");
  duk_push_number(ctx, index);
  SetOrThrow(ctx, regexp, duk_get_top(ctx) - 2);
  duk_pop(ctx);
}

// --- Matching ---

void PushSpan(duk_context* ctx, std::u16string_view text,
              const regexp::Span& span) {
  if (span.matched()) {
    PushUtf16(ctx, text.substr(span.begin, span.end - span.begin));
  } else {
    duk_push_undefined(ctx);
  }
}

// [ array ] -> [ array ]: groups, an object without prototype.
template <typename PushGroup>
static void AddGroups(duk_context* ctx, const regexp::Program& program,
                      PushGroup&& push) {
  if (program.names().empty()) {
    duk_push_undefined(ctx);
  } else {
    duk_push_object(ctx);
    internals::SetPrototype(ctx, duk_get_heapptr(ctx, -1), nullptr);
    for (const auto& [name, number] : program.names()) {
      PushUtf16(ctx, name);
      push(number);
      duk_def_prop(ctx, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_ATTR_WEC);
    }
  }
  duk_put_prop_literal(ctx, -2, "groups");
}

static void PushIndices(duk_context* ctx, const regexp::Program& program,
                        const std::vector<regexp::Span>& spans) {
  const auto push_pair = [&](const regexp::Span& span) {
    if (!span.matched()) {
      duk_push_undefined(ctx);
      return;
    }
    duk_push_array(ctx);
    duk_push_number(ctx, static_cast<double>(span.begin));
    DefineItem(ctx, -2, 0);
    duk_push_number(ctx, static_cast<double>(span.end));
    DefineItem(ctx, -2, 1);
  };
  duk_push_array(ctx);
  for (size_t i = 0; i < spans.size(); ++i) {
    push_pair(spans[i]);
    DefineItem(ctx, -2, static_cast<duk_uarridx_t>(i));
  }
  AddGroups(ctx, program, [&](uint32_t number) { push_pair(spans[number]); });
}

void NoteMatch(duk_context* ctx, duk_idx_t string,
               std::vector<regexp::Span>& spans) {
  RegExpCache& cache = RegExpCacheOf(ctx);
  void* object = duk_get_heapptr(ctx, string);
  if (cache.matched_string != object) {
    if (cache.matched_string != nullptr) {
      ReleaseRoot(EngineOf(ctx), cache.matched_root);
    }
    duk_dup(ctx, string);
    cache.matched_root = HoldRoot(EngineOf(ctx));
    cache.matched_string = object;
  }
  cache.matched.swap(spans);
}

bool MatchText(duk_context* ctx, const regexp::Program& program,
               regexp::Text& subject, size_t start, bool anchored,
               std::vector<regexp::Span>& spans) {
  const std::u16string& text = subject.units();
  // A match does not begin inside a pair.
  if (program.flags().unicode && start > 0 && start < text.size() &&
      text[start] >= 0xDC00 && text[start] < 0xE000 &&
      text[start - 1] >= 0xD800 && text[start - 1] < 0xDC00) {
    --start;
  }
  const regexp::MatchStatus status =
      program.Match(subject, start, anchored, spans);
  if (status == regexp::MatchStatus::kTooMuchWork) {
    ThrowRange(ctx, "Regular expression takes too long on this text");
  }
  return status == regexp::MatchStatus::kMatch;
}

bool PlainExec(duk_context* ctx, duk_idx_t regexp, duk_idx_t string,
               const regexp::Program& program) {
  const regexp::Flags& flags = program.flags();
  const bool moves = flags.global || flags.sticky;
  // Read even when it means nothing: its valueOf may be a script's.
  double last = LastIndex(ctx, regexp);
  if (!moves) {
    last = 0;
  }
  regexp::Text& subject = TextOf(ctx, string);
  std::vector<regexp::Span>& spans = RegExpCacheOf(ctx).scratch;
  if (last > static_cast<double>(subject.units().size()) ||
      !MatchText(ctx, program, subject, static_cast<size_t>(last), flags.sticky,
                 spans)) {
    if (moves) {
      SetLastIndex(ctx, regexp, 0);
    }
    return false;
  }
  if (moves) {
    SetLastIndex(ctx, regexp, static_cast<double>(spans[0].end));
  }
  NoteMatch(ctx, string, spans);
  return true;
}

void RegExpBuiltinExec(duk_context* ctx, duk_idx_t regexp, duk_idx_t string) {
  if (!PushRegExpParts(ctx, regexp)) {
    ThrowType(ctx, "RegExp.prototype.exec called on an incompatible receiver");
  }
  const std::shared_ptr<regexp::Program> program =
      ProgramFor(ctx, duk_get_top(ctx) - 2, duk_get_top(ctx) - 1);
  duk_pop_2(ctx);
  if (!PlainExec(ctx, regexp, string, *program)) {
    duk_push_null(ctx);
    return;
  }
  const std::u16string& text = TextOf(ctx, string).units();
  const std::vector<regexp::Span>& spans = RegExpCacheOf(ctx).matched;
  duk_push_array(ctx);
  for (size_t i = 0; i < spans.size(); ++i) {
    PushSpan(ctx, text, spans[i]);
    DefineItem(ctx, -2, static_cast<duk_uarridx_t>(i));
  }
  duk_push_number(ctx, static_cast<double>(spans[0].begin));
  duk_put_prop_literal(ctx, -2, "index");
  duk_dup(ctx, string);
  duk_put_prop_literal(ctx, -2, "input");
  AddGroups(ctx, *program,
            [&](uint32_t number) { PushSpan(ctx, text, spans[number]); });
  if (program->flags().has_indices) {
    PushIndices(ctx, *program, spans);
    duk_put_prop_literal(ctx, -2, "indices");
  }
}

void RegExpExec(duk_context* ctx, duk_idx_t regexp, duk_idx_t string) {
  regexp = duk_normalize_index(ctx, regexp);
  string = duk_normalize_index(ctx, string);
  duk_get_prop_literal(ctx, regexp, "exec");
  if (duk_is_callable(ctx, -1) &&
      duk_get_heapptr(ctx, -1) !=
          IntrinsicPointer(ctx, Intrinsic::kRegExpExec)) {
    duk_dup(ctx, regexp);
    duk_dup(ctx, string);
    duk_call_method(ctx, 1);
    if (!duk_is_object(ctx, -1) && !duk_is_null(ctx, -1)) {
      ThrowType(ctx, "object null or function expected");
    }
    return;
  }
  duk_pop(ctx);
  RegExpBuiltinExec(ctx, regexp, string);
}

double AdvanceIndex(duk_context* ctx, duk_idx_t string, double index,
                    bool unicode) {
  if (unicode) {
    const std::u16string& text = TextOf(ctx, string).units();
    const double size = static_cast<double>(text.size());
    if (index + 1 < size) {
      const auto at = static_cast<size_t>(index);
      if (text[at] >= 0xD800 && text[at] < 0xDC00 && text[at + 1] >= 0xDC00 &&
          text[at + 1] < 0xE000) {
        return index + 2;
      }
    }
  }
  return index + 1;
}

// --- The library's own ---

static std::vector<internals::EntryMark> Marks(duk_context* ctx,
                                               duk_idx_t index) {
  void* object = duk_get_heapptr(ctx, index);
  std::vector<internals::EntryMark> marks(internals::EntryCount(object));
  internals::MarkEntries(ctx, object, marks.data(), marks.size());
  return marks;
}

void MarkRegExpLibrary(duk_context* ctx) {
  RegExpCache& cache = RegExpCacheOf(ctx);
  cache.constructor = duk_get_heapptr(ctx, -2);
  cache.constructor_marks = Marks(ctx, -2);
  cache.prototype_marks = Marks(ctx, -1);
}

static bool IsAsMarked(duk_context* ctx, void* object,
                       const std::vector<internals::EntryMark>& marks) {
  return internals::HasEntries(ctx, object, marks.data(), marks.size());
}

std::shared_ptr<regexp::Program> PlainProgram(duk_context* ctx,
                                              duk_idx_t regexp) {
  if (!duk_is_object(ctx, regexp)) {
    return nullptr;
  }
  // Source, flags and lastIndex.
  constexpr uint32_t kOwnEntries = 3;
  void* object = duk_get_heapptr(ctx, regexp);
  void* prototype = IntrinsicPointer(ctx, Intrinsic::kRegExpPrototype);
  if (internals::IsProxy(object) ||
      internals::GetClass(object) != internals::kClassRegExp ||
      internals::EntryCount(object) != kOwnEntries ||
      internals::GetPrototype(ctx, object) != prototype ||
      !IsAsMarked(ctx, prototype, RegExpCacheOf(ctx).prototype_marks) ||
      !PushRegExpParts(ctx, regexp)) {
    return nullptr;
  }
  std::shared_ptr<regexp::Program> program =
      ProgramFor(ctx, duk_get_top(ctx) - 2, duk_get_top(ctx) - 1);
  duk_pop_2(ctx);
  return program;
}

bool IsRegExpConstructorPlain(duk_context* ctx) {
  RegExpCache& cache = RegExpCacheOf(ctx);
  return IsAsMarked(ctx, cache.constructor, cache.constructor_marks);
}

}  // namespace fcc::script
