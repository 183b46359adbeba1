// SPDX-License-Identifier: Apache-2.0

#include "cli/commands/render_template.h"

#include <deque>
#include <map>
#include <set>

#include "compiler/fts/compile_fts.h"
#include "runtime/app/fts_host.h"
#include "runtime/script/heap.h"
#include "runtime/template/program.h"
#include "runtime/template/render_tree.h"

namespace fcc::commands {

// Long enough for any module, short enough for one that never ends.
static constexpr double kScriptTimeMs = 5000;

namespace {

// Files below a root, each read once.
class RootedFiles : public fts::ModuleFiles {
 public:
  RootedFiles(base::FileSystem& fs, std::string_view root,
              source::SourceSet& sources)
      : fs_(fs), root_(root), sources_(sources) {}

  bool Exists(std::string_view path) override {
    return fs_.IsFile(base::JoinPath(root_, path));
  }

  base::Result<const source::SourceFile*> Read(std::string_view path) {
    auto found = files_.find(path);
    if (found != files_.end()) {
      return found->second;
    }
    FCC_TRY_ASSIGN(std::string text, fs_.ReadFile(base::JoinPath(root_, path),
                                                  source::kMaxSourceBytes));
    const source::SourceFile* file =
        &sources_.Add(std::string(path), std::move(text));
    files_.emplace(path, file);
    return file;
  }

  const source::SourceFile* Find(std::string_view path) override {
    base::Result<const source::SourceFile*> file = Read(path);
    return file ? *file : nullptr;
  }

 private:
  base::FileSystem& fs_;
  std::string root_;
  source::SourceSet& sources_;
  std::map<std::string, const source::SourceFile*, std::less<>> files_;
};

}  // namespace

base::Result<CompiledTemplate> CompileTemplate(base::FileSystem& fs,
                                               std::string_view root,
                                               std::string_view entry,
                                               const fxml::FxmlOptions& options,
                                               source::SourceSet& sources,
                                               diagnostics::Sink& sink) {
  RootedFiles files(fs, root, sources);
  CompiledTemplate compiled;
  std::deque<std::string> waiting = {std::string(entry)};
  std::set<std::string, std::less<>> known = {std::string(entry)};
  while (!waiting.empty()) {
    std::string path = std::move(waiting.front());
    waiting.pop_front();
    FCC_TRY_ASSIGN(const source::SourceFile* file, files.Read(path));
    compiled.units.push_back(fxml::CompileFxml(*file, options, sink));
    const fxml::Unit& unit = compiled.units.back();
    for (const auto* references : {&unit.imports, &unit.includes}) {
      for (const fxml::Reference& reference : *references) {
        std::string target = fxml::ResolveTemplatePath(
            path, reference.src, [&](std::string_view candidate) {
              return files.Exists(candidate);
            });
        if (!target.empty() && known.insert(target).second) {
          waiting.push_back(std::move(target));
        }
      }
    }
  }
  std::vector<const fxml::Unit*> units;
  for (const fxml::Unit& unit : compiled.units) {
    units.push_back(&unit);
  }
  compiled.modules = fts::CompileModules(units, sources, files, false, sink);
  compiled.program = fxml::LinkTemplates(units, compiled.modules, sink);
  return compiled;
}

base::Result<TemplateTree> RenderTemplate(const CompiledTemplate& compiled,
                                          std::string_view entry,
                                          const value::Value& data) {
  FCC_TRY_ASSIGN(std::unique_ptr<const tmpl::Program> program,
                 tmpl::Program::Load(compiled.program));
  app::FtsHostOptions options;
  options.heap_id = 1;
  options.time_limit_ms = kScriptTimeMs;
  app::FtsHost scripts(*program, options);
  tmpl::RenderedTree tree =
      tmpl::RenderTree(*program, program->FindUnit(entry), data, &scripts);
  return TemplateTree{std::move(tree.nodes), std::move(tree.problems)};
}

base::Result<value::Value> EvaluateData(std::string_view expression) {
  script::HeapOptions options;
  options.time_limit_ms = kScriptTimeMs;
  std::unique_ptr<script::Heap> heap = script::Heap::Create(options);
  auto refuse = [](const script::Exception& exception) {
    return base::Error{base::ErrorKind::kCorrupt,
                       "the data is no expression: " + exception.message};
  };
  script::Result<script::Handle> result =
      heap->Evaluate("(" + std::string(expression) + "\n)", "data");
  if (!result) {
    return refuse(result.error());
  }
  script::Result<value::Value> value = heap->ToValue(*result);
  if (!value) {
    return refuse(value.error());
  }
  return *value;
}

}  // namespace fcc::commands
