// SPDX-License-Identifier: Apache-2.0

#include "cli/tool_env/command_line.h"

#include <gmock/gmock.h>

namespace fcc::tool_env {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class NoProcesses : public Processes {
 public:
  base::Result<ProcessResult> Run(const ProcessRequest&) override {
    return base::Error{base::ErrorKind::kNotFound, "none"};
  }
  base::Result<int> RunHelper(std::string_view,
                              const std::vector<std::string>&) override {
    return base::Error{base::ErrorKind::kNotFound, "none"};
  }
  base::Result<std::string> FindHelper(std::string_view) override {
    return base::Error{base::ErrorKind::kNotFound, "none"};
  }
};

constexpr Flag kFlags[] = {
    {.name = "out",
     .kind = FlagKind::kPath,
     .help = {"where to", "输出到"},
     .value = "DIR",
     .fallback = "dist",
     .letter = 'o'},
    {.name = "watch", .help = {"go on", "持续"}, .letter = 'w'},
    {.name = "max-size",
     .kind = FlagKind::kNumber,
     .help = {"n", "n"},
     .fallback = "7"},
    {.name = "mode",
     .kind = FlagKind::kChoice,
     .help = {"m", "m"},
     .choices = "dev|production"},
    {.name = "ignore",
     .kind = FlagKind::kText,
     .help = {"t", "t"},
     .use = FlagUse::kRepeated},
    {.name = "rules",
     .kind = FlagKind::kJson,
     .help = {"j", "j"},
     .use = FlagUse::kConfigOnly},
    {.name = "secret",
     .kind = FlagKind::kText,
     .help = {"t", "t"},
     .use = FlagUse::kHidden},
    {.name = "app-id",
     .kind = FlagKind::kText,
     .help = {"i", "i"},
     .project_key = "appid"},
};
constexpr Positional kPositionals[] = {{"DIR", {"project", "项目"}}};
constexpr CommandSpec kSpec = {.name = "build",
                               .summary = {"build it", "构建"},
                               .positionals = kPositionals,
                               .flags = kFlags};

class CommandLineTest : public testing::Test {
 protected:
  base::Result<ParsedCommandLine> Parse(std::vector<std::string> words) {
    return ParseCommandLine(env, kSpec, words, {"build", "check"});
  }
  Arguments Good(std::vector<std::string> words) {
    auto parsed = Parse(std::move(words));
    EXPECT_TRUE(parsed.ok()) << parsed.error().message;
    return parsed->arguments;
  }
  std::string Bad(std::vector<std::string> words) {
    const auto parsed = Parse(std::move(words));
    return parsed.ok() ? "" : parsed.error().message;
  }

