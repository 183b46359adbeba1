// SPDX-License-Identifier: Apache-2.0
//
// RegExp (ECMA-262, 22.2). The engine makes the objects of literals; source
// and flags are under its own two keys, the program in the heap's cache.

#include <cmath>

#include "runtime/script/duktape/builtins/install.h"
#include "runtime/script/duktape/builtins/string_replace.h"
#include "runtime/script/duktape/builtins/string_size.h"
#include "runtime/script/duktape/engine/hooks.h"
#include "runtime/script/duktape/native.h"
#include "runtime/script/duktape/object_ops.h"
#include "runtime/script/duktape/regexp/program.h"

namespace fcc::script {

static constexpr char kSourceKey[] =
    "\x82"
    "Source";
static constexpr char kFlagsKey[] =
    "\x82"
    "Bytecode";
static constexpr size_t kCachedPrograms = 512;

// --- Programs ---

static RegExpCache& CacheOf(duk_context* ctx) {
  Engine& engine = EngineOf(ctx);
  if (!engine.regexps) {
    engine.regexps = std::make_shared<RegExpCache>();
  }
  return *engine.regexps;
}

// What a pattern is as source text: `/` and line ends escaped, "(?:)" if empty.
static std::u16string EscapeSource(std::u16string_view pattern) {
  if (pattern.empty()) {
    return u"(?:)";
  }
  std::u16string out;
  bool in_class = false;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const char16_t c = pattern[i];
    if (c == u'\\' && i + 1 < pattern.size()) {
      out += c;
      const char16_t next = pattern[++i];
      switch (next) {
        case u'\n':
          out += u'n';
          break;
        case u'\r':
          out += u'r';
          break;
        case 0x2028:
          out += u"u2028";
          break;
        case 0x2029:
          out += u"u2029";
          break;
        default:
          out += next;
      }
      continue;
    }
    if (c == u'[') {
      in_class = true;
    } else if (c == u']') {
      in_class = false;
    }
    switch (c) {
      case u'/':
        out += in_class ? u"/" : u"\\/";
        break;
      case u'\n':
        out += u"\\n";
        break;
      case u'\r':
        out += u"\\r";
        break;
      case 0x2028:
        out += u"\\u2028";
        break;
      case 0x2029:
        out += u"\\u2029";
        break;
      default:
        out += c;
    }
  }
  return out;
}

