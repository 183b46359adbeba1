// SPDX-License-Identifier: Apache-2.0

#include "runtime/script/duktape/builtins/string_replace.h"

#include "runtime/script/duktape/builtins/string_size.h"
#include "runtime/script/duktape/native.h"

namespace fcc::script {

std::u16string Substitute(duk_context* ctx, const Substitution& s) {
  const std::u16string templated = Utf16At(ctx, s.replacement);
  const auto captures = static_cast<size_t>(s.end_capture - s.first_capture);
  std::u16string out;
  for (size_t i = 0; i < templated.size(); ++i) {
    const char16_t c = templated[i];
    const char16_t next = i + 1 < templated.size() ? templated[i + 1] : u'\0';
    if (c != u'$' || next == u'\0') {
      out += c;
      continue;
    }
    CheckStringSize(ctx, out.size());
    if (next == u'$') {
      out += u'$';
      ++i;
    } else if (next == u'&') {
      out += s.matched;
      ++i;
    } else if (next == u'`') {
      out += s.text.substr(0, s.position);
      ++i;
    } else if (next == u'\'') {
      const size_t end = s.position + s.matched.size();
      out += end < s.text.size() ? s.text.substr(end) : std::u16string_view();
      ++i;
    } else if (next >= u'0' && next <= u'9') {
      size_t number = next - u'0';
      size_t digits = 1;
      const char16_t second =
          i + 2 < templated.size() ? templated[i + 2] : u'\0';
      if (second >= u'0' && second <= u'9') {
        const size_t both = number * 10 + (second - u'0');
        if (both >= 1 && both <= captures) {
          number = both;
          digits = 2;
        }
      }
      if (number < 1 || number > captures) {
        out += c;
        continue;
      }
      const auto capture = static_cast<duk_idx_t>(s.first_capture +
                                                  static_cast<int>(number) - 1);
      if (!duk_is_undefined(ctx, capture)) {
        out += Utf16At(ctx, capture);
      }
      i += digits;
    } else if (next == u'<' && s.names >= 0 &&
               !duk_is_undefined(ctx, s.names)) {
      const size_t close = templated.find(u'>', i + 2);
      if (close == std::u16string::npos) {
        out += c;
        continue;
      }
      PushUtf16(ctx,
                std::u16string_view(templated).substr(i + 2, close - i - 2));
      duk_get_prop(ctx, s.names);
      if (!duk_is_undefined(ctx, -1)) {
        ToStringAt(ctx, -1);
        out += Utf16At(ctx, -1);
      }
      duk_pop(ctx);
      i = close;
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace fcc::script
