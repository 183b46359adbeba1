// SPDX-License-Identifier: Apache-2.0
//
// The way from an expression to a script module (FTS, WXS). Modules are named
// by their index in the program (Program::Module gives path and source); the
// host instantiates each once and keeps its state. Values are copied in and
// out. A function as a result is a FunctionRef of the host's heap: events and
// `change:` keep it, everything else treats it as opaque.

#ifndef FCC_RUNTIME_TEMPLATE_SCRIPT_HOST_H_
#define FCC_RUNTIME_TEMPLATE_SCRIPT_HOST_H_

#include <cstdint>
#include <span>
#include <string>

#include "runtime/base/result.h"
#include "runtime/value/value.h"

namespace fcc::tmpl {

class ScriptHost {
 public:
  virtual ~ScriptHost() = default;

  // The member of module.exports at `path`; empty for module.exports itself.
  // A missing member on the way is undefined, not an error.
  virtual base::Result<value::Value> Get(uint32_t module,
                                         std::span<const std::string> path) = 0;
  // Calls the function at `path`. A failure is reported to the developer by
  // the caller, and the expression's value is undefined.
  virtual base::Result<value::Value> Call(
      uint32_t module, std::span<const std::string> path,
      std::span<const value::Value> args) = 0;
};

}  // namespace fcc::tmpl

#endif  // FCC_RUNTIME_TEMPLATE_SCRIPT_HOST_H_
