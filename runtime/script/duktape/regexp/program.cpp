// SPDX-License-Identifier: Apache-2.0

#include "runtime/script/duktape/regexp/program.h"

namespace fcc::script::regexp {

// Steps of PCRE2's interpreter: about a second. Its heap in KiB.
static constexpr uint32_t kMatchLimit = 20'000'000;
static constexpr uint32_t kHeapLimit = 256 * 1024;

base::Result<std::shared_ptr<Program>> Program::Compile(
    std::u16string_view source, const Flags& flags) {
  FCC_TRY_ASSIGN(Translation translation, Translate(source, flags));
  std::shared_ptr<Program> program(new Program());
  program->flags_ = flags;
  program->group_count_ = translation.group_count;
  program->names_ = std::move(translation.names);
  uint32_t options = PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C;
  if (flags.ignore_case) {
    options |= PCRE2_CASELESS;
  }
  if (flags.unicode) {
    options |= PCRE2_UTF | PCRE2_MATCH_INVALID_UTF;
  } else {
    // Case folding beyond ASCII, without joining surrogates.
    options |= PCRE2_UCP;
  }
  int error = 0;
  PCRE2_SIZE offset = 0;
  program->code_ = pcre2_compile(
      reinterpret_cast<PCRE2_SPTR>(translation.pattern.data()),
      translation.pattern.size(), options, &error, &offset, nullptr);
  if (program->code_ == nullptr) {
    char16_t text[256] = {};
    pcre2_get_error_message(error, reinterpret_cast<PCRE2_UCHAR*>(text),
                            std::size(text));
    std::string message = "Invalid regular expression: ";
    for (const char16_t* c = text; *c != 0; ++c) {
      message += static_cast<char>(*c);
    }
    return base::Error{base::ErrorKind::kUnsupported, message};
  }
  program->data_ =
      pcre2_match_data_create_from_pattern(program->code_, nullptr);
  return program;
}

Program::~Program() {
  pcre2_match_data_free(data_);
  pcre2_code_free(code_);
}

MatchStatus Program::Match(std::u16string_view text, size_t start,
                           bool anchored, std::vector<Span>& spans) const {
  static pcre2_match_context* const context = [] {
    pcre2_match_context* made = pcre2_match_context_create(nullptr);
    pcre2_set_match_limit(made, kMatchLimit);
    pcre2_set_heap_limit(made, kHeapLimit);
    return made;
  }();
  static const char16_t kEmpty = 0;
  const char16_t* data = text.empty() ? &kEmpty : text.data();
  const int count =
      pcre2_match(code_, reinterpret_cast<PCRE2_SPTR>(data), text.size(), start,
                  anchored ? PCRE2_ANCHORED : 0, data_, context);
  if (count == PCRE2_ERROR_NOMATCH) {
    return MatchStatus::kNoMatch;
  }
  if (count < 0) {
    return MatchStatus::kTooMuchWork;
  }
  const PCRE2_SIZE* offsets = pcre2_get_ovector_pointer(data_);
  const uint32_t pairs = pcre2_get_ovector_count(data_);
  spans.assign(group_count_ + 1, Span());
  for (uint32_t i = 0; i < spans.size() && i < pairs; ++i) {
    if (offsets[2 * i] != PCRE2_UNSET) {
      spans[i].begin = offsets[2 * i];
      spans[i].end = offsets[2 * i + 1];
    }
  }
  return MatchStatus::kMatch;
}

}  // namespace fcc::script::regexp
