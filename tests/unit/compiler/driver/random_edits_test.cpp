// SPDX-License-Identifier: Apache-2.0
//
// Whatever is edited in whatever order, a session that goes on tells what a new
// one tells. FCC_RANDOM_EDITS names how many edits to try, FCC_RANDOM_SEED
// where to begin.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <random>

#include "compiler/driver/build_session.h"
#include "runtime/base/format.h"

namespace fcc::driver {
namespace {

// An app whose files name each other in every way there is; any text of it can
// be written anew.
class RandomApp {
 public:
  explicit RandomApp(uint32_t seed) : random_(seed) {}

  base::MemoryFileSystem& fs() { return fs_; }

  void WriteAll() {
    Write("app.json", AppJson());
    Write("app.js", Script("app", "App"));
    Write("app.wxss", Sheet());
    Write("FinClipConf.js", HostScript());
    for (int i = 0; i < kPages; ++i) {
      WritePart(base::format("pages/p{}", i), "Page");
    }
    for (int i = 0; i < kSubPages; ++i) {
      WritePart(base::format("sub/s{}", i), "Page");
    }
    for (int i = 0; i < kComponents; ++i) {
      WritePart(base::format("c/c{}", i), "Component");
    }
    for (int i = 0; i < kShared; ++i) {
      Write(base::format("t/t{}.wxml", i), Template(true));
      Write(base::format("t/t{}.wxss", i), Sheet());
      Write(base::format("u/u{}.js", i), Script("u", ""));
      Write(base::format("u/w{}.wxs", i), Module());
      Write(base::format("i/i{}.png", i), "x");
    }
  }

  // Writes one file anew, or takes one away or brings it back; its path.
  std::string Edit() {
    const uint32_t what = Below(100);
    if (what < 30) {
      const std::string stem = Part();
      return Write(stem + ".js",
                   Script(stem, stem.starts_with("c/") ? "Component" : "Page"));
    }
    if (what < 55) {
      return Write(Part() + ".wxml", Template(false));
    }
    if (what < 65) {
      return Write(Part() + ".wxss", Sheet());
    }
    if (what < 75) {
      const std::string stem = Part();
      return Write(stem + ".json", Json(stem));
    }
    const std::string shared = std::to_string(Below(kShared));
    if (what < 80) {
      return Write("t/t" + shared + ".wxml", Template(true));
    }
    if (what < 84) {
      return Write("t/t" + shared + ".wxss", Sheet());
    }
    if (what < 89) {
      return Write("u/u" + shared + ".js", Script("u", ""));
    }
    if (what < 92) {
      return Write("u/w" + shared + ".wxs", Module());
    }
    if (what < 94) {
      return Write("FinClipConf.js", HostScript());
    }
    if (what < 96) {
      return Write("app.js", Script("app", "App"));
    }
    if (what < 97) {
      return Write("app.wxss", Sheet());
    }
    const std::string path = "/p/u/u" + shared + ".js";
    if (fs_.IsFile(path)) {
      EXPECT_TRUE(fs_.RemoveAll(path).ok());
      return path;
    }
    return Write("u/u" + shared + ".js", Script("u", ""));
  }

 private:
  static constexpr int kPages = 6;
  static constexpr int kSubPages = 2;
  static constexpr int kComponents = 5;
  static constexpr int kShared = 4;

  uint32_t Below(uint32_t count) {
    return static_cast<uint32_t>(random_() % count);
  }
  bool Chance(uint32_t percent) { return Below(100) < percent; }
  std::string Word(std::string_view prefix, uint32_t count) {
    return base::format("{}{}", prefix, Below(count));
  }

  std::string Write(const std::string& path, const std::string& text) {
    EXPECT_TRUE(fs_.WriteFile("/p/" + path, text).ok());
    return "/p/" + path;
  }

  void WritePart(const std::string& stem, const std::string& kind) {
    Write(stem + ".js", Script(stem, kind));
    Write(stem + ".wxml", Template(false));
    Write(stem + ".wxss", Sheet());
    Write(stem + ".json", Json(stem));
  }

  std::string Part() {
    switch (Below(4)) {
      case 0:
        return Word("c/c", kComponents);
      case 1:
        return Word("sub/s", kSubPages);
      default:
        return Word("pages/p", kPages);
    }
  }

  std::string AppJson() {
    std::string pages;
    for (int i = 0; i < kPages; ++i) {
      pages += base::format("{}\"pages/p{}\"", i == 0 ? "" : ", ", i);
    }
    return base::format(
        "{{\"pages\": [{}], \"usingComponents\": {{\"g\": \"/c/c0\"}}, "
        "\"subpackages\": [{{\"root\": \"sub\", \"pages\": [\"s0\", "
        "\"s1\"]}}]}}",
        pages);
  }

  std::string HostScript() {
    return Chance(50) ? "module.exports = {extApi: []}"
                      : "module.exports = {extApi: [{name: 'addCard'}]}";
  }

