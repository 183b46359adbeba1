// SPDX-License-Identifier: Apache-2.0
//
// `module.exports = {…}`. A long text is handed to JSON.parse: an engine reads
// it in a fraction of the time, and a function may hold only so many constants.
// So is one with the key `__proto__`, which means something else in an object
// literal.

#include "compiler/js/compile_json.h"

#include <algorithm>

#include "runtime/base/json.h"

namespace fcc::js {

static bool HasProtoKey(const base::JsonNode& node) {
  return std::ranges::any_of(
             node.items,
             [](const base::JsonNode* item) { return HasProtoKey(*item); }) ||
         std::ranges::any_of(node.members, [](const base::JsonMember& member) {
           return member.key == "__proto__" || HasProtoKey(*member.value);
         });
}

// JSON as a string of JavaScript: single quotes, because it is full of others.
static std::string Quoted(std::string_view json) {
  std::string quoted = "'";
  for (const char c : json) {
    if (c == '\'' || c == '\\') {
      quoted += '\\';
    }
    quoted += c;
  }
  return quoted + "'";
}

CompileResult CompileJson(const source::SourceFile& file,
                          const CompileOptions& options,
                          diagnostics::Sink& sink) {
  CompileResult result;
  const base::JsonDocument document = base::ParseJson(file.text());
  for (const base::JsonError& error : document.errors) {
    sink.Report(diagnostics::Kind::kJsonSyntax, {file.id(), error.span},
                error.message);
  }
  result.ok = document.ok();
  result.effect_free = true;
  if (!result.ok || !options.print) {
    return result;
  }
  std::string json;
  base::AppendJson(json, *document.root);
  constexpr size_t kLongest = 16 * 1024;
  if (json.size() > kLongest || HasProtoKey(*document.root)) {
    json = "JSON.parse(" + Quoted(json) + ")";
  }
  const bool minify = options.minify || options.obfuscate > 0;
  result.code = (options.modules == ModuleKind::kKeep ? "export default "
                                                      : "module.exports = ") +
                json + (minify ? "" : ";\n");
  return result;
}

}  // namespace fcc::js
