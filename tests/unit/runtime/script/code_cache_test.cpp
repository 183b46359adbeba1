// SPDX-License-Identifier: Apache-2.0

#include "runtime/script/code_cache.h"

#include <gtest/gtest.h>

#include "runtime/script/heap.h"

namespace fcc::script {
namespace {

// A program worth caching: over a kilobyte, with what bytecode must keep.
std::string Program() {
  return "/*" + std::string(1024, 'x') +
         "*/\n"
         "var total = 0;\n"
         "function add(a, b) { total += a + b; return arguments.length; }\n"
         "var named = function inner(n) { return n ? inner(n - 1) : 'end' };\n"
         "add(1, 2);\n"
         "[total, add.length, add.name, named(2), typeof inner,\n"
         " /a(.)/.exec('xab')[1], 0.5, '\\u4e2d',\n"
         " (function () { 'use strict'; return this })()].join()\n";
}
constexpr char kExpected[] = "3,2,add,end,undefined,b,0.5,\xE4\xB8\xAD,";

std::string RunProgram(CodeCache* cache, std::string_view source) {
  const auto heap = Heap::Create();
  UseCodeCache(*heap, cache);
  const Result<Handle> result = heap->Evaluate(source, "program.js");
  return result ? heap->AsString(*result) : result.error().Describe();
}

std::unique_ptr<CodeStore> Open(base::FileSystem& files) {
  auto store = CodeStore::Open(files, "/cache");
  EXPECT_TRUE(store);
  return std::move(store).value();
}

// Entries by path, without the secret.
std::map<std::string, std::string> Entries(
    const base::MemoryFileSystem& files) {
  auto entries = files.files();
  entries.erase("/cache/key");
  return entries;
}

TEST(CodeCacheTest, LoadsWhatItStored) {
  base::MemoryFileSystem files;
  EXPECT_EQ(RunProgram(Open(files).get(), Program()), kExpected);
  ASSERT_EQ(Entries(files).size(), 1u);
  EXPECT_EQ(RunProgram(Open(files).get(), Program()), kExpected);
  EXPECT_EQ(Entries(files).size(), 1u);
  // Another text is another program.
  EXPECT_EQ(RunProgram(Open(files).get(), Program() + ";'x'"), "x");
  EXPECT_EQ(Entries(files).size(), 2u);
}

TEST(CodeCacheTest, SmallProgramsAreNotKept) {
  base::MemoryFileSystem files;
  EXPECT_EQ(RunProgram(Open(files).get(), "1 + '2'"), "12");
  EXPECT_TRUE(Entries(files).empty());
}

TEST(CodeCacheTest, TracesKeepTheirPlaces) {
  base::MemoryFileSystem files;
  const std::string source =
      Program() + "function fails() {\n  null.x;\n}\nfails();\n";
  const std::string first = RunProgram(Open(files).get(), source);
  EXPECT_NE(first.find("program.js:"), std::string::npos) << first;
  EXPECT_EQ(RunProgram(Open(files).get(), source), first);
}

TEST(CodeCacheTest, BelievesNothingItDidNotWrite) {
  base::MemoryFileSystem files;
  RunProgram(Open(files).get(), Program());
  const auto [path, good] = *Entries(files).begin();
  std::vector<std::string> bad = {"", good.substr(0, 20),
                                  good.substr(0, good.size() - 1), good + "x"};
  for (size_t at = 0; at < good.size(); at += good.size() / 40 + 1) {
    bad.push_back(good);
    bad.back()[at] = static_cast<char>(bad.back()[at] ^ 1);
  }
  const std::string key =
      path.substr(path.rfind('/') + 1, path.rfind('.') - path.rfind('/') - 1);
  for (const std::string& bytes : bad) {
    ASSERT_TRUE(files.WriteFile(path, bytes));
    EXPECT_FALSE(Open(files)->Load(key));
    // It is compiled and stored anew.
    EXPECT_EQ(RunProgram(Open(files).get(), Program()), kExpected);
    EXPECT_TRUE(Open(files)->Load(key));
  }
  // Under another key, or another secret, the same bytes are strangers.
  const std::string other(key.size(), 'a');
  ASSERT_TRUE(files.WriteFile("/cache/" + other + ".bin", good));
  EXPECT_FALSE(Open(files)->Load(other));
  ASSERT_TRUE(files.RemoveAll("/cache/key"));
  EXPECT_FALSE(Open(files)->Load(key));
}

TEST(CodeCacheTest, AnotherEngineIsAStranger) {
  base::MemoryFileSystem files;
  RunProgram(Open(files).get(), Program());
  const std::string path = Entries(files).begin()->first;
  const std::string key =
      path.substr(path.rfind('/') + 1, path.rfind('.') - path.rfind('/') - 1);
  EXPECT_TRUE(Open(files)->Load(key));
  auto newer = CodeStore::Open(files, "/cache", "a later build");
  ASSERT_TRUE(newer);
  EXPECT_FALSE((*newer)->Load(key));
  (*newer)->Store(key, "code");
  EXPECT_FALSE(Open(files)->Load(key));
}

TEST(CodeCacheTest, HeapsOfOneProcessShareWhatWasLoaded) {
  base::MemoryFileSystem files;
  const auto store = Open(files);
  EXPECT_EQ(RunProgram(store.get(), Program()), kExpected);
  // Not even a file that is gone or changed meanwhile is asked again.
  ASSERT_TRUE(files.WriteFile(Entries(files).begin()->first, "changed"));
  EXPECT_EQ(RunProgram(store.get(), Program()), kExpected);
  EXPECT_EQ(Entries(files).begin()->second, "changed");
}

TEST(CodeCacheTest, AFullDiskCostsSpeedOnly) {
  base::MemoryFileSystem files;
  const auto store = Open(files);
  files.LimitSpace(10);
  EXPECT_EQ(RunProgram(store.get(), Program()), kExpected);
  EXPECT_EQ(RunProgram(store.get(), Program()), kExpected);
  base::MemoryFileSystem full;
  full.LimitSpace(0);
  EXPECT_FALSE(CodeStore::Open(full, "/cache"));
}

}  // namespace
}  // namespace fcc::script
