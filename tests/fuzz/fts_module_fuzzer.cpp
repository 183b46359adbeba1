// SPDX-License-Identifier: Apache-2.0
//
// Any text as an FTS module, whole and in part.

#include <cstddef>
#include <cstdint>
#include <string>

#include "compiler/fts/compile_fts.h"
#include "runtime/base/check.h"

using namespace fcc;  // NOLINT

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  source::SourceSet sources;
  const source::SourceFile& file = sources.Add(
      "a.wxs", std::string(reinterpret_cast<const char*>(data), size));
  const uint32_t end = static_cast<uint32_t>(file.text().size());
  for (const base::Span part : {base::Span(), base::Span{end / 3, end / 2}}) {
    fts::FtsOptions options;
    options.part = part;
    diagnostics::Sink sink;
    const fts::FtsModule module = fts::CompileFts(file, options, sink);
    FCC_CHECK(module.ok || sink.has_errors());
  }
  return 0;
}
