// SPDX-License-Identifier: Apache-2.0
//
// FXML to a tree: what the catalogue says of each construct, through the
// compiler, the linker, the verifier and the evaluator.

#include <gtest/gtest.h>

#include "compiler/fxml/fxml.h"
#include "runtime/template/program.h"
#include "runtime/template/render_tree.h"
#include "runtime/value/value_json.h"

namespace fcc::fxml {
namespace {

using value::Value;

class Fxml {
 public:
  explicit Fxml(std::map<std::string, std::string> files) {
    for (const auto& [path, text] : files) {
      units_.push_back(
          CompileFxml(sources_.Add(path, text), FxmlOptions(), sink_));
    }
    std::vector<const Unit*> units;
    for (const Unit& unit : units_) {
      units.push_back(&unit);
    }
    auto program = tmpl::Program::Load(LinkTemplates(units, {}, sink_));
    EXPECT_TRUE(program.ok()) << (program.ok() ? "" : program.error().message);
    program_ = std::move(program).value();
  }

  std::string Render(std::string_view data = "{}") {
    base::JsonDocument document = base::ParseJson(data);
    EXPECT_TRUE(document.ok()) << data;
    tmpl::RenderedTree tree =
        RenderTree(*program_, program_->FindUnit("a.wxml"),
                   value::FromJson(*document.root), nullptr);
    return value::ToJson(tmpl::EscapeForJson(tree.nodes));
  }

  std::vector<std::string> Codes() const {
    std::vector<std::string> codes;
    for (const diagnostics::Diagnostic& diagnostic : sink_.diagnostics()) {
      codes.emplace_back(InfoOf(diagnostic.kind).code);
    }
    return codes;
  }
  const diagnostics::Sink& sink() const { return sink_; }

 private:
  source::SourceSet sources_;
  diagnostics::Sink sink_;
  std::vector<Unit> units_;
  std::unique_ptr<const tmpl::Program> program_;
};

std::string Render(std::string_view text, std::string_view data = "{}") {
  Fxml fxml({{"a.wxml", std::string(text)}});
  EXPECT_FALSE(fxml.sink().has_errors()) << text;
  return fxml.Render(data);
}

std::vector<std::string> Codes(std::string_view text) {
  return Fxml({{"a.wxml", std::string(text)}}).Codes();
}

TEST(RenderTest, TextAndInterpolation) {
  EXPECT_EQ(Render("a{{x}}b{{y}}", R"({"x":1,"y":null})"), R"(["a1bnull"])");
  EXPECT_EQ(Render("<v>\n  </v>"), R"([{"tag":"v"}])");
  EXPECT_EQ(Render("a<!-- c -->b"), R"(["ab"])");
  EXPECT_EQ(Render(R"(x\n{{a + "}}"}})", R"({"a":"q"})"), R"(["x\nq}}"])");
  EXPECT_EQ(Render(R"(a\{{b}})", R"({"b":1})"), R"(["a\\1"])");
}

TEST(RenderTest, AttributesKeepTheirTypes) {
  EXPECT_EQ(
      Render(R"(<v a="{{x}}" b=" {{x}}" c my-prop="{{ {k: x} }}" d=""/>)",
             R"({"x":1})"),
      R"([{"tag":"v","attrs":{"a":1,"b":" 1","c":true,"myProp":{"k":1},"d":""}}])");
}

TEST(RenderTest, DatasetAndEvents) {
  EXPECT_EQ(Render(R"(<v data-a-b="1" data-aB="{{2}}" bindtap="f"/>)"),
            R"([{"tag":"v","data":{"aB":"1","ab":2},)"
            R"("events":[{"type":"tap","kind":"bind","nocolon":true,)"
            R"("handler":"f"}]}])");
  // As it was written, unlike the property it watches.
  EXPECT_EQ(Render(R"(<v change:my-prop="{{f}}" my-prop="1"/>)"),
            R"([{"tag":"v","change":{"my-prop":{"$":"undefined"}},)"
            R"("attrs":{"myProp":"1"}}])");
}

TEST(RenderTest, Conditions) {
  std::string_view text =
      "<a wx:if='{{n == 1}}'/>\n<!-- c --><b wx:elif='{{n == 2}}'/>"
      "<c wx:else/><d/>";
  EXPECT_EQ(Render(text, R"({"n":1})"), R"([{"tag":"a"},{"tag":"d"}])");
  EXPECT_EQ(Render(text, R"({"n":2})"), R"([{"tag":"b"},{"tag":"d"}])");
  EXPECT_EQ(Render(text, R"({"n":3})"), R"([{"tag":"c"},{"tag":"d"}])");
}

