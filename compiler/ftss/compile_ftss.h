// SPDX-License-Identifier: Apache-2.0
//
// The stages of a sheet in one call each, for callers that have nothing to do
// between them:
//
//   parse_ftss.h            one file → StyleSheet (in parallel, cached)
//   import_graph.h          StyleSheet + lookup → SheetGraph
//   print_css.h             SheetGraph → CSS text for the package's html
//   style_program_writer.h  SheetGraphs → bytes of `.fcc/styles.bin`

#ifndef FCC_COMPILER_FTSS_COMPILE_FTSS_H_
#define FCC_COMPILER_FTSS_COMPILE_FTSS_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/ftss/import_graph.h"
#include "compiler/ftss/parse_ftss.h"
#include "compiler/ftss/print_css.h"
#include "compiler/ftss/style_program_writer.h"
#include "compiler/source/source_file.h"

namespace fcc::ftss {

// Sheets kept by path; Add() parses. A SheetLookup for tests, for
// `fcc render --cases` and for small projects.
class SheetSet : public SheetLookup {
 public:
  const StyleSheet& Add(const source::SourceFile& file,
                        diagnostics::Sink& sink);
  const StyleSheet* Find(std::string_view path) override;

 private:
  std::map<std::string, std::unique_ptr<StyleSheet>, std::less<>> sheets_;
};

struct InstantiatedCss {
  // Empty where an error was reported.
  std::string css;
  bool ok = false;
};

// A sheet as the view gets it at one device width: parse, resolve, write the
// program, load it, instantiate. `files` are the project's; each is parsed only
// when the entry reaches it.
InstantiatedCss CompileAndInstantiate(
    const std::map<std::string, std::string>& files, std::string_view entry,
    double device_width, std::string_view class_prefix,
    source::SourceSet& sources, diagnostics::Sink& sink);

// Both token by token; white space, comments and semicolons before a `}` or the
// end aside.
bool SameCssTokens(std::string_view a, std::string_view b);

}  // namespace fcc::ftss

#endif  // FCC_COMPILER_FTSS_COMPILE_FTSS_H_
