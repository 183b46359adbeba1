// SPDX-License-Identifier: Apache-2.0
//
// Runs the script modules (FTS, WXS) of a template program in a heap of their
// own. Each module is run once, when it is first asked for, and keeps its
// state, for rendering and for event handlers alike.
//
// Values are copied in and out. Functions among the arguments and in results
// become null, as the reference implementation has it; only Get() gives a
// module's own functions, as references that CallFunction() takes.

#ifndef FCC_RUNTIME_APP_FTS_HOST_H_
#define FCC_RUNTIME_APP_FTS_HOST_H_

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/script/heap.h"
#include "runtime/template/program.h"
#include "runtime/template/script_host.h"
#include "runtime/value/value.h"

namespace fcc::app {

struct FtsHostOptions {
  // Clock and console of the heap; null for none. Not owned.
  script::Host* host = nullptr;
  // Put into the function references that Get() returns.
  uint32_t heap_id = 0;
  // 0 for no limit.
  size_t memory_limit = 0;
  double time_limit_ms = 0;
  // Told of a module that failed when it was run.
  std::function<void(std::string_view module, const script::Exception&)>
      on_exception;
};

class FtsHost : public tmpl::ScriptHost {
 public:
  // `program` must outlive the host.
  FtsHost(const tmpl::Program& program, FtsHostOptions options);
  ~FtsHost() override;

  base::Result<value::Value> Get(uint32_t module,
                                 std::span<const std::string> path) override;
  base::Result<value::Value> Call(uint32_t module,
                                  std::span<const std::string> path,
                                  std::span<const value::Value> args) override;

  // An event handler or an observer of `change:`. The handles are of heap().
  script::Result<script::Handle> CallFunction(
      value::FunctionRef function, std::span<const script::Handle> args);

  // Made when the first module is asked for.
  script::Heap& heap();

 private:
  struct Module;

  // module.exports of a module that has run or is running.
  base::Result<script::Handle> Exports(uint32_t module);
  base::Result<script::Handle> Member(uint32_t module,
                                      std::span<const std::string> path);

  const tmpl::Program& program_;
  FtsHostOptions options_;
  std::unique_ptr<script::Heap> heap_;
  std::vector<Module> modules_;
  std::map<std::string, uint32_t, std::less<>> by_path_;
};

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_FTS_HOST_H_
