// SPDX-License-Identifier: Apache-2.0
//
// Matching, as the methods of RegExp.prototype share it (ECMA-262, 22.2.7).
// Where every step on the way is the library's own, so that no script could
// notice, they match without the objects that the specification passes around.

#ifndef FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_REGEXP_EXEC_H_
#define FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_REGEXP_EXEC_H_

#include <memory>
#include <string>
#include <vector>

#include "runtime/script/duktape/engine.h"
#include "runtime/script/duktape/regexp/program.h"

namespace fcc::script {

RegExpCache& RegExpCacheOf(duk_context* ctx);

// Source and flags are under two keys of the engine's own.
// [ ] -> [ source flags ], or nothing when that is no regular expression.
bool PushRegExpParts(duk_context* ctx, duk_idx_t index);
// Sets them from the strings at the two places.
void PutRegExpParts(duk_context* ctx, duk_idx_t regexp, duk_idx_t source,
                    duk_idx_t flags);

double LastIndex(duk_context* ctx, duk_idx_t regexp);
void SetLastIndex(duk_context* ctx, duk_idx_t regexp, double index);

// The string at `index` in UTF-16; valid until the next call.
regexp::Text& TextOf(duk_context* ctx, duk_idx_t index);
// AdvanceStringIndex.
double AdvanceIndex(duk_context* ctx, duk_idx_t string, double index,
                    bool unicode);

// RegExpExec: [ ] -> [ result or null ].
void RegExpExec(duk_context* ctx, duk_idx_t regexp, duk_idx_t string);
// RegExpBuiltinExec: the same.
void RegExpBuiltinExec(duk_context* ctx, duk_idx_t regexp, duk_idx_t string);

// Remembers what the library's RegExp is like, before scripts run.
// [ constructor prototype ] -> [ constructor prototype ]
void MarkRegExpLibrary(duk_context* ctx);
// The program of a regular expression that has nothing of its own and whose
// prototype is as the library made it; null for others.
std::shared_ptr<regexp::Program> PlainProgram(duk_context* ctx,
                                              duk_idx_t regexp);
// The constructor, too, is as the library made it: Symbol.species is RegExp.
bool IsRegExpConstructorPlain(duk_context* ctx);
// RangeError when it takes too much work.
bool MatchText(duk_context* ctx, const regexp::Program& program,
               regexp::Text& text, size_t start, bool anchored,
               std::vector<regexp::Span>& spans);
// One match of a plain regular expression, with the effects on lastIndex and on
// RegExp.$1; the groups are in the cache's `matched` then.
bool PlainExec(duk_context* ctx, duk_idx_t regexp, duk_idx_t string,
               const regexp::Program& program);
// The last match, for RegExp.$1 and its like.
void NoteMatch(duk_context* ctx, duk_idx_t string,
               std::vector<regexp::Span>& spans);

// [ ] -> [ text of the group ] or [ undefined ]
void PushSpan(duk_context* ctx, std::u16string_view text,
              const regexp::Span& span);

}  // namespace fcc::script

#endif  // FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_REGEXP_EXEC_H_