  std::string Statement(std::string_view stem) {
    const std::string up = stem == "app" ? "./" : "../";
    switch (Below(16)) {
      case 0:
        return base::format("require('{}u/u{}')", up, Below(kShared + 1));
      case 1:
        return base::format("require('./{}')", Word("p", 3));
      case 2:
        return "wx.addCard()";
      case 3:
        return base::format("wx.navigateTo({{url: '/pages/p{}'}})",
                            Below(kPages + 2));
      case 4:
        return base::format("const a{0} = p => p.setData({{d{0}: 1}})",
                            Below(6));
      case 5:
        return base::format("const r{0} = p => p.data.d{0}", Below(6));
      case 6:
        return base::format("const e{0} = p => p.triggerEvent('ev{0}')",
                            Below(4));
      case 7:
        return "wx.getStorageSync('k')";
      case 8:
        return base::format("const i{0} = '/i/i{0}.png'", Below(kShared));
      case 9:
        return "[1].flat()";
      case 10:
        return "Array.prototype.flat = function () {}";
      case 11:
        return "setInterval(() => {}, 1)";
      case 12:
        return "wx.request({url: 'http://x.example.com', methd: 'GET'})";
      case 13:
        return "// fcc-ignore CK1001\n";
      case 14:
        return "eval('1')";
      default:
        return "const = ";
    }
  }

  std::string Script(std::string_view stem, std::string_view kind) {
    std::string text;
    for (uint32_t i = Below(4); i > 0; --i) {
      text += Statement(stem) + ";\n";
    }
    if (kind.empty()) {
      return text;
    }
    text += base::format("{}({{", kind);
    if (kind == "Component") {
      text += base::format("properties: {{pr{}: String}}, ", Below(4));
      if (Chance(30)) {
        text += "options: {addGlobalClass: true}, ";
      }
      text += "methods: {";
    } else if (kind == "Page") {
      text += base::format("data: {{d{}: 1, d{}: 2}}, ", Below(6), Below(6));
    }
    for (uint32_t i = Below(4); i > 0; --i) {
      text += base::format(
          "h{}() {{ this.setData({{d{}: {}}}); this.triggerEvent('ev{}') }}, ",
          Below(4), Below(6), Chance(20) ? "undefined" : "1", Below(4));
    }
    text += kind == "Component" ? "}})" : "})";
    return text;
  }

  std::string Element() {
    switch (Below(14)) {
      case 0:
        return base::format("<import src=\"/t/t{}\"/>", Below(kShared + 1));
      case 1:
        return base::format("<include src=\"/t/t{}\"/>", Below(kShared));
      case 2:
        return base::format("<template is=\"n{}\" data=\"{{{{d{}}}}}\"/>",
                            Below(3), Below(6));
      case 3:
        return base::format("<wxs module=\"m{}\" src=\"/u/w{}.wxs\"/>",
                            Below(2), Below(kShared + 1));
      case 4:
        return "<wxs module=\"m\">exports.f = 1</wxs>{{m.f}}";
      case 5:
        return base::format("<k{} pr{}=\"1\" bindev{}=\"h{}\" slot=\"s{}\"/>",
                            Below(4), Below(4), Below(4), Below(4), Below(2));
      case 6:
        return base::format("<g pr{}=\"1\"/>", Below(4));
      case 7:
        return base::format("<view class=\"x{} {{{{d{}}}}}\" bindtap=\"h{}\"/>",
                            Below(5), Below(6), Below(4));
      case 8:
        return base::format("<view wx:for=\"{{{{d{}}}}}\">{{{{item}}}}</view>",
                            Below(6));
      case 9:
        return base::format("<navigator url=\"/pages/p{}\"/>",
                            Below(kPages + 1));
      case 10:
        return base::format("<image src=\"/i/i{}.png\" bindtpa=\"h\"/>",
                            Below(kShared));
      case 11:
        return base::format("<slot name=\"s{}\"/>", Below(2));
      case 12:
        return "<!-- fcc-ignore CK2001: for the test -->\n";
      default:
        return Chance(20) ? "<view" : "<text>t</text>";
    }
  }

  std::string Template(bool defines) {
    std::string text;
    for (uint32_t i = Below(6); i > 0; --i) {
      text += Element() + "\n";
    }
    if (defines) {
      text +=
          base::format("<template name=\"n{}\"><k{}/>{{{{d{}}}}}</template>",
                       Below(3), Below(4), Below(6));
    }
    return text;
  }

  std::string Sheet() {
    std::string text;
    if (Chance(40)) {
      text += base::format("@import \"/t/t{}.wxss\";\n", Below(kShared + 1));
    }
    for (uint32_t i = Below(4); i > 0; --i) {
      switch (Below(5)) {
        case 0:
          text += "view {inset: 0}\n";
          break;
        case 1:
          text += base::format("#x{} {{top: 0}}\n", Below(5));
          break;
        case 2:
          text += Chance(10) ? ".x {" : ".x-y {color: red}\n";
          break;
        default:
          text += base::format(".x{} {{top: 0}}\n", Below(5));
      }
    }
    return text;
  }

