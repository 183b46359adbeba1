// SPDX-License-Identifier: Apache-2.0
//
// Intl as far as mini programs use it: DateTimeFormat and NumberFormat for
// zh-CN and en-US, and the toLocaleString family on top of them. Other locales
// fall back to en-US. Missing: other calendars and digits, time zones other
// than the process's and UTC, currency names, units, compact notation,
// Collator, PluralRules, RelativeTimeFormat, ListFormat, Segmenter.

#include <cmath>
#include <optional>

#include "runtime/base/format.h"
#include "runtime/script/duktape/builtins/date_fields.h"
#include "runtime/script/duktape/builtins/install.h"
#include "runtime/script/duktape/native.h"

namespace fcc::script {

namespace {

enum class Locale { kEnglish, kChinese };

// What Intl objects keep, in a record: the locale and the options' texts.
struct Options {
  Locale locale = Locale::kEnglish;
  // Numbers.
  std::string style = "decimal";
  std::string currency;
  int minimum_fraction = 0;
  int maximum_fraction = 3;
  bool grouping = true;
  // Dates.
  std::string weekday, year, month, day, hour, minute, second;
  std::optional<bool> hour12;
  bool utc = false;
};

constexpr const char* kMonths[] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
constexpr const char* kDays[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                 "Thursday", "Friday", "Saturday"};
constexpr const char* kChineseDigits[] = {"日", "一", "二", "三",
                                          "四", "五", "六"};

}  // namespace

// The first locale asked for that we have: a text or a list of them at `index`.
static Locale ReadLocale(duk_context* ctx, duk_idx_t index) {
  if (duk_is_undefined(ctx, index)) {
    return Locale::kEnglish;
  }
  duk_dup(ctx, index);
  if (IsArrayAt(ctx, -1)) {
    duk_get_prop_index(ctx, -1, 0);
    duk_remove(ctx, -2);
  }
  if (duk_is_null(ctx, -1)) {
    ThrowType(ctx, "Cannot convert null to object");
  }
  std::string text;
  if (!duk_is_undefined(ctx, -1)) {
    ToStringAt(ctx, -1);
    text = BytesAt(ctx, -1);
    if (text.size() < 2 || text.find(' ') != std::string::npos ||
        text.find('_') != std::string::npos) {
      ThrowRange(ctx, "Incorrect locale information provided");
    }
  }
  duk_pop(ctx);
  return text.starts_with("zh") ? Locale::kChinese : Locale::kEnglish;
}

static std::string TextOption(duk_context* ctx, duk_idx_t options,
                              const char* name, std::string fallback = "") {
  if (!duk_is_object(ctx, options)) {
    return fallback;
  }
  duk_get_prop_string(ctx, options, name);
  if (!duk_is_undefined(ctx, -1)) {
    ToStringAt(ctx, -1);
    fallback = BytesAt(ctx, -1);
  }
  duk_pop(ctx);
  return fallback;
}

static std::optional<int> DigitsOption(duk_context* ctx, duk_idx_t options,
                                       const char* name) {
  if (!duk_is_object(ctx, options)) {
    return std::nullopt;
  }
  duk_get_prop_string(ctx, options, name);
  std::optional<int> result;
  if (!duk_is_undefined(ctx, -1)) {
    const double number = duk_to_number(ctx, -1);
    if (!(number >= 0 && number <= 20)) {
      ThrowRange(ctx, std::string(name) + " value is out of range");
    }
    result = static_cast<int>(number);
  }
  duk_pop(ctx);
  return result;
}

// --- Numbers ---

static Options ReadNumberOptions(duk_context* ctx, duk_idx_t locale,
                                 duk_idx_t options) {
  Options result;
  result.locale = ReadLocale(ctx, locale);
  result.style = TextOption(ctx, options, "style", "decimal");
  result.currency = TextOption(ctx, options, "currency");
  if (result.style == "currency" && result.currency.size() != 3) {
    ThrowType(ctx, "Currency code is required with currency style");
  }
  int low = 0;
  int high = 3;
  if (result.style == "currency") {
    low = high = result.currency == "JPY" || result.currency == "KRW" ? 0 : 2;
  } else if (result.style == "percent") {
    high = 0;
  }
  const auto minimum = DigitsOption(ctx, options, "minimumFractionDigits");
  const auto maximum = DigitsOption(ctx, options, "maximumFractionDigits");
  result.minimum_fraction =
      minimum.value_or(maximum ? std::min(low, *maximum) : low);
  result.maximum_fraction =
      maximum.value_or(std::max(high, result.minimum_fraction));
  if (result.minimum_fraction > result.maximum_fraction) {
    ThrowRange(ctx, "maximumFractionDigits value is out of range");
  }
  result.grouping = TextOption(ctx, options, "useGrouping", "true") != "false";
  return result;
}

static std::string FormatNumber(double number, const Options& options) {
  if (std::isnan(number)) {
    return "NaN";
  }
  const bool negative = std::signbit(number);
  number = std::fabs(number);
  if (options.style == "percent") {
    number *= 100;
  }
  std::string digits = "∞";
  if (!std::isinf(number)) {
    // Half away from zero on the decimal text, as people expect of 1.005.
    digits = base::format("{:.{}f}", number, options.maximum_fraction);
    const std::string exact = base::format("{}", number);
    const size_t exact_point = exact.find('.');
    if (exact_point != std::string::npos &&
        exact.find('e') == std::string::npos &&
        exact.size() - exact_point - 1 ==
            static_cast<size_t>(options.maximum_fraction) + 1 &&
        exact.back() == '5') {
      const double step = std::pow(10, -options.maximum_fraction);
      digits =
          base::format("{:.{}f}", number + step / 10, options.maximum_fraction);
    }
    size_t point = digits.find('.');
    if (point != std::string::npos) {
      size_t keep = digits.size();
      const size_t least =
          point + 1 + static_cast<size_t>(options.minimum_fraction);
      while (keep > least && digits[keep - 1] == '0') {
        --keep;
      }
      digits.resize(keep == point + 1 ? point : keep);
    }
    point = std::min(digits.find('.'), digits.size());
    for (size_t at = point; options.grouping && at > 3;) {
      at -= 3;
      digits.insert(at, ",");
    }
  }
  std::string text = digits;
  if (options.style == "percent") {
    text += "%";
  } else if (options.style == "currency") {
    const bool chinese = options.locale == Locale::kChinese;
    const std::string symbol =
        options.currency == "CNY"   ? (chinese ? "¥" : "CN¥")
        : options.currency == "USD" ? (chinese ? "US$" : "$")
        : options.currency == "EUR" ? "€"
        : options.currency == "GBP" ? "£"
        : options.currency == "JPY" ? (chinese ? "JP¥" : "¥")
        : options.currency == "HKD" ? "HK$"
                                    : options.currency + "\u00a0";
    text = symbol + text;
  }
  return negative ? "-" + text : text;
}

// --- Dates ---

// What is shown when nothing is asked for.
enum class Default { kDate, kTime, kAll };

static Options ReadDateOptions(duk_context* ctx, duk_idx_t locale,
                               duk_idx_t options, Default fallback) {
  Options result;
  result.locale = ReadLocale(ctx, locale);
  result.weekday = TextOption(ctx, options, "weekday");
  result.year = TextOption(ctx, options, "year");
  result.month = TextOption(ctx, options, "month");
  result.day = TextOption(ctx, options, "day");
  result.hour = TextOption(ctx, options, "hour");
  result.minute = TextOption(ctx, options, "minute");
  result.second = TextOption(ctx, options, "second");
  const std::string hour12 = TextOption(ctx, options, "hour12");
  if (!hour12.empty()) {
    result.hour12 = hour12 == "true";
  }
  const std::string cycle = TextOption(ctx, options, "hourCycle");
  if (!result.hour12 && !cycle.empty()) {
    result.hour12 = cycle == "h12" || cycle == "h11";
  }
  const std::string zone = TextOption(ctx, options, "timeZone");
  result.utc = zone == "UTC" || zone == "GMT";
  const std::string date_style = TextOption(ctx, options, "dateStyle");
  const std::string time_style = TextOption(ctx, options, "timeStyle");
  if (!date_style.empty()) {
    const bool words = date_style == "long" || date_style == "full";
    result.year = date_style == "short" ? "2-digit" : "numeric";
    result.month = words                    ? "long"
                   : date_style == "medium" ? "short"
                                            : "numeric";
    result.day = "numeric";
    if (date_style == "full") {
      result.weekday = "long";
    }
  }
  if (!time_style.empty()) {
    result.hour = "numeric";
    result.minute = "2-digit";
    if (time_style != "short") {
      result.second = "2-digit";
    }
  }
  const bool no_date = result.weekday.empty() && result.year.empty() &&
                       result.month.empty() && result.day.empty();
  const bool no_time =
      result.hour.empty() && result.minute.empty() && result.second.empty();
  if (no_date && no_time && date_style.empty() && time_style.empty()) {
    if (fallback != Default::kTime) {
      result.year = result.month = result.day = "numeric";
    }
    if (fallback != Default::kDate) {
      result.hour = "numeric";
      result.minute = result.second = "2-digit";
    }
  }
  return result;
}

static std::string Two(int number, const std::string& style) {
  return style == "2-digit" ? base::format("{:02}", number)
                            : std::to_string(number);
}

static std::string YearOf(double year, const std::string& style) {
  const auto number = static_cast<int>(year);
  return style == "2-digit" ? base::format("{:02}", number % 100)
                            : std::to_string(number);
}

static std::string FormatTime(const DateFields& f, const Options& o) {
  if (o.hour.empty() && o.minute.empty() && o.second.empty()) {
    return "";
  }
  const bool chinese = o.locale == Locale::kChinese;
  const bool twelve = o.hour12.value_or(!chinese);
  std::string text;
  if (!o.hour.empty()) {
    const int hour = twelve ? (f.hour + 11) % 12 + 1 : f.hour;
    text = twelve && o.hour != "2-digit" ? std::to_string(hour)
                                         : base::format("{:02}", hour);
  }
  if (!o.minute.empty()) {
    text += text.empty() ? Two(f.minute, o.minute)
                         : base::format(":{:02}", f.minute);
  }
  if (!o.second.empty()) {
    text += text.empty() ? Two(f.second, o.second)
                         : base::format(":{:02}", f.second);
  }
  if (twelve && !o.hour.empty()) {
    if (chinese) {
      text = (f.hour < 12 ? "上午" : "下午") + text;
    } else {
      text += f.hour < 12 ? " AM" : " PM";
    }
  }
  return text;
}

static std::string EnglishDate(const DateFields& f, const Options& o) {
  const bool words = o.month == "long" || o.month == "short";
  std::string weekday;
  if (!o.weekday.empty()) {
    weekday = o.weekday == "long" ? kDays[f.weekday]
                                  : std::string(kDays[f.weekday]).substr(0, 3);
  }
  std::string text;
  if (words) {
    text = o.month == "long" ? kMonths[f.month - 1]
                             : std::string(kMonths[f.month - 1]).substr(0, 3);
    if (!o.day.empty()) {
      text += " " + Two(f.day, o.day);
    }
    if (!o.year.empty()) {
      text += (o.day.empty() ? " " : ", ") + YearOf(f.year, o.year);
    }
  } else {
    const auto add = [&](const std::string& part) {
      text += (text.empty() ? "" : "/") + part;
    };
    if (!o.month.empty()) {
      add(Two(f.month, o.month));
    }
    if (!o.day.empty()) {
      add(Two(f.day, o.day));
    }
    if (!o.year.empty()) {
      add(YearOf(f.year, o.year));
    }
  }
  if (!weekday.empty()) {
    text = text.empty() ? weekday : weekday + ", " + text;
  }
  return text;
}

static std::string ChineseDate(const DateFields& f, const Options& o) {
  const bool words = o.month == "long" || o.month == "short";
  std::string text;
  if (words) {
    if (!o.year.empty()) {
      text += YearOf(f.year, o.year) + "年";
    }
    text += std::to_string(f.month) + "月";
    if (!o.day.empty()) {
      text += Two(f.day, o.day) + "日";
    }
  } else {
    const auto add = [&](const std::string& part) {
      text += (text.empty() ? "" : "/") + part;
    };
    if (!o.year.empty()) {
      add(YearOf(f.year, o.year));
    }
    if (!o.month.empty()) {
      add(Two(f.month, o.month));
    }
    if (!o.day.empty()) {
      add(Two(f.day, o.day));
    }
  }
  if (!o.weekday.empty()) {
    text += (o.weekday == "long" ? "星期" : "周");
    text += kChineseDigits[f.weekday];
  }
  return text;
}

static std::string FormatDate(double ms, const Options& o) {
  const DateFields fields = LocalFields(ms, o.utc);
  const bool chinese = o.locale == Locale::kChinese;
  const std::string date =
      chinese ? ChineseDate(fields, o) : EnglishDate(fields, o);
  const std::string time = FormatTime(fields, o);
  if (date.empty() || time.empty()) {
    return date + time;
  }
  return date + (chinese ? " " : ", ") + time;
}

// --- toLocaleString and its like ---

static int NumberToLocale(duk_context* ctx) {
  duk_push_this(ctx);
  if (duk_is_object(ctx, -1) && internals::GetClass(duk_get_heapptr(ctx, -1)) ==
                                    internals::kClassNumber) {
    duk_get_prop_literal(ctx, -1, "valueOf");
    duk_swap_top(ctx, -2);
    duk_call_method(ctx, 0);
  }
  if (!duk_is_number(ctx, -1)) {
    ThrowType(ctx,
              "Number.prototype.toLocaleString requires that 'this' be "
              "a Number");
  }
  const double number = duk_get_number(ctx, -1);
  PushUtf8(ctx, FormatNumber(number, ReadNumberOptions(ctx, 0, 1)));
  return 1;
}

static int DateToLocale(duk_context* ctx) {
  const auto fallback = static_cast<Default>(duk_get_current_magic(ctx));
  const double ms = ThisDate(ctx, "toLocaleString");
  const Options options = ReadDateOptions(ctx, 0, 1, fallback);
  PushUtf8(ctx, std::isnan(ms) ? "Invalid Date" : FormatDate(ms, options));
  return 1;
}

// --- Intl.* : objects with a record [locale, options] ---

static int FormatterConstructor(duk_context* ctx) {
  const bool numbers = duk_get_current_magic(ctx) == 1;
  duk_push_this(ctx);
  if (!duk_is_constructor_call(ctx)) {
    duk_pop(ctx);
    duk_push_object(ctx);
    duk_push_current_function(ctx);
    duk_get_prop_literal(ctx, -1, "prototype");
    internals::SetPrototype(ctx, duk_get_heapptr(ctx, 2),
                            duk_get_heapptr(ctx, -1));
    duk_pop_2(ctx);
  }
  // Bad options are told now.
  if (numbers) {
    ReadNumberOptions(ctx, 0, 1);
  } else {
    ReadDateOptions(ctx, 0, 1, Default::kDate);
  }
  PushRecord(ctx, 0);
  duk_dup(ctx, 0);
  PutItem(ctx, -2, 0);
  duk_dup(ctx, 1);
  PutItem(ctx, -2, 1);
  PutItemNumber(ctx, -1, 2, numbers ? 1 : 0);
  PutHidden(ctx, 2, Key::kFormat);
  return 1;
}

// [ value ] with the formatter's record at `record`: [ ] -> [ text ].
static void FormatWith(duk_context* ctx, duk_idx_t record, duk_idx_t value) {
  const bool numbers = ItemNumber(ctx, record, 2) == 1;
  PushItem(ctx, record, 0);
  PushItem(ctx, record, 1);
  const duk_idx_t locale = duk_get_top(ctx) - 2;
  if (numbers) {
    const double number = duk_to_number(ctx, value);
    PushUtf8(ctx,
             FormatNumber(number, ReadNumberOptions(ctx, locale, locale + 1)));
    return;
  }
  double ms = 0;
  if (duk_is_undefined(ctx, value)) {
    ms = EngineOf(ctx).host->clock().NowMs();
  } else {
    ms = duk_to_number(ctx, value);
  }
  if (std::isnan(ms)) {
    ThrowRange(ctx, "Invalid time value");
  }
  PushUtf8(ctx, FormatDate(ms, ReadDateOptions(ctx, locale, locale + 1,
                                               Default::kDate)));
}

static int BoundFormat(duk_context* ctx) {
  duk_push_current_function(ctx);
  PushHidden(ctx, 1, Key::kFormat);
  FormatWith(ctx, 2, 0);
  return 1;
}

static int GetFormat(duk_context* ctx) {
  RequireThis(ctx, Key::kFormat, "format");
  PushFunction(ctx, {"", BoundFormat, 1}, false);
  duk_dup(ctx, 1);
  PutHidden(ctx, -2, Key::kFormat);
  return 1;
}

static int ResolvedOptions(duk_context* ctx) {
  RequireThis(ctx, Key::kFormat, "resolvedOptions");
  PushItem(ctx, 1, 0);
  const Locale locale = ReadLocale(ctx, 2);
  duk_push_object(ctx);
  duk_push_string(ctx, locale == Locale::kChinese ? "zh-CN" : "en-US");
  duk_put_prop_literal(ctx, -2, "locale");
  duk_push_literal(ctx, "latn");
  duk_put_prop_literal(ctx, -2, "numberingSystem");
  if (ItemNumber(ctx, 1, 2) == 0) {
    duk_push_literal(ctx, "gregory");
    duk_put_prop_literal(ctx, -2, "calendar");
    const char* zone = std::getenv("TZ");
    duk_push_string(ctx, zone != nullptr && *zone != '\0' ? zone : "UTC");
    duk_put_prop_literal(ctx, -2, "timeZone");
  }
  return 1;
}

static int SupportedLocales(duk_context* ctx) {
  duk_push_array(ctx);
  duk_uarridx_t count = 0;
  if (duk_is_string(ctx, 0)) {
    duk_dup(ctx, 0);
    DefineItem(ctx, 1, count++);
  } else if (duk_is_object(ctx, 0)) {
    const double length = LengthOf(ctx, 0);
    for (double i = 0; i < length; ++i) {
      GetIndex(ctx, 0, i);
      ToStringAt(ctx, -1);
      const std::string_view tag = BytesAt(ctx, -1);
      if (tag.starts_with("zh") || tag.starts_with("en")) {
        DefineItem(ctx, 1, count++);
      } else {
        duk_pop(ctx);
      }
    }
  }
  return 1;
}

static constexpr Method kNumberMethods[] = {
    {"toLocaleString", NumberToLocale, 0, 2},
};
static constexpr Method kDateMethods[] = {
    {"toLocaleDateString", DateToLocale, 0, 2,
     static_cast<int>(Default::kDate)},
    {"toLocaleString", DateToLocale, 0, 2, static_cast<int>(Default::kAll)},
    {"toLocaleTimeString", DateToLocale, 0, 2,
     static_cast<int>(Default::kTime)},
};
static constexpr Method kFormatter[] = {
    {"get format", GetFormat, 0},
    {"resolvedOptions", ResolvedOptions, 0},
};
static constexpr Method kFormatterStatics[] = {
    {"supportedLocalesOf", SupportedLocales, 1},
};

void InstallIntl(duk_context* ctx) {
  PushGlobal(ctx, "Number");
  duk_get_prop_literal(ctx, -1, "prototype");
  DefineMethods(ctx, kNumberMethods);
  PushIntrinsic(ctx, Intrinsic::kDatePrototype);
  DefineMethods(ctx, kDateMethods);

  duk_push_global_object(ctx);
  duk_push_object(ctx);
  const duk_idx_t intl = duk_get_top(ctx) - 1;
  DefineTag(ctx, intl, "Intl");
  for (const auto& [name, numbers] :
       {std::pair("DateTimeFormat", 0), std::pair("NumberFormat", 1)}) {
    PushFunction(ctx, {name, FormatterConstructor, 0, 2, numbers}, true);
    DefineMethods(ctx, kFormatterStatics);
    duk_push_object(ctx);
    DefineMethods(ctx, kFormatter);
    DefineTag(ctx, -1,
              numbers == 1 ? "Intl.NumberFormat" : "Intl.DateTimeFormat");
    duk_dup(ctx, -2);
    DefineHidden(ctx, -2, "constructor");
    DefineValue(ctx, -2, "prototype", 0);
    DefineHidden(ctx, intl, name);
  }
  DefineHidden(ctx, intl - 1, "Intl");
  duk_set_top(ctx, 0);
}

}  // namespace fcc::script
