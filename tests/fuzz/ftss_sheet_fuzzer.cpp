// SPDX-License-Identifier: Apache-2.0
//
// A sheet through everything: parse, print in both forms, write the program,
// read it back, instantiate. What we wrote must load.

#include <cstddef>
#include <cstdint>
#include <string>

#include "compiler/ftss/compile_ftss.h"
#include "runtime/base/check.h"
#include "runtime/style/instantiate_css.h"
#include "runtime/style/style_program.h"

using namespace fcc;  // NOLINT

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  ftss::SheetSet sheets;
  const ftss::StyleSheet& sheet = sheets.Add(
      sources.Add("a.ftss",
                  std::string(reinterpret_cast<const char*>(data), size)),
      sink);
  const ftss::SheetGraph graph = ftss::ResolveImports(sheet, sheets, sink);
  ftss::CheckComponentSelectors(graph, sink);
  ftss::CssOptions options;
  options.class_prefix = "p--";
  options.host_path = "a/b";
  ftss::PrintCss(graph, options);
  options.minify = true;
  ftss::PrintCss(graph, options);
  ftss::StyleProgramWriter writer;
  writer.Add(graph);
  const auto program = style::StyleProgram::Load(writer.Finish());
  FCC_CHECK(program.ok());
  style::InstantiateOptions instantiate;
  instantiate.class_prefix = "p--";
  style::InstantiateCss(*program, "a.ftss", instantiate);
  return 0;
}
