// SPDX-License-Identifier: Apache-2.0

#include "compiler/ftss/preprocess.h"

#include <algorithm>
#include <map>

#include "compiler/ftss/style_compilers.h"
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
  Preprocessor(const PreprocessOptions& options, base::FileSystem& files,
               ToolRunner& tools)
      : options_(options), files_(files), tools_(tools) {}

  void Run(std::span<StyleJob> jobs);

 private:
  void RunLibsass(StyleJob& job);
  void RunNode(StyleTool tool, std::span<StyleJob* const> jobs);
  void RunPackage(StyleTool tool, const std::string& package,
                  std::span<StyleJob* const> jobs);
  base::Result<ToolRunner::Output> RunTool(ToolRunner::Request request,
                                           size_t sheets);
  void ReportToolFailure(const StyleJob& job, std::string_view program,
                         const base::Error& error);
  void ReportError(const StyleJob& job, const ToolError& error);
  void ReadAnswer(StyleJob& job, const base::JsonNode& answer);
  std::string PathOf(const StyleJob& job) const {
    return base::JoinPath(options_.project_dir, job.file->path());
  }
  std::string ProjectPath(std::string_view absolute) const;

  const PreprocessOptions& options_;
  base::FileSystem& files_;
  ToolRunner& tools_;
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

