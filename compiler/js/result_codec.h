// SPDX-License-Identifier: Apache-2.0
//
// What came of a script, as bytes and back: for caches of compiled files. The
// bytes are for the very build of the compiler that wrote them.

#ifndef FCC_COMPILER_JS_RESULT_CODEC_H_
#define FCC_COMPILER_JS_RESULT_CODEC_H_

#include <optional>
#include <string>
#include <string_view>

#include "compiler/js/js.h"

namespace fcc::js {

std::string EncodeResult(const CompileResult& result);

// Nothing for bytes that EncodeResult did not write, as far as can be told;
// never a span beyond `text_size`, the size of the file it came from.
std::optional<CompileResult> DecodeResult(std::string_view bytes,
                                          size_t text_size);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_RESULT_CODEC_H_