  std::string Module() {
    std::string text = "module.exports = {f: 1};\n";
    if (Chance(40)) {
      text += base::format("var o = require('./w{}.wxs');\n", Below(kShared));
    }
    return Chance(10) ? text + "var = " : text;
  }

  std::string Json(std::string_view stem) {
    std::string text = "{";
    if (stem.starts_with("c/")) {
      text += Chance(90) ? "\"component\": true, " : "";
    }
    if (Chance(60)) {
      text += "\"usingComponents\": {";
      for (uint32_t i = 0, count = Below(4); i < count; ++i) {
        text += base::format("{}\"k{}\": \"/c/c{}\"", i == 0 ? "" : ", ",
                             Below(4), Below(kComponents + 1));
      }
      text += "}, ";
    }
    if (Chance(15)) {
      text += "\"styleIsolation\": \"shared\", ";
    }
    if (Chance(15)) {
      text += base::format(
          "\"componentGenerics\": {{\"k1\": {{\"default\": \"/c/c{}\"}}}}, ",
          Below(kComponents));
    }
    if (Chance(15)) {
      text += "\"componentPlaceholder\": {\"k2\": \"view\"}, ";
    }
    if (Chance(15)) {
      text += "\"enablePullDownRefersh\": true, ";
    }
    if (Chance(15)) {
      text += "\"disableScroll\": \"true\", ";
    }
    return text + (Chance(5) ? "" : "\"navigationBarTitleText\": \"t\"}");
  }

  base::MemoryFileSystem fs_;
  std::mt19937 random_;
};

std::vector<std::string> Reports(const BuildSession& session,
                                 const BuildResult& result) {
  std::vector<std::string> lines;
  for (const diagnostics::Diagnostic& found : result.diagnostics) {
    std::string place = found.path;
    if (found.location.file != source::FileId::kNone) {
      place = base::format("{}:{}-{}",
                           session.sources().Get(found.location.file).path(),
                           found.location.span.begin, found.location.span.end);
    }
    lines.push_back(base::format("{} {} {} {}", place,
                                 diagnostics::InfoOf(found.kind).code,
                                 SeverityName(found.severity), found.message));
  }
  // Reports of one kind at one place have no order.
  std::ranges::sort(lines);
  return lines;
}

// What only one of both has.
std::vector<std::string> Difference(const std::vector<std::string>& session,
                                    const std::vector<std::string>& whole) {
  std::vector<std::string> only;
  std::ranges::set_difference(session, whole, std::back_inserter(only));
  for (std::string& line : only) {
    line = "too much: " + line;
  }
  const size_t extra = only.size();
  std::ranges::set_difference(whole, session, std::back_inserter(only));
  for (size_t i = extra; i < only.size(); ++i) {
    only[i] = "missing: " + only[i];
  }
  return only;
}

uint32_t Number(const char* name, uint32_t fallback) {
  const char* text = std::getenv(name);
  return text == nullptr ? fallback : static_cast<uint32_t>(std::atoi(text));
}

std::string TextAt(base::FileSystem& fs, const std::string& path) {
  auto text = fs.ReadFile(path, 10000);
  return text ? *std::move(text) : "(gone)";
}

void EditAtRandom(uint32_t seed, Output output, check::Platform platform,
                  uint32_t edits) {
  RandomApp app(seed);
  app.WriteAll();
  BuildOptions options;
  options.project_dir = "/p";
  options.output = output;
  options.jobs = 1;
  options.rules.preset = check::Preset::kStrict;
  options.rules.platform = platform;
  BuildSession going_on(app.fs(), options);
  going_on.Build();
  for (uint32_t i = 0; i < edits; ++i) {
    std::vector<std::string> changed = {app.Edit()};
    while (i % 5 == 0 && changed.size() < 3) {
      changed.push_back(app.Edit());
    }
    const BuildResult again = going_on.Rebuild(changed);
    BuildSession fresh(app.fs(), options);
    const BuildResult whole = fresh.Build();
    EXPECT_THAT(Difference(Reports(going_on, again), Reports(fresh, whole)),
                testing::IsEmpty())
        << "seed " << seed << ", edit " << i << ", " << changed[0] << ":\n"
        << TextAt(app.fs(), changed[0]);
    if (testing::Test::HasFailure()) {
      return;
    }
    ASSERT_EQ(again.ok, whole.ok);
    ASSERT_EQ(again.files, whole.files) << "seed " << seed << ", edit " << i;
  }
}

TEST(RandomEdits, TellWhatAWholeCheckTells) {
  const uint32_t seed = Number("FCC_RANDOM_SEED", 1);
  const uint32_t edits = Number("FCC_RANDOM_EDITS", 45);
  EditAtRandom(seed, Output::kNone, check::Platform::kFinClip, edits);
  EditAtRandom(seed + 1, Output::kNone, check::Platform::kWeChat, edits);
  EditAtRandom(seed + 2, Output::kAll, check::Platform::kFinClip, edits / 3);
}

}  // namespace
}  // namespace fcc::driver
