// SPDX-License-Identifier: Apache-2.0

#include "runtime/style/print_selector.h"

#include <algorithm>
#include <iterator>

#include "runtime/style/tokenizer.h"

namespace fcc::style {

namespace {

class Printer {
 public:
  Printer(std::string& out, const SelectorTable& table, const SelectorText& how)
      : out_(out), table_(table), how_(how) {}

  void Print(const Selector& selector, uint32_t host_choice, bool scoped);
  // How many selectors one with `:host(list)` stands for.
  uint32_t HostChoices(const Selector& selector) const;

 private:
  void PrintSimple(const SimpleSelector& simple, uint32_t host_choice,
                   bool scoped);
  void PrintList(const SimpleSelector& simple, bool scoped);
  void PrintAttribute(const SimpleSelector& simple);
  void PrintName(std::string_view name);
  void PrintPseudo(const SimpleSelector& simple);

  std::string& out_;
  const SelectorTable& table_;
  const SelectorText& how_;
};

}  // namespace

std::string ViewTagOf(std::string_view tag) {
  if (EqualsIgnoringCase(tag, "page")) {
    return "body";
  }
  if (tag.substr(0, 3) == "wx-") {
    return std::string(tag);
  }
  return "wx-" + std::string(tag);
}

void Printer::PrintName(std::string_view name) {
  if (how_.names_are_source) {
    out_ += name;
  } else {
    out_ += EscapeIdent(name);
  }
}

void Printer::PrintAttribute(const SimpleSelector& simple) {
  constexpr std::string_view kOperators[] = {
      "", "=", "~=", "|=", "^=", "$=", "*="};
  static_assert(std::size(kOperators) ==
                static_cast<size_t>(AttributeMatch::kCount));
  out_ += '[';
  PrintName(table_.NameOf(simple));
  out_ += kOperators[simple.op];
  if (simple.op != static_cast<uint8_t>(AttributeMatch::kExists)) {
    const std::string_view value = table_.ValueOf(simple);
    if ((simple.flags & kSelectorQuoted) == 0) {
      PrintName(value);
    } else {
      const bool has_quote = value.find('"') != std::string_view::npos;
      if (how_.names_are_source) {
        // As written: a value with a bare `"` stood in single quotes.
        const char quote =
            has_quote && value.find("\\\"") == std::string_view::npos ? '\''
                                                                      : '"';
        out_ += quote;
        out_ += value;
        out_ += quote;
      } else {
        out_ += '"';
        for (char c : value) {
          if (c == '"' || c == '\\') {
            out_ += '\\';
            out_ += c;
          } else if (c == '\n') {
            out_ += "\\a ";
          } else {
            out_ += c;
          }
        }
        out_ += '"';
      }
    }
    if ((simple.flags & kSelectorIgnoreCase) != 0) {
      out_ += " i";
    }
  }
  out_ += ']';
}

void Printer::PrintList(const SimpleSelector& simple, bool scoped) {
  for (uint32_t i = simple.value.begin; i < simple.value.end; ++i) {
    if (i != simple.value.begin) {
      out_ += ',';
    }
    Print(table_.selectors[i], 0, scoped);
  }
}

void Printer::PrintPseudo(const SimpleSelector& simple) {
  const bool two_colons = (simple.kind == SelectorKind::kPseudoElement ||
                           simple.kind == SelectorKind::kPseudoElementList) &&
                          (simple.flags & kSelectorOneColon) == 0;
  out_ += two_colons ? "::" : ":";
  PrintName(table_.NameOf(simple));
}

void Printer::PrintSimple(const SimpleSelector& simple, uint32_t host_choice,
                          bool scoped) {
  switch (simple.kind) {
    case SelectorKind::kCombinator: {
      constexpr std::string_view kTexts[] = {" ", ">", "+", "~"};
      out_ += kTexts[simple.op];
      break;
    }
    case SelectorKind::kUniversal:
      out_ += '*';
      break;
    case SelectorKind::kTag:
      PrintName(ViewTagOf(table_.NameOf(simple)));
      break;
    case SelectorKind::kId:
      out_ += '#';
      // A name after `#` may begin with a digit in no selector, but then it
      // is escaped; PrintName does that.
      PrintName(table_.NameOf(simple));
      break;
    case SelectorKind::kClass:
      out_ += '.';
      if (scoped && !how_.class_prefix.empty()) {
        out_ += how_.class_prefix;
        if (!how_.names_are_source) {
          // Behind a prefix a leading digit or hyphen needs no escape.
          out_ +=
              EscapeIdent("a" + std::string(table_.NameOf(simple))).substr(1);
          break;
        }
      }
      PrintName(table_.NameOf(simple));
      break;
    case SelectorKind::kAttribute:
      PrintAttribute(simple);
      break;
    case SelectorKind::kPseudoClass:
    case SelectorKind::kPseudoElement:
      PrintPseudo(simple);
      if ((simple.flags & kSelectorHasArguments) != 0) {
        out_ += '(';
        out_ += table_.ValueOf(simple);
        out_ += ')';
      }
      break;
    case SelectorKind::kPseudoClassList:
    case SelectorKind::kPseudoElementList:
      PrintPseudo(simple);
      out_ += '(';
      PrintList(simple,
                scoped && (how_.scoped_lists == ScopedLists::kAll ||
                           EqualsIgnoringCase(table_.NameOf(simple), "not")));
      out_ += ')';
      break;
    case SelectorKind::kHost:
      out_ += how_.host.empty() ? std::string_view(":host") : how_.host;
      break;
    case SelectorKind::kHostList:
      if (how_.host.empty()) {
        out_ += ":host(";
        PrintList(simple, false);
        out_ += ')';
      } else {
        Print(table_.selectors[std::min(simple.value.begin + host_choice,
                                        simple.value.end - 1)],
              0, scoped);
        out_ += how_.host;
      }
      break;
    case SelectorKind::kNesting:
      out_ += '&';
      break;
    case SelectorKind::kCount:
      break;
  }
}

uint32_t Printer::HostChoices(const Selector& selector) const {
  if (!how_.host.empty()) {
    for (uint32_t i = 0; i < selector.count; ++i) {
      const SimpleSelector& simple = table_.simples[selector.first + i];
      if (simple.kind == SelectorKind::kHostList) {
        return simple.value.size();
      }
    }
  }
  return 1;
}

void Printer::Print(const Selector& selector, uint32_t host_choice,
                    bool scoped) {
  for (uint32_t i = 0; i < selector.count; ++i) {
    PrintSimple(table_.simples[selector.first + i], host_choice, scoped);
  }
}

void AppendSelector(std::string& out, const SelectorTable& table,
                    const Selector& selector, const SelectorText& how) {
  Printer printer(out, table, how);
  const uint32_t choices = printer.HostChoices(selector);
  for (uint32_t i = 0; i < choices; ++i) {
    if (i != 0) {
      out += ',';
    }
    printer.Print(selector, i, true);
  }
}

}  // namespace fcc::style
