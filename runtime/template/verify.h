// SPDX-License-Identifier: Apache-2.0
//
// What Program::Load() asks before anything runs. Of this room only.

#ifndef FCC_RUNTIME_TEMPLATE_VERIFY_H_
#define FCC_RUNTIME_TEMPLATE_VERIFY_H_

#include "runtime/base/result.h"
#include "runtime/template/program.h"

namespace fcc::tmpl {

// The tables' bounds are already right; this checks every id in them, that
// nodes nest as their kinds allow, and that code keeps its stack.
base::Status VerifyProgram(const Program& program);

}  // namespace fcc::tmpl

#endif  // FCC_RUNTIME_TEMPLATE_VERIFY_H_
