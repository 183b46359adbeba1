// SPDX-License-Identifier: Apache-2.0

#include "compiler/project/pack_options.h"

#include <algorithm>
#include <regex>

namespace fcc::project {

// std::regex recurses once a character on some patterns; paths are short, but a
// hostile one need not be.
static constexpr size_t kMaxRegExpSubject = 1024;

static std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return lower;
}

bool ParsePackRuleKind(std::string_view word, PackRuleKind& kind) {
  static constexpr std::pair<std::string_view, PackRuleKind> kKinds[] = {
      {"folder", PackRuleKind::kFolder}, {"file", PackRuleKind::kFile},
      {"suffix", PackRuleKind::kSuffix}, {"prefix", PackRuleKind::kPrefix},
      {"regexp", PackRuleKind::kRegExp}, {"glob", PackRuleKind::kGlob},
  };
  for (const auto& [name, value] : kKinds) {
    if (name == Lower(word)) {
      kind = value;
      return true;
    }
  }
  return false;
}

PackRule MakePackRule(PackRuleKind kind, std::string_view value) {
  PackRule rule{kind, Lower(value)};
  if (kind == PackRuleKind::kSuffix || kind == PackRuleKind::kRegExp) {
    return rule;
  }
  if (rule.value.compare(0, 2, "./") == 0) {
    rule.value.erase(0, 2);
  }
  while (!rule.value.empty() && rule.value.front() == '/') {
    rule.value.erase(0, 1);
  }
  while (kind == PackRuleKind::kFolder && !rule.value.empty() &&
         rule.value.back() == '/') {
    rule.value.pop_back();
  }
  return rule;
}

// The alternatives of `{a,b}` are tried one after the other with the rest of
// the glob behind them. `budget` bounds hostile globs.
static bool MatchGlob(std::string_view path, const std::string& glob,
                      int& budget) {
  if (--budget < 0) {
    return false;
  }
  size_t p = 0;
  size_t g = 0;
  while (g < glob.size()) {
    char c = glob[g];
    if (c == '{') {
      size_t close = glob.find('}', g);
      if (close != std::string::npos) {
        size_t at = g + 1;
        while (at <= close) {
          size_t comma = std::min(glob.find(',', at), close);
          if (MatchGlob(path.substr(p),
                        glob.substr(at, comma - at) + glob.substr(close + 1),
                        budget)) {
            return true;
          }
          at = comma + 1;
        }
        return false;
      }
    }
    if (c == '*') {
      bool deep = g + 1 < glob.size() && glob[g + 1] == '*';
      size_t next = g + (deep ? 2 : 1);
      // `**/x` takes `x` itself too.
      if (deep && next < glob.size() && glob[next] == '/' &&
          MatchGlob(path.substr(p), glob.substr(next + 1), budget)) {
        return true;
      }
      std::string rest = glob.substr(next);
      for (size_t at = p; at <= path.size(); ++at) {
        if (MatchGlob(path.substr(at), rest, budget)) {
          return true;
        }
        if (!deep && at < path.size() && path[at] == '/') {
          break;
        }
      }
      return false;
    }
    if (p == path.size()) {
      return false;
    }
    if (c == '[') {
      size_t close = glob.find(']', g + 1);
      if (close != std::string::npos) {
        if (glob.substr(g + 1, close - g - 1).find(path[p]) ==
            std::string::npos) {
          return false;
        }
        g = close + 1;
        ++p;
        continue;
      }
    }
    if (c == '?' ? path[p] == '/' : path[p] != c) {
      return false;
    }
    ++g;
    ++p;
  }
  return p == path.size();
}

bool MatchesGlob(std::string_view path, std::string_view glob) {
  int budget = 100'000;
  return MatchGlob(path, std::string(glob), budget);
}

static bool MatchesRegExp(const std::string& path, const std::string& value) {
  if (path.size() > kMaxRegExpSubject) {
    return false;
  }
  try {
    return std::regex_search(path, std::regex(value, std::regex::icase));
  } catch (const std::regex_error&) {
    // The configuration's reader reports patterns that do not compile.
    return false;
  }
}

bool Matches(std::string_view path, const PackRule& rule) {
  std::string lower = Lower(path);
  const std::string& value = rule.value;
  if (value.empty()) {
    return false;
  }
  switch (rule.kind) {
    case PackRuleKind::kFolder:
      return lower.compare(0, value.size() + 1, value + "/") == 0;
    case PackRuleKind::kFile:
      return lower == value;
    case PackRuleKind::kSuffix:
      return lower.size() >= value.size() &&
             lower.compare(lower.size() - value.size(), value.size(), value) ==
                 0;
    case PackRuleKind::kPrefix: {
      size_t slash = lower.rfind('/');
      size_t name = slash == std::string::npos ? 0 : slash + 1;
      return lower.compare(name, value.size(), value) == 0 ||
             lower.compare(0, value.size(), value) == 0;
    }
    case PackRuleKind::kRegExp:
      return MatchesRegExp(lower, value);
    case PackRuleKind::kGlob:
      return MatchesGlob(lower, value);
  }
  return false;
}

bool IsIgnored(std::string_view path, const PackOptions& options) {
  auto matches = [path](const PackRule& rule) { return Matches(path, rule); };
  if (std::any_of(options.include.begin(), options.include.end(), matches)) {
    return false;
  }
  return std::any_of(options.ignore.begin(), options.ignore.end(), matches);
}

}  // namespace fcc::project
