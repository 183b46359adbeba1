// SPDX-License-Identifier: Apache-2.0
//
// Random changes, checked against something too simple to be wrong: written
// paths against a model in a few lines of script, updated views against views
// that are made anew.

#include <gtest/gtest.h>

#include <random>

#include "runtime/app/view_tree.h"
#include "runtime/value/value_json.h"
#include "tests/unit/simulator/scenario/project_run.h"

namespace fcc::scenario {
namespace {

// Makes paths as lists of keys, which need no parser, and as text for setData.
constexpr std::string_view kModel = R"(
var seed = 1;
var pick = function(n) {
  seed = (seed * 16807) % 2147483647;
  return seed % n;
};
var NAMES = ['a', 'b', 'long-name', 'x.y', '1', 'a[0]', ''];
var value = function(depth) {
  switch (pick(depth > 2 ? 5 : 7)) {
    case 0: return pick(10);
    case 1: return 's' + pick(10);
    case 2: return null;
    case 3: return pick(2) === 0;
    case 4: return undefined;
    case 5: {
      var list = [];
      for (var i = pick(4); i > 0; --i) list.push(value(depth + 1));
      return list;
    }
    default: {
      var object = {};
      for (var k = pick(4); k > 0; --k) {
        object[NAMES[pick(NAMES.length - 1)]] = value(depth + 1);
      }
      return object;
    }
  }
};
var path = function() {
  var keys = [NAMES[pick(3)]];
  while (pick(3) !== 0 && keys.length < 6) {
    keys.push(pick(2) === 0 ? pick(4) : NAMES[pick(NAMES.length - 1)]);
  }
  return keys;
};
var spell = function(keys) {
  return keys.map(function(key, i) {
    return typeof key === 'number' ? '[' + key + ']'
      : (i === 0 ? '' : '.') + key.replace(/[.\[\]\\]/g, '\\$&');
  }).join('');
};
// What setData is to do, one key at a time.
var assign = function(root, keys, to) {
  var at = root;
  for (var i = 0; i + 1 < keys.length; ++i) {
    var next = at[keys[i]];
    // `arr.1` names an item where there is an array.
    var wantsArray = typeof keys[i + 1] === 'number' ||
        Array.isArray(next) && /^\d+$/.test(keys[i + 1]);
    if (next === null || typeof next !== 'object' ||
        Array.isArray(next) !== wantsArray) {
      next = at[keys[i]] = wantsArray ? [] : {};
    }
    at = next;
  }
  at[keys[keys.length - 1]] = to;
};
var show = function(x) {
  return JSON.stringify(x, function(k, v) {
    return v === undefined ? '<undefined>' : v;
  });
};
var clone = function(x) {
  if (Array.isArray(x)) {
    var list = [];
    for (var i = 0; i < x.length; ++i) list.push(clone(x[i]));
    return list;
  }
  if (x === null || typeof x !== 'object') return x;
  var copy = {};
  Object.keys(x).forEach(function(key) { copy[key] = clone(x[key]); });
  return copy;
};
)";

TEST(ComponentProperty, SetDataDoesWhatTheModelDoes) {
  ProjectRun run({
      {"p.json", "{}"},
      {"p.wxml", "<view wx:for=\"{{a}}\">{{item}}{{b}}</view>"},
      {"p.js", std::string(kModel) + R"(
Page({
  data: {},
  step: function() {
    var patch = {};
    var model = this.model || (this.model = {});
    for (var n = 1 + pick(3); n > 0; --n) {
      var keys = path();
      var to = value(0);
      var text = spell(keys);
      if (text in patch) continue;
      patch[text] = to;
      assign(model, keys, clone(to));
    }
    this.setData(patch);
    var got = show(this.data);
    var wanted = show(model);
    return got === wanted ? '' : JSON.stringify(patch) + '\n got ' + got
      + '\n wanted ' + wanted;
  },
  run: function(times) {
    for (var i = 0; i < times; ++i) {
      // Now and then from nothing, so that data stays small.
      if (pick(20) === 0) {
        this.model = {};
        var self = this;
        Object.keys(this.data).forEach(function(key) {
          delete self.data[key];
        });
      }
      var problem = this.step();
      if (problem) return i + ': ' + problem;
    }
    return 'same';
  }
})
)"},
  });
  run.Launch();
  EXPECT_EQ(run.Eval("page.run(2000)"), "same");
  EXPECT_EQ(run.Errors(), "");
}

// The page shows one template twice: one copy is updated step by step, the
// other one is thrown away and made anew after each step. The view, which knows
// nothing but messages, shows the same.
TEST(ComponentProperty, UpdatedTreesEqualFreshOnes) {
  const std::string text =
      "<box wx:for=\"{{l}}\" wx:key=\"k\" t=\"{{item.t}}\">"
      "<text slot=\"{{item.s}}\">{{item.k}}</text>"
      "<block slot=\"b\" wx:if=\"{{item.t}}\">{{n}}<leaf v=\"{{n}}\"/></block>"
      "</box>"
      "<rows l=\"{{m}}\" named=\"{{n}}\"><leaf slot:v v=\"{{v}}{{n}}\"/>"
      "<text slot=\"{{s}}\" slot:v=\"w\">{{w}}</text>{{s}}</rows>"
      "<block wx:if=\"{{n > 1}}\"><one><leaf wx:for=\"{{m}}\" wx:key=\"*this\""
      " v=\"{{item}}\"/></one></block><one wx:else>{{s}}</one>";
  ProjectRun run({
      {"p.json", R"({"usingComponents":{"box":"box","leaf":"leaf",)"
                 R"("rows":"rows","one":"one"}})"},
      {"p.wxml", "<view class=\"a\">" + text + "</view>" +
                     "<view class=\"b\" wx:if=\"{{fresh}}\">" + text +
                     "</view>"},
      {"p.js", std::string(kModel) + R"(
Page({
  data: {l: [], m: [], n: 0, s: 'a', fresh: true},
  step: function() {
    var item = function() {
      return {k: pick(8), t: pick(2) === 0, s: NAMES[pick(2)]};
    };
    var unique = function(list, key) {
      var seen = {};
      return list.filter(function(x) {
        var k = key ? x[key] : x;
        if (seen[k]) return false;
        return seen[k] = true;
      });
    };
    var list = this.data.l.slice();
    var patch = {};
    switch (pick(7)) {
      case 0: patch.n = pick(4); break;
      case 1: patch.s = NAMES[pick(2)]; break;
      case 2:
        list.splice(pick(list.length + 1), pick(2), item(), item());
        patch.l = unique(list, 'k');
        break;
      case 3:
        list.sort(function() { return pick(2) - 1; });
        patch.l = list;
        break;
      case 4:
        if (list.length) patch['l[' + pick(list.length) + '].t'] = pick(2) === 0;
        break;
      case 5:
        var m = [];
        for (var i = pick(5); i > 0; --i) m.push(pick(6));
        patch.m = unique(m);
        break;
      default:
        patch = {l: unique([item(), item(), item()], 'k'), n: pick(3)};
    }
    this.setData(patch);
    this.setData({fresh: false});
    this.setData({fresh: true});
    return JSON.stringify(patch);
  }
})
)"},
      {"box.json", R"({"component":true})"},
      {"box.wxml",
       "<slot wx:if=\"{{t}}\" name=\"a\"/>[<slot name=\"b\"/>]"
       "<slot wx:if=\"{{!t}}\" name=\"a\"/>"},
      {"box.js",
       "Component({options: {multipleSlots: true}, properties: {t: Boolean}})"},
      {"leaf.json", R"({"component":true})"},
      {"leaf.wxml", "({{v}})"},
      {"leaf.js",
       "Component({options: {virtualHost: true}, properties: {v: String}})"},
      {"rows.json", R"({"component":true})"},
      {"rows.wxml",
       "<slot wx:for=\"{{l}}\" wx:key=\"*this\" v=\"{{item}}\"/>/"
       "<slot name=\"{{named > 1 ? 'a' : 'b'}}\" v=\"{{l.length}}\"/>"},
      {"rows.js",
       "Component({options: {dynamicSlots: true},"
       " properties: {l: Array, named: Number}})"},
      {"one.json", R"({"component":true})"},
      {"one.wxml", "<view><slot/></view>"},
      {"one.js", "Component({})"},
  });
  run.session->host().KeepViews();
  run.Launch();
  const auto markup = [&run](const char* selector) {
    const app::Node* node =
        run.session->RunningApp().FindNode(run.page(), run.Find(selector));
    std::string all = ViewMarkup(*node, false);
    return all.substr(all.find('>') + 1);
  };
  for (int step = 0; step < 300; ++step) {
    const std::string patch = run.Eval("page.step()");
    ASSERT_EQ(markup(".a"), markup(".b")) << "step " << step << ": " << patch;
    const app::App& app = run.session->RunningApp();
    ASSERT_EQ(value::ToJson(run.session->host().ViewOf(run.page())->Tree()),
              value::ToJson(app::ViewTree(*app.PageRoot(run.page()))))
        << "step " << step << ": " << patch;
  }
  EXPECT_EQ(run.Errors(), "");
}

}  // namespace
}  // namespace fcc::scenario
