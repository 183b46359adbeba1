// SPDX-License-Identifier: Apache-2.0
//
// A golden case: one file with a command, its inputs and everything it answers.
//
//   One sentence on the behaviour that this case shows.
//   === input app/app.json
//   {"pages": ["pages/index"]}
//   === run fcc build app --out out
//   === exit 1
//   === stderr
//   app/app.json:1:12: error …
//   === output out/package/packageConfig.json
//   [ … ]
//
// Before the command: `input PATH` (its text), `escaped PATH` (the same with
// \r \t \0 \xHH \\ read as in C), `copy FROM TO` (a folder of the repository),
// `env NAME=VALUE`, `program NAME ARGS…` (what such a child program prints),
// and `tty` (both outputs are terminals with colours). After it: `exit N` (0
// when left out), `stdout`, `stderr` (empty when left out), `output PATH` (a
// file afterwards; a hex dump where it is no text), `files PATH` (the names
// below a folder), `lines PATH TEXT` (the lines of a file that hold the text,
// for what is large and mostly the same), `missing PATH`. Several `run`
// sections are steps over the same files.
//
// A line that starts with `===` or `\` in a text is written with a `\` before
// it. A text that ends without a line break is followed by the line
// `\ no line break`.

#ifndef FCC_TESTS_TOOLS_GOLDEN_GOLDEN_CASE_H_
#define FCC_TESTS_TOOLS_GOLDEN_GOLDEN_CASE_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"

namespace fcc::golden {

struct Section {
  // "input", "run", …
  std::string verb;
  // What follows the verb on its line.
  std::string rest;
  std::string text;
};

struct Case {
  // The lines before the first section.
  std::string comment;
  std::vector<Section> sections;
};

// The error names the line.
base::Result<Case> ParseCase(std::string_view text);
std::string RenderCase(const Case& golden);

// As a shell would: blanks separate, '…' and "…" keep together.
std::vector<std::string> SplitWords(std::string_view line);
// `\r`, `\xHH` and their like, decoded.
std::string DecodeEscapes(std::string_view text);
// Sixteen bytes a line with their ASCII.
std::string HexDump(std::string_view bytes);

// What a command did in one step.
struct StepResult {
  int exit_code = 0;
  std::string out;
  std::string err;
};

// Where cases run: in memory and in process, or with the built program in a
// temporary folder. Paths are relative to the case's folder.
class World {
 public:
  virtual ~World() = default;
  virtual base::Status AddFile(std::string_view path,
                               std::string_view bytes) = 0;
  virtual base::Status CopyFolder(std::string_view from,
                                  std::string_view to) = 0;
  virtual void SetVariable(std::string name, std::string value) = 0;
  virtual void SetProgram(std::string line, std::string output) = 0;
  virtual void UseTerminal() = 0;
  virtual StepResult Run(const std::vector<std::string>& words) = 0;
  virtual base::Result<std::string> ReadFile(std::string_view path) = 0;
  // Relative to `path`, sorted.
  virtual base::Result<std::vector<std::string>> ListTree(
      std::string_view path) = 0;
};

// The case as it is now: inputs as they stand, answers as they came. Equal to
// `expected` when it passes.
base::Result<Case> RunCase(const Case& expected, World& world);

// Registers a test for every `*.case` below `folder`, runs them all, and
// returns the exit code of the program. Takes googletest's flags and
// `--update`, which rewrites the cases that differ.
using MakeWorld = std::unique_ptr<World> (*)();
int RunAllCases(int argc, char** argv, std::string_view folder,
                MakeWorld make_world);

}  // namespace fcc::golden

#endif  // FCC_TESTS_TOOLS_GOLDEN_GOLDEN_CASE_H_
