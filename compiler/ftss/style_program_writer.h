// SPDX-License-Identifier: Apache-2.0
//
// Sheets to the style program of a package (runtime/style/style_program.h).

#ifndef FCC_COMPILER_FTSS_STYLE_PROGRAM_WRITER_H_
#define FCC_COMPILER_FTSS_STYLE_PROGRAM_WRITER_H_

#include <memory>
#include <string>

#include "compiler/ftss/import_graph.h"
#include "compiler/ftss/style_sheet.h"

namespace fcc::ftss {

// Add() the sheets of a package in any order, then Finish(). The program names
// sheets by their paths; those it imports but was not given are looked for at
// run time in the programs loaded beside it (the main package's). Sheets must
// live until Finish().
class StyleProgramWriter {
 public:
  StyleProgramWriter();
  ~StyleProgramWriter();

  // A sheet already added is left as it is. `imports` says what each of the
  // sheet's imports means, as SheetGraph has it.
  void Add(const StyleSheet& sheet, const std::vector<ResolvedImport>& imports);
  // Every sheet of a graph.
  void Add(const SheetGraph& graph);
  // The same bytes for the same sheets, whatever the order they came in.
  std::string Finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fcc::ftss

#endif  // FCC_COMPILER_FTSS_STYLE_PROGRAM_WRITER_H_
