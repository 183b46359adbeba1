// SPDX-License-Identifier: Apache-2.0

#include "simulator/scenario/expect.h"

#include <cmath>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "runtime/base/format.h"

namespace fcc::scenario {

using script::CallInfo;
using script::Handle;
using script::Heap;
using script::Result;

namespace {

constexpr int kMaxDepth = 200;

struct Outcome {
  bool pass = false;
  // What follows "Expected" and "Received"; the value itself when empty.
  std::string expected;
  std::string received;
};

using Matcher = std::function<Result<Outcome>(
    Heap&, const Handle& actual, std::span<const Handle> arguments)>;

Handle ArgumentAt(Heap& heap, std::span<const Handle> arguments, size_t at) {
  return at < arguments.size() ? arguments[at] : heap.Undefined();
}

bool SameNumber(double left, double right) {
  return left == right || (std::isnan(left) && std::isnan(right));
}

// Object.is, but that 0 and -0 are the same.
bool Same(Heap& heap, const Handle& left, const Handle& right) {
  if (left.IsNumber() && right.IsNumber()) {
    return SameNumber(heap.AsNumber(left), heap.AsNumber(right));
  }
  return heap.StrictEquals(left, right);
}

class Comparer {
 public:
  Comparer(Heap& heap, Equality equality) : heap_(heap), equality_(equality) {}

  Result<bool> Equal(const Handle& left, const Handle& right, int depth) {
    if (depth > kMaxDepth) {
      return script::Throw(script::ErrorType::kRangeError,
                           "the values are nested too deeply to compare");
    }
    if (right.IsObject()) {
      FCC_TRY_ASSIGN(const Handle matcher, heap_.Get(right, "asymmetricMatch"));
      if (matcher.IsFunction()) {
        FCC_TRY_ASSIGN(const Handle result, heap_.Call(matcher, right, {left}));
        return heap_.ToBoolean(result);
      }
    }
    if (Same(heap_, left, right)) {
      return true;
    }
    if (!left.IsObject() || !right.IsObject() || left.IsFunction() ||
        right.IsFunction() || left.IsArray() != right.IsArray()) {
      return false;
    }
    // Two objects that are being compared already: a cycle, equal so far.
    const std::pair<uintptr_t, uintptr_t> pair(heap_.Identity(left),
                                               heap_.Identity(right));
    if (!open_.insert(pair).second) {
      return true;
    }
    Result<bool> result = left.IsArray() ? EqualArrays(left, right, depth)
                                         : EqualObjects(left, right, depth);
    open_.erase(pair);
    return result;
  }

 private:
  Result<bool> EqualArrays(const Handle& left, const Handle& right, int depth) {
    FCC_TRY_ASSIGN(const uint32_t count, heap_.Length(left));
    FCC_TRY_ASSIGN(const uint32_t other, heap_.Length(right));
    if (count != other) {
      return false;
    }
    for (uint32_t i = 0; i < count; ++i) {
      FCC_TRY_ASSIGN(const Handle left_item, heap_.Get(left, i));
      FCC_TRY_ASSIGN(const Handle right_item, heap_.Get(right, i));
      FCC_TRY_ASSIGN(const bool same, Equal(left_item, right_item, depth + 1));
      if (!same) {
        return false;
      }
    }
    return true;
  }

  // Dates by their time, errors by their message; both have no own members
  // that would tell them apart.
  Result<bool> EqualBySpecialValue(const Handle& left, const Handle& right,
                                   std::string_view method, bool& decided) {
    FCC_TRY_ASSIGN(const Handle left_method, heap_.Get(left, method));
    FCC_TRY_ASSIGN(const Handle right_method, heap_.Get(right, method));
    decided = left_method.IsFunction() || right_method.IsFunction();
    if (!left_method.IsFunction() || !right_method.IsFunction()) {
      return false;
    }
    FCC_TRY_ASSIGN(const Handle left_value, heap_.Call(left_method, left, {}));
    FCC_TRY_ASSIGN(const Handle right_value,
                   heap_.Call(right_method, right, {}));
    return Same(heap_, left_value, right_value);
  }

