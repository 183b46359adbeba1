// SPDX-License-Identifier: Apache-2.0
//
// Every row that FinClip's documents mark as unsupported can be reported: a
// project made of the tables uses each once, and gets those reports and no
// others.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <set>

#include "compiler/check/tables/tables.h"
#include "runtime/api/chain.h"
#include "tests/unit/compiler/check/check_app.h"

namespace fcc::check {
namespace {

using testing::IsEmpty;

// JavaScript that gives an object of that name, by way of what makes it.
class Makers {
 public:
  // Declares what is needed in `script`; nothing where no way is known.
  std::optional<std::string> NameOf(const std::string& object,
                                    std::string& script) {
    if (auto found = names_.find(object); found != names_.end()) {
      return found->second;
    }
    std::optional<std::string> made = Make(object, script);
    if (made) {
      const std::string name = base::format("o{}", names_.size());
      script += base::format("const {} = {};\n", name, *made);
      made = names_[object] = name;
    }
    return made;
  }

 private:
  std::optional<std::string> Make(const std::string& object,
                                  std::string& script) {
    for (const api::Row& row : api::Rows()) {
      if (row.object == object && !row.IsMethod()) {
        return base::format("wx.{}()", row.name);
      }
    }
    for (const api::Row& row : api::Rows()) {
      if (row.IsMethod() && api::ResultOf(row.name) == object) {
        const std::string name(row.name);
        const size_t dot = name.rfind('.');
        std::optional<std::string> owner = NameOf(name.substr(0, dot), script);
        if (owner) {
          return base::format("{}.{}()", *owner, name.substr(dot + 1));
        }
      }
    }
    if (object == "VKCamera") {
      return *NameOf("VKFrame", script) + ".camera";
    }
    return std::nullopt;
  }

