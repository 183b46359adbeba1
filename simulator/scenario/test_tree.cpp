// SPDX-License-Identifier: Apache-2.0

#include "simulator/scenario/test_tree.h"

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

namespace fcc::scenario {

using script::CallInfo;
using script::Handle;
using script::Heap;
using script::Result;

bool TestGroup::HasOnly() const {
  return marking == Marking::kOnly ||
         std::any_of(items.begin(), items.end(), [](const Item& item) {
           return item.test != nullptr ? item.test->marking == Marking::kOnly
                                       : item.group->HasOnly();
         });
}

// it.each([[1, 2], [3, 4]])('…', fn): the declaration, once a row, with `%s`
// and its like in the name replaced in order.
static std::string RowName(Heap& heap, const std::string& name,
                           const std::vector<Handle>& row) {
  std::string result;
  size_t next = 0;
  for (size_t i = 0; i < name.size(); ++i) {
    static constexpr std::string_view kDirectives = "sdifjop";
    if (name[i] == '%' && i + 1 < name.size() &&
        kDirectives.find(name[i + 1]) != std::string_view::npos) {
      if (next < row.size()) {
        result += row[next].IsString() ? heap.AsString(row[next])
                                       : heap.Inspect(row[next]);
        ++next;
      }
      ++i;
    } else {
      result += name[i];
    }
  }
  return result;
}

using Declare = std::function<Result<Handle>(
    const CallInfo&, Marking, const std::string& name, const Handle& function)>;

static Handle MakeDeclarer(Heap& heap, const char* name, const Declare& declare,
                           Marking marking) {
  return heap.NewFunction(
      name, 2, [declare, marking](const CallInfo& call) -> Result<Handle> {
        FCC_TRY_ASSIGN(const std::string title,
                       call.heap().ToString(call.argument(0)));
        return declare(call, marking, title, call.argument(1));
      });
}

static Handle MakeEach(Heap& heap, const Declare& declare, Marking marking) {
  return heap.NewFunction(
      "each", 1, [declare, marking](const CallInfo& each) -> Result<Handle> {
        const Handle table = each.argument(0);
        return each.heap().NewFunction(
            "", 2,
            [declare, marking, table](const CallInfo& call) -> Result<Handle> {
              Heap& within = call.heap();
              FCC_TRY_ASSIGN(const std::string title,
                             within.ToString(call.argument(0)));
              FCC_TRY_ASSIGN(const uint32_t rows, within.Length(table));
              for (uint32_t i = 0; i < rows; ++i) {
                FCC_TRY_ASSIGN(const Handle item, within.Get(table, i));
                std::vector<Handle> row;
                if (item.IsArray()) {
                  FCC_TRY_ASSIGN(const uint32_t count, within.Length(item));
                  for (uint32_t j = 0; j < count; ++j) {
                    FCC_TRY_ASSIGN(Handle member, within.Get(item, j));
                    row.push_back(std::move(member));
                  }
                } else {
                  row.push_back(item);
                }
                const Handle function = call.argument(1);
                const Handle bound = within.NewFunction(
                    "", 0,
                    [function, row](const CallInfo& run) -> Result<Handle> {
                      return run.heap().Call(function, run.this_value(), row);
                    });
                FCC_TRY(
                    declare(call, marking, RowName(within, title, row), bound));
              }
              return Handle();
            });
      });
}

static Handle MakeFamily(Heap& heap, const char* name, const Declare& declare) {
  const Handle family = MakeDeclarer(heap, name, declare, Marking::kPlain);
  const Handle only = MakeDeclarer(heap, "only", declare, Marking::kOnly);
  const Handle skip = MakeDeclarer(heap, "skip", declare, Marking::kSkip);
  static_cast<void>(
      heap.Define(only, "each", MakeEach(heap, declare, Marking::kOnly)));
  static_cast<void>(
      heap.Define(skip, "each", MakeEach(heap, declare, Marking::kSkip)));
  static_cast<void>(heap.Define(family, "only", only));
  static_cast<void>(heap.Define(family, "skip", skip));
  static_cast<void>(heap.Define(family, "todo", skip));
  static_cast<void>(
      heap.Define(family, "each", MakeEach(heap, declare, Marking::kPlain)));
  return family;
}

void TestTree::Define(Heap& heap) {
  const Handle global = heap.Global();
  const Declare declare_test =
      [this](const CallInfo& call, Marking marking, const std::string& name,
             const Handle& function) -> Result<Handle> {
    auto test = std::make_unique<TestCase>();
    test->name = name;
    test->marking = function.IsFunction() ? marking : Marking::kSkip;
    test->function = function;
    if (call.argument(2).IsNumber()) {
      test->timeout_ms = call.heap().AsNumber(call.argument(2));
    }
    open_->items.push_back({std::move(test), nullptr});
    return Handle();
  };
  const Declare declare_group =
      [this](const CallInfo& call, Marking marking, const std::string& name,
             const Handle& function) -> Result<Handle> {
    auto group = std::make_unique<TestGroup>();
    group->name = name;
    group->marking = marking;
    group->parent = open_;
    TestGroup* inside = group.get();
    open_->items.push_back({nullptr, std::move(group)});
    open_ = inside;
    Result<Handle> result =
        function.IsFunction()
            ? call.heap().Call(function, call.heap().Undefined(), {})
            : Result<Handle>(Handle());
    open_ = inside->parent;
    return result;
  };
  for (const char* name : {"it", "test"}) {
    static_cast<void>(
        heap.Define(global, name, MakeFamily(heap, name, declare_test)));
  }
  static_cast<void>(heap.Define(global, "describe",
                                MakeFamily(heap, "describe", declare_group)));
  DefineHook(heap, "beforeAll", &TestGroup::before_all);
  DefineHook(heap, "afterAll", &TestGroup::after_all);
  DefineHook(heap, "beforeEach", &TestGroup::before_each);
  DefineHook(heap, "afterEach", &TestGroup::after_each);
}

void TestTree::DefineHook(Heap& heap, const char* name,
                          std::vector<Handle> TestGroup::*list) {
  static_cast<void>(
      heap.DefineMethod(heap.Global(), name, 1,
                        [this, list](const CallInfo& call) -> Result<Handle> {
                          if (call.argument(0).IsFunction()) {
                            (open_->*list).push_back(call.argument(0));
                          }
                          return Handle();
                        }));
}

}  // namespace fcc::scenario
