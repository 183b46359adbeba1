// SPDX-License-Identifier: Apache-2.0
//
// The compilers of SCSS and LESS as child programs: fcc-sass beside fcc, node
// in PATH.

#ifndef FCC_CLI_COMMANDS_STYLE_TOOLS_H_
#define FCC_CLI_COMMANDS_STYLE_TOOLS_H_

#include "cli/tool_env/tool_env.h"
#include "compiler/ftss/preprocess.h"

namespace fcc::commands {

class StyleTools : public ftss::ToolRunner {
 public:
  // `env` must outlive the tools.
  explicit StyleTools(tool_env::ToolEnv& env) : env_(env) {}
  base::Result<Output> Run(const Request& request) override;

 private:
  tool_env::ToolEnv& env_;
};

}  // namespace fcc::commands

#endif  // FCC_CLI_COMMANDS_STYLE_TOOLS_H_
