// SPDX-License-Identifier: Apache-2.0

#include "simulator/scenario/report.h"

#include <string_view>

#include "runtime/base/counted.h"
#include "runtime/base/format.h"
#include "runtime/base/json.h"

namespace fcc::scenario {

namespace {

class Painter {
 public:
  explicit Painter(bool colour) : colour_(colour) {}
  std::string Red(std::string_view text) const { return Paint("31", text); }
  std::string Green(std::string_view text) const { return Paint("32", text); }
  std::string Yellow(std::string_view text) const { return Paint("33", text); }
  std::string Dim(std::string_view text) const { return Paint("2", text); }
  std::string Bold(std::string_view text) const { return Paint("1", text); }

 private:
  std::string Paint(std::string_view code, std::string_view text) const {
    return colour_ ? base::format("\x1b[{}m{}\x1b[0m", code, text)
                   : std::string(text);
  }
  bool colour_;
};

void AppendIndented(std::string& out, std::string_view text, size_t spaces) {
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    out.append(spaces, ' ');
    out += line;
    out += '\n';
    text = end == std::string_view::npos ? std::string_view()
                                         : text.substr(end + 1);
  }
}

std::string Xml(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
        out += "&#10;";
        break;
      default:
        // XML 1.0 has no control characters but tab and line ends.
        out += static_cast<unsigned char>(c) < 0x20 && c != '\t' ? ' ' : c;
    }
  }
  return out;
}

std::string Place(const Failure& failure) {
  if (failure.file.empty()) {
    return {};
  }
  return failure.line == 0 ? failure.file
                           : base::format("{}:{}:{}", failure.file,
                                          failure.line, failure.column);
}

// Members of a JSON object, comma and all.
class JsonWriter {
 public:
  void Open(char bracket) {
    Comma();
    out += bracket;
    first_ = true;
  }
  void Close(char bracket) {
    out += bracket;
    first_ = false;
  }
  void Key(std::string_view name) {
    Comma();
    base::AppendJsonString(out, name);
    out += ':';
    first_ = true;
  }
  void Text(std::string_view text) {
    Comma();
    base::AppendJsonString(out, text);
  }
  void Number(double number) {
    Comma();
    base::AppendJsonNumber(out, number);
  }
  void Bool(bool value) {
    Comma();
    out += value ? "true" : "false";
  }
  std::string out;

 private:
  void Comma() {
    if (!first_) {
      out += ',';
    }
    first_ = false;
  }
  bool first_ = true;
};

double Rounded(double ms) {
  return static_cast<double>(static_cast<int64_t>(ms * 100 + 0.5)) / 100;
}

void WriteFailure(JsonWriter& json, const Failure& failure) {
  json.Open('{');
  json.Key("message");
  json.Text(failure.message);
  json.Key("file");
  json.Text(failure.file);
  json.Key("line");
  json.Number(failure.line);
  json.Key("column");
  json.Number(failure.column);
  json.Key("stack");
  json.Text(failure.stack);
  json.Key("view");
  json.Text(failure.view);
  json.Key("setData");
  json.Open('[');
  for (const std::string& call : failure.set_data) {
    json.Text(call);
  }
  json.Close(']');
  json.Close('}');
}

std::string_view StatusName(TestStatus status) {
  switch (status) {
    case TestStatus::kPassed:
      return "passed";
    case TestStatus::kFailed:
      return "failed";
    case TestStatus::kSkipped:
      return "skipped";
  }
  return "";
}

}  // namespace

