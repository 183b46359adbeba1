// SPDX-License-Identifier: Apache-2.0
//
// Date.parse as browsers do it: ISO 8601 with and without a zone, and the
// free forms that people write ("2026/01/02 03:04", "Jan 2, 2026",
// "Fri, 02 Jan 2026 03:04:05 GMT+0800"). The rest of Date is the engine's.

#include <cmath>
#include <ctime>
#include <optional>
#include <string_view>

#include "runtime/base/format.h"
#include "runtime/script/duktape/builtins/date_fields.h"
#include "runtime/script/duktape/builtins/install.h"
#include "runtime/script/duktape/native.h"

namespace fcc::script {

namespace {

struct Fields {
  double year = 0;
  int month = 1;
  int day = 1;
  int hour = 0;
  int minute = 0;
  int second = 0;
  double ms = 0;
  // Minutes east of Greenwich; none for local time.
  std::optional<int> zone;
};

double DaysFromCivil(double year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const double era = std::floor(year / 400);
  const double yoe = year - era * 400;
  const double doy =
      std::floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5.0) + day - 1;
  const double doe =
      yoe * 365 + std::floor(yoe / 4) - std::floor(yoe / 100) + doy;
  return era * 146097 + doe - 719468;
}

// Of the local zone at an instant. localtime_r reads the zone once a process;
// mktime, which Duktape's own way takes, looks at the file every time.
double LocalOffsetMs(double utc_ms) {
  std::tm parts = {};
  // Two days beyond what dates reach, as the search for an offset goes.
  if (!(std::fabs(utc_ms) <= 8.64e15 + 2 * 86400000.0)) {
    return 0;
  }
  const auto seconds = static_cast<std::time_t>(std::floor(utc_ms / 1000));
  if (localtime_r(&seconds, &parts) == nullptr) {
    return 0;
  }
  return static_cast<double>(parts.tm_gmtoff) * 1000.0;
}

// Of what the wall clock says (UTC(t), ECMA-262 21.4.1.26): when it says that
// twice, or never, by the offset before the change.
double WallOffsetMs(double wall_ms) {
  constexpr double kDay = 86400000;
  const double before = LocalOffsetMs(wall_ms - kDay);
  if (LocalOffsetMs(wall_ms - before) == before) {
    return before;
  }
  const double after = LocalOffsetMs(wall_ms + kDay);
  return LocalOffsetMs(wall_ms - after) == after ? after : before;
}

double ToTime(const Fields& f) {
  double ms = DaysFromCivil(f.year, f.month, f.day) * 86400000.0 +
              f.hour * 3600000.0 + f.minute * 60000.0 + f.second * 1000.0 +
              f.ms;
  if (f.zone) {
    ms -= *f.zone * 60000.0;
  } else {
    ms -= WallOffsetMs(ms);
  }
  return std::fabs(ms) <= 8.64e15 ? ms + 0.0 : NAN;
}

class DateParser {
 public:
  explicit DateParser(std::string_view text) : text_(text) {}

  double Parse() {
    Fields fields;
    if (Iso(fields)) {
      return ToTime(fields);
    }
    if (text_.starts_with("-000000")) {
      return NAN;
    }
    at_ = 0;
    fields = Fields();
    return Free(fields) ? ToTime(fields) : NAN;
  }

 private:
  bool More() const { return at_ < text_.size(); }
  char Peek() const { return More() ? text_[at_] : '\0'; }
  bool Eat(char c) {
    if (Peek() != c) {
      return false;
    }
    ++at_;
    return true;
  }
  static bool IsDigit(char c) { return c >= '0' && c <= '9'; }

  bool Digits(int count, int& value) {
    value = 0;
    for (int i = 0; i < count; ++i) {
      if (!IsDigit(Peek())) {
        return false;
      }
      value = value * 10 + (text_[at_++] - '0');
    }
    return true;
  }

  static bool InRange(const Fields& f) {
    static constexpr int kDays[] = {31, 29, 31, 30, 31, 30,
                                    31, 31, 30, 31, 30, 31};
    if (f.month < 1 || f.month > 12 || f.day < 1 ||
        f.day > kDays[f.month - 1]) {
      return false;
    }
    if (f.hour == 24) {
      return f.minute == 0 && f.second == 0 && f.ms == 0;
    }
    return f.hour < 24 && f.minute < 60 && f.second < 60;
  }

