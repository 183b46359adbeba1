// SPDX-License-Identifier: Apache-2.0

#include "compiler/fts/compile_fts.h"

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "compiler/fts/keyword_names.h"
#include "compiler/fts/library.h"
#include "compiler/fts/restrict.h"
#include "compiler/fts/shown_functions.h"
#include "compiler/js/ast.h"
#include "compiler/js/js.h"
#include "compiler/js/lower/lower.h"
#include "compiler/js/print.h"
#include "compiler/js/rename.h"
#include "compiler/js/scope.h"

namespace fcc::fts {

// `file` as JavaScript can read it, where it cannot as it is. Its places are
// the same.
static std::optional<source::SourceFile> Readable(
    const source::SourceFile& file, base::Span part) {
  if (part.empty()) {
    part = {0, static_cast<uint32_t>(file.text().size())};
  }
  const std::string code = WithoutKeywordNames(part.In(file.text()));
  if (code.empty()) {
    return std::nullopt;
  }
  std::string text(file.text());
  text.replace(part.begin, part.size(), code);
  return source::SourceFile(file.id(), file.path(), std::move(text));
}

FtsModule CompileFts(const source::SourceFile& written,
                     const FtsOptions& options, diagnostics::Sink& sink) {
  const std::optional<source::SourceFile> readable =
      Readable(written, options.part);
  const source::SourceFile& file = readable ? *readable : written;
  FtsModule module;
  const size_t errors = sink.CountOf(diagnostics::Severity::kError);
  const auto failed = [&] {
    return sink.CountOf(diagnostics::Severity::kError) != errors;
  };
  js::ParseOptions parse;
  parse.dialect = js::Dialect::kJavaScript;
  parse.goal = js::Goal::kCommonJs;
  parse.part = options.part;
  const std::unique_ptr<js::Ast> ast = js::Parse(file, parse, sink);
  if (failed()) {
    return module;
  }
  js::Scopes scopes = js::BindScopes(*ast, sink);
  const auto resolve = [&](std::string_view request) {
    return fxml::ResolveModulePath(file.path(), request, [&](auto path) {
      return options.exists && options.exists(path);
    });
  };
  Restricted restricted = RestrictToFts(*ast, resolve, options.shown, sink);
  module.requires_paths = restricted.requires_paths;
  if (failed()) {
    return module;
  }
  js::LowerOptions lower;
  lower.modules = js::ModuleKind::kKeep;
  js::Lower(*ast, scopes, lower, sink);
  if (failed()) {
    return module;
  }
  js::Rename(*ast, {options.minify});
  js::PrintOptions print;
  print.compact = options.minify;
  module.code = LibraryOf(restricted) + js::Print(*ast, print).code;
  module.ok = true;
  return module;
}

namespace {

class ModuleCompiler {
 public:
  ModuleCompiler(ModuleFiles& files, bool minify, diagnostics::Sink& sink)
      : files_(files), sink_(sink) {
    options_.minify = minify;
    options_.exists = [this](std::string_view path) {
      return files_.Exists(path);
    };
  }

  // What units show of modules, known before the first is compiled.
  void Show(const fxml::Unit& unit) { AddShownMembers(unit, options_.shown); }
  void Add(const fxml::Unit& unit, const source::SourceSet& sources);
  // Compiles what was asked for until nothing new is.
  void Run();
  std::vector<fxml::ModuleSource> Take();

 private:
  void Ask(const std::string& path) {
    if (asked_.insert(path).second) {
      waiting_.push_back(path);
    }
  }
  void Keep(std::string path, FtsModule module);

  ModuleFiles& files_;
  diagnostics::Sink& sink_;
  FtsOptions options_;
  std::set<std::string> asked_;
  std::deque<std::string> waiting_;
  std::map<std::string, std::string> codes_;
};

}  // namespace

void ModuleCompiler::Keep(std::string path, FtsModule module) {
  for (const std::string& required : module.requires_paths) {
    Ask(required);
  }
  codes_[std::move(path)] = std::move(module.code);
}

void ModuleCompiler::Add(const fxml::Unit& unit,
                         const source::SourceSet& sources) {
  // The last one of a name is the one that counts.
  std::map<std::string_view, const fxml::ModuleDeclaration*> inline_modules;
  for (const fxml::ModuleDeclaration& declaration : unit.modules) {
    if (declaration.is_inline()) {
      inline_modules[declaration.name] = &declaration;
      continue;
    }
    const std::string path = fxml::ResolveModulePath(
        unit.path, declaration.src.src, options_.exists);
    if (!path.empty()) {
      Ask(path);
    }
  }
  for (const auto& [name, declaration] : inline_modules) {
    FtsModule module;
    if (declaration->body.empty()) {
    } else {
      FtsOptions options = options_;
      options.part = declaration->body;
      module = CompileFts(sources.Get(unit.file), options, sink_);
    }
    Keep(fxml::InlineModulePath(unit.path, name), std::move(module));
  }
}

void ModuleCompiler::Run() {
  while (!waiting_.empty()) {
    const std::string path = std::move(waiting_.front());
    waiting_.pop_front();
    if (const source::SourceFile* file = files_.Find(path)) {
      Keep(path, CompileFts(*file, options_, sink_));
    }
  }
}

std::vector<fxml::ModuleSource> ModuleCompiler::Take() {
  std::vector<fxml::ModuleSource> out;
  for (auto& [path, code] : codes_) {
    out.push_back({path, std::move(code)});
  }
  return out;
}

std::vector<fxml::ModuleSource> CompileModules(
    std::span<const fxml::Unit* const> units, const source::SourceSet& sources,
    ModuleFiles& files, bool minify, diagnostics::Sink& sink) {
  ModuleCompiler compiler(files, minify, sink);
  for (const fxml::Unit* unit : units) {
    compiler.Show(*unit);
  }
  for (const fxml::Unit* unit : units) {
    compiler.Add(*unit, sources);
  }
  compiler.Run();
  return compiler.Take();
}

}  // namespace fcc::fts