  std::map<std::string, std::string> names_;
};

TEST(ReachabilityTest, EveryUnsupportedApi) {
  std::set<std::string> expected;
  std::string script;
  Makers makers;
  for (const api::Row& row : api::Rows()) {
    if (row.finclip != api::Support::kNo) {
      continue;
    }
    const std::string name(row.name);
    expected.insert(name);
    const size_t dot = name.rfind('.');
    if (dot == std::string::npos) {
      script += base::format("wx.{}({{}});\n", name);
      continue;
    }
    const std::string object = name.substr(0, dot);
    const std::string method = name.substr(dot + 1);
    if (object.starts_with("worklet")) {
      script += base::format("wx.{}({{}});\n", name);
    } else if (object == "EntryList") {
      script += base::format(
          "wx.getPerformance().createObserver(list => list.{}());\n", method);
    } else if (object == "Canvas" || object == "ScrollViewContext") {
      // Handed out where it cannot be followed; the name tells.
      script += base::format("res.node.{}();\n", method);
    } else {
      std::optional<std::string> maker = makers.NameOf(object, script);
      ASSERT_TRUE(maker) << "nothing makes a " << object;
      script += base::format("{}.{}();\n", *maker, method);
    }
  }
  ASSERT_GT(expected.size(), 300u);
  const CheckedApp app = CheckApp(OnePage(script + "Page({})"));
  std::set<std::string> reported;
  for (const diagnostics::Diagnostic& each : app.diagnostics) {
    ASSERT_FALSE(each.notes.empty()) << each.message;
    EXPECT_EQ(each.kind == diagnostics::Kind::kUnsupportedApi ||
                  each.kind == diagnostics::Kind::kStubApi,
              true)
        << each.message;
    if (each.kind != diagnostics::Kind::kUnsupportedApi) {
      continue;
    }
    // A remark in the list of features is no row of a table.
    const bool remark =
        each.notes[0].en.find("feature.md") != std::string::npos;
    EXPECT_EQ(each.severity, remark ? diagnostics::Severity::kWarning
                                    : diagnostics::Severity::kError);
    // "`wx.name` is not…"
    const std::string& message = each.message;
    reported.insert(message.substr(4, message.find('`', 1) - 4));
  }
  EXPECT_EQ(reported, expected);
}

TEST(ReachabilityTest, EveryUnsupportedComponentAndAttribute) {
  std::string markup;
  std::set<std::string> expected;
  for (const ComponentRow& row : Components()) {
    if (row.finclip == Support::kNo) {
      markup += base::format("<{}/>\n", row.name);
      expected.insert(base::format("CK1101 <{}>", row.name));
    }
  }
  for (const AttributeRow& row : Attributes()) {
    if (row.finclip != Support::kNo && row.finclip != Support::kPartial) {
      continue;
    }
    const bool event = row.kind == AttributeKind::kEvent;
    markup += base::format("<{} {}{}=\"h\"/>\n", row.component,
                           event ? "bind" : "", row.name);
    expected.insert(base::format(
        "{} {} {}", row.finclip == Support::kNo ? "CK1103" : "CK1104",
        row.component, row.name));
  }
  ASSERT_GT(expected.size(), 60u);
  const CheckedApp app = CheckApp(OnePage("Page({h() {}})", markup));
  std::set<std::string> reported;
  for (const diagnostics::Diagnostic& each : app.diagnostics) {
    const std::string code(diagnostics::InfoOf(each.kind).code);
    // "the component `<x>` is…", "`attr` of `<x>` is…"
    std::vector<std::string> words;
    for (size_t at = each.message.find('`'); at != std::string::npos;
         at = each.message.find('`', at + 1)) {
      const size_t end = each.message.find('`', at + 1);
      words.push_back(each.message.substr(at + 1, end - at - 1));
      at = end;
    }
    if (code == "CK1101") {
      reported.insert(base::format("{} {}", code, words[0]));
    } else {
      ASSERT_EQ(words.size(), 2u) << each.message;
      reported.insert(base::format(
          "{} {} {}", code, words[1].substr(1, words[1].size() - 2), words[0]));
    }
  }
  EXPECT_EQ(reported, expected);
}

TEST(ReachabilityTest, EveryUnsupportedKey) {
  std::set<std::string> expected;
  auto object_of = [&](std::string_view section) {
    std::string members;
    for (const ConfigKeyRow& row : ConfigKeysOf(section)) {
      // `workers` names a folder; the others take what they like.
      if (row.finclip == Support::kNo) {
        members += base::format(", \"{}\": \"w\"", row.key);
        expected.insert(std::string(row.key));
      }
    }
    return members;
  };
  auto files = OnePage("Page({})");
  const std::string window = object_of("window");
  files["app.json"] = "{\"pages\": [\"a\"]" + object_of("app") +
                      ", \"window\": {\"backgroundColor\": \"#fff\"" + window +
                      "}}";
  files["a.json"] =
      "{\"navigationBarTitleText\": \"a\"" + object_of("page") + "}";
  files["project.config.json"] =
      "{\"appid\": \"a\"" + object_of("project") + "}";
  files["w/w.js"] = "";
  const CheckedApp app = CheckApp(files, Strict());
  std::set<std::string> reported;
  for (const diagnostics::Diagnostic& each : app.diagnostics) {
    if (each.kind == diagnostics::Kind::kUnsupportedConfigKey ||
        each.kind == diagnostics::Kind::kIgnoredConfigKey) {
      const size_t at = each.message.find('`');
      reported.insert(
          each.message.substr(at + 1, each.message.rfind('`') - at - 1));
    }
  }
  EXPECT_EQ(reported, expected);
}

// What is supported is never reported, whichever way it is written.
TEST(ReachabilityTest, NothingThatIsSupported) {
  std::string script;
  for (const api::Row& row : api::Rows()) {
    if (row.finclip == api::Support::kYes && !row.IsMethod()) {
      script += base::format("wx.{0}; ft['{0}']; Taro.{0};\n", row.name);
    }
  }
  std::string markup;
  for (const ComponentRow& row : Components()) {
    if (row.finclip == Support::kYes) {
      markup += base::format("<{}/>\n", row.name);
    }
  }
  for (const AttributeRow& row : Attributes()) {
    if (row.finclip == Support::kYes) {
      markup += base::format("<{} {}{}=\"h\"/>\n", row.component,
                             row.kind == AttributeKind::kEvent ? "bind" : "",
                             row.name);
    }
  }
  EXPECT_THAT(
      CheckApp(OnePage(script + "Page({h() {}})", markup), {}, "CK1").lines,
      IsEmpty());
}

}  // namespace
}  // namespace fcc::check
