// SPDX-License-Identifier: Apache-2.0
//
// The bytes of a style program, as docs/package-format.md shows them. When they
// change, the format has: raise kStyleProgramVersion and describe it there.

#include <gtest/gtest.h>

#include <string>

#include "compiler/ftss/compile_ftss.h"
#include "runtime/base/file_system.h"
#include "runtime/base/format.h"

namespace fcc::ftss {
namespace {

std::string HexDump(std::string_view bytes) {
  std::string out;
  for (size_t line = 0; line < bytes.size(); line += 16) {
    out += base::format("{:04x} ", line);
    std::string text;
    for (size_t i = line; i < line + 16; ++i) {
      if (i >= bytes.size()) {
        out += "   ";
        continue;
      }
      out += base::format(" {:02x}", static_cast<unsigned char>(bytes[i]));
      text += bytes[i] >= ' ' && bytes[i] <= '~' ? bytes[i] : '.';
    }
    out += "  " + text + "\n";
  }
  return out;
}

TEST(StyleProgramFormat, StandsInTheDocumentation) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  SheetSet sheets;
  const StyleSheet& sheet =
      sheets.Add(sources.Add("a.ftss", ".a>view{top:1rpx!important}"), sink);
  StyleProgramWriter writer;
  writer.Add(ResolveImports(sheet, sheets, sink));
  const std::string dump = HexDump(writer.Finish());
  base::RealFileSystem files;
  const auto page = files.ReadFile(FCC_SOURCE_DIR "/docs/package-format.md",
                                   base::FileSystem::kDefaultMax);
  ASSERT_TRUE(page.ok());
  EXPECT_NE(page->find("```\n" + dump + "```"), std::string::npos)
      << "the dump is now:\n"
      << dump;
}

// A run on one core and on two gives sheets in another order.
TEST(StyleProgramFormat, DoesNotDependOnTheOrderOfSheets) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  SheetSet sheets;
  const StyleSheet& a = sheets.Add(sources.Add("a.ftss", ".x{y:z}"), sink);
  const StyleSheet& b =
      sheets.Add(sources.Add("b.ftss", "@import 'a';.w{y:z}"), sink);
  const SheetGraph graph_a = ResolveImports(a, sheets, sink);
  const SheetGraph graph_b = ResolveImports(b, sheets, sink);
  StyleProgramWriter forwards;
  forwards.Add(graph_a);
  forwards.Add(graph_b);
  StyleProgramWriter backwards;
  backwards.Add(graph_b);
  backwards.Add(graph_a);
  EXPECT_EQ(forwards.Finish(), backwards.Finish());
}

}  // namespace
}  // namespace fcc::ftss
