// SPDX-License-Identifier: Apache-2.0
//
// The ways in which a function of the platform is named, and the ways in which
// code makes sure that it is there.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/check/check_app.h"

namespace fcc::check {
namespace {

size_t Reports(const std::string& script) {
  return CheckApp(OnePage(script + "\nPage({})"), {}, "CK1001").lines.size();
}

TEST(ApiUseTest, FollowsNames) {
  for (const char* script : {
           "wx.addCard()",
           "ft.addCard()",
           "uni.addCard()",
           "wx['addCard']()",
           "const {addCard} = wx; addCard()",
           "const {addCard: add} = wx; add()",
           "const api = wx; api.addCard()",
           "let api; api = wx; api.addCard()",
           "const add = wx.addCard; add()",
           "globalThis.wx.addCard()",
           "const p = promisify(wx.addCard)",
           "const wxp = promisifyAll(wx); wxp.addCard()",
           "const wxp = {}; promisifyAll(wx, wxp); wxp.addCard()",
           "promisifyAll(wx, wx.p = {}); wx.p.addCard()",
           "import Taro from '@tarojs/taro'; Taro.addCard()",
           "import {addCard} from '@tarojs/taro'; addCard()",
           "const t = require('@tarojs/taro'); t.default.addCard()",
           "const v = require('../../common/vendor.js'); v.index.addCard()",
           "(function (uni) { uni.addCard() })(0)",
           "(function (e) { e.addCard() }).call(this, n('1')['default'])",
           "var _tarojs_taro__WEBPACK_IMPORTED_MODULE_0__ = r(1);"
           "_tarojs_taro__WEBPACK_IMPORTED_MODULE_0__.addCard()",
           "var _tarojs_taro__WEBPACK_IMPORTED_MODULE_0___default = r(1);"
           "_tarojs_taro__WEBPACK_IMPORTED_MODULE_0___default().addCard()",
           "(function (e, t, r) { var o = r(1), a = r.n(o); a().addCard() })",
       }) {
    EXPECT_EQ(Reports(script), 1u) << script;
  }
}

TEST(ApiUseTest, FollowsObjects) {
  EXPECT_EQ(Reports("const m = wx.createMapContext('m'); m.addVisualLayer()"),
            1u);
  EXPECT_EQ(Reports("wx.createMapContext('m').addVisualLayer()"), 1u);
  EXPECT_EQ(Reports("exports.a = function () {"
                    " this.m = wx.createMapContext('m');"
                    " this.m.removeVisualLayer() }"),
            1u);
  EXPECT_EQ(Reports("const m = wx.createMapContext('m'); m.getScale()"), 0u);
  // One name, two objects.
  EXPECT_EQ(Reports("let m = wx.createMapContext('m'); m = other();"
                    "m.addVisualLayer()"),
            0u);
}

TEST(ApiUseTest, RespectsGuards) {
  for (const char* script : {
           "if (wx.canIUse('addCard')) { wx.addCard() }",
           "if (wx.addCard) wx.addCard()",
           "wx.addCard && wx.addCard()",
           "wx.addCard ? wx.addCard() : 0",
           "if (typeof wx.addCard === 'function') wx.addCard()",
           "wx.addCard?.()",
           "wx.router?.getRouteContext(this)",
           "if (this.renderer === 'skyline') wx.worklet.timing(0)",
           "function f() { if (!wx.addCard) return; wx.addCard() }",
           "const can = wx.canIUse('addCard'); if (can) wx.addCard()",
           "if (wx.canIUse('wx.addCard()')) { wx.addCard() }",
           "if (this.data.canIUse) { wx.addCard() }",
           "function f() { if (!this.data.canIUseCards) return;"
           " wx.addCard() }",
           "if ('addCard' in wx) { wx.addCard() }",
           "if (!wx.addCard) { no() } else { wx.addCard() }",
           "wx.addCard = function () {}",
           "const m = wx.createMapContext('m');"
           "if (m.addVisualLayer) m.addVisualLayer()",
       }) {
    EXPECT_EQ(Reports(script), 0u) << script;
  }
  EXPECT_EQ(Reports("if (wx.login) wx.addCard()"), 1u);
  EXPECT_EQ(Reports("if (this.data.ready) wx.addCard()"), 1u);
  EXPECT_EQ(Reports("if (!wx.addCard) wx.addCard()"), 1u);
}

// A test in another function: the script knows, though not provably here.
TEST(ApiUseTest, TestedElsewhereIsAWarning) {
  const CheckedApp app =
      CheckApp(OnePage("exports.has = () => typeof wx.worklet === 'object';\n"
                       "exports.f = () => wx.worklet.shared(0);\nPage({})"),
               {}, "CK1001");
  ASSERT_EQ(app.lines.size(), 1u);
  for (const diagnostics::Diagnostic& each : app.diagnostics) {
    EXPECT_EQ(each.severity, diagnostics::Severity::kWarning);
  }
}

// What stands in a package from npm may never run.
TEST(ApiUseTest, OfNpmIsAWarning) {
  auto files = OnePage("require('lib'); Page({})");
  files["miniprogram_npm/lib/index.js"] = "wx.addCard()";
  const CheckedApp app = CheckApp(files, {}, "CK1001");
  ASSERT_EQ(app.lines.size(), 1u);
  EXPECT_EQ(app.diagnostics[0].severity, diagnostics::Severity::kWarning);
}

TEST(ApiUseTest, LeavesOtherObjectsAlone) {
  EXPECT_EQ(Reports("const wx = require('./x'); wx.addCard()"), 0u);
  EXPECT_EQ(Reports("exports.f = function (wx) { wx.addCard() }"), 0u);
  EXPECT_EQ(Reports("store.addCard(); wallet.wx.addCard()"), 0u);
}

// A chain as deep as the parser lets through, of names that are looked at
// twice.
TEST(ApiUseTest, TakesLongChains) {
  std::string chain = "Taro";
  for (int i = 0; i < 200; ++i) {
    chain += ".a";
  }
  EXPECT_EQ(Reports("import Taro from '@tarojs/taro';" + chain), 0u);
}

}  // namespace
}  // namespace fcc::check
