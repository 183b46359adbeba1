// SPDX-License-Identifier: Apache-2.0

#include "simulator/scenario/scenario.h"

#include <memory>
#include <unordered_map>

#include "runtime/app/node.h"
#include "runtime/base/format.h"
#include "runtime/script/heap.h"
#include "simulator/scenario/app_object.h"
#include "simulator/scenario/expect.h"
#include "simulator/scenario/test_tree.h"
#include "simulator/scenario/view_text.h"

namespace fcc::scenario {

using script::CallInfo;
using script::Handle;
using script::Result;

namespace {

// The world of the test's own heap: time and timers are the app's.
class TestHost : public script::Host {
 public:
  TestHost(AppSession& session, TestScripts& scripts)
      : session_(session), scripts_(scripts) {}

  void set_heap(script::Heap* heap) { heap_ = heap; }
  std::vector<std::string>& logs() { return logs_; }
  std::vector<script::Exception>& rejections() { return rejections_; }

  base::Clock& clock() override { return session_.host().clock(); }
  double Random() override { return session_.host().Random(); }
  void StartTimer(uint32_t id, double delay_ms, bool repeats) override {
    timers_[id] =
        session_.host().tasks().Post(delay_ms, [this, id, delay_ms, repeats] {
          if (heap_ == nullptr) {
            return;
          }
          if (repeats) {
            StartTimer(id, std::max(delay_ms, 1.0), true);
          }
          heap_->FireTimer(id);
        });
  }
  void StopTimer(uint32_t id) override {
    session_.host().tasks().Cancel(timers_[id]);
    timers_.erase(id);
  }
  void Console(script::ConsoleLevel level, std::string_view text,
               std::span<const Handle> arguments) override {
    static_cast<void>(level);
    static_cast<void>(arguments);
    logs_.emplace_back(text);
  }
  void UnhandledRejection(const script::Exception& reason) override {
    rejections_.push_back(reason);
  }
  void UncaughtException(const script::Exception& exception) override {
    rejections_.push_back(exception);
  }
  base::Result<std::string> LowerSource(std::string_view source,
                                        script::SourceKind kind) override {
    return scripts_.Lower(source, kind != script::SourceKind::kEval);
  }
  bool MapPosition(script::CodePosition& position) override {
    return scripts_.MapPosition(position.file, position.line, position.column,
                                position.function);
  }

 private:
  AppSession& session_;
  TestScripts& scripts_;
  script::Heap* heap_ = nullptr;
  std::unordered_map<uint32_t, uint64_t> timers_;
  std::vector<std::string> logs_;
  std::vector<script::Exception> rejections_;
};

class FileRun {
 public:
  FileRun(package::Bundle& bundle, TestScripts& scripts,
          const ScenarioOptions& options)
      : options_(options),
        scripts_(scripts),
        session_(bundle, options.limits),
        host_(session_, scripts) {
    script::HeapOptions heap_options;
    heap_options.host = &host_;
    heap_options.memory_limit = options.limits.app.heap_bytes;
    heap_options.time_limit_ms = options.limits.app.script_ms * 4;
    heap_options.heap_id = 100;
    heap_ = script::Heap::Create(heap_options);
    host_.set_heap(heap_.get());
    session_.host().OnMapPosition(options.map_position);
    session_.host().OnLowerSource(
        [this](std::string_view source, bool is_function) {
          return scripts_.Lower(source, is_function);
        });
    app_object_ = std::make_unique<AppObject>(
        *heap_, session_, [this](std::string_view source) {
          return scripts_.Lower(source, true);
        });
  }

  ~FileRun() {
    app_object_.reset();
    session_.host().tasks().Clear();
    host_.set_heap(nullptr);
    modules_.clear();
    tree_.root() = {};
    heap_.reset();
  }

  void Run(const TestScript& script, FileResult& result) {
    DefineExpect(*heap_, &assertions_);
    tree_.Define(*heap_);
    app_object_->Define();
    const Result<Handle> loaded = Load(script);
    heap_->RunMicrotasks();
    if (!loaded) {
      result.failures.push_back(FailureOf(loaded.error()));
      return;
    }
    only_ = tree_.root().HasOnly();
    RunGroup(tree_.root(), result, Marking::kPlain);
  }

