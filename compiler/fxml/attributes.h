// SPDX-License-Identifier: Apache-2.0
//
// The attributes of one tag: read, their values compiled, duplicates told. Of
// this room only.

#ifndef FCC_COMPILER_FXML_ATTRIBUTES_H_
#define FCC_COMPILER_FXML_ATTRIBUTES_H_

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/fxml/attr_name.h"
#include "compiler/fxml/reading.h"

namespace fcc::fxml {

struct Value {
  tmpl::ValueKind kind = tmpl::ValueKind::kNone;
  uint32_t id = tmpl::kNoId;
  // Of a plain one its text.
  std::string_view text;
  // Between the quotes.
  base::Span span;
  bool is_path = false;

  bool is_plain() const { return kind == tmpl::ValueKind::kString; }
  bool is_expression() const { return kind == tmpl::ValueKind::kExpression; }
};

struct Attr {
  std::string_view key;
  Directive directive = Directive::kNone;
  base::Span key_span;
  // Name and value.
  base::Span span;
  Value value;
};

class AttributeReader {
 public:
  explicit AttributeReader(Reading& reading) : r_(reading) {}

  // From behind the tag's name to behind `>`. True for `/>`.
  bool Read(std::string_view tag, base::Span tag_span);

  const std::vector<Attr>& attrs() const { return attrs_; }
  const Attr* Find(std::string_view key) const;

 private:
  void SkipJunk();
  void ReadOne(std::string_view tag);
  Value ReadValue(char quote, ExpressionContext context);
  std::string_view WithoutEscapes(std::string_view piece, char quote);
  void Add(const Attr& attr);

  Reading& r_;
  std::vector<Attr> attrs_;
  std::unordered_map<std::string_view, size_t> index_;
};

}  // namespace fcc::fxml

#endif  // FCC_COMPILER_FXML_ATTRIBUTES_H_
