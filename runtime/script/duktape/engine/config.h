// SPDX-License-Identifier: Apache-2.0
//
// Debian's Duktape configuration with our changes on top. Every file that
// includes <duktape.h> includes this first: duktape.h asks for "duk_config.h"
// and finds Debian's beside itself whatever -I says, but that one's include
// guard is set by then.

#ifndef FCC_RUNTIME_SCRIPT_DUKTAPE_ENGINE_CONFIG_H_
#define FCC_RUNTIME_SCRIPT_DUKTAPE_ENGINE_CONFIG_H_

// duktape.c, compiled as C++, uses std::exception without including it.
#include <duk_config.h>

#include <exception>
#include <stdexcept>

// Errors unwind as C++ exceptions instead of by longjmp, so destructors run.
// A throw costs 1.6 us instead of 0.25 us; entering a protected call costs
// less, because nothing is saved.
#undef DUK_USE_CPP_EXCEPTIONS
#define DUK_USE_CPP_EXCEPTIONS 1

// Time limits: every 256 Ki instructions the engine asks whether to go on.
#undef DUK_USE_INTERRUPT_COUNTER
#define DUK_USE_INTERRUPT_COUNTER
#undef DUK_USE_EXEC_TIMEOUT_CHECK
#define DUK_USE_EXEC_TIMEOUT_CHECK(udata) fcc_duk_timeout(udata)

// Integer arithmetic without doubles: a counting loop takes 284 ms, not 533.
#undef DUK_USE_FASTINT
#define DUK_USE_FASTINT

// Strings that grow by appending share one buffer (engine/append.inc).
#undef DUK_USE_HSTRING_EXTDATA
#define DUK_USE_HSTRING_EXTDATA
#undef DUK_USE_EXTSTR_INTERN_CHECK
#define DUK_USE_EXTSTR_INTERN_CHECK(udata, ptr, len) \
  fcc_extstr_check(heap, (const duk_uint8_t*)(ptr))
#undef DUK_USE_EXTSTR_FREE
#define DUK_USE_EXTSTR_FREE(udata, ptr) \
  fcc_extstr_free(heap, (const duk_uint8_t*)(ptr))

// Property tables and arrays grow by half. With Duktape's one eighth an object
// of eight properties is allocated four times over. Up to 15 keys are looked
// for one by one, most of them only after the object's set of keys has said
// that it may have one (engine/fast.inc).
#undef DUK_USE_HOBJECT_ENTRY_MINGROW_ADD
#define DUK_USE_HOBJECT_ENTRY_MINGROW_ADD 8
#undef DUK_USE_HOBJECT_ENTRY_MINGROW_DIVISOR
#define DUK_USE_HOBJECT_ENTRY_MINGROW_DIVISOR 2
#undef DUK_USE_HOBJECT_ARRAY_MINGROW_ADD
#define DUK_USE_HOBJECT_ARRAY_MINGROW_ADD 8
#undef DUK_USE_HOBJECT_ARRAY_MINGROW_DIVISOR
#define DUK_USE_HOBJECT_ARRAY_MINGROW_DIVISOR 2
#undef DUK_USE_HOBJECT_HASH_PROP_LIMIT
#define DUK_USE_HOBJECT_HASH_PROP_LIMIT 16

// 500 nested Array.map calls were the limit with 1000. 2500 need 2.4 MB of C
// stack.
#undef DUK_USE_NATIVE_CALL_RECLIMIT
#define DUK_USE_NATIVE_CALL_RECLIMIT 2500
#undef DUK_USE_JSON_ENC_RECLIMIT
#define DUK_USE_JSON_ENC_RECLIMIT 5000
#undef DUK_USE_JSON_DEC_RECLIMIT
#define DUK_USE_JSON_DEC_RECLIMIT 5000

// Frames worth of cause; V8 keeps 10, frameworks wrap deeper than that.
#undef DUK_USE_TRACEBACK_DEPTH
#define DUK_USE_TRACEBACK_DEPTH 24

// A reader of stack traces goes by the position; an error has no need for
// user callbacks on creation.
#undef DUK_USE_ERRCREATE
#undef DUK_USE_ERRTHROW

// Tail calls take frames out of stack traces and turn an endless recursion
// into an endless loop.
#undef DUK_USE_TAILCALL

// The standard has none of these.
#undef DUK_USE_NONSTD_GETTER_KEY_ARGUMENT
#undef DUK_USE_NONSTD_SETTER_KEY_ARGUMENT
#undef DUK_USE_NONSTD_STRING_FROMCHARCODE_32BIT
#undef DUK_USE_NONSTD_ARRAY_SPLICE_DELCOUNT

// U+2028 is not escaped in JSON since ES2019.
#undef DUK_USE_NONSTD_JSON_ESC_U2028_U2029

// Date and Math.random go by the host.
#undef DUK_USE_DATE_GET_NOW
#define DUK_USE_DATE_GET_NOW(ctx) fcc_duk_now(ctx)
#undef DUK_USE_DATE_TZO_GMTIME_R
#undef DUK_USE_DATE_GET_LOCAL_TZOFFSET
#define DUK_USE_DATE_GET_LOCAL_TZOFFSET(d) fcc_duk_local_offset(d)
#undef DUK_USE_DATE_PRS_STRPTIME
#undef DUK_USE_DATE_PARSE_STRING
#define DUK_USE_DATE_PARSE_STRING(ctx, str) fcc_duk_parse_date((ctx), (str))
#undef DUK_USE_GET_RANDOM_DOUBLE
#define DUK_USE_GET_RANDOM_DOUBLE(udata) fcc_duk_random(udata)

#undef DUK_USE_FATAL_HANDLER
#define DUK_USE_FATAL_HANDLER(udata, msg) fcc_duk_fatal((udata), (msg))

struct duk_hthread;
extern "C" {
int fcc_duk_timeout(void* engine);
double fcc_duk_now(duk_hthread* thr);
int fcc_duk_local_offset(double ms);
int fcc_duk_wall_offset(double ms);
int fcc_duk_parse_date(duk_hthread* thr, const char* text);
double fcc_duk_random(void* engine);
[[noreturn]] void fcc_duk_fatal(void* engine, const char* message);
}

#endif  // FCC_RUNTIME_SCRIPT_DUKTAPE_ENGINE_CONFIG_H_
