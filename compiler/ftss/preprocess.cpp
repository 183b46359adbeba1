// SPDX-License-Identifier: Apache-2.0

#include "compiler/ftss/preprocess.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "runtime/base/format.h"
#include "runtime/base/json.h"
#include "runtime/style/tokenizer.h"

namespace fcc::ftss {

using diagnostics::Kind;

namespace {

// What a compiler said of a sheet.
struct ToolError {
  std::string message;
  // Empty: the sheet itself.
  std::string path;
  // From 1; 0 when it did not say.
  uint32_t line = 0;
  uint32_t column = 0;
};

class Preprocessor {
 public:
  Preprocessor(const source::SourceFile& file, const PreprocessOptions& options,
               base::FileSystem& files, ToolRunner& tools,
               diagnostics::Sink& sink)
      : file_(file),
        options_(options),
        files_(files),
        tools_(tools),
        sink_(sink),
        path_(base::JoinPath(options.project_dir, file.path())) {}

  Preprocessed Run();

 private:
  Preprocessed RunLibsass();
  Preprocessed RunNode(std::string_view package, std::string_view script,
                       std::vector<std::string> arguments);
  std::optional<ToolRunner::Output> RunTool(ToolRunner::Request request);
  void ReportError(const ToolError& error);
  std::string FindPackageFile(std::string_view file) const;
  std::string ProjectPath(std::string_view absolute) const;
  source::Location Start() const { return {file_.id(), {0, 0}}; }

