// SPDX-License-Identifier: Apache-2.0

#include "runtime/script/heap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace fcc::script {
namespace {

// Keeps timers and what was said, so that tests can look at it.
class TestHost : public Host {
 public:
  void StartTimer(uint32_t id, double delay_ms, bool) override {
    timers[id] = delay_ms;
  }
  void StopTimer(uint32_t id) override { timers.erase(id); }
  void Console(ConsoleLevel, std::string_view text,
               std::span<const Handle>) override {
    lines.emplace_back(text);
  }
  void UnhandledRejection(const Exception& reason) override {
    rejections.push_back(reason.Summary());
  }
  void UncaughtException(const Exception& exception) override {
    uncaught.push_back(exception.Summary());
  }

  std::map<uint32_t, double> timers;
  std::vector<std::string> lines;
  std::vector<std::string> rejections;
  std::vector<std::string> uncaught;
};

class HeapTest : public testing::Test {
 protected:
  HeapTest() : heap(Heap::Create({.host = &host})) {}

  std::string Eval(std::string_view source) {
    const Result<Handle> result = heap->Evaluate(source, "test.js");
    if (!result) {
      return result.error().Summary();
    }
    heap->RunMicrotasks();
    const Result<std::string> text = heap->ToString(*result);
    return text ? *text : text.error().Summary();
  }

  TestHost host;
  std::unique_ptr<Heap> heap;
};

TEST_F(HeapTest, Evaluates) {
  EXPECT_EQ(Eval("1 + 2"), "3");
  EXPECT_EQ(Eval("'a' + [1, [2, 3]] + {}"), "a1,2,3[object Object]");
}

TEST_F(HeapTest, ThrownErrorsHaveNameMessageAndPlace) {
  const Result<Handle> result = heap->Evaluate(
      "function outer() { inner(); }\n"
      "function inner() {\n"
      "  null.x;\n"
      "}\n"
      "outer();",
      "page.js");
  ASSERT_FALSE(result);
  const Exception& error = result.error();
  EXPECT_EQ(error.name, "TypeError");
  ASSERT_GE(error.frames.size(), 3u);
  EXPECT_EQ(error.frames[0].function, "inner");
  EXPECT_EQ(error.frames[0].file, "page.js");
  EXPECT_EQ(error.frames[0].line, 3u);
  EXPECT_EQ(error.frames[1].function, "outer");
  EXPECT_EQ(error.frames[1].line, 1u);
}

TEST_F(HeapTest, SyntaxErrorsHaveAPlace) {
  const Result<Handle> result =
      heap->Evaluate("var a = 1;\nvar b = ;", "broken.js");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().name, "SyntaxError");
  ASSERT_FALSE(result.error().frames.empty());
  EXPECT_EQ(result.error().frames[0].line, 2u);
  EXPECT_EQ(result.error().frames[0].column, 9u);
}

TEST_F(HeapTest, CallsNativeFunctions) {
  const Handle add =
      heap->NewFunction("add", 2, [](const CallInfo& call) -> Result<Handle> {
        return call.heap().Number(call.heap().AsNumber(call.argument(0)) +
                                  call.heap().AsNumber(call.argument(1)));
      });
  ASSERT_TRUE(heap->Set(heap->Global(), "add", add));
  EXPECT_EQ(Eval("add(2, 3) + add.name + add.length"), "5add2");
}

TEST_F(HeapTest, NativeErrorsAreThrown) {
  ASSERT_TRUE(heap->Set(
      heap->Global(), "fail",
      heap->NewFunction("fail", 0, [](const CallInfo&) -> Result<Handle> {
        return ThrowTypeError("no such thing");
      })));
  EXPECT_EQ(Eval("try { fail() } catch (e) { e instanceof TypeError && "
                 "e.message }"),
            "no such thing");
}

TEST_F(HeapTest, ConvertsValuesBothWays) {
  const Result<Handle> object = heap->Evaluate(
      "({a: 1, b: [true, null, undefined, 'x\\ud83d\\ude00'], d: new Date(5),"
      " f: function () { return 7; }})",
      "t.js");
  ASSERT_TRUE(object);
  const Result<value::Value> value = heap->ToValue(*object);
  ASSERT_TRUE(value);
  EXPECT_EQ(value->Get("b").At(3).string(), "x\xF0\x9F\x98\x80");
  EXPECT_TRUE(value->Get("b").At(2).IsUndefined());
  EXPECT_EQ(value->Get("d").number(), 5);
  const Handle back = heap->FromValue(*value);
  ASSERT_TRUE(heap->Set(heap->Global(), "back", back));
  EXPECT_EQ(Eval("back.b[3].length + back.f() + back.d.getTime()"), "15");
}