 private:
  Result<Handle> Load(const TestScript& script) {
    if (const auto known = modules_.find(script.path);
        known != modules_.end()) {
      return heap_->Get(known->second, "exports");
    }
    const Handle module = heap_->NewObject();
    FCC_TRY(heap_->Define(module, "exports", heap_->NewObject()));
    modules_[script.path] = module;
    const std::string folder(base::DirectoryOf(script.path));
    const Handle require = heap_->NewFunction(
        "require", 1, [this, folder](const CallInfo& call) -> Result<Handle> {
          FCC_TRY_ASSIGN(const std::string name,
                         call.heap().ToString(call.argument(0)));
          const std::string path = scripts_.Resolve(folder, name);
          diagnostics::Sink sink;
          const TestScript* required =
              path.empty() ? nullptr : scripts_.Load(path, sink);
          if (required == nullptr) {
            return script::Throw(
                script::ErrorType::kError,
                sink.diagnostics().empty()
                    ? base::format("there is no module `{}`", name)
                    : sink.diagnostics().front().message);
          }
          return Load(*required);
        });
    constexpr std::string_view kParameters[] = {"exports", "require", "module"};
    FCC_TRY_ASSIGN(
        const Handle function,
        heap_->CompileFunction(script.code, script.path, kParameters));
    FCC_TRY_ASSIGN(const Handle exports, heap_->Get(module, "exports"));
    FCC_TRY(
        heap_->Call(function, heap_->Undefined(), {exports, require, module}));
    return heap_->Get(module, "exports");
  }

  Failure FailureOf(const script::Exception& exception) {
    Failure failure;
    failure.message = exception.message;
    if (!exception.name.empty() && exception.name != "Error") {
      failure.message = exception.Summary();
    }
    failure.stack = exception.Describe();
    for (const script::StackFrame& frame : exception.frames) {
      if (modules_.contains(frame.file)) {
        failure.file = frame.file;
        failure.line = frame.line;
        failure.column = frame.column;
        failure.source_line = scripts_.Line(frame.file, frame.line);
        break;
      }
    }
    AddSurroundings(failure);
    return failure;
  }

  void AddSurroundings(Failure& failure) {
    if (!session_.running()) {
      return;
    }
    app::App& app = session_.RunningApp();
    if (const std::optional<app::PageInfo> page = app.CurrentPage()) {
      if (const app::Node* root = app.PageRoot(page->id)) {
        failure.view = ViewText(*root, ViewDetail::kComposed, 60);
      }
    }
    failure.set_data.assign(session_.set_data_calls().begin(),
                            session_.set_data_calls().end());
  }

  // Calls a test or a hook and waits for its promise; nothing when it is fine.
  std::optional<Failure> Execute(const Handle& function, double timeout_ms) {
    const Result<Handle> result = heap_->Call(function, heap_->Undefined(), {});
    if (result && result->IsObject()) {
      // Before microtasks run: a rejection that we wait for is no unhandled
      // one.
      const Result<Handle> then = heap_->Get(*result, "then");
      if (then && then->IsFunction()) {
        return Settled(*result, *then, timeout_ms);
      }
    }
    heap_->RunMicrotasks();
    if (!result) {
      return FailureOf(result.error());
    }
    return std::nullopt;
  }

