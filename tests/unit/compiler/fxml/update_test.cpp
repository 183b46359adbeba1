// SPDX-License-Identifier: Apache-2.0
//
// Updates: the tree after an update is the tree built afresh, and what an
// update does is as little as can be.

#include <gtest/gtest.h>

#include <random>

#include "compiler/fxml/fxml.h"
#include "runtime/template/instance.h"
#include "runtime/template/tree_mirror.h"
#include "runtime/value/value_json.h"

namespace fcc::fxml {
namespace {

using value::Value;

Value Json(std::string_view text) {
  base::JsonDocument document = base::ParseJson(text);
  EXPECT_TRUE(document.ok()) << text;
  return value::FromJson(*document.root);
}

class View {
 public:
  explicit View(std::string_view text, std::string_view included = "") {
    units_.push_back(
        CompileFxml(sources_.Add("a.wxml", std::string(text)), {}, sink_));
    units_.push_back(
        CompileFxml(sources_.Add("b.wxml", std::string(included)), {}, sink_));
    const Unit* units[] = {&units_[0], &units_[1]};
    auto program = tmpl::Program::Load(LinkTemplates(units, {}, sink_));
    EXPECT_TRUE(program.ok());
    program_ = std::move(program).value();
    instance_ = std::make_unique<tmpl::Instance>(
        *program_, program_->FindUnit("a.wxml"), mirror_, nullptr);
  }

  void Render(Value data) {
    instance_->RenderMayRunScript(mirror_.root(), std::move(data));
    mirror_.TakeCounts();
  }
  tmpl::TreeMirror::Counts Update(Value data) {
    uint64_t before = instance_->counters().evaluations;
    instance_->UpdateMayRunScript(std::move(data));
    evaluations_ = instance_->counters().evaluations - before;
    return mirror_.TakeCounts();
  }
  Value Fresh(const Value& data) const {
    tmpl::TreeMirror mirror;
    tmpl::Instance instance(*program_, program_->FindUnit("a.wxml"), mirror,
                            nullptr);
    instance.RenderMayRunScript(mirror.root(), data);
    return mirror.Nodes();
  }
  Value Nodes() const { return mirror_.Nodes(); }
  uint64_t evaluations() const { return evaluations_; }

