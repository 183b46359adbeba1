// SPDX-License-Identifier: Apache-2.0
//
// Maps, token by token: programs are made of words that stand once each in
// their text and that nothing renames (globals, members, strings). Wherever
// such a word stands in the output, the map must lead to where it stands in
// the input, to the column.

#include "runtime/base/source_map.h"

#include <gtest/gtest.h>

#include "compiler/js/js.h"
#include "runtime/base/format.h"

namespace fcc::js {
namespace {

// `@` becomes a word of its own: g0_, g1_, …
constexpr std::string_view kProgram =
    "import def, {one as two} from 'm';\n"
    "enum E { A = 1, B }\n"
    "namespace N { export const n1 = @.@; export function f() { return @; } }\n"
    "class Base { @ = @('中文 😀', @); static @ = [@, ...@];\n"
    "  constructor(public first: number, second = @) { @(first); }\n"
    "  get @() { return this.@; } async @() { await @(@); }\n"
    "  *@() { for (const x of @) { yield @(x); } } }\n"
    "class Derived extends Base { method({@: a, b = @}) { super.@(a, b);\n"
    "  return () => this.@?.@(@)?.[@] ?? @; } }\n"
    "for (let i = 0; i < @; i++) { @(() => i, `text ${@} more ${@.@}`); }\n"
    "label: while (@) { if (@) { continue label; } else if (@) break; @(); }\n"
    "switch (@) { case @: @(def); break; default: @(two); }\n"
    "try { @(); } catch ({@: message}) { @(message); } finally { @(); }\n"
    "const {@: c, ...rest} = @, [d = @, [e]] = @; @(c, rest, d, e);\n"
    "async function g(...args) { for await (const x of @) { @(x); }\n"
    "  return await Promise.all(@.@.map(async (y) => @(y, args))); }\n"
    "var o = {@: @, [@]: @, get @() { return @; }, @(p) {}}; o.@ ||= @ ** @;\n"
    "export const last = new @(@), other = typeof @, more = -@ + +@ * (@, @);\n"
    "{a: {b: @}} if (@) {c: @(() => {d: {e: @}}, @)} else {f: @} @();\n"
    "export default function () { return @ ? @ : @(Base, Derived, g, E, N); "
    "}\n";

std::string ProgramWithWords(std::vector<std::string>& words) {
  std::string text;
  for (char c : kProgram) {
    if (c != '@') {
      text += c;
      continue;
    }
    words.push_back(base::format("g{}_", words.size()));
    text += words.back();
  }
  return text;
}

struct Place {
  uint32_t line;
  uint32_t column;
  bool operator==(const Place&) const = default;
};

// Counts from 0, columns in UTF-16 units.
Place PlaceOf(std::string_view text, size_t at) {
  Place place{0, 0};
  for (size_t i = 0; i < at; ++i) {
    const unsigned char c = static_cast<unsigned char>(text[i]);
    if (c == '\n') {
      ++place.line;
      place.column = 0;
    } else {
      place.column += (c & 0xC0) == 0x80 ? 0 : c >= 0xF0 ? 2 : 1;
    }
  }
  return place;
}

CompileResult CompileProgram(std::string text, std::string path,
                             CompileOptions options) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  options.source_map = true;
  options.helpers = HelperPlacement::kModule;
  CompileResult result =
      Compile(sources.Add(std::move(path), std::move(text)), options, sink);
  for (const diagnostics::Diagnostic& problem : sink.diagnostics()) {
    ADD_FAILURE() << problem.message;
  }
  return result;
}

// How many words were found in `code`.
size_t ExpectExact(std::string_view code, std::string_view json,
                   std::string_view original,
                   const std::vector<std::string>& words) {
  const auto map = base::ReadSourceMap(json);
  EXPECT_TRUE(map.ok());
  if (!map.ok()) {
    return 0;
  }
  EXPECT_EQ(map->sources, std::vector<std::string>{"a.ts"});
  size_t found = 0;
  for (const std::string& word : words) {
    const Place want = PlaceOf(original, original.find(word));
    for (size_t at = code.find(word); at != std::string_view::npos;
         at = code.find(word, at + 1)) {
      // What `.name` shows and what is quoted begins before the word.
      const size_t begin = at > 0 && code[at - 1] == '"' ? at - 1 : at;
      const Place place = PlaceOf(code, begin);
      const base::Mapping* mapping = map->Find(place.line, place.column);
      ++found;
      if (mapping == nullptr) {
        ADD_FAILURE() << word << " is not mapped in " << code;
        continue;
      }
      EXPECT_EQ(mapping->source_line, want.line) << word << " in " << code;
      EXPECT_EQ(mapping->source_column, want.column) << word << " in " << code;
    }
  }
  return found;
}

// A mapping with a name says what stands at its place in the input, or what the
// construct there is called that a pass wrote the name for; nothing made up.
void ExpectNames(std::string_view json, std::string_view original) {
  const auto map = base::ReadSourceMap(json);
  ASSERT_TRUE(map.ok());
  std::vector<std::string_view> lines;
  for (size_t at = 0; at <= original.size();) {
    const size_t end = std::min(original.find('\n', at), original.size());
    lines.push_back(original.substr(at, end - at));
    at = end + 1;
  }
  size_t named = 0;
  size_t exact = 0;
  for (const base::Mapping& mapping : map->mappings) {
    if (mapping.name == base::kNoSource) {
      continue;
    }
    ++named;
    const std::string_view name = map->names[mapping.name];
    ASSERT_LT(mapping.source_line, lines.size());
    EXPECT_NE(original.find(name), std::string_view::npos) << name;
    // No name stands behind the line's wide characters.
    exact += lines[mapping.source_line].substr(mapping.source_column,
                                               name.size()) == name;
  }
  EXPECT_GT(exact * 2, named);
  EXPECT_GT(named, 10u);
}

TEST(SourceMapTest, LeadsEveryWordToItsColumn) {
  std::vector<std::string> words;
  const std::string text = ProgramWithWords(words);
  for (const Target target : {Target::kEs5, Target::kEsNext}) {
    for (const bool minify : {false, true}) {
      CompileOptions options;
      options.target = target;
      options.minify = minify;
      const CompileResult result = CompileProgram(text, "a.ts", options);
      EXPECT_GE(ExpectExact(result.code, result.map, text, words),
                words.size());
      if (minify) {
        ExpectNames(result.map, text);
      }
    }
  }
}

TEST(SourceMapTest, LeadsThroughTheMapOfTheInput) {
  std::vector<std::string> words;
  const std::string text = ProgramWithWords(words);
  CompileOptions first_options;
  first_options.target = Target::kEsNext;
  first_options.modules = ModuleKind::kKeep;
  const CompileResult first = CompileProgram(text, "a.ts", first_options);
  for (const int obfuscate : {0, 2}) {
    CompileOptions options;
    options.minify = true;
    options.obfuscate = obfuscate;
    options.input_map = first.map;
    const CompileResult second = CompileProgram(first.code, "b.js", options);
    EXPECT_GE(ExpectExact(second.code, second.map, text, words),
              words.size() * 3 / 4);
    // Between two places of the inner map the first stands for both, so names
    // are those of the input, but not always to the column.
    const auto map = base::ReadSourceMap(second.map);
    ASSERT_TRUE(map.ok());
    for (const std::string& name : map->names) {
      EXPECT_NE(text.find(name), std::string::npos) << name;
    }
  }
}

}  // namespace
}  // namespace fcc::js
