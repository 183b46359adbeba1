// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/class_names.h"

#include <algorithm>
#include <map>
#include <optional>

#include "compiler/check/rule.h"
#include "runtime/base/format.h"

namespace fcc::check {

using tmpl::Op;

namespace {

constexpr size_t kMostAlternatives = 64;

Texts Known(std::string text) {
  return {{{std::move(text)}}, false};
}

// Nothing is known but that there is some text.
Texts Gap() {
  return {{{"", ""}}, false};
}

void Join(Texts& into, const Texts& more) {
  into.any = into.any || more.any;
  for (const auto& alternative : more.alternatives) {
    if (std::find(into.alternatives.begin(), into.alternatives.end(),
                  alternative) == into.alternatives.end()) {
      into.alternatives.push_back(alternative);
    }
  }
  if (into.alternatives.size() > kMostAlternatives) {
    into.any = true;
  }
}

Texts Concat(const Texts& left, const Texts& right) {
  Texts both;
  both.any = left.any || right.any;
  if (left.alternatives.size() * right.alternatives.size() >
      kMostAlternatives) {
    both.any = true;
    return both;
  }
  for (const auto& first : left.alternatives) {
    for (const auto& second : right.alternatives) {
      std::vector<std::string> parts = first;
      parts.back() += second.front();
      parts.insert(parts.end(), second.begin() + 1, second.end());
      both.alternatives.push_back(std::move(parts));
    }
  }
  return both;
}

using Stack = std::vector<Texts>;

// Runs the stack code over what is known of the texts. Jumps go forward only,
// so one pass does; where ways meet, both count.
class Reader {
 public:
  explicit Reader(const fxml::Unit& unit) : unit_(unit) {}

  Texts Run(const tmpl::ExpressionRecord& expression) {
    Stack stack;
    bool live = true;
    for (uint32_t i = 0; i <= expression.code_count; ++i) {
      if (auto waiting = waiting_.find(i); waiting != waiting_.end()) {
        if (live) {
          Meet(stack, waiting->second);
        } else {
          stack = std::move(waiting->second);
          live = true;
        }
      }
      if (i < expression.code_count && live) {
        live = Step(unit_.code[expression.first_code + i], i, stack);
      }
    }
    return live && stack.size() == 1 ? std::move(stack.back())
                                     : Texts{{}, true};
  }

 private:
  static void Meet(Stack& stack, const Stack& other) {
    for (size_t i = 0; i < std::min(stack.size(), other.size()); ++i) {
      Join(stack[i], other[i]);
    }
  }

  void Wait(uint32_t at, const Stack& stack) {
    auto [found, is_new] = waiting_.try_emplace(at, stack);
    if (!is_new) {
      Meet(found->second, stack);
    }
  }

  static Texts Pop(Stack& stack) {
    if (stack.empty()) {
      return {{}, true};
    }
    Texts top = std::move(stack.back());
    stack.pop_back();
    return top;
  }

  static void Replace(Stack& stack, size_t pops, Texts with) {
    for (size_t i = 0; i < pops; ++i) {
      Pop(stack);
    }
    stack.push_back(std::move(with));
  }

