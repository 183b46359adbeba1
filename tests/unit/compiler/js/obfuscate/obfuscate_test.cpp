// SPDX-License-Identifier: Apache-2.0
//
// That obfuscated programs behave as before is shown where they run: golden
// cases and tests/tools/js_differential.

#include "compiler/js/obfuscate/obfuscate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/js/js.h"

namespace fcc::js {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string Obfuscated(std::string text, int level, uint64_t seed = 0) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  CompileOptions options;
  options.obfuscate = level;
  options.obfuscate_seed = seed;
  return Compile(sources.Add("a.js", std::move(text)), options, sink).code;
}

constexpr const char* kProgram =
    "const secret = 'https://example.com/token';\n"
    "function send(first) {\n"
    "  const a = first.alpha; use(a);\n"
    "  if (a) { log('one'); } else { log('two'); log('three'); }\n"
    "  return secret + a;\n"
    "}\n"
    "module.exports = send(require('./other'));\n";

TEST(ObfuscateTest, HidesTextsAndNamesButNotModules) {
  const std::string code = Obfuscated(kProgram, 1);
  EXPECT_THAT(code, Not(HasSubstr("example")));
  EXPECT_THAT(code, Not(HasSubstr("secret")));
  EXPECT_THAT(code, HasSubstr("require(\"./other\")"));
  EXPECT_THAT(code, HasSubstr(".alpha"));
  EXPECT_THAT(code, Not(HasSubstr("switch")));
}

TEST(ObfuscateTest, HidesMembersAndFlattensAtTheLastLevel) {
  const std::string code = Obfuscated(kProgram, 3);
  EXPECT_THAT(code, Not(HasSubstr(".alpha")));
  EXPECT_THAT(code, HasSubstr("switch"));
}

TEST(ObfuscateTest, DependsOnTheSeedOnly) {
  EXPECT_EQ(Obfuscated(kProgram, 3, 5), Obfuscated(kProgram, 3, 5));
  EXPECT_NE(Obfuscated(kProgram, 3, 5), Obfuscated(kProgram, 3, 6));
}

TEST(ObfuscateTest, LeavesWhatTheTableWouldBreak) {
  // Directives, keys, and a file without texts.
  const std::string code =
      Obfuscated("'use strict'; use({'a-long-key': 1, longer: 2});", 1);
  EXPECT_EQ(code, "\"use strict\"\nuse({\"a-long-key\":1,longer:2})\n");
}

}  // namespace
}  // namespace fcc::js
