// SPDX-License-Identifier: Apache-2.0
//
// The component framework against traces of glass-easel 0.21.4: the same
// components, the same steps, the same lines. Where we say something more
// (`ready`), component-model.md says why.

#include <gtest/gtest.h>

#include "tests/unit/simulator/scenario/project_run.h"

namespace fcc::scenario {
namespace {

constexpr std::string_view kTracing = R"(
var T = function(text) { console.log(text); };
var J = function(x) {
  return x === undefined ? 'undefined' : JSON.stringify(x, function(k, v) {
    return v === undefined ? '<undef>' : v; });
};
var LT = function(n) {
  var result = {};
  ['created', 'attached', 'ready', 'moved', 'detached'].forEach(function(k) {
    result[k] = function() { T(n + '.' + k); }; });
  return result;
};
)";

std::string Js(std::string_view text) {
  return std::string(kTracing) + std::string(text);
}

std::string Using(std::string_view components) {
  return base::format(R"({{"component":true,"usingComponents":{{{}}}}})",
                      components);
}

TEST(ComponentTraces, Lifetimes) {
  ProjectRun run({
      {"p.json", Using(R"("child":"child","grand":"grand")")},
      {"p.wxml", "<child wx:if=\"{{on}}\"><grand v=\"{{v}}\"/></child>"},
      {"p.js", Js("Page({data: {v: 5, on: true}})")},
      {"inner.json", Using("")},
      {"inner.wxml", "<view/>"},
      {"inner.js", Js("Component({lifetimes: LT('inner')})")},
      {"grand.json", Using("")},
      {"grand.wxml", "<view/>"},
      {"grand.js",
       Js("Component({lifetimes: LT('grand'), properties: {v: {type: Number,"
          " value: 0, observer: function(n, o) {"
          "   T('grand.v.observer ' + o + '->' + n); }}},"
          " observers: {v: function(x) { T('grand.observers.v ' + x); }}})")},
      {"child.json", Using(R"("inner":"inner")")},
      {"child.wxml", "<inner/><slot/>"},
      {"child.js", Js("Component({lifetimes: LT('child')})")},
  });
  run.Launch();
  EXPECT_EQ(run.Trace(),
            "inner.created\nchild.created\ngrand.created\n"
            "grand.observers.v 5\ngrand.v.observer 0->5\n"
            "child.attached\ninner.attached\ngrand.attached\n"
            "inner.ready\nchild.ready\ngrand.ready\n");
  run.Eval("page.setData({v: 6}, function() { console.log('cb'); })");
  EXPECT_EQ(run.Trace(), "grand.observers.v 6\ngrand.v.observer 5->6\ncb\n");
  run.Eval("page.setData({v: 7})");
  EXPECT_EQ(run.Trace(), "grand.observers.v 7\ngrand.v.observer 6->7\n");
  run.Eval("page.setData({on: false})");
  EXPECT_EQ(run.Trace(), "grand.detached\ninner.detached\nchild.detached\n");
  EXPECT_EQ(run.Errors(), "");
}

TEST(ComponentTraces, ListsMoveAsLittleAsTheyCan) {
  ProjectRun run({
      {"p.json", Using(R"("it":"it")")},
      {"p.wxml",
       "<it wx:for=\"{{l}}\" wx:key=\"k\" k=\"{{item.k}}\"/>"
       "<it wx:if=\"{{f}}\" k=\"if\"/>"},
      {"p.js", "Page({data: {l: [{k: 'a'}, {k: 'b'}, {k: 'c'}], f: false}})"},
      {"it.json", Using("")},
      {"it.wxml", "<view/>"},
      {"it.js",
       Js("var log = function(n) { return function() {"
          " T(n + ' ' + this.data.k); }; };"
          "Component({properties: {k: String}, lifetimes: {"
          " created: function() { T('created'); }, attached: log('attached'),"
          " ready: log('ready'), moved: log('moved'),"
          " detached: log('detached')}})")},
  });
  run.Launch();
  EXPECT_EQ(run.Trace(),
            "created\ncreated\ncreated\nattached a\nattached b\nattached c\n"
            "ready a\nready b\nready c\n");
  run.Eval("page.setData({f: true})");
  EXPECT_EQ(run.Trace(), "created\nattached if\nready if\n");
  run.Eval("page.setData({f: false})");
  EXPECT_EQ(run.Trace(), "detached if\n");
  run.Eval("page.setData({l: [{k: 'c'}, {k: 'a'}, {k: 'b'}]})");
  EXPECT_EQ(run.Trace(), "moved c\n");
  run.Eval("page.setData({l: [{k: 'c'}, {k: 'b'}]})");
  EXPECT_EQ(run.Trace(), "detached a\n");
}

TEST(ComponentTraces, Observers) {
  ProjectRun run({
      {"p.json", Using("")},
      {"p.wxml", "<view/>"},
      {"p.js",
       Js("var keys = ['a', 'a.b', 'a.b.c', 'a.**', '**', 'arr[0]', 'arr',"
          " 'n, a.b']; var observers = {};"
          "keys.forEach(function(k) { observers[k] = function() {"
          " T('[' + k + '] ' + J([].slice.call(arguments))); }; });"
          "Component({data: {a: {b: {c: 1}, d: 2}, arr: [1, 2], n: 0},"
          " observers: observers})")},
  });
  run.Launch();
  EXPECT_EQ(run.Trace(), "");
  const auto after = [&run](std::string_view patch) {
    run.Eval(base::format("page.setData({})", patch));
    return run.Trace();
  };
  EXPECT_EQ(after("{n: 0}"),
            "[**] [{\"a\":{\"b\":{\"c\":1},\"d\":2},\"arr\":[1,2],\"n\":0}]\n"
            "[n, a.b] [0,{\"c\":1}]\n");
  EXPECT_EQ(after("{'a.b.c': 2}"),
            "[a.b.c] [2]\n[a.**] [{\"b\":{\"c\":2},\"d\":2}]\n"
            "[**] [{\"a\":{\"b\":{\"c\":2},\"d\":2},\"arr\":[1,2],\"n\":0}]\n");
  EXPECT_EQ(after("{a: {b: {c: 9}}}"),
            "[a] [{\"b\":{\"c\":9}}]\n[a.b] [{\"c\":9}]\n[a.b.c] [9]\n"
            "[a.**] [{\"b\":{\"c\":9}}]\n"
            "[**] [{\"a\":{\"b\":{\"c\":9}},\"arr\":[1,2],\"n\":0}]\n"
            "[n, a.b] [0,{\"c\":9}]\n");
  EXPECT_EQ(after("{'arr[0]': 7}"),
            "[**] [{\"a\":{\"b\":{\"c\":9}},\"arr\":[7,2],\"n\":0}]\n"
            "[arr[0]] [7]\n");
  EXPECT_EQ(after("{arr: []}"),
            "[**] [{\"a\":{\"b\":{\"c\":9}},\"arr\":[],\"n\":0}]\n"
            "[arr[0]] [\"<undef>\"]\n[arr] [[]]\n");
}

TEST(ComponentTraces, SetDataInsideObservers) {
  ProjectRun run({
      {"p.json", Using("")},
      {"p.wxml", "<view>{{d}}</view>"},
      {"p.js", Js("Component({data: {d: 0, e: 0}, properties: {"
                  "  p: {type: Number, observer: function(n, o) {"
                  "    T('p.observer ' + o + '->' + n); }},"
                  "  q: {type: Object, observer: function(n) {"
                  "    T('q.observer ' + J(n)); }}},"
                  " observers: {"
                  "  p: function(p) { T('observers.p ' + p);"
                  "    this.setData({d: p * 2});"
                  "    T('observers.p end d=' + this.data.d); },"
                  "  d: function(d) { T('observers.d ' + d);"
                  "    this.setData({e: d + 1}); },"
                  "  e: function(e) { T('observers.e ' + e); },"
                  "  q: function(q) { T('observers.q ' + J(q)); }}})")},
  });
  run.Launch();
  const std::string observed =
      "observers.p 2\nobservers.p end d=4\nobservers.d 4\nobservers.e 5\n";
  run.Eval("page.setData({p: 2})");
  EXPECT_EQ(run.Trace(), observed + "p.observer 0->2\n");
  run.Eval("page.setData({p: 2})");
  EXPECT_EQ(run.Trace(), observed);
  EXPECT_EQ(run.View(), "<view>4</view>");
  run.Eval("(getApp().o = {z: 2}, page.setData({q: getApp().o}))");
  EXPECT_EQ(run.Trace(), "observers.q {\"z\":2}\nq.observer {\"z\":2}\n");
  run.Eval("page.setData({q: getApp().o})");
  EXPECT_EQ(run.Trace(), "observers.q {\"z\":2}\n");
  run.Eval("page.setData({'q.z': 3})");
  EXPECT_EQ(run.Trace(), "q.observer 3\n");
  EXPECT_EQ(run.Eval("getApp().o.z"), "3");
}

TEST(ComponentTraces, Behaviors) {
  ProjectRun run({
      {"p.json", Using("")},
      {"p.wxml", "<view/>"},
      {"p.js",
       Js("var mk = function(n, behaviors) { var obj = {}; obj[n] = 1;"
          " return Behavior({behaviors: behaviors || [],"
          "  data: {own: n, obj: obj, shared: n},"
          "  properties: {pp: {type: String, value: n}},"
          "  methods: {m: function() { T('m from ' + n); }},"
          "  lifetimes: {created: function() { T(n + '.created'); },"
          "   attached: function() { T(n + '.attached'); }},"
          "  observers: {t: function() { T(n + '.observers.t'); }}}); };"
          "var b1 = mk('B1'), b0 = mk('B0', [b1]), b2 = mk('B2');"
          "Component({behaviors: [b0, b2], data: {obj: {C: 1}, t: 0},"
          " lifetimes: {created: function() { T('C.created'); },"
          "  attached: function() { T('C.attached'); }},"
          " attached: function() { T('ignored'); },"
          " observers: {t: function() { T('C.observers.t'); }}})")},
  });
  run.Launch();
  EXPECT_EQ(run.Trace(),
            "B1.created\nB0.created\nB2.created\nC.created\n"
            "B1.attached\nB0.attached\nB2.attached\nC.attached\n");
  EXPECT_EQ(run.Eval("JSON.stringify(page.data)"),
            R"({"own":"B2","obj":{"B1":1,"B0":1,"B2":1,"C":1},)"
            R"("shared":"B2","t":0,"pp":"B2"})");
  run.Eval("page.m()");
  EXPECT_EQ(run.Trace(), "m from B2\n");
  run.Eval("page.setData({t: 1})");
  EXPECT_EQ(run.Trace(),
            "B1.observers.t\nB0.observers.t\nB2.observers.t\n"
            "C.observers.t\n");
}

TEST(ComponentTraces, Relations) {
  const std::string rel =
      "var rel = function(n, type) { var r = {type: type};"
      " ['linked', 'linkChanged', 'unlinked'].forEach(function(k) {"
      "  r[k] = function() { T(n + '.' + k); }; }); return r; };";
  ProjectRun run({
      {"p.json", Using(R"("ul":"ul","li":"li")")},
      {"p.wxml", "<ul id=\"u\"><li wx:for=\"{{l}}\" wx:key=\"*this\"/></ul>"},
      {"p.js", "Page({data: {l: [1, 2]}})"},
      {"ul.json", Using("")},
      {"ul.wxml", "<slot/>"},
      {"ul.js", Js(rel + "Component({relations: {'./li': rel('ul', 'child')},"
                         " attached: function() { T('ul.attached'); }})")},
      {"li.json", Using("")},
      {"li.wxml", "<slot/>"},
      {"li.js", Js(rel + "Component({relations: {'./ul': rel('li', 'parent')},"
                         " attached: function() { T('li.attached'); },"
                         " detached: function() { T('li.detached'); }})")},
  });
  run.Launch();
  EXPECT_EQ(run.Trace(),
            "ul.attached\nli.attached\nul.linked\nli.linked\n"
            "li.attached\nul.linked\nli.linked\n");
  EXPECT_EQ(run.Eval("page.selectComponent('#u')"
                     ".getRelationNodes('./li').length"),
            "2");
  run.Eval("page.setData({l: [2, 1]})");
  EXPECT_EQ(run.Trace(), "ul.linkChanged\nli.linkChanged\n");
  run.Eval("page.setData({l: [2]})");
  EXPECT_EQ(run.Trace(), "li.detached\nul.unlinked\nli.unlinked\n");
}

TEST(ComponentTraces, Events) {
  const std::string h =
      "var h = function(n) { return function(ev) {"
      " T(n + ' type=' + ev.type + ' detail=' + J(ev.detail) + ' target.id='"
      " + ev.target.id + ' currentTarget.id=' + ev.currentTarget.id + ' ds='"
      " + J(ev.currentTarget.dataset) + ' mark=' + J(ev.mark)); }; };";
  ProjectRun run({
      {"p.json", Using(R"("mid":"mid")")},
      {"p.wxml",
       "<view id=\"out\" bind:ev=\"onOut\" capture-bind:ev=\"onOutC\""
       " data-q=\"1\" mark:mk=\"{{7}}\"><mid id=\"m\" data-foo-bar=\"2\""
       " data-fooBaz=\"3\" bind:ev=\"onM\"/></view>"},
      {"p.js", Js(h + "Page({onOut: h('root.out'), onOutC: h('root.capture'),"
                      " onM: h('root.in')})")},
      {"mid.json", Using(R"("btn":"btn")")},
      {"mid.wxml",
       "<view id=\"midv\" bind:ev=\"onMid\" capture-bind:ev=\"onMidC\">"
       "<btn id=\"b\"/></view>"},
      {"mid.js", Js(h + "Component({methods: {onMid: h('mid.view'),"
                        " onMidC: h('mid.capture'), go: function(o) {"
                        " this.selectComponent('#b').go(o); }}})")},
      {"btn.json", Using("")},
      {"btn.wxml", "<view id=\"inner\" bind:ev=\"onInner\"/>"},
      {"btn.js",
       Js(h + "Component({methods: {onInner: h('btn.inner'),"
              " go: function(o) { this.triggerEvent('ev', {x: 1}, o); }}})")},
  });
  run.Launch();
  const auto go = [&run](std::string_view options) {
    run.Eval(base::format("page.selectComponent('#m').go({})", options));
    return run.Trace();
  };
  const std::string mid =
      "type=ev detail={\"x\":1} target.id=b currentTarget.id=midv ds={} "
      "mark={}\n";
  const std::string in =
      "root.in type=ev detail={\"x\":1} target.id=m currentTarget.id=m "
      "ds={\"fooBar\":\"2\",\"foobaz\":\"3\"} mark={\"mk\":7}\n";
  const std::string out =
      "type=ev detail={\"x\":1} target.id=m currentTarget.id=out "
      "ds={\"q\":\"1\"} mark={\"mk\":7}\n";
  EXPECT_EQ(go("undefined"), "");
  EXPECT_EQ(go("{bubbles: true}"), "mid.view " + mid);
  EXPECT_EQ(go("{bubbles: true, composed: true}"),
            "mid.view " + mid + in + "root.out " + out);
  EXPECT_EQ(go("{bubbles: true, composed: true, capturePhase: true}"),
            "root.capture " + out + "mid.capture " + mid + "mid.view " + mid +
                in + "root.out " + out);
}

TEST(ComponentTraces, ExportPureDataAndSlots) {
  ProjectRun run({
      {"p.json", Using(R"("ex":"ex","box":"box")")},
      {"p.wxml",
       "<ex id=\"e\"/><box><view slot=\"b\">B</view><view slot=\"a\">A</view>"
       "<view>none</view></box>"},
      {"p.js", "Page({})"},
      {"ex.json", Using("")},
      {"ex.wxml", "<view>{{_p}}|{{q}}</view>"},
      {"ex.js",
       "Component({behaviors: ['wx://component-export'], options: {"
       " pureDataPattern: /^_/}, data: {_p: 'pure', q: 'q'},"
       " export: function() { return {api: 1}; }})"},
      {"box.json", Using("")},
      {"box.wxml", "<slot name=\"a\"/>-<slot name=\"b\"/>"},
      {"box.js", "Component({options: {multipleSlots: true}})"},
  });
  run.Launch();
  EXPECT_EQ(run.Eval("JSON.stringify(page.selectComponent('#e'))"),
            R"({"api":1})");
  EXPECT_EQ(run.Eval("page.selectComponent('#none')"), "null");
  EXPECT_EQ(run.Eval("page.selectAllComponents('ex').length"), "1");
  EXPECT_EQ(run.View(),
            "<ex id=\"e\"><view>|q</view></ex>"
            "<box><view>A</view>-<view>B</view></box>");
}

}  // namespace
}  // namespace fcc::scenario
