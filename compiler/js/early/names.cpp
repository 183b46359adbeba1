// SPDX-License-Identifier: Apache-2.0
//
// Words that are names in one place and not in another.

#include "compiler/js/early/checker.h"
#include "compiler/js/parse/text.h"

namespace fcc::js {

using DK = diagnostics::Kind;

void EarlyChecker::CheckWord(std::string_view word, NodeId at) {
  if (word == "yield" && (context_.generator || context_.strict)) {
    Error(DK::kJsYieldName, at);
  } else if (word == "await" && (context_.async || module_)) {
    Error(DK::kJsAwaitName, at);
  } else if (context_.strict && IsStrictReservedWord(word)) {
    Error(DK::kJsStrictReserved, at, std::string(word));
  }
}

// Every Identifier, reference or binding.
void EarlyChecker::CheckName(NodeId identifier) {
  const std::string_view word = ast_.NameTextOf(identifier);
  if (word.size() < 3 || word.size() > 10) {
    return;
  }
  CheckWord(word, identifier);
  if (context_.no_arguments && word == "arguments") {
    Error(DK::kJsArgumentsInField, identifier);
  }
}

void EarlyChecker::CheckBoundName(NodeId identifier) {
  CheckName(identifier);
  const std::string_view word = ast_.NameTextOf(identifier);
  if (context_.strict && (word == "eval" || word == "arguments")) {
    Error(DK::kJsStrictEval, identifier, std::string(word));
  }
}

}  // namespace fcc::js