  Result<bool> EqualObjects(const Handle& left, const Handle& right,
                            int depth) {
    if (left.IsError() && right.IsError()) {
      FCC_TRY_ASSIGN(const Handle left_text, heap_.Get(left, "message"));
      FCC_TRY_ASSIGN(const Handle right_text, heap_.Get(right, "message"));
      return heap_.StrictEquals(left_text, right_text);
    }
    bool decided = false;
    FCC_TRY_ASSIGN(const bool same_date,
                   EqualBySpecialValue(left, right, "getTime", decided));
    if (decided) {
      return same_date;
    }
    FCC_TRY_ASSIGN(const std::vector<std::string> left_keys, heap_.Keys(left));
    FCC_TRY_ASSIGN(const std::vector<std::string> right_keys,
                   heap_.Keys(right));
    for (const std::string& key : right_keys) {
      FCC_TRY_ASSIGN(const Handle left_item, heap_.Get(left, key));
      FCC_TRY_ASSIGN(const Handle right_item, heap_.Get(right, key));
      FCC_TRY_ASSIGN(const bool same, Equal(left_item, right_item, depth + 1));
      if (!same) {
        return false;
      }
    }
    if (equality_ == Equality::kSubset) {
      return true;
    }
    if (equality_ == Equality::kStrict) {
      return left_keys.size() == right_keys.size();
    }
    const std::set<std::string> known(right_keys.begin(), right_keys.end());
    for (const std::string& key : left_keys) {
      if (!known.contains(key)) {
        FCC_TRY_ASSIGN(const Handle item, heap_.Get(left, key));
        if (!item.IsUndefined()) {
          return false;
        }
      }
    }
    return true;
  }