  bool Iso(Fields& f) {
    int value = 0;
    if (Peek() == '+' || Peek() == '-') {
      const bool negative = text_[at_++] == '-';
      if (!Digits(6, value) || (negative && value == 0)) {
        return false;
      }
      f.year = negative ? -value : value;
    } else {
      if (!Digits(4, value)) {
        return false;
      }
      f.year = value;
    }
    bool date_only = true;
    if (Eat('-')) {
      if (!Digits(2, f.month)) {
        return false;
      }
      if (Eat('-') && !Digits(2, f.day)) {
        return false;
      }
    }
    if (Peek() == 'T' || Peek() == 't' || Peek() == ' ') {
      date_only = false;
      ++at_;
      if (!Digits(2, f.hour) || !Eat(':') || !Digits(2, f.minute)) {
        return false;
      }
      if (Eat(':')) {
        if (!Digits(2, f.second)) {
          return false;
        }
        if (Eat('.') || Eat(',')) {
          if (!IsDigit(Peek())) {
            return false;
          }
          double scale = 100;
          while (IsDigit(Peek())) {
            f.ms += (text_[at_++] - '0') * scale;
            scale /= 10;
          }
          f.ms = std::floor(f.ms);
        }
      }
      if (Eat('Z') || Eat('z')) {
        f.zone = 0;
      } else if (Peek() == '+' || Peek() == '-') {
        const int sign = text_[at_++] == '-' ? -1 : 1;
        int hours = 0;
        int minutes = 0;
        if (!Digits(2, hours)) {
          return false;
        }
        Eat(':');
        if (!Digits(2, minutes) || hours > 23 || minutes > 59) {
          return false;
        }
        f.zone = sign * (hours * 60 + minutes);
      }
    }
    if (date_only) {
      f.zone = 0;  // By the standard a date alone is UTC.
    }
    return !More() && InRange(f);
  }

  static int MonthOf(std::string_view word) {
    static constexpr std::string_view kMonths[] = {"jan", "feb", "mar", "apr",
                                                   "may", "jun", "jul", "aug",
                                                   "sep", "oct", "nov", "dec"};
    for (int i = 0; i < 12; ++i) {
      if (word.starts_with(kMonths[i])) {
        return i + 1;
      }
    }
    return 0;
  }

  // Words, numbers and punctuation in the orders that people use.
  bool Free(Fields& f) {
    int numbers[3] = {};
    int lengths[3] = {};
    int count = 0;
    int month_word = 0;
    bool has_time = false;
    while (More()) {
      const char c = Peek();
      if (c == '(') {
        int depth = 0;
        while (More()) {
          const char p = text_[at_++];
          depth += p == '(' ? 1 : p == ')' ? -1 : 0;
          if (depth == 0) {
            break;
          }
        }
        continue;
      }
      if (IsDigit(c)) {
        const size_t start = at_;
        int64_t value = 0;
        while (IsDigit(Peek()) && value < 100000000) {
          value = value * 10 + (text_[at_++] - '0');
        }
        if (Peek() == ':' && !has_time) {
          has_time = true;
          f.hour = static_cast<int>(value);
          if (!Time(f)) {
            return false;
          }
          continue;
        }
        if (count == 3) {
          return false;
        }
        lengths[count] = static_cast<int>(at_ - start);
        numbers[count++] = static_cast<int>(value);
        continue;
      }
      if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
        std::string word;
        while ((Peek() >= 'A' && Peek() <= 'Z') ||
               (Peek() >= 'a' && Peek() <= 'z')) {
          word += static_cast<char>(text_[at_++] | 0x20);
        }
        if (!Word(f, word, month_word, count > 0)) {
          return false;
        }
        continue;
      }
      if ((c == '+' || c == '-') && (has_time || f.zone)) {
        if (!Offset(f)) {
          return false;
        }
        continue;
      }
      if (static_cast<unsigned char>(c) >= 0x80) {
        return false;
      }
      ++at_;
    }
    return Assign(f, numbers, lengths, count, month_word);
  }

  bool Time(Fields& f) {
    const auto number = [&](int& out) {
      if (!IsDigit(Peek())) {
        return false;
      }
      out = 0;
      while (IsDigit(Peek()) && out < 1000) {
        out = out * 10 + (text_[at_++] - '0');
      }
      return true;
    };
    ++at_;
    if (!number(f.minute)) {
      return false;
    }
    if (Eat(':') && !number(f.second)) {
      return false;
    }
    if (Eat('.')) {
      double scale = 100;
      while (IsDigit(Peek())) {
        f.ms += (text_[at_++] - '0') * scale;
        scale /= 10;
      }
      f.ms = std::floor(f.ms);
    }
    return true;
  }

  bool Offset(Fields& f) {
    const int sign = text_[at_++] == '-' ? -1 : 1;
    int digits = 0;
    int value = 0;
    int minutes = 0;
    while (IsDigit(Peek())) {
      value = value * 10 + (text_[at_++] - '0');
      ++digits;
    }
    if (Eat(':')) {
      if (!Digits(2, minutes)) {
        return false;
      }
      f.zone = sign * (value * 60 + minutes);
    } else if (digits > 2) {
      f.zone = sign * (value / 100 * 60 + value % 100);
    } else if (digits > 0) {
      f.zone = sign * value * 60;
    }
    return digits > 0;
  }

