// SPDX-License-Identifier: Apache-2.0

#include "runtime/script/duktape/regexp/program.h"

#include <algorithm>

namespace fcc::script::regexp {

// Steps of PCRE2's interpreter: about a second. Its heap in KiB.
static constexpr uint32_t kMatchLimit = 20'000'000;
static constexpr uint32_t kHeapLimit = 256 * 1024;

// Making machine code takes about as long as this many short matches; a long
// text counts for more than one.
static constexpr size_t kUsesBeforeMachineCode = 200;
static constexpr size_t kUnitsPerUse = 1024;

// --- Text ---

const std::u32string& Text::points() {
  if (has_points_) {
    return points_;
  }
  has_points_ = true;
  points_.reserve(units_.size());
  for (size_t i = 0; i < units_.size(); ++i) {
    const char16_t unit = units_[i];
    const bool pair = unit >= 0xD800 && unit < 0xDC00 &&
                      i + 1 < units_.size() && units_[i + 1] >= 0xDC00 &&
                      units_[i + 1] < 0xE000;
    if (pair && starts_.empty()) {
      starts_.reserve(units_.size());
      for (uint32_t before = 0; before < i; ++before) {
        starts_.push_back(before);
      }
    }
    if (pair || !starts_.empty()) {
      starts_.push_back(static_cast<uint32_t>(i));
    }
    if (pair) {
      points_.push_back(0x10000u + ((unit - 0xD800u) << 10) +
                        (units_[++i] - 0xDC00u));
    } else {
      points_.push_back(unit);
    }
  }
  return points_;
}

size_t Text::PointAt(size_t unit) const {
  if (starts_.empty()) {
    return unit;
  }
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), unit);
  const auto point = static_cast<size_t>(after - starts_.begin());
  // The end is no code point's start.
  return unit >= units_.size() ? starts_.size() : point - 1;
}

size_t Text::UnitAt(size_t point) const {
  if (starts_.empty()) {
    return point;
  }
  return point >= starts_.size() ? units_.size() : starts_[point];
}

// --- Program ---

static base::Error CompileError(int error) {
  char16_t wide[256] = {};
  pcre2_get_error_message_16(error, reinterpret_cast<PCRE2_UCHAR16*>(wide),
                             std::size(wide));
  std::string message = "Invalid regular expression: ";
  for (const char16_t* c = wide; *c != 0; ++c) {
    message += static_cast<char>(*c);
  }
  return {base::ErrorKind::kUnsupported, message};
}

base::Result<std::shared_ptr<Program>> Program::Compile(
    std::u16string_view source, const Flags& flags) {
  FCC_TRY_ASSIGN(Translation translation, Translate(source, flags));
  std::shared_ptr<Program> program(new Program());
  program->flags_ = flags;
  program->group_count_ = translation.group_count;
  program->names_ = std::move(translation.names);
  uint32_t options = PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C |
                     (flags.ignore_case ? PCRE2_CASELESS : 0);
  int error = 0;
  PCRE2_SIZE offset = 0;
  if (flags.unicode) {
    // The translation is ASCII.
    const std::u32string pattern(translation.pattern.begin(),
                                 translation.pattern.end());
    pcre2_compile_context_32* context =
        pcre2_compile_context_create_32(nullptr);
    pcre2_set_compile_extra_options_32(context,
                                       PCRE2_EXTRA_ALLOW_SURROGATE_ESCAPES);
    program->wide_code_ = pcre2_compile_32(
        reinterpret_cast<PCRE2_SPTR32>(pattern.data()), pattern.size(),
        options | PCRE2_UTF, &error, &offset, context);
    pcre2_compile_context_free_32(context);
    if (program->wide_code_ == nullptr) {
      return CompileError(error);
    }
    program->wide_data_ =
        pcre2_match_data_create_from_pattern_32(program->wide_code_, nullptr);
    return program;
  }
  // UCP: case folding beyond ASCII, without joining surrogates.
  program->code_ = pcre2_compile_16(
      reinterpret_cast<PCRE2_SPTR16>(translation.pattern.data()),
      translation.pattern.size(), options | PCRE2_UCP, &error, &offset,
      nullptr);
  if (program->code_ == nullptr) {
    return CompileError(error);
  }
  program->data_ =
      pcre2_match_data_create_from_pattern_16(program->code_, nullptr);
  return program;
}

