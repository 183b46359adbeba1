// SPDX-License-Identifier: Apache-2.0
//
// The bytes of a template program, as docs/package-format.md shows them. When
// they change, the format has: raise tmpl::kFormatVersion and describe it
// there.

#include <gtest/gtest.h>

#include <string>

#include "compiler/fxml/fxml.h"
#include "runtime/base/file_system.h"
#include "runtime/base/format.h"
#include "runtime/template/instance.h"
#include "runtime/template/program.h"
#include "runtime/template/tree_mirror.h"

namespace fcc::fxml {
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

std::string ProgramOf(std::string_view text) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  Unit unit = CompileFxml(sources.Add("a.fxml", std::string(text)), {}, sink);
  const Unit* units[] = {&unit};
  return LinkTemplates(units, {}, sink);
}

TEST(TemplateProgramFormat, StandsInTheDocumentation) {
  const std::string dump = HexDump(ProgramOf("<v id=\"{{a.b}}\">x</v>"));
  base::RealFileSystem files;
  const auto page = files.ReadFile(FCC_SOURCE_DIR "/docs/package-format.md",
                                   base::FileSystem::kDefaultMax);
  ASSERT_TRUE(page.ok());
  EXPECT_NE(page->find("```\n" + dump + "```"), std::string::npos)
      << "the dump is now:\n"
      << dump;
}

// Every byte set to every of some values: refused, or run to the end.
TEST(TemplateProgramFormat, NoByteCanHarm) {
  const std::string good = ProgramOf(
      "<template name='t'>{{x + 1}}</template>"
      "<v wx:for='{{l}}' wx:if='{{item ? a : [b, {c: 1}]}}' id='{{a.b[c]}}'>"
      "{{item}}</v><template is='t' data='{{x: a}}'/>");
  ASSERT_TRUE(tmpl::Program::Load(good).ok());
  int refused = 0;
  for (size_t at = 0; at < good.size(); ++at) {
    for (int value : {0x00, 0x01, 0x7F, 0xFF, good[at] + 1, good[at] - 1}) {
      std::string bytes = good;
      bytes[at] = static_cast<char>(value);
      auto program = tmpl::Program::Load(bytes);
      if (!program.ok()) {
        ++refused;
        continue;
      }
      tmpl::TreeMirror mirror;
      tmpl::Instance instance(**program, static_cast<tmpl::UnitId>(0), mirror,
                              nullptr);
      instance.RenderMayRunScript(
          mirror.root(),
          value::Value::ObjectOf({{"a", value::Value::Number(1)},
                                  {"l", value::Value::Number(3)}}));
    }
  }
  EXPECT_GT(refused, 500);
  EXPECT_FALSE(tmpl::Program::Load(good.substr(0, good.size() - 1)).ok());
  EXPECT_FALSE(tmpl::Program::Load("").ok());
}

}  // namespace
}  // namespace fcc::fxml
