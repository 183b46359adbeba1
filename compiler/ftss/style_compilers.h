// SPDX-License-Identifier: Apache-2.0
//
// The program that node runs to compile sheets with the project's own `less` or
// `sass`: `node -e PROGRAM PACKAGE-FOLDER`. It reads one JSON object,
//
//   {"tool": "less" | "sass", "sheets": [path…], "paths": [folder…]}
//
// and writes one line of JSON, an answer for each sheet in its order:
//
//   {"css": …, "map": …, "files": […]}
//   {"error": {"message": …, "path": …, "line": n, "column": n}}
//
// It takes less from 2 on, and sass with and without `compile` (1.45).

#ifndef FCC_COMPILER_FTSS_STYLE_COMPILERS_H_
#define FCC_COMPILER_FTSS_STYLE_COMPILERS_H_

#include <string_view>

namespace fcc::ftss {

extern const std::string_view kStyleCompilersProgram;

}  // namespace fcc::ftss

#endif  // FCC_COMPILER_FTSS_STYLE_COMPILERS_H_
