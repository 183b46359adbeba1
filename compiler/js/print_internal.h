// SPDX-License-Identifier: Apache-2.0
//
// Parts of the printer: literals as text, and the map that grows beside it.

#ifndef FCC_COMPILER_JS_PRINT_INTERNAL_H_
#define FCC_COMPILER_JS_PRINT_INTERNAL_H_

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/source/source_file.h"
#include "runtime/base/source_map.h"

namespace fcc::js {

// With its quotes: those that need fewer escapes; `"` when equal.
std::string QuoteString(std::string_view value, bool ascii_only);
// As short as JavaScript reads it back, when compact.
std::string PrintNumber(double value, bool compact);
// `\u` and four digits.
void AppendEscapedUnit(std::string& out, uint32_t unit);
// Raw text, which may hold lone surrogates in three bytes where eval was handed
// such a string.
std::string WithEscapedSurrogates(std::string_view text);

// Source maps count UTF-16 units; the printer thinks in bytes. Both texts are
// walked once.
class MapWriter {
 public:
  explicit MapWriter(const source::SourceFile& file);

  // The text that follows `out` comes from byte `at` of the file.
  // `original_name`: what it is called there when it is called otherwise now.
  void Add(std::string_view out, uint32_t at, std::string_view original_name);
  base::SourceMap Take();

 private:
  // UTF-16 units before byte `at` of the file.
  uint32_t UnitsBefore(uint32_t at) const;

  const source::SourceFile& file_;
  base::SourceMap map_;
  std::unordered_map<std::string, uint32_t> names_;
  // Units before every kStep-th byte; empty when the file is ASCII.
  std::vector<uint32_t> units_;
  // How far `out` has been walked.
  size_t walked_ = 0;
  uint32_t line_ = 0;
  uint32_t column_ = 0;
  // The line of the last place of the file, where the next is likely to be.
  uint32_t last_line_ = 1;
};

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_PRINT_INTERNAL_H_