  Heap& heap_;
  const Equality equality_;
  std::set<std::pair<uintptr_t, uintptr_t>> open_;
};

Result<bool> ContainsItem(Heap& heap, const Handle& list, const Handle& item,
                          bool deep) {
  if (list.IsString()) {
    return heap.AsString(list).find(heap.AsString(item)) != std::string::npos;
  }
  if (!list.IsObject()) {
    return false;
  }
  FCC_TRY_ASSIGN(const uint32_t count, heap.Length(list));
  for (uint32_t i = 0; i < count; ++i) {
    FCC_TRY_ASSIGN(const Handle member, heap.Get(list, i));
    if (deep) {
      FCC_TRY_ASSIGN(const bool same,
                     DeepEqual(heap, member, item, Equality::kEqual));
      if (same) {
        return true;
      }
    } else if (Same(heap, member, item)) {
      return true;
    }
  }
  return false;
}

Result<bool> MatchesText(Heap& heap, const Handle& text,
                         const Handle& pattern) {
  if (!text.IsString()) {
    return false;
  }
  if (pattern.IsString()) {
    return heap.AsString(text).find(heap.AsString(pattern)) !=
           std::string::npos;
  }
  FCC_TRY_ASSIGN(const Handle found, heap.CallMethod(pattern, "test", {text}));
  return heap.ToBoolean(found);
}

Result<bool> IsInstance(Heap& heap, const Handle& value,
                        const Handle& constructor) {
  if (!constructor.IsObject()) {
    return false;
  }
  FCC_TRY_ASSIGN(const Handle name, heap.Get(constructor, "name"));
  const std::string type = heap.AsString(name);
  if ((type == "Number" && value.IsNumber()) ||
      (type == "String" && value.IsString()) ||
      (type == "Boolean" && value.IsBoolean()) ||
      (type == "Function" && value.IsFunction()) ||
      (type == "Object" && value.IsObject()) ||
      (type == "Array" && value.IsArray())) {
    return true;
  }
  if (!value.IsObject()) {
    return false;
  }
  FCC_TRY_ASSIGN(const Handle wanted, heap.Get(constructor, "prototype"));
  FCC_TRY_ASSIGN(Handle at, heap.Prototype(value));
  for (int depth = 0; at.IsObject() && depth < kMaxDepth; ++depth) {
    if (heap.StrictEquals(at, wanted)) {
      return true;
    }
    FCC_TRY_ASSIGN(at, heap.Prototype(at));
  }
  return false;
}

Matcher Comparing(Equality equality) {
  return [equality](Heap& heap, const Handle& actual,
                    std::span<const Handle> arguments) -> Result<Outcome> {
    FCC_TRY_ASSIGN(
        const bool same,
        DeepEqual(heap, actual, ArgumentAt(heap, arguments, 0), equality));
    return Outcome{same, {}, {}};
  };
}

Matcher OnValue(std::string expected,
                std::function<bool(Heap&, const Handle&)> test) {
  return [expected = std::move(expected), test = std::move(test)](
             Heap& heap, const Handle& actual,
             std::span<const Handle>) -> Result<Outcome> {
    return Outcome{test(heap, actual), expected, {}};
  };
}

Matcher OnNumbers(std::string relation,
                  std::function<bool(double, double)> test) {
  return [relation = std::move(relation), test = std::move(test)](
             Heap& heap, const Handle& actual,
             std::span<const Handle> arguments) -> Result<Outcome> {
    const Handle limit = ArgumentAt(heap, arguments, 0);
    if (!actual.IsNumber() || !limit.IsNumber()) {
      return Outcome{false, {}, {}};
    }
    return Outcome{test(heap.AsNumber(actual), heap.AsNumber(limit)),
                   base::format("{} {}", relation, heap.Inspect(limit)),
                   {}};
  };
}

Result<Outcome> ToThrow(Heap& heap, const Handle& actual,
                        std::span<const Handle> arguments) {
  const Handle wanted = ArgumentAt(heap, arguments, 0);
  Handle thrown = actual;
  std::string message;
  bool threw = true;
  if (actual.IsFunction()) {
    const Result<Handle> result = heap.Call(actual, heap.Undefined(), {});
    threw = !result.ok();
    if (threw) {
      thrown = result.error().thrown.empty() ? heap.Undefined()
                                             : result.error().thrown;
      message = result.error().message;
    }
  } else if (actual.IsObject()) {
    // After `.rejects`: what was rejected with.
    FCC_TRY_ASSIGN(const Handle text, heap.Get(actual, "message"));
    message = text.IsString() ? heap.AsString(text) : heap.Inspect(actual);
  } else {
    FCC_TRY_ASSIGN(message, heap.ToString(actual));
  }
  Outcome outcome;
  outcome.received = threw ? message : "nothing was thrown";
  outcome.pass = threw;
  if (!threw || wanted.IsUndefined()) {
    outcome.expected = "something to be thrown";
    return outcome;
  }
  if (wanted.IsFunction()) {
    FCC_TRY_ASSIGN(outcome.pass, IsInstance(heap, thrown, wanted));
  } else if (wanted.IsString()) {
    outcome.pass = message.find(heap.AsString(wanted)) != std::string::npos;
  } else if (wanted.IsError()) {
    FCC_TRY_ASSIGN(const Handle text, heap.Get(wanted, "message"));
    outcome.pass = message == heap.AsString(text);
  } else {
    FCC_TRY_ASSIGN(outcome.pass,
                   MatchesText(heap, heap.String(message), wanted));
  }
  return outcome;
}

Result<Outcome> ToHaveProperty(Heap& heap, const Handle& actual,
                               std::span<const Handle> arguments) {
  FCC_TRY_ASSIGN(std::string path,
                 heap.ToString(ArgumentAt(heap, arguments, 0)));
  Outcome outcome;
  outcome.expected = base::format("a property `{}`", path);
  Handle at = actual;
  std::string_view rest = path;
  while (!rest.empty()) {
    const std::string_view name = rest.substr(0, rest.find('.'));
    if (!at.IsObject()) {
      return outcome;
    }
    FCC_TRY_ASSIGN(const bool has, heap.Has(at, name));
    if (!has) {
      return outcome;
    }
    FCC_TRY_ASSIGN(at, heap.Get(at, name));
    rest.remove_prefix(std::min(rest.size(), name.size() + 1));
  }
  outcome.pass = true;
  if (arguments.size() > 1) {
    outcome.expected += base::format(" of {}", heap.Inspect(arguments[1]));
    FCC_TRY_ASSIGN(outcome.pass,
                   DeepEqual(heap, at, arguments[1], Equality::kEqual));
  }
  return outcome;
}

std::vector<std::pair<std::string_view, Matcher>> Matchers() {
  const auto containing = [](bool deep) {
    return [deep](Heap& heap, const Handle& actual,
                  std::span<const Handle> arguments) -> Result<Outcome> {
      FCC_TRY_ASSIGN(
          const bool found,
          ContainsItem(heap, actual, ArgumentAt(heap, arguments, 0), deep));
      return Outcome{found, {}, {}};
    };
  };
  return {
      {"toBe",
       [](Heap& heap, const Handle& actual,
          std::span<const Handle> arguments) -> Result<Outcome> {
         return Outcome{
             Same(heap, actual, ArgumentAt(heap, arguments, 0)), {}, {}};
       }},
      {"toEqual", Comparing(Equality::kEqual)},
      {"toStrictEqual", Comparing(Equality::kStrict)},
      {"toMatchObject", Comparing(Equality::kSubset)},
      {"toBeNull",
       OnValue("null",
               [](Heap&, const Handle& actual) { return actual.IsNull(); })},
      {"toBeUndefined", OnValue("undefined",
                                [](Heap&, const Handle& actual) {
                                  return actual.IsUndefined();
                                })},
      {"toBeDefined", OnValue("anything but undefined",
                              [](Heap&, const Handle& actual) {
                                return !actual.IsUndefined();
                              })},
      {"toBeTruthy", OnValue("something truthy",
                             [](Heap& heap, const Handle& actual) {
                               return heap.ToBoolean(actual);
                             })},
      {"toBeFalsy", OnValue("something falsy",
                            [](Heap& heap, const Handle& actual) {
                              return !heap.ToBoolean(actual);
                            })},
      {"toBeNaN", OnValue("NaN",
                          [](Heap& heap, const Handle& actual) {
                            return actual.IsNumber() &&
                                   std::isnan(heap.AsNumber(actual));
                          })},
      {"toBeGreaterThan",
       OnNumbers("more than", [](double a, double b) { return a > b; })},
      {"toBeGreaterThanOrEqual",
       OnNumbers("at least", [](double a, double b) { return a >= b; })},
      {"toBeLessThan",
       OnNumbers("less than", [](double a, double b) { return a < b; })},
      {"toBeLessThanOrEqual",
       OnNumbers("at most", [](double a, double b) { return a <= b; })},
      {"toBeCloseTo",
       [](Heap& heap, const Handle& actual,
          std::span<const Handle> arguments) -> Result<Outcome> {
         const Handle digits = ArgumentAt(heap, arguments, 1);
         const double precision = digits.IsNumber() ? heap.AsNumber(digits) : 2;
         const double distance = heap.AsNumber(actual) -
                                 heap.AsNumber(ArgumentAt(heap, arguments, 0));
         return Outcome{
             std::fabs(distance) < std::pow(10, -precision) / 2, {}, {}};
       }},
      {"toContain", containing(false)},
      {"toContainEqual", containing(true)},
      {"toHaveLength",
       [](Heap& heap, const Handle& actual,
          std::span<const Handle> arguments) -> Result<Outcome> {
         double length = -1;
         if (actual.IsString()) {
           FCC_TRY_ASSIGN(const Handle member, heap.Get(actual, "length"));
           length = heap.AsNumber(member);
         } else if (actual.IsObject()) {
           FCC_TRY_ASSIGN(const uint32_t count, heap.Length(actual));
           length = count;
         }
         const Handle wanted = ArgumentAt(heap, arguments, 0);
         return Outcome{
             length == heap.AsNumber(wanted),
             base::format("length {}", heap.Inspect(wanted)),
             base::format("length {}: {}", length, heap.Inspect(actual))};
       }},
      {"toMatch",
       [](Heap& heap, const Handle& actual,
          std::span<const Handle> arguments) -> Result<Outcome> {
         FCC_TRY_ASSIGN(
             const bool matches,
             MatchesText(heap, actual, ArgumentAt(heap, arguments, 0)));
         return Outcome{matches, {}, {}};
       }},
      {"toBeInstanceOf",
       [](Heap& heap, const Handle& actual,
          std::span<const Handle> arguments) -> Result<Outcome> {
         FCC_TRY_ASSIGN(
             const bool is,
             IsInstance(heap, actual, ArgumentAt(heap, arguments, 0)));
         return Outcome{is, {}, {}};
       }},
      {"toThrow", ToThrow},
      {"toThrowError", ToThrow},
      {"toHaveProperty", ToHaveProperty},
  };
}

// Whether the expectation is turned round by `.not`.
enum class Sense : uint8_t { kPlain, kNot };

script::Status Check(Heap& heap, std::string_view name, const Matcher& matcher,
                     Sense sense, const Handle& actual,
                     std::span<const Handle> arguments) {
  FCC_TRY_ASSIGN(const Outcome outcome, matcher(heap, actual, arguments));
  const bool negated = sense == Sense::kNot;
  if (outcome.pass != negated) {
    return {};
  }
  std::string expected = outcome.expected;
  if (expected.empty()) {
    expected =
        arguments.empty() ? std::string() : heap.Inspect(arguments.front());
  }
  const Handle error = heap.NewError(
      script::ErrorType::kError,
      base::format(
          "expect(received){}.{}(…)\n\nExpected{}: {}\nReceived: {}",
          negated ? ".not" : "", name, negated ? " not" : "", expected,
          outcome.received.empty() ? heap.Inspect(actual) : outcome.received));
  return script::Throw(error);
}

// Makes the objects that expect() returns. Their prototypes, one for each
// combination of .not and .resolves/.rejects, are made once.
class Expectations {
 public:
  Expectations(Heap& heap, uint64_t* assertions) : assertions_(assertions) {
    for (size_t mode = 0; mode < kModes; ++mode) {
      for (const Sense sense : {Sense::kPlain, Sense::kNot}) {
        prototypes_[Index(static_cast<Mode>(mode), sense)] = heap.NewObject();
      }
    }
    for (const auto& [name, matcher] : Matchers()) {
      for (size_t mode = 0; mode < kModes; ++mode) {
        for (const Sense sense : {Sense::kPlain, Sense::kNot}) {
          Define(heap, static_cast<Mode>(mode), sense, std::string(name),
                 matcher);
        }
      }
    }
    for (size_t mode = 0; mode < kModes; ++mode) {
      Lead(heap, static_cast<Mode>(mode), Sense::kPlain, "not",
           static_cast<Mode>(mode), Sense::kNot);
    }
    for (const Sense sense : {Sense::kPlain, Sense::kNot}) {
      Lead(heap, Mode::kValue, sense, "resolves", Mode::kResolves, sense);
      Lead(heap, Mode::kValue, sense, "rejects", Mode::kRejects, sense);
    }
  }

