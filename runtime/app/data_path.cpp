// SPDX-License-Identifier: Apache-2.0
//
// The grammar is that of glass-easel's data_path.ts, errors included, because
// developers look their texts up.

#include "runtime/app/data_path.h"

#include <algorithm>
#include <optional>

#include "runtime/base/format.h"

namespace fcc::app {

namespace {

// An index past it would only be a way to ask for a lot of memory.
constexpr uint32_t kMaxIndex = 10'000'000;

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool AtEnd() const { return at_ == text_.size(); }
  char Peek() const { return AtEnd() ? '\0' : text_[at_]; }
  char PeekNext() const {
    return at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
  }
  void Skip(size_t count = 1) { at_ += count; }
  void SkipBlanks() {
    while (!AtEnd() && (Peek() == ' ' || Peek() == '\t' || Peek() == '\n' ||
                        Peek() == '\r' || Peek() == '\f')) {
      Skip();
    }
  }
  base::Error Illegal(std::string_view why) const {
    return {
        base::ErrorKind::kRefused,
        base::format("data path descriptor \"{}\" is illegal at char {} ({})",
                     text_, at_, why)};
  }

  base::Result<PathPart> Index() {
    std::string digits;
    while (Peek() >= '0' && Peek() <= '9') {
      digits += Peek();
      Skip();
    }
    if (digits.empty()) {
      return Illegal("illegal index");
    }
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
    uint64_t index = 0;
    for (const char digit : digits) {
      index = index * 10 + (digit - '0');
      if (index > kMaxIndex) {
        return Illegal("index too large");
      }
    }
    return PathPart{digits, static_cast<uint32_t>(index), true};
  }

  // A name in a key of setData: anything up to `.` or `[`.
  std::string AnyName() {
    std::string name;
    while (!AtEnd() && Peek() != '.' && Peek() != '[') {
      const char next = PeekNext();
      if (Peek() == '\\' &&
          (next == '.' || next == '[' || next == ']' || next == '\\')) {
        name += next;
        Skip(2);
      } else {
        name += Peek();
        Skip();
      }
    }
    return name;
  }

