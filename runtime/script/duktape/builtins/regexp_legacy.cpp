// SPDX-License-Identifier: Apache-2.0
//
// RegExp.$1 and its like: in no edition, in every engine, and in real programs.
// The legacy static properties of RegExp tell of the last match.

#include "runtime/script/duktape/builtins/regexp_exec.h"
#include "runtime/script/duktape/builtins/regexp_methods.h"
#include "runtime/script/duktape/native.h"

namespace fcc::script {

// A group's number, or one of these.
static constexpr int kLegacyInput = -1;
static constexpr int kLegacyLastParen = -2;
static constexpr int kLegacyBefore = -3;
static constexpr int kLegacyBehind = -4;

static int LegacyStatic(duk_context* ctx) {
  RegExpCache& cache = RegExpCacheOf(ctx);
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

void DefineRegExpLegacyStatics(duk_context* ctx) {
  DefineMethods(ctx, kLegacyStatics);
}

}  // namespace fcc::script