  Handle New(Heap& heap, const Handle& actual) {
    return Make(heap, Mode::kValue, Sense::kPlain, actual);
  }

 private:
  enum class Mode : uint8_t { kValue, kResolves, kRejects };
  static constexpr size_t kModes = 3;

  static size_t Index(Mode mode, Sense sense) {
    return static_cast<size_t>(mode) * 2 + static_cast<size_t>(sense);
  }

  Handle Make(Heap& heap, Mode mode, Sense sense, const Handle& actual) {
    const Handle object = heap.NewObject();
    static_cast<void>(
        heap.SetPrototype(object, prototypes_[Index(mode, sense)]));
    static_cast<void>(heap.Define(object, "_actual", actual, script::kHidden));
    return object;
  }

  void Lead(Heap& heap, Mode mode, Sense sense, std::string_view name,
            Mode to_mode, Sense to_sense) {
    static_cast<void>(heap.DefineAccessor(
        prototypes_[Index(mode, sense)], name,
        heap.NewFunction(
            name, 0,
            [this, to_mode, to_sense](const CallInfo& call) -> Result<Handle> {
              FCC_TRY_ASSIGN(const Handle actual,
                             call.heap().Get(call.this_value(), "_actual"));
              return Make(call.heap(), to_mode, to_sense, actual);
            }),
        {}, script::kHidden));
  }