  bool Word(Fields& f, const std::string& word, int& month_word,
            bool after_number) {
    if (const int month = word.size() >= 3 ? MonthOf(word) : 0) {
      month_word = month;
      return true;
    }
    if (word == "am" || word == "pm") {
      if (f.hour < 1 || f.hour > 12) {
        return false;
      }
      f.hour = f.hour % 12 + (word == "pm" ? 12 : 0);
      return true;
    }
    if (word == "z" || word == "gmt" || word == "utc" || word == "ut") {
      f.zone = 0;
      return true;
    }
    static constexpr std::pair<std::string_view, int> kZones[] = {
        {"est", -5}, {"edt", -4}, {"cst", -6}, {"cdt", -5},
        {"mst", -7}, {"mdt", -6}, {"pst", -8}, {"pdt", -7}};
    for (const auto& [name, hours] : kZones) {
      if (word == name) {
        f.zone = hours * 60;
        return true;
      }
    }
    static constexpr std::string_view kDays[] = {"sun", "mon", "tue", "wed",
                                                 "thu", "fri", "sat"};
    for (const std::string_view day : kDays) {
      if (std::string_view(word).starts_with(day)) {
        return true;
      }
    }
    // "T" between date and time; other words only before the date.
    return word == "t" || !after_number;
  }

  static bool Assign(Fields& f, const int* n, const int* length, int count,
                     int month_word) {
    const auto year = [](int value, int digits) {
      return digits > 2 ? value : value < 50 ? 2000 + value : 1900 + value;
    };
    if (month_word != 0) {
      f.month = month_word;
      if (count == 1) {
        // "Jan 2026" and "Jan 2".
        if (length[0] > 2) {
          f.year = n[0];
        } else {
          f.day = n[0];
          f.year = 2001;
        }
      } else if (count == 2) {
        if (length[0] > 2) {
          f.year = n[0];
          f.day = n[1];
        } else {
          f.day = n[0];
          f.year = year(n[1], length[1]);
        }
      } else {
        return false;
      }
    } else if (count == 3) {
      if (length[0] > 2) {
        f.year = n[0];
        f.month = n[1];
        f.day = n[2];
      } else {
        f.month = n[0];
        f.day = n[1];
        f.year = year(n[2], length[2]);
      }
    } else if (count == 2) {
      if (length[0] > 2) {
        f.year = n[0];
        f.month = n[1];
      } else {
        f.month = n[0];
        f.day = n[1];
        f.year = 2001;
      }
    } else if (count == 1 && length[0] > 2) {
      f.year = n[0];
    } else {
      return false;
    }
    return InRange(f);
  }

  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

static int ToPrimitive(duk_context* ctx) {
  duk_push_this(ctx);
  RequireObject(ctx, 1, "Date.prototype[Symbol.toPrimitive] receiver");
  const std::string_view hint =
      duk_is_symbol(ctx, 0) ? std::string_view() : BytesAt(ctx, 0);
  const bool string = hint == "string" || hint == "default";
  if (!string && hint != "number") {
    ThrowType(ctx, "Invalid hint");
  }
  for (const char* name :
       {string ? "toString" : "valueOf", string ? "valueOf" : "toString"}) {
    duk_get_prop_string(ctx, 1, name);
    if (duk_is_callable(ctx, -1)) {
      duk_dup(ctx, 1);
      duk_call_method(ctx, 0);
      if (!duk_is_object(ctx, -1)) {
        return 1;
      }
    }
    duk_pop(ctx);
  }
  ThrowType(ctx, "Cannot convert object to primitive value");
}

// --- Dates as text ---

DateFields LocalFields(double ms, bool utc) {
  DateFields fields;
  double shifted = ms;
  if (!utc) {
    std::tm parts = {};
    const auto seconds = static_cast<std::time_t>(std::floor(ms / 1000));
    if (localtime_r(&seconds, &parts) != nullptr) {
      fields.offset_minutes = static_cast<int>(parts.tm_gmtoff / 60);
      fields.zone = parts.tm_zone != nullptr ? parts.tm_zone : "";
    }
    shifted += fields.offset_minutes * 60000.0;
  }
  const double days = std::floor(shifted / 86400000.0);
  const double rest = shifted - days * 86400000.0;
  fields.weekday = static_cast<int>(std::fmod(std::fmod(days + 4, 7) + 7, 7));
  // Civil from days, after Howard Hinnant.
  const double z = days + 719468;
  const double era = std::floor(z / 146097);
  const double doe = z - era * 146097;
  const double yoe =
      std::floor((doe - std::floor(doe / 1460) + std::floor(doe / 36524) -
                  std::floor(doe / 146096)) /
                 365);
  const double doy =
      doe - (365 * yoe + std::floor(yoe / 4) - std::floor(yoe / 100));
  const double mp = std::floor((5 * doy + 2) / 153);
  fields.day = static_cast<int>(doy - std::floor((153 * mp + 2) / 5) + 1);
  fields.month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  fields.year = yoe + era * 400 + (fields.month <= 2 ? 1 : 0);
  fields.hour = static_cast<int>(rest / 3600000.0);
  fields.minute = static_cast<int>(std::fmod(rest / 60000.0, 60));
  fields.second = static_cast<int>(std::fmod(rest / 1000.0, 60));
  fields.millisecond = static_cast<int>(std::fmod(rest, 1000));
  return fields;
}

static constexpr const char* kDayNames[] = {"Sun", "Mon", "Tue", "Wed",
                                            "Thu", "Fri", "Sat"};
static constexpr const char* kMonthNames[] = {"Jan", "Feb", "Mar", "Apr",
                                              "May", "Jun", "Jul", "Aug",
                                              "Sep", "Oct", "Nov", "Dec"};

static std::string YearText(double year) {
  const auto number = static_cast<int64_t>(std::fabs(year));
  return base::format("{}{:04}", year < 0 ? "-" : "", number);
}

// The time value of `this`: own data of the engine's.
double ThisDate(duk_context* ctx, const char* method) {
  duk_push_this(ctx);
  if (duk_is_object(ctx, -1)) {
    void* object = duk_get_heapptr(ctx, -1);
    if (!internals::IsProxy(object) &&
        internals::GetClass(object) == internals::kClassDate) {
      duk_push_string(ctx,
                      "\x82"
                      "Value");
      if (internals::GetHidden(ctx, object, duk_get_heapptr(ctx, -1))) {
        const double ms = duk_get_number(ctx, -1);
        duk_pop_3(ctx);
        return ms;
      }
    }
  }
  ThrowType(ctx, std::string("Date.prototype.") + method +
                     " called on an incompatible receiver");
}

enum DateText { kDateText = 1, kTimeText = 2, kUtcText = 4 };

static int Format(duk_context* ctx) {
  const int parts = duk_get_current_magic(ctx);
  const double ms = ThisDate(ctx, "toString");
  if (std::isnan(ms)) {
    duk_push_literal(ctx, "Invalid Date");
    return 1;
  }
  const DateFields f = LocalFields(ms, (parts & kUtcText) != 0);
  std::string text;
  if ((parts & kUtcText) != 0) {
    text = base::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
                        kDayNames[f.weekday], f.day, kMonthNames[f.month - 1],
                        YearText(f.year), f.hour, f.minute, f.second);
  } else {
    if ((parts & kDateText) != 0) {
      text = base::format("{} {} {:02} {}", kDayNames[f.weekday],
                          kMonthNames[f.month - 1], f.day, YearText(f.year));
    }
    if ((parts & kTimeText) != 0) {
      const int offset = std::abs(f.offset_minutes);
      text += base::format("{}{:02}:{:02}:{:02} GMT{}{:02}{:02} ({})",
                           text.empty() ? "" : " ", f.hour, f.minute, f.second,
                           f.offset_minutes < 0 ? '-' : '+', offset / 60,
                           offset % 60, f.zone);
    }
  }
  duk_push_lstring(ctx, text.data(), text.size());
  return 1;
}

