// SPDX-License-Identifier: Apache-2.0

#include "compiler/diagnostics/diagnostic.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <unordered_map>

namespace fcc::diagnostics {

static constexpr KindInfo kKinds[] = {
#define FCC_DIAGNOSTIC(symbol, code, severity, message, message_zh, help, \
                       help_zh)                                           \
  {#symbol, code, severity, message, message_zh, help, help_zh},
#include "compiler/diagnostics/catalogue/all.def"
#undef FCC_DIAGNOSTIC
};
static_assert(std::size(kKinds) == static_cast<size_t>(Kind::kCount));

std::string_view SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kInfo:
      return "info";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      return "error";
  }
  FCC_CHECK(false);
}

const KindInfo& InfoOf(Kind kind) {
  FCC_CHECK(kind < Kind::kCount);
  return kKinds[static_cast<size_t>(kind)];
}

const KindInfo* FindCode(std::string_view code) {
  auto same = [](char a, char b) {
    return (a >= 'a' && a <= 'z' ? a - 32 : a) ==
           (b >= 'a' && b <= 'z' ? b - 32 : b);
  };
  for (const KindInfo& info : kKinds) {
    if (std::equal(code.begin(), code.end(), info.code.begin(), info.code.end(),
                   same)) {
      return &info;
    }
  }
  return nullptr;
}

Words DidYouMean(std::string_view name) {
  return {base::format("did you mean `{}`?", name),
          base::format("是否想写 `{}`？", name)};
}

Words WriteInstead(std::string_view name) {
  return {base::format("write `{}`", name), base::format("改为 `{}`", name)};
}

Report& Report::Label(source::Location location, Words text) {
  diagnostic_.labels.push_back({location, std::move(text)});
  return *this;
}

Report& Report::Note(Words text) {
  diagnostic_.notes.push_back(std::move(text));
  return *this;
}

Report& Report::Fix(Words title, source::Location location,
                    std::string replacement, FixSafety safety) {
  diagnostic_.fixes.push_back(
      {std::move(title), location, std::move(replacement), safety});
  return *this;
}

Report& Report::Path(std::string path) {
  diagnostic_.path = std::move(path);
  return *this;
}

Report& Report::As(Severity severity) {
  diagnostic_.severity = severity;
  return *this;
}

Report Sink::Add(Kind kind, source::Location location, std::string message,
                 std::string message_zh) {
  Diagnostic& diagnostic = diagnostics_.emplace_back();
  diagnostic.kind = kind;
  diagnostic.severity = InfoOf(kind).severity;
  diagnostic.location = location;
  diagnostic.message = std::move(message);
  diagnostic.message_zh = std::move(message_zh);
  return diagnostics::Report(diagnostic);
}

void Sink::Merge(Sink&& other) {
  for (Diagnostic& diagnostic : other.diagnostics_) {
    diagnostics_.push_back(std::move(diagnostic));
  }
  other.diagnostics_.clear();
}

size_t Sink::CountOf(Severity severity) const {
  return static_cast<size_t>(
      std::count_if(diagnostics_.begin(), diagnostics_.end(),
                    [severity](const Diagnostic& diagnostic) {
                      return diagnostic.severity == severity;
                    }));
}

// By area, as all.def lists them, then by code.
static std::vector<uint16_t> OrderOfKinds() {
  std::vector<std::string_view> areas;
  auto area_of = [&areas](uint16_t kind) {
    const std::string_view area = kKinds[kind].code.substr(0, 2);
    auto found = std::find(areas.begin(), areas.end(), area);
    if (found == areas.end()) {
      found = areas.insert(found, area);
    }
    return found - areas.begin();
  };
  std::vector<std::tuple<std::ptrdiff_t, std::string_view, uint16_t>> keys;
  for (uint16_t kind = 0; kind < std::size(kKinds); ++kind) {
    keys.emplace_back(area_of(kind), kKinds[kind].code, kind);
  }
  std::sort(keys.begin(), keys.end());
  std::vector<uint16_t> order(keys.size());
  for (uint16_t i = 0; i < keys.size(); ++i) {
    order[std::get<2>(keys[i])] = i;
  }
  return order;
}

void SortForShow(std::vector<Diagnostic>& diagnostics,
                 const source::SourceSet& sources) {
  auto path_of = [&sources](const Diagnostic& diagnostic) -> std::string_view {
    if (diagnostic.location.file == source::FileId::kNone) {
      return diagnostic.path;
    }
    return sources.Get(diagnostic.location.file).path();
  };
  // A session sorts thousands after every edit: paths are compared once each,
  // and reports moved once.
  std::unordered_map<std::string_view, size_t> ranks;
  std::vector<size_t*> rank_of;
  for (const Diagnostic& each : diagnostics) {
    rank_of.push_back(&ranks[path_of(each)]);
  }
  std::vector<std::string_view> paths;
  for (const auto& [path, rank] : ranks) {
    paths.push_back(path);
  }
  std::sort(paths.begin(), paths.end());
  for (size_t i = 0; i < paths.size(); ++i) {
    ranks[paths[i]] = i;
  }
  static const std::vector<uint16_t> kOrder = OrderOfKinds();
  using Key = std::tuple<size_t, uint32_t, uint16_t, size_t>;
  std::vector<Key> order;
  for (size_t i = 0; i < diagnostics.size(); ++i) {
    order.emplace_back(*rank_of[i], diagnostics[i].location.span.begin,
                       kOrder[static_cast<size_t>(diagnostics[i].kind)], i);
  }
  std::sort(order.begin(), order.end());
  std::vector<Diagnostic> sorted;
  sorted.reserve(diagnostics.size());
  for (const Key& key : order) {
    sorted.push_back(std::move(diagnostics[std::get<3>(key)]));
  }
  diagnostics = std::move(sorted);
}

// Two neighbours swapped count as one slip, as they are the commonest. `limit`
// for all that is not below it.
static size_t EditDistance(std::string_view a, std::string_view b,
                           size_t limit) {
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) >= limit) {
    return limit;
  }
  while (!a.empty() && !b.empty() && a.front() == b.front()) {
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
  std::vector<size_t> before_last(b.size() + 1);
  std::vector<size_t> last(b.size() + 1);
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) {
    row[j] = j;
  }
  for (size_t i = 1; i <= a.size(); ++i) {
    std::swap(before_last, last);
    std::swap(last, row);
    row[0] = i;
    size_t least = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min(
          {last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
      least = std::min(least, row[j]);
    }
    // A swap may still come from the row before.
    if (least > limit) {
      return limit;
    }
  }
  return std::min(row[b.size()], limit);
}

std::string_view NearestWord(std::string_view word,
                             const std::vector<std::string_view>& candidates,
                             size_t most_edits) {
  std::string_view best;
  size_t best_distance =
      std::min(std::max<size_t>(1, word.size() / 3), most_edits) + 1;
  for (std::string_view candidate : candidates) {
    size_t distance = EditDistance(word, candidate, best_distance);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace fcc::diagnostics
