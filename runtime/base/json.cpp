// SPDX-License-Identifier: Apache-2.0

#include "runtime/base/json.h"

#include <charconv>
#include <cmath>
#include <cstdlib>

#include "runtime/base/check.h"
#include "runtime/base/format.h"
#include "runtime/base/unicode.h"

namespace fcc::base {

namespace {

constexpr int kMaxDepth = 512;

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {
    document_.arena = std::make_unique<Arena>();
  }

  JsonDocument Run() {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") {
      at_ = 3;
    }
    SkipBlank();
    const JsonNode* root = nullptr;
    if (at_ >= text_.size()) {
      Fail({0, static_cast<uint32_t>(text_.size())},
           "the file is empty where a JSON value is needed");
      root = New(JsonKind::kNull, at_);
    } else {
      root = Value(0);
    }
    SkipBlank();
    if (at_ < text_.size() && document_.errors.empty()) {
      Fail(Here(), format("found {} after the end of the value", Shown()));
    }
    document_.root = root;
    return std::move(document_);
  }

 private:
  Arena& arena() { return *document_.arena; }

  Span Here() const {
    uint32_t begin = static_cast<uint32_t>(std::min(at_, text_.size()));
    uint32_t end = begin;
    if (end < text_.size()) {
      ++end;
      while (end < text_.size() &&
             (static_cast<unsigned char>(text_[end]) & 0xC0) == 0x80) {
        ++end;
      }
    }
    return {begin, end};
  }

  std::string Shown() const {
    if (at_ >= text_.size()) {
      return "the end of the file";
    }
    return format("`{}`", Here().In(text_));
  }

  void Fail(Span span, std::string message) {
    document_.errors.push_back({span, std::move(message)});
  }