  void Define(Heap& heap, Mode mode, Sense sense, const std::string& name,
              const Matcher& matcher) {
    static_cast<void>(heap.DefineMethod(
        prototypes_[Index(mode, sense)], name, 1,
        [this, mode, sense, name,
         matcher](const CallInfo& call) -> Result<Handle> {
          ++*assertions_;
          FCC_TRY_ASSIGN(const Handle actual,
                         call.heap().Get(call.this_value(), "_actual"));
          if (mode == Mode::kValue) {
            FCC_TRY(Check(call.heap(), name, matcher, sense, actual,
                          call.arguments()));
            return Handle();
          }
          return Later(call, mode, sense, name, matcher, actual);
        }));
  }

  // A promise that settles with the check of what `actual` settles with.
  Result<Handle> Later(const CallInfo& call, Mode mode, Sense sense,
                       const std::string& name, const Matcher& matcher,
                       const Handle& actual) {
    Heap& heap = call.heap();
    const std::vector<Handle> arguments(call.arguments().begin(),
                                        call.arguments().end());
    const Handle check =
        heap.NewFunction("", 1,
                         [name, matcher, sense, arguments](
                             const CallInfo& settled) -> Result<Handle> {
                           FCC_TRY(Check(settled.heap(), name, matcher, sense,
                                         settled.argument(0), arguments));
                           return Handle();
                         });
    const std::string wrong = mode == Mode::kResolves
                                  ? "the promise was rejected with "
                                  : "the promise was resolved with ";
    const Handle fail = heap.NewFunction(
        "", 1, [wrong](const CallInfo& settled) -> Result<Handle> {
          return script::Throw(
              script::ErrorType::kError,
              wrong + settled.heap().Inspect(settled.argument(0)));
        });
    const bool resolves = mode == Mode::kResolves;
    return heap.CallMethod(actual, "then",
                           {resolves ? check : fail, resolves ? fail : check});
  }

