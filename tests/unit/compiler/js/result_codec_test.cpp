// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/result_codec.h"

#include <gtest/gtest.h>

#include <string>

namespace fcc::js {
namespace {

// Has something of every kind of fact.
constexpr std::string_view kText = R"js(
import a from './a';
const b = require("./b");
export * from './c';
import('./d');
require.async('./e');
const {request} = wx;
const secretKey = 'AKIAIOSFODNN7EXAMPLE1';
App({onLaunch() { wx.getSystemInfoSync(); }});
Page({
  data: {x: 1, list: []},
  ...a,
  onLoad() {
    this.setData({'x.y': undefined, z: 1, [b]: 2});
    for (const i of this.data.list) this.setData({i});
    setInterval(() => eval('1'), 1);
    wx.navigateTo({url: '/pages/b/b?q=1'});
    if (wx.canIUse('login')) request({url: 'http://a.example/x'});
    this.later = () => 1;
  },
});
Component({
  properties: {p: String},
  externalClasses: ['my-class'],
  observers: {p() {}},
  methods: {tap() { this.triggerEvent('pick'); this.triggerEvent(b); }},
});
wx.createCanvasContext('c').getContext('webgl');
)js";

CompileResult Compiled(const source::SourceFile& file) {
  CompileOptions options;
  options.collect_facts = true;
  options.collect_module_uses = true;
  options.source_map = true;
  diagnostics::Sink sink;
  CompileResult result = Compile(file, options, sink);
  EXPECT_TRUE(result.ok);
  return result;
}

class ResultCodecTest : public testing::Test {
 protected:
  source::SourceSet sources_;
  const source::SourceFile& file_ = sources_.Add("a.js", std::string(kText));
  const CompileResult result_ = Compiled(file_);
  const std::string bytes_ = EncodeResult(result_);
};

TEST_F(ResultCodecTest, ComesBackAsItWas) {
  const auto back = DecodeResult(bytes_, kText.size());
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(EncodeResult(*back), bytes_);
  EXPECT_EQ(back->code, result_.code);
  EXPECT_EQ(back->map, result_.map);
  EXPECT_EQ(back->helpers, result_.helpers);
  ASSERT_EQ(back->dependencies.size(), 5u);
  EXPECT_EQ(back->dependencies[4].kind, DependencyKind::kRequireAsync);
  EXPECT_EQ(back->dependencies[4].span, result_.dependencies[4].span);
  ASSERT_EQ(back->dependencies[0].taken.size(), 1u);
  EXPECT_EQ(back->dependencies[0].taken[0].name, "default");
  EXPECT_EQ(back->dependencies[2].taken.at(0).exported, "*");
  ASSERT_EQ(back->facts.definitions.size(), 3u);
  EXPECT_EQ(back->facts.definitions[2].external_classes.at(0), "my-class");
  EXPECT_TRUE(back->facts.definitions[2].has_observers);
  EXPECT_EQ(back->facts.apis.size(), result_.facts.apis.size());
  EXPECT_EQ(back->facts.routes.at(0).url, "/pages/b/b?q=1");
}

TEST_F(ResultCodecTest, RefusesHalves) {
  for (size_t size = 0; size < bytes_.size(); ++size) {
    EXPECT_FALSE(DecodeResult(bytes_.substr(0, size), kText.size())) << size;
  }
  EXPECT_FALSE(DecodeResult(bytes_ + '\0', kText.size()));
}

// No rotten byte does more than give another result; places stay in the text.
TEST_F(ResultCodecTest, BearsRottenBytes) {
  for (size_t at = 0; at < bytes_.size(); ++at) {
    for (const char wrong : {'\0', '\x7f', '\xff'}) {
      std::string rotten = bytes_;
      rotten[at] = wrong;
      if (const auto result = DecodeResult(rotten, kText.size())) {
        for (const ApiUse& use : result->facts.apis) {
          ASSERT_LE(use.span.end, kText.size());
        }
      }
    }
  }
}

TEST_F(ResultCodecTest, RefusesPlacesBeyondTheText) {
  EXPECT_FALSE(DecodeResult(bytes_, kText.size() / 2));
}

}  // namespace
}  // namespace fcc::js
