// SPDX-License-Identifier: Apache-2.0
//
// describe, it, beforeEach and their kin: what a test file declares while it is
// loaded.

#ifndef FCC_SIMULATOR_SCENARIO_TEST_TREE_H_
#define FCC_SIMULATOR_SCENARIO_TEST_TREE_H_

#include <memory>
#include <string>
#include <vector>

#include "runtime/script/heap.h"

namespace fcc::scenario {

// How a test or a block was declared: it, it.only, it.skip.
enum class Marking : uint8_t { kPlain, kOnly, kSkip };

struct TestCase {
  std::string name;
  Marking marking = Marking::kPlain;
  // Empty for it.todo.
  script::Handle function;
  // Virtual milliseconds; 0 for the run's own.
  double timeout_ms = 0;
};

struct TestGroup {
  // In the order they were declared: a test, or a block inside.
  struct Item {
    std::unique_ptr<TestCase> test;
    std::unique_ptr<TestGroup> group;
  };

  std::string name;
  Marking marking = Marking::kPlain;
  TestGroup* parent = nullptr;
  std::vector<Item> items;
  std::vector<script::Handle> before_all;
  std::vector<script::Handle> after_all;
  std::vector<script::Handle> before_each;
  std::vector<script::Handle> after_each;

  // It or something in it is marked `only`.
  bool HasOnly() const;
};

class TestTree {
 public:
  TestTree() = default;
  TestTree(const TestTree&) = delete;
  TestTree& operator=(const TestTree&) = delete;

  // Puts the functions on the global object. This must outlive the heap's use
  // of them.
  void Define(script::Heap& heap);
  TestGroup& root() { return root_; }

 private:
  void DefineHook(script::Heap& heap, const char* name,
                  std::vector<script::Handle> TestGroup::*list);

  TestGroup root_;
  TestGroup* open_ = &root_;
};

}  // namespace fcc::scenario

#endif  // FCC_SIMULATOR_SCENARIO_TEST_TREE_H_
