// SPDX-License-Identifier: Apache-2.0

#include "simulator/scenario/page_queries.h"

#include <algorithm>
#include <set>

namespace fcc::scenario {
namespace {

// Queries that are kept of one page.
constexpr size_t kMaxQueries = 4;
// Bytes behind a query in which its other parts are looked for.
constexpr size_t kReach = 400;

struct Query {
  std::string text;
  int parameters = 0;
  int guesses = 0;

  bool operator<(const Query& other) const {
    if (guesses != other.guesses) {
      return guesses < other.guesses;
    }
    return parameters != other.parameters ? parameters > other.parameters
                                          : text < other.text;
  }
};

}  // namespace

static bool IsPathChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '/' || c == '.';
}

// Bytes of other scripts count: values are often words of the language.
static bool IsQueryChar(char c) {
  return IsPathChar(c) || c == '=' || c == '&' || c == '%' || c == ',' ||
         c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

// The page that a path as written names, wherever it was written.
static const std::string* PageOf(std::string_view written,
                                 const std::vector<std::string>& pages) {
  while (!written.empty() && (written[0] == '.' || written[0] == '/')) {
    written.remove_prefix(1);
  }
  const std::string* found = nullptr;
  for (const std::string& page : pages) {
    if (page == written) {
      return &page;
    }
    if (written.find('/') != std::string_view::npos &&
        page.size() > written.size() && page.ends_with(written) &&
        page[page.size() - written.size() - 1] == '/') {
      found = found == nullptr ? &page : found;
    }
  }
  return found;
}

// A part such as `id=` wants a value.
static void Complete(Query& query, std::string_view expression) {
  const bool json = expression.find("stringify") != std::string_view::npos;
  query.text += json ? "%7B%7D" : "1";
  ++query.guesses;
}

// `at` stands behind `path?`.
static Query ReadQuery(std::string_view text, size_t at) {
  Query query;
  const size_t limit = std::min(text.size(), at + kReach);
  const auto read_part = [&] {
    while (at < limit && IsQueryChar(text[at])) {
      query.text += text[at++];
    }
  };
  read_part();
  // "a=".concat(x, "&b=").concat(y), "a=" + x + "&b=" + y: the parts that begin
  // with `&` up to the statement's end.
  size_t expression = at;
  while (at < limit && text[at] != ';' && text[at] != '\n' &&
         text[at] != '\0') {
    const char c = text[at];
    ++at;
    if ((c != '"' && c != '\'' && c != '`' && c != '}') || at >= limit ||
        text[at] != '&') {
      continue;
    }
    if (query.text.ends_with("=")) {
      Complete(query, text.substr(expression, at - expression));
    }
    read_part();
    expression = at;
  }
  if (query.text.ends_with("=")) {
    Complete(query, text.substr(expression, at - expression));
  }
  query.parameters =
      static_cast<int>(std::count(query.text.begin(), query.text.end(), '='));
  return query;
}

void AddPageQueries(std::string_view text,
                    const std::vector<std::string>& pages,
                    PageQueries& queries) {
  std::map<std::string, std::set<Query>> found;
  for (size_t mark = text.find('?'); mark != std::string_view::npos;
       mark = text.find('?', mark + 1)) {
    size_t begin = mark;
    while (begin > 0 && IsPathChar(text[begin - 1])) {
      --begin;
    }
    if (begin == mark || mark + 1 >= text.size() ||
        !IsQueryChar(text[mark + 1])) {
      continue;
    }
    const std::string* page = PageOf(text.substr(begin, mark - begin), pages);
    if (page == nullptr) {
      continue;
    }
    Query query = ReadQuery(text, mark + 1);
    if (query.parameters > 0) {
      found[*page].insert(std::move(query));
    }
  }
  for (const auto& [page, list] : found) {
    std::vector<std::string>& known = queries[page];
    for (const Query& query : list) {
      if (known.size() < kMaxQueries &&
          std::find(known.begin(), known.end(), query.text) == known.end()) {
        known.push_back(query.text);
      }
    }
  }
}

PageQueries FindPageQueries(package::Bundle& bundle) {
  std::string text;
  for (const package::PackageEntry& entry : bundle.config().packages) {
    const base::Result<package::Package*> package = bundle.Load(entry.name);
    if (!package) {
      continue;
    }
    if (const base::Result<std::string> script = (*package)->ReadScript()) {
      text += *script;
      text += '\n';
    }
    if ((*package)->Has(package::kTemplatesName)) {
      if (const base::Result<std::string> templates =
              (*package)->ReadTemplates()) {
        text += *templates;
        text += '\n';
      }
    }
  }
  PageQueries queries;
  AddPageQueries(text, bundle.config().pages, queries);
  return queries;
}

}  // namespace fcc::scenario