std::string RenderFile(const FileResult& file, const ReportOptions& options) {
  const Painter paint(options.colour);
  std::string out = paint.Bold(file.path) + "\n";
  std::vector<std::string> open;
  for (const TestResult& test : file.tests) {
    size_t shared = 0;
    while (shared < open.size() && shared < test.groups.size() &&
           open[shared] == test.groups[shared]) {
      ++shared;
    }
    for (size_t i = shared; i < test.groups.size(); ++i) {
      out.append(2 + i * 2, ' ');
      out += test.groups[i] + "\n";
    }
    open = test.groups;
    out.append(2 + open.size() * 2, ' ');
    switch (test.status) {
      case TestStatus::kPassed:
        out += paint.Green("✓");
        break;
      case TestStatus::kFailed:
        out += paint.Red("✗");
        break;
      case TestStatus::kSkipped:
        out += paint.Yellow("○");
        break;
    }
    out += " " + test.name;
    if (test.status != TestStatus::kSkipped) {
      out += paint.Dim(base::format(" ({:.1f} ms)", test.ms));
    }
    out += "\n";
    if (options.verbose || test.status == TestStatus::kFailed) {
      for (const std::string& log : test.logs) {
        AppendIndented(out, log, 6 + open.size() * 2);
      }
    }
  }
  return out;
}

static void RenderFailure(std::string& out, const Failure& failure,
                          const Painter& paint, bool chinese) {
  AppendIndented(out, failure.message, 4);
  if (const std::string place = Place(failure); !place.empty()) {
    out += "\n    " + paint.Dim(base::format("at {}", place)) + "\n";
    if (!failure.source_line.empty()) {
      out +=
          base::format("    {:>4} | {}\n", failure.line, failure.source_line);
      if (failure.column > 0) {
        out += "         | " + std::string(failure.column - 1, ' ') +
               paint.Red("^") + "\n";
      }
    }
  }
  if (!failure.set_data.empty()) {
    out += "\n    ";
    out += paint.Bold(chinese ? "最近的 setData：" : "last setData calls:");
    out += "\n";
    for (const std::string& call : failure.set_data) {
      AppendIndented(out, call, 6);
    }
  }
  if (!failure.view.empty()) {
    out += "\n    ";
    out += paint.Bold(chinese ? "当前页面：" : "the page:");
    out += "\n";
    AppendIndented(out, failure.view, 6);
  }
  out += "\n";
}

std::string RenderFailures(const RunResult& run, const ReportOptions& options) {
  const Painter paint(options.colour);
  std::string out;
  for (const FileResult& file : run.files) {
    for (const Failure& failure : file.failures) {
      out += paint.Red("✗ ") + paint.Bold(file.path) + "\n\n";
      RenderFailure(out, failure, paint, options.chinese);
    }
    for (const TestResult& test : file.tests) {
      for (const Failure& failure : test.failures) {
        out += paint.Red("✗ ") + paint.Bold(test.FullName()) + "\n\n";
        RenderFailure(out, failure, paint, options.chinese);
      }
    }
  }
  return out;
}

std::string RenderTotals(const RunResult& run, const ReportOptions& options) {
  const Painter paint(options.colour);
  const auto part = [&](TestStatus status, std::string_view en,
                        std::string_view zh) {
    return base::format("{} {}", run.Count(status), options.chinese ? zh : en);
  };
  std::string out = paint.Green(part(TestStatus::kPassed, "passed", "通过"));
  if (run.Count(TestStatus::kFailed) > 0) {
    out += ", " + paint.Red(part(TestStatus::kFailed, "failed", "失败"));
  }
  if (run.Count(TestStatus::kSkipped) > 0) {
    out += ", " + paint.Yellow(part(TestStatus::kSkipped, "skipped", "跳过"));
  }
  return out + base::format(" ({:.2f} s)\n", run.ms / 1000);
}