  JsonNode* New(JsonKind kind, size_t begin) {
    JsonNode* node = arena().New<JsonNode>();
    node->kind = kind;
    node->span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(at_)};
    return node;
  }

  void SkipBlank() {
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        ++at_;
        continue;
      }
      size_t begin = at_;
      if (c == '/' && at_ + 1 < text_.size() && text_[at_ + 1] == '/') {
        while (at_ < text_.size() && text_[at_] != '\n') {
          ++at_;
        }
      } else if (c == '/' && at_ + 1 < text_.size() && text_[at_ + 1] == '*') {
        size_t end = text_.find("*/", at_ + 2);
        if (end == std::string_view::npos) {
          Fail({static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + 2)},
               "this comment has no end");
          at_ = text_.size();
        } else {
          at_ = end + 2;
        }
      } else {
        return;
      }
      document_.leniencies.push_back(
          {static_cast<uint32_t>(begin), static_cast<uint32_t>(at_)});
    }
  }

  const JsonNode* Value(int depth) {
    size_t begin = at_;
    if (depth > kMaxDepth) {
      Fail(Here(), format("nested deeper than {} levels", kMaxDepth));
      at_ = text_.size();
      return New(JsonKind::kNull, begin);
    }
    if (at_ >= text_.size()) {
      Fail(Here(), "found the end of the file where a value is needed");
      return New(JsonKind::kNull, begin);
    }
    char c = text_[at_];
    if (c == '{') {
      return Object(depth);
    }
    if (c == '[') {
      return Array(depth);
    }
    if (c == '"' || c == '\'') {
      std::string_view decoded = String();
      JsonNode* node = New(JsonKind::kString, begin);
      node->string = decoded;
      return node;
    }
    if (c == '-' || (c >= '0' && c <= '9') || c == '+' || c == '.') {
      return Number();
    }
    return Word();
  }

  const JsonNode* Word() {
    size_t begin = at_;
    while (at_ < text_.size() && IsWordByte(text_[at_])) {
      ++at_;
    }
    std::string_view word = text_.substr(begin, at_ - begin);
    if (word == "true" || word == "false") {
      JsonNode* node = New(JsonKind::kBool, begin);
      node->boolean = word == "true";
      return node;
    }
    if (word == "null") {
      return New(JsonKind::kNull, begin);
    }
    if (word.empty()) {
      Fail(Here(), format("found {} where a value is needed", Shown()));
      // A bracket or comma belongs to the container, which goes on from here.
      if (at_ < text_.size() && text_[at_] != ',' && text_[at_] != ']' &&
          text_[at_] != '}') {
        at_ = Here().end;
      }
      return New(JsonKind::kNull, begin);
    }
    Fail({static_cast<uint32_t>(begin), static_cast<uint32_t>(at_)},
         format("`{}` is no JSON value; text needs double quotes", word));
    return New(JsonKind::kNull, begin);
  }

  static bool IsWordByte(char c) {
    unsigned char u = static_cast<unsigned char>(c);
    return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') ||
           (u >= '0' && u <= '9') || u == '_' || u == '$' || u >= 0x80;
  }

  const JsonNode* Number() {
    size_t begin = at_;
    while (at_ < text_.size() && (IsWordByte(text_[at_]) || text_[at_] == '.' ||
                                  text_[at_] == '-' || text_[at_] == '+')) {
      ++at_;
    }
    std::string_view word = text_.substr(begin, at_ - begin);
    JsonNode* node = New(JsonKind::kNumber, begin);
    size_t digits = word.front() == '-' ? 1 : 0;
    bool leading_zero = word.size() > digits + 1 && word[digits] == '0' &&
                        word[digits + 1] >= '0' && word[digits + 1] <= '9';
    auto [end, code] =
        std::from_chars(word.data(), word.data() + word.size(), node->number);
    if (code == std::errc::result_out_of_range &&
        end == word.data() + word.size()) {
      // Too large or too small for a double: what JSON.parse does.
      node->number = std::strtod(std::string(word).c_str(), nullptr);
      return node;
    }
    bool starts_right =
        word.size() > digits && word[digits] >= '0' && word[digits] <= '9';
    if (code != std::errc() || end != word.data() + word.size() ||
        !starts_right || leading_zero || word.back() == '.') {
      Fail(node->span, format("`{}` is no JSON number", word));
    }
    return node;
  }

  std::string_view String() {
    char quote = text_[at_];
    size_t begin = at_++;
    if (quote == '\'') {
      Fail({static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + 1)},
           "strings in JSON need double quotes");
    }
    size_t plain = at_;
    while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\\' &&
           text_[at_] != '\n') {
      ++at_;
    }
    if (at_ < text_.size() && text_[at_] == quote) {
      ++at_;
      return arena().Copy(text_.substr(plain, at_ - 1 - plain));
    }
    std::string decoded(text_.substr(plain, at_ - plain));
    while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n') {
      if (text_[at_] == '\\') {
        Escape(decoded);
      } else {
        decoded += text_[at_++];
      }
    }
    if (at_ >= text_.size() || text_[at_] != quote) {
      Fail({static_cast<uint32_t>(begin), static_cast<uint32_t>(at_)},
           "this string has no closing quote");
    } else {
      ++at_;
    }
    return arena().Copy(decoded);
  }

  bool Hex4(size_t at, uint32_t& unit) const {
    if (at + 4 > text_.size()) {
      return false;
    }
    auto [end, code] =
        std::from_chars(text_.data() + at, text_.data() + at + 4, unit, 16);
    return code == std::errc() && end == text_.data() + at + 4;
  }

  void Escape(std::string& out) {
    size_t begin = at_++;
    if (at_ >= text_.size()) {
      return;
    }
    char c = text_[at_++];
    switch (c) {
      case '"':
      case '\\':
      case '/':
        out += c;
        return;
      case 'b':
        out += '\b';
        return;
      case 'f':
        out += '\f';
        return;
      case 'n':
        out += '\n';
        return;
      case 'r':
        out += '\r';
        return;
      case 't':
        out += '\t';
        return;
      case 'u': {
        uint32_t unit = 0;
        if (Hex4(at_, unit)) {
          at_ += 4;
          uint32_t low = 0;
          if (unit >= 0xD800 && unit < 0xDC00 && at_ + 6 <= text_.size() &&
              text_[at_] == '\\' && text_[at_ + 1] == 'u' &&
              Hex4(at_ + 2, low) && low >= 0xDC00 && low < 0xE000) {
            at_ += 6;
            unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
          }
          AppendUtf8(out, unit);
          return;
        }
        break;
      }
      default:
        break;
    }
    Fail({static_cast<uint32_t>(begin), static_cast<uint32_t>(at_)},
         format("`{}` is no escape that JSON knows",
                text_.substr(begin, at_ - begin)));
    out += c;
  }

  // After an item: true when another one follows.
  bool Next(char close, const char* container, size_t begin) {
    SkipBlank();
    if (at_ < text_.size() && text_[at_] == close) {
      ++at_;
      return false;
    }
    if (at_ < text_.size() && text_[at_] == ',') {
      uint32_t comma = static_cast<uint32_t>(at_++);
      SkipBlank();
      if (at_ < text_.size() && text_[at_] == close) {
        document_.leniencies.push_back({comma, comma + 1});
        ++at_;
        return false;
      }
      return true;
    }
    if (at_ >= text_.size()) {
      Fail({static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + 1)},
           format("this {} has no closing `{}`", container, close));
      return false;
    }
    char c = text_[at_];
    if (c == ']' || c == '}') {
      Fail(Here(), format("found `{}` where `{}` is needed", c, close));
      ++at_;
      return false;
    }
    // A forgotten comma: say so once and go on with what follows.
    Fail(Here(),
         format("found {} where `,` or `{}` is needed", Shown(), close));
    size_t before = at_;
    if (c == ':' || c == '=') {
      ++at_;
    }
    return before != at_ || IsValueStart(c) || (at_ = text_.size(), false);
  }

  static bool IsValueStart(char c) {
    return c == '"' || c == '\'' || c == '{' || c == '[' || c == '-' ||
           IsWordByte(c);
  }

  const JsonNode* Array(int depth) {
    size_t begin = at_++;
    std::vector<const JsonNode*> items;
    SkipBlank();
    if (at_ < text_.size() && text_[at_] == ']') {
      ++at_;
    } else {
      do {
        SkipBlank();
        items.push_back(Value(depth + 1));
      } while (Next(']', "array", begin));
    }
    JsonNode* node = New(JsonKind::kArray, begin);
    node->items = arena().Copy(items);
    return node;
  }

  const JsonNode* Object(int depth) {
    size_t begin = at_++;
    std::vector<JsonMember> members;
    SkipBlank();
    if (at_ < text_.size() && text_[at_] == '}') {
      ++at_;
    } else {
      do {
        SkipBlank();
        members.push_back(Member(depth));
      } while (Next('}', "object", begin));
    }
    JsonNode* node = New(JsonKind::kObject, begin);
    node->members = arena().Copy(members);
    return node;
  }

  JsonMember Member(int depth) {
    JsonMember member;
    uint32_t begin = static_cast<uint32_t>(at_);
    if (at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'')) {
      member.key = String();
    } else {
      while (at_ < text_.size() && IsWordByte(text_[at_])) {
        ++at_;
      }
      member.key = text_.substr(begin, at_ - begin);
      if (member.key.empty()) {
        Fail(Here(), format("found {} where a key in double quotes is needed",
                            Shown()));
      } else {
        member.key = arena().Copy(member.key);
        Fail({begin, static_cast<uint32_t>(at_)},
             format("the key `{}` needs double quotes", member.key));
      }
    }
    member.key_span = {begin, static_cast<uint32_t>(at_)};
    SkipBlank();
    if (at_ < text_.size() && text_[at_] == ':') {
      ++at_;
      SkipBlank();
      member.value = Value(depth + 1);
      return member;
    }
    if (!member.key.empty()) {
      Fail(Here(), format("found {} where `:` is needed", Shown()));
      if (at_ < text_.size() && IsValueStart(text_[at_])) {
        member.value = Value(depth + 1);
        return member;
      }
    } else if (at_ < text_.size()) {
      // Nothing was taken: step over it, so that the parse ends.
      at_ = text_[at_] == '}' || text_[at_] == ']' ? at_ : Here().end;
    }
    member.value = New(JsonKind::kNull, at_);
    return member;
  }

  std::string_view text_;
  size_t at_ = 0;
  JsonDocument document_;
};

}  // namespace