bool MayReadOtherFiles(std::string_view less) {
  for (std::string_view word : {"@plugin", "data-uri(", "image-size(",
                                "image-width(", "image-height("}) {
    if (less.find(word) != std::string_view::npos) {
      return true;
    }
  }
  // Code in backquotes may do anything.
  return less.find('`') != std::string_view::npos;
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

StyleTool StyleToolOf(const source::SourceFile& file) {
  if (StyleLanguageOf(file.path()) == StyleLanguage::kLess) {
    return StyleTool::kLess;
  }
  return UsesSassModules(file.text()) ? StyleTool::kSass : StyleTool::kLibsass;
}

static std::string_view NameOf(StyleTool tool) {
  switch (tool) {
    case StyleTool::kLibsass:
      return "fcc-sass";
    case StyleTool::kSass:
      return "sass";
    case StyleTool::kLess:
      return "less";
  }
  FCC_CHECK(false);
}

std::string FindStylePackage(base::FileSystem& files, StyleTool tool,
                             std::string_view absolute_path) {
  if (tool == StyleTool::kLibsass) {
    return "";
  }
  std::string directory(base::DirectoryOf(absolute_path));
  while (true) {
    const std::string candidate =
        base::JoinPath(directory, "node_modules/" + std::string(NameOf(tool)));
    if (files.IsFile(candidate + "/package.json")) {
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

void Preprocessor::ReportError(const StyleJob& job, const ToolError& error) {
  const source::SourceFile& file = *job.file;
  const std::string path =
      error.path.empty()
          ? file.path()
          : ProjectPath(base::JoinPath(options_.project_dir, error.path));
  if (path == file.path() && error.line > 0 &&
      error.line <= file.line_count()) {
    base::Span span = file.LineSpan(error.line);
    const uint32_t column = error.column > 0 ? error.column - 1 : 0;
    span.begin = std::min(span.begin + column, span.end);
    job.sink->Report(Kind::kStylePreprocess, {file.id(), span}, error.message);
    return;
  }
  // The place is in a file that was never loaded: say it in words.
  auto report = job.sink->Report(Kind::kStylePreprocess, {file.id(), {0, 0}},
                                 error.message);
  if (path != file.path()) {
    report.Note(
        {base::format("in {}:{}:{}", path, error.line, error.column),
         base::format("位于 {}:{}:{}", path, error.line, error.column)});
  }
}

void Preprocessor::ReportToolFailure(const StyleJob& job,
                                     std::string_view program,
                                     const base::Error& error) {
  const source::Location start = {job.file->id(), {0, 0}};
  if (error.kind == base::ErrorKind::kTimeout) {
    job.sink->Report(Kind::kStylePreprocessTimeout, start, std::string(program),
                     options_.timeout_ms);
  } else {
    job.sink->Report(Kind::kStylePreprocessorMissing, start,
                     std::string(program), error.message);
  }
}

base::Result<ToolRunner::Output> Preprocessor::RunTool(
    ToolRunner::Request request, size_t sheets) {
  // A call for many sheets may take longer than one for one; what is too long
  // for one is found by trying each alone.
  static constexpr int kMillisecondsPerFurtherSheet = 500;
  request.timeout_ms = options_.timeout_ms + static_cast<int>(sheets - 1) *
                                                 kMillisecondsPerFurtherSheet;
  return tools_.Run(request);
}

static ToolError ReadError(const base::JsonNode& error) {
  const auto text = [&error](std::string_view key) -> std::string {
    const base::JsonNode* node = error.Find(key);
    return node == nullptr ? "" : std::string(node->StringOr(""));
  };
  const auto number = [&error](std::string_view key) {
    const base::JsonNode* node = error.Find(key);
    return node == nullptr || !node->IsNumber() || node->number < 0 ||
                   node->number > 1e9
               ? 0u
               : static_cast<uint32_t>(node->number);
  };
  return {text("message"), text("path"), number("line"), number("column")};
}

// fcc-sass and the program of style_compilers.h answer alike:
//   {"css": …, "map": …, "files": […]}
//   {"error": {"message": …, "path": …, "line": n, "column": n}}
void Preprocessor::ReadAnswer(StyleJob& job, const base::JsonNode& answer) {
  if (const base::JsonNode* error = answer.Find("error")) {
    ReportError(job, ReadError(*error));
    return;
  }
  const base::JsonNode* css = answer.Find("css");
  if (css == nullptr || !css->IsString()) {
    ReportError(job, {"the compiler gave no sheet", "", 0, 0});
    return;
  }
  job.result.css = css->string;
  if (const base::JsonNode* map = answer.Find("map")) {
    job.result.map = map->StringOr("");
  }
  if (const base::JsonNode* read = answer.Find("files")) {
    for (const base::JsonNode* one : read->items) {
      const std::string path = ProjectPath(one->StringOr(""));
      if (path != job.file->path()) {
        job.result.files.push_back(path);
      }
    }
  }
  job.result.ok = true;
}

void Preprocessor::RunLibsass(StyleJob& job) {
  ToolRunner::Request request;
  request.program = NameOf(StyleTool::kLibsass);
  request.arguments = {"--path", PathOf(job), "--root",
                       base::NormalizePath(options_.project_dir)};
  if (StyleLanguageOf(job.file->path()) == StyleLanguage::kSass) {
    request.arguments.push_back("--indented");
  }
  request.input = job.file->text();
  const auto output = RunTool(std::move(request), 1);
  if (!output) {
    ReportToolFailure(job, NameOf(StyleTool::kLibsass), output.error());
    return;
  }
  const base::JsonDocument answer = base::ParseJson(output->out);
  if (answer.root->IsObject()) {
    ReadAnswer(job, *answer.root);
    // Plain sheets were not read, only named.
    std::erase_if(job.result.files, [](const std::string& path) {
      return StyleLanguageOf(path) == StyleLanguage::kCss;
    });
  } else {
    ReportError(job,
                {base::format("fcc-sass ended with code {}", output->exit_code),
                 "", 0, 0});
  }
}

// Each sheet by the package that its own folder sees.
void Preprocessor::RunNode(StyleTool tool, std::span<StyleJob* const> jobs) {
  std::map<std::string, std::vector<StyleJob*>> by_package;
  for (StyleJob* job : jobs) {
    by_package[FindStylePackage(files_, tool, PathOf(*job))].push_back(job);
  }
  for (const auto& [package, sheets] : by_package) {
    if (!package.empty()) {
      RunPackage(tool, package, sheets);
      continue;
    }
    for (StyleJob* job : sheets) {
      job->sink->Report(tool == StyleTool::kSass ? Kind::kStyleSassModules
                                                 : Kind::kStyleLessMissing,
                        {job->file->id(), {0, 0}});
    }
  }
}

static std::string LastLine(std::string_view text) {
  text = text.substr(0, text.find_last_not_of('\n') + 1);
  return std::string(text.substr(text.rfind('\n') + 1));
}

void Preprocessor::RunPackage(StyleTool tool, const std::string& package,
                              std::span<StyleJob* const> jobs) {
  std::string input = R"({"tool":)";
  base::AppendJsonString(input, NameOf(tool));
  input += R"(,"sheets":[)";
  for (const StyleJob* job : jobs) {
    input += job == jobs.front() ? "" : ",";
    base::AppendJsonString(input, PathOf(*job));
  }
  input += R"(],"paths":[)";
  base::AppendJsonString(input,
                         base::JoinPath(options_.project_dir, "node_modules"));
  input += "]}";
  ToolRunner::Request request;
  request.program = "node";
  request.arguments = {"-e", std::string(kStyleCompilersProgram), package};
  request.input = std::move(input);
  const auto output = RunTool(std::move(request), jobs.size());
  const base::JsonDocument answers =
      base::ParseJson(output ? LastLine(output->out) : "");
  if (answers.root->IsArray() && answers.root->items.size() == jobs.size()) {
    for (size_t i = 0; i < jobs.size(); ++i) {
      ReadAnswer(*jobs[i], *answers.root->items[i]);
    }
    return;
  }
  // One of them may have stopped the process.
  if (jobs.size() > 1 &&
      (output || output.error().kind == base::ErrorKind::kTimeout)) {
    for (StyleJob* job : jobs) {
      RunPackage(tool, package, {&job, 1});
    }
    return;
  }
  for (const StyleJob* job : jobs) {
    if (!output) {
      ReportToolFailure(*job, "node", output.error());
      continue;
    }
    const std::string_view said = output->err;
    ReportError(*job, {base::format("`{}` ended with code {}: {}", package,
                                    output->exit_code,
                                    said.substr(0, said.find("\n    at "))),
                       "", 0, 0});
  }
}

void Preprocessor::Run(std::span<StyleJob> jobs) {
  std::vector<StyleJob*> sass;
  std::vector<StyleJob*> less;
  for (StyleJob& job : jobs) {
    switch (StyleToolOf(*job.file)) {
      case StyleTool::kLess:
        less.push_back(&job);
        break;
      case StyleTool::kSass:
        sass.push_back(&job);
        break;
      case StyleTool::kLibsass:
        RunLibsass(job);
        // A partial of it may be of the module system, which libsass lets
        // through.
        if (job.result.ok && UsesSassModules(job.result.css)) {
          job.result = {};
          sass.push_back(&job);
        }
        break;
    }
  }
  RunNode(StyleTool::kSass, sass);
  RunNode(StyleTool::kLess, less);
}

void Preprocess(std::span<StyleJob> jobs, const PreprocessOptions& options,
                base::FileSystem& files, ToolRunner& tools) {
  Preprocessor(options, files, tools).Run(jobs);
}

}  // namespace fcc::ftss
