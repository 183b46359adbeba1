// SPDX-License-Identifier: Apache-2.0

#include "compiler/diagnostics/render.h"

#include <gtest/gtest.h>

#include <set>

#include "runtime/base/json.h"

namespace fcc::diagnostics {
namespace {

class RenderTest : public testing::Test {
 protected:
  source::Location At(std::string_view needle, size_t length = 0) {
    size_t at = file_.text().find(needle);
    EXPECT_NE(at, std::string_view::npos);
    if (length == 0) {
      length = needle.size();
    }
    return {file_.id(),
            {static_cast<uint32_t>(at), static_cast<uint32_t>(at + length)}};
  }

  source::SourceSet sources_;
  const source::SourceFile& file_ =
      sources_.Add("页/app.json", "{\n\t\"标题\": tru,\n  \"b\": 1\n}\n");
  Sink sink_;
};

TEST_F(RenderTest, MarksTheTextUnderWideCharactersAndTabs) {
  sink_.Report(Kind::kJsonSyntax, At("tru"), std::string("`tru` is wrong"))
      .Label(At("\"b\""), "the next member")
      .Note("use `true`");
  RenderOptions options;
  EXPECT_EQ(RenderPretty(sink_.diagnostics(), sources_, options),
            "error[PR1002]: `tru` is wrong\n"
            "  --> 页/app.json:2:8\n"
            "  |\n"
            "2 |   \"标题\": tru,\n"
            "  |           ^^^\n"
            "3 |   \"b\": 1\n"
            "  |   --- the next member\n"
            "  |\n"
            "  = note: use `true`\n\n");
}

TEST_F(RenderTest, SpeaksChinese) {
  sink_.Report(Kind::kFileUnreadable, {}, std::string("x")).Path("a/b.js");
  RenderOptions options;
  options.language = Language::kChinese;
  EXPECT_EQ(RenderPretty(sink_.diagnostics(), sources_, options),
            "错误[PR1001]: 无法读取文件：x\n  --> a/b.js\n\n");
  EXPECT_EQ(RenderSummary(sink_.diagnostics(), options), "1 个错误\n");
}

TEST_F(RenderTest, CropsLongLinesAroundTheMark) {
  std::string text(500, 'a');
  text.replace(300, 3, "bad");
  const source::SourceFile& file = sources_.Add("long.js", text);
  sink_.Report(Kind::kJsonSyntax, {file.id(), {300, 303}}, std::string("x"));
  RenderOptions options;
  options.width = 60;
  std::string shown = RenderPretty(sink_.diagnostics(), sources_, options);
  size_t begin = 0;
  while (begin < shown.size()) {
    size_t end = shown.find('\n', begin);
    EXPECT_LE(end - begin, 60u);
    begin = end + 1;
  }
  EXPECT_NE(shown.find("bad"), std::string::npos);
}

TEST_F(RenderTest, ControlBytesDoNotReachTheTerminal) {
  const source::SourceFile& file = sources_.Add("e.js", "\x1b[31m bad\x07");
  sink_.Report(Kind::kJsonSyntax, {file.id(), {6, 9}}, std::string("x"));
  std::string shown = RenderPretty(sink_.diagnostics(), sources_, {});
  EXPECT_EQ(shown.find('\x1b'), std::string::npos);
  EXPECT_EQ(shown.find('\x07'), std::string::npos);
}

TEST_F(RenderTest, MachineFormsAreWellFormed) {
  sink_.Report(Kind::kJsonSyntax, At("tru"), std::string("a \"b\"\n50%"))
      .Label(At("\"b\""), "here")
      .Fix("write true", At("tru"), "true", FixSafety::kUnsafe);
  sink_.Report(Kind::kFileUnreadable, {}, std::string("y")).Path("a,b:c");
  for (const std::string& text :
       {RenderJson(sink_.diagnostics(), sources_, {}),
        RenderSarif(sink_.diagnostics(), sources_, {})}) {
    EXPECT_TRUE(base::ParseJson(text).ok()) << text;
  }
  EXPECT_EQ(RenderGithub(sink_.diagnostics(), sources_, {}),
            "::error file=页/app.json,line=2,col=8,endLine=2,endColumn=11,"
            "title=PR1002::a \"b\"%0A50%25\n"
            "::error file=a%2Cb%3Ac,title=PR1001::y\n");
}

TEST_F(RenderTest, XmlFormsEscape) {
  sink_.Report(Kind::kJsonSyntax, At("tru"), std::string("<a> & \"b\""));
  std::string checkstyle = RenderCheckstyle(sink_.diagnostics(), sources_, {});
  EXPECT_NE(checkstyle.find("<file name=\"页/app.json\">\n<error line=\"2\" "
                            "column=\"8\" severity=\"error\" "
                            "message=\"&lt;a&gt; &amp; &quot;b&quot;\" "
                            "source=\"fcc.PR1002\"/>\n</file>"),
            std::string::npos)
      << checkstyle;
  std::string junit = RenderJunit(sink_.diagnostics(), sources_, {});
  EXPECT_NE(junit.find("tests=\"1\" failures=\"1\""), std::string::npos);
  EXPECT_NE(junit.find("message=\"&lt;a&gt; &amp; &quot;b&quot;\""),
            std::string::npos);
}

TEST_F(RenderTest, ShowsByPathAndPlace) {
  sink_.Report(Kind::kJsonSyntax, At("\"b\""), std::string("second"));
  sink_.Report(Kind::kJsonSyntax, At("tru"), std::string("first"));
  std::vector<Diagnostic> all = sink_.Take();
  SortForShow(all, sources_);
  EXPECT_EQ(all[0].message, "first");
}

TEST(CatalogueTest, CodesAreUniqueAndWellFormed) {
  std::set<std::string_view> seen;
  for (uint16_t i = 0; i < static_cast<uint16_t>(Kind::kCount); ++i) {
    const KindInfo& info = InfoOf(static_cast<Kind>(i));
    EXPECT_TRUE(seen.insert(info.code).second) << info.code;
    EXPECT_EQ(info.code.size(), 6u) << info.code;
    EXPECT_FALSE(info.message.empty());
    EXPECT_FALSE(info.message_zh.empty()) << info.code;
    EXPECT_FALSE(info.help.empty()) << info.code;
    EXPECT_FALSE(info.help_zh.empty()) << info.code;
    EXPECT_NE(info.message.back(), '.') << info.code;
    EXPECT_EQ(FindCode(info.code), &info);
  }
  EXPECT_EQ(FindCode("XX0000"), nullptr);
}

TEST(NearestWordTest, FindsTheSlip) {
  EXPECT_EQ(NearestWord("navigationBaarTitleText",
                        {"navigationBarTitleText", "pages"}),
            "navigationBarTitleText");
  EXPECT_EQ(NearestWord("biuld", {"build", "run"}), "build");
  EXPECT_EQ(NearestWord("xyz", {"pages", "window"}), "");
}

}  // namespace
}  // namespace fcc::diagnostics
