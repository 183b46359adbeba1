// SPDX-License-Identifier: Apache-2.0
//
// `fcc render FILE`: one template with data, as the tree it gives; with
// --cases, a file of cases and how many pass.

#include "cli/commands/command.h"
#include "cli/commands/render_cases.h"
#include "cli/commands/render_template.h"
#include "cli/commands/show_diagnostics.h"
#include "runtime/base/json.h"
#include "runtime/template/render_tree.h"
#include "runtime/value/value_json.h"

namespace fcc::commands {

static constexpr Positional kPositionals[] = {
    {"FILE", {"the template, below the root", "模板文件，位于根目录之下"}},
};

static constexpr Flag kFlags[] = {
    {.name = "data",
     .kind = FlagKind::kPath,
     .help = {"its data, a JSON file", "数据（JSON 文件）"},
     .value = "FILE"},
    {.name = "data-js",
     .kind = FlagKind::kText,
     .help = {"its data, a JavaScript expression", "数据（JavaScript 表达式）"},
     .value = "EXPR"},
    {.name = "dir",
     .kind = FlagKind::kPath,
     .help = {"the folder that absolute paths count from; the current one by "
              "default",
              "绝对路径的起点目录；默认当前目录"},
     .value = "ROOT"},
    {.name = "cases",
     .kind = FlagKind::kPath,
     .help = {"run the cases of this file instead", "改为运行该文件中的用例"},
     .value = "FILE"},
    {.name = "js",
     .kind = FlagKind::kSwitch,
     .help = {"print the script that FinClip's SDK loads instead of the tree",
              "输出 FinClip SDK 加载的脚本，而不是节点树"}},
    {.name = "lenient",
     .kind = FlagKind::kSwitch,
     .help = {"unclosed and stray tags are warnings",
              "未闭合和多余的标签只给出警告"}},
};

static constexpr Example kExamples[] = {
    {"fcc render pages/index/index.wxml --data-js '{list: [1, 2]}'",
     {"the tree of a page with a list", "带列表的页面的节点树"}},
};

const CommandSpec kRenderSpec = {
    .name = "render",
    .summary = {"show the tree that a template gives with data",
                "显示模板与数据生成的节点树"},
    .positionals = kPositionals,
    .flags = kFlags,
    .examples = kExamples,
};

static int RunCaseFile(ToolEnv& env, const std::string& path) {
  base::Result<std::string> json =
      env.fs.ReadFile(env.Resolve(path), base::FileSystem::kDefaultMax);
  if (!json) {
    return env.Fail(json.error());
  }
  base::Result<CaseResults> results = RunCases(*json);
  if (!results) {
    return env.Fail(results.error());
  }
  for (const CaseFailure& failure : results->failures) {
    env.out.Print("FAIL {}\n", failure.id);
    if (env.verbose) {
      env.out.Print("     {}\n", failure.detail);
    }
  }
  for (const std::string& id : results->skipped) {
    env.out.Print("SKIP {}\n", id);
  }
  env.out.Print("{} passed, {} failed\n", results->passed,
                results->failures.size());
  return results->failures.empty() ? tool_env::kExitOk
                                   : tool_env::kExitProblems;
}

static base::Result<value::Value> DataOf(ToolEnv& env,
                                         const Arguments& arguments) {
  if (std::string path = arguments.Get("data"); !path.empty()) {
    FCC_TRY_ASSIGN(
        std::string json,
        env.fs.ReadFile(env.Resolve(path), base::FileSystem::kDefaultMax));
    base::JsonDocument document = base::ParseJson(json);
    if (!document.ok()) {
      return base::Error{base::ErrorKind::kCorrupt,
                         path + ": " + document.errors[0].message};
    }
    return value::FromJson(*document.root);
  }
  std::string expression = arguments.Get("data-js");
  return expression.empty() ? value::Value::NewObject()
                            : EvaluateData(expression);
}

int RunRender(ToolEnv& env, const Arguments& arguments) {
  if (std::string cases = arguments.Get("cases"); !cases.empty()) {
    return RunCaseFile(env, cases);
  }
  if (arguments.positionals().empty()) {
    return env.FailUsage(
        env.Say({"a template or --cases is needed", "需要模板文件或 --cases"}));
  }
  const std::string root = env.Resolve(arguments.Get("dir"));
  // Given from the current folder or from the root; inside, from the root.
  std::string entry = arguments.Positional(0);
  std::string absolute = env.Resolve(entry);
  if (absolute.size() > root.size() + 1 && absolute.starts_with(root) &&
      (root == "/" || absolute[root.size()] == '/') &&
      env.fs.IsFile(absolute)) {
    entry = absolute.substr(root == "/" ? 1 : root.size() + 1);
  } else if (entry.starts_with('/')) {
    entry.erase(0, 1);
  }

  base::Result<value::Value> data = DataOf(env, arguments);
  if (!data) {
    return arguments.Get("data").empty() ? env.FailUsage(data.error().message)
                                         : env.Fail(data.error());
  }
  fxml::FxmlOptions options;
  options.lenient = arguments.Has("lenient");
  source::SourceSet sources;
  diagnostics::Sink sink;
  base::Result<CompiledTemplate> compiled =
      CompileTemplate(env.fs, root, entry, options, sources, sink);
  if (!compiled) {
    return env.Fail(compiled.error());
  }
  ShowProblems(env, sink.diagnostics(), sources);
  if (sink.has_errors()) {
    return tool_env::kExitProblems;
  }
  if (arguments.Has("js")) {
    std::vector<const fxml::Unit*> units;
    for (const fxml::Unit& unit : compiled->units) {
      units.push_back(&unit);
    }
    env.out.Write(fxml::PrintGfc(units, compiled->modules, {}));
    return tool_env::kExitOk;
  }
  base::Result<TemplateTree> tree = RenderTemplate(*compiled, entry, *data);
  if (!tree) {
    return env.Fail(tree.error());
  }
  for (const std::string& message : tree->messages) {
    env.err.Print("{}\n", message);
  }
  env.out.Print("{}\n", value::ToJson(tmpl::EscapeForJson(tree->nodes), 1));
  return tool_env::kExitOk;
}

}  // namespace fcc::commands
