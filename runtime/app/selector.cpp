// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/selector.h"

#include <algorithm>

#include "runtime/app/component.h"
#include "runtime/app/node.h"
#include "runtime/base/format.h"

namespace fcc::app {

using Combinator = CompoundSelector::Combinator;

namespace {

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool IsNameChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         static_cast<unsigned char>(c) >= 0x80;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  base::Result<Selector> Parse() {
    Selector selector;
    for (;;) {
      FCC_TRY_ASSIGN(std::vector<CompoundSelector> chain, Chain());
      selector.push_back(std::move(chain));
      if (AtEnd()) {
        return selector;
      }
      ++at_;
    }
  }

 private:
  bool AtEnd() const { return at_ == text_.size(); }
  char Peek() const { return AtEnd() ? '\0' : text_[at_]; }
  bool SkipBlanks() {
    const size_t before = at_;
    while (!AtEnd() && IsBlank(Peek())) {
      ++at_;
    }
    return at_ != before;
  }
  base::Error Bad() const {
    return {base::ErrorKind::kRefused,
            base::format("selector \"{}\" is not understood at character {}",
                         text_, at_)};
  }

  base::Result<std::vector<CompoundSelector>> Chain() {
    std::vector<CompoundSelector> chain;
    for (;;) {
      SkipBlanks();
      Combinator combinator = Combinator::kDescendant;
      if (text_.substr(at_).starts_with(">>>")) {
        combinator = Combinator::kShadow;
        at_ += 3;
      } else if (Peek() == '>') {
        combinator = Combinator::kChild;
        ++at_;
      }
      SkipBlanks();
      if (AtEnd() || Peek() == ',') {
        if (chain.empty() || combinator != Combinator::kDescendant) {
          return Bad();
        }
        return chain;
      }
      FCC_TRY_ASSIGN(CompoundSelector compound, Compound());
      compound.combinator = combinator;
      chain.push_back(std::move(compound));
    }
  }

  base::Result<std::string> Name() {
    std::string name;
    while (!AtEnd() && (IsNameChar(Peek()) || Peek() == '\\')) {
      if (Peek() == '\\') {
        ++at_;
        if (AtEnd()) {
          break;
        }
      }
      name += text_[at_++];
    }
    if (name.empty()) {
      return Bad();
    }
    return name;
  }

  base::Result<SelectorAttr> Attr() {
    SelectorAttr attr;
    ++at_;
    SkipBlanks();
    FCC_TRY_ASSIGN(attr.name, Name());
    SkipBlanks();
    if (Peek() == ']') {
      ++at_;
      attr.any_value = true;
      return attr;
    }
    if (Peek() != '=') {
      return Bad();
    }
    ++at_;
    SkipBlanks();
    if (Peek() == '"' || Peek() == '\'') {
      const char quote = Peek();
      const size_t end = text_.find(quote, at_ + 1);
      if (end == std::string_view::npos) {
        return Bad();
      }
      attr.value = text_.substr(at_ + 1, end - at_ - 1);
      at_ = end + 1;
    } else {
      FCC_TRY_ASSIGN(attr.value, Name());
    }
    SkipBlanks();
    if (Peek() != ']') {
      return Bad();
    }
    ++at_;
    return attr;
  }

  base::Result<CompoundSelector> Compound() {
    CompoundSelector compound;
    const size_t start = at_;
    for (;;) {
      const char c = Peek();
      if (c == '#') {
        ++at_;
        FCC_TRY_ASSIGN(compound.id, Name());
      } else if (c == '.') {
        ++at_;
        FCC_TRY_ASSIGN(std::string name, Name());
        compound.classes.push_back(std::move(name));
      } else if (c == '[') {
        FCC_TRY_ASSIGN(SelectorAttr attr, Attr());
        compound.attrs.push_back(std::move(attr));
      } else if (c == '*' && at_ == start) {
        ++at_;
      } else if (IsNameChar(c) && at_ == start) {
        FCC_TRY_ASSIGN(compound.tag, Name());
      } else if (at_ == start) {
        return Bad();
      } else {
        return compound;
      }
    }
  }