std::string RenderJunit(const RunResult& run) {
  size_t tests = 0;
  size_t failures = 0;
  std::string suites;
  for (const FileResult& file : run.files) {
    size_t failed = file.failures.empty() ? 0 : 1;
    size_t skipped = 0;
    std::string cases;
    if (!file.failures.empty()) {
      cases += base::format(
          "    <testcase classname=\"{0}\" name=\"{0}\" time=\"0\">\n"
          "      <error message=\"{1}\">{2}</error>\n    </testcase>\n",
          Xml(file.path), Xml(file.failures[0].message),
          Xml(file.failures[0].stack));
    }
    for (const TestResult& test : file.tests) {
      cases += base::format(
          "    <testcase classname=\"{}\" name=\"{}\" time=\"{:.3f}\"",
          Xml(file.path), Xml(test.FullName()), test.ms / 1000);
      if (test.status == TestStatus::kPassed) {
        cases += "/>\n";
        continue;
      }
      cases += ">\n";
      if (test.status == TestStatus::kSkipped) {
        cases += "      <skipped/>\n";
        ++skipped;
      } else {
        ++failed;
      }
      for (const Failure& failure : test.failures) {
        cases += base::format("      <failure message=\"{}\">{}</failure>\n",
                              Xml(failure.message),
                              Xml(base::format("{}\n{}\n\n{}", Place(failure),
                                               failure.stack, failure.view)));
      }
      cases += "    </testcase>\n";
    }
    const size_t count = file.tests.size() + (file.failures.empty() ? 0 : 1);
    suites += base::format(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" "
        "skipped=\"{}\" time=\"{:.3f}\">\n{}  </testsuite>\n",
        Xml(file.path), count, failed, skipped, file.ms / 1000, cases);
    tests += count;
    failures += failed;
  }
  return base::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "
      "tests=\"{}\" failures=\"{}\" time=\"{:.3f}\">\n{}</testsuites>\n",
      tests, failures, run.ms / 1000, suites);
}

std::string RenderJson(const RunResult& run) {
  JsonWriter json;
  json.Open('{');
  json.Key("files");
  json.Open('[');
  for (const FileResult& file : run.files) {
    json.Open('{');
    json.Key("path");
    json.Text(file.path);
    json.Key("ms");
    json.Number(Rounded(file.ms));
    json.Key("failures");
    json.Open('[');
    for (const Failure& failure : file.failures) {
      WriteFailure(json, failure);
    }
    json.Close(']');
    json.Key("tests");
    json.Open('[');
    for (const TestResult& test : file.tests) {
      json.Open('{');
      json.Key("name");
      json.Text(test.FullName());
      json.Key("status");
      json.Text(StatusName(test.status));
      json.Key("ms");
      json.Number(Rounded(test.ms));
      json.Key("assertions");
      json.Number(static_cast<double>(test.assertions));
      json.Key("failures");
      json.Open('[');
      for (const Failure& failure : test.failures) {
        WriteFailure(json, failure);
      }
      json.Close(']');
      json.Close('}');
    }
    json.Close(']');
    json.Close('}');
  }
  json.Close(']');
  json.Key("passed");
  json.Number(static_cast<double>(run.Count(TestStatus::kPassed)));
  json.Key("failed");
  json.Number(static_cast<double>(run.Count(TestStatus::kFailed)));
  json.Key("skipped");
  json.Number(static_cast<double>(run.Count(TestStatus::kSkipped)));
  json.Key("ms");
  json.Number(Rounded(run.ms));
  json.Close('}');
  return json.out + "\n";
}

std::string RenderTap(const RunResult& run) {
  std::string lines;
  size_t number = 0;
  const auto details = [&lines](const Failure& failure) {
    lines += "  ---\n  message: ";
    base::AppendJsonString(lines, failure.message);
    lines += "\n  at: ";
    base::AppendJsonString(lines, Place(failure));
    lines += "\n  ...\n";
  };
  for (const FileResult& file : run.files) {
    for (const Failure& failure : file.failures) {
      lines += base::format("not ok {} - {}\n", ++number, file.path);
      details(failure);
    }
    for (const TestResult& test : file.tests) {
      lines +=
          base::format("{} {} - {}{}\n",
                       test.status == TestStatus::kFailed ? "not ok" : "ok",
                       ++number, test.FullName(),
                       test.status == TestStatus::kSkipped ? " # SKIP" : "");
      for (const Failure& failure : test.failures) {
        details(failure);
      }
    }
  }
  return base::format("TAP version 13\n1..{}\n{}", number, lines);
}

