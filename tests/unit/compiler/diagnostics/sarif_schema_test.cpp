// SPDX-License-Identifier: Apache-2.0
//
// The SARIF that we write against the schema of SARIF 2.1.0 (OASIS, errata 01):
// for every object that we use its members, which of them must be there, their
// types and ranges. The schema forbids members that it does not name.

#include <gtest/gtest.h>

#include <functional>
#include <map>

#include "compiler/diagnostics/render.h"
#include "runtime/base/json.h"

namespace fcc::diagnostics {
namespace {

using base::JsonNode;

class Schema {
 public:
  // Empty when the text is valid, else what is wrong and where.
  static std::string Problem(std::string_view text) {
    base::JsonDocument document = base::ParseJson(text);
    if (!document.ok() || !document.leniencies.empty()) {
      return "no strict JSON";
    }
    Schema schema;
    schema.Check("sarifLog", *document.root, "$");
    return schema.problem_;
  }

 private:
  struct Member {
    // The name of an object, or "string", "uri", "line", "level", ….
    std::string type;
    bool required = false;
    bool is_list = false;
  };

  static const std::map<std::string, std::map<std::string, Member>>& Objects() {
    static const std::map<std::string, std::map<std::string, Member>> objects =
        {{"sarifLog",
          {{"$schema", {"uri"}},
           {"version", {"version", true}},
           {"runs", {"run", true, true}}}},
         {"run",
          {{"tool", {"tool", true}},
           {"columnKind", {"columnKind"}},
           {"results", {"result", false, true}}}},
         {"tool", {{"driver", {"toolComponent", true}}}},
         {"toolComponent",
          {{"name", {"string", true}},
           {"rules", {"reportingDescriptor", false, true}}}},
         {"reportingDescriptor",
          {{"id", {"string", true}},
           {"name", {"string"}},
           {"fullDescription", {"multiformatMessageString"}},
           {"defaultConfiguration", {"reportingConfiguration"}}}},
         {"multiformatMessageString", {{"text", {"string", true}}}},
         {"reportingConfiguration", {{"level", {"level"}}}},
         {"result",
          {{"ruleId", {"string"}},
           {"level", {"level"}},
           {"message", {"message", true}},
           {"locations", {"location", false, true}},
           {"relatedLocations", {"location", false, true}},
           {"fixes", {"fix", false, true}}}},
         {"message", {{"text", {"string", true}}}},
         {"location",
          {{"physicalLocation", {"physicalLocation"}},
           {"message", {"message"}}}},
         {"physicalLocation",
          {{"artifactLocation", {"artifactLocation", true}},
           {"region", {"region"}}}},
         {"artifactLocation", {{"uri", {"uri"}}}},
         {"region",
          {{"startLine", {"positive"}},
           {"startColumn", {"positive"}},
           {"endLine", {"positive"}},
           {"endColumn", {"positive"}}}},
         {"fix",
          {{"description", {"message"}},
           {"artifactChanges", {"artifactChange", true, true}}}},
         {"artifactChange",
          {{"artifactLocation", {"artifactLocation", true}},
           {"replacements", {"replacement", true, true}}}},
         {"replacement",
          {{"deletedRegion", {"region", true}},
           {"insertedContent", {"artifactContent"}}}},
         {"artifactContent", {{"text", {"string"}}}}};
    return objects;
  }

  void Fail(const std::string& where, std::string_view what) {
    if (problem_.empty()) {
      problem_ = where + ": " + std::string(what);
    }
  }

  void Check(const std::string& type, const JsonNode& node,
             const std::string& where) {
    auto object = Objects().find(type);
    if (object == Objects().end()) {
      CheckScalar(type, node, where);
      return;
    }
    if (!node.IsObject()) {
      Fail(where, "no object");
      return;
    }
    for (const base::JsonMember& member : node.members) {
      const std::string at = where + "." + std::string(member.key);
      auto known = object->second.find(std::string(member.key));
      if (known == object->second.end()) {
        Fail(at, "not in the schema");
      } else if (!known->second.is_list) {
        Check(known->second.type, *member.value, at);
      } else if (!member.value->IsArray()) {
        Fail(at, "no list");
      } else {
        for (size_t i = 0; i < member.value->items.size(); ++i) {
          Check(known->second.type, *member.value->items[i],
                at + "[" + std::to_string(i) + "]");
        }
      }
    }
    for (const auto& [name, member] : object->second) {
      if (member.required && node.Find(name) == nullptr) {
        Fail(where, "lacks " + name);
      }
    }
    if (type == "artifactChange" && node.Find("replacements") != nullptr &&
        node.Find("replacements")->items.empty()) {
      Fail(where, "replacements must not be empty");
    }
  }

