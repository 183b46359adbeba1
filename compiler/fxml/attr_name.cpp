// SPDX-License-Identifier: Apache-2.0

#include "compiler/fxml/attr_name.h"

namespace fcc::fxml {

using tmpl::AttrKind;

static char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
static char Upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

std::string CamelCase(std::string_view dashed) {
  std::string out;
  bool raise = false;
  for (char c : dashed) {
    if (c == '-') {
      raise = true;
    } else {
      out += raise ? Upper(c) : c;
      raise = false;
    }
  }
  return out;
}

// `data-aB` is `ab`: letters are lowered before dashes raise them.
static std::string DatasetKey(std::string_view written) {
  std::string out;
  for (size_t i = 0; i < written.size(); ++i) {
    if (written[i] != '-') {
      out += Lower(written[i]);
    } else if (++i < written.size()) {
      // Each dash raises what follows, were it a dash.
      out += Upper(Lower(written[i]));
    }
  }
  return out;
}

std::string_view DirectiveOf(std::string_view key) {
  if (key.substr(0, 3) == "wx:" || key.substr(0, 3) == "ft:") {
    return key.substr(3);
  }
  return {};
}

namespace {

struct EventPrefix {
  std::string_view word;
  uint8_t flags;
};

// Longest first.
constexpr EventPrefix kEventPrefixes[] = {
    {"capture-mut-bind", tmpl::kEventCapture | tmpl::kEventMut},
    {"capture-catch", tmpl::kEventCapture | tmpl::kEventCatch},
    {"capture-bind", tmpl::kEventCapture},
    {"mut-bind", tmpl::kEventMut},
    {"catch", tmpl::kEventCatch},
    {"bind", 0},
};

struct KindPrefix {
  std::string_view word;
  AttrKind kind;
  bool camel;
};

constexpr KindPrefix kKindPrefixes[] = {
    {"data:", AttrKind::kData, false},
    {"mark:", AttrKind::kMark, false},
    {"model:", AttrKind::kModel, true},
    {"change:", AttrKind::kChange, true},
    {"worklet:", AttrKind::kWorklet, false},
    {"generic:", AttrKind::kGeneric, false},
    {"class:", AttrKind::kClassToggle, false},
    {"style:", AttrKind::kStyleProperty, false},
    {"slot:", AttrKind::kSlotValue, true},
};

}  // namespace

AttrName DecodeAttrName(std::string_view key) {
  if (key == "id") {
    return {AttrKind::kId, 0, "id"};
  }
  if (key == "class") {
    return {AttrKind::kClass, 0, "class"};
  }
  if (key == "style") {
    return {AttrKind::kStyle, 0, "style"};
  }
  if (key == "slot") {
    return {AttrKind::kSlot, 0, "slot"};
  }
  if (key.substr(0, 5) == "data-") {
    return {AttrKind::kData, 0, DatasetKey(key.substr(5))};
  }
  for (const KindPrefix& prefix : kKindPrefixes) {
    if (key.substr(0, prefix.word.size()) == prefix.word) {
      std::string_view rest = key.substr(prefix.word.size());
      return {prefix.kind, 0,
              prefix.camel ? CamelCase(rest) : std::string(rest)};
    }
  }
  for (const EventPrefix& prefix : kEventPrefixes) {
    if (key.substr(0, prefix.word.size()) != prefix.word) {
      continue;
    }
    std::string_view rest = key.substr(prefix.word.size());
    if (!rest.empty() && rest.front() == ':') {
      return {AttrKind::kEvent, prefix.flags, std::string(rest.substr(1))};
    }
    // Without a colon the rest is camel-cased as every attribute is.
    return {AttrKind::kEvent,
            static_cast<uint8_t>(prefix.flags | tmpl::kEventNoColon),
            CamelCase(rest)};
  }
  return {AttrKind::kPlain, 0, CamelCase(key)};
}

}  // namespace fcc::fxml
