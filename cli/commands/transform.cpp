// SPDX-License-Identifier: Apache-2.0
//
// `fcc transform FILE`: one script or module, lowered, to standard output.

#include <iostream>
#include <iterator>

#include "cli/commands/command.h"
#include "cli/commands/show_diagnostics.h"
#include "compiler/js/js.h"

namespace fcc::commands {

static constexpr Positional kPositionals[] = {
    {"FILE",
     {"JavaScript or TypeScript; `-` reads standard input",
      "JavaScript 或 TypeScript 文件，`-` 表示标准输入"},
     PositionalUse::kRequired},
};

static constexpr Flag kFlags[] = {
    {.name = "target",
     .kind = FlagKind::kChoice,
     .help = {"what the code may use", "输出代码的语言级别"},
     .fallback = "es5",
     .choices = "es5|esnext"},
    {.name = "module", .help = {"parse as a module", "按模块解析"}},
    {.name = "script",
     .help = {"parse as a script: top declarations are globals",
              "按脚本解析：顶层声明是全局变量"}},
    {.name = "keep-modules",
     .help = {"leave import and export as they are",
              "保留 import 与 export，不转换为 CommonJS"}},
    {.name = "minify",
     .help = {"smaller text, shorter local names", "压缩代码并缩短局部名称"}},
    {.name = "obfuscate",
     .kind = FlagKind::kChoice,
     .help = {"make it hard to read: 1 texts and names, 2 and half of the "
              "functions as state machines, 3 all of them and names of "
              "members; includes --minify",
              "混淆：1 字符串与名称，2 另将一半函数展平为状态机，3 "
              "全部函数及成员名；包含 --minify"},
     .fallback = "0",
     .choices = "0|1|2|3"},
    {.name = "seed",
     .kind = FlagKind::kNumber,
     .help = {"another seed obfuscates otherwise", "混淆使用的种子"},
     .value = "N",
     .fallback = "0"},
    {.name = "compact",
     .help = {"no blanks; nothing else of minify", "只去掉空白"}},
    {.name = "define",
     .kind = FlagKind::kText,
     .help = {"put a value where a name stands, as "
              "process.env.NODE_ENV='\"production\"'",
              "用值替换名称，例如 process.env.NODE_ENV='\"production\"'"},
     .value = "NAME=VALUE",
     .use = FlagUse::kRepeated},
    {.name = "map",
     .kind = FlagKind::kPath,
     .help = {"write a source map there", "把 source map 写到该文件"},
     .value = "FILE"},
    {.name = "input-map",
     .kind = FlagKind::kPath,
     .help = {"the source map the input came with", "输入自带的 source map"},
     .value = "FILE"},
    {.name = "out",
     .kind = FlagKind::kPath,
     .help = {"write there instead of standard output",
              "写到该文件而不是标准输出"},
     .value = "FILE",
     .letter = 'o'},
};

static constexpr Example kExamples[] = {
    {"fcc transform app.ts --minify -o app.js",
     {"TypeScript to small ES5", "把 TypeScript 转换为压缩的 ES5"}},
};

const CommandSpec kTransformSpec = {
    .name = "transform",
    .summary = {"lower one script to ES5", "把单个脚本转换为 ES5"},
    .details = {"What the code needs of helpers is put at its top.",
                "代码所需的辅助函数会放在文件开头。"},
    .positionals = kPositionals,
    .flags = kFlags,
    .examples = kExamples,
};

static js::CompileOptions OptionsFrom(const Arguments& arguments) {
  js::CompileOptions options;
  options.parse.goal = arguments.Has("module")   ? js::Goal::kModule
                       : arguments.Has("script") ? js::Goal::kScript
                                                 : js::Goal::kByContent;
  options.target = arguments.Get("target") == "esnext" ? js::Target::kEsNext
                                                       : js::Target::kEs5;
  options.modules = arguments.Has("keep-modules") ? js::ModuleKind::kKeep
                                                  : js::ModuleKind::kCommonJs;
  options.minify = arguments.Has("minify");
  // One digit: the flag takes no other.
  options.obfuscate = arguments.Get("obfuscate")[0] - '0';
  options.obfuscate_seed =
      static_cast<uint64_t>(arguments.Number("seed").value_or(0));
  options.compact = arguments.Has("compact");
  options.source_map = !arguments.Get("map").empty();
  for (const std::string& define : arguments.GetAll("define")) {
    const size_t equal = define.find('=');
    if (equal != std::string::npos) {
      options.defines.push_back(
          {define.substr(0, equal), define.substr(equal + 1)});
    }
  }
  return options;
}

int RunTransform(ToolEnv& env, const Arguments& arguments) {
  const std::string name = arguments.Positional(0);
  std::string text;
  if (name == "-") {
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
  } else {
    auto read = env.fs.ReadFile(env.Resolve(name), source::kMaxSourceBytes);
    if (!read) {
      return env.Fail(read.error());
    }
    text = std::move(*read);
  }
  js::CompileOptions options = OptionsFrom(arguments);
  std::string input_map;
  if (const std::string path = arguments.Get("input-map"); !path.empty()) {
    auto read = env.fs.ReadFile(env.Resolve(path), source::kMaxSourceBytes);
    if (!read) {
      return env.Fail(read.error());
    }
    input_map = std::move(*read);
    options.input_map = input_map;
  }
  source::SourceSet sources;
  const source::SourceFile& file = sources.Add(name, std::move(text));
  diagnostics::Sink sink;
  const js::CompileResult compiled = js::Compile(file, options, sink);
  ShowProblems(env, sink.diagnostics(), sources);
  if (!compiled.ok) {
    return tool_env::kExitProblems;
  }
  if (options.source_map) {
    auto written =
        env.fs.WriteFile(env.Resolve(arguments.Get("map")), compiled.map);
    if (!written) {
      return env.Fail(written.error());
    }
  }
  if (const std::string out = arguments.Get("out"); !out.empty()) {
    auto written = env.fs.WriteFile(env.Resolve(out), compiled.code);
    if (!written) {
      return env.Fail(written.error());
    }
  } else {
    env.out.Write(compiled.code);
  }
  return tool_env::kExitOk;
}

}  // namespace fcc::commands
