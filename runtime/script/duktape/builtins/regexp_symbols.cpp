// SPDX-License-Identifier: Apache-2.0
//
// RegExp.prototype's Symbol.match, matchAll, replace, search and split
// (ECMA-262, 22.2.6).

#include <algorithm>

#include "runtime/script/duktape/builtins/regexp_exec.h"
#include "runtime/script/duktape/builtins/regexp_methods.h"
#include "runtime/script/duktape/builtins/string_replace.h"
#include "runtime/script/duktape/builtins/string_size.h"
#include "runtime/script/duktape/native.h"
#include "runtime/script/duktape/object_ops.h"

namespace fcc::script {

// [ ] -> [ flags ] as text, of the receiver at `regexp`.
static std::string FlagsText(duk_context* ctx, duk_idx_t regexp) {
  duk_get_prop_literal(ctx, regexp, "flags");
  ToStringAt(ctx, -1);
  std::string text(BytesAt(ctx, -1));
  duk_pop(ctx);
  return text;
}

// --- Plain regular expressions: without exec() and its results ---

// Where the next search begins after an empty match.
static size_t BehindEmpty(const std::u16string& text, size_t at, bool unicode) {
  const bool pair = unicode && at + 1 < text.size() && text[at] >= 0xD800 &&
                    text[at] < 0xDC00 && text[at + 1] >= 0xDC00 &&
                    text[at + 1] < 0xE000;
  return at + (pair ? 2 : 1);
}

// All matches of a global one, or the one of another, with the effects on
// lastIndex: the spans of one match behind those of the other.
static std::vector<regexp::Span> FindAll(duk_context* ctx, duk_idx_t regexp,
                                         const regexp::Program& program) {
  std::vector<regexp::Span> all;
  if (!program.flags().global) {
    if (PlainExec(ctx, regexp, 0, program)) {
      all = RegExpCacheOf(ctx).matched;
    }
    return all;
  }
  SetLastIndex(ctx, regexp, 0);
  regexp::Text& subject = TextOf(ctx, 0);
  const std::u16string& text = subject.units();
  std::vector<regexp::Span> spans;
  const size_t groups = program.group_count() + 1;
  for (size_t at = 0; at <= text.size();) {
    CheckTime(ctx);
    if (!MatchText(ctx, program, subject, at, program.flags().sticky, spans)) {
      break;
    }
    CheckStringSize(ctx, all.size() * sizeof(regexp::Span));
    all.insert(all.end(), spans.begin(), spans.end());
    at = spans[0].end == spans[0].begin
             ? BehindEmpty(text, spans[0].end, program.flags().unicode)
             : spans[0].end;
  }
  if (!all.empty()) {
    spans.assign(all.end() - static_cast<ptrdiff_t>(groups), all.end());
    NoteMatch(ctx, 0, spans);
  }
  return all;
}

// [ ] -> [ array or null ]
static void MatchPlain(duk_context* ctx, duk_idx_t regexp,
                       const regexp::Program& program) {
  const std::vector<regexp::Span> all = FindAll(ctx, regexp, program);
  if (all.empty()) {
    duk_push_null(ctx);
    return;
  }
  const std::u16string& text = TextOf(ctx, 0).units();
  duk_push_array(ctx);
  duk_uarridx_t count = 0;
  for (size_t i = 0; i < all.size(); i += program.group_count() + 1) {
    PushSpan(ctx, text, all[i]);
    DefineItem(ctx, -2, count++);
  }
}

// [ ] -> [ array ]
static void SplitPlain(duk_context* ctx, const regexp::Program& program,
                       uint32_t limit) {
  duk_push_array(ctx);
  const duk_idx_t result = duk_get_top(ctx) - 1;
  if (limit == 0) {
    return;
  }
  regexp::Text& subject = TextOf(ctx, 0);
  const std::u16string& text = subject.units();
  std::vector<regexp::Span> spans;
  duk_uarridx_t count = 0;
  // True when the array is full.
  const auto add = [&](const regexp::Span& span) {
    PushSpan(ctx, text, span);
    DefineItem(ctx, result, count++);
    return count == limit;
  };
  if (text.empty()) {
    if (!MatchText(ctx, program, subject, 0, true, spans)) {
      add({0, 0});
    }
    return;
  }
  size_t begin = 0;
  for (size_t at = 0; at < text.size();) {
    CheckTime(ctx);
    if (!MatchText(ctx, program, subject, at, false, spans) ||
        spans[0].begin >= text.size()) {
      break;
    }
    const size_t end = std::min(spans[0].end, text.size());
    if (end == begin) {
      at = BehindEmpty(text, spans[0].begin, program.flags().unicode);
      continue;
    }
    if (add({begin, spans[0].begin})) {
      return;
    }
    for (size_t i = 1; i < spans.size(); ++i) {
      if (add(spans[i])) {
        return;
      }
    }
    begin = at = end;
  }
  add({begin, text.size()});
}

// [ ] -> [ object of named groups ] or [ undefined ]; the groups are strings
// from `first_capture` on.
static void PushNames(duk_context* ctx, const regexp::Program& program,
                      duk_idx_t first_capture) {
  if (program.names().empty()) {
    duk_push_undefined(ctx);
    return;
  }
  duk_push_object(ctx);
  internals::SetPrototype(ctx, duk_get_heapptr(ctx, -1), nullptr);
  for (const auto& [name, number] : program.names()) {
    PushUtf16(ctx, name);
    duk_dup(ctx, first_capture + static_cast<duk_idx_t>(number) - 1);
    duk_def_prop(ctx, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_ATTR_WEC);
  }
}

// [ ] -> [ string ]; the function or text to replace with is at 1.
static void ReplacePlain(duk_context* ctx, duk_idx_t regexp,
                         const regexp::Program& program, bool functional) {
  const std::vector<regexp::Span> all = FindAll(ctx, regexp, program);
  if (all.empty()) {
    duk_dup(ctx, 0);
    return;
  }
  // A copy: what is called may match other texts.
  const std::u16string text = TextOf(ctx, 0).units();
  const bool literal =
      !functional && BytesAt(ctx, 1).find('$') == std::string_view::npos;
  const std::u16string replacement =
      literal ? Utf16At(ctx, 1) : std::u16string();
  const duk_idx_t top = duk_get_top(ctx);
  const size_t groups = program.group_count();
  duk_require_stack(ctx, static_cast<duk_idx_t>(groups) * 2 + 16);
  std::u16string out;
  size_t done = 0;
  for (size_t at = 0; at < all.size(); at += groups + 1) {
    CheckTime(ctx);
    const regexp::Span& match = all[at];
    out.append(text, done, match.begin - done);
    done = match.end;
    if (literal) {
      out += replacement;
      CheckStringSize(ctx, out.size());
      continue;
    }
    if (functional) {
      duk_dup(ctx, 1);
      duk_push_undefined(ctx);
      PushSpan(ctx, text, match);
    }
    const duk_idx_t first = duk_get_top(ctx);
    for (size_t i = 1; i <= groups; ++i) {
      PushSpan(ctx, text, all[at + i]);
    }
    const duk_idx_t end = duk_get_top(ctx);
    if (functional) {
      duk_push_number(ctx, static_cast<double>(match.begin));
      duk_dup(ctx, 0);
      if (!program.names().empty()) {
        PushNames(ctx, program, first);
      }
      duk_call_method(ctx, duk_get_top(ctx) - top - 2);
      ToStringAt(ctx, -1);
      out += Utf16At(ctx, -1);
    } else {
      PushNames(ctx, program, first);
      out += Substitute(ctx, {.matched = std::u16string_view(text).substr(
                                  match.begin, match.end - match.begin),
                              .text = text,
                              .position = match.begin,
                              .first_capture = first,
                              .end_capture = end,
                              .names = end,
                              .replacement = 1});
    }
    duk_set_top(ctx, top);
    CheckStringSize(ctx, out.size());
  }
  out.append(text, done);
  CheckStringSize(ctx, out.size());
  PushUtf16(ctx, out);
}

// --- The methods: the string at 0, the receiver behind the arguments ---

static int Match(duk_context* ctx) {
  const duk_idx_t regexp = PushRegExpReceiver(ctx);
  ToStringAt(ctx, 0);
  if (const auto program = PlainProgram(ctx, regexp);
      program && program->flags().global) {
    MatchPlain(ctx, regexp, *program);
    return 1;
  }
  const std::string flags = FlagsText(ctx, regexp);
  if (flags.find('g') == std::string::npos) {
    RegExpExec(ctx, regexp, 0);
    return 1;
  }
  const bool unicode = flags.find('u') != std::string::npos;
  SetLastIndex(ctx, regexp, 0);
  duk_push_array(ctx);
  const duk_idx_t result = duk_get_top(ctx) - 1;
  duk_uarridx_t count = 0;
  for (;;) {
    CheckTime(ctx);
    RegExpExec(ctx, regexp, 0);
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
    DefineItem(ctx, result, count++);
    duk_pop(ctx);
  }
  if (count == 0) {
    duk_push_null(ctx);
  }
  return 1;
}

static int MatchAll(duk_context* ctx) {
  const duk_idx_t regexp = PushRegExpReceiver(ctx);
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
  RegExpExec(ctx, matcher, string);
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
  const duk_idx_t regexp = PushRegExpReceiver(ctx);
  ToStringAt(ctx, 0);
  duk_get_prop_literal(ctx, regexp, "lastIndex");
  const duk_idx_t previous = duk_get_top(ctx) - 1;
  duk_push_int(ctx, 0);
  if (!duk_samevalue(ctx, -1, previous)) {
    SetLastIndex(ctx, regexp, 0);
  }
  duk_pop(ctx);
  RegExpExec(ctx, regexp, 0);
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
  const duk_idx_t regexp = PushRegExpReceiver(ctx);
  ToStringAt(ctx, 0);
  if (const auto program = PlainProgram(ctx, regexp);
      program && IsRegExpConstructorPlain(ctx)) {
    const uint32_t limit =
        duk_is_undefined(ctx, 1) ? 0xFFFFFFFF : duk_to_uint32(ctx, 1);
    SplitPlain(ctx, *program, limit);
    return 1;
  }
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
    RegExpExec(ctx, splitter, 0);
    const bool matched = !duk_is_null(ctx, -1);
    duk_pop(ctx);
    if (!matched) {
      duk_dup(ctx, 0);
      DefineItem(ctx, result, 0);
    }
    return 1;
  }
  double begin = 0;
  double at = 0;
  const auto push_part = [&](double from, double to) {
    PushUtf16(ctx,
              std::u16string_view(text).substr(static_cast<size_t>(from),
                                               static_cast<size_t>(to - from)));
    DefineItem(ctx, result, count++);
  };
  while (at < size) {
    CheckTime(ctx);
    SetLastIndex(ctx, splitter, at);
    RegExpExec(ctx, splitter, 0);
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
      DefineItem(ctx, result, count++);
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
  const duk_idx_t regexp = PushRegExpReceiver(ctx);
  ToStringAt(ctx, 0);
  const bool functional = IsCallable(ctx, 1);
  if (!functional) {
    ToStringAt(ctx, 1);
  }
  if (const auto program = PlainProgram(ctx, regexp)) {
    ReplacePlain(ctx, regexp, *program, functional);
    return 1;
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
    RegExpExec(ctx, regexp, 0);
    if (duk_is_null(ctx, -1)) {
      duk_pop(ctx);
      break;
    }
    duk_dup(ctx, -1);
    DefineItem(ctx, results, count++);
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

static constexpr Method kMethods[] = {
    {"[Symbol.match]", Match, 1},     {"[Symbol.matchAll]", MatchAll, 1},
    {"[Symbol.replace]", Replace, 2}, {"[Symbol.search]", Search, 1},
    {"[Symbol.split]", Split, 2},
};

void DefineRegExpSymbols(duk_context* ctx) {
  DefineMethods(ctx, kMethods);
}

void InstallRegExpStringIterator(duk_context* ctx) {
  PushObjectOf(ctx, Intrinsic::kIteratorPrototype);
  static constexpr Method kIterator[] = {{"next", MatchAllNext, 0}};
  DefineMethods(ctx, kIterator);
  DefineTag(ctx, -1, "RegExp String Iterator");
  SetIntrinsic(ctx, Intrinsic::kRegExpStringIteratorPrototype);
  duk_pop(ctx);
}

}  // namespace fcc::script
