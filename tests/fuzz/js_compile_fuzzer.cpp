// SPDX-License-Identifier: Apache-2.0
//
// A script through everything: parse, check, lower, print. Any bytes give a
// result or errors; what was printed must parse again.

#include <cstddef>
#include <cstdint>
#include <string>

#include "compiler/js/js.h"
#include "runtime/base/check.h"
#include "runtime/base/source_map.h"

using namespace fcc;  // NOLINT

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1) {
    return 0;
  }
  source::SourceSet sources;
  diagnostics::Sink sink;
  js::CompileOptions options;
  options.minify = (data[0] & 1) != 0;
  options.source_map = true;
  options.parse.dialect =
      (data[0] & 2) != 0 ? js::Dialect::kTypeScript : js::Dialect::kJavaScript;
  const source::SourceFile& file = sources.Add(
      "a.js", std::string(reinterpret_cast<const char*>(data + 1), size - 1));
  const js::CompileResult compiled = js::Compile(file, options, sink);
  FCC_CHECK(compiled.ok != sink.has_errors());
  if (!compiled.ok) {
    return 0;
  }
  FCC_CHECK(base::ReadSourceMap(compiled.map).ok());
  js::ParseOptions again;
  again.dialect = js::Dialect::kJavaScript;
  js::Parse(sources.Add("b.js", compiled.code), again, sink);
  FCC_CHECK(!sink.has_errors());
  return 0;
}
