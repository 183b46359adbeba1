// SPDX-License-Identifier: Apache-2.0
//
// `fcc eval FILE…`: scripts on the runtime's engine. Every file is compiled
// before the first runs, so a syntax error is told before anything happens.

#include <map>
#include <memory>
#include <utility>

#include "cli/commands/command.h"
#include "compiler/js/js.h"
#include "runtime/base/source_map.h"
#include "runtime/script/heap.h"

namespace fcc::commands {

static constexpr Positional kPositionals[] = {
    {"FILE",
     {"JavaScript or TypeScript, run in this order in one realm",
      "JavaScript 或 TypeScript 文件，按顺序在同一环境中运行"},
     PositionalUse::kRepeated},
};

static constexpr Flag kFlags[] = {
    {.name = "module", .help = {"parse the files as modules", "按模块解析"}},
    {.name = "timeout",
     .kind = FlagKind::kNumber,
     .help = {"end a script after so many milliseconds (0: never)",
              "脚本运行超过此毫秒数则终止（0 表示不限）"},
     .value = "MS",
     .fallback = "0"},
    {.name = "memory",
     .kind = FlagKind::kNumber,
     .help = {"memory the script may use, in megabytes (0: no limit)",
              "脚本可用内存，单位 MB（0 表示不限）"},
     .value = "MB",
     .fallback = "0"},
    {.name = "test262",
     .help = {"give the script `print` and `$262`",
              "向脚本提供 `print` 与 `$262`"}},
};

const CommandSpec kEvalSpec = {
    .name = "eval",
    .summary = {"run scripts on the runtime's engine",
                "在运行时引擎上运行脚本"},
    .details = {"Timers fire in their order without waiting.",
                "定时器按次序触发，不等待。"},
    .positionals = kPositionals,
    .flags = kFlags,
};

namespace {

// A file that was compiled: what to run, and where its places come from.
struct Program {
  std::string path;
  std::string code;
  base::SourceMap map;
  bool is_module = false;
};

// Compiles, and keeps what is needed to tell about it.
class Compiler {
 public:
  struct Problem {
    std::string message;
    std::string path;
    source::LineColumn place;
  };

  base::Result<Program> Compile(std::string path, std::string text,
                                js::Goal goal, bool completion,
                                Problem& problem) {
    const source::SourceFile& file =
        sources_.Add(std::move(path), std::move(text));
    js::CompileOptions options;
    options.parse.goal = goal;
    options.source_map = true;
    options.keep_completion_value = completion;
    diagnostics::Sink sink;
    js::CompileResult compiled = js::Compile(file, options, sink);
    for (const diagnostics::Diagnostic& diagnostic : sink.diagnostics()) {
      if (diagnostic.severity != diagnostics::Severity::kError) {
        continue;
      }
      problem.message = diagnostic.message;
      problem.path = file.path();
      problem.place = file.PositionOf(diagnostic.location.span.begin);
      return base::Error{base::ErrorKind::kCorrupt, diagnostic.message};
    }
    if (!compiled.ok) {
      problem = {"the file cannot be compiled", file.path(), {}};
      return base::Error{base::ErrorKind::kCorrupt, problem.message};
    }
    Program program;
    program.path = file.path();
    program.code = std::move(compiled.code);
    program.is_module = compiled.is_module;
    FCC_TRY_ASSIGN(program.map, base::ReadSourceMap(compiled.map));
    return program;
  }

 private:
  source::SourceSet sources_;
};

class EvalHost : public script::Host {
 public:
  EvalHost(ToolEnv& env, Compiler& compiler) : env_(env), compiler_(compiler) {}

  void Remember(const Program& program) { maps_[program.path] = &program.map; }
  bool failed() const { return failed_; }

  // Conformance tests leave rejected promises lying about.
  bool ignores_rejections = false;

  void Report(const script::Exception& exception) {
    failed_ = true;
    env_.err.Print("Uncaught {}\n", exception.Describe());
  }

  base::Clock& clock() override { return env_.clock; }

  void StartTimer(uint32_t id, double delay_ms, bool repeats) override {
    timers_.emplace(Due{now_ms_ + delay_ms, next_++},
                    Timer{id, repeats ? std::max(delay_ms, 1.0) : -1});
  }
  void StopTimer(uint32_t id) override {
    std::erase_if(timers_,
                  [&](const auto& timer) { return timer.second.id == id; });
  }
  // Fires timers in order until none is left.
  void RunTimers(script::Heap& heap) {
    while (!timers_.empty() && !failed_) {
      const auto [due, timer] = *timers_.begin();
      timers_.erase(timers_.begin());
      now_ms_ = due.first;
      if (timer.every_ms > 0) {
        timers_.emplace(Due{now_ms_ + timer.every_ms, next_++}, timer);
      }
      heap.FireTimer(timer.id);
    }
  }

  void Console(script::ConsoleLevel level, std::string_view text,
               std::span<const script::Handle>) override {
    const bool problem = level == script::ConsoleLevel::kWarn ||
                         level == script::ConsoleLevel::kError;
    (problem ? env_.err : env_.out).Print("{}\n", text);
  }
  void UnhandledRejection(const script::Exception& reason) override {
    if (ignores_rejections) {
      return;
    }
    failed_ = true;
    env_.err.Print("Uncaught (in promise) {}\n", reason.Describe());
  }
  void UncaughtException(const script::Exception& exception) override {
    Report(exception);
  }

