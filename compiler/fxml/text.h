// SPDX-License-Identifier: Apache-2.0
//
// Text between tags: literals and expressions up to the next tag are one text
// node; comments do not part it. Of this room only.

#ifndef FCC_COMPILER_FXML_TEXT_H_
#define FCC_COMPILER_FXML_TEXT_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "compiler/fxml/reading.h"

namespace fcc::fxml {

struct TextValue {
  tmpl::ValueKind kind = tmpl::ValueKind::kNone;
  uint32_t id = tmpl::kNoId;
  base::Span span;
};

class TextReader {
 public:
  explicit TextReader(Reading& reading) : r_(reading) {}

  // Up to the next `<`.
  void Read();
  // One byte that is no markup.
  void TakeByte() {
    literals_.push_back({r_.at, r_.at + 1});
    blank_ = false;
    ++r_.at;
  }
  // What was read since the last time; nothing where it was blank.
  std::optional<TextValue> Finish();

 private:
  void AddLiteral(uint32_t begin);
  std::string_view Shown();
  void EmitLiterals();

  Reading& r_;
  // Literal pieces, not yet emitted.
  std::vector<base::Span> literals_;
  bool blank_ = true;
  // They hold a `\` or a carriage return.
  bool special_ = false;
  // An expression is begun.
  bool open_ = false;
  uint32_t parts_ = 0;
  uint32_t begin_ = 0;
};

}  // namespace fcc::fxml

#endif  // FCC_COMPILER_FXML_TEXT_H_
