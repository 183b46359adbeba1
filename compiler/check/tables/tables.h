// SPDX-License-Identifier: Apache-2.0
//
// What the platforms' documents say of components, attributes, events and
// configuration keys. The ft./wx. functions have their own table, which the
// runtime reads too: runtime/api/table.h.
//
// The rows are constants, sorted by bytes; nothing here allocates or fails. A
// name that no document mentions has no row, and a row may be silent about one
// platform (kUnknown): rules must not take silence for a refusal.

#ifndef FCC_COMPILER_CHECK_TABLES_TABLES_H_
#define FCC_COMPILER_CHECK_TABLES_TABLES_H_

#include <cstdint>
#include <span>
#include <string_view>

namespace fcc::check {

enum class Support : uint8_t {
  kUnknown,
  kNo,
  // Taken, but not all of what it means; the document says what is missing.
  kPartial,
  kYes,
};

struct ComponentRow {
  std::string_view name;
  Support wechat = Support::kUnknown;
  Support finclip = Support::kUnknown;
  // The base library it came with on FinClip, "" when not told.
  std::string_view since;
  // Page and line of FinClip's documentation.
  std::string_view row;
};

enum class AttributeKind : uint8_t { kAttribute, kEvent };

struct AttributeRow {
  std::string_view component;
  AttributeKind kind = AttributeKind::kAttribute;
  // As written in a template, with dashes; of an event its type.
  std::string_view name;
  Support wechat = Support::kUnknown;
  Support finclip = Support::kUnknown;
  std::string_view since;
  std::string_view row;
};

struct ConfigKeyRow {
  // "app", "window", "tabBar", "tabBar.list", "networkTimeout", "page",
  // "project", "project.setting".
  std::string_view section;
  std::string_view key;
  Support finclip = Support::kUnknown;
  std::string_view since;
  std::string_view row;
};

// What a function takes in its one object, beside success, fail and complete;
// from the published types of WeChat's API.
struct ApiOptionRow {
  // Without wx.
  std::string_view function;
  std::string_view option;
  bool required = false;
  // A letter each of what it takes: String, Number, Boolean, Array, Object,
  // Function; "" for anything.
  std::string_view types;
  // Parted by `|`; "" where any value of the type will do.
  std::string_view words;
  // The base library of WeChat it came with, "" when not told.
  std::string_view since;
};

enum class WebFeatureKind : uint8_t {
  kAtRule,
  kFunction,
  kProperty,
  kSelector,
  // A way to write a value: `#rrggbbaa`.
  kSyntax,
  kUnit,
  // A word of a property's value.
  kValue,
};

// Since which web views a thing of CSS is there; from MDN's compatibility data.
struct WebFeatureRow {
  WebFeatureKind kind = WebFeatureKind::kProperty;
  std::string_view name;
  // Of kValue.
  std::string_view word;
  // The versions it came with; "-" for none.
  std::string_view ios;
  std::string_view chrome;
};

// A decision between documents that contradict each other.
struct OverrideRow {
  // "api", "config".
  std::string_view table;
  std::string_view name;
  Support finclip = Support::kUnknown;
  std::string_view row;
  std::string_view reason;
  std::string_view reason_zh;
};

// What there is instead of something that FinClip does not have.
struct AlternativeRow {
  // "api", "component", "attribute".
  std::string_view table;
  // One that ends with `*` stands for all that begin so.
  std::string_view name;
  std::string_view en;
  std::string_view zh;
};

// Null where nothing is known.
const AlternativeRow* FindAlternative(std::string_view table,
                                      std::string_view name);

std::span<const OverrideRow> Overrides();
const OverrideRow* FindOverride(std::string_view table, std::string_view name);

// The options of a function; empty where the types do not tell.
std::span<const ApiOptionRow> OptionsOf(std::string_view function);

// Null where every web view has it, or nobody knows it.
const WebFeatureRow* FindWebFeature(WebFeatureKind kind, std::string_view name,
                                    std::string_view word = {});

std::span<const ComponentRow> Components();
std::span<const AttributeRow> Attributes();
std::span<const ConfigKeyRow> ConfigKeys();

// Null where there is no row.
const ComponentRow* FindComponent(std::string_view name);
const AttributeRow* FindAttribute(std::string_view component,
                                  AttributeKind kind, std::string_view name);
std::span<const AttributeRow> AttributesOf(std::string_view component);
const ConfigKeyRow* FindConfigKey(std::string_view section,
                                  std::string_view key);
std::span<const ConfigKeyRow> ConfigKeysOf(std::string_view section);

}  // namespace fcc::check

#endif  // FCC_COMPILER_CHECK_TABLES_TABLES_H_