  uint64_t* assertions_;
  Handle prototypes_[kModes * 2];
};

// expect.objectContaining and its like: objects with asymmetricMatch.
void DefineAsymmetric(Heap& heap, const Handle& expect) {
  using Test = std::function<Result<bool>(Heap&, const Handle& wanted,
                                          const Handle& actual)>;
  const auto define = [&](std::string_view name, Test test) {
    static_cast<void>(heap.DefineMethod(
        expect, name, 1, [test](const CallInfo& call) -> Result<Handle> {
          const Handle object = call.heap().NewObject();
          const Handle wanted = call.argument(0);
          FCC_TRY(call.heap().Define(object, "sample", wanted));
          FCC_TRY(call.heap().DefineMethod(
              object, "asymmetricMatch", 1,
              [test](const CallInfo& match) -> Result<Handle> {
                FCC_TRY_ASSIGN(const Handle sample,
                               match.heap().Get(match.this_value(), "sample"));
                FCC_TRY_ASSIGN(const bool matches,
                               test(match.heap(), sample, match.argument(0)));
                return match.heap().Boolean(matches);
              }));
          return object;
        }));
  };
  define("anything", [](Heap&, const Handle&, const Handle& actual) {
    return Result<bool>(!actual.IsNullish());
  });
  define("any", [](Heap& within, const Handle& wanted, const Handle& actual) {
    return IsInstance(within, actual, wanted);
  });
  define("objectContaining",
         [](Heap& within, const Handle& wanted, const Handle& actual) {
           if (!actual.IsObject()) {
             return Result<bool>(false);
           }
           return DeepEqual(within, actual, wanted, Equality::kSubset);
         });
  define("arrayContaining",
         [](Heap& within, const Handle& wanted,
            const Handle& actual) -> Result<bool> {
           FCC_TRY_ASSIGN(const uint32_t count, within.Length(wanted));
           for (uint32_t i = 0; i < count; ++i) {
             FCC_TRY_ASSIGN(const Handle item, within.Get(wanted, i));
             FCC_TRY_ASSIGN(const bool found,
                            ContainsItem(within, actual, item, true));
             if (!found) {
               return false;
             }
           }
           return true;
         });
  const auto text = [](Heap& within, const Handle& wanted,
                       const Handle& actual) {
    return MatchesText(within, actual, wanted);
  };
  define("stringContaining", text);
  define("stringMatching", text);
}

}  // namespace

Result<bool> DeepEqual(Heap& heap, const Handle& left, const Handle& right,
                       Equality equality) {
  return Comparer(heap, equality).Equal(left, right, 0);
}

void DefineExpect(Heap& heap, uint64_t* assertions) {
  // Owned by the function that uses it, and so by the heap.
  auto expectations = std::make_shared<Expectations>(heap, assertions);
  const Handle expect = heap.NewFunction(
      "expect", 1, [expectations](const CallInfo& call) -> Result<Handle> {
        return expectations->New(call.heap(), call.argument(0));
      });
  DefineAsymmetric(heap, expect);
  static_cast<void>(heap.Define(heap.Global(), "expect", expect));
}

}  // namespace fcc::scenario
