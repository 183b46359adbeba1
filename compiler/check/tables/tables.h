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

// A decision between documents that contradict each other.
struct OverrideRow {
  // "api", "config".
  std::string_view table;
  std::string_view name;
  Support finclip = Support::kUnknown;
  std::string_view row;
  std::string_view reason;
};

std::span<const OverrideRow> Overrides();
const OverrideRow* FindOverride(std::string_view table, std::string_view name);

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
