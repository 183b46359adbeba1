// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/script_modules.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "runtime/base/format.h"

namespace fcc::app {

using script::Handle;
using value::Value;

class ScriptModules::World : public script::Host {
 public:
  explicit World(Logic& logic) : logic_(logic), self_(this) {}

  void set_host(FtsHost* host) { host_ = host; }

  base::Clock& clock() override { return logic_.clock(); }
  double Random() override { return logic_.Random(); }
  void StartTimer(uint32_t id, double delay_ms, bool repeats) override {
    timers_[id] = logic_.Post(
        std::max(delay_ms, repeats ? 1.0 : 0.0),
        [weak = std::weak_ptr<World*>(alive_), id, delay_ms, repeats] {
          const std::shared_ptr<World*> world = weak.lock();
          if (world == nullptr || !(*world)->timers_.contains(id)) {
            return;
          }
          if (repeats) {
            (*world)->StartTimer(id, delay_ms, true);
          }
          (*world)->host_->heap().FireTimer(id);
        });
  }
  void StopTimer(uint32_t id) override { timers_.erase(id); }
  void Console(script::ConsoleLevel level, std::string_view text,
               std::span<const Handle> arguments) override {
    static_cast<void>(arguments);
    logic_.Console(level, text, {});
  }
  void UncaughtException(const script::Exception& exception) override {
    logic_.Report(exception, "script module");
  }

 private:
  Logic& logic_;
  World* self_;
  FtsHost* host_ = nullptr;
  // Timers outlive the page; they hold this weakly.
  std::shared_ptr<World*> alive_ = std::make_shared<World*>(self_);
  std::unordered_map<uint32_t, TaskId> timers_;
};

ScriptModules::ScriptModules(Logic& logic) : logic_(logic) {}
ScriptModules::~ScriptModules() = default;

FtsHost* ScriptModules::For(const tmpl::Program& program) {
  if (program.module_count() == 0) {
    return nullptr;
  }
  for (const Hosted& hosted : hosts_) {
    if (hosted.program == &program) {
      return hosted.host.get();
    }
  }
  FtsHostOptions options;
  auto world = std::make_unique<World>(logic_);
  options.host = world.get();
  options.heap_id = kFirstModuleHeapId + static_cast<uint32_t>(hosts_.size());
  options.time_limit_ms = 2000;
  options.on_exception = [this](std::string_view module,
                                const script::Exception& exception) {
    logic_.Report(exception, base::format("module {}", module));
  };
  auto host = std::make_unique<FtsHost>(program, std::move(options));
  world->set_host(host.get());
  hosts_.push_back({&program, std::move(world), std::move(host)});
  return hosts_.back().host.get();
}

Value ScriptModules::CallMayRunScript(value::FunctionRef function,
                                      const MakeArguments& arguments,
                                      std::string_view where) {
  const size_t index = function.heap - kFirstModuleHeapId;
  if (index >= hosts_.size()) {
    return {};
  }
  FtsHost& host = *hosts_[index].host;
  const script::Result<Handle> result =
      host.CallFunction(function, arguments(host.heap()));
  if (!result) {
    logic_.Report(result.error(), where);
    return {};
  }
  script::Result<Value> value = host.heap().ToValue(*result);
  return value ? std::move(value).value() : Value();
}

}  // namespace fcc::app
