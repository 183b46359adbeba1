// SPDX-License-Identifier: Apache-2.0
//
// Statements of component-model.md that the traces do not reach. What glass-
// easel does was looked up there; the rest is the platform's documentation.

#include <gtest/gtest.h>

#include "tests/unit/simulator/scenario/project_run.h"

namespace fcc::scenario {
namespace {

constexpr std::string_view kComponent = R"({"component":true})";

std::string Using(std::string_view components) {
  return base::format(R"({{"component":true,"usingComponents":{{{}}}}})",
                      components);
}

// `catch` ends the way behind its listener, `mut-bind` lets one of its kind
// run, `capture-catch` ends the way down.
TEST(ComponentSemantics, CatchAndMutBind) {
  ProjectRun run({
      {"p.wxml",
       "<view id='a' bind:go='a' mut-bind:go='ma' capture-bind:stop='ca'>"
       "<view id='b' catch:end='b' mut-bind:go='mb' capture-catch:stop='cb'>"
       "<view id='c' bind:go='c' mut-bind:go='mc' bind:end='c'"
       " bind:stop='c'/></view><view id='d' catch:end='d'/></view>"},
      {"p.js",
       "const log = (n) => function(e) { console.log(n + ' ' + e.target.id +"
       " ' ' + e.currentTarget.id); };"
       "Page({a: log('a'), b: log('b'), c: log('c'), d: log('d'),"
       " ma: log('ma'), mb: log('mb'), mc: log('mc'), ca: log('ca'),"
       " cb: log('cb')})"},
  });
  run.Launch();
  const auto go = [&run](std::string_view type) {
    app::EventInit event;
    event.type = type;
    event.bubbles = event.composed = event.capture_phase = true;
    run.session->RunningApp().DispatchEventMayRunScript(run.page(),
                                                        run.Find("#c"), event);
    run.session->Settle();
    return run.Trace();
  };
  EXPECT_EQ(go("go"), "c c c\nmc c c\na c a\n");
  EXPECT_EQ(go("end"), "c c c\nb c b\n");
  EXPECT_EQ(go("stop"), "ca c a\ncb c b\n");
}

// A composed event of slot content passes through the shadow tree of the
// component that holds the slot.
TEST(ComponentSemantics, ComposedEventsPassSlots) {
  ProjectRun run({
      {"p.json", Using(R"("box":"box")")},
      {"p.wxml", "<box id='box' bind:go='onBox'><view id='in'/></box>"},
      {"p.js", "Page({onBox(e) { console.log('box', e.target.id); }})"},
      {"box.json", std::string(kComponent)},
      {"box.wxml", "<view id='frame' bind:go='onFrame'><slot/></view>"},
      {"box.js",
       "Component({methods: {onFrame(e) {"
       " console.log('frame', e.target.id, e.currentTarget.id); }}})"},
  });
  run.Launch();
  const auto go = [&run](bool composed) {
    app::EventInit event;
    event.type = "go";
    event.bubbles = true;
    event.composed = composed;
    run.session->RunningApp().DispatchEventMayRunScript(run.page(),
                                                        run.Find("#in"), event);
    run.session->Settle();
    return run.Trace();
  };
  EXPECT_EQ(go(false), "box in\n");
  const std::string composed = go(true);
  EXPECT_NE(composed.find("frame "), std::string::npos) << composed;
  EXPECT_LT(composed.find("frame "), composed.find("box in")) << composed;
}

// The filters of behaviours see the definition before it is read, the innermost
// first; a behaviour named twice is there once.
TEST(ComponentSemantics, DefinitionFiltersAndRepeatedBehaviors) {
  ProjectRun run({
      {"p.js",
       "const inner = Behavior({definitionFilter(def) {"
       " console.log('inner'); def.data = def.data || {};"
       " def.data.inner = true; }, created() { console.log('made'); }});"
       "const outer = Behavior({behaviors: [inner],"
       " definitionFilter(def, filters) {"
       " console.log('outer ' + filters.length); filters[0](def);"
       " def.methods = def.methods || {};"
       " def.methods.added = function() { return this.data.inner; }; }});"
       "Component({behaviors: [outer, outer, inner]})"},
      {"p.wxml", "<view/>"},
  });
  run.Launch();
  const std::string trace = run.Trace();
  EXPECT_EQ(trace.find("made"), trace.rfind("made")) << trace;
  EXPECT_NE(trace.find("outer 1\ninner\n"), std::string::npos) << trace;
  EXPECT_EQ(run.Eval("page.added()"), "true");
}

TEST(ComponentSemantics, RelationsOfAncestorsByBehavior) {
  ProjectRun run({
      {"p.json", Using(R"("form":"form","field":"field","group":"group")")},
      {"p.wxml",
       "<form id='f'><group><view><field wx:if='{{on}}' n='1'/>"
       "</view></group><field n='2'/></form>"},
      {"p.js", "Page({data: {on: true}})"},
      {"kind.js", "module.exports = Behavior({})"},
      {"form.json", std::string(kComponent)},
      {"form.wxml", "<slot/>"},
      {"form.js",
       "const log = (w) => function(t) {"
       " console.log('form ' + w + ' ' + t.data.n); };"
       "Component({relations: {field: {type: 'descendant', target:"
       " require('./kind'), linked: log('linked'), unlinked: log('gone')}},"
       " methods: {all() { return this.getRelationNodes('field')"
       " .map(t => t.data.n).join(); }}})"},
      {"group.json", std::string(kComponent)},
      {"group.wxml", "<slot/>"},
      {"group.js", "Component({})"},
      {"field.json", std::string(kComponent)},
      {"field.wxml", "<view/>"},
      {"field.js",
       "Component({behaviors: [require('./kind')], properties: {n: String},"
       " relations: {'./form': {type: 'ancestor', linked(t) {"
       "  console.log('field linked ' + this.data.n); }}}})"},
  });
  run.Launch();
  EXPECT_EQ(run.Trace(),
            "form linked 1\nfield linked 1\nform linked 2\nfield linked 2\n");
  EXPECT_EQ(run.Eval("page.selectComponent('#f').all()"), "1,2");
  run.Eval("page.setData({on: false})");
  EXPECT_EQ(run.Trace(), "form gone 1\n");
  EXPECT_EQ(run.Eval("page.selectComponent('#f').all()"), "2");
}

TEST(ComponentSemantics, Selectors) {
  ProjectRun run({
      {"p.json", Using(R"("outer":"outer","item":"item")")},
      {"p.wxml",
       "<view class='list'><item id='a' class='x'/><view>"
       "<item id='b' class='x y'/></view></view><outer id='o'/>"},
      {"p.js",
       "Page({ids(s) { return this.selectAllComponents(s)"
       " .map(c => c.id).join(); }})"},
      {"item.json", std::string(kComponent)},
      {"item.wxml", "<view/>"},
      {"item.js", "Component({})"},
      {"outer.json", Using(R"("item":"item")")},
      {"outer.wxml", "<item id='c' class='x'/>"},
      {"outer.js",
       "Component({methods: {owner() {"
       " return this.selectOwnerComponent().route; }}})"},
  });
  run.Launch();
  EXPECT_EQ(run.Eval("page.ids('.x')"), "a,b");
  EXPECT_EQ(run.Eval("page.ids('.list > .x')"), "a");
  EXPECT_EQ(run.Eval("page.ids('.list .x.y')"), "b");
  EXPECT_EQ(run.Eval("page.ids('#b, #a')"), "a,b");
  EXPECT_EQ(run.Eval("page.ids('#o >>> .x')"), "c");
  EXPECT_EQ(run.Eval("page.selectComponent('#none')"), "null");
  EXPECT_EQ(run.Eval("page.selectComponent('#o').owner()"), "p");
}

// The query is there before the page is attached.
TEST(ComponentSemantics, AComponentPageGetsItsQueryAsProperties) {
  ProjectRun run({
      {"p.json", std::string(kComponent)},
      {"p.wxml", "<view id='v'>{{n}} {{s}}</view>"},
      {"p.js",
       "Component({properties: {n: Number, s: String},"
       " observers: {n(v) { console.log('n', v); }},"
       " attached() { console.log('attached', this.data.n, this.data.s); },"
       " methods: {onLoad(q) { console.log('onLoad', q.n, q.other); },"
       "  onShow() { console.log('onShow'); }},"
       " pageLifetimes: {show() { console.log('show'); },"
       "  routeDone() { console.log('routeDone'); }}})"},
  });
  run.Launch("p?n=3&s=t&other=1");
  EXPECT_EQ(run.Trace(),
            "n 3\nattached 3 t\nonLoad 3 1\nonShow\nshow\nrouteDone\n");
  EXPECT_EQ(run.Text("#v"), "3 t");
}

// Behaviours' page lifetimes run before the component's own; nested components
// are told after the one that holds them.
TEST(ComponentSemantics, PageLifetimesReachEveryComponent) {
  ProjectRun run({
      {"p.json", Using(R"("outer":"outer")")},
      {"p.wxml", "<outer/>"},
      {"p.js", "Page({onHide() { console.log('page'); }})"},
      {"outer.json", Using(R"("inner":"inner")")},
      {"outer.wxml", "<inner/>"},
      {"outer.js",
       "Component({behaviors: [Behavior({pageLifetimes: {"
       " hide() { console.log('behavior'); }}})], pageLifetimes: {"
       " hide() { console.log('outer'); },"
       " resize(s) { console.log('resize ' + s.size.windowWidth); }}})"},
      {"inner.json", std::string(kComponent)},
      {"inner.wxml", "<view/>"},
      {"inner.js",
       "Component({pageLifetimes: {hide() {"
       " console.log('inner'); }}})"},
  });
  run.Launch();
  run.session->RunningApp().HideMayRunScript();
  EXPECT_EQ(run.Trace(), "page\nbehavior\nouter\ninner\n");
}

TEST(ComponentSemantics, FormFieldsNameTheirValues) {
  ProjectRun run({
      {"p.json", Using(R"("field":"field")")},
      {"p.wxml",
       "<form bindsubmit='submit'><field name='a' value='1'/>"
       "<input name='b' value='2'/>"
       "<button id='s' form-type='submit'/></form>"},
      {"p.js",
       "Page({submit(e) { console.log(JSON.stringify("
       "e.detail.value)); }})"},
      {"field.json", std::string(kComponent)},
      {"field.wxml", "<view/>"},
      {"field.js", "Component({behaviors: ['wx://form-field']})"},
  });
  run.Launch();
  run.Tap("#s");
  EXPECT_EQ(run.Trace(), "{\"a\":\"1\",\"b\":\"2\"}\n");
}

// model: writes back through properties of components, level by level.
TEST(ComponentSemantics, ModelsWriteBack) {
  ProjectRun run({
      {"p.json", Using(R"("outer":"outer")")},
      {"p.wxml", "<outer id='o' model:text='{{deep.text}}'/>{{deep.text}}"},
      {"p.js", "Page({data: {deep: {text: 'a'}}})"},
      {"outer.json", Using(R"("inner":"inner")")},
      {"outer.wxml", "<inner id='i' model:value='{{text}}'/>"},
      {"outer.js", "Component({properties: {text: String}})"},
      {"inner.json", std::string(kComponent)},
      {"inner.wxml", "<input id='in' model:value='{{value}}'/>"},
      {"inner.js", "Component({properties: {value: String}})"},
  });
  run.Launch();
  EXPECT_TRUE(run.session->RunningApp()
                  .ActMayRunScript(run.page(), run.Find("#o >>> #i >>> #in"),
                                   "input", {value::Value::String("b")})
                  .ok());
  run.session->Settle();
  EXPECT_EQ(run.Eval("page.data.deep.text"), "b");
  EXPECT_EQ(run.Eval("page.selectComponent('#o').data.text"), "b");
  run.Eval("page.selectComponent('#o').setData({text: 'c'})");
  EXPECT_EQ(run.Eval("page.data.deep.text"), "c");
  EXPECT_EQ(run.Errors(), "");
}

// The platform would hang. A long chain that ends is followed to its end; one
// that does not is cut and reported, and costs little the next time.
TEST(ComponentSemantics, ObserversWithoutEndAreCut) {
  ProjectRun run({
      {"p.wxml", "<view>{{n}}</view>"},
      {"p.js",
       "Component({data: {n: 0, a: '', b: '', rounds: 0}, observers: {"
       " n(n) { if (n < 900) this.setData({n: n + 1}); },"
       " 'a, b'(a, b) { this.rounds = (this.rounds || 0) + 1;"
       "  if (a !== b) this.setData({a: b, b: a}); }}})"},
  });
  run.Launch();
  run.Eval("page.setData({n: 1})");
  EXPECT_EQ(run.Eval("page.data.n"), "900");
  EXPECT_EQ(run.Errors(), "");
  const auto rounds = [&run] {
    run.Eval("(page.rounds = 0, page.setData({a: 'x', b: ''}))");
    EXPECT_NE(run.Errors().find("observers set each other off without end"),
              std::string::npos);
    return std::stoi(run.Eval("page.rounds"));
  };
  EXPECT_GT(rounds(), 900);
  EXPECT_LT(rounds(), 100);
  run.Eval("page.setData({a: '', b: ''})");
  EXPECT_EQ(run.Errors(), "");
}

TEST(ComponentSemantics, AppHooks) {
  ProjectRun run({
      {"app.js",
       "App({name: 'app', onLaunch() {"
       "  console.log(getApp() === this, getApp().name); },"
       " onPageNotFound(r) { console.log('not found ' + r.path + ' ' +"
       "  r.query.x + ' ' + r.isEntryPage); wx.redirectTo({url: '/p'}); }})"},
      {"p.wxml", "<view/>"},
      {"p.js", "Page({onLoad() { console.log('p'); }})"},
  });
  EXPECT_FALSE(run.session->Restart("nowhere?x=1").ok());
  run.session->Settle();
  EXPECT_EQ(run.Trace(), "true app\nnot found nowhere 1 true\np\n");
}

}  // namespace
}  // namespace fcc::scenario
