// SPDX-License-Identifier: Apache-2.0

#include "runtime/api/table.h"

#include <algorithm>
#include <charconv>

namespace fcc::api {

static constexpr Row kRows[] = {
#define FCC_API(name, kind, object, wechat, wechat_since, finclip,       \
                finclip_since, row)                                      \
  {name,         Kind::k##kind,       object,        Support::k##wechat, \
   wechat_since, Support::k##finclip, finclip_since, row},
#include "runtime/api/table.def"
#undef FCC_API
};

static_assert(std::is_sorted(std::begin(kRows), std::end(kRows),
                             [](const Row& left, const Row& right) {
                               return left.name < right.name;
                             }),
              "table.def must be sorted by name");

std::string_view KindName(Kind kind) {
  switch (kind) {
    case Kind::kProperty:
      return "property";
    case Kind::kSync:
      return "sync";
    case Kind::kAsync:
      return "async";
    case Kind::kTask:
      return "task";
    case Kind::kFactory:
      return "factory";
    case Kind::kListen:
      return "listen";
    case Kind::kUnlisten:
      return "unlisten";
  }
  return "";
}

std::span<const Row> Rows() {
  return kRows;
}

const Row* Find(std::string_view name) {
  const Row* row =
      std::lower_bound(std::begin(kRows), std::end(kRows), name,
                       [](const Row& left, std::string_view right) {
                         return left.name < right;
                       });
  return row != std::end(kRows) && row->name == name ? row : nullptr;
}

std::span<const Row> MethodsOf(std::string_view object) {
  const auto compare = [object](const Row& row) {
    const std::string_view head = row.name.substr(0, object.size());
    const int order = head.compare(object);
    if (order != 0) {
      return order;
    }
    return row.name.size() == object.size()
               ? -1
               : static_cast<int>(row.name[object.size()]) - '.';
  };
  const Row* first =
      std::partition_point(std::begin(kRows), std::end(kRows),
                           [&](const Row& row) { return compare(row) < 0; });
  const Row* last =
      std::partition_point(first, std::end(kRows),
                           [&](const Row& row) { return compare(row) <= 0; });
  return {first, last};
}

static int TakeNumber(std::string_view& text) {
  int number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) {
    number = 0;
  }
  text.remove_prefix(end - text.data());
  if (const size_t dot = text.find('.'); dot != std::string_view::npos) {
    text.remove_prefix(dot + 1);
  } else {
    text = {};
  }
  return number;
}

int CompareVersions(std::string_view left, std::string_view right) {
  while (!left.empty() || !right.empty()) {
    const int difference = TakeNumber(left) - TakeNumber(right);
    if (difference != 0) {
      return difference;
    }
  }
  return 0;
}

}  // namespace fcc::api