static std::shared_ptr<regexp::Program> ProgramFor(duk_context* ctx,
                                                   duk_idx_t source,
                                                   duk_idx_t flags_index) {
  RegExpCache& cache = CacheOf(ctx);
  std::string key(BytesAt(ctx, flags_index));
  key += '/';
  key += BytesAt(ctx, source);
  const auto found = cache.by_key.find(key);
  if (found != cache.by_key.end()) {
    cache.entries.splice(cache.entries.begin(), cache.entries, found->second);
    return cache.entries.front().program;
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
  return *program;
}

// The string at `index` in UTF-16; valid until the next call.
static regexp::Text& TextOf(duk_context* ctx, duk_idx_t index) {
  RegExpCache& cache = CacheOf(ctx);
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

namespace hooks {

void CompileRegExp(duk_context* ctx) {
  const duk_idx_t pattern = duk_get_top(ctx) - 2;
  regexp::Flags flags;
  if (!regexp::ParseFlags(BytesAt(ctx, pattern + 1), flags)) {
    ThrowSyntax(ctx, "Invalid regular expression flags");
  }
  const std::u16string text = Utf16At(ctx, pattern);
  // Compiling waits for the first use; errors do not.
  const auto translation = regexp::Translate(text, flags);
  if (!translation) {
    ThrowSyntax(ctx, translation.error().message);
  }
  PushUtf16(ctx, EscapeSource(text));
  duk_replace(ctx, pattern);
}

}  // namespace hooks

// [ ] -> [ source flags ] of the regular expression at `index`.
static bool PushParts(duk_context* ctx, duk_idx_t index) {
  if (!duk_is_object(ctx, index)) {
    return false;
  }
  void* object = duk_get_heapptr(ctx, index);
  if (internals::IsProxy(object) ||
      internals::GetClass(object) != internals::kClassRegExp) {
    return false;
  }
  for (const char* name : {kSourceKey, kFlagsKey}) {
    duk_push_string(ctx, name);
    if (!internals::GetHidden(ctx, object, duk_get_heapptr(ctx, -1))) {
      duk_pop(ctx);
      return false;
    }
    duk_remove(ctx, -2);
  }
  return true;
}

// IsRegExp.
bool IsRegExpAt(duk_context* ctx, duk_idx_t index) {
  if (!duk_is_object(ctx, index)) {
    return false;
  }
  index = duk_normalize_index(ctx, index);
  PushSymbol(ctx, WellKnown::kMatch);
  duk_get_prop(ctx, index);
  const bool undefined = duk_is_undefined(ctx, -1) != 0;
  const bool truthy = duk_to_boolean(ctx, -1) != 0;
  duk_pop(ctx);
  if (!undefined) {
    return truthy;
  }
  void* object = duk_get_heapptr(ctx, index);
  return !internals::IsProxy(object) &&
         internals::GetClass(object) == internals::kClassRegExp;
}

// --- lastIndex ---

static double LastIndex(duk_context* ctx, duk_idx_t regexp) {
  duk_get_prop_literal(ctx, regexp, "lastIndex");
  const double index = ToLengthAt(ctx, -1);
  duk_pop(ctx);
  return index;
}

static void SetLastIndex(duk_context* ctx, duk_idx_t regexp, double index) {
  regexp = duk_normalize_index(ctx, regexp);
  duk_push_literal(ctx, "lastIndex");
  duk_push_number(ctx, index);
  SetOrThrow(ctx, regexp, duk_get_top(ctx) - 2);
  duk_pop(ctx);
}

// --- Matching ---

static void PushSpan(duk_context* ctx, std::u16string_view text,
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
    duk_put_prop_index(ctx, -2, 0);
    duk_push_number(ctx, static_cast<double>(span.end));
    duk_put_prop_index(ctx, -2, 1);
  };
  duk_push_array(ctx);
  for (size_t i = 0; i < spans.size(); ++i) {
    push_pair(spans[i]);
    duk_put_prop_index(ctx, -2, static_cast<duk_uarridx_t>(i));
  }
  AddGroups(ctx, program, [&](uint32_t number) { push_pair(spans[number]); });
}

// --- RegExp.$1 and its like ---
//
// In no edition, in every engine, and in real programs: the legacy static
// properties of RegExp tell of the last match.

static void NoteMatch(duk_context* ctx, duk_idx_t string,
                      const std::vector<regexp::Span>& spans) {
  RegExpCache& cache = CacheOf(ctx);
  void* object = duk_get_heapptr(ctx, string);
  if (cache.matched_string != object) {
    if (cache.matched_string != nullptr) {
      ReleaseRoot(EngineOf(ctx), cache.matched_root);
    }
    duk_dup(ctx, string);
    cache.matched_root = HoldRoot(EngineOf(ctx));
    cache.matched_string = object;
  }
  cache.matched = spans;
}

// A group's number, or one of these.
static constexpr int kLegacyInput = -1;
static constexpr int kLegacyLastParen = -2;
static constexpr int kLegacyBefore = -3;
static constexpr int kLegacyBehind = -4;

static int LegacyStatic(duk_context* ctx) {
  RegExpCache& cache = CacheOf(ctx);
  if (cache.matched_string == nullptr) {
    duk_push_literal(ctx, "");
    return 1;
  }
  const int what = duk_get_current_magic(ctx);
  duk_push_heapptr(ctx, cache.matched_string);
  if (what == kLegacyInput) {
    return 1;
  }
  const std::u16string& text = TextOf(ctx, duk_get_top(ctx) - 1).units();
  const std::vector<regexp::Span>& spans = cache.matched;
  const auto push_part = [&](size_t begin, size_t end) {
    PushUtf16(ctx, std::u16string_view(text).substr(begin, end - begin));
  };
  if (what == kLegacyBefore) {
    push_part(0, spans[0].begin);
  } else if (what == kLegacyBehind) {
    push_part(spans[0].end, text.size());
  } else {
    const size_t group = what == kLegacyLastParen
                             ? (spans.size() > 1 ? spans.size() - 1 : SIZE_MAX)
                             : static_cast<size_t>(what);
    if (group < spans.size() && spans[group].matched()) {
      push_part(spans[group].begin, spans[group].end);
    } else {
      duk_push_literal(ctx, "");
    }
  }
  return 1;
}

// Programs may write them; it has no effect.
static int SetLegacyStatic(duk_context*) {
  return 0;
}

static constexpr Method kLegacyStatics[] = {
    {"get $&", LegacyStatic, 0, 0, 0},
    {"get $'", LegacyStatic, 0, 0, kLegacyBehind},
    {"get $+", LegacyStatic, 0, 0, kLegacyLastParen},
    {"get $1", LegacyStatic, 0, 0, 1},
    {"get $2", LegacyStatic, 0, 0, 2},
    {"get $3", LegacyStatic, 0, 0, 3},
    {"get $4", LegacyStatic, 0, 0, 4},
    {"get $5", LegacyStatic, 0, 0, 5},
    {"get $6", LegacyStatic, 0, 0, 6},
    {"get $7", LegacyStatic, 0, 0, 7},
    {"get $8", LegacyStatic, 0, 0, 8},
    {"get $9", LegacyStatic, 0, 0, 9},
    {"get $_", LegacyStatic, 0, 0, kLegacyInput},
    {"set $_", SetLegacyStatic, 1},
    {"get $`", LegacyStatic, 0, 0, kLegacyBefore},
    {"get input", LegacyStatic, 0, 0, kLegacyInput},
    {"set input", SetLegacyStatic, 1},
    {"get lastMatch", LegacyStatic, 0, 0, 0},
    {"get lastParen", LegacyStatic, 0, 0, kLegacyLastParen},
    {"get leftContext", LegacyStatic, 0, 0, kLegacyBefore},
    {"get rightContext", LegacyStatic, 0, 0, kLegacyBehind},
};

// RegExpBuiltinExec: [ ] -> [ result array or null ].
static void BuiltinExec(duk_context* ctx, duk_idx_t regexp, duk_idx_t string) {
  double last = LastIndex(ctx, regexp);
  if (!PushParts(ctx, regexp)) {
    ThrowType(ctx, "RegExp.prototype.exec called on an incompatible receiver");
  }
  const std::shared_ptr<regexp::Program> program =
      ProgramFor(ctx, duk_get_top(ctx) - 2, duk_get_top(ctx) - 1);
  duk_pop_2(ctx);
  const regexp::Flags& flags = program->flags();
  const bool moves = flags.global || flags.sticky;
  if (!moves) {
    last = 0;
  }
  regexp::Text& subject = TextOf(ctx, string);
  const std::u16string& text = subject.units();
  std::vector<regexp::Span> spans;
  regexp::MatchStatus status = regexp::MatchStatus::kNoMatch;
  if (last <= static_cast<double>(text.size())) {
    auto start = static_cast<size_t>(last);
    // A match does not begin inside a pair.
    if (flags.unicode && start > 0 && start < text.size() &&
        text[start] >= 0xDC00 && text[start] < 0xE000 &&
        text[start - 1] >= 0xD800 && text[start - 1] < 0xDC00) {
      --start;
    }
    status = program->Match(subject, start, flags.sticky, spans);
  }
  if (status == regexp::MatchStatus::kTooMuchWork) {
    ThrowRange(ctx, "Regular expression takes too long on this text");
  }
  if (status == regexp::MatchStatus::kNoMatch) {
    if (moves) {
      SetLastIndex(ctx, regexp, 0);
    }
    duk_push_null(ctx);
    return;
  }
  if (moves) {
    SetLastIndex(ctx, regexp, static_cast<double>(spans[0].end));
  }
  NoteMatch(ctx, string, spans);
  duk_push_array(ctx);
  for (size_t i = 0; i < spans.size(); ++i) {
    PushSpan(ctx, text, spans[i]);
    duk_put_prop_index(ctx, -2, static_cast<duk_uarridx_t>(i));
  }
  duk_push_number(ctx, static_cast<double>(spans[0].begin));
  duk_put_prop_literal(ctx, -2, "index");
  duk_dup(ctx, string);
  duk_put_prop_literal(ctx, -2, "input");
  AddGroups(ctx, *program,
            [&](uint32_t number) { PushSpan(ctx, text, spans[number]); });
  if (flags.has_indices) {
    PushIndices(ctx, *program, spans);
    duk_put_prop_literal(ctx, -2, "indices");
  }
}

// RegExpExec: [ ] -> [ result or null ].
static void Exec(duk_context* ctx, duk_idx_t regexp, duk_idx_t string) {
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
  BuiltinExec(ctx, regexp, string);
}

static double AdvanceIndex(duk_context* ctx, duk_idx_t string, double index,
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

// --- Methods: the string at 0, the receiver behind the arguments ---

static duk_idx_t PushReceiver(duk_context* ctx) {
  duk_push_this(ctx);
  RequireObject(ctx, -1, "RegExp method receiver");
  return duk_get_top(ctx) - 1;
}

static int ExecMethod(duk_context* ctx) {
  const duk_idx_t regexp = PushReceiver(ctx);
  if (!PushParts(ctx, regexp)) {
    ThrowType(ctx, "RegExp.prototype.exec called on an incompatible receiver");
  }
  duk_pop_2(ctx);
  ToStringAt(ctx, 0);
  BuiltinExec(ctx, regexp, 0);
  return 1;
}

static int Test(duk_context* ctx) {
  const duk_idx_t regexp = PushReceiver(ctx);
  ToStringAt(ctx, 0);
  Exec(ctx, regexp, 0);
  duk_push_boolean(ctx, !duk_is_null(ctx, -1));
  return 1;
}

static int ToStringMethod(duk_context* ctx) {
  PushReceiver(ctx);
  duk_push_literal(ctx, "/");
  duk_get_prop_literal(ctx, 0, "source");
  ToStringAt(ctx, -1);
  duk_push_literal(ctx, "/");
  duk_get_prop_literal(ctx, 0, "flags");
  ToStringAt(ctx, -1);
  duk_concat(ctx, 4);
  return 1;
}

static int Compile(duk_context* ctx) {
  duk_push_this(ctx);
  if (!PushParts(ctx, 2)) {
    ThrowType(ctx,
              "RegExp.prototype.compile called on an incompatible "
              "receiver");
  }
  duk_set_top(ctx, 3);
  if (PushParts(ctx, 0)) {
    if (!duk_is_undefined(ctx, 1)) {
      ThrowType(ctx, "flags given with a regular expression");
    }
    duk_replace(ctx, 1);
    duk_replace(ctx, 0);
  }
  for (const duk_idx_t i : {0, 1}) {
    if (duk_is_undefined(ctx, i)) {
      duk_push_literal(ctx, "");
      duk_replace(ctx, i);
    }
    ToStringAt(ctx, i);
  }
  duk_dup(ctx, 0);
  duk_dup(ctx, 1);
  hooks::CompileRegExp(ctx);
  void* object = duk_get_heapptr(ctx, 2);
  duk_push_literal(ctx, kFlagsKey);
  duk_swap_top(ctx, -2);
  internals::SetHidden(ctx, object, duk_get_heapptr(ctx, -2));
  duk_push_literal(ctx, kSourceKey);
  duk_dup(ctx, 3);
  internals::SetHidden(ctx, object, duk_get_heapptr(ctx, -2));
  SetLastIndex(ctx, 2, 0);
  duk_dup(ctx, 2);
  return 1;
}

// --- Accessors ---

static int Flag(duk_context* ctx) {
  const char letter = static_cast<char>(duk_get_current_magic(ctx));
  duk_push_this(ctx);
  if (!PushParts(ctx, 0)) {
    if (duk_is_object(ctx, 0) &&
        duk_get_heapptr(ctx, 0) ==
            IntrinsicPointer(ctx, Intrinsic::kRegExpPrototype)) {
      return 0;
    }
    ThrowType(ctx, "RegExp flag getter called on an incompatible receiver");
  }
  duk_push_boolean(ctx, BytesAt(ctx, -1).find(letter) != std::string::npos);
  return 1;
}

static int Flags(duk_context* ctx) {
  PushReceiver(ctx);
  static constexpr std::pair<const char*, char> kFlags[] = {
      {"hasIndices", 'd'},  {"global", 'g'}, {"ignoreCase", 'i'},
      {"multiline", 'm'},   {"dotAll", 's'}, {"unicode", 'u'},
      {"unicodeSets", 'v'}, {"sticky", 'y'}};
  std::string text;
  for (const auto& [name, letter] : kFlags) {
    duk_get_prop_string(ctx, 0, name);
    if (duk_to_boolean(ctx, -1)) {
      text += letter;
    }
    duk_pop(ctx);
  }
  duk_push_lstring(ctx, text.data(), text.size());
  return 1;
}

static int Source(duk_context* ctx) {
  duk_push_this(ctx);
  if (!PushParts(ctx, 0)) {
    if (duk_is_object(ctx, 0) &&
        duk_get_heapptr(ctx, 0) ==
            IntrinsicPointer(ctx, Intrinsic::kRegExpPrototype)) {
      duk_push_literal(ctx, "(?:)");
      return 1;
    }
    ThrowType(ctx,
              "RegExp.prototype.source called on an incompatible "
              "receiver");
  }
  duk_pop(ctx);
  return 1;
}

// --- Symbol.match, matchAll, replace, search, split ---

// [ ] -> [ flags ] as text, of the receiver at `regexp`.
static std::string FlagsText(duk_context* ctx, duk_idx_t regexp) {
  duk_get_prop_literal(ctx, regexp, "flags");
  ToStringAt(ctx, -1);
  std::string text(BytesAt(ctx, -1));
  duk_pop(ctx);
  return text;
}

static int Match(duk_context* ctx) {
  const duk_idx_t regexp = PushReceiver(ctx);
  ToStringAt(ctx, 0);
  const std::string flags = FlagsText(ctx, regexp);
  if (flags.find('g') == std::string::npos) {
    Exec(ctx, regexp, 0);
    return 1;
  }
  const bool unicode = flags.find('u') != std::string::npos;
  SetLastIndex(ctx, regexp, 0);
  duk_push_array(ctx);
  const duk_idx_t result = duk_get_top(ctx) - 1;
  duk_uarridx_t count = 0;
  for (;;) {
    CheckTime(ctx);
    Exec(ctx, regexp, 0);
    if (duk_is_null(ctx, -1)) {
      duk_pop(ctx);
      break;
    }
    duk_get_prop_index(ctx, -1, 0);
    ToStringAt(ctx, -1);
    if (duk_get_length(ctx, -1) == 0) {
      SetLastIndex(ctx, regexp,
                   AdvanceIndex(ctx, 0, LastIndex(ctx, regexp), unicode));
    }
    duk_put_prop_index(ctx, result, count++);
    duk_pop(ctx);
  }
  if (count == 0) {
    duk_push_null(ctx);
  }
  return 1;
}

static int MatchAll(duk_context* ctx) {
  const duk_idx_t regexp = PushReceiver(ctx);
  ToStringAt(ctx, 0);
  // In the specified order: the constructor before the flags.
  if (!PushSpecies(ctx, regexp, nullptr)) {
    duk_pop(ctx);
    PushGlobal(ctx, "RegExp");
  }
  const std::string flags = FlagsText(ctx, regexp);
  duk_dup(ctx, regexp);
  duk_push_lstring(ctx, flags.data(), flags.size());
  duk_new(ctx, 2);
  const duk_idx_t matcher = duk_get_top(ctx) - 1;
  SetLastIndex(ctx, matcher, LastIndex(ctx, regexp));
  // A record [matcher, string, global, unicode].
  PushObjectOf(ctx, Intrinsic::kRegExpStringIteratorPrototype);
  PushRecord(ctx, 0);
  duk_dup(ctx, matcher);
  PutItem(ctx, -2, 0);
  duk_dup(ctx, 0);
  PutItem(ctx, -2, 1);
  duk_push_boolean(ctx, flags.find('g') != std::string::npos);
  PutItem(ctx, -2, 2);
  duk_push_boolean(ctx, flags.find('u') != std::string::npos);
  PutItem(ctx, -2, 3);
  PutHidden(ctx, -2, Key::kRegExpString);
  return 1;
}

static int MatchAllNext(duk_context* ctx) {
  RequireThis(ctx, Key::kRegExpString, "%RegExpStringIteratorPrototype%.next");
  const duk_idx_t record = 1;
  PushItem(ctx, record, 0);
  PushItem(ctx, record, 1);
  const duk_idx_t matcher = 2;
  const duk_idx_t string = 3;
  if (duk_is_undefined(ctx, matcher)) {
    PushIterResult(ctx, true);
    return 1;
  }
  const auto finish = [&] {
    duk_push_undefined(ctx);
    PutItem(ctx, record, 0);
  };
  Exec(ctx, matcher, string);
  if (duk_is_null(ctx, -1)) {
    finish();
    duk_push_undefined(ctx);
    PushIterResult(ctx, true);
    return 1;
  }
  PushItem(ctx, record, 2);
  const bool global = duk_get_boolean(ctx, -1) != 0;
  PushItem(ctx, record, 3);
  const bool unicode = duk_get_boolean(ctx, -1) != 0;
  duk_pop_2(ctx);
  if (!global) {
    finish();
  } else {
    duk_get_prop_index(ctx, -1, 0);
    ToStringAt(ctx, -1);
    if (duk_get_length(ctx, -1) == 0) {
      SetLastIndex(ctx, matcher,
                   AdvanceIndex(ctx, string, LastIndex(ctx, matcher), unicode));
    }
    duk_pop(ctx);
  }
  PushIterResult(ctx, false);
  return 1;
}

static int Search(duk_context* ctx) {
  const duk_idx_t regexp = PushReceiver(ctx);
  ToStringAt(ctx, 0);
  duk_get_prop_literal(ctx, regexp, "lastIndex");
  const duk_idx_t previous = duk_get_top(ctx) - 1;
  duk_push_int(ctx, 0);
  if (!duk_samevalue(ctx, -1, previous)) {
    SetLastIndex(ctx, regexp, 0);
  }
  duk_pop(ctx);
  Exec(ctx, regexp, 0);
  duk_get_prop_literal(ctx, regexp, "lastIndex");
  if (!duk_samevalue(ctx, -1, previous)) {
    duk_push_literal(ctx, "lastIndex");
    duk_dup(ctx, previous);
    SetOrThrow(ctx, regexp, duk_get_top(ctx) - 2);
    duk_pop(ctx);
  }
  duk_pop(ctx);
  if (duk_is_null(ctx, -1)) {
    duk_push_int(ctx, -1);
  } else {
    duk_get_prop_literal(ctx, -1, "index");
  }
  return 1;
}

static int Split(duk_context* ctx) {
  const duk_idx_t regexp = PushReceiver(ctx);
  ToStringAt(ctx, 0);
  if (!PushSpecies(ctx, regexp, nullptr)) {
    duk_pop(ctx);
    PushGlobal(ctx, "RegExp");
  }
  std::string flags = FlagsText(ctx, regexp);
  const bool unicode = flags.find('u') != std::string::npos;
  if (flags.find('y') == std::string::npos) {
    flags += 'y';
  }
  duk_dup(ctx, regexp);
  duk_push_lstring(ctx, flags.data(), flags.size());
  duk_new(ctx, 2);
  const duk_idx_t splitter = duk_get_top(ctx) - 1;
  duk_push_array(ctx);
  const duk_idx_t result = splitter + 1;
  duk_uarridx_t count = 0;
  const uint32_t limit =
      duk_is_undefined(ctx, 1) ? 0xFFFFFFFF : duk_to_uint32(ctx, 1);
  if (limit == 0) {
    return 1;
  }
  const std::u16string text = TextOf(ctx, 0).units();
  const double size = static_cast<double>(text.size());
  if (text.empty()) {
    Exec(ctx, splitter, 0);
    const bool matched = !duk_is_null(ctx, -1);
    duk_pop(ctx);
    if (!matched) {
      duk_dup(ctx, 0);
      duk_put_prop_index(ctx, result, 0);
    }
    return 1;
  }
  double begin = 0;
  double at = 0;
  const auto push_part = [&](double from, double to) {
    PushUtf16(ctx,
              std::u16string_view(text).substr(static_cast<size_t>(from),
                                               static_cast<size_t>(to - from)));
    duk_put_prop_index(ctx, result, count++);
  };
  while (at < size) {
    CheckTime(ctx);
    SetLastIndex(ctx, splitter, at);
    Exec(ctx, splitter, 0);
    double end = 0;
    const bool matched = !duk_is_null(ctx, -1);
    if (matched) {
      end = std::min(LastIndex(ctx, splitter), size);
    }
    if (!matched || end == begin) {
      duk_pop(ctx);
      at = AdvanceIndex(ctx, 0, at, unicode);
      continue;
    }
    push_part(begin, at);
    if (count == limit) {
      duk_pop(ctx);
      return 1;
    }
    begin = end;
    const double groups = std::max(LengthOf(ctx, -1) - 1, 0.0);
    for (double i = 1; i <= groups; ++i) {
      GetIndex(ctx, result + 1, i);
      duk_put_prop_index(ctx, result, count++);
      if (count == limit) {
        duk_pop(ctx);
        return 1;
      }
    }
    duk_pop(ctx);
    at = begin;
  }
  push_part(begin, size);
  return 1;
}

static int Replace(duk_context* ctx) {
  const duk_idx_t regexp = PushReceiver(ctx);
  ToStringAt(ctx, 0);
  const bool functional = IsCallable(ctx, 1);
  if (!functional) {
    ToStringAt(ctx, 1);
  }
  const std::string flags = FlagsText(ctx, regexp);
  const bool global = flags.find('g') != std::string::npos;
  const bool unicode = flags.find('u') != std::string::npos;
  if (global) {
    SetLastIndex(ctx, regexp, 0);
  }
  duk_push_array(ctx);
  const duk_idx_t results = duk_get_top(ctx) - 1;
  duk_uarridx_t count = 0;
  for (;;) {
    CheckTime(ctx);
    Exec(ctx, regexp, 0);
    if (duk_is_null(ctx, -1)) {
      duk_pop(ctx);
      break;
    }
    duk_dup(ctx, -1);
    duk_put_prop_index(ctx, results, count++);
    if (!global) {
      duk_pop(ctx);
      break;
    }
    duk_get_prop_index(ctx, -1, 0);
    ToStringAt(ctx, -1);
    if (duk_get_length(ctx, -1) == 0) {
      SetLastIndex(ctx, regexp,
                   AdvanceIndex(ctx, 0, LastIndex(ctx, regexp), unicode));
    }
    duk_pop_2(ctx);
  }
  const std::u16string text = TextOf(ctx, 0).units();
  std::u16string out;
  size_t done = 0;
  for (duk_uarridx_t r = 0; r < count; ++r) {
    CheckTime(ctx);
    duk_get_prop_index(ctx, results, r);
    const duk_idx_t result = results + 1;
    const double groups = std::max(LengthOf(ctx, result) - 1, 0.0);
    duk_get_prop_index(ctx, result, 0);
    ToStringAt(ctx, -1);
    const std::u16string matched = Utf16At(ctx, -1);
    const duk_idx_t matched_index = result + 1;
    duk_get_prop_literal(ctx, result, "index");
    const double given = ToIntegerAt(ctx, -1);
    duk_pop(ctx);
    const auto position = static_cast<size_t>(
        std::clamp(given, 0.0, static_cast<double>(text.size())));
    // [ result matched captures... ]
    duk_require_stack(ctx, static_cast<duk_idx_t>(groups) + 16);
    for (double i = 1; i <= groups; ++i) {
      GetIndex(ctx, result, i);
      if (!duk_is_undefined(ctx, -1)) {
        ToStringAt(ctx, -1);
      }
    }
    duk_get_prop_literal(ctx, result, "groups");
    const duk_idx_t names = duk_get_top(ctx) - 1;
    std::u16string replacement;
    if (functional) {
      const bool named = !duk_is_undefined(ctx, names);
      duk_dup(ctx, 1);
      duk_push_undefined(ctx);
      for (duk_idx_t i = matched_index; i < names; ++i) {
        duk_dup(ctx, i);
      }
      duk_push_number(ctx, static_cast<double>(position));
      duk_dup(ctx, 0);
      if (named) {
        duk_dup(ctx, names);
      }
      duk_call_method(ctx, names - matched_index + (named ? 3 : 2));
      ToStringAt(ctx, -1);
      replacement = Utf16At(ctx, -1);
    } else {
      if (!duk_is_undefined(ctx, names)) {
        duk_to_object(ctx, names);
      }
      replacement = Substitute(ctx, {.matched = matched,
                                     .text = text,
                                     .position = position,
                                     .first_capture = matched_index + 1,
                                     .end_capture = names,
                                     .names = names,
                                     .replacement = 1});
    }
    duk_set_top(ctx, results + 1);
    if (position >= done) {
      out.append(text, done, position - done);
      out += replacement;
      done = position + matched.size();
    }
    CheckStringSize(ctx, out.size());
  }
  if (done < text.size()) {
    out.append(text, done);
  }
  PushUtf16(ctx, out);
  return 1;
}

// --- The constructor ---

static int Constructor(duk_context* ctx) {
  const bool constructs = duk_is_constructor_call(ctx) != 0;
  const bool pattern_is_regexp = IsRegExpAt(ctx, 0);
  if (!constructs && pattern_is_regexp && duk_is_undefined(ctx, 1)) {
    duk_get_prop_literal(ctx, 0, "constructor");
    duk_push_current_function(ctx);
    if (duk_samevalue(ctx, -1, -2)) {
      duk_dup(ctx, 0);
      return 1;
    }
    duk_pop_2(ctx);
  }
  // new.target.prototype, or the intrinsic one.
  void* prototype = IntrinsicPointer(ctx, Intrinsic::kRegExpPrototype);
  const duk_idx_t top = duk_get_top(ctx);
  if (PushParts(ctx, 0)) {
    if (!duk_is_undefined(ctx, 1)) {
      duk_pop(ctx);
      duk_dup(ctx, 1);
    }
  } else if (pattern_is_regexp) {
    duk_get_prop_literal(ctx, 0, "source");
    if (duk_is_undefined(ctx, 1)) {
      duk_get_prop_literal(ctx, 0, "flags");
    } else {
      duk_dup(ctx, 1);
    }
  } else {
    duk_dup(ctx, 0);
    duk_dup(ctx, 1);
  }
  if (constructs) {
    duk_push_this(ctx);
    void* made = internals::GetPrototype(ctx, duk_get_heapptr(ctx, -1));
    if (made != IntrinsicPointer(ctx, Intrinsic::kObjectPrototype) &&
        made != nullptr) {
      prototype = made;
    }
    duk_pop(ctx);
  }
  for (const duk_idx_t i : {top, top + 1}) {
    if (duk_is_undefined(ctx, i)) {
      duk_push_literal(ctx, "");
      duk_replace(ctx, i);
    }
    ToStringAt(ctx, i);
  }
  hooks::CompileRegExp(ctx);
  duk_push_object(ctx);
  void* object = duk_get_heapptr(ctx, -1);
  internals::SetClass(object, internals::kClassRegExp);
  internals::SetPrototype(ctx, object, prototype);
  duk_push_literal(ctx, kSourceKey);
  duk_dup(ctx, top);
  internals::SetHidden(ctx, object, duk_get_heapptr(ctx, -2));
  duk_push_literal(ctx, kFlagsKey);
  duk_dup(ctx, top + 1);
  internals::SetHidden(ctx, object, duk_get_heapptr(ctx, -2));
  duk_pop_2(ctx);
  duk_push_int(ctx, 0);
  DefineValue(ctx, -2, "lastIndex", DUK_DEFPROP_W);
  return 1;
}

static int ReturnThis(duk_context* ctx) {
  duk_push_this(ctx);
  return 1;
}

static constexpr Method kPrototype[] = {
    {"compile", Compile, 2},
    {"exec", ExecMethod, 1},
    {"get dotAll", Flag, 0, 0, 's'},
    {"get flags", Flags, 0},
    {"get global", Flag, 0, 0, 'g'},
    {"get hasIndices", Flag, 0, 0, 'd'},
    {"get ignoreCase", Flag, 0, 0, 'i'},
    {"get multiline", Flag, 0, 0, 'm'},
    {"get source", Source, 0},
    {"get sticky", Flag, 0, 0, 'y'},
    {"get unicode", Flag, 0, 0, 'u'},
    {"test", Test, 1},
    {"toString", ToStringMethod, 0},
    {"[Symbol.match]", Match, 1},
    {"[Symbol.matchAll]", MatchAll, 1},
    {"[Symbol.replace]", Replace, 2},
    {"[Symbol.search]", Search, 1},
    {"[Symbol.split]", Split, 2},
};

void InstallRegExp(duk_context* ctx) {
  // The prototype stays the engine's, which its literals use; it is an
  // ordinary object by ES2015.
  PushGlobal(ctx, "RegExp");
  duk_get_prop_literal(ctx, 0, "prototype");
  SetIntrinsic(ctx, Intrinsic::kRegExpPrototype);
  internals::SetClass(duk_get_heapptr(ctx, 1), internals::kClassObject);
  DefineMethods(ctx, kPrototype);
  duk_get_prop_literal(ctx, 1, "exec");
  SetIntrinsic(ctx, Intrinsic::kRegExpExec);
  duk_pop(ctx);

  PushFunction(ctx, {"RegExp", Constructor, 2}, true);
  static constexpr Method kStatics[] = {
      {"get [Symbol.species]", ReturnThis, 0}};
  DefineMethods(ctx, kStatics);
  DefineMethods(ctx, kLegacyStatics);
  duk_dup(ctx, 1);
  DefineValue(ctx, -2, "prototype", 0);
  duk_dup(ctx, -1);
  DefineHidden(ctx, 1, "constructor");
  duk_push_global_object(ctx);
  duk_swap_top(ctx, -2);
  DefineHidden(ctx, -2, "RegExp");

  PushObjectOf(ctx, Intrinsic::kIteratorPrototype);
  static constexpr Method kIterator[] = {{"next", MatchAllNext, 0}};
  DefineMethods(ctx, kIterator);
  DefineTag(ctx, -1, "RegExp String Iterator");
  SetIntrinsic(ctx, Intrinsic::kRegExpStringIteratorPrototype);
  duk_set_top(ctx, 0);
}

}  // namespace fcc::script