TEST(RenderTest, Loops) {
  EXPECT_EQ(
      Render("<v wx:for='{{l}}' wx:key='id' wx:if='{{item.s}}'>"
             "{{index}}:{{item.id}}</v>",
             R"({"l":[{"id":"x","s":1},{"id":"y"},{"id":"z","s":1}]})"),
      R"([{"tag":"v","children":["0:x"]},{"tag":"v","children":["2:z"]}])");
  EXPECT_EQ(Render("<b ft:for='{{2.5}}' ft:for-item='i'>{{i}}</b>"),
            R"([{"tag":"b","children":["0"]},{"tag":"b","children":["1"]},)"
            R"({"tag":"b","children":["2"]}])");
  EXPECT_EQ(Render("<block wx:for='{{[1,2]}}'><block wx:for='{{[3]}}' "
                   "wx:for-item='j'>{{item}}{{j}}</block></block>"),
            R"(["13","23"])");
}

TEST(RenderTest, TemplatesImportsAndIncludes) {
  Fxml fxml({{"a.wxml",
              "<import src='t/b'/><include src='/c.wxml'/>"
              "<template is='{{k}}' data='{{o, y: 2}}'/>"},
             {"t/b.wxml", "<template name='n'>{{o.x}}{{y}}{{z}}</template>"},
             {"c.wxml", "<i>{{k}}</i>"}});
  EXPECT_FALSE(fxml.sink().has_errors());
  EXPECT_EQ(fxml.Render(R"({"k":"n","z":9,"o":{"x":1}})"),
            R"([{"tag":"i","children":["n"]},"12"])");
}

// Spellings of one attribute: those with a value win, then the last in the
// order of their bytes.
TEST(RenderTest, SpellingsOfOneAttribute) {
  EXPECT_EQ(Render("<v myProp='1' my-prop='2'/>"),
            R"([{"tag":"v","attrs":{"myProp":"1"}}])");
  EXPECT_EQ(Render("<v A='1' -a/>"), R"([{"tag":"v","attrs":{"A":"1"}}])");
  EXPECT_EQ(Render("<v value='2' model:value='{{a}}'/>", R"({"a":1})"),
            R"([{"tag":"v","attrs":{"value":"2"}}])");
  EXPECT_EQ(Render("<v data-A-b='3' data-a-b='1' data-aB='2' data-a-B='4'/>"),
            R"([{"tag":"v","data":{"aB":"1","ab":"2"}}])");
  EXPECT_EQ(Render("<v captureBindtap='1' capture-bindtap='2'/>"),
            R"([{"tag":"v","events":[{"type":"tap","kind":"bind",)"
            R"("capture":true,"nocolon":true,"handler":"1"}]}])");
  // With a colon it is another attribute, and both are heard.
  EXPECT_EQ(Render("<v bind:tap='1' bindtap='2' data-x='3'/>"),
            R"([{"tag":"v","data":{"x":"3"},"events":[{"type":"tap",)"
            R"("kind":"bind","handler":"1"},{"type":"tap","kind":"bind",)"
            R"("nocolon":true,"handler":"2"}]}])");
  EXPECT_EQ(Codes("<v a-b='1' aB='2' a--b='3' c='4'/>"),
            (std::vector<std::string>{"FX1014", "FX1014"}));
  std::string many = "<v";
  for (int i = 0; i < 5000; ++i) {
    many += " a-b" + std::to_string(i) + "='1' aB" + std::to_string(i);
  }
  EXPECT_EQ(Codes(many + "/>").size(), 5000u);
}

