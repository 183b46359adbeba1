// SPDX-License-Identifier: Apache-2.0
//
// Options of functions: what must be reported, and what looks alike and must
// not be.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/check/check_app.h"

namespace fcc::check {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> Check(std::string script, CheckOptions options = {}) {
  std::vector<std::string> lines =
      CheckApp(OnePage(script + "\nPage({})"), options, "CK100").lines;
  return lines;
}

TEST(ApiOptionsTest, MissingOnes) {
  EXPECT_THAT(Check("wx.showToast({icon: 'none'});"),
              ElementsAre(HasSubstr("CK1004 a.js:1 `wx.showToast` needs the "
                                    "option `title`")));
  EXPECT_THAT(Check("ft.navigateTo();"),
              ElementsAre(HasSubstr("`ft.navigateTo` needs the option `url`")));
  // All of it may be there.
  EXPECT_THAT(Check("wx.showToast({...o}); wx.showToast(o); "
                    "wx.showToast({[k]: 1}); const f = wx.showToast;"),
              IsEmpty());
  // Has a default, whatever the types say.
  EXPECT_THAT(Check("wx.vibrateShort(); wx.showLoading();"), IsEmpty());
  // Have options of their own.
  EXPECT_THAT(Check("uni.showToast({icon: 'none'}); Taro.showToast({});"),
              IsEmpty());
  EXPECT_THAT(Check("wx.requestPayment({order: o});"), IsEmpty());
}

TEST(ApiOptionsTest, OtherTypes) {
  EXPECT_THAT(
      Check("wx.makePhoneCall({phoneNumber: 10086});"),
      ElementsAre(HasSubstr("CK1005 a.js:1 `phoneNumber` of `wx.makePhoneCall` "
                            "takes a string, not a number")));
  EXPECT_THAT(Check("wx.request({url: u, data: [1]});"),
              ElementsAre(HasSubstr("takes an object or a string")));
  EXPECT_THAT(Check("wx.makePhoneCall({phoneNumber: n}); "
                    "wx.makePhoneCall({phoneNumber: null}); "
                    "wx.makePhoneCall({phoneNumber: `${n}`}); "
                    "wx.showToast({title: a ? 'b' : 1});"),
              IsEmpty());
}

TEST(ApiOptionsTest, WordsThatAreNotListed) {
  EXPECT_THAT(Check("wx.showToast({title: t, icon: 'fail'});"),
              ElementsAre(HasSubstr("CK1006 a.js:1 `icon` of `wx.showToast` "
                                    "cannot be `fail`; it is one of "
                                    "success|error|loading|none")));
  EXPECT_THAT(Check("wx.request({url: u, method: 'post'}); "
                    "wx.request({url: u, method: m}); "
                    "wx.showToast({title: t, icon: ''});"),
              IsEmpty());
}

TEST(ApiOptionsTest, Misspelt) {
  EXPECT_THAT(Check("wx.showModal({titel: t});"),
              ElementsAre(HasSubstr("CK1007 a.js:1 `wx.showModal` has no "
                                    "option `titel`; did you mean `title`?")));
  // Said once of a required one.
  EXPECT_EQ(Check("wx.showToast({titel: t});").size(), 1u);
  EXPECT_EQ(Check("wx.showToast({title: t, sucess() {}});").size(), 1u);
  EXPECT_THAT(Check("wx.request({url: u, mine: true}); "
                    "wx.request({url: u, success() {}, fail() {}});"),
              IsEmpty());
}

TEST(ApiOptionsTest, NewerThanTheLibrary) {
  CheckOptions options;
  options.platform = Platform::kWeChat;
  options.base_library = "2.0.0";
  EXPECT_THAT(
      Check("wx.request({url: u, enableHttp2: true});", options),
      ElementsAre(HasSubstr("CK1008 a.js:1 `enableHttp2` of `wx.request` needs "
                            "base library 2.10.4")));
  EXPECT_THAT(Check("if (wx.canIUse('request.object.enableHttp2')) { "
                    "wx.request({url: u, enableHttp2: true}); }",
                    options),
              IsEmpty());
}

}  // namespace
}  // namespace fcc::check