  std::string_view text_;
  size_t at_ = 0;
};

bool Matches(const Node& node, const CompoundSelector& compound) {
  if (node.kind != NodeKind::kElement && node.kind != NodeKind::kComponent &&
      node.kind != NodeKind::kSlot) {
    return false;
  }
  if (!compound.id.empty() && node.html_id != compound.id) {
    return false;
  }
  if (!compound.tag.empty() && node.tag != compound.tag) {
    return false;
  }
  for (const std::string& name : compound.classes) {
    if (!node.HasClass(name)) {
      return false;
    }
  }
  for (const SelectorAttr& attr : compound.attrs) {
    std::string camel;
    for (size_t i = 0; i < attr.name.size(); ++i) {
      if (attr.name[i] == '-' && i + 1 < attr.name.size()) {
        const char c = attr.name[++i];
        camel += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      } else {
        camel += attr.name[i];
      }
    }
    const value::Value* value = node.FindAttr(camel);
    value::Value data;
    if (value == nullptr && camel.starts_with("data") && camel.size() > 4 &&
        node.dataset.IsObject()) {
      std::string key = camel.substr(4);
      key[0] = key[0] >= 'A' && key[0] <= 'Z'
                   ? static_cast<char>(key[0] - 'A' + 'a')
                   : key[0];
      value = node.dataset.object().Find(key);
    }
    if (value == nullptr ||
        (!attr.any_value && value->ToDisplayString() != attr.value)) {
      return false;
    }
  }
  return true;
}

// The node before `node` on the way up, as the combinator asks for it.
Node* Up(const Node& node, Combinator combinator) {
  if (node.parent == nullptr) {
    return nullptr;
  }
  if (node.parent->kind == NodeKind::kShadowRoot) {
    return combinator == Combinator::kShadow ? node.parent->owner->host()
                                             : nullptr;
  }
  return node.parent;
}

// Whether the compounds before `index` lead up from `node`.
bool LeadsUp(const Node& node, const std::vector<CompoundSelector>& chain,
             size_t index, const Node& scope) {
  if (index == 0) {
    // `>>>` leads into shadow trees from a node of the scope's own.
    const Node* top = &node;
    while (top != nullptr && top != &scope) {
      top = top->parent;
    }
    return top != nullptr;
  }
  const Combinator combinator = chain[index].combinator;
  for (Node* at = Up(node, combinator); at != nullptr;
       at = Up(*at, combinator)) {
    if (Matches(*at, chain[index - 1]) &&
        LeadsUp(*at, chain, index - 1, scope)) {
      return true;
    }
    if (combinator == Combinator::kChild) {
      return false;
    }
  }
  return false;
}

bool MatchesChain(const Node& node, const std::vector<CompoundSelector>& chain,
                  const Node& scope) {
  return Matches(node, chain.back()) &&
         LeadsUp(node, chain, chain.size() - 1, scope);
}

class Finder {
 public:
  Finder(const Node& scope, const Selector& selector, size_t limit)
      : scope_(scope),
        selector_(selector),
        limit_(limit),
        crosses_(std::any_of(selector.begin(), selector.end(),
                             [](const std::vector<CompoundSelector>& chain) {
                               return std::any_of(
                                   chain.begin(), chain.end(),
                                   [](const CompoundSelector& compound) {
                                     return compound.combinator ==
                                            Combinator::kShadow;
                                   });
                             })) {}

  void Below(Node& node, bool inside_shadow) {
    for (Node* child = node.first_child; child != nullptr && !Full();
         child = child->next) {
      const bool matches =
          std::any_of(selector_.begin(), selector_.end(),
                      [&](const std::vector<CompoundSelector>& chain) {
                        return (!inside_shadow || HasShadow(chain)) &&
                               MatchesChain(*child, chain, scope_);
                      });
      if (matches) {
        found.push_back(child);
      }
      if (crosses_ && child->component != nullptr &&
          child->component->shadow_root() != nullptr) {
        Below(*child->component->shadow_root(), true);
      }
      Below(*child, inside_shadow);
    }
  }

  std::vector<Node*> found;

 private:
  static bool HasShadow(const std::vector<CompoundSelector>& chain) {
    return std::any_of(chain.begin(), chain.end(),
                       [](const CompoundSelector& compound) {
                         return compound.combinator == Combinator::kShadow;
                       });
  }
  bool Full() const { return limit_ != 0 && found.size() >= limit_; }

  const Node& scope_;
  const Selector& selector_;
  size_t limit_;
  bool crosses_;
};

}  // namespace

base::Result<Selector> ParseSelector(std::string_view text) {
  return Parser(text).Parse();
}

std::vector<Node*> SelectNodes(Node& scope, const Selector& selector,
                               size_t limit) {
  Finder finder(scope, selector, limit);
  finder.Below(scope, false);
  return std::move(finder.found);
}

}  // namespace fcc::app