  base::MemoryFileSystem fs;
  base::VirtualClock clock{0};
  NoProcesses processes;
  StringTerminal out;
  StringTerminal err;
  ToolEnv env{.fs = fs,
              .clock = clock,
              .processes = processes,
              .out = out,
              .err = err,
              .cwd = "/home/shop"};
};

TEST_F(CommandLineTest, ReadsEveryFormOfAFlag) {
  EXPECT_EQ(Good({"--out", "a"}).Get("out"), "a");
  EXPECT_EQ(Good({"--out=a=b"}).Get("out"), "a=b");
  EXPECT_EQ(Good({"-o", "a"}).Get("out"), "a");
  EXPECT_EQ(Good({"-oa"}).Get("out"), "a");
  const Arguments together = Good({"-wqo", "a", "--no-watch"});
  EXPECT_FALSE(together.Has("watch"));
  EXPECT_TRUE(together.Has("quiet"));
  EXPECT_EQ(together.Get("out"), "a");
}

TEST_F(CommandLineTest, FallsBack) {
  const Arguments arguments = Good({});
  EXPECT_EQ(arguments.Get("out"), "dist");
  EXPECT_EQ(arguments.Number("max-size"), 7);
  EXPECT_FALSE(arguments.Has("watch"));
  EXPECT_EQ(arguments.Positional(0, "."), ".");
  EXPECT_EQ(arguments.OriginOf("out"), Origin::kFallback);
}

TEST_F(CommandLineTest, TheLastOfAFlagCountsUnlessItRepeats) {
  const Arguments arguments =
      Good({"--out=a", "--ignore=x", "--out=b", "--ignore", "y"});
  EXPECT_EQ(arguments.Get("out"), "b");
  EXPECT_THAT(arguments.GetAll("ignore"), ElementsAre("x", "y"));
}

TEST_F(CommandLineTest, TwoDashesEndTheFlags) {
  const Arguments arguments = Good({"--", "-w"});
  EXPECT_THAT(arguments.positionals(), ElementsAre("-w"));
  EXPECT_EQ(Good({"-"}).Positional(0), "-");
}

TEST_F(CommandLineTest, SaysWhatIsWrong) {
  EXPECT_EQ(Bad({"--outt", "a"}),
            "unknown flag `--outt`; did you mean `--out`?");
  EXPECT_EQ(Bad({"-x"}), "unknown flag `-x`");
  EXPECT_EQ(Bad({"--out"}), "flag `--out` needs a value");
  EXPECT_EQ(Bad({"a", "b"}), "unexpected argument `b`");
  EXPECT_EQ(Bad({"--max-size", "-1"}),
            "`--max-size` takes a whole number, not `-1`");
  EXPECT_EQ(Bad({"--max-size=99999999999"}),
            "`--max-size` takes a whole number, not `99999999999`");
  EXPECT_EQ(Bad({"--mode=pro"}),
            "`--mode` takes one of dev, production, not `pro`");
  EXPECT_EQ(Bad({"--rules={}"}), "unknown flag `--rules`");
  EXPECT_EQ(Bad({"--watch=perhaps"}),
            "`--watch` takes true or false, not `perhaps`");
  EXPECT_EQ(Bad({"--lang", "zh", "--mode=x"}),
            "`--mode` 的取值为 dev, production，而不是 `x`");
}

TEST_F(CommandLineTest, AHiddenFlagIsNotSuggested) {
  EXPECT_EQ(Bad({"--secrett=1"}), "unknown flag `--secrett`");
  EXPECT_EQ(Good({"--secret=1"}).Get("secret"), "1");
}

TEST_F(CommandLineTest, OneOriginAfterTheOther) {
  ASSERT_TRUE(
      fs.WriteFile("/home/shop/project.config.json", R"({"appid": "fc1"})")
          .ok());
  EXPECT_EQ(Good({}).Get("app-id"), "fc1");
  EXPECT_EQ(Good({}).OriginOf("app-id"), Origin::kProjectConfig);
  ASSERT_TRUE(fs.WriteFile("/home/fcc.config.json", R"({
    // for all projects below
    "quiet": true,
    "build": {"appId": "fc2", "out": "o", "ignore": ["a", "b"], "maxSize": 3,
              "rules": {"x": [1]}, "watch": true},
  })")
                  .ok());
  const Arguments from_file = Good({});
  EXPECT_EQ(from_file.Get("app-id"), "fc2");
  EXPECT_EQ(from_file.Get("out"), "/home/o");
  EXPECT_THAT(from_file.GetAll("ignore"), ElementsAre("a", "b"));
  EXPECT_EQ(from_file.Number("max-size"), 3);
  EXPECT_EQ(from_file.Get("rules"), R"({"x":[1]})");
  EXPECT_TRUE(from_file.Has("watch"));
  EXPECT_TRUE(from_file.Has("quiet"));
  env.environment["FCC_APP_ID"] = "fc3";
  env.environment["FCC_WATCH"] = "0";
  EXPECT_EQ(Good({}).Get("app-id"), "fc3");
  EXPECT_FALSE(Good({}).Has("watch"));
  const Arguments from_flag = Good({"--app-id=fc4"});
  EXPECT_EQ(from_flag.Get("app-id"), "fc4");
  EXPECT_EQ(from_flag.OriginOf("app-id"), Origin::kFlag);
  EXPECT_THAT(Good({"--ignore=c"}).GetAll("ignore"), ElementsAre("c"));
}

