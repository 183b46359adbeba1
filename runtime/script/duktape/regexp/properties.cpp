// SPDX-License-Identifier: Apache-2.0

#include "runtime/script/duktape/regexp/properties.h"

#define PCRE2_CODE_UNIT_WIDTH 16
#include <pcre2.h>

#include <array>
#include <utility>

#include "runtime/base/unicode.h"

namespace fcc::script::regexp {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// General_Category values, long and short, with PCRE2's name.
constexpr Pair kCategories[] = {
    {"Cased_Letter", "L&"},
    {"LC", "L&"},
    {"Close_Punctuation", "Pe"},
    {"Pe", "Pe"},
    {"Connector_Punctuation", "Pc"},
    {"Pc", "Pc"},
    {"Control", "Cc"},
    {"Cc", "Cc"},
    {"cntrl", "Cc"},
    {"Currency_Symbol", "Sc"},
    {"Sc", "Sc"},
    {"Dash_Punctuation", "Pd"},
    {"Pd", "Pd"},
    {"Decimal_Number", "Nd"},
    {"Nd", "Nd"},
    {"digit", "Nd"},
    {"Enclosing_Mark", "Me"},
    {"Me", "Me"},
    {"Final_Punctuation", "Pf"},
    {"Pf", "Pf"},
    {"Format", "Cf"},
    {"Cf", "Cf"},
    {"Initial_Punctuation", "Pi"},
    {"Pi", "Pi"},
    {"Letter", "L"},
    {"L", "L"},
    {"Letter_Number", "Nl"},
    {"Nl", "Nl"},
    {"Line_Separator", "Zl"},
    {"Zl", "Zl"},
    {"Lowercase_Letter", "Ll"},
    {"Ll", "Ll"},
    {"Mark", "M"},
    {"M", "M"},
    {"Combining_Mark", "M"},
    {"Math_Symbol", "Sm"},
    {"Sm", "Sm"},
    {"Modifier_Letter", "Lm"},
    {"Lm", "Lm"},
    {"Modifier_Symbol", "Sk"},
    {"Sk", "Sk"},
    {"Nonspacing_Mark", "Mn"},
    {"Mn", "Mn"},
    {"Number", "N"},
    {"N", "N"},
    {"Open_Punctuation", "Ps"},
    {"Ps", "Ps"},
    {"Other", "C"},
    {"C", "C"},
    {"Other_Letter", "Lo"},
    {"Lo", "Lo"},
    {"Other_Number", "No"},
    {"No", "No"},
    {"Other_Punctuation", "Po"},
    {"Po", "Po"},
    {"Other_Symbol", "So"},
    {"So", "So"},
    {"Paragraph_Separator", "Zp"},
    {"Zp", "Zp"},
    {"Private_Use", "Co"},
    {"Co", "Co"},
    {"Punctuation", "P"},
    {"P", "P"},
    {"punct", "P"},
    {"Separator", "Z"},
    {"Z", "Z"},
    {"Space_Separator", "Zs"},
    {"Zs", "Zs"},
    {"Spacing_Mark", "Mc"},
    {"Mc", "Mc"},
    {"Surrogate", "Cs"},
    {"Cs", "Cs"},
    {"Symbol", "S"},
    {"S", "S"},
    {"Titlecase_Letter", "Lt"},
    {"Lt", "Lt"},
    {"Unassigned", "Cn"},
    {"Cn", "Cn"},
    {"Uppercase_Letter", "Lu"},
    {"Lu", "Lu"},
};

// Does PCRE2 know \p{name}?
bool Known(std::string_view name) {
  std::string text = "\\p{" + std::string(name) + "}";
  std::u16string pattern(text.begin(), text.end());
  int error = 0;
  PCRE2_SIZE offset = 0;
  pcre2_code* code =
      pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()),
                    pattern.size(), PCRE2_UTF, &error, &offset, nullptr);
  pcre2_code_free(code);
  return code != nullptr;
}

bool IsWordText(std::string_view text) {
  for (const char c : text) {
    const bool word = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                      (c >= '0' && c <= '9') || c == '_';
    if (!word) {
      return false;
    }
  }
  return !text.empty();
}

std::optional<std::string> Braced(std::string_view name) {
  return "\\p{" + std::string(name) + "}";
}

}  // namespace

