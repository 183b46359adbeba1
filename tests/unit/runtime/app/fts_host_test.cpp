// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/fts_host.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/template/program_writer.h"

namespace fcc::app {
namespace {

using value::Value;

class FtsHostTest : public testing::Test {
 protected:
  // Modules by path and code, as compiler/fts writes it.
  void Load(std::vector<std::pair<std::string, std::string>> modules) {
    tmpl::ProgramTables tables;
    for (const auto& [path, code] : modules) {
      tables.modules.push_back(
          {tables.AddString(path), tables.AddString(code)});
    }
    auto program = tmpl::Program::Load(tmpl::WriteProgram(tables));
    ASSERT_TRUE(program.ok()) << program.error().message;
    program_ = std::move(program).value();
    FtsHostOptions options;
    options.heap_id = 7;
    options.on_exception = [this](std::string_view module,
                                  const script::Exception& exception) {
      exceptions_ += std::string(module) + ": " + exception.message + "\n";
    };
    host_ = std::make_unique<FtsHost>(*program_, std::move(options));
  }
  Value Call(uint32_t module, const std::vector<std::string>& path,
             const std::vector<Value>& args = {}) {
    auto result = host_->Call(module, path, args);
    EXPECT_TRUE(result.ok()) << result.error().message;
    return result.ok() ? *std::move(result) : Value();
  }
  Value Get(uint32_t module, const std::vector<std::string>& path) {
    auto result = host_->Get(module, path);
    EXPECT_TRUE(result.ok());
    return result.ok() ? *std::move(result) : Value();
  }

  std::unique_ptr<const tmpl::Program> program_;
  std::unique_ptr<FtsHost> host_;
  std::string exceptions_;
};

TEST_F(FtsHostTest, ModulesKeepTheirState) {
  Load({{"a.wxs", "var n=0;module.exports={f:function(){return ++n}}"}});
  EXPECT_EQ(Call(0, {"f"}).number(), 1);
  EXPECT_EQ(Call(0, {"f"}).number(), 2);
}

TEST_F(FtsHostTest, ModulesRequireEachOther) {
  Load({{"a.wxs", "var b=require('b.wxs');module.exports={r:b.y}"},
        {"b.wxs",
         "var a=require('a.wxs');module.exports={y:typeof a,z:require('a.wxs')"
         "===a}"},
        {"c.wxs", "module.exports=require('none.wxs')"}});
  EXPECT_EQ(Get(0, {"r"}).string(), "object");
  EXPECT_TRUE(Get(1, {"z"}).boolean());
  EXPECT_TRUE(Get(2, {"x"}).IsUndefined());
  EXPECT_EQ(exceptions_, "c.wxs: there is no such module\n");
}

TEST_F(FtsHostTest, ValuesAreCopiedBothWays) {
  Load({{"a.wxs",
         "var kept;module.exports={f:function(o){o.a=9;kept=o;return o},"
         "g:function(){return kept.a}}"}});
  const Value given = Value::ObjectOf({{"a", Value::Number(1)}});
  Value got = Call(0, {"f"}, {given});
  EXPECT_EQ(given.Get("a").number(), 1);
  EXPECT_EQ(got.Get("a").number(), 9);
  got.MutableObject().Set("a", Value::Number(3));
  EXPECT_EQ(Call(0, {"g"}).number(), 9);
}

TEST_F(FtsHostTest, FunctionsDoNotCross) {
  Load({{"a.wxs",
         "module.exports={f:function(g,o){return [g===null,o.h===null,"
         "function(){}]},m:{k:function(a){return a+1}}}"}});
  const Value function = Value::Function({1, 1});
  const Value result =
      Call(0, {"f"}, {function, Value::ObjectOf({{"h", function}})});
  EXPECT_TRUE(result.At(0).boolean());
  EXPECT_TRUE(result.At(1).boolean());
  EXPECT_TRUE(result.At(2).IsNull());
  // The module's own, asked for by name, can be called later.
  const Value kept = Get(0, {"m", "k"});
  ASSERT_TRUE(kept.IsFunction());
  EXPECT_EQ(kept.function().heap, 7u);
  const script::Handle two = host_->heap().Number(2);
  auto called = host_->CallFunction(kept.function(), {&two, 1});
  ASSERT_TRUE(called.ok());
  EXPECT_EQ(host_->heap().AsNumber(*called), 3);
  EXPECT_FALSE(host_->CallFunction({7, 99999}, {}).ok());
}

TEST_F(FtsHostTest, FailuresAreTold) {
  Load({{"a.wxs", "null.x"},
        {"b.wxs", "module.exports={f:function(o){return o.a.b}}"},
        {"c.wxs", "not script ("}});
  EXPECT_TRUE(Get(0, {"x", "y"}).IsUndefined());
  EXPECT_FALSE(host_
                   ->Call(1, std::vector<std::string>{"f"},
                          std::vector<Value>{Value::NewObject()})
                   .ok());
  EXPECT_FALSE(host_->Call(1, std::vector<std::string>{"none"}, {}).ok());
  EXPECT_TRUE(Get(2, {}).IsObject());
  EXPECT_NE(exceptions_.find("a.wxs: "), std::string::npos);
  EXPECT_NE(exceptions_.find("c.wxs: "), std::string::npos);
}

}  // namespace
}  // namespace fcc::app