TEST_F(HeapTest, CyclesAreAnException) {
  const Result<Handle> object =
      heap->Evaluate("var o = {}; o.o = o; o", "t.js");
  ASSERT_TRUE(object);
  EXPECT_FALSE(heap->ToValue(*object));
}

TEST_F(HeapTest, PromisesRunAsMicrotasksInOrder) {
  EXPECT_EQ(Eval("var log = []; Promise.resolve().then(function () {"
                 " log.push(1) }).then(function () { log.push(3) });"
                 "Promise.resolve().then(function () { log.push(2) });"
                 "log.push(0); log"),
            "0,1,2,3");
}

TEST_F(HeapTest, ReportsUnhandledRejections) {
  Eval(
      "Promise.reject(new RangeError('lost')); "
      "Promise.reject(1).catch(function () {}); 0");
  EXPECT_THAT(host.rejections, testing::ElementsAre("RangeError: lost"));
}

TEST_F(HeapTest, TimersGoThroughTheHost) {
  Eval(
      "var fired = []; setTimeout(function (a) { fired.push(a) }, 10, 'x');"
      "clearTimeout(setTimeout(function () {}, 5)); 0");
  ASSERT_EQ(host.timers.size(), 1u);
  heap->FireTimer(host.timers.begin()->first);
  EXPECT_EQ(Eval("fired"), "x");
}

// Of what is no function, too, before and behind other calls.
TEST_F(HeapTest, ErrorsStandWhereTheCallIs) {
  EXPECT_EQ(Eval("(function (o) { try {\n"
                 "var a = 1;\n"
                 "o.good(a);\n"
                 "o.bad(a,\n"
                 "a); } catch (e) { return /:(\\d+)/.exec(e.stack)[1]; } })({\n"
                 "good: function () {}})"),
            "4");
}

// A chain of timers at once is slowed after a while, and the next one is free.
TEST_F(HeapTest, TimersThatSetEachOtherLetTimePass) {
  Eval("var n = 0; var go = function () { ++n; setTimeout(go, 0) }; go(); 0");
  int at_once = 0;
  while (host.timers.size() == 1 && host.timers.begin()->second == 0 &&
         at_once < 5000) {
    const uint32_t id = host.timers.begin()->first;
    host.timers.clear();
    heap->FireTimer(id);
    ++at_once;
  }
  EXPECT_EQ(at_once, 1001);
  ASSERT_EQ(host.timers.size(), 1u);
  EXPECT_EQ(host.timers.begin()->second, 4);
  host.timers.clear();
  Eval("setTimeout(function () {}, 0); 0");
  EXPECT_EQ(host.timers.begin()->second, 0);
}

TEST_F(HeapTest, TimeLimitEndsEveryNesting) {
  heap->SetTimeLimit(50);
  for (const char* source :
       {"while (1) {}", "try { while (1) {} } catch (e) { while (1) {} }",
        "for (;;) { try { for (;;) {} } finally { continue; } }",
        "[1].map(function () { while (1) {} })",
        "new Promise(function () { while (1) {} })",
        "[3, 2, 1].sort(function () { while (1) {} })"}) {
    const Result<Handle> result = heap->Evaluate(source, "loop.js");
    ASSERT_FALSE(result) << source;
    EXPECT_EQ(result.error().limit, Limit::kTime) << source;
    EXPECT_EQ(Eval("1 + 1"), "2");
  }
}

TEST_F(HeapTest, MemoryLimitIsAnError) {
  auto small = Heap::Create({.memory_limit = 16 << 20});
  const Result<Handle> result = small->Evaluate(
      "var a = []; while (1) a.push(new Array(1000).join('x') + a.length)",
      "bomb.js");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().limit, Limit::kMemory);
  EXPECT_TRUE(small->Evaluate("a = null; 1", "after.js"));
}

TEST_F(HeapTest, AppendingIsLinear) {
  EXPECT_EQ(Eval("var s = ''; for (var i = 0; i < 200000; i++) s += 'x';"
                 "s.length"),
            "200000");
  EXPECT_EQ(Eval("var t = s; s += 'y'; t += 'z'; "
                 "s.slice(-2) + t.slice(-2) + (s === t)"),
            "xyxzfalse");
}

}  // namespace
}  // namespace fcc::script
