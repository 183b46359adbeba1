// SPDX-License-Identifier: Apache-2.0
//
// The children of a node where tree-sitter keeps them (its own subtree.h). Its
// cursors reckon rows, columns and ways back, which nobody here asks for.

#ifndef FCC_COMPILER_JS_PARSE_CST_PARTS_H_
#define FCC_COMPILER_JS_PARSE_CST_PARTS_H_

#include <src/language.h>

#include <vector>

#include "compiler/js/parse/cst.h"

namespace fcc::js {

// A child: where it begins in what tree-sitter was shown, the symbol that
// stands for its own in this place or 0, and its field or 0.
struct CstPart {
  Subtree raw;
  uint32_t begin = 0;
  TSSymbol alias = 0;
  TSFieldId field = 0;
};

class CstParts {
 public:
  explicit CstParts(const TSLanguage* language) : language_(language) {}

  // Calls fn(CstPart) for each child of `parent`, which begins at `begin`,
  // until it returns false. What the grammar hides is no child, its children
  // are. fn may call this.
  template <typename Fn>
  void ForEach(Subtree parent, uint32_t begin, Fn&& fn);

 private:
  // A node whose children are being told.
  struct Open {
    const Subtree* children;
    uint32_t count;
    uint32_t index;
    // Of those that the grammar's production has.
    uint32_t structural;
    // Where the last child ended, the first begins.
    uint32_t at;
    const TSSymbol* aliases;
    const TSFieldMapEntry* fields;
    const TSFieldMapEntry* fields_end;
    // Of the hidden node, so of its children that have no other.
    TSFieldId field;
  };

  void Enter(Subtree node, uint32_t begin, TSFieldId field);

  const TSLanguage* language_;
  // A stack: lists are kept in trees of hidden pairs.
  std::vector<Open> open_;
};

inline void CstParts::Enter(Subtree node, uint32_t begin, TSFieldId field) {
  const uint32_t count = ts_subtree_child_count(node);
  if (count == 0) {
    return;
  }
  Open open;
  open.children = ts_subtree_children(node);
  open.count = count;
  open.index = 0;
  open.structural = 0;
  open.at = begin;
  open.aliases = ts_language_alias_sequence(language_, node.ptr->production_id);
  ts_language_field_map(language_, node.ptr->production_id, &open.fields,
                        &open.fields_end);
  open.field = field;
  open_.push_back(open);
}

template <typename Fn>
void CstParts::ForEach(Subtree parent, uint32_t begin, Fn&& fn) {
  const size_t base = open_.size();
  Enter(parent, begin, 0);
  while (open_.size() > base) {
    Open& open = open_.back();
    if (open.index == open.count) {
      open_.pop_back();
      continue;
    }
    CstPart part;
    part.raw = open.children[open.index];
    part.begin = open.at;
    if (open.index++ > 0) {
      part.begin += ts_subtree_padding(part.raw).bytes;
    }
    open.at = part.begin + ts_subtree_size(part.raw).bytes;
    if (!ts_subtree_extra(part.raw)) {
      part.field = open.field;
      for (const TSFieldMapEntry* at = open.fields; at != open.fields_end;
           ++at) {
        if (!at->inherited && at->child_index == open.structural) {
          part.field = at->field_id;
          break;
        }
      }
      if (open.aliases != nullptr) {
        part.alias = open.aliases[open.structural];
      }
      ++open.structural;
    }
    // `open` is gone when more are pushed.
    if (ts_subtree_visible(part.raw) || part.alias != 0) {
      if (!fn(part)) {
        open_.resize(base);
        return;
      }
    } else if (ts_subtree_visible_child_count(part.raw) > 0) {
      Enter(part.raw, part.begin, part.field);
    }
  }
}

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_PARSE_CST_PARTS_H_
