// SPDX-License-Identifier: Apache-2.0
//
// Literals that ES5 writes in another way: numbers lose separators, binary and
// octal prefixes; regular expressions with flags or syntax that came later are
// made by the RegExp constructor, so that the engine they run on decides, when
// they run, instead of refusing the whole file. BigInt has no ES5 form.

#include <algorithm>

#include "compiler/js/lower/passes.h"

namespace fcc::js {
namespace {

bool IsOldRegExp(std::string_view pattern, std::string_view flags) {
  if (flags.find_first_not_of("gim") != std::string_view::npos) {
    return false;
  }
  return pattern.find("(?<") == std::string_view::npos &&
         pattern.find("\xE2\x80\xA8") == std::string_view::npos &&
         pattern.find("\xE2\x80\xA9") == std::string_view::npos;
}

}  // namespace

void LowerLiterals(LowerContext& context) {
  // No walk: literals have no children and become what they are in place.
  Ast& ast = context.ast;
  const uint32_t count = ast.node_count();
  for (uint32_t at = 1; at < count; ++at) {
    const NodeId id{at};
    switch (ast.KindOf(id)) {
      case Kind::kNumber: {
        Number number = ast.As<Number>(id);
        if (number.raw() == NameId::kNone) {
          break;
        }
        const std::string_view raw = ast.TextOf(number.raw());
        const bool prefixed = raw.size() > 1 && raw[0] == '0' &&
                              raw[1] != '.' && (raw[1] | 0x20) != 'x' &&
                              (raw[1] | 0x20) != 'e';
        if (prefixed || raw.find('_') != std::string_view::npos) {
          number.set_raw(NameId::kNone);
          ast[id].flags &= ~flag::kLegacyOctal;
        }
        break;
      }
      case Kind::kBigInt:
        context.sink.Report(diagnostics::Kind::kJsBigInt, ast.LocationOf(id),
                            std::string(ast.NameTextOf(id)));
        break;
      case Kind::kRegExp: {
        RegExp literal = ast.As<RegExp>(id);
        const base::Span span = literal.span();
        const NameId pattern = literal.pattern();
        const NameId flags = literal.regexp_flags();
        if (IsOldRegExp(ast.TextOf(pattern),
                        flags == NameId::kNone ? "" : ast.TextOf(flags))) {
          break;
        }
        std::vector<NodeId> args{ast.New<Kind::kString>(span, pattern)};
        if (flags != NameId::kNone && flags != NameId::kEmpty) {
          args.push_back(ast.New<Kind::kString>(span, flags));
        }
        const NodeId made = ast.New<Kind::kNew>(
            span, ast.NewGlobal(span, "RegExp"), ast.List(args));
        ast[id] = ast[made];
        break;
      }
      default:
        break;
    }
  }
}

}  // namespace fcc::js
