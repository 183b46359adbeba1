// SPDX-License-Identifier: Apache-2.0
//
// The component framework against traces of glass-easel 0.21.4: the same
// components, the same steps, the same lines. Where we say something more
// (`ready`), component-model.md says why.

#include <gtest/gtest.h>

#include "runtime/app/view_mirror.h"
#include "runtime/app/view_tree.h"
#include "runtime/value/value_json.h"
#include "simulator/scenario/view_text.h"
#include "tests/unit/simulator/scenario/project_run.h"

namespace fcc::scenario {
namespace {

constexpr std::string_view kTracing = R"(
var T = function(text) { console.log(text); };
var J = function(x) {
  return x === undefined ? 'undefined' : JSON.stringify(x, function(k, v) {
    return v === undefined ? '<undef>'
      : typeof v === 'number' && !isFinite(v) ? String(v) : v; });
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

// The trace's third scenario: every value through a template into every type.
TEST(ComponentTraces, Coercion) {
  ProjectRun run({
      {"p.json", Using(R"("pc":"pc")")},
      {"p.wxml",
       "<pc id=\"p\" s=\"{{v}}\" n=\"{{v}}\" b=\"{{v}}\" o=\"{{v}}\""
       " a=\"{{v}}\" x=\"{{v}}\" m=\"{{v}}\"/>"},
      {"p.js",
       Js("Page({data: {v: null}, go: function() { var page = this;"
          " [undefined, null, '', 'abc', '12', 0, 1.5, NaN, true, false,"
          "  {k: 1}, [1]].forEach(function(v) { page.setData({v: v});"
          "  var d = page.selectComponent('#p').data;"
          "  T(J(v) + ' (' + typeof v + ') => s=' + J(d.s) + ' n=' + J(d.n)"
          "   + ' b=' + J(d.b) + ' o=' + J(d.o) + ' a=' + J(d.a) + ' x='"
          "   + J(d.x) + ' m=' + J(d.m)); }); }})")},
      {"pc.json", Using("")},
      {"pc.wxml", "<view/>"},
      {"pc.js",
       "Component({properties: {s: String, n: Number, b: Boolean, o: Object,"
       " a: Array, x: null, m: {type: Number, optionalTypes: [String, Object],"
       " value: 9}}})"},
  });
  run.Launch();
  run.Eval("page.go()");
  EXPECT_EQ(run.Trace(),
            R"(undefined (undefined) => s="" n=0 b=false o=null a=[] x=null m=0
null (object) => s="" n=0 b=false o=null a=[] x=null m=null
"" (string) => s="" n=0 b=false o=null a=[] x="" m=""
"abc" (string) => s="abc" n=0 b=true o=null a=[] x="abc" m="abc"
"12" (string) => s="12" n=12 b=true o=null a=[] x="12" m="12"
0 (number) => s="0" n=0 b=false o=null a=[] x=0 m=0
1.5 (number) => s="1.5" n=1.5 b=true o=null a=[] x=1.5 m=1.5
"NaN" (number) => s="NaN" n=0 b=false o=null a=[] x="NaN" m=0
true (boolean) => s="true" n=1 b=true o=null a=[] x=true m=1
false (boolean) => s="false" n=0 b=false o=null a=[] x=false m=0
{"k":1} (object) => s="[object Object]" n=0 b=true o={"k":1} a=[] x={"k":1} m={"k":1}
[1] (object) => s="1" n=1 b=true o=[1] a=[1] x=[1] m=1
)");
}

// The eighth: callbacks behind the render, paths, no copies.
TEST(ComponentTraces, SetDataPathsAndCallbacks) {
  ProjectRun run({
      {"p.json", Using("")},
      {"p.wxml", "<view>{{a}}</view>"},
      {"p.js", Js("Component({data: {a: 0, arr: [1], o: {}}, observers: {"
                  " a: function(v) { T('obs a=' + v); }}, methods: {"
                  " go: function() {"
                  "  this.setData({a: 1}, function() { T('cb1'); });"
                  "  this.setData({a: 2}, function() { T('cb2'); });"
                  "  Promise.resolve().then(function() { T('microtask'); });"
                  "  setTimeout(function() { T('timeout0'); }); },"
                  " paths: function() { var page = this; ['arr[3]', 'o.x.y',"
                  "  'o.k[1].z', 'a.b', 'o[\"q\"]', 'o.1x', 'arr[-1]',"
                  "  'new\\\\.key'].forEach(function(p) { var patch = {};"
                  "  patch[p] = 'V'; page.setData(patch);"
                  "  T(p + ' -> ' + J(page.data)); });"
                  "  var src = {n: 1}; this.setData({o: src}); src.n = 2;"
                  "  T('deep-copied: ' + (this.data.o.n === 1));"
                  "  this.data.arr = 5; T('direct: ' + J(this.data.arr));"
                  "  this.setData({a: undefined});"
                  "  T('a' in this.data, J(this.data.a)); }}})")},
  });
  run.Launch();
  run.Eval("page.go()");
  EXPECT_EQ(run.Trace(), "obs a=1\nobs a=2\nmicrotask\ntimeout0\ncb1\ncb2\n");
  EXPECT_EQ(run.View(), "<view>2</view>");
  run.Eval("page.paths()");
  const std::string arr = R"("arr":[1,"<undef>","<undef>","V"])";
  const std::string k = R"("k":["<undef>",{"z":"V"}])";
  const std::string ok =
      R"({"a":{"b":"V"},)" + arr + R"(,"o":{"x":{"y":"V"},)" + k;
  EXPECT_EQ(run.Trace(),
            "arr[3] -> {\"a\":2," + arr + ",\"o\":{}}\n" +
                "o.x.y -> {\"a\":2," + arr + ",\"o\":{\"x\":{\"y\":\"V\"}}}\n" +
                "o.k[1].z -> {\"a\":2," + arr + ",\"o\":{\"x\":{\"y\":\"V\"}," +
                k + "}}\n" + "a.b -> " + ok + "}}\n" + "o[\"q\"] -> " + ok +
                "}}\n" + "o.1x -> " + ok + ",\"1x\":\"V\"}}\n" + "arr[-1] -> " +
                ok + ",\"1x\":\"V\"}}\n" + "new\\.key -> " + ok +
                ",\"1x\":\"V\"},\"new.key\":\"V\"}\n" +
                "deep-copied: false\ndirect: 5\nobs a=undefined\ntrue\n");
}

// Content of a component with dynamicSlots is made for every slot that takes
// it, with the values of the slot.
TEST(ComponentTraces, DynamicSlots) {
  ProjectRun run({
      {"p.json", Using(R"("rows":"rows","leaf":"leaf")")},
      {"p.wxml",
       "<rows id=\"r\"><leaf slot=\"{{s}}\" slot:item slot:nth=\"n\""
       " v=\"{{n}}{{item}}{{t}}\"/><block slot=\"b\">B{{t}}</block>-</rows>"},
      {"p.js", "Page({data: {s: 'a', t: '!'}})"},
      {"rows.json", Using("")},
      {"rows.wxml",
       "<slot wx:for=\"{{l}}\" wx:key=\"*this\" name=\"a\" item=\"{{item}}\""
       " nth=\"{{index}}\"/>|<slot wx:if=\"{{b}}\" name=\"b\"/>|<slot/>"},
      {"rows.js",
       "Component({options: {dynamicSlots: true}, properties: {b: Boolean},"
       " data: {l: ['x', 'y']}})"},
      {"leaf.json", Using("")},
      {"leaf.wxml", "{{v}}"},
      {"leaf.js",
       Js("Component({options: {virtualHost: true}, properties: {v: String},"
          " attached: function() { T('+' + this.data.v); },"
          " detached: function() { T('-' + this.data.v); }})")},
  });
  run.Launch();
  EXPECT_EQ(run.Text("#r"), "0x!1y!||-");
  EXPECT_EQ(run.Trace(), "+0x!\n+1y!\n");
  run.Eval("page.selectComponent('#r').setData({l: ['y', 'z'], b: true})");
  EXPECT_EQ(run.Text("#r"), "0y!1z!|B!|-");
  EXPECT_EQ(run.Trace(), "-0x!\n+1z!\n");
  run.Eval("page.setData({t: '?'})");
  EXPECT_EQ(run.Text("#r"), "0y?1z?|B?|-");
  // Content that goes to another slot is made anew there.
  run.Eval("page.setData({s: ''})");
  EXPECT_EQ(run.Text("#r"), "|B?|?-");
  run.Eval("page.selectComponent('#r').setData({l: [], b: false})");
  EXPECT_EQ(run.Text("#r"), "||?-");
  run.Eval("page.setData({s: 'a'})");
  EXPECT_EQ(run.Text("#r"), "||-");
  EXPECT_EQ(run.Errors(), "");
}

// Lists and branches: what is new is made before what is old goes, and comes
// afterwards. What is moved is told from the inside out.
TEST(ComponentTraces, NewIsMadeBeforeOldGoes) {
  ProjectRun run({
      {"p.json", Using(R"("it":"it","in":"in")")},
      {"p.wxml",
       "<it wx:for=\"{{l}}\" wx:key=\"*this\" k=\"{{item}}\">"
       "<in k=\"{{item}}\"/></it>"
       "<in wx:if=\"{{f}}\" k=\"if\"/><in wx:else k=\"else\"/>"},
      {"p.js", "Page({data: {l: ['a', 'b', 'c'], f: true}})"},
      {"in.json", Using("")},
      {"in.wxml", "<view/>"},
      {"in.js", Js("var log = function(n) { return function() {"
                   " T(n + ' ' + this.is + ' ' + this.data.k); }; };"
                   "Component({properties: {k: String},"
                   " observers: {k: function(k) { T(this.is + ' is ' + k); }},"
                   " lifetimes: {attached: log('+'), moved: log('~'),"
                   " detached: log('-')}})")},
      {"it.json", Using("")},
      {"it.wxml", "<slot/>"},
      {"it.js", Js("var log = function(n) { return function() {"
                   " T(n + ' ' + this.is + ' ' + this.data.k); }; };"
                   "Component({properties: {k: String},"
                   " lifetimes: {attached: log('+'), moved: log('~'),"
                   " detached: log('-')}})")},
  });
  run.Launch();
  run.Trace();
  run.Eval("page.setData({f: false})");
  EXPECT_EQ(run.Trace(), "in is else\n- in if\n+ in else\n");
  run.Eval("page.setData({l: ['c', 'x', 'a', 'y']})");
  EXPECT_EQ(run.Trace(),
            "in is x\nin is y\n"
            "~ in c\n~ it c\nin is c\n+ it x\n+ in x\nin is a\n"
            "- in b\n- it b\n+ it y\n+ in y\n");
  EXPECT_EQ(run.Errors(), "");
}

// What the owner sets again is told to observers, though it is the same; only
// what was written, by path.
TEST(ComponentTraces, ObserversHearWhatIsSetAgain) {
  ProjectRun run({
      {"p.json", Using(R"("c":"c")")},
      {"p.wxml",
       "<c p=\"{{a}}\" q=\"{{o.x}}\" r=\"{{l[1]}}\"/>"
       "<view wx:for=\"{{l}}\" wx:key=\"*this\"><c p=\"{{item}}\"/></view>"},
      {"p.js", "Page({data: {a: 1, o: {x: 2, y: 3}, l: [4, 5]}})"},
      {"c.json", Using("")},
      {"c.wxml", "{{p}}"},
      {"c.js",
       Js("Component({properties: {p: {type: Number, observer: function(n, o) {"
          "  T('p.observer ' + o + '->' + n); }}, q: Number, r: Number},"
          " observers: [{fields: 'p', observer: function(p) { T('p ' + p); }},"
          "  {fields: 'q', observer: function(q) { T('q ' + q); }},"
          "  {fields: 'r', observer: function(r) { T('r ' + r); }}]})")},
  });
  run.session->host().KeepViews();
  run.Launch();
  run.Trace();
  const auto after = [&run](std::string_view patch) {
    run.Eval(base::format("page.setData({})", patch));
    return run.Trace();
  };
  EXPECT_EQ(after("{a: 1}"), "p 1\n");
  EXPECT_EQ(after("{'o.y': 3}"), "");
  EXPECT_EQ(after("{'o.x': 2}"), "q 2\n");
  EXPECT_EQ(after("{o: {x: 2}}"), "q 2\n");
  EXPECT_EQ(after("{'l[0]': 4}"), "p 4\n");
  EXPECT_EQ(after("{'l[1]': 6}"), "r 6\np 6\np.observer 0->6\n");
  EXPECT_EQ(after("{l: [4, 6]}"), "r 6\np 4\np 6\n");
  EXPECT_EQ(after("{unused: 1}"), "");
  // A splice tells of what it brings only.
  run.Eval(
      "page.spliceArrayDataOnPath(['l'], 2, 0, [7]), page.applyDataUpdates()");
  EXPECT_EQ(run.Trace(), "p 7\np.observer 0->7\n");
  EXPECT_EQ(run.Errors(), "");
}

TEST(ComponentTraces, VirtualHostsAreNotOnTheScreen) {
  ProjectRun run({
      {"p.json", Using(R"("v":"v","w":"w")")},
      {"p.wxml", "<w><v class=\"k\" bind:ev=\"on\"><view>in</view></v></w>"},
      {"p.js", "Page({on: function() { console.log('ev'); }})"},
      {"w.json", Using("")},
      {"w.wxml", "<view class=\"w\"><slot/></view>"},
      {"w.js", "Component({})"},
      {"v.json", Using("")},
      {"v.wxml", "<view class=\"i\" bind:tap=\"go\"><slot/></view>"},
      {"v.js",
       "Component({options: {virtualHost: true}, methods: {go: function() {"
       " this.triggerEvent('ev'); }}})"},
  });
  run.session->host().KeepViews();
  run.Launch();
  const app::Node* root = run.session->RunningApp().PageRoot(run.page());
  EXPECT_EQ(ViewMarkup(*root, false),
            "<w><view class=\"w\"><view class=\"i\"><view>in</view></view>"
            "</view></w>");
  EXPECT_EQ(value::ToJson(app::ViewTree(*root)),
            value::ToJson(run.session->host().ViewOf(run.page())->Tree()));
  run.Eval("page.selectComponent('.k').go()");
  EXPECT_EQ(run.Trace(), "ev\n");
}

// `>>>` leads out of the asking component's own tree, not of any tree below.
TEST(ComponentTraces, DeepSelectorsBeginInTheOwnTree) {
  ProjectRun run({
      {"p.json", Using(R"("a":"a")")},
      {"p.wxml", "<a id=\"top\"/>"},
      {"p.js", "Page({})"},
      {"a.json", Using(R"("b":"b")")},
      {"a.wxml", "<b id=\"x\"/>"},
      {"a.js", "Component({})"},
      {"b.json", Using(R"("c":"c")")},
      {"b.wxml", "<c class=\"k\"/>"},
      {"b.js", "Component({})"},
      {"c.json", Using("")},
      {"c.wxml", "<view/>"},
      {"c.js", "Component({})"},
  });
  run.Launch();
  const auto count = [&run](std::string_view from, std::string_view selector) {
    return run.Eval(base::format("'' + {}.selectAllComponents('{}').length",
                                 from, selector));
  };
  EXPECT_EQ(count("page", "#top >>> .k"), "1");
  EXPECT_EQ(count("page", "#x >>> .k"), "0");
  EXPECT_EQ(count("page.selectComponent('#top')", "#x >>> .k"), "1");
}

TEST(ComponentTraces, PlaceholdersGiveWayToTheirComponents) {
  ProjectRun run({
      {"app.json",
       R"({"pages":["p"],"subPackages":[{"root":"sub","pages":["q"]}]})"},
      {"p.json", R"({"usingComponents":{"late":"/sub/late","wait":"wait"},)"
                 R"("componentPlaceholder":{"late":"wait"}})"},
      {"p.wxml", "<late id=\"l\" v=\"{{v}}\">content</late>"},
      {"p.js", "Page({data: {v: 7}})"},
      {"wait.json", Using("")},
      {"wait.wxml", "wait:<slot/>"},
      {"wait.js", Js("Component({lifetimes: LT('wait')})")},
      {"sub/q.wxml", "<view/>"},
      {"sub/q.js", "Page({})"},
      {"sub/late.json", Using("")},
      {"sub/late.wxml", "late{{v}}:<slot/>"},
      {"sub/late.js",
       Js("Component({properties: {v: Number}, lifetimes: LT('late')})")},
  });
  run.Launch();
  EXPECT_EQ(run.Text("#l"), "late7:content");
  EXPECT_EQ(run.Trace(),
            "wait.created\nwait.attached\nwait.detached\n"
            "late.created\nlate.attached\nlate.ready\n");
  run.Eval("page.setData({v: 8})");
  EXPECT_EQ(run.Text("#l"), "late8:content");
}

// A placeholder takes the content as its own slots want it, and the component
// that follows as its do: here one slot, then one for every row.
TEST(ComponentTraces, PlaceholdersAndDynamicSlots) {
  ProjectRun run({
      {"app.json",
       R"({"pages":["p"],"subPackages":[{"root":"sub","pages":["q"]}]})"},
      {"p.json", R"({"usingComponents":{"late":"/sub/late","wait":"wait",)"
                 R"("leaf":"leaf"},"componentPlaceholder":{"late":"wait"}})"},
      {"p.wxml", "<late id=\"l\"><leaf slot:item v=\"{{item}}{{t}}\"/></late>"},
      {"p.js", "Page({data: {t: '!'}})"},
      {"wait.json", Using("")},
      {"wait.wxml", "wait(<slot/>)"},
      {"wait.js", "Component({})"},
      {"leaf.json", Using("")},
      {"leaf.wxml", "{{v}}"},
      {"leaf.js", Js("Component({properties: {v: String},"
                     " attached: function() { T('+' + this.data.v); },"
                     " detached: function() { T('-' + this.data.v); }})")},
      {"sub/q.wxml", "<view/>"},
      {"sub/q.js", "Page({})"},
      {"sub/late.json", Using("")},
      {"sub/late.wxml",
       "late(<slot wx:for=\"{{l}}\" wx:key=\"*this\" item=\"{{item}}\"/>)"},
      {"sub/late.js",
       "Component({options: {dynamicSlots: true}, data: {l: ['a', 'b']}})"},
  });
  run.Launch();
  EXPECT_EQ(run.Text("#l"), "late(a!b!)");
  EXPECT_EQ(run.Trace(), "+!\n-!\n+a!\n+b!\n");
  run.Eval("page.setData({t: '?'})");
  EXPECT_EQ(run.Text("#l"), "late(a?b?)");
  run.Eval("page.selectComponent('#l').setData({l: ['b', 'c']})");
  EXPECT_EQ(run.Text("#l"), "late(b?c?)");
  EXPECT_EQ(run.Trace(), "-a?\n+c?\n");
  EXPECT_EQ(run.Errors(), "");
}

// The generic of a component may be one that is not there yet, and its
// placeholder one of the page's.
TEST(ComponentTraces, PlaceholdersOfGenerics) {
  ProjectRun run({
      {"app.json",
       R"({"pages":["p"],"subPackages":[{"root":"sub","pages":["q"]}]})"},
      {"p.json", R"({"usingComponents":{"list":"list","late":"/sub/late",)"
                 R"("wait":"wait"},"componentPlaceholder":{"late":"wait"}})"},
      {"p.wxml", "<list id=\"l\" generic:row=\"late\" bind:pick=\"pick\"/>"},
      {"p.js", Js("Page({pick: function(e) { T('pick ' + e.detail); }})")},
      {"list.json", R"({"component":true,"componentGenerics":{"row":true}})"},
      {"list.wxml",
       "<row wx:for=\"{{l}}\" wx:key=\"*this\" v=\"{{item}}\""
       " bind:hit=\"hit\">;</row>"},
      {"list.js",
       "Component({data: {l: ['a', 'b']}, methods: {hit: function(e) {"
       " this.triggerEvent('pick', e.detail); }}})"},
      {"wait.json", Using("")},
      {"wait.wxml", "wait<slot/>"},
      {"wait.js", Js("Component({attached: function() { T('wait'); },"
                     " detached: function() { T('wait gone'); }})")},
      {"sub/q.wxml", "<view/>"},
      {"sub/q.js", "Page({})"},
      {"sub/late.json", Using("")},
      {"sub/late.wxml", "late {{v}}<slot/>"},
      {"sub/late.js",
       Js("Component({properties: {v: String}, attached: function() {"
          " T('late ' + this.data.v); this.triggerEvent('hit', this.data.v);"
          " }})")},
  });
  run.Launch();
  EXPECT_EQ(run.Text("#l"), "late a;late b;");
  EXPECT_EQ(run.Trace(),
            "wait\nwait\nwait gone\nlate a\npick a\n"
            "wait gone\nlate b\npick b\n");
  run.Eval("page.selectComponent('#l').setData({l: ['b']})");
  EXPECT_EQ(run.Text("#l"), "late b;");
  EXPECT_EQ(run.Errors(), "");
}

// Code that a component put off runs when the component has gone.
TEST(ComponentTraces, GoneComponentsAnswerNothing) {
  ProjectRun run({
      {"p.json", Using(R"("c":"c")")},
      {"p.wxml", "<c id=\"c\" wx:if=\"{{on}}\"/>"},
      {"p.js", "Page({data: {on: true}})"},
      {"c.json", Using("")},
      {"c.wxml", "<view id=\"v\"/>"},
      {"c.js", Js("Component({detached: function() { var self = this;"
                  " setTimeout(function() {"
                  "  T(J([self.selectComponent('#v'),"
                  "   self.selectAllComponents('#v'),"
                  "   self.getRelationNodes('x')]));"
                  "  self.triggerEvent('x'); self.setData({a: 1});"
                  "  self.createSelectorQuery().select('#v')"
                  "   .boundingClientRect().exec(function(r) { T(J(r)); });"
                  " }, 100); }})")},
  });
  run.Launch();
  run.Eval("page.setData({on: false})");
  run.session->Advance(200);
  EXPECT_EQ(run.Trace(), "[null,[],[]]\n[null]\n");
  EXPECT_EQ(run.Errors(), "");
}

// Components that come and go leave nothing behind, with functions in their
// data and queries that nobody runs.
TEST(ComponentTraces, MemoryIsFlat) {
  ProjectRun run({
      {"p.json", Using(R"("c":"c","d":"d")")},
      {"p.wxml",
       "<c wx:if=\"{{on}}\" f=\"{{f}}\" bind:x=\"h\"><view>{{on}}</view></c>"},
      {"p.js", "Page({data: {on: false}, h: function() {}})"},
      {"c.json", Using(R"("d":"d")")},
      {"c.wxml", "<d wx:for=\"{{l}}\" wx:key=\"*this\" f=\"{{g}}\"/><slot/>"},
      {"c.js",
       "Component({properties: {f: null}, data: {l: [1, 2, 3], g: null},"
       " attached: function() { var self = this; this.setData({g: function()"
       "  { return self.createSelectorQuery().select('.x'); }});"
       "  this.data.g().boundingClientRect(function() { return self; });"
       "  this.triggerEvent('x', {self: self}); }})"},
      {"d.json", Using("")},
      {"d.wxml", "<view class=\"{{f ? 'a' : 'b'}}\"/>"},
      {"d.js", "Component({properties: {f: null}})"},
  });
  run.Launch();
  const auto mount = [&run](int times) {
    for (int i = 0; i < times; ++i) {
      run.Eval("page.setData({on: true})");
      run.Eval("page.setData({on: false})");
    }
    run.session->Advance(1000);
    return run.session->RunningApp().Usage();
  };
  mount(50);
  const app::AppUsage before = mount(10);
  const app::AppUsage after = mount(100);
  EXPECT_EQ(after.nodes, before.nodes);
  EXPECT_EQ(after.components, before.components);
  EXPECT_LE(after.heap_bytes, before.heap_bytes + 4096);
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
