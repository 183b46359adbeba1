// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/minify.h"

#include <gtest/gtest.h>

namespace fcc::js {
namespace {

std::string Minified(std::string text) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  CompileOptions options;
  options.minify = true;
  options.defines = {{"process.env.NODE_ENV", "\"production\""}};
  return Compile(sources.Add("a.js", std::move(text)), options, sink).code;
}

TEST(MinifyTest, ShortensSyntaxAndNames) {
  EXPECT_EQ(Minified("function outer(first, second) {\n"
                     "  if (first) { second['key'](true); }\n"
                     "  var a = 1; var b = 2;\n"
                     "  return {'key': a + b, 'a-b': first};\n"
                     "}\nouter();"),
            "function a(a,b){a&&b.key(!0)\nvar c=1,d=2\n"
            "return{key:c+d,\"a-b\":a}}a()\n");
}

TEST(MinifyTest, NamesAClassOnceInsideAndOutside) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  CompileOptions options;
  options.minify = true;
  options.target = Target::kEsNext;
  EXPECT_EQ(Compile(sources.Add("a.js",
                                "class First { make(given) { return First; } }"
                                "new First();"),
                    options, sink)
                .code,
            "class a{make(b){return a}}new a\n");
}

TEST(MinifyTest, DropsWhatTheModeExcludes) {
  EXPECT_EQ(Minified("if (process.env.NODE_ENV !== 'production') {\n"
                     "  var left = 1; require('dev');\n"
                     "} else {\n  run(left);\n}"),
            "var a\n{run(a)}\n");
  EXPECT_EQ(Minified("var dev = process.env.NODE_ENV === 'development' && f();"
                     "use(dev)"),
            "var a=!1\nuse(a)\n");
}

TEST(MinifyTest, LeavesAssignedPathsAlone) {
  EXPECT_EQ(Minified("process.env.NODE_ENV = 'x'"),
            "process.env.NODE_ENV=\"x\"\n");
  EXPECT_EQ(Minified("function f(process) { return process.env.NODE_ENV }"
                     "f()"),
            "function a(a){return a.env.NODE_ENV}a()\n");
}

}  // namespace
}  // namespace fcc::js