  void CheckScalar(const std::string& type, const JsonNode& node,
                   const std::string& where) {
    if (type == "positive") {
      if (!node.IsNumber() || node.number < 1 ||
          node.number != static_cast<uint64_t>(node.number)) {
        Fail(where, "no whole number from 1 on");
      }
      return;
    }
    if (!node.IsString()) {
      Fail(where, "no string");
      return;
    }
    const std::string_view text = node.string;
    if (type == "version" && text != "2.1.0") {
      Fail(where, "another version");
    } else if (type == "level" && text != "none" && text != "note" &&
               text != "warning" && text != "error") {
      Fail(where, "no level");
    } else if (type == "columnKind" && text != "utf16CodeUnits" &&
               text != "unicodeCodePoints") {
      Fail(where, "no column kind");
    } else if (type == "uri") {
      for (char c : text) {
        if (c <= ' ' || c == '"' || c == '<' || c == '>' || c == '\\' ||
            static_cast<unsigned char>(c) >= 0x7F) {
          Fail(where, "no URI reference");
        }
      }
    }
  }

  std::string problem_;
};

TEST(SarifSchemaTest, WhatWeWriteIsValid) {
  source::SourceSet sources;
  const source::SourceFile& file =
      sources.Add("页面/a b.js", "let x;\nlet 变量 = \"<\";\n");
  Sink sink;
  sink.Report(Kind::kUnsupportedApi, {file.id(), {4, 5}}, "wx", "x\"</script>",
              "FinClip")
      .Label({file.id(), {11, 17}}, "here")
      .Note("note")
      .Fix("take it out", {file.id(), {4, 5}}, "\n", FixSafety::kSafe);
  sink.Report(Kind::kUnusedFile, source::Location(), "b.js").Path("b.js");
  // At the end of the file, and of no width.
  const uint32_t end = static_cast<uint32_t>(file.text().size());
  sink.Report(Kind::kDynamicCode, {file.id(), {end, end}}, "eval");
  for (Language language : {Language::kEnglish, Language::kChinese}) {
    RenderOptions options;
    options.language = language;
    const std::string text = RenderSarif(sink.diagnostics(), sources, options);
    EXPECT_EQ(Schema::Problem(text), "") << text;
  }
  EXPECT_EQ(Schema::Problem(RenderSarif({}, sources, {})), "");
}

// Every kind as a result and as a rule.
TEST(SarifSchemaTest, EveryKindIsValid) {
  source::SourceSet sources;
  const source::SourceFile& file = sources.Add("a.js", "x\n");
  std::vector<Diagnostic> all;
  for (size_t i = 0; i < static_cast<size_t>(Kind::kCount); ++i) {
    Diagnostic& each = all.emplace_back();
    each.kind = static_cast<Kind>(i);
    each.severity = InfoOf(each.kind).severity;
    each.location = {file.id(), {0, 1}};
    each.message = each.message_zh = "m";
    EXPECT_FALSE(InfoOf(each.kind).help.empty()) << InfoOf(each.kind).code;
    EXPECT_FALSE(InfoOf(each.kind).help_zh.empty()) << InfoOf(each.kind).code;
  }
  EXPECT_EQ(Schema::Problem(RenderSarif(all, sources, {})), "");
}

TEST(SarifSchemaTest, TheTestSeesWhatIsWrong) {
  EXPECT_NE(Schema::Problem("{\"version\":\"2.1.0\"}"), "");
  EXPECT_NE(Schema::Problem("{\"version\":\"2.1.0\",\"runs\":[{}]}"), "");
  EXPECT_NE(Schema::Problem("{\"version\":\"2.1.0\",\"runs\":[],\"x\":1}"), "");
  EXPECT_NE(
      Schema::Problem(
          "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":"
          "\"f\"}},\"results\":[{\"message\":{\"text\":\"m\"},\"level\":"
          "\"bad\"}]}]}"),
      "");
}

}  // namespace
}  // namespace fcc::diagnostics
