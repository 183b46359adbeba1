// SPDX-License-Identifier: Apache-2.0

#include "compiler/ftss/compile_ftss.h"

#include <utility>

#include "runtime/style/instantiate_css.h"
#include "runtime/style/style_program.h"
#include "runtime/style/tokenizer.h"

namespace fcc::ftss {

const StyleSheet& SheetSet::Add(const source::SourceFile& file,
                                diagnostics::Sink& sink) {
  auto sheet = std::make_unique<StyleSheet>(ParseFtss(file, sink));
  return *(sheets_[file.path()] = std::move(sheet));
}

const StyleSheet* SheetSet::Find(std::string_view path) {
  const auto at = sheets_.find(path);
  return at == sheets_.end() ? nullptr : at->second.get();
}

namespace {

// Parses what is asked for and nothing else.
class LazySheets : public SheetLookup {
 public:
  LazySheets(const std::map<std::string, std::string>& files,
             source::SourceSet& sources, diagnostics::Sink& sink)
      : files_(files), sources_(sources), sink_(sink) {}

  const StyleSheet* Find(std::string_view path) override {
    if (const StyleSheet* known = sheets_.Find(path)) {
      return known;
    }
    const auto file = files_.find(std::string(path));
    if (file == files_.end()) {
      return nullptr;
    }
    return &sheets_.Add(sources_.Add(file->first, file->second), sink_);
  }

 private:
  const std::map<std::string, std::string>& files_;
  source::SourceSet& sources_;
  diagnostics::Sink& sink_;
  SheetSet sheets_;
};

}  // namespace

InstantiatedCss CompileAndInstantiate(
    const std::map<std::string, std::string>& files, std::string_view entry,
    double device_width, std::string_view class_prefix,
    source::SourceSet& sources, diagnostics::Sink& sink) {
  LazySheets sheets(files, sources, sink);
  const StyleSheet* sheet = sheets.Find(entry);
  if (sheet == nullptr) {
    sink.Report(diagnostics::Kind::kFileUnreadable, {},
                std::string(entry) + " is not there")
        .Path(std::string(entry));
    return {};
  }
  const SheetGraph graph = ResolveImports(*sheet, sheets, sink);
  if (sink.has_errors()) {
    return {};
  }
  StyleProgramWriter writer;
  writer.Add(graph);
  const base::Result<style::StyleProgram> program =
      style::StyleProgram::Load(writer.Finish());
  // What we wrote ourselves, we can read.
  FCC_CHECK(program.ok());
  style::InstantiateOptions options;
  options.device_width = device_width;
  options.class_prefix = class_prefix;
  return {style::InstantiateCss(*program, sheet->file->path(), options), true};
}

static std::vector<std::string_view> ComparableTokens(std::string_view css) {
  std::vector<std::string_view> out;
  style::Tokenizer tokens(css);
  while (true) {
    const style::Token token = tokens.Next();
    const bool ends = token.kind == style::TokenKind::kEnd ||
                      token.kind == style::TokenKind::kRightBrace;
    if (ends && !out.empty() && out.back() == ";") {
      out.pop_back();
    }
    if (token.kind == style::TokenKind::kEnd) {
      return out;
    }
    if (token.kind != style::TokenKind::kWhitespace &&
        token.kind != style::TokenKind::kComment) {
      out.push_back(token.span.In(css));
    }
  }
}

bool SameCssTokens(std::string_view a, std::string_view b) {
  return ComparableTokens(a) == ComparableTokens(b);
}

}  // namespace fcc::ftss