TEST_F(CommandLineTest, TheProjectsOwnSettingsComeBeforeThoseAbove) {
  ASSERT_TRUE(fs.WriteFile("/home/fcc.config.json", "{\"jobs\": 1}").ok());
  ASSERT_TRUE(
      fs.WriteFile("/home/other/fcc.config.json", "{\"jobs\": 2}").ok());
  EXPECT_EQ(Good({}).Number("jobs"), 1);
  EXPECT_EQ(Good({"../other"}).Number("jobs"), 2);
  EXPECT_EQ(Good({"--config", "../other/fcc.config.json"}).Number("jobs"), 2);
}

TEST_F(CommandLineTest, ASettingNeverFailsSilently) {
  auto with = [&](std::string_view text) {
    EXPECT_TRUE(fs.WriteFile("/home/shop/fcc.config.json", text).ok());
    return Bad({});
  };
  EXPECT_EQ(with(R"({"biuld": {}})"),
            "fcc.config.json:1:2: unknown setting `biuld`; did you mean "
            "`build`?");
  EXPECT_EQ(with("{\n \"build\": {\"outt\": 1}}"),
            "fcc.config.json:2:12: unknown setting `build.outt`; did you mean "
            "`out`?");
  EXPECT_EQ(with(R"({"build": {"out": 1}})"),
            "fcc.config.json:1:19: `build.out` cannot be number");
  EXPECT_EQ(with(R"({"build": []})"),
            "fcc.config.json:1:11: the settings of `build` are an object: {…}");
  EXPECT_THAT(with("{\"build\": "), HasSubstr("fcc.config.json:1:"));
  EXPECT_EQ(with(R"({"check": {"anything": 1}})"), "");
  EXPECT_EQ(with(R"({"build": {"secret": "x"}})"),
            "fcc.config.json:1:12: unknown setting `build.secret`");
}

TEST_F(CommandLineTest, ColoursAreForTerminals) {
  auto is_coloured = [&](std::vector<std::string> words) {
    ApplyCommonFlags(env, Good(std::move(words)));
    return err.color;
  };
  EXPECT_FALSE(is_coloured({}));
  EXPECT_TRUE(is_coloured({"--color=always"}));
  err.is_tty = true;
  EXPECT_TRUE(is_coloured({}));
  EXPECT_FALSE(is_coloured({"--color=never"}));
  env.environment["NO_COLOR"] = "1";
  EXPECT_FALSE(is_coloured({}));
  env.environment.clear();
  env.environment["TERM"] = "dumb";
  EXPECT_FALSE(is_coloured({}));
}

TEST(WrapText, BreaksWhereALanguageDoes) {
  EXPECT_EQ(WrapText("one two three four five six", 24, 2),
            "one two three four\n  five six");
  EXPECT_EQ(WrapText("运行场景测试，并报告每个步骤的结果和所需时间", 24, 0),
            "运行场景测试，并报告每个\n步骤的结果和所需时间");
  EXPECT_EQ(WrapText("a\nb", 80, 2), "a\n  b");
  // What cannot be broken is left whole.
  EXPECT_EQ(WrapText("x https://a.example/very/long/address", 22, 0),
            "x\nhttps://a.example/very/long/address");
}

TEST_F(CommandLineTest, HelpNamesWhatAPersonMayGive) {
  const std::string help = HelpText(kSpec, Language::kEnglish, 80);
  EXPECT_THAT(help, HasSubstr("fcc build [DIR] [flags]"));
  EXPECT_THAT(help, HasSubstr("-o, --out DIR"));
  EXPECT_THAT(help, HasSubstr("where to (default dist)"));
  EXPECT_THAT(help, testing::Not(HasSubstr("secret")));
  EXPECT_THAT(help, testing::Not(HasSubstr("rules")));
}

}  // namespace
}  // namespace fcc::tool_env
