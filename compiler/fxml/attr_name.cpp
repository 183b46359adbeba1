// SPDX-License-Identifier: Apache-2.0

#include "compiler/fxml/attr_name.h"

#include <algorithm>

namespace fcc::fxml {

using tmpl::AttrKind;

static char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
static char Upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

static std::string_view CamelCase(std::string_view dashed,
                                  std::string& scratch) {
  if (dashed.find('-') == std::string_view::npos) {
    return dashed;
  }
  scratch.clear();
  bool raise = false;
  for (char c : dashed) {
    if (c == '-') {
      raise = true;
    } else {
      scratch += raise ? Upper(c) : c;
      raise = false;
    }
  }
  return scratch;
}

std::string CamelCase(std::string_view dashed) {
  std::string scratch;
  return std::string(CamelCase(dashed, scratch));
}

// `data-aB` is `ab`: letters are lowered before dashes raise them.
static std::string_view DatasetKey(std::string_view written,
                                   std::string& scratch) {
  if (std::none_of(written.begin(), written.end(),
                   [](char c) { return c == '-' || (c >= 'A' && c <= 'Z'); })) {
    return written;
  }
  scratch.clear();
  for (size_t i = 0; i < written.size(); ++i) {
    if (written[i] != '-') {
      scratch += Lower(written[i]);
    } else if (++i < written.size()) {
      // Each dash raises what follows, were it a dash.
      scratch += Upper(Lower(written[i]));
    }
  }
  return scratch;
}

Directive DirectiveOf(std::string_view key) {
  if (key.size() < 3 || (key[2] != ':' && key[2] != '-')) {
    return Directive::kNone;
  }
  const bool dashed = key[2] == '-';
  if (!(key[0] == 'w' && key[1] == 'x') &&
      !(key[0] == 'f' && key[1] == 't' && !dashed)) {
    return Directive::kNone;
  }
  const std::string_view word = key.substr(3);
  struct Row {
    std::string_view word;
    Directive directive;
    // Conditions also go with a dash: `wx-if`.
    bool is_condition = false;
  };
  static constexpr Row kRows[] = {
      {"if", Directive::kIf, true},
      {"for", Directive::kFor},
      {"key", Directive::kKey},
      {"else", Directive::kElse, true},
      {"elif", Directive::kElif, true},
      {"for-item", Directive::kForItem},
      {"for-index", Directive::kForIndex},
      {"for-items", Directive::kFor},
  };
  for (const Row& row : kRows) {
    if (row.word == word && (!dashed || row.is_condition)) {
      return row.directive;
    }
  }
  return Directive::kUnknown;
}

namespace {

struct EventPrefix {
  std::string_view word;
  uint8_t flags;
  // Also without a colon behind it.
  bool bare;
};

// Longest first. Names that are camel-cased already are what the SDK decodes.
constexpr EventPrefix kEventPrefixes[] = {
    {"capture-mut-bind", tmpl::kEventCapture | tmpl::kEventMut, false},
    {"capture-catch", tmpl::kEventCapture | tmpl::kEventCatch, true},
    {"captureCatch", tmpl::kEventCapture | tmpl::kEventCatch, true},
    {"capture-bind", tmpl::kEventCapture, true},
    {"captureBind", tmpl::kEventCapture, true},
    {"mut-bind", tmpl::kEventMut, true},
    {"mutBind", tmpl::kEventMut, true},
    {"catch", tmpl::kEventCatch, true},
    {"bind", 0, true},
};

struct KindPrefix {
  std::string_view word;
  AttrKind kind;
  bool camel;
};

// Up to the colon.
constexpr KindPrefix kKindPrefixes[] = {
    {"data", AttrKind::kData, false},
    {"mark", AttrKind::kMark, false},
    {"model", AttrKind::kModel, true},
    // As written in the tree, as wcc has it; the runtime finds the property.
    {"change", AttrKind::kChange, false},
    {"worklet", AttrKind::kWorklet, false},
    {"generic", AttrKind::kGeneric, false},
    {"class", AttrKind::kClassToggle, false},
    {"style", AttrKind::kStyleProperty, false},
    {"slot", AttrKind::kSlotValue, true},
};

bool MayBeEvent(std::string_view key) {
  return !key.empty() && (key[0] == 'b' || key[0] == 'c' || key[0] == 'm');
}

}  // namespace

AttrName DecodeAttrName(std::string_view key, std::string& scratch) {
  switch (key.size()) {
    case 2:
      if (key == "id") {
        return {AttrKind::kId, 0, key};
      }
      break;
    case 4:
      if (key == "slot") {
        return {AttrKind::kSlot, 0, key};
      }
      break;
    case 5:
      if (key == "class") {
        return {AttrKind::kClass, 0, key};
      }
      if (key == "style") {
        return {AttrKind::kStyle, 0, key};
      }
      break;
    default:
      break;
  }
  if (key.substr(0, 5) == "data-") {
    return {AttrKind::kData, 0, DatasetKey(key.substr(5), scratch)};
  }
  const size_t colon = key.find(':');
  if (colon != std::string_view::npos) {
    const std::string_view word = key.substr(0, colon);
    const std::string_view rest = key.substr(colon + 1);
    for (const KindPrefix& prefix : kKindPrefixes) {
      if (prefix.word == word) {
        return {prefix.kind, 0, prefix.camel ? CamelCase(rest, scratch) : rest};
      }
    }
  }
  if (MayBeEvent(key)) {
    for (const EventPrefix& prefix : kEventPrefixes) {
      if (key.substr(0, prefix.word.size()) != prefix.word) {
        continue;
      }
      std::string_view rest = key.substr(prefix.word.size());
      if (!rest.empty() && rest.front() == ':') {
        return {AttrKind::kEvent, prefix.flags, rest.substr(1)};
      }
      // `bind` alone is an attribute like any other.
      if (!prefix.bare || rest.empty()) {
        break;
      }
      // Without a colon the rest is camel-cased as every attribute is.
      return {AttrKind::kEvent,
              static_cast<uint8_t>(prefix.flags | tmpl::kEventNoColon),
              CamelCase(rest, scratch)};
    }
  }
  return {AttrKind::kPlain, 0, CamelCase(key, scratch)};
}

}  // namespace fcc::fxml
