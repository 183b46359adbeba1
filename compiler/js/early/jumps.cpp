// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/early/checker.h"

namespace fcc::js {

using DK = diagnostics::Kind;

void EarlyChecker::WalkJump(NodeId id) {
  const bool is_break = ast_.Is(id, Kind::kBreak);
  const NameId label{ast_[id].slots[0]};
  if (label == NameId::kNone) {
    if (is_break ? context_.breakables == 0 : context_.loops == 0) {
      Error(is_break ? DK::kJsBreakOutside : DK::kJsContinueOutside, id);
    }
    return;
  }
  for (const Label& known : context_.labels) {
    if (known.name == label) {
      if (!is_break && !known.loop) {
        Error(DK::kJsContinueLabel, id, std::string(ast_.TextOf(label)));
      }
      return;
    }
  }
  Error(DK::kJsUnknownLabel, id, std::string(ast_.TextOf(label)));
}

void EarlyChecker::WalkLabeled(NodeId id) {
  const Labeled view = ast_.As<Labeled>(id);
  const std::string_view text = ast_.TextOf(view.label());
  CheckWord(text, id);
  for (const Label& known : context_.labels) {
    if (known.name == view.label()) {
      Error(DK::kJsDuplicateLabel, id, std::string(text));
    }
  }
  // The statement behind all labels says what the label is of.
  NodeId body = view.body();
  while (ast_.Is(body, Kind::kLabeled)) {
    body = ast_.As<Labeled>(body).body();
  }
  const Kind kind = ast_.KindOf(body);
  const bool loop = kind == Kind::kFor || kind == Kind::kForIn ||
                    kind == Kind::kForOf || kind == Kind::kWhile ||
                    kind == Kind::kDoWhile;
  context_.labels.push_back({view.label(), loop});
  if (ast_.Is(view.body(), Kind::kFunctionDeclaration) && !context_.strict &&
      !ast_[view.body()].Has(flag::kAsync | flag::kGenerator)) {
    Walk(view.body());
  } else {
    WalkSingle(view.body(), false);
  }
  context_.labels.pop_back();
}

}  // namespace fcc::js