 private:
  source::SourceSet sources_;
  diagnostics::Sink sink_;
  std::vector<Unit> units_;
  std::unique_ptr<const tmpl::Program> program_;
  tmpl::TreeMirror mirror_;
  std::unique_ptr<tmpl::Instance> instance_;
  uint64_t evaluations_ = 0;
};

TEST(Update, MovesTheFewestIterations) {
  View view("<v wx:for='{{l}}' wx:key='*this'>{{item}}</v>");
  view.Render(Json(R"({"l": ["a", "b", "c"]})"));
  const auto counts = view.Update(Json(R"({"l": ["c", "a", "b"]})"));
  EXPECT_EQ(counts.moved, 1);
  EXPECT_EQ(counts.created, 0);
  EXPECT_EQ(counts.removed, 0);
  EXPECT_EQ(value::ToJson(view.Nodes()),
            R"([{"tag":"v","children":["c"]},{"tag":"v","children":["a"]},)"
            R"({"tag":"v","children":["b"]}])");
}

TEST(Update, KeepsIterationsThatHaveAKey) {
  View view("<v wx:for='{{l}}' wx:key='k'>{{item.k}}{{item.t}}</v>");
  view.Render(Json(R"({"l": [{"k": 1, "t": "a"}, {"k": 2, "t": "b"}]})"));
  const auto counts =
      view.Update(Json(R"({"l": [{"k": 0, "t": "n"}, {"k": 1, "t": "a"},
              {"k": 2, "t": "x"}]})"));
  // One element with its text; the text of 2.
  EXPECT_EQ(counts.created, 2);
  EXPECT_EQ(counts.texts_set, 1);
  EXPECT_EQ(counts.moved, 0);
}

TEST(Update, EvaluatesOnlyWhatReadsThePath) {
  View view("<v a='{{o.x}}' b='{{o.y}}' c='{{z}}'>{{o.x}}</v><w>{{z}}</w>");
  Value data = Json(R"({"o": {"x": 1, "y": 2}, "z": 3})");
  view.Render(data);
  data.MutableObject().FindMutable("o")->MutableObject().Set("y",
                                                             Value::Number(5));
  const auto counts = view.Update(data);
  EXPECT_EQ(view.evaluations(), 1u);
  EXPECT_EQ(counts.attrs_set, 1);
  EXPECT_EQ(counts.texts_set, 0);
}

TEST(Update, DoesNothingForEqualData) {
  View view("<v wx:for='{{l}}'>{{item.t}}</v>");
  view.Render(Json(R"({"l": [{"t": 1}, {"t": 2}]})"));
  // Other objects, the same texts: the list is walked, nothing is set.
  const auto counts = view.Update(Json(R"({"l": [{"t": 1}, {"t": 2}]})"));
  EXPECT_EQ(counts.texts_set + counts.created + counts.removed, 0);
  EXPECT_EQ(view.evaluations(), 1u);
}

TEST(Update, ChangesOneItemOfMany) {
  View view("<v wx:for='{{l}}' wx:key='k'>{{item.t}}{{index}}</v>");
  Value data = Value::ObjectOf({{"l", Value::NewArray()}});
  Value* list = data.MutableObject().FindMutable("l");
  for (int i = 0; i < 1000; ++i) {
    list->MutableArray().items.push_back(
        Value::ObjectOf({{"k", Value::Number(i)}, {"t", Value::Number(i)}}));
  }
  view.Render(data);
  data.MutableObject()
      .FindMutable("l")
      ->MutableArray()
      .items[500]
      .MutableObject()
      .Set("t", Value::String("new"));
  const auto counts = view.Update(data);
  EXPECT_EQ(counts.texts_set, 1);
  // The list and the one text.
  EXPECT_EQ(view.evaluations(), 2u);
}

// Everything that can change, on random data, step by step.
TEST(Update, EqualsAFreshRender) {
  constexpr std::string_view kText =
      "<template name='t'><x wx:if='{{a}}' b='{{b.c}}'/>{{b.c}}</template>"
      "<template name='u'><template is='t' data='{{a, b: {c: d}}}'/></template>"
      "<v wx:if='{{a}}' class='c {{b}}'>{{a}}</v><v wx:elif='{{b}}'>B</v>"
      "<v wx:else>{{c}}</v>"
      "<block wx:for='{{l}}' wx:key='k'><p wx:if='{{item.t}}'>{{item.k}}</p>"
      "<q data-i='{{index}}' model:value='{{item.t}}'>{{a}}</q></block>"
      "<w wx:for='{{m}}' wx:for-item='row' wx:for-index='r'>"
      "<z wx:for='{{row}}' a='{{r}}-{{index}}'>{{item}}{{b}}</z></w>"
      "<template is='{{a ? \"t\" : \"u\"}}' data='{{a, b: {c: c}, d: b}}'/>"
      "<include src='b.wxml'/><block slot='{{c}}'><s/>{{b}}</block>";
  constexpr std::string_view kIncluded =
      "<i wx:for='{{l}}' wx:if='{{item.k > 1}}'>{{item.t}}{{c}}</i>";
  std::mt19937 random(1);
  auto pick = [&](int n) { return static_cast<int>(random() % n); };
  auto scalar = [&]() -> Value {
    switch (pick(5)) {
      case 0:
        return Value();
      case 1:
        return Value::Null();
      case 2:
        return Value::Number(pick(3));
      case 3:
        return Value::String("s" + std::to_string(pick(3)));
      default:
        return Value::Bool(pick(2) == 0);
    }
  };
  auto item = [&] {
    return Value::ObjectOf({{"k", Value::Number(pick(6))}, {"t", scalar()}});
  };
  auto list = [&](auto&& make) {
    Value made = Value::NewArray();
    for (int n = pick(7); n > 0; --n) {
      made.MutableArray().items.push_back(make());
    }
    return made;
  };
  for (int round = 0; round < 60; ++round) {
    View view(kText, kIncluded);
    Value data = Value::NewObject();
    view.Render(data);
    for (int step = 0; step < 25; ++step) {
      value::Object& members = data.MutableObject();
      switch (pick(7)) {
        case 0:
          members.Set("a", scalar());
          break;
        case 1:
          members.Set("b", scalar());
          break;
        case 2:
          members.Set("c", scalar());
          break;
        case 3:
          members.Set("l", list(item));
          break;
        case 4:
          members.Set("m", list([&] { return list(scalar); }));
          break;
        case 5:
          if (Value* l = members.FindMutable("l");
              l != nullptr && !l->array().items.empty()) {
            auto& items = l->MutableArray().items;
            std::shuffle(items.begin(), items.end(), random);
          }
          break;
        default:
          if (Value* l = members.FindMutable("l");
              l != nullptr && !l->array().items.empty()) {
            auto& items = l->MutableArray().items;
            items[random() % items.size()].MutableObject().Set("t", scalar());
          }
      }
      view.Update(data);
      ASSERT_TRUE(view.Nodes().DeepEquals(view.Fresh(data)))
          << "round " << round << " step " << step << "\n"
          << value::ToJson(data) << "\n"
          << value::ToJson(view.Nodes()) << "\n"
          << value::ToJson(view.Fresh(data));
    }
  }
}

TEST(Update, GivesTheWayBackOfTwoWayBindings) {
  class Watch : public tmpl::TreeMirror {
   public:
    tmpl::HostNode CreateElement(const tmpl::Element& element) override {
      if (const tmpl::Attr* attr = element.Find(tmpl::AttrKind::kModel)) {
        paths.push_back(value::ToJson(attr->model_path));
      }
      return TreeMirror::CreateElement(element);
    }
    std::vector<std::string> paths;
  };
  source::SourceSet sources;
  diagnostics::Sink sink;
  Unit unit =
      CompileFxml(sources.Add("a.wxml",
                              "<i model:value='{{a.b[k]}}'/>"
                              "<i wx:for='{{l}}' model:value='{{item.x}}'/>"),
                  {}, sink);
  const Unit* units[] = {&unit};
  auto program = tmpl::Program::Load(LinkTemplates(units, {}, sink));
  ASSERT_TRUE(program.ok());
  Watch watch;
  tmpl::Instance instance(**program, (*program)->FindUnit("a.wxml"), watch,
                          nullptr);
  instance.RenderMayRunScript(watch.root(),
                              Json(R"({"k": 2, "l": [{"x": 1}]})"));
  EXPECT_EQ(watch.paths,
            (std::vector<std::string>{R"(["a","b",2])", R"(["l",0,"x"])"}));
}

}  // namespace
}  // namespace fcc::fxml