  base::Result<std::string> LowerSource(std::string_view source,
                                        script::SourceKind) override {
    Compiler::Problem problem;
    FCC_TRY_ASSIGN(Program program,
                   compiler_.Compile("eval.js", std::string(source),
                                     js::Goal::kScript, true, problem));
    return std::move(program.code);
  }

  bool MapPosition(script::CodePosition& position) override {
    const auto found = maps_.find(position.file);
    if (found == maps_.end()) {
      return false;
    }
    const base::Mapping* mapping =
        found->second->Find(position.line - 1, position.column - 1);
    if (mapping == nullptr) {
      return false;
    }
    position.line = mapping->source_line + 1;
    position.column = mapping->source_column + 1;
    return true;
  }

 private:
  using Due = std::pair<double, uint64_t>;
  struct Timer {
    uint32_t id;
    // Negative: once.
    double every_ms;
  };

  ToolEnv& env_;
  Compiler& compiler_;
  std::map<std::string, const base::SourceMap*, std::less<>> maps_;
  std::map<Due, Timer> timers_;
  double now_ms_ = 0;
  uint64_t next_ = 0;
  bool failed_ = false;
};

}  // namespace

// The globals of the test262 harness.
static script::Status DefineTest262(script::Heap& heap, ToolEnv& env) {
  using script::CallInfo;
  using script::Handle;
  using script::Result;
  const Handle global = heap.Global();
  FCC_TRY(heap.DefineMethod(
      global, "print", 1, [&env](const CallInfo& call) -> Result<Handle> {
        FCC_TRY_ASSIGN(const std::string text,
                       call.heap().ToString(call.argument(0)));
        env.out.Print("{}\n", text);
        return Handle();
      }));
  const Handle agent = heap.NewObject();
  FCC_TRY(heap.Set(agent, "global", global));
  FCC_TRY(heap.DefineMethod(agent, "gc", 0,
                            [](const CallInfo& call) -> Result<Handle> {
                              call.heap().CollectGarbage();
                              return Handle();
                            }));
  FCC_TRY(heap.DefineMethod(
      agent, "evalScript", 1, [](const CallInfo& call) -> Result<Handle> {
        FCC_TRY_ASSIGN(const std::string text,
                       call.heap().ToString(call.argument(0)));
        const base::Result<std::string> lowered =
            call.heap().host().LowerSource(text, script::SourceKind::kEval);
        if (!lowered) {
          return script::Throw(script::ErrorType::kSyntaxError,
                               lowered.error().message);
        }
        return call.heap().Evaluate(*lowered, "evalScript");
      }));
  return heap.Define(global, "$262", agent, script::kHidden);
}

// The body of a module in its function; require knows no other modules.
static script::Result<script::Handle> RunModule(script::Heap& heap,
                                                const Program& program) {
  using script::CallInfo;
  using script::Handle;
  using script::Result;
  static constexpr std::string_view kParameters[] = {"require", "module",
                                                     "exports"};
  FCC_TRY_ASSIGN(const Handle function,
                 heap.CompileFunction(program.code, program.path, kParameters));
  const Handle module = heap.NewObject();
  const Handle exports = heap.NewObject();
  FCC_TRY(heap.Set(module, "exports", exports));
  const Handle require = heap.NewFunction(
      "require", 1, [](const CallInfo& call) -> Result<Handle> {
        FCC_TRY_ASSIGN(const std::string name,
                       call.heap().ToString(call.argument(0)));
        return script::Throw(script::ErrorType::kError,
                             "fcc eval loads no modules: " + name);
      });
  return heap.Call(function, {}, {require, module, exports});
}

int RunEval(ToolEnv& env, const Arguments& arguments) {
  if (arguments.positionals().empty()) {
    return env.FailUsage(env.Say({"no file given", "未指定文件"}));
  }
  const bool module = arguments.Has("module");
  Compiler compiler;
  std::vector<std::unique_ptr<Program>> programs;
  for (const std::string& path : arguments.positionals()) {
    base::Result<std::string> text =
        env.fs.ReadFile(env.Resolve(path), source::kMaxSourceBytes);
    if (!text) {
      return env.Fail(text.error());
    }
    Compiler::Problem problem;
    base::Result<Program> program = compiler.Compile(
        path, std::move(text).value(),
        module ? js::Goal::kModule : js::Goal::kScript, false, problem);
    if (!program) {
      env.err.Print("SyntaxError: {}\n    at {}:{}:{}\n", problem.message,
                    problem.path, problem.place.line, problem.place.column);
      return tool_env::kExitProblems;
    }
    programs.push_back(std::make_unique<Program>(std::move(program).value()));
  }

  EvalHost host(env, compiler);
  host.ignores_rejections = arguments.Has("test262");
  script::HeapOptions options;
  options.host = &host;
  options.time_limit_ms = arguments.Number("timeout").value_or(0);
  options.memory_limit =
      static_cast<size_t>(arguments.Number("memory").value_or(0)) << 20;
  const std::unique_ptr<script::Heap> heap = script::Heap::Create(options);
  if (arguments.Has("test262")) {
    if (const script::Status status = DefineTest262(*heap, env); !status) {
      host.Report(status.error());
    }
  }
  for (const std::unique_ptr<Program>& program : programs) {
    if (host.failed()) {
      break;
    }
    host.Remember(*program);
    const script::Result<script::Handle> result =
        module ? RunModule(*heap, *program)
               : heap->RunScript(program->code, program->path);
    if (!result) {
      host.Report(result.error());
    }
    heap->RunMicrotasks();
  }
  host.RunTimers(*heap);
  return host.failed() ? tool_env::kExitProblems : tool_env::kExitOk;
}

}  // namespace fcc::commands
