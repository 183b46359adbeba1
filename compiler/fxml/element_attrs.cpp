// SPDX-License-Identifier: Apache-2.0

#include "compiler/fxml/element_attrs.h"

#include <algorithm>
#include <cstddef>
#include <tuple>

#include "compiler/fxml/attr_name.h"

namespace fcc::fxml {

using diagnostics::Kind;
using tmpl::AttrKind;
using tmpl::AttrRecord;
using tmpl::ValueKind;

void ElementAttrs::Write(const std::vector<Attr>& attrs) {
  const size_t first = r_.tables.attrs.size();
  bool respelled = false;
  for (const Attr& attr : attrs) {
    if (attr.directive == Directive::kNone) {
      respelled |= WriteOne(attr);
    }
  }
  if (respelled && r_.tables.attrs.size() > first + 1) {
    DropTwins(first);
  }
}

// True when the attribute could also be written with another key.
bool ElementAttrs::WriteOne(const Attr& attr) {
  const AttrName decoded = DecodeAttrName(attr.key, scratch_);
  if (decoded.kind == AttrKind::kEvent && decoded.name.empty()) {
    r_.sink.Report(Kind::kEventWithoutName, r_.At(attr.key_span), attr.key);
    return false;
  }
  if (decoded.kind == AttrKind::kModel && !attr.value.is_path) {
    r_.sink.Report(Kind::kModelNotPlace, r_.At(attr.span), attr.key);
  }
  const bool respelled = decoded.name.data() == scratch_.data();
  AttrRecord record;
  record.kind = decoded.kind;
  record.flags = decoded.flags;
  record.key = r_.writer.Intern(attr.key);
  record.name = respelled ? r_.writer.InternCopy(decoded.name)
                : decoded.name.size() == attr.key.size()
                    ? record.key
                    : r_.writer.Intern(decoded.name);
  record.value_kind = attr.value.kind;
  record.value = attr.value.id;
  record.span_begin = attr.span.begin;
  record.span_end = attr.span.end;
  r_.tables.attrs.push_back(record);
  // `captureBindtap` is `capture-bindtap`; nothing else with a capital is a
  // second spelling unless the first one stands there too.
  return respelled || decoded.kind == AttrKind::kModel ||
         (decoded.kind == AttrKind::kData && attr.key[4] == ':') ||
         ((decoded.flags & tmpl::kEventNoColon) != 0 &&
          decoded.flags != tmpl::kEventNoColon);
}

// `my-prop` and `myProp` are one property. The platform's compiler sorts the
// attributes, those without a value first, and the last one is what is seen.
void ElementAttrs::DropTwins(size_t first) {
  std::vector<AttrRecord>& attrs = r_.tables.attrs;
  const auto target = [](const AttrRecord& attr) {
    const AttrKind kind =
        attr.kind == AttrKind::kModel ? AttrKind::kPlain : attr.kind;
    return std::tuple(kind, attr.flags, attr.name);
  };
  const auto rank = [this](const AttrRecord& attr) {
    return std::pair(attr.value_kind != ValueKind::kNone,
                     r_.tables.strings[attr.key]);
  };
  std::vector<uint32_t> order(attrs.size() - first);
  for (size_t i = 0; i < order.size(); ++i) {
    order[i] = static_cast<uint32_t>(first + i);
  }
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return std::pair(target(attrs[a]), rank(attrs[a])) <
           std::pair(target(attrs[b]), rank(attrs[b]));
  });
  std::vector<uint32_t> dropped;
  for (size_t i = 0; i + 1 < order.size(); ++i) {
    const AttrRecord& loser = attrs[order[i]];
    const AttrRecord& winner = attrs[order[i + 1]];
    if (target(loser) == target(winner)) {
      r_.sink
          .Report(Kind::kSameAttr, r_.At({loser.span_begin, loser.span_end}),
                  r_.tables.strings[loser.key], r_.tables.strings[winner.key])
          .Label(r_.At({winner.span_begin, winner.span_end}),
                 {"this counts", "以此为准"});
      dropped.push_back(order[i]);
    }
  }
  std::sort(dropped.begin(), dropped.end());
  for (size_t i = dropped.size(); i-- > 0;) {
    attrs.erase(attrs.begin() + static_cast<ptrdiff_t>(dropped[i]));
  }
}

}  // namespace fcc::fxml
