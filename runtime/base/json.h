// SPDX-License-Identifier: Apache-2.0
//
// JSON as people write it, with the place of everything. Accepts comments and
// trailing commas, because app.json files in the wild have them; what strict
// JSON would refuse is listed in JsonDocument::leniencies so that a checker can
// say so. Every error of a text is reported, not only the first.
//
// A document owns its nodes and strings; nodes are valid as long as it lives.
// Strings are UTF-8; a lone surrogate written as \uD800 becomes its three-byte
// form (WTF-8), as JavaScript would keep it.

#ifndef FCC_RUNTIME_BASE_JSON_H_
#define FCC_RUNTIME_BASE_JSON_H_

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/arena.h"
#include "runtime/base/span.h"

namespace fcc::base {

enum class JsonKind : uint8_t {
  kNull,
  kBool,
  kNumber,
  kString,
  kArray,
  kObject,
};

std::string_view JsonKindName(JsonKind kind);

struct JsonMember;

struct JsonNode {
  JsonKind kind = JsonKind::kNull;
  bool boolean = false;
  double number = 0;
  // Of a string: its decoded text.
  std::string_view string;
  std::span<const JsonNode* const> items;
  // In the order written; a repeated key stands as often as it was written.
  std::span<const JsonMember> members;
  Span span;

  bool IsNull() const { return kind == JsonKind::kNull; }
  bool IsBool() const { return kind == JsonKind::kBool; }
  bool IsNumber() const { return kind == JsonKind::kNumber; }
  bool IsString() const { return kind == JsonKind::kString; }
  bool IsArray() const { return kind == JsonKind::kArray; }
  bool IsObject() const { return kind == JsonKind::kObject; }

  // The member of that name, the last one where it is repeated; null when there
  // is none or this is no object.
  const JsonNode* Find(std::string_view key) const;
  std::string_view StringOr(std::string_view fallback) const {
    return IsString() ? string : fallback;
  }
  bool BoolOr(bool fallback) const { return IsBool() ? boolean : fallback; }
};

struct JsonMember {
  std::string_view key;
  Span key_span;
  const JsonNode* value = nullptr;
};

struct JsonError {
  Span span;
  // What was found and what is needed, in words for the user.
  std::string message;
};

struct JsonDocument {
  std::unique_ptr<Arena> arena;
  // Never null: what could be read of a broken text, null value at worst.
  const JsonNode* root = nullptr;
  std::vector<JsonError> errors;
  // Comments and trailing commas that strict JSON refuses.
  std::vector<Span> leniencies;

  bool ok() const { return errors.empty(); }
};

// Never fails to return a document. Nesting deeper than 512 is an error.
JsonDocument ParseJson(std::string_view text);

// `"…"` with the escapes JSON needs; `<`, U+2028 and U+2029 are escaped too, so
// that the result may stand inside a script in a page.
void AppendJsonString(std::string& out, std::string_view text);
// As JavaScript prints it; NaN and infinities become null.
void AppendJsonNumber(std::string& out, double number);
// The node as compact JSON.
void AppendJson(std::string& out, const JsonNode& node);

// The shortest text that reads back as this number, in the form JavaScript's
// Number::toString gives (1e+21, 0.000001, 1e-7, NaN, -0 → "0").
std::string NumberToString(double number);

}  // namespace fcc::base

#endif  // FCC_RUNTIME_BASE_JSON_H_
