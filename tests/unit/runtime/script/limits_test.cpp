// SPDX-License-Identifier: Apache-2.0
//
// Scripts that do not want to end, or want all the memory there is: each ends
// within its limit, with the right error, and leaves a heap that works and
// holds no more than before.

#include <gtest/gtest.h>

#include <chrono>

#include "runtime/script/heap.h"

namespace fcc::script {
namespace {

class CountingHost : public Host {
 public:
  void UncaughtException(const Exception& exception) override {
    limits.push_back(exception.limit);
  }
  void UnhandledRejection(const Exception&) override {}
  std::vector<Limit> limits;
};

// ES5, as everything that reaches the engine is.
constexpr const char* kEndless[] = {
    "while (1) {}",
    "try { while (1) {} } catch (e) { while (1) {} } finally { while (1) {} }",
    "for (;;) { try { for (;;) {} } catch (e) { continue; } finally {"
    " continue; } }",
    "(function f() { try { while (1) {} } finally { f() } })()",
    "({get x() { while (1) {} }}).x",
    "({set x(v) { while (1) {} }}).x = 1",
    "'' + {toString: function () { while (1) {} }}",
    "+{valueOf: function () { while (1) {} }}",
    "[2, 1].sort(function () { while (1) {} })",
    "[1].map(function () { while (1) {} })",
    "JSON.stringify({toJSON: function () { while (1) {} }})",
    "JSON.stringify({a: 1}, function () { while (1) {} })",
    "JSON.parse('[1]', function () { while (1) {} })",
    "'aa'.replace(/a/g, function () { while (1) {} })",
    "new Proxy({}, {get: function () { while (1) {} }}).x",
    "'x' in new Proxy({}, {has: function () { while (1) {} }})",
    "Object.keys(new Proxy({}, {ownKeys: function () { while (1) {} }}))",
    "new (new Proxy(Object, {construct: function () { while (1) {} }}))()",
    "Reflect.set({}, 'x', 1, new Proxy({}, {defineProperty: function () {"
    " while (1) {} }}))",
    "new Promise(function () { while (1) {} })",
    "new Map([[1, 2]]).forEach(function () { while (1) {} })",
    "eval('while (1) {}')",
    "Function('while (1) {}')()",
    // Loops of the library itself.
    "Array.prototype.indexOf.call({length: 9007199254740991}, 1)",
    "Array.prototype.every.call({length: 9007199254740991}, function () {})",
    "var o = {}; o[Symbol.iterator] = function () { return {next: function () {"
    " return {value: 1, done: false} }} }; new Set(o)",
    "Iterator.from({next: function () { return {} }}).drop(Infinity).next()",
    "var m = new Map([[0, 0]]); m.forEach(function (v, k) {"
    " m.delete(k); m.set(k + 1, 0) })",
};

TEST(LimitsTest, EveryLoopEnds) {
  CountingHost host;
  const auto heap = Heap::Create({.host = &host});
  for (const char* source : kEndless) {
    heap->SetTimeLimit(15);
    const auto begin = std::chrono::steady_clock::now();
    const Result<Handle> result = heap->Evaluate(source, "loop.js");
    const auto took = std::chrono::steady_clock::now() - begin;
    ASSERT_FALSE(result) << source;
    EXPECT_EQ(result.error().limit, Limit::kTime) << source;
    // The machine may be busy; a loop that goes on is longer than this.
    EXPECT_LT(took, std::chrono::seconds(10)) << source;
    heap->SetTimeLimit(0);
    const Result<Handle> after = heap->Evaluate("[1, 2].join()", "after.js");
    ASSERT_TRUE(after) << source;
    EXPECT_EQ(heap->AsString(*after), "1,2");
  }
}

TEST(LimitsTest, EveryMicrotaskEnds) {
  for (const char* source :
       {"Promise.resolve().then(function () { while (1) {} })",
        "(function f() { Promise.resolve().then(f) })()",
        "var thenable = {then: function (f) { f(thenable) }};"
        "Promise.resolve(thenable)"}) {
    CountingHost host;
    const auto heap = Heap::Create({.host = &host});
    heap->SetTimeLimit(15);
    ASSERT_TRUE(heap->Evaluate(source, "task.js"));
    EXPECT_FALSE(heap->RunMicrotasks()) << source;
    ASSERT_EQ(host.limits.size(), 1u) << source;
    EXPECT_EQ(host.limits[0], Limit::kTime) << source;
    EXPECT_TRUE(heap->Evaluate("1", "after.js"));
  }
}

TEST(LimitsTest, EveryBombIsAnError) {
  for (const char* source :
       {"var a = []; while (1) a.push(new Array(1000).join('x') + a.length)",
        "var s = 'x'; while (1) s += s", "'x'.repeat(1 << 28)",
        "'x'.padEnd(1 << 29)", "new Uint8Array(1 << 29)",
        "var m = new Map(); for (var i = 0; ; i++) m.set(i, {})",
        "var a = {}; while (1) a = {a: a, b: [a]}",
        "var s = new Array(1 << 20).join('a'); s.replace(/a/g, s)",
        "var s = new Array(1 << 20).join('a'); s.replaceAll('a', s)",
        "var a = new Array(1 << 20); a.join(new Array(1 << 20).join('ab'))",
        "var s = new Array(1 << 20).join('ab'); while (1) s ="
        " s.replace(/a/g, 'aa')",
        "new Array(1 << 26).fill(0)",
        "JSON.stringify(new Array(1 << 24).fill('abcdefgh'))"}) {
    const auto heap = Heap::Create({.memory_limit = 8 << 20});
    const Result<Handle> result = heap->Evaluate(source, "bomb.js");
    ASSERT_FALSE(result) << source;
    EXPECT_EQ(result.error().name, "RangeError") << source;
    EXPECT_TRUE(heap->Evaluate("var a = null, s = null, m = null, f = null; 1",
                               "after.js"))
        << source;
    heap->CollectGarbage();
    EXPECT_TRUE(heap->Evaluate("[1, 2].map(String).join()", "after.js"))
        << source;
  }
}

struct Deep {
  const char* source;
  const char* expected;
};

TEST(LimitsTest, DepthIsAnError) {
  const Deep kDeep[] = {
      {"(function f() { f() })()", "RangeError"},
      {"(function f() { [1].map(f) })()", "RangeError"},
      {"(function f() { new f() })()", "RangeError"},
      {"(function f() { new Promise(f) })(); 'fine'", "fine"},
      {"({get x() { return this.x }}).x", "RangeError"},
      {"var o = {toString: function () { return '' + o }}; '' + o",
       "RangeError"},
      {"var p = new Proxy({}, {get: function (t, k, r) { return r[k] }}); p.x",
       "RangeError"},
      {"var p = {}; for (var i = 0; i < 10000; i++) p = new Proxy(p, {});"
       "p.x = 1; Object.keys(p).join() + p.x",
       "RangeError"},
      {"var p = function () {}; for (var i = 0; i < 10000; i++)"
       " p = new Proxy(p, {}); p(); 'fine'",
       "fine"},
      {"var p = {}; for (var i = 0; i < 10000; i++) p = new Proxy({}, p); p.x",
       "RangeError"},
      {"var o = {}; for (var i = 0; i < 100000; i++) o = Object.create(o); o.x",
       "RangeError"},
      {"var a = []; for (var i = 0; i < 100000; i++) a = [a]; String(a)",
       "RangeError"},
      {"JSON.stringify(a)", "RangeError"},
      {"a.flat(Infinity).length", "RangeError"},
      {"JSON.parse(new Array(100001).join('[') + new Array(100001).join(']'))",
       "RangeError"},
      {"new RegExp(new Array(100001).join('(') + new Array(100001).join(')'))",
       "SyntaxError"},
      {"eval(new Array(100001).join('(') + 1 + new Array(100001).join(')'))",
       "RangeError"},
      {"structuredClone(a).length + ''", "1"},
  };
  const auto heap = Heap::Create();
  for (const Deep& deep : kDeep) {
    const std::string source =
        std::string("try {") + deep.source + "} catch (e) { e.name }";
    const Result<Handle> result = heap->Evaluate(source, "deep.js");
    ASSERT_TRUE(result) << deep.source << result.error().Describe();
    EXPECT_EQ(heap->AsString(*result), deep.expected) << deep.source;
  }
}

TEST(LimitsTest, CatastrophicPatternsEnd) {
  const auto heap = Heap::Create();
  for (const char* pattern : {"(a+)+$", "(a|aa)+$", "(a|a?)+$", "(.*)*b$",
                              "^(([a-z])+.)+[A-Z]([a-z])+$"}) {
    const std::string source =
        std::string("var s = new Array(5000).join('a') + '!'; try { /") +
        pattern + "/.test(s) + '' } catch (e) { e.name }";
    const auto begin = std::chrono::steady_clock::now();
    const Result<Handle> result = heap->Evaluate(source, "regexp.js");
    ASSERT_TRUE(result) << pattern;
    const std::string text = heap->AsString(*result);
    EXPECT_TRUE(text == "false" || text == "RangeError") << pattern << text;
    EXPECT_LT(std::chrono::steady_clock::now() - begin,
              std::chrono::seconds(30))
        << pattern;
  }
}

TEST(LimitsTest, ComparatorsMayThrowOrLie) {
  const auto heap = Heap::Create();
  const char* source =
      "var a = [], b; for (var i = 0; i < 1000; i++) a.push(i);"
      "var before = a.slice().sort().join();"
      "var n = 0, kinds = [function () { return 1 }, function () { return -1 },"
      " function () { return Math.random() - 0.5 }, function () { return NaN },"
      " function () { return {} }, function () { b.length = 3; return 1 },"
      " function () { if (++n > 50) throw new Error('tired'); return 1 }];"
      "kinds.map(function (compare) { b = a.slice(); var threw = '';"
      " try { b.sort(compare) } catch (e) { threw = e.message }"
      " return threw || b.slice().sort().join() === before }).join()";
  const Result<Handle> result = heap->Evaluate(source, "sort.js");
  ASSERT_TRUE(result) << result.error().Describe();
  EXPECT_EQ(heap->AsString(*result), "true,true,true,true,true,true,tired");
}

TEST(LimitsTest, NothingIsLeftBehind) {
  CountingHost host;
  const auto heap = Heap::Create({.host = &host});
  const auto run = [&](const char* source) {
    heap->SetTimeLimit(15);
    static_cast<void>(heap->Evaluate(source, "leak.js"));
    heap->SetTimeLimit(0);
    static_cast<void>(heap->Evaluate("o = m = null", "leak.js"));
    heap->CollectGarbage();
    heap->CollectGarbage();
    return heap->memory_used();
  };
  for (const char* source : kEndless) {
    run(source);
    const size_t before = run(source);
    const size_t after = run(source);
    // The tables of strings and of eval's sources grow in steps.
    EXPECT_LE(after, before + 2048) << source;
  }
}

TEST(LimitsTest, HeapsComeAndGoWithoutGrowth) {
  // Whatever one leaves behind, the leak checker finds.
  for (int i = 0; i < 200; ++i) {
    const auto heap = Heap::Create();
    ASSERT_TRUE(
        heap->Evaluate("new Map([[{}, new WeakRef({})]]); Promise.reject(1);"
                       "setTimeout(function () {}, 1)",
                       "x.js"));
  }
}

}  // namespace
}  // namespace fcc::script
