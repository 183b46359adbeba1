// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/script_modules.h"

#include <string>
#include <utility>

#include "runtime/base/format.h"

namespace fcc::app {

using script::Handle;
using value::Value;

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
  options.host = &logic_;
  options.heap_id = kFirstModuleHeapId + static_cast<uint32_t>(hosts_.size());
  options.time_limit_ms = 2000;
  options.on_exception = [this](std::string_view module,
                                const script::Exception& exception) {
    logic_.Report(exception, base::format("module {}", module));
  };
  hosts_.push_back(
      {&program, std::make_unique<FtsHost>(program, std::move(options))});
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