  const source::SourceFile& file_;
  const PreprocessOptions& options_;
  base::FileSystem& files_;
  ToolRunner& tools_;
  diagnostics::Sink& sink_;
  const std::string path_;
};

}  // namespace

StyleLanguage StyleLanguageOf(std::string_view path) {
  const std::string_view extension = base::ExtensionOf(path);
  if (extension == ".scss") {
    return StyleLanguage::kScss;
  }
  if (extension == ".sass") {
    return StyleLanguage::kSass;
  }
  if (extension == ".less") {
    return StyleLanguage::kLess;
  }
  return StyleLanguage::kCss;
}

bool UsesSassModules(std::string_view text) {
  style::Tokenizer tokens(text);
  while (true) {
    const style::Token token = tokens.Next();
    if (token.kind == style::TokenKind::kEnd) {
      return false;
    }
    if (token.kind == style::TokenKind::kAtKeyword) {
      const std::string_view name = style::InnerText(token, text);
      if (name == "use" || name == "forward") {
        return true;
      }
    }
  }
}

// `file` below the nearest node_modules that has it; empty when none does.
std::string Preprocessor::FindPackageFile(std::string_view file) const {
  std::string directory(base::DirectoryOf(path_));
  while (true) {
    const std::string candidate =
        base::JoinPath(directory, "node_modules/" + std::string(file));
    if (files_.IsFile(candidate)) {
      return candidate;
    }
    const std::string up(base::DirectoryOf(directory));
    if (up == directory || up.empty()) {
      return "";
    }
    directory = up;
  }
}

std::string Preprocessor::ProjectPath(std::string_view absolute) const {
  const std::string root = base::NormalizePath(options_.project_dir) + "/";
  const std::string path = base::NormalizePath(absolute);
  return path.starts_with(root) ? path.substr(root.size()) : path;
}

void Preprocessor::ReportError(const ToolError& error) {
  const std::string path =
      error.path.empty()
          ? file_.path()
          : ProjectPath(base::JoinPath(options_.project_dir, error.path));
  if (path == file_.path() && error.line > 0 &&
      error.line <= file_.line_count()) {
    base::Span span = file_.LineSpan(error.line);
    const uint32_t column = error.column > 0 ? error.column - 1 : 0;
    span.begin = std::min(span.begin + column, span.end);
    sink_.Report(Kind::kStylePreprocess, {file_.id(), span}, error.message);
    return;
  }
  // The place is in a file that was never loaded: say it in words.
  auto report = sink_.Report(Kind::kStylePreprocess, Start(), error.message);
  if (path != file_.path()) {
    report.Note(base::format("in {}:{}:{}", path, error.line, error.column));
  }
}

std::optional<ToolRunner::Output> Preprocessor::RunTool(
    ToolRunner::Request request) {
  request.timeout_ms = options_.timeout_ms;
  const std::string program = request.program;
  auto output = tools_.Run(request);
  if (output) {
    return *std::move(output);
  }
  if (output.error().kind == base::ErrorKind::kTimeout) {
    sink_.Report(Kind::kStylePreprocessTimeout, Start(), program,
                 options_.timeout_ms);
  } else {
    sink_.Report(Kind::kStylePreprocessorMissing, Start(), program,
                 output.error().message);
  }
  return std::nullopt;
}

// fcc-sass answers with one JSON object:
//   {"css": …, "map": …, "files": […]}
//   {"error": {"message": …, "path": …, "line": n, "column": n}}
Preprocessed Preprocessor::RunLibsass() {
  ToolRunner::Request request;
  request.program = "fcc-sass";
  request.arguments = {"--path", path_, "--root",
                       base::NormalizePath(options_.project_dir)};
  if (StyleLanguageOf(file_.path()) == StyleLanguage::kSass) {
    request.arguments.push_back("--indented");
  }
  request.input = file_.text();
  Preprocessed result;
  const auto output = RunTool(std::move(request));
  if (!output) {
    return result;
  }
  const base::JsonDocument answer = base::ParseJson(output->out);
  const base::JsonNode* css = answer.root->Find("css");
  if (const base::JsonNode* error = answer.root->Find("error")) {
    ToolError said;
    const auto text = [error](std::string_view key) -> std::string {
      const base::JsonNode* node = error->Find(key);
      return node == nullptr ? "" : std::string(node->StringOr(""));
    };
    const auto number = [error](std::string_view key) {
      const base::JsonNode* node = error->Find(key);
      return node == nullptr || !node->IsNumber() || node->number < 0
                 ? 0u
                 : static_cast<uint32_t>(node->number);
    };
    said.message = text("message");
    said.path = text("path");
    said.line = number("line");
    said.column = number("column");
    ReportError(said);
    return result;
  }
  if (css == nullptr || !css->IsString()) {
    sink_.Report(
        Kind::kStylePreprocess, Start(),
        base::format("fcc-sass ended with code {}", output->exit_code));
    return result;
  }
  result.css = css->string;
  if (const base::JsonNode* map = answer.root->Find("map")) {
    result.map = map->StringOr("");
  }
  if (const base::JsonNode* read = answer.root->Find("files")) {
    for (const base::JsonNode* one : read->items) {
      const std::string path = ProjectPath(one->StringOr(""));
      // Plain sheets were not read, only named.
      if (path != file_.path() &&
          StyleLanguageOf(path) != StyleLanguage::kCss) {
        result.files.push_back(path);
      }
    }
  }
  result.ok = true;
  return result;
}

static uint32_t NumberAt(std::string_view text, size_t at) {
  uint32_t number = 0;
  if (at < text.size()) {
    std::from_chars(text.data() + at, text.data() + text.size(), number);
  }
  return number;
}

// sass: `Error: message`, a picture, then `  path 3:5  root stylesheet`.
// less: `ParseError: message in path on line 3, column 5:`.
static ToolError ReadNodeError(std::string_view text) {
  ToolError error;
  const size_t first_line = std::min(text.find('\n'), text.size());
  error.message = text.substr(0, first_line);
  const size_t less_line = text.find(" on line ");
  if (less_line != std::string_view::npos) {
    const size_t in = text.rfind(" in ", less_line);
    if (in != std::string_view::npos) {
      error.path = text.substr(in + 4, less_line - in - 4);
      error.message = text.substr(0, in);
    }
    error.line = NumberAt(text, less_line + 9);
    const size_t column = text.find("column ", less_line);
    if (column != std::string_view::npos) {
      error.column = NumberAt(text, column + 7);
    }
    return error;
  }
  if (error.message.starts_with("Error: ")) {
    error.message.erase(0, 7);
  }
  size_t begin = first_line;
  while (begin < text.size()) {
    const size_t end = std::min(text.find('\n', begin + 1), text.size());
    std::string_view line = text.substr(begin + 1, end - begin - 1);
    begin = end;
    const size_t word = line.find_first_not_of(' ');
    const size_t colon = line.find(':');
    if (word == std::string_view::npos || colon == std::string_view::npos) {
      continue;
    }
    const size_t blank = line.rfind(' ', colon);
    if (blank == std::string_view::npos || blank < word) {
      continue;
    }
    error.line = NumberAt(line, blank + 1);
    error.column = NumberAt(line, colon + 1);
    if (error.line != 0 && error.column != 0) {
      error.path = line.substr(word, blank - word);
      break;
    }
  }
  return error;
}

Preprocessed Preprocessor::RunNode(std::string_view package,
                                   std::string_view script,
                                   std::vector<std::string> arguments) {
  Preprocessed result;
  const std::string path =
      FindPackageFile(std::string(package) + "/" + std::string(script));
  if (path.empty()) {
    const Kind kind =
        package == "sass" ? Kind::kStyleSassModules : Kind::kStyleLessMissing;
    sink_.Report(kind, Start());
    return result;
  }
  ToolRunner::Request request;
  request.program = "node";
  request.arguments = {path};
  request.arguments.insert(request.arguments.end(), arguments.begin(),
                           arguments.end());
  request.arguments.push_back(path_);
  const auto output = RunTool(std::move(request));
  if (!output) {
    return result;
  }
  if (output->exit_code != 0) {
    ReportError(ReadNodeError(output->err));
    return result;
  }
  result.css = output->out;
  result.ok = true;
  return result;
}

Preprocessed Preprocessor::Run() {
  const auto run_sass = [this] {
    return RunNode("sass", "sass.js",
                   {"--no-color", "--no-source-map", "--no-charset",
                    "--load-path=" +
                        base::JoinPath(options_.project_dir, "node_modules")});
  };
  switch (StyleLanguageOf(file_.path())) {
    case StyleLanguage::kCss:
      return {true, std::string(file_.text()), "", {}};
    case StyleLanguage::kLess:
      return RunNode("less", "bin/lessc", {"--no-color", "--js"});
    case StyleLanguage::kScss:
    case StyleLanguage::kSass:
      break;
  }
  if (UsesSassModules(file_.text())) {
    return run_sass();
  }
  Preprocessed result = RunLibsass();
  // A partial of it may be of the module system, which libsass lets through.
  if (result.ok && UsesSassModules(result.css)) {
    return run_sass();
  }
  return result;
}

Preprocessed Preprocess(const source::SourceFile& file,
                        const PreprocessOptions& options,
                        base::FileSystem& files, ToolRunner& tools,
                        diagnostics::Sink& sink) {
  return Preprocessor(file, options, files, tools, sink).Run();
}

}  // namespace fcc::ftss
