// SPDX-License-Identifier: Apache-2.0
//
// Engines of ES5 know the letters of Unicode 6 or less, none beyond the basic
// plane. A name with a character that some of them would refuse is spelled in
// ASCII; such a property goes by its string: `a.𞤀` → `a["𞤀"]`.

#include <string>
#include <unordered_map>

#include "compiler/js/lower/passes.h"
#include "runtime/base/format.h"
#include "runtime/base/unicode.h"

namespace fcc::js {
namespace {

// Letters of the scripts that every engine has known from the start.
bool IsOldLetter(uint32_t code_point) {
  return code_point < 0x80 || (code_point >= 0xC0 && code_point <= 0x24F) ||
         (code_point >= 0x388 && code_point <= 0x481) ||
         (code_point >= 0x5D0 && code_point <= 0x5EA) ||
         (code_point >= 0x621 && code_point <= 0x64A) ||
         (code_point >= 0xE01 && code_point <= 0xE30) ||
         (code_point >= 0x3041 && code_point <= 0x3096) ||
         (code_point >= 0x30A1 && code_point <= 0x30FA) ||
         (code_point >= 0x4E00 && code_point <= 0x9FA5) ||
         (code_point >= 0xAC00 && code_point <= 0xD7A3);
}

bool IsOldName(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const base::DecodedCodePoint decoded = base::DecodeUtf8(text, at);
    if (!IsOldLetter(decoded.code_point)) {
      return false;
    }
    at += decoded.size;
  }
  return true;
}

std::string Spelled(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const base::DecodedCodePoint decoded = base::DecodeUtf8(text, at);
    if (decoded.code_point < 0x80) {
      out += static_cast<char>(decoded.code_point);
    } else {
      out += base::format("u{:x}_", decoded.code_point);
    }
    at += decoded.size;
  }
  if (out[0] >= '0' && out[0] <= '9') {
    out.insert(out.begin(), '_');
  }
  return out;
}

}  // namespace

void LowerIdentifierNames(LowerContext& context) {
  Ast& ast = context.ast;
  // Most files have no such name at all.
  std::unordered_map<NameId, NameId> spelled;
  const uint32_t names = ast.names().size();
  for (uint32_t at = 1; at < names; ++at) {
    const std::string text(ast.TextOf(NameId{at}));
    if (!IsOldName(text)) {
      spelled.emplace(NameId{at}, ast.Intern(Spelled(text)));
    }
  }
  if (spelled.empty()) {
    return;
  }
  for (uint32_t at = 1; at < ast.symbol_count(); ++at) {
    Symbol& symbol = ast[SymbolId{at}];
    auto found = spelled.find(symbol.name);
    if (found != spelled.end()) {
      symbol.name = found->second;
    }
  }
  const uint32_t count = ast.node_count();
  for (uint32_t at = 1; at < count; ++at) {
    const NodeId id{at};
    if (ast.Is(id, Kind::kMember) &&
        spelled.contains(ast.As<Member>(id).name())) {
      const Member member = ast.As<Member>(id);
      const NodeId key = ast.New<Kind::kString>(member.span(), member.name());
      Node& node = ast[id];
      node.kind = Kind::kIndex;
      node.slots[1] = static_cast<uint32_t>(key);
      node.slots[2] = 0;
    } else if (ast.Is(id, Kind::kName) && spelled.contains(ast.NameOf(id))) {
      ast[id].kind = Kind::kString;
    }
  }
}

}  // namespace fcc::js
