// SPDX-License-Identifier: Apache-2.0

#ifndef FCC_COMPILER_JS_COMPILE_JSON_H_
#define FCC_COMPILER_JS_COMPILE_JSON_H_

#include "compiler/js/js.h"

namespace fcc::js {

// A JSON file as a module that exports its value.
CompileResult CompileJson(const source::SourceFile& file,
                          const CompileOptions& options,
                          diagnostics::Sink& sink);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_COMPILE_JSON_H_