std::string_view JsonKindName(JsonKind kind) {
  switch (kind) {
    case JsonKind::kNull:
      return "null";
    case JsonKind::kBool:
      return "boolean";
    case JsonKind::kNumber:
      return "number";
    case JsonKind::kString:
      return "string";
    case JsonKind::kArray:
      return "array";
    case JsonKind::kObject:
      return "object";
  }
  FCC_CHECK(false);
}

const JsonNode* JsonNode::Find(std::string_view key) const {
  for (size_t i = members.size(); i-- > 0;) {
    if (members[i].key == key) {
      return members[i].value;
    }
  }
  return nullptr;
}

JsonDocument ParseJson(std::string_view text) {
  return Parser(text).Run();
}

void AppendJsonString(std::string& out, std::string_view text) {
  static constexpr char kDigits[] = "0123456789abcdef";
  out += '"';
  for (size_t i = 0; i < text.size(); ++i) {
    unsigned char c = static_cast<unsigned char>(text[i]);
    switch (c) {
      case '"':
        out += "\\\"";
        continue;
      case '\\':
        out += "\\\\";
        continue;
      case '\n':
        out += "\\n";
        continue;
      case '\r':
        out += "\\r";
        continue;
      case '\t':
        out += "\\t";
        continue;
      case '\b':
        out += "\\b";
        continue;
      case '\f':
        out += "\\f";
        continue;
      default:
        break;
    }
    if (c < 0x20 || c == '<') {
      out += "\\u00";
      out += kDigits[c >> 4];
      out += kDigits[c & 15];
      continue;
    }
    if (c < 0x80) {
      out += static_cast<char>(c);
      continue;
    }
    // Lone surrogates are no UTF-8; U+2028/9 end a line in old JavaScript; what
    // is no text at all becomes U+FFFD.
    DecodedCodePoint decoded = DecodeUtf8(text, i);
    uint32_t point = decoded.code_point;
    if ((point >= 0xD800 && point < 0xE000) || point == 0x2028 ||
        point == 0x2029) {
      out += "\\u";
      for (int shift = 12; shift >= 0; shift -= 4) {
        out += kDigits[(point >> shift) & 15];
      }
    } else {
      AppendUtf8(out, point);
    }
    i += decoded.size - 1;
  }
  out += '"';
}