  std::optional<Failure> Settled(const Handle& promise, const Handle& then,
                                 double timeout_ms) {
    // The functions may be called long after we gave up.
    struct State {
      bool done = false;
      bool failed = false;
      Handle reason;
    };
    auto state = std::make_shared<State>();
    const auto settle = [state](bool failed) {
      return [state, failed](const CallInfo& call) -> Result<Handle> {
        state->done = true;
        state->failed = failed;
        state->reason = call.argument(0);
        return Handle();
      };
    };
    static_cast<void>(heap_->Call(then, promise,
                                  {heap_->NewFunction("", 1, settle(false)),
                                   heap_->NewFunction("", 1, settle(true))}));
    heap_->RunMicrotasks();
    double waited = 0;
    host::TaskQueue& tasks = session_.host().tasks();
    while (!state->done) {
      const std::optional<double> next = tasks.UntilNext();
      if (!next || waited + *next > timeout_ms) {
        Failure failure;
        failure.message =
            next ? base::format("the test did not end within {} ms", timeout_ms)
                 : "the test waits for something that will never happen";
        AddSurroundings(failure);
        state->reason = {};
        return failure;
      }
      waited += *next;
      tasks.Advance(*next);
      heap_->RunMicrotasks();
    }
    if (!state->failed) {
      state->reason = {};
      return std::nullopt;
    }
    const script::Exception exception = ExceptionOf(state->reason);
    state->reason = {};
    return FailureOf(exception);
  }

  // A rejection's reason as if it had been thrown to us.
  script::Exception ExceptionOf(const Handle& reason) {
    const Handle thrower =
        heap_->NewFunction("", 0, [reason](const CallInfo&) -> Result<Handle> {
          return script::Throw(reason);
        });
    const Result<Handle> result = heap_->Call(thrower, heap_->Undefined(), {});
    return result ? script::Exception() : result.error();
  }

  void RunGroup(TestGroup& group, FileResult& file, Marking inherited) {
    if (group.marking == Marking::kSkip) {
      inherited = Marking::kSkip;
    } else if (group.marking == Marking::kOnly) {
      inherited = Marking::kOnly;
    }
    if (!group.name.empty()) {
      groups_.push_back(group.name);
    }
    bool hooks_run = false;
    for (const TestGroup::Item& item : group.items) {
      if (item.group != nullptr) {
        RunHooksOnce(group.before_all, hooks_run, file);
        RunGroup(*item.group, file, inherited);
        continue;
      }
      TestResult result;
      result.groups = groups_;
      result.name = item.test->name;
      const bool wanted =
          options_.name_filter.empty() ||
          result.FullName().find(options_.name_filter) != std::string::npos;
      const bool skipped = item.test->marking == Marking::kSkip ||
                           inherited == Marking::kSkip || !wanted ||
                           (only_ && item.test->marking != Marking::kOnly &&
                            inherited != Marking::kOnly);
      if (skipped) {
        result.status = TestStatus::kSkipped;
      } else {
        RunHooksOnce(group.before_all, hooks_run, file);
        RunTest(group, *item.test, result);
      }
      if (wanted) {
        file.tests.push_back(std::move(result));
        if (options_.on_test) {
          options_.on_test(file, file.tests.back());
        }
      }
    }
    if (hooks_run) {
      bool again = false;
      RunHooksOnce(group.after_all, again, file);
    }
    if (!group.name.empty()) {
      groups_.pop_back();
    }
  }

  void RunHooksOnce(const std::vector<Handle>& hooks, bool& run,
                    FileResult& file) {
    if (std::exchange(run, true)) {
      return;
    }
    for (const Handle& hook : hooks) {
      if (std::optional<Failure> failure = Execute(hook, options_.timeout_ms)) {
        file.failures.push_back(std::move(*failure));
      }
    }
  }

  void RunTest(const TestGroup& group, const TestCase& test,
               TestResult& result) {
    base::SystemClock clock;
    const int64_t start = clock.MonotonicUs();
    const size_t first_log = session_.host().logs().size();
    const double timeout =
        test.timeout_ms > 0 ? test.timeout_ms : options_.timeout_ms;
    assertions_ = 0;
    session_.host().errors().clear();
    bool ready = true;
    for (const TestGroup* outer : Path(group)) {
      for (const Handle& hook : outer->before_each) {
        if (ready) {
          ready = Note(Execute(hook, timeout), result);
        }
      }
    }
    if (ready) {
      Note(Execute(test.function, timeout), result);
    }
    NoteAppErrors(result);
    const std::vector<const TestGroup*> path = Path(group);
    for (auto outer = path.rbegin(); outer != path.rend(); ++outer) {
      for (const Handle& hook : (*outer)->after_each) {
        Note(Execute(hook, timeout), result);
      }
    }
    for (const script::Exception& rejection : host_.rejections()) {
      Note(FailureOf(rejection), result);
    }
    host_.rejections().clear();
    for (size_t i = first_log; i < session_.host().logs().size(); ++i) {
      result.logs.push_back(session_.host().logs()[i].text);
    }
    result.logs.insert(result.logs.end(), host_.logs().begin(),
                       host_.logs().end());
    host_.logs().clear();
    result.assertions = assertions_;
    result.ms = static_cast<double>(clock.MonotonicUs() - start) / 1000.0;
  }

