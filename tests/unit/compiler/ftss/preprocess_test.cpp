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
    StyleJob job{&file, &sink_};
    Preprocess({&job, 1}, {"/app", 1000}, files_, tools_);
    return std::move(job.result);
  }
  void Install(std::string package) {
    ASSERT_TRUE(files_.WriteFile(package + "/package.json", "{}").ok());
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
      for (const diagnostics::Words& note : one.notes) {
        out += " (" + note.en + ")";
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
  Install("/app/node_modules/sass");
  Answer(
      "a plugin says so\n[{\"css\":\".a{}\",\"files\":[\"/app/_x.scss\"]}]\n");
  const Preprocessed made = Run("p/b.scss", "@use 'x';");
  EXPECT_EQ(made.css, ".a{}");
  EXPECT_EQ(made.files, std::vector<std::string>{"_x.scss"});
  ASSERT_EQ(tools_.requests.size(), 1u);
  EXPECT_EQ(tools_.requests[0].program, "node");
  EXPECT_EQ(tools_.requests[0].arguments.back(), "/app/node_modules/sass");
  EXPECT_EQ(tools_.requests[0].input,
            R"({"tool":"sass","sheets":["/app/p/b.scss"],)"
            R"("paths":["/app/node_modules"]})");
  EXPECT_EQ(Problems().substr(0, 6), "FS2002");
}

// libsass passes @use of a partial through without a word.
TEST_F(PreprocessTest, ModulesInPartialsAreSeen) {
  Install("/app/node_modules/sass");
  tools_.answer = [](const ToolRunner::Request& request) {
    return request.program == "node"
               ? ToolRunner::Output{0, R"([{"css":".right{}"}])", ""}
               : ToolRunner::Output{0, R"({"css":"@use 'x'; .wrong{}"})", ""};
  };
  EXPECT_EQ(Run("a.scss", "@import 'p';").css, ".right{}");
}

TEST_F(PreprocessTest, LessNeedsTheProjectsLess) {
  EXPECT_FALSE(Run("a.less", "").ok);
  Install("/node_modules/less");
  Answer(R"([{"error":{"message":"ParseError: Unrecognised input",
             "path":"/app/b.less","line":2,"column":3}}])");
  // One line: what plugins print stands in lines before it.
  tools_.answer = [answer = tools_.answer](const ToolRunner::Request& request) {
    auto output = *answer(request);
    std::erase(output.out, '\n');
    return output;
  };
  EXPECT_FALSE(Run("b.less", "x\n.a{").ok);
  EXPECT_EQ(Problems(),
            "FS2003 a .less sheet needs the project's own `less`, which is not "
            "installed@0\n"
            "FS2001 ParseError: Unrecognised input@4\n");
}

// Starting node costs more than compiling a sheet.
TEST_F(PreprocessTest, OneProcessCompilesAllSheetsOfAPackage) {
  Install("/app/node_modules/less");
  Install("/app/p/node_modules/less");
  tools_.answer = [](const ToolRunner::Request& request) {
    return ToolRunner::Output{
        0,
        request.arguments.back() == "/app/p/node_modules/less"
            ? R"([{"css":"p"}])"
            : R"([{"css":"one"},{"css":"two"}])",
        ""};
  };
  std::vector<StyleJob> jobs;
  for (const char* path : {"a.less", "p/a.less", "b.less"}) {
    jobs.push_back({&sources_.Add(path, ""), &sink_});
  }
  Preprocess(jobs, {"/app", 1000}, files_, tools_);
  EXPECT_EQ(tools_.requests.size(), 2u);
  EXPECT_EQ(jobs[0].result.css, "one");
  EXPECT_EQ(jobs[1].result.css, "p");
  EXPECT_EQ(jobs[2].result.css, "two");
}

// A sheet that stops or kills the process takes no other with it.
TEST_F(PreprocessTest, TheSheetThatStopsTheProcessIsFound) {
  Install("/app/node_modules/less");
  tools_.answer = [](const ToolRunner::Request& request)
      -> base::Result<ToolRunner::Output> {
    if (request.input.find("endless") != std::string::npos) {
      return base::Error{base::ErrorKind::kTimeout, "too long"};
    }
    if (request.input.find("killer") != std::string::npos) {
      return ToolRunner::Output{134, "", "out of memory\n    at x.js\n"};
    }
    return ToolRunner::Output{0, R"([{"css":"good"}])", ""};
  };
  std::vector<StyleJob> jobs;
  for (const char* path : {"a.less", "endless.less", "killer.less"}) {
    jobs.push_back({&sources_.Add(path, ""), &sink_});
  }
  Preprocess(jobs, {"/app", 1000}, files_, tools_);
  EXPECT_EQ(jobs[0].result.css, "good");
  EXPECT_EQ(Problems(),
            "FS2004 `node` did not end within 1000 ms@0\n"
            "FS2001 `/app/node_modules/less` ended with code 134: out of "
            "memory@0\n");
}

}  // namespace
}  // namespace fcc::ftss
