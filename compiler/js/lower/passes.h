// SPDX-License-Identifier: Apache-2.0
//
// The passes, one construct each. passes.cpp says in which order they run and
// why; each file says what it takes and what it leaves.

#ifndef FCC_COMPILER_JS_LOWER_PASSES_H_
#define FCC_COMPILER_JS_LOWER_PASSES_H_

#include "compiler/js/lower/context.h"

namespace fcc::js {

void LowerTypeScript(LowerContext& context);
void InferNames(LowerContext& context);
void LowerOptionalChains(LowerContext& context);
void LowerNullish(LowerContext& context);
void LowerExponent(LowerContext& context);
void LowerTemplates(LowerContext& context);
void LowerLiterals(LowerContext& context);
void LowerIdentifierNames(LowerContext& context);
void KeepCompletionValue(LowerContext& context);
void LowerForOf(LowerContext& context);
void LowerDestructuring(LowerContext& context);
void LowerParameters(LowerContext& context);
void LowerObjectLiterals(LowerContext& context);
void LowerSpread(LowerContext& context);
void LowerModules(LowerContext& context);
void LowerClasses(LowerContext& context);
void LowerNewTarget(LowerContext& context);
void LowerArrows(LowerContext& context);
void LowerBlockScoping(LowerContext& context);
void LowerGenerators(LowerContext& context);
void GatherNames(LowerContext& context);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_LOWER_PASSES_H_
