// SPDX-License-Identifier: Apache-2.0

#include "runtime/style/style_program.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "runtime/style/instantiate_css.h"

namespace fcc::style {
namespace {

template <typename T>
void Put(std::string& out, const T& record) {
  out.append(reinterpret_cast<const char*>(&record), sizeof(record));
}

// `a.ftss`: `.ab{ab:ab}` and `@media ab{:not(.ab){}}`. The text is "a.ftssab".
struct Parts {
  ProgramHeader header;
  SheetRecord sheet;
  RuleRecord rules[3];
  Selector selectors[3];
  SimpleSelector simples[3];
  DeclarationRecord declaration;
  std::string text = "a.ftssabnot";

  Parts() {
    header.sheet_count = 1;
    header.rule_count = 3;
    header.selector_count = 3;
    header.simple_count = 3;
    header.declaration_count = 1;
    header.text_size = static_cast<uint32_t>(text.size());
    sheet = {{0, 6}, {0, 3}};
    rules[0].end = 1;
    rules[0].selectors = {0, 1};
    rules[0].declarations = {0, 1};
    rules[1].kind = RuleKind::kGroup;
    rules[1].end = 3;
    rules[1].name = rules[1].prelude = {6, 8};
    rules[2].end = 3;
    rules[2].selectors = {2, 3};
    selectors[0] = {0, 1, 1};
    selectors[1] = {1, 1, 1};
    selectors[2] = {2, 1, 1};
    simples[0].kind = simples[1].kind = SelectorKind::kClass;
    simples[0].name = simples[1].name = {6, 8};
    simples[2].kind = SelectorKind::kPseudoClassList;
    simples[2].name = {8, 11};
    simples[2].value = {1, 2};
    declaration.name = declaration.value = {6, 8};
  }

  std::string Bytes() const {
    std::string out;
    Put(out, header);
    Put(out, sheet);
    for (const auto& rule : rules)
      Put(out, rule);
    for (const auto& selector : selectors)
      Put(out, selector);
    for (const auto& simple : simples)
      Put(out, simple);
    Put(out, declaration);
    return out + text;
  }
};

TEST(StyleProgram, LoadsAndInstantiates) {
  const auto program = StyleProgram::Load(Parts().Bytes());
  ASSERT_TRUE(program.ok()) << program.error().message;
  EXPECT_NE(program->FindSheet("a"), nullptr);
  EXPECT_EQ(program->FindSheet("b"), nullptr);
  EXPECT_EQ(InstantiateCss(*program, "a.ftss", {}),
            ".ab{ab:ab}\n@ab ab{:not(.ab){}\n}\n");
}

TEST(StyleProgram, RefusesWhatIsCutOrGrown) {
  const std::string whole = Parts().Bytes();
  for (size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(StyleProgram::Load(whole.substr(0, size)).ok()) << size;
  }
  EXPECT_FALSE(StyleProgram::Load(whole + "x").ok());
}

TEST(StyleProgram, RefusesAnotherVersion) {
  Parts parts;
  parts.header.version = kStyleProgramVersion + 1;
  const auto program = StyleProgram::Load(parts.Bytes());
  ASSERT_FALSE(program.ok());
  EXPECT_EQ(program.error().kind, base::ErrorKind::kUnsupported);
}

// Every single wrong field.
TEST(StyleProgram, RefusesWhatPointsElsewhere) {
  const auto refused = [](auto change) {
    Parts parts;
    change(parts);
    return !StyleProgram::Load(parts.Bytes()).ok();
  };
  EXPECT_TRUE(refused([](Parts& p) { p.header.rule_count = 0xFFFFFFFF; }));
  EXPECT_TRUE(refused([](Parts& p) { p.sheet.path.end = 99; }));
  EXPECT_TRUE(refused([](Parts& p) { p.sheet.rules.end = 2; }));
  EXPECT_TRUE(refused([](Parts& p) { p.sheet.rules = {1, 3}; }));
  EXPECT_TRUE(refused([](Parts& p) { p.rules[0].kind = RuleKind::kCount; }));
  EXPECT_TRUE(refused([](Parts& p) { p.rules[0].end = 0; }));
  EXPECT_TRUE(refused([](Parts& p) { p.rules[1].end = 4; }));
  EXPECT_TRUE(refused([](Parts& p) { p.rules[0].end = 2; }));
  EXPECT_TRUE(refused([](Parts& p) { p.rules[0].name = {8, 6}; }));
  EXPECT_TRUE(refused([](Parts& p) { p.rules[0].selectors = {0, 4}; }));
  // A selector of two rules; of a rule and a list.
  EXPECT_TRUE(refused([](Parts& p) { p.rules[2].selectors = {0, 1}; }));
  EXPECT_TRUE(refused([](Parts& p) { p.rules[2].selectors = {1, 3}; }));
  EXPECT_TRUE(refused([](Parts& p) { p.rules[2].declarations = {0, 1}; }));
  EXPECT_TRUE(refused([](Parts& p) { p.selectors[0].count = 0; }));
  EXPECT_TRUE(refused([](Parts& p) { p.selectors[0].first = 0xFFFFFFFF; }));
  EXPECT_TRUE(refused([](Parts& p) { p.selectors[0].count = 2; }));
  EXPECT_TRUE(
      refused([](Parts& p) { p.simples[0].kind = SelectorKind::kCount; }));
  EXPECT_TRUE(refused([](Parts& p) {
    p.simples[0].kind = SelectorKind::kCombinator;
    p.simples[0].op = 9;
  }));
  EXPECT_TRUE(refused([](Parts& p) {
    p.simples[0].kind = SelectorKind::kAttribute;
    p.simples[0].op = 9;
  }));
  // A list that holds itself.
  EXPECT_TRUE(refused([](Parts& p) { p.simples[2].value = {2, 3}; }));
  EXPECT_TRUE(refused([](Parts& p) { p.simples[2].value = {1, 1}; }));
  EXPECT_TRUE(refused([](Parts& p) { p.declaration.value.end = 12; }));
}

// Any byte changed: refused, or harmless to print.
TEST(StyleProgram, SurvivesEveryFlippedByte) {
  const std::string whole = Parts().Bytes();
  for (size_t i = 0; i < whole.size(); ++i) {
    for (int bit : {1, 16, 255}) {
      std::string bytes = whole;
      bytes[i] = static_cast<char>(bytes[i] ^ bit);
      const auto program = StyleProgram::Load(std::move(bytes));
      if (program.ok()) {
        for (const SheetRecord& sheet : program->sheets()) {
          InstantiateCss(*program, program->Text(sheet.path), {});
        }
      }
    }
  }
}

}  // namespace
}  // namespace fcc::style
