// SPDX-License-Identifier: Apache-2.0

#include "simulator/scenario/test_script.h"

#include "compiler/js/js.h"
#include "runtime/base/format.h"

namespace fcc::scenario {

static js::CompileOptions OptionsFor(js::Goal goal) {
  js::CompileOptions options;
  options.parse.goal = goal;
  options.target = js::Target::kEs5;
  options.modules = js::ModuleKind::kCommonJs;
  options.helpers = js::HelperPlacement::kInline;
  options.source_map = true;
  return options;
}

const TestScript* TestScripts::Load(std::string_view path,
                                    diagnostics::Sink& sink) {
  if (const auto found = scripts_.find(path); found != scripts_.end()) {
    return &found->second;
  }
  base::Result<std::string> text =
      fs_.ReadFile(base::JoinPath(folder_, path), source::kMaxSourceBytes);
  if (!text) {
    sink.Report(diagnostics::Kind::kFileUnreadable, {}, text.error().message)
        .Path(std::string(path));
    return nullptr;
  }
  const source::SourceFile& file =
      sources_.Add(std::string(path), std::move(text).value());
  files_[file.path()] = file.id();
  const js::CompileResult compiled =
      js::Compile(file, OptionsFor(js::Goal::kByContent), sink);
  if (!compiled.ok) {
    return nullptr;
  }
  TestScript script;
  script.path = path;
  script.code = compiled.code;
  if (base::Result<base::SourceMap> map = base::ReadSourceMap(compiled.map)) {
    script.map = std::move(map).value();
  }
  return &(scripts_[std::string(path)] = std::move(script));
}

std::string TestScripts::Resolve(std::string_view folder,
                                 std::string_view name) {
  const std::string path = base::JoinPath(folder, name);
  for (const std::string& candidate :
       {path, path + ".js", path + ".ts", path + "/index.js",
        path + "/index.ts"}) {
    if (fs_.IsFile(base::JoinPath(folder_, candidate))) {
      return candidate;
    }
  }
  return {};
}

base::Result<std::string> TestScripts::Lower(std::string_view source,
                                             bool is_function) {
  // A function expression is made a statement that is one.
  const std::string text =
      is_function ? base::format("({})", source) : std::string(source);
  const source::SourceFile& file = sources_.Add("<evaluated>", text);
  diagnostics::Sink sink;
  js::CompileOptions options = OptionsFor(js::Goal::kScript);
  options.source_map = false;
  options.keep_completion_value = true;
  js::CompileResult compiled = js::Compile(file, options, sink);
  if (!compiled.ok) {
    return base::Error{base::ErrorKind::kRefused,
                       sink.diagnostics().empty()
                           ? "syntax error"
                           : sink.diagnostics().front().message};
  }
  return std::move(compiled.code);
}

bool TestScripts::MapPosition(std::string& file, uint32_t& line,
                              uint32_t& column, std::string& function) const {
  const auto script = scripts_.find(file);
  if (script == scripts_.end() || line == 0) {
    return false;
  }
  const base::Mapping* mapping =
      script->second.map.Find(line - 1, column == 0 ? 0 : column - 1);
  if (mapping == nullptr) {
    return false;
  }
  line = mapping->source_line + 1;
  column = mapping->source_column + 1;
  if (mapping->name != base::kNoSource) {
    function = script->second.map.names[mapping->name];
  }
  return true;
}

std::string_view TestScripts::Line(std::string_view path, uint32_t line) const {
  const auto found = files_.find(path);
  if (found == files_.end() || line == 0) {
    return {};
  }
  const source::SourceFile& file = sources_.Get(found->second);
  return line <= file.line_count() ? file.Line(line) : std::string_view();
}

}  // namespace fcc::scenario