Program::~Program() {
  pcre2_match_data_free_16(data_);
  pcre2_code_free_16(code_);
  pcre2_match_data_free_32(wide_data_);
  pcre2_code_free_32(wide_code_);
}

void Program::CompileToMachineCode() const {
  // Where that cannot be had, matching goes on as before.
  if (flags_.unicode) {
    pcre2_jit_compile_32(wide_code_, PCRE2_JIT_COMPLETE);
  } else {
    pcre2_jit_compile_16(code_, PCRE2_JIT_COMPLETE);
  }
}

MatchStatus Program::Match(Text& text, size_t start, bool anchored,
                           std::vector<Span>& spans) const {
  static pcre2_match_context_16* const context = [] {
    pcre2_match_context_16* made = pcre2_match_context_create_16(nullptr);
    pcre2_set_match_limit_16(made, kMatchLimit);
    pcre2_set_heap_limit_16(made, kHeapLimit);
    return made;
  }();
  static pcre2_match_context_32* const wide_context = [] {
    pcre2_match_context_32* made = pcre2_match_context_create_32(nullptr);
    pcre2_set_match_limit_32(made, kMatchLimit);
    pcre2_set_heap_limit_32(made, kHeapLimit);
    return made;
  }();
  work_ += 1 + (text.units().size() - start) / kUnitsPerUse;
  if (!compiled_ && work_ >= kUsesBeforeMachineCode) {
    compiled_ = true;
    CompileToMachineCode();
  }
  const bool wide = flags_.unicode;
  const auto match = [&](uint32_t options) {
    if (wide) {
      const std::u32string& points = text.points();
      // Surrogates are code points here, which the check would refuse.
      return pcre2_match_32(
          wide_code_, reinterpret_cast<PCRE2_SPTR32>(points.c_str()),
          points.size(), text.PointAt(start), options | PCRE2_NO_UTF_CHECK,
          wide_data_, wide_context);
    }
    return pcre2_match_16(code_,
                          reinterpret_cast<PCRE2_SPTR16>(text.units().c_str()),
                          text.units().size(), start, options, data_, context);
  };
  const uint32_t options = anchored ? PCRE2_ANCHORED : 0;
  int count = match(options);
  if (count == PCRE2_ERROR_JIT_STACKLIMIT) {
    // Deep backtracking: the other way has the heap to do it in.
    count = match(options | PCRE2_NO_JIT);
  }
  if (count == PCRE2_ERROR_NOMATCH) {
    return MatchStatus::kNoMatch;
  }
  if (count < 0) {
    return MatchStatus::kTooMuchWork;
  }
  const PCRE2_SIZE* offsets = wide ? pcre2_get_ovector_pointer_32(wide_data_)
                                   : pcre2_get_ovector_pointer_16(data_);
  const uint32_t pairs = wide ? pcre2_get_ovector_count_32(wide_data_)
                              : pcre2_get_ovector_count_16(data_);
  spans.assign(group_count_ + 1, Span());
  for (uint32_t i = 0; i < spans.size() && i < pairs; ++i) {
    if (offsets[2 * i] != PCRE2_UNSET) {
      spans[i].begin = wide ? text.UnitAt(offsets[2 * i]) : offsets[2 * i];
      spans[i].end =
          wide ? text.UnitAt(offsets[2 * i + 1]) : offsets[2 * i + 1];
    }
  }
  return MatchStatus::kMatch;
}

}  // namespace fcc::script::regexp