void AppendJsonNumber(std::string& out, double number) {
  out += std::isfinite(number) ? NumberToString(number) : "null";
}

void AppendJson(std::string& out, const JsonNode& node) {
  switch (node.kind) {
    case JsonKind::kNull:
      out += "null";
      return;
    case JsonKind::kBool:
      out += node.boolean ? "true" : "false";
      return;
    case JsonKind::kNumber:
      AppendJsonNumber(out, node.number);
      return;
    case JsonKind::kString:
      AppendJsonString(out, node.string);
      return;
    case JsonKind::kArray:
      out += '[';
      for (size_t i = 0; i < node.items.size(); ++i) {
        if (i != 0) {
          out += ',';
        }
        AppendJson(out, *node.items[i]);
      }
      out += ']';
      return;
    case JsonKind::kObject:
      out += '{';
      for (size_t i = 0; i < node.members.size(); ++i) {
        if (i != 0) {
          out += ',';
        }
        AppendJsonString(out, node.members[i].key);
        out += ':';
        AppendJson(out, *node.members[i].value);
      }
      out += '}';
      return;
  }
}

// ECMA-262 Number::toString, radix 10: digits and exponent are std::to_chars'
// shortest ones, only their arrangement differs.
std::string NumberToString(double number) {
  if (std::isnan(number)) {
    return "NaN";
  }
  if (number == 0) {
    return "0";
  }
  if (std::isinf(number)) {
    return number < 0 ? "-Infinity" : "Infinity";
  }
  char buffer[32];
  auto [end, code] =
      std::to_chars(buffer, buffer + sizeof buffer, std::fabs(number),
                    std::chars_format::scientific);
  FCC_CHECK(code == std::errc());
  std::string_view text(buffer, static_cast<size_t>(end - buffer));
  size_t mark = text.find('e');
  // from_chars takes no plus sign.
  std::string_view power = text.substr(mark + (text[mark + 1] == '+' ? 2 : 1));
  int exponent = 0;
  std::from_chars(power.data(), power.data() + power.size(), exponent);
  std::string digits;
  for (char c : text.substr(0, mark)) {
    if (c != '.') {
      digits += c;
    }
  }
  int count = static_cast<int>(digits.size());
  int point = exponent + 1;
  std::string out = number < 0 ? "-" : "";
  if (count <= point && point <= 21) {
    out += digits;
    out.append(static_cast<size_t>(point - count), '0');
  } else if (0 < point && point <= 21) {
    out += digits.substr(0, static_cast<size_t>(point));
    out += '.';
    out += digits.substr(static_cast<size_t>(point));
  } else if (-6 < point && point <= 0) {
    out += "0.";
    out.append(static_cast<size_t>(-point), '0');
    out += digits;
  } else {
    out += digits[0];
    if (count > 1) {
      out += '.';
      out += digits.substr(1);
    }
    out += exponent < 0 ? "e-" : "e+";
    out += std::to_string(std::abs(exponent));
  }
  return out;
}

}  // namespace fcc::base
