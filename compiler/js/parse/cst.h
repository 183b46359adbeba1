// SPDX-License-Identifier: Apache-2.0
//
// What tree-sitter read, in our own words: one enum for the three grammars,
// children with their kinds and fields. With cst_parts.h the only header that
// knows tree-sitter; included by the files of this folder only.

#ifndef FCC_COMPILER_JS_PARSE_CST_H_
#define FCC_COMPILER_JS_PARSE_CST_H_

#include <src/subtree.h>
#include <tree_sitter/api.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/js/js.h"
#include "compiler/js/parse/tree_memory.h"
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
  // By symbol.
  std::vector<Cst> kinds;
  std::vector<bool> named;
  std::vector<CstField> fields;

  static const Grammar& Of(Dialect dialect);
};

struct CstNode {
  Subtree raw = {.ptr = nullptr};
  // Where it begins in what tree-sitter was shown.
  uint32_t shown_at = 0;
  // In the file.
  base::Span span;
  Cst kind = Cst::kOther;
  CstField field = CstField::kNone;
  bool named = false;

  bool is_null() const { return raw.ptr == nullptr; }
  bool is_named() const { return named; }
  bool is_missing() const { return ts_subtree_missing(raw); }
  bool has_error() const { return ts_subtree_error_cost(raw) > 0; }
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

// A tree that tree-sitter made, and the memory it lies in.
class Tree {
 public:
  Tree() = default;
  Tree(std::unique_ptr<TreeMemory> memory, const TSTree* tree)
      : memory_(std::move(memory)), tree_(tree) {}

  // It was given up.
  bool is_null() const { return tree_ == nullptr; }
  TSNode root() const { return ts_tree_root_node(tree_); }
  bool has_error() const { return ts_node_has_error(root()); }

 private:
  std::unique_ptr<TreeMemory> memory_;
  const TSTree* tree_ = nullptr;
};

// Why and near which byte a parse was given up.
struct ParseStop {
  uint32_t at = 0;
  // One error follows the other; else more is open at once than tree-sitter
  // bears.
  bool in_errors = false;
};

// Null when it was given up.
Tree ParseTree(const Grammar& grammar, std::string_view text, ParseStop* stop);
// Parses once more, listening where the parser had to recover. In the order of
// the text, and no further than the first `most`: where the unexpected tokens
// begin.
std::vector<uint32_t> FindUnexpected(const Grammar& grammar,
                                     std::string_view text, size_t most);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_PARSE_CST_H_
