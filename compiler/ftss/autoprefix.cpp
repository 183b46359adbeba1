// SPDX-License-Identifier: Apache-2.0

#include "compiler/ftss/autoprefix.h"

#include <algorithm>
#include <charconv>

#include "runtime/base/format.h"
#include "runtime/style/tokenizer.h"

namespace fcc::ftss {

using style::Token;
using style::Tokenizer;
using style::TokenKind;

namespace {

struct PrefixedProperty {
  std::string_view name;
  std::string_view vendor_name;
};

struct PrefixedValue {
  std::string_view property;
  std::string_view word;
  std::string_view vendor_word;
};

}  // namespace

static constexpr PrefixedProperty kProperties[] = {
#define FCC_PREFIXED_PROPERTY(name, vendor_name) {name, vendor_name},
#include "compiler/ftss/prefixes.def"
#undef FCC_PREFIXED_PROPERTY
};

static constexpr PrefixedValue kValues[] = {
#define FCC_PREFIXED_VALUE(property, word, vendor_word) \
  {property, word, vendor_word},
#include "compiler/ftss/prefixes.def"
#undef FCC_PREFIXED_VALUE
};

static_assert(std::is_sorted(std::begin(kProperties), std::end(kProperties),
                             [](const auto& a, const auto& b) {
                               return a.name < b.name;
                             }));

static std::string_view VendorNameOf(std::string_view name) {
  const auto at =
      std::lower_bound(std::begin(kProperties), std::end(kProperties), name,
                       [](const PrefixedProperty& row, std::string_view key) {
                         return row.name < key;
                       });
  return at != std::end(kProperties) && at->name == name ? at->vendor_name : "";
}

static bool IsSize(std::string_view property) {
  for (std::string_view size : {"width", "height", "min-width", "min-height",
                                "max-width", "max-height", "flex-basis"}) {
    if (property == size) {
      return true;
    }
  }
  return false;
}

static std::string_view VendorWordOf(std::string_view property,
                                     std::string_view value) {
  const std::string_view wanted = IsSize(property) ? "" : property;
  for (const PrefixedValue& row : kValues) {
    if (row.property == wanted && row.word == value) {
      return row.vendor_word;
    }
  }
  return "";
}

// The parts between top-level commas, blanks at their ends cut off.
static std::vector<std::string_view> SplitAtCommas(std::string_view value) {
  std::vector<std::string_view> parts;
  Tokenizer tokens(value);
  int open = 0;
  size_t begin = 0;
  const auto add = [&](size_t end) {
    std::string_view part = value.substr(begin, end - begin);
    const size_t first = part.find_first_not_of(" \t\r\n");
    const size_t last = part.find_last_not_of(" \t\r\n");
    parts.push_back(first == std::string_view::npos
                        ? std::string_view()
                        : part.substr(first, last - first + 1));
  };
  while (true) {
    const Token token = tokens.Next();
    switch (token.kind) {
      case TokenKind::kEnd:
        add(value.size());
        return parts;
      case TokenKind::kFunction:
      case TokenKind::kLeftParen:
        ++open;
        break;
      case TokenKind::kRightParen:
        open -= open > 0;
        break;
      case TokenKind::kComma:
        if (open == 0) {
          add(token.span.begin);
          begin = token.span.end;
        }
        break;
      default:
        break;
    }
  }
}

// `transform .3s` → `-webkit-transform .3s`; empty when nothing in it has a
// vendor name. Animations of flex properties gain nothing, but do no harm.
static std::string VendorTransition(std::string_view part) {
  std::string out;
  bool changed = false;
  Tokenizer tokens(part);
  while (true) {
    const Token token = tokens.Next();
    if (token.kind == TokenKind::kEnd) {
      return changed ? out : "";
    }
    const std::string_view text = token.span.In(part);
    const std::string_view vendor =
        token.kind == TokenKind::kIdent ? VendorNameOf(text) : "";
    changed |= !vendor.empty();
    out += vendor.empty() ? text : vendor;
  }
}

static void PrefixTransition(std::string_view name, std::string_view value,
                             std::vector<PrefixedDeclaration>& forms,
                             std::string& replacement) {
  std::string old_views;
  std::string both;
  bool changed = false;
  for (std::string_view part : SplitAtCommas(value)) {
    const std::string vendor = VendorTransition(part);
    const auto add = [](std::string& to, std::string_view text) {
      to += to.empty() ? "" : ", ";
      to += text;
    };
    changed |= !vendor.empty();
    add(old_views, vendor.empty() ? part : std::string_view(vendor));
    add(both, part);
    if (!vendor.empty()) {
      add(both, vendor);
    }
  }
  // `transition-property` lists pair up with durations by position, so adding
  // to them would shift the pairs; the old views get the vendor names only.
  if (changed) {
    forms.push_back({std::string(name), old_views});
    if (name == "transition") {
      replacement = both;
    }
  }
}

std::vector<PrefixedDeclaration> PrefixedForms(std::string_view name,
                                               std::string_view value,
                                               std::string& replacement) {
  std::vector<PrefixedDeclaration> forms;
  if (name == "transition" || name == "transition-property") {
    PrefixTransition(name, value, forms, replacement);
    return forms;
  }
  if (const std::string_view vendor = VendorNameOf(name); !vendor.empty()) {
    forms.push_back({std::string(vendor), std::string(value)});
  }
  if (const std::string_view word = VendorWordOf(name, value); !word.empty()) {
    forms.push_back({std::string(name), std::string(word)});
  }
  if (value.find("image-set(") != std::string_view::npos &&
      value.find("-webkit-image-set(") == std::string_view::npos) {
    std::string vendor(value);
    for (size_t at = vendor.find("image-set("); at != std::string::npos;
         at = vendor.find("image-set(", at + 18)) {
      vendor.insert(at, "-webkit-");
    }
    forms.push_back({std::string(name), std::move(vendor)});
  }
  return forms;
}

std::string_view PrefixedPseudoElement(std::string_view name) {
  return name == "placeholder" ? "-webkit-input-placeholder" : "";
}

// `min-resolution: 2dppx` → `-webkit-min-device-pixel-ratio: 2`.
static std::string VendorQuery(std::string_view query) {
  for (std::string_view feature : {"min-resolution", "max-resolution"}) {
    const size_t at = query.find(feature);
    if (at == std::string_view::npos) {
      continue;
    }
    const size_t colon = query.find(':', at);
    const size_t close = query.find(')', at);
    if (colon == std::string_view::npos || close == std::string_view::npos ||
        colon > close) {
      continue;
    }
    std::string_view amount = query.substr(colon + 1, close - colon - 1);
    amount.remove_prefix(
        std::min(amount.find_first_not_of(" \t"), amount.size()));
    double ratio = 0;
    const auto [end, error] =
        std::from_chars(amount.data(), amount.data() + amount.size(), ratio);
    const std::string_view unit =
        amount.substr(static_cast<size_t>(end - amount.data()));
    if (error != std::errc() ||
        (!unit.starts_with("dppx") && !unit.starts_with("dpi"))) {
      continue;
    }
    ratio = unit.starts_with("dpi") ? ratio / 96 : ratio;
    return base::format("{}-webkit-{}-device-pixel-ratio: {:.6g}{}",
                        query.substr(0, at), feature.substr(0, 3), ratio,
                        query.substr(close));
  }
  return "";
}

std::string PrefixedMedia(std::string_view condition) {
  if (condition.find("-resolution") == std::string_view::npos ||
      condition.find("device-pixel-ratio") != std::string_view::npos) {
    return std::string(condition);
  }
  std::string out;
  for (std::string_view query : SplitAtCommas(condition)) {
    const std::string vendor = VendorQuery(query);
    for (std::string_view one : {std::string_view(vendor), query}) {
      if (!one.empty()) {
        out += out.empty() ? "" : ", ";
        out += one;
      }
    }
  }
  return out;
}

}  // namespace fcc::ftss