  // From the outermost block to `group`.
  static std::vector<const TestGroup*> Path(const TestGroup& group) {
    std::vector<const TestGroup*> path;
    for (const TestGroup* at = &group; at != nullptr; at = at->parent) {
      path.insert(path.begin(), at);
    }
    return path;
  }

  bool Note(std::optional<Failure> failure, TestResult& result) {
    if (!failure) {
      return true;
    }
    result.status = TestStatus::kFailed;
    result.failures.push_back(std::move(*failure));
    return false;
  }

  void NoteAppErrors(TestResult& result) {
    for (const app::ErrorReport& error : session_.host().errors()) {
      Failure failure;
      failure.message =
          base::format("in the app: {} ({})", error.message, error.where);
      failure.stack = error.stack;
      failure.file = error.file;
      failure.line = error.line;
      failure.column = error.column;
      AddSurroundings(failure);
      Note(std::move(failure), result);
    }
    session_.host().errors().clear();
  }

  const ScenarioOptions& options_;
  TestScripts& scripts_;
  AppSession session_;
  TestHost host_;
  std::unique_ptr<script::Heap> heap_;
  TestTree tree_;
  std::unique_ptr<AppObject> app_object_;
  std::unordered_map<std::string, Handle> modules_;
  std::vector<std::string> groups_;
  uint64_t assertions_ = 0;
  bool only_ = false;
};

}  // namespace

FileResult RunScenarioFile(package::Bundle& bundle, TestScripts& scripts,
                           std::string_view path,
                           const ScenarioOptions& options,
                           diagnostics::Sink& sink) {
  base::SystemClock clock;
  const int64_t start = clock.MonotonicUs();
  FileResult result;
  result.path = path;
  const size_t known = sink.diagnostics().size();
  const TestScript* script = scripts.Load(path, sink);
  if (script == nullptr) {
    Failure failure;
    failure.message = sink.diagnostics().size() > known
                          ? sink.diagnostics()[known].message
                          : "the file cannot be compiled";
    failure.file = path;
    result.failures.push_back(std::move(failure));
  } else {
    FileRun(bundle, scripts, options).Run(*script, result);
  }
  result.ms = static_cast<double>(clock.MonotonicUs() - start) / 1000.0;
  return result;
}

bool MatchesGlob(std::string_view pattern, std::string_view path) {
  if (pattern.empty()) {
    return path.empty();
  }
  if (pattern.starts_with("**")) {
    const std::string_view rest =
        pattern.substr(pattern.starts_with("**/") ? 3 : 2);
    for (size_t i = 0; i <= path.size(); ++i) {
      if ((i == 0 || path[i - 1] == '/' || !pattern.starts_with("**/")) &&
          MatchesGlob(rest, path.substr(i))) {
        return true;
      }
    }
    return false;
  }
  if (pattern[0] == '*') {
    for (size_t i = 0; i <= path.size(); ++i) {
      if (MatchesGlob(pattern.substr(1), path.substr(i))) {
        return true;
      }
      if (i < path.size() && path[i] == '/') {
        break;
      }
    }
    return false;
  }
  return !path.empty() &&
         (pattern[0] == '?' ? path[0] != '/' : pattern[0] == path[0]) &&
         MatchesGlob(pattern.substr(1), path.substr(1));
}

}  // namespace fcc::scenario