// What both implementations do and no page of theirs says.
TEST(RenderTest, CornersOfTheMarkup) {
  EXPECT_EQ(Render(R"(<v a="x\"y" b="\" c='{\'k\': 1}'/>)"),
            R"([{"tag":"v","attrs":{"a":"x\"y","b":"\\","c":"{'k': 1}"}}])");
  EXPECT_EQ(Render(R"(<v a="x\"{{n}}\"y"/>)", R"({"n":1})"),
            R"([{"tag":"v","attrs":{"a":"x\"1\"y"}}])");
  EXPECT_EQ(Render("a\rb\r\nc"), R"(["a\rb\nc"])");
  EXPECT_EQ(Render(R"(a\\\nb\\n)"), "[\"a\\\\\\nb\\\\\\\\n\"]");
  EXPECT_EQ(Render("<v></ v>"), R"([{"tag":"v"}])");
  EXPECT_EQ(Render("<v wx:='1' wx-foo='2' a=/>"),
            R"([{"tag":"v","attrs":{"a":true}}])");
  EXPECT_EQ(Render("<v wx-if='{{n}}'/><w wx-else/>", R"({"n":0})"),
            R"([{"tag":"w"}])");
  EXPECT_EQ(Render("<template name=''>x</template><template is=''/>"), "[]");
  EXPECT_EQ(Render("<v bind='a' capture-mut-bindtap='b' captureBindtap='c'/>"),
            R"([{"tag":"v","attrs":{"bind":"a","captureMutBindtap":"b"},)"
            R"("events":[{"type":"tap","kind":"bind","capture":true,)"
            R"("nocolon":true,"handler":"c"}]}])");
  EXPECT_EQ(Render("{{[...n, ...s, ...l]}}", R"({"n":1,"s":"ab","l":[2,3]})"),
            R"(["1,ab,2,3"])");
  EXPECT_EQ(Render("a\\nb\\tc<i/>d\\te"),
            "[\"a\\nb\\tc\",{\"tag\":\"i\"},\"d\\\\te\"]");
  EXPECT_EQ(Render("a<!-- b"), R"(["a"])");
  EXPECT_EQ(Render("<include/><include src='{{a}}'/><import src=''/>"), "[]");
  EXPECT_EQ(
      Render("<v wx:for-items='{{[1]}}' wx:for='{{[2, 3]}}'>{{item}}</v>"),
      R"([{"tag":"v","children":["1"]}])");
  EXPECT_EQ(Render("<v wx:for='{{[7]}}' wx:for-item=''>{{item}}</v>"),
            R"([{"tag":"v","children":["7"]}])");
  EXPECT_EQ(Codes("<wxs module='a'>module.exports = 1"),
            std::vector<std::string>{"FX1305"});
  EXPECT_EQ(Codes("<wxs module='a' src='b'>var c</wxs>"),
            (std::vector<std::string>{"FX1204", "FX1304"}));
}

TEST(RenderTest, Expressions) {
  struct Case {
    const char* text;
    const char* value;
  };
  Case cases[] = {{"1 + 2 * 3", "7"},
                  {"a ? b : c ? 1 : 2", "2"},
                  {"!a && 'x' || 'y'", "x"},
                  {"o.no.deep.er", ""},
                  {"l[1] + l.length", "4"},
                  {"class", "K"},
                  {"typeof o", "object"},
                  {"[...l, 3].length", "3"},
                  {"a ?? 'n'", "n"},
                  {"0x10 + 010", "24"},
                  {"-1 - -1", "0"},
                  {"1 < 2 === true", "true"},
                  {"'\\u4e2d\\x41'", "中A"},
                  {"o['k']", "v"},
                  {"(o).k", "v"},
                  {"f()", ""},
                  {"7 >>> 1 | 8", "11"},
                  {"/* c */ 5", "5"}};
  for (const Case& c : cases) {
    EXPECT_EQ(
        Render("<v a=\"" + std::string("x{{") + c.text + "}}\"/>",
               R"({"class":"K","l":[1,2],"o":{"k":"v"}})"),
        "[{\"tag\":\"v\",\"attrs\":{\"a\":\"x" + std::string(c.value) + "\"}}]")
        << c.text;
  }
}

