// SPDX-License-Identifier: Apache-2.0
//
// What tree-sitter read, in our own words: one enum for the three grammars,
// children with their kinds and fields. The only header that knows tree-sitter;
// included by the files of this folder only.

#ifndef FCC_COMPILER_JS_PARSE_CST_H_
#define FCC_COMPILER_JS_PARSE_CST_H_

#include <tree_sitter/api.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/js/js.h"
#include "runtime/base/span.h"

namespace fcc::js {

enum class Cst : uint8_t {
  // A node that nobody looks at: types, brackets of their own…
  kOther,
  kError,
#define FCC_JS_CST(symbol, name) k##symbol,
#include "compiler/js/parse/cst.def"
#undef FCC_JS_CST
#define FCC_JS_TOKEN(symbol, text) kToken##symbol,
#include "compiler/js/parse/cst.def"
#undef FCC_JS_TOKEN
};

enum class CstField : uint8_t {
  kNone,
#define FCC_JS_FIELD(symbol, name) k##symbol,
#include "compiler/js/parse/cst.def"
#undef FCC_JS_FIELD
};

// A grammar and how its numbers map to ours. Made once a process.
struct Grammar {
  const TSLanguage* language = nullptr;
  std::vector<Cst> kinds;
  std::vector<CstField> fields;

  static const Grammar& Of(Dialect dialect);
};

struct CstNode {
  TSNode raw;
  Cst kind = Cst::kOther;
  CstField field = CstField::kNone;
  // In the file.
  base::Span span;

  bool is_named() const { return ts_node_is_named(raw); }
  bool is_missing() const { return ts_node_is_missing(raw); }
  bool has_error() const { return ts_node_has_error(raw); }
};

// Bytes that tree-sitter is shown and the file does not have: a `;` behind each
// `{` that opens a block where tree-sitter would see an object.
class Insertions {
 public:
  bool empty() const { return seen_.empty(); }
  // `places` are places in the part of the file that is parsed, ascending, none
  // of them inserted before; `text` is what tree-sitter was shown so far.
  void Add(const std::vector<uint32_t>& places, std::string& text);
  // From a place in what tree-sitter was shown to one in the part.
  uint32_t InPart(uint32_t seen) const;

 private:
  // Where the inserted bytes stand in what tree-sitter is shown.
  std::vector<uint32_t> seen_;
};

struct TreeDeleter {
  void operator()(TSTree* tree) const { ts_tree_delete(tree); }
};
using TreePointer = std::unique_ptr<TSTree, TreeDeleter>;

// Why and near which byte a parse was given up.
struct ParseStop {
  uint32_t at = 0;
  // One error follows the other; else more is open at once than tree-sitter
  // bears.
  bool in_errors = false;
};

// Null when it was given up.
TreePointer ParseTree(const Grammar& grammar, std::string_view text,
                      ParseStop* stop);
// Parses once more, listening where the parser had to recover. In the order of
// the text, and no further than the first `most`: where the unexpected tokens
// begin.
std::vector<uint32_t> FindUnexpected(const Grammar& grammar,
                                     std::string_view text, size_t most);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_PARSE_CST_H_
