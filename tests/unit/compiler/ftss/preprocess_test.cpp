// SPDX-License-Identifier: Apache-2.0

#include "compiler/ftss/preprocess.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

namespace fcc::ftss {
namespace {

class FakeTools : public ToolRunner {
 public:
  base::Result<Output> Run(const Request& request) override {
    requests.push_back(request);
    return answer(request);
  }

  std::vector<Request> requests;
  std::function<base::Result<Output>(const Request&)> answer;
};

class PreprocessTest : public testing::Test {
 protected:
  Preprocessed Run(std::string path, std::string text) {
    const source::SourceFile& file =
        sources_.Add(std::move(path), std::move(text));
    return Preprocess(file, {"/app", 1000}, files_, tools_, sink_);
  }
  void Answer(std::string out, int code = 0, std::string err = "") {
    tools_.answer = [=](const ToolRunner::Request&) {
      return ToolRunner::Output{code, out, err};
    };
  }
  std::string Problems() const {
    std::string out;
    for (const diagnostics::Diagnostic& one : sink_.diagnostics()) {
      out +=
          std::string(diagnostics::InfoOf(one.kind).code) + " " + one.message;
      for (const std::string& note : one.notes) {
        out += " (" + note + ")";
      }
      out += "@" + std::to_string(one.location.span.begin) + "\n";
    }
    return out;
  }

  source::SourceSet sources_;
  base::MemoryFileSystem files_;
  FakeTools tools_;
  diagnostics::Sink sink_;
};

TEST_F(PreprocessTest, ScssGoesThroughTheHelper) {
  Answer(R"({"css":".a{b:c}","map":"{}","files":["/app/p/_x.scss"]})");
  const Preprocessed result = Run("p/a.scss", "@import 'x';");
  EXPECT_TRUE(result.ok);
  EXPECT_EQ(result.css, ".a{b:c}");
  EXPECT_EQ(result.files, std::vector<std::string>{"p/_x.scss"});
  ASSERT_EQ(tools_.requests.size(), 1u);
  EXPECT_EQ(tools_.requests[0].program, "fcc-sass");
  EXPECT_EQ(
      tools_.requests[0].arguments,
      (std::vector<std::string>{"--path", "/app/p/a.scss", "--root", "/app"}));
  EXPECT_EQ(tools_.requests[0].timeout_ms, 1000);
}

TEST_F(PreprocessTest, ErrorsHaveTheirPlace) {
  Answer(R"({"error":{"message":"no","path":"/app/a.scss","line":2,
             "column":3}})");
  EXPECT_FALSE(Run("a.scss", ".a{\n  b: $c}").ok);
  Answer(R"({"error":{"message":"no","path":"/app/b.scss","line":2,
             "column":3}})");
  EXPECT_FALSE(Run("c.scss", "").ok);
  EXPECT_EQ(Problems(), "FS2001 no@6\nFS2001 no (in b.scss:2:3)@0\n");
}

TEST_F(PreprocessTest, EndlessSheetsAreStopped) {
  tools_.answer = [](const ToolRunner::Request&) {
    return base::Error{base::ErrorKind::kTimeout, "too long"};
  };
  EXPECT_FALSE(Run("a.scss", "@while true {}").ok);
  tools_.answer = [](const ToolRunner::Request&) {
    return base::Error{base::ErrorKind::kNotFound, "no such program"};
  };
  EXPECT_FALSE(Run("a.scss", "").ok);
  EXPECT_EQ(Problems(),
            "FS2004 `fcc-sass` did not end within 1000 ms@0\n"
            "FS2005 `fcc-sass` cannot be run: no such program@0\n");
}

TEST_F(PreprocessTest, SassModulesNeedTheProjectsSass) {
  EXPECT_TRUE(UsesSassModules("/* @import */ @use 'x';"));
  EXPECT_FALSE(UsesSassModules("/* @use 'x'; */ .a{content:'@use'}"));
  EXPECT_FALSE(Run("p/a.scss", "@use 'x';").ok);
  EXPECT_TRUE(tools_.requests.empty());
  ASSERT_TRUE(files_.WriteFile("/app/node_modules/sass/sass.js", "").ok());
  Answer(".a{}");
  EXPECT_EQ(Run("p/b.scss", "@use 'x';").css, ".a{}");
  ASSERT_EQ(tools_.requests.size(), 1u);
  EXPECT_EQ(tools_.requests[0].program, "node");
  EXPECT_EQ(tools_.requests[0].arguments.front(),
            "/app/node_modules/sass/sass.js");
  EXPECT_EQ(tools_.requests[0].arguments.back(), "/app/p/b.scss");
  EXPECT_EQ(Problems().substr(0, 6), "FS2002");
}

// libsass passes @use of a partial through without a word.
TEST_F(PreprocessTest, ModulesInPartialsAreSeen) {
  ASSERT_TRUE(files_.WriteFile("/app/node_modules/sass/sass.js", "").ok());
  tools_.answer = [](const ToolRunner::Request& request) {
    return request.program == "node"
               ? ToolRunner::Output{0, ".right{}", ""}
               : ToolRunner::Output{0, R"({"css":"@use 'x'; .wrong{}"})", ""};
  };
  EXPECT_EQ(Run("a.scss", "@import 'p';").css, ".right{}");
}

TEST_F(PreprocessTest, LessNeedsTheProjectsLess) {
  EXPECT_FALSE(Run("a.less", "").ok);
  ASSERT_TRUE(files_.WriteFile("/node_modules/less/bin/lessc", "").ok());
  Answer("", 1,
         "ParseError: Unrecognised input in /app/b.less on line 2, column 3:\n"
         "1 x\n");
  EXPECT_FALSE(Run("b.less", "x\n.a{").ok);
  EXPECT_EQ(Problems(),
            "FS2003 a .less sheet needs the project's own `less`, which is not "
            "installed@0\n"
            "FS2001 ParseError: Unrecognised input@4\n");
}

TEST_F(PreprocessTest, ReadsWhatSassSays) {
  ASSERT_TRUE(files_.WriteFile("/app/node_modules/sass/sass.js", "").ok());
  Answer("", 65,
         "Error: Undefined variable.\n  ,\n2 |   b: $c\n  |      ^^\n  '\n"
         "  a.scss 2:6  root stylesheet\n");
  EXPECT_FALSE(Run("a.scss", "@use 'x';\n  b: $c").ok);
  EXPECT_EQ(Problems(), "FS2001 Undefined variable.@15\n");
}

}  // namespace
}  // namespace fcc::ftss
