// SPDX-License-Identifier: Apache-2.0
//
// The FTS (WXS) modules of one page: a host for each template program that its
// components come from, which share the state of their modules.

#ifndef FCC_RUNTIME_APP_SCRIPT_MODULES_H_
#define FCC_RUNTIME_APP_SCRIPT_MODULES_H_

#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "runtime/app/fts_host.h"
#include "runtime/app/logic.h"
#include "runtime/template/program.h"
#include "runtime/value/value.h"

namespace fcc::app {

// Heap ids in function references; the logic heap's is 1.
inline constexpr uint32_t kFirstModuleHeapId = 2;

class ScriptModules {
 public:
  // `logic` gives the console, the clock and the limits.
  explicit ScriptModules(Logic& logic);
  ~ScriptModules();

  // The modules of one template program, which must outlive this; null when it
  // has none.
  FtsHost* For(const tmpl::Program& program);
  // Calls a function that an expression gave: an event handler, an observer of
  // a property. `arguments` makes the arguments in the function's heap. What it
  // throws is reported; the result is undefined then.
  using MakeArguments =
      std::function<std::vector<script::Handle>(script::Heap&)>;
  value::Value CallMayRunScript(value::FunctionRef function,
                                const MakeArguments& arguments,
                                std::string_view where);

 private:
  // A heap's timers are its own: ids of two heaps may be the same.
  class World;
  struct Hosted {
    const tmpl::Program* program = nullptr;
    std::unique_ptr<World> world;
    std::unique_ptr<FtsHost> host;
  };

  Logic& logic_;
  std::vector<Hosted> hosts_;
};

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_SCRIPT_MODULES_H_