static constexpr Method kPrototype[] = {
    {"toDateString", Format, 0, 0, kDateText},
    {"toString", Format, 0, 0, kDateText | kTimeText},
    {"toTimeString", Format, 0, 0, kTimeText},
    {"toUTCString", Format, 0, 0, kUtcText},
};

void InstallDate(duk_context* ctx) {
  PushGlobal(ctx, "Date");
  duk_get_prop_literal(ctx, 0, "prototype");
  SetIntrinsic(ctx, Intrinsic::kDatePrototype);
  PushFunction(ctx, {"[Symbol.toPrimitive]", ToPrimitive, 1}, false);
  DefineValue(ctx, 1, "[Symbol.toPrimitive]", DUK_DEFPROP_C);
  DefineMethods(ctx, kPrototype);
  duk_get_prop_literal(ctx, 1, "toUTCString");
  DefineHidden(ctx, 1, "toGMTString");
  duk_set_top(ctx, 0);
}

}  // namespace fcc::script

int fcc_duk_local_offset(double ms) {
  return static_cast<int>(fcc::script::LocalOffsetMs(ms) / 1000);
}

int fcc_duk_wall_offset(double ms) {
  return static_cast<int>(fcc::script::WallOffsetMs(ms) / 1000);
}

int fcc_duk_parse_date(duk_hthread* thr, const char* text) {
  duk_push_number(thr, fcc::script::DateParser(text).Parse());
  return 1;
}
