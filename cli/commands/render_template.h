// SPDX-License-Identifier: Apache-2.0
//
// One template file with data to a tree: compiled with everything it imports,
// includes and calls, linked, evaluated natively. What `fcc render` does.

#ifndef FCC_CLI_COMMANDS_RENDER_TEMPLATE_H_
#define FCC_CLI_COMMANDS_RENDER_TEMPLATE_H_

#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/fxml/fxml.h"
#include "compiler/source/source_file.h"
#include "runtime/base/file_system.h"
#include "runtime/base/result.h"
#include "runtime/value/value.h"

namespace fcc::commands {

// The file and what it reaches, compiled. Units hold views into the sources.
struct CompiledTemplate {
  std::vector<fxml::Unit> units;
  std::vector<fxml::ModuleSource> modules;
  // The linked program.
  std::string program;
};

// `entry` and all paths in the files count from `root`. Fails when the entry
// cannot be read; problems in files go to the sink.
base::Result<CompiledTemplate> CompileTemplate(base::FileSystem& fs,
                                               std::string_view root,
                                               std::string_view entry,
                                               const fxml::FxmlOptions& options,
                                               source::SourceSet& sources,
                                               diagnostics::Sink& sink);

struct TemplateTree {
  value::Value nodes;
  // What an app's console would show.
  std::vector<std::string> messages;
};

base::Result<TemplateTree> RenderTemplate(const CompiledTemplate& compiled,
                                          std::string_view entry,
                                          const value::Value& data);

// The value of a JavaScript expression.
base::Result<value::Value> EvaluateData(std::string_view expression);

}  // namespace fcc::commands

#endif  // FCC_CLI_COMMANDS_RENDER_TEMPLATE_H_
