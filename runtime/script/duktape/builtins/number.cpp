// SPDX-License-Identifier: Apache-2.0
//
// Number, and Math's odds and ends.

#include <cmath>

#include "runtime/script/duktape/builtins/install.h"
#include "runtime/script/duktape/native.h"

namespace fcc::script {

static int IsFinite(duk_context* ctx) {
  duk_push_boolean(
      ctx, duk_is_number(ctx, 0) && std::isfinite(duk_get_number(ctx, 0)));
  return 1;
}

static int IsNan(duk_context* ctx) {
  duk_push_boolean(ctx,
                   duk_is_number(ctx, 0) && std::isnan(duk_get_number(ctx, 0)));
  return 1;
}

static int IsInteger(duk_context* ctx) {
  const bool safe = duk_get_current_magic(ctx) == 1;
  const double number = duk_get_number_default(ctx, 0, NAN);
  duk_push_boolean(ctx, std::isfinite(number) && number == std::trunc(number) &&
                            (!safe || std::fabs(number) <= 9007199254740991.0));
  return 1;
}

static constexpr Method kStatics[] = {
    {"isFinite", IsFinite, 1},
    {"isInteger", IsInteger, 1},
    {"isNaN", IsNan, 1},
    {"isSafeInteger", IsInteger, 1, 1, 1},
};

void InstallNumber(duk_context* ctx) {
  PushGlobal(ctx, "Number");
  DefineMethods(ctx, kStatics);
  for (const char* name : {"parseFloat", "parseInt"}) {
    PushGlobal(ctx, name);
    DefineHidden(ctx, 0, name);
  }
  duk_set_top(ctx, 0);
}

static int Fround(duk_context* ctx) {
  duk_push_number(ctx, static_cast<float>(duk_to_number(ctx, 0)));
  return 1;
}

// The largest exponent first, so that nothing overflows on the way.
static int Hypot(duk_context* ctx) {
  const duk_idx_t count = duk_get_top(ctx);
  double largest = 0;
  bool nan = false;
  bool infinite = false;
  for (duk_idx_t i = 0; i < count; ++i) {
    const double number = std::fabs(duk_to_number(ctx, i));
    nan = nan || std::isnan(number);
    infinite = infinite || std::isinf(number);
    largest = std::max(largest, number);
  }
  double sum = 0;
  double lost = 0;
  for (duk_idx_t i = 0; i < count && largest > 0 && !infinite; ++i) {
    const double part = duk_get_number(ctx, i) / largest;
    const double square = part * part - lost;
    const double next = sum + square;
    lost = (next - sum) - square;
    sum = next;
  }
  duk_push_number(ctx, infinite ? INFINITY
                       : nan    ? NAN
                                : std::sqrt(sum) * largest);
  return 1;
}

// Functions of one number that the C library has.
template <double (*Function)(double)>
static int Unary(duk_context* ctx) {
  duk_push_number(ctx, Function(duk_to_number(ctx, 0)));
  return 1;
}

// Half way goes up, and nothing is lost above 2^52, where adding a half would.
static int Round(duk_context* ctx) {
  const double number = duk_to_number(ctx, 0);
  double result = std::floor(number);
  if (number - result >= 0.5) {
    result += 1;
  }
  duk_push_number(ctx, std::copysign(result, number));
  return 1;
}

static constexpr Method kMath[] = {
    {"round", Round, 1},
    {"acosh", Unary<std::acosh>, 1},
    {"asinh", Unary<std::asinh>, 1},
    {"atanh", Unary<std::atanh>, 1},
    {"cosh", Unary<std::cosh>, 1},
    {"expm1", Unary<std::expm1>, 1},
    {"log1p", Unary<std::log1p>, 1},
    {"sinh", Unary<std::sinh>, 1},
    {"tanh", Unary<std::tanh>, 1},
    {"fround", Fround, 1},
    {"hypot", Hypot, 2, DUK_VARARGS},
};

void InstallMath(duk_context* ctx) {
  PushGlobal(ctx, "Math");
  DefineMethods(ctx, kMath);
  DefineTag(ctx, 0, "Math");
  PushGlobal(ctx, "JSON");
  DefineTag(ctx, -1, "JSON");
  duk_set_top(ctx, 0);
}

}  // namespace fcc::script