std::string RenderSmoke(const SmokeResult& smoke,
                        const ReportOptions& options) {
  const Painter paint(options.colour);
  std::string out;
  for (const SmokePage& page : smoke.pages) {
    out += page.ok ? paint.Green("✓") : paint.Red("✗");
    out += base::format(
        " {}{}\n", page.path,
        paint.Dim(base::format(" ({}, {:.1f} ms)",
                               base::Counted(page.nodes, "node"), page.ms)));
    for (const SmokeError& error : page.errors) {
      AppendIndented(out,
                     error.count > 1
                         ? base::format("{} (× {})", error.message, error.count)
                         : error.message,
                     4);
      if (!error.file.empty()) {
        out += paint.Dim(base::format("      at {}:{}:{} ({})\n", error.file,
                                      error.line, error.column, error.where));
      } else if (!error.where.empty()) {
        out += paint.Dim(base::format("      in {}\n", error.where));
      }
    }
  }
  if (!smoke.missing_apis.empty()) {
    out += options.chinese ? "\n模拟器不支持的 API：\n"
                           : "\nAPIs this simulator does not have:\n";
    for (const auto& [name, count] : smoke.missing_apis) {
      out += base::format("  {} × {}\n", name, count);
    }
  }
  out +=
      "\n" + paint.Green(options.chinese
                             ? base::format("{} 个页面正常", smoke.passed)
                             : base::Counted(smoke.passed, "page") + " fine");
  if (smoke.failed > 0) {
    out += ", " + paint.Red(base::format(
                      "{} {}", smoke.failed,
                      options.chinese ? "个页面出错" : "with errors"));
  }
  return out + "\n";
}

std::string RenderSmokeJson(const SmokeResult& smoke) {
  JsonWriter json;
  json.Open('{');
  json.Key("pages");
  json.Open('[');
  for (const SmokePage& page : smoke.pages) {
    json.Open('{');
    json.Key("path");
    json.Text(page.path);
    json.Key("ok");
    json.Bool(page.ok);
    json.Key("errors");
    json.Open('[');
    for (const SmokeError& error : page.errors) {
      json.Open('{');
      json.Key("message");
      json.Text(error.message);
      json.Key("file");
      json.Text(error.file);
      json.Key("line");
      json.Number(error.line);
      json.Key("column");
      json.Number(error.column);
      json.Key("where");
      json.Text(error.where);
      json.Key("count");
      json.Number(static_cast<double>(error.count));
      json.Close('}');
    }
    json.Close(']');
    json.Key("url");
    json.Text(page.url);
    json.Key("nodes");
    json.Number(static_cast<double>(page.nodes));
    json.Key("ms");
    json.Number(Rounded(page.ms));
    json.Close('}');
  }
  json.Close(']');
  json.Key("passed");
  json.Number(static_cast<double>(smoke.passed));
  json.Key("failed");
  json.Number(static_cast<double>(smoke.failed));
  json.Key("missingApis");
  json.Open('{');
  for (const auto& [name, count] : smoke.missing_apis) {
    json.Key(name);
    json.Number(static_cast<double>(count));
  }
  json.Close('}');
  json.Close('}');
  return json.out + "\n";
}

std::string RenderSmokeJunit(const SmokeResult& smoke) {
  RunResult run;
  FileResult file;
  file.path = "smoke";
  for (const SmokePage& page : smoke.pages) {
    TestResult test;
    test.name = page.path;
    test.ms = page.ms;
    test.status = page.ok ? TestStatus::kPassed : TestStatus::kFailed;
    for (const SmokeError& error : page.errors) {
      Failure failure;
      failure.message = error.message;
      failure.stack = error.stack;
      failure.file = error.file;
      failure.line = error.line;
      failure.column = error.column;
      test.failures.push_back(std::move(failure));
    }
    file.ms += page.ms;
    file.tests.push_back(std::move(test));
  }
  run.ms = file.ms;
  run.files.push_back(std::move(file));
  return RenderJunit(run);
}

}  // namespace fcc::scenario