  // False where control does not go on to the next word.
  bool Step(uint32_t word, uint32_t at, Stack& stack) {
    const uint32_t operand = tmpl::OperandOf(word);
    switch (tmpl::OpOf(word)) {
      case Op::kUndefined:
      case Op::kNull:
      case Op::kVoid:
        Replace(stack, tmpl::OpOf(word) == Op::kVoid ? 1 : 0, Known(""));
        return true;
      case Op::kTrue:
      case Op::kFalse:
        stack.push_back(
            Known(tmpl::OpOf(word) == Op::kTrue ? "true" : "false"));
        return true;
      case Op::kInteger:
        stack.push_back(Known(base::format("{}", operand)));
        return true;
      case Op::kString:
        stack.push_back(Known(std::string(unit_.String(operand))));
        return true;
      case Op::kNumber:
      case Op::kName:
        stack.push_back(Gap());
        return true;
      case Op::kMember:
      case Op::kPlus:
      case Op::kMinus:
      case Op::kBitNot:
        Replace(stack, 1, Gap());
        return true;
      case Op::kCall:
        Replace(stack, operand + 1, Gap());
        return true;
      case Op::kNot: {
        Texts outcome = Known("true");
        Join(outcome, Known("false"));
        Replace(stack, 1, std::move(outcome));
        return true;
      }
      case Op::kTypeOf:
        Replace(stack, 1, Gap());
        return true;
      case Op::kLess:
      case Op::kGreater:
      case Op::kLessEqual:
      case Op::kGreaterEqual:
      case Op::kEqual:
      case Op::kNotEqual:
      case Op::kStrictEqual:
      case Op::kStrictNotEqual: {
        Texts outcome = Known("true");
        Join(outcome, Known("false"));
        Replace(stack, 2, std::move(outcome));
        return true;
      }
      case Op::kAdd: {
        const Texts right = Pop(stack);
        const Texts left = Pop(stack);
        stack.push_back(Concat(left, right));
        return true;
      }
      case Op::kConcat: {
        Texts whole = Known("");
        std::vector<Texts> parts;
        for (uint32_t i = 0; i < operand; ++i) {
          parts.push_back(Pop(stack));
        }
        for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
          whole = Concat(whole, *part);
        }
        stack.push_back(std::move(whole));
        return true;
      }
      case Op::kIndex:
      case Op::kSubtract:
      case Op::kMultiply:
      case Op::kDivide:
      case Op::kRemainder:
      case Op::kShiftLeft:
      case Op::kShiftRight:
      case Op::kShiftRightUnsigned:
      case Op::kBitAnd:
      case Op::kBitOr:
      case Op::kBitXor:
        Replace(stack, 2, Gap());
        return true;
      case Op::kJump:
        Wait(at + 1 + operand, stack);
        return false;
      case Op::kJumpIfFalse:
        Pop(stack);
        Wait(at + 1 + operand, stack);
        return true;
      case Op::kAnd: {
        // What is kept is false in some way, and no name worth a rule.
        Stack kept = stack;
        Replace(kept, 1, Known(""));
        Wait(at + 1 + operand, kept);
        Pop(stack);
        return true;
      }
      case Op::kOr:
        Wait(at + 1 + operand, stack);
        Pop(stack);
        return true;
      case Op::kNewObject:
      case Op::kNewArray:
        stack.push_back({{}, true});
        return true;
      case Op::kSetMember:
      case Op::kSpreadMembers:
      case Op::kAppend:
      case Op::kSpreadItems:
        Replace(stack, 2, {{}, true});
        return true;
      case Op::kCount:
        break;
    }
    stack.push_back({{}, true});
    return true;
  }

  const fxml::Unit& unit_;
  std::map<uint32_t, Stack> waiting_;
};

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

}  // namespace

Texts TextsOf(const fxml::Unit& unit, uint32_t expression) {
  return Reader(unit).Run(unit.expressions[expression]);
}

void NameSet::AddWords(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    if (IsBlank(text[at])) {
      ++at;
      continue;
    }
    size_t end = at;
    while (end < text.size() && !IsBlank(text[end])) {
      ++end;
    }
    whole_.emplace(text.substr(at, end - at));
    at = end;
  }
}

// A gap may hold blanks: what stands before it begins a name, what stands
// behind it ends one, and what is wholly inside of a part is one.
void NameSet::Add(const Texts& texts) {
  any_ = any_ || texts.any;
  for (const std::vector<std::string>& parts : texts.alternatives) {
    for (size_t i = 0; i < parts.size(); ++i) {
      std::string_view part = parts[i];
      // Up to the last blank before a gap, from the first one behind a gap.
      const bool gap_before = i > 0;
      const bool gap_behind = i + 1 < parts.size();
      size_t begin = 0;
      size_t end = part.size();
      if (gap_before) {
        while (begin < end && !IsBlank(part[begin])) {
          ++begin;
        }
      }
      if (gap_behind) {
        while (end > begin && !IsBlank(part[end - 1])) {
          --end;
        }
      }
      AddWords(part.substr(begin, end - begin));
      if (!gap_behind) {
        continue;
      }
      std::string_view head = part;
      if (const size_t blank = head.find_last_of(" \t\r\n\f");
          blank != std::string_view::npos) {
        head.remove_prefix(blank + 1);
      }
      std::string_view tail = parts[i + 1];
      tail = tail.substr(0, tail.find_first_of(" \t\r\n\f"));
      if (head.empty() && tail.empty()) {
        any_ = true;
      } else {
        patterns_.emplace_back(head, tail);
      }
    }
  }
}

bool NameSet::MayHold(std::string_view name) const {
  if (any_ || whole_.find(name) != whole_.end()) {
    return true;
  }
  return std::any_of(
      patterns_.begin(), patterns_.end(),
      [name](const std::pair<std::string, std::string>& pattern) {
        const auto& [head, tail] = pattern;
        return (!head.empty() && name.starts_with(head)) ||
               (!tail.empty() && name.ends_with(tail));
      });
}

uint64_t NameSet::Stamp() const {
  uint64_t stamp = any_ ? 1 : 2;
  for (const std::string& name : whole_) {
    stamp = MixStamps(stamp, StampOf(name));
  }
  for (const auto& [begin, end] : patterns_) {
    stamp = MixStamps(MixStamps(stamp, StampOf(begin)), StampOf(end));
  }
  return stamp;
}

}  // namespace fcc::check
