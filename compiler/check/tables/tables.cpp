// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/tables/tables.h"

#include <algorithm>
#include <tuple>

namespace fcc::check {

// The words of the .def files.
static constexpr Support Yes = Support::kYes;
static constexpr Support No = Support::kNo;
static constexpr Support Partial = Support::kPartial;
static constexpr Support Unknown = Support::kUnknown;
static constexpr AttributeKind Attribute = AttributeKind::kAttribute;
static constexpr AttributeKind Event = AttributeKind::kEvent;

static constexpr ComponentRow kComponents[] = {
#define FCC_COMPONENT(name, wechat, finclip, since, row) \
  {name, wechat, finclip, since, row},
#include "compiler/check/tables/components.def"
#undef FCC_COMPONENT
};

static constexpr AttributeRow kAttributes[] = {
#define FCC_ATTRIBUTE(component, kind, name, wechat, finclip, since, row) \
  {component, kind, name, wechat, finclip, since, row},
#include "compiler/check/tables/attributes.def"
#undef FCC_ATTRIBUTE
};

static constexpr ConfigKeyRow kConfigKeys[] = {
#define FCC_CONFIG_KEY(section, key, finclip, since, row) \
  {section, key, finclip, since, row},
#include "compiler/check/tables/config_keys.def"
#undef FCC_CONFIG_KEY
};

static constexpr ApiOptionRow kApiOptions[] = {
#define FCC_API_OPTION(function, option, required, types, words, since) \
  {function, option, required, types, words, since},
#include "compiler/check/tables/api_options.def"
#undef FCC_API_OPTION
};

static constexpr WebFeatureKind AtRule = WebFeatureKind::kAtRule;
static constexpr WebFeatureKind Function = WebFeatureKind::kFunction;
static constexpr WebFeatureKind Property = WebFeatureKind::kProperty;
static constexpr WebFeatureKind Selector = WebFeatureKind::kSelector;
static constexpr WebFeatureKind Syntax = WebFeatureKind::kSyntax;
static constexpr WebFeatureKind Unit = WebFeatureKind::kUnit;
static constexpr WebFeatureKind Value = WebFeatureKind::kValue;

static constexpr WebFeatureRow kWebFeatures[] = {
#define FCC_WEB_FEATURE(kind, name, word, ios, chrome) \
  {kind, name, word, ios, chrome},
#include "compiler/check/tables/web_features.def"
#undef FCC_WEB_FEATURE
};

static constexpr OverrideRow kOverrides[] = {
#define FCC_OVERRIDE(table, name, finclip, row, reason, reason_zh) \
  {table, name, finclip, row, reason, reason_zh},
#include "compiler/check/tables/overrides.def"
#undef FCC_OVERRIDE
};

static constexpr AlternativeRow kAlternatives[] = {
#define FCC_ALTERNATIVE(table, name, en, zh) {table, name, en, zh},
#include "compiler/check/tables/alternatives.def"
#undef FCC_ALTERNATIVE
};

const AlternativeRow* FindAlternative(std::string_view table,
                                      std::string_view name) {
  for (const AlternativeRow& row : kAlternatives) {
    const bool fits =
        row.name.ends_with('*')
            ? name.starts_with(row.name.substr(0, row.name.size() - 1))
            : row.name == name;
    if (row.table == table && fits) {
      return &row;
    }
  }
  return nullptr;
}

std::span<const OverrideRow> Overrides() {
  return kOverrides;
}

const OverrideRow* FindOverride(std::string_view table, std::string_view name) {
  for (const OverrideRow& row : kOverrides) {
    if (row.table == table && row.name == name) {
      return &row;
    }
  }
  return nullptr;
}

std::span<const ComponentRow> Components() {
  return kComponents;
}
std::span<const AttributeRow> Attributes() {
  return kAttributes;
}
std::span<const ConfigKeyRow> ConfigKeys() {
  return kConfigKeys;
}

// The rows whose key is `key`, by binary search; `key_of` gives a row's key.
template <typename Row, typename Key, typename KeyOf>
static std::span<const Row> RowsOf(std::span<const Row> rows, const Key& key,
                                   KeyOf key_of) {
  auto first = std::lower_bound(
      rows.begin(), rows.end(), key,
      [&](const Row& row, const Key& at) { return key_of(row) < at; });
  auto last = std::upper_bound(
      first, rows.end(), key,
      [&](const Key& at, const Row& row) { return at < key_of(row); });
  return {first, last};
}

std::span<const ApiOptionRow> OptionsOf(std::string_view function) {
  return RowsOf(std::span<const ApiOptionRow>(kApiOptions), function,
                [](const ApiOptionRow& row) { return row.function; });
}

template <typename Row>
static const Row* OnlyOf(std::span<const Row> rows) {
  return rows.empty() ? nullptr : &rows.front();
}

const WebFeatureRow* FindWebFeature(WebFeatureKind kind, std::string_view name,
                                    std::string_view word) {
  return OnlyOf(RowsOf(std::span<const WebFeatureRow>(kWebFeatures),
                       std::tuple(kind, name, word),
                       [](const WebFeatureRow& row) {
                         return std::tuple(row.kind, row.name, row.word);
                       }));
}

const ComponentRow* FindComponent(std::string_view name) {
  return OnlyOf(RowsOf(Components(), name,
                       [](const ComponentRow& row) { return row.name; }));
}

std::span<const AttributeRow> AttributesOf(std::string_view component) {
  return RowsOf(Attributes(), component,
                [](const AttributeRow& row) { return row.component; });
}

const AttributeRow* FindAttribute(std::string_view component,
                                  AttributeKind kind, std::string_view name) {
  return OnlyOf(RowsOf(
      AttributesOf(component), std::tuple(kind, name),
      [](const AttributeRow& row) { return std::tuple(row.kind, row.name); }));
}

std::span<const ConfigKeyRow> ConfigKeysOf(std::string_view section) {
  return RowsOf(ConfigKeys(), section,
                [](const ConfigKeyRow& row) { return row.section; });
}

const ConfigKeyRow* FindConfigKey(std::string_view section,
                                  std::string_view key) {
  return OnlyOf(RowsOf(ConfigKeysOf(section), key,
                       [](const ConfigKeyRow& row) { return row.key; }));
}

}  // namespace fcc::check