  // A name in a key of `observers`: an identifier, or anything escaped.
  // Differs: `$` and bytes of other scripts are taken too, as data has them.
  std::string Identifier() {
    std::string name;
    while (!AtEnd()) {
      const char c = Peek();
      if (c == '\\') {
        Skip();
        if (!AtEnd()) {
          name += Peek();
          Skip();
        }
        continue;
      }
      const bool digit = c >= '0' && c <= '9';
      const bool letter = c == '_' || c == '$' || (c >= 'a' && c <= 'z') ||
                          (c >= 'A' && c <= 'Z') ||
                          static_cast<unsigned char>(c) >= 0x80;
      if (!letter && !(digit && !name.empty())) {
        break;
      }
      name += c;
      Skip();
    }
    return name;
  }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

base::Result<DataPath> ParseDataPath(std::string_view text) {
  Reader reader(text);
  DataPath path;
  while (!reader.AtEnd()) {
    if (reader.Peek() == '[') {
      reader.Skip();
      FCC_TRY_ASSIGN(PathPart part, reader.Index());
      if (!reader.AtEnd() && reader.Peek() != ']') {
        return reader.Illegal("illegal index");
      }
      if (!reader.AtEnd()) {
        reader.Skip();
      }
      path.push_back(std::move(part));
      continue;
    }
    const bool after_dot = reader.Peek() == '.';
    if (after_dot) {
      reader.Skip();
    }
    std::string name = reader.AnyName();
    if (!after_dot || !name.empty()) {
      path.push_back({std::move(name), 0, false});
    }
  }
  if (path.empty()) {
    path.push_back({});
  }
  return path;
}

static base::Result<ObserverPath> ReadObserverPath(Reader& reader) {
  ObserverPath result;
  bool first = true;
  for (;;) {
    reader.SkipBlanks();
    if (!first && reader.Peek() == '[') {
      reader.Skip();
      reader.SkipBlanks();
      FCC_TRY_ASSIGN(PathPart part, reader.Index());
      reader.SkipBlanks();
      if (reader.Peek() != ']') {
        return reader.Illegal("illegal index");
      }
      reader.Skip();
      result.path.push_back(std::move(part));
      continue;
    }
    if (!first && reader.Peek() != '.') {
      return result;
    }
    if (!first) {
      reader.Skip();
      reader.SkipBlanks();
    }
    if (reader.Peek() == '*' && reader.PeekNext() == '*') {
      reader.Skip(2);
      result.wildcard = true;
      return result;
    }
    std::string name = reader.Identifier();
    if (name.empty()) {
      return reader.Illegal(first ? "first field name illegal"
                                  : "field name illegal");
    }
    result.path.push_back({std::move(name), 0, false});
    first = false;
  }
}

base::Result<std::vector<ObserverPath>> ParseObserverPaths(
    std::string_view text) {
  Reader reader(text);
  std::vector<ObserverPath> paths;
  for (;;) {
    FCC_TRY_ASSIGN(ObserverPath path, ReadObserverPath(reader));
    paths.push_back(std::move(path));
    reader.SkipBlanks();
    if (reader.AtEnd()) {
      return paths;
    }
    if (reader.Peek() != ',') {
      return reader.Illegal("unexpected character");
    }
    reader.Skip();
  }
}

bool Concerns(const ObserverPath& pattern, const DataPath& changed) {
  const size_t shared = std::min(pattern.path.size(), changed.size());
  if (!std::equal(changed.begin(), changed.begin() + shared,
                  pattern.path.begin())) {
    return false;
  }
  return pattern.wildcard || changed.size() <= pattern.path.size();
}

value::Value ReadPath(const value::Value& root, const DataPath& path) {
  const value::Value* at = &root;
  for (const PathPart& part : path) {
    if (at->IsObject()) {
      at = at->object().Find(part.name);
      if (at == nullptr) {
        return {};
      }
    } else if (at->IsArray() && part.is_index) {
      const std::vector<value::Value>& items = at->array().items;
      if (part.index >= items.size()) {
        return {};
      }
      at = &items[part.index];
    } else {
      return &part == &path.back() ? at->Get(part.name) : value::Value();
    }
  }
  return *at;
}

// The item of an array that `part` means.
static std::optional<uint32_t> IndexIn(const PathPart& part, bool is_array) {
  uint32_t index = part.index;
  if (part.is_index || (is_array && value::ParseArrayIndex(part.name, index) &&
                        index <= kMaxIndex)) {
    return index;
  }
  return std::nullopt;
}

bool NeedsArray(const PathPart& part, bool is_array) {
  return IndexIn(part, is_array).has_value();
}

void AssignPath(value::Value& root, const DataPath& path,
                value::Value new_value) {
  value::Value* at = &root;
  for (const PathPart& part : path) {
    if (const std::optional<uint32_t> index = IndexIn(part, at->IsArray())) {
      if (!at->IsArray()) {
        *at = value::Value::NewArray();
      }
      std::vector<value::Value>& items = at->MutableArray().items;
      if (*index >= items.size()) {
        items.resize(*index + 1);
      }
      at = &items[*index];
      continue;
    }
    if (!at->IsObject()) {
      *at = value::Value::NewObject();
    }
    value::Object& object = at->MutableObject();
    value::Value* member = object.FindMutable(part.name);
    if (member == nullptr) {
      object.Set(part.name, value::Value());
      member = object.FindMutable(part.name);
    }
    at = member;
  }
  *at = std::move(new_value);
}

std::string PathToString(const DataPath& path) {
  std::string text;
  for (const PathPart& part : path) {
    if (part.is_index) {
      text += '[';
      text += part.name;
      text += ']';
    } else {
      if (!text.empty()) {
        text += '.';
      }
      text += part.name;
    }
  }
  return text;
}

}  // namespace fcc::app