std::optional<std::string> PcreProperty(std::string_view name) {
  const size_t equals = name.find('=');
  if (equals != std::string_view::npos) {
    const std::string_view property = name.substr(0, equals);
    const std::string_view wanted = name.substr(equals + 1);
    if (!IsWordText(wanted)) {
      return std::nullopt;
    }
    if (property == "General_Category" || property == "gc") {
      for (const Pair& category : kCategories) {
        if (category.first == wanted) {
          return Braced(category.second);
        }
      }
      return std::nullopt;
    }
    std::string script;
    if (property == "Script" || property == "sc") {
      script = "sc:" + std::string(wanted);
    } else if (property == "Script_Extensions" || property == "scx") {
      script = "scx:" + std::string(wanted);
    } else {
      return std::nullopt;
    }
    // Names are exact in JavaScript and loose in PCRE2.
    const bool spelled = wanted[0] >= 'A' && wanted[0] <= 'Z';
    return spelled && Known(script) ? Braced(script) : std::nullopt;
  }
  for (const Pair& category : kCategories) {
    if (category.first == name) {
      return Braced(category.second);
    }
  }
  if (name == "Any") {
    return "\\x{0}-\\x{10ffff}";
  }
  if (name == "Assigned") {
    return "\\P{Cn}";
  }
  // Binary properties, by name or alias.
  static constexpr std::string_view kBinary[] = {"ASCII",
                                                 "ASCII_Hex_Digit",
                                                 "AHex",
                                                 "Alphabetic",
                                                 "Alpha",
                                                 "Bidi_Control",
                                                 "Bidi_C",
                                                 "Bidi_Mirrored",
                                                 "Bidi_M",
                                                 "Case_Ignorable",
                                                 "CI",
                                                 "Cased",
                                                 "Changes_When_Casefolded",
                                                 "CWCF",
                                                 "Changes_When_Casemapped",
                                                 "CWCM",
                                                 "Changes_When_Lowercased",
                                                 "CWL",
                                                 "Changes_When_Titlecased",
                                                 "CWT",
                                                 "Changes_When_Uppercased",
                                                 "CWU",
                                                 "Dash",
                                                 "Default_Ignorable_Code_Point",
                                                 "DI",
                                                 "Deprecated",
                                                 "Dep",
                                                 "Diacritic",
                                                 "Dia",
                                                 "Emoji",
                                                 "Emoji_Component",
                                                 "EComp",
                                                 "Emoji_Modifier",
                                                 "EMod",
                                                 "Emoji_Modifier_Base",
                                                 "EBase",
                                                 "Emoji_Presentation",
                                                 "EPres",
                                                 "Extended_Pictographic",
                                                 "ExtPict",
                                                 "Extender",
                                                 "Ext",
                                                 "Grapheme_Base",
                                                 "Gr_Base",
                                                 "Grapheme_Extend",
                                                 "Gr_Ext",
                                                 "Hex_Digit",
                                                 "Hex",
                                                 "IDS_Binary_Operator",
                                                 "IDSB",
                                                 "IDS_Trinary_Operator",
                                                 "IDST",
                                                 "ID_Continue",
                                                 "IDC",
                                                 "ID_Start",
                                                 "IDS",
                                                 "Ideographic",
                                                 "Ideo",
                                                 "Join_Control",
                                                 "Join_C",
                                                 "Logical_Order_Exception",
                                                 "LOE",
                                                 "Lowercase",
                                                 "Lower",
                                                 "Math",
                                                 "Noncharacter_Code_Point",
                                                 "NChar",
                                                 "Pattern_Syntax",
                                                 "Pat_Syn",
                                                 "Pattern_White_Space",
                                                 "Pat_WS",
                                                 "Quotation_Mark",
                                                 "QMark",
                                                 "Radical",
                                                 "Regional_Indicator",
                                                 "RI",
                                                 "Sentence_Terminal",
                                                 "STerm",
                                                 "Soft_Dotted",
                                                 "SD",
                                                 "Terminal_Punctuation",
                                                 "Term",
                                                 "Unified_Ideograph",
                                                 "UIdeo",
                                                 "Uppercase",
                                                 "Upper",
                                                 "Variation_Selector",
                                                 "VS",
                                                 "White_Space",
                                                 "space",
                                                 "XID_Continue",
                                                 "XIDC",
                                                 "XID_Start",
                                                 "XIDS"};
  for (const std::string_view binary : kBinary) {
    if (binary == name) {
      return Known(name) ? Braced(name) : std::nullopt;
    }
  }
  return std::nullopt;
}

bool IsIdentifierCharacter(uint32_t code_point, bool first) {
  if (code_point < 0x80) {
    return (code_point >= 'A' && code_point <= 'Z') ||
           (code_point >= 'a' && code_point <= 'z') || code_point == '$' ||
           code_point == '_' ||
           (!first && code_point >= '0' && code_point <= '9');
  }
  if (code_point == 0x200C || code_point == 0x200D) {
    return !first;
  }
  struct Matcher {
    pcre2_code* start;
    pcre2_code* part;
  };
  static const Matcher matcher = [] {
    const auto compile = [](std::u16string_view text) {
      int error = 0;
      PCRE2_SIZE offset = 0;
      return pcre2_compile(reinterpret_cast<PCRE2_SPTR>(text.data()),
                           text.size(), PCRE2_UTF | PCRE2_ANCHORED, &error,
                           &offset, nullptr);
    };
    return Matcher{compile(u"\\p{ID_Start}"), compile(u"\\p{ID_Continue}")};
  }();
  std::string utf8;
  base::AppendUtf8(utf8, code_point);
  const std::u16string text = base::ToUtf16(utf8);
  pcre2_match_data* data = pcre2_match_data_create(1, nullptr);
  const int count = pcre2_match(first ? matcher.start : matcher.part,
                                reinterpret_cast<PCRE2_SPTR>(text.data()),
                                text.size(), 0, 0, data, nullptr);
  pcre2_match_data_free(data);
  return count > 0;
}

}  // namespace fcc::script::regexp
