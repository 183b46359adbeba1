// SPDX-License-Identifier: Apache-2.0
//
// A test file as the engine can run it: lowered, with the way back to its
// lines.

#ifndef FCC_SIMULATOR_SCENARIO_TEST_SCRIPT_H_
#define FCC_SIMULATOR_SCENARIO_TEST_SCRIPT_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/source/source_file.h"
#include "runtime/base/file_system.h"
#include "runtime/base/result.h"
#include "runtime/base/source_map.h"

namespace fcc::scenario {

struct TestScript {
  // As the user would write it.
  std::string path;
  // ES5, the body of a function (exports, require, module).
  std::string code;
  base::SourceMap map;
};

// Compiles test files and what they require, each once. Errors in them are
// diagnostics.
class TestScripts {
 public:
  // `fs` and `sources` must outlive this. Paths are relative to `folder`.
  TestScripts(base::FileSystem& fs, std::string folder,
              source::SourceSet& sources)
      : fs_(fs), folder_(std::move(folder)), sources_(sources) {}

  // Null when the file cannot be read or compiled; the reason is in `sink`.
  const TestScript* Load(std::string_view path, diagnostics::Sink& sink);
  // The file that `name` means in `folder`; empty when there is none.
  std::string Resolve(std::string_view folder, std::string_view name);
  // Of source that is handed over at run time. Fails with the first error.
  base::Result<std::string> Lower(std::string_view source, bool is_function);
  // Lines count from 1. False when the script is not one of these.
  bool MapPosition(std::string& file, uint32_t& line, uint32_t& column,
                   std::string& function) const;
  // One line of a loaded file, for messages; empty when there is none.
  std::string_view Line(std::string_view path, uint32_t line) const;

 private:
  base::FileSystem& fs_;
  std::string folder_;
  source::SourceSet& sources_;
  std::map<std::string, TestScript, std::less<>> scripts_;
  std::map<std::string, source::FileId, std::less<>> files_;
};

}  // namespace fcc::scenario

#endif  // FCC_SIMULATOR_SCENARIO_TEST_SCRIPT_H_