TEST(ErrorsTest, EachMistakeIsReportedOnce) {
  using List = std::vector<std::string>;
  EXPECT_EQ(Codes("<view><text></view>"), List{"FX1001"});
  EXPECT_EQ(Codes("<view>"), List{"FX1001"});
  EXPECT_EQ(Codes("</view>"), List{"FX1002"});
  EXPECT_EQ(Codes("<!-- a"), List{"FX1003"});
  EXPECT_EQ(Codes("<v a=\"1"), (List{"FX1004", "FX1005", "FX1001"}));
  EXPECT_EQ(Codes("<v a=1/>"), List{"FX1007"});
  EXPECT_EQ(Codes("<v a='1' a='2'/>"), List{"FX1008"});
  EXPECT_EQ(Codes("<!DOCTYPE html><v/>"), List{"FX1010"});
  EXPECT_EQ(Codes("a < b"), List{"FX1011"});
  EXPECT_EQ(Codes("<v></v x>"), List{"FX1012"});
  EXPECT_EQ(Codes("<v / >x</v>"), List{"FX1006"});
  EXPECT_EQ(Codes("<v wx:else/>"), List{"FX1101"});
  EXPECT_EQ(Codes("<v wx:if='{{a}}'/>x<v wx:else/>"), List{"FX1101"});
  EXPECT_EQ(Codes("<v wx:if='{{a}}' wx:else/>"), List{"FX1102"});
  EXPECT_EQ(Codes("<v wx:if/>"), List{"FX1103"});
  EXPECT_EQ(Codes("<v wx:fro='{{a}}'/>"), List{"FX1104"});
  EXPECT_EQ(Codes("<v wx-for='{{a}}'/>"), List{"FX1104"});
  EXPECT_EQ(Codes("<v wx-if='{{a}}'/><v wx-else/>"),
            (List{"FX1108", "FX1108"}));
  EXPECT_EQ(Codes("<v wx:for='{{a}}' wx:key='{{item.id}}'/>"), List{"FX1105"});
  EXPECT_EQ(Codes("<v wx:for='{{a}}' wx:for-item='1x'/>"), List{"FX1106"});
  EXPECT_EQ(Codes("<wxs module='item'>module.exports = {}</wxs>"
                  "<v wx:for='{{a}}' wx:for-item='item'/>"),
            List{"FX1107"});
  EXPECT_EQ(Codes("<template></template>"), List{"FX1201"});
  EXPECT_EQ(Codes("<template name='a'/><template name='a'/>"), List{"FX1202"});
  EXPECT_EQ(Codes("<template is='a' data='x'/>"), List{"FX1203"});
  EXPECT_EQ(Codes("<template is='a'><v/></template>"), List{"FX1204"});
  EXPECT_EQ(Codes("<import/>"), List{"FX1205"});
  EXPECT_EQ(Codes("<import src='{{a}}'/>"), List{"FX1206"});
  EXPECT_EQ(Codes("<import src='none'/>"), List{"FX1207"});
  EXPECT_EQ(Codes("<input model:value='{{a+1}}'/>"), List{"FX1208"});
  EXPECT_EQ(Codes("<v bind:='a'/>"), List{"FX1209"});
  EXPECT_EQ(Codes("<wxs/>"), List{"FX1301"});
  EXPECT_EQ(Codes("<wxs module='a-b' src='x'/>"), List{"FX1302"});
  EXPECT_EQ(Codes("<wxs module='a' src='x'/>"), List{"FX1304"});
  EXPECT_EQ(Codes("<wxs module='a-b'>var a"), (List{"FX1302", "FX1305"}));
  EXPECT_EQ(Codes("{{a"), List{"FX1401"});
  EXPECT_EQ(Codes("<v a='{{b' c='d'/>"), List{"FX1401"});
  EXPECT_EQ(Codes("{{a b}}"), List{"FX1402"});
  EXPECT_EQ(Codes("{{a + }}"), List{"FX1403"});
  EXPECT_EQ(Codes("{{ 'a }}"), List{"FX1404"});
  EXPECT_EQ(Codes("{{ 1x }}"), List{"FX1405"});
  EXPECT_EQ(Codes("<v a='{{ {\"k\": 1} }}'/>"), List{"FX1406"});
  EXPECT_EQ(Codes("{{ a?.b }}"), List{"FX1407"});
  EXPECT_EQ(Codes("{{ a = 1 }}"), List{"FX1407"});
  EXPECT_EQ(Codes("{{}}"), List{"FX1408"});
  EXPECT_EQ(Codes("{{" + std::string(1000, '(') + "}}"), List{"FX1409"});
}

TEST(ErrorsTest, HostileNestingEnds) {
  std::string deep;
  for (int i = 0; i < 100000; ++i) {
    deep += "<view wx:if='{{a}}'>";
  }
  EXPECT_EQ(Codes(deep)[0], "FX1009");
  EXPECT_EQ(Codes("<v a='{{" + std::string(100000, '!') + "a}}'/>")[0],
            "FX1409");
  EXPECT_EQ(Codes("{{" + std::string(100000, '[') + "}}")[0], "FX1409");
}

TEST(ErrorsTest, ModulesAreDeclaredOnce) {
  std::vector<std::string> codes =
      Codes("<wxs module='a'>1</wxs><wxs module='a'>2</wxs>");
  EXPECT_EQ(codes, std::vector<std::string>{"FX1303"});
}

TEST(ErrorsTest, FilesHaveALimit) {
  EXPECT_EQ(Codes(std::string((64u << 20) + 1, ' ')),
            std::vector<std::string>{"FX1013"});
}

TEST(ErrorsTest, LenientRendersAnyway) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  FxmlOptions options;
  options.lenient = true;
  Unit unit = CompileFxml(sources.Add("a.wxml", "<v><t wx:else></v></x>"),
                          options, sink);
  EXPECT_FALSE(unit.has_errors);
  EXPECT_EQ(sink.diagnostics().size(), 3u);
}

}  // namespace
}  // namespace fcc::fxml
