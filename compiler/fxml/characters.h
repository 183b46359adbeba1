// SPDX-License-Identifier: Apache-2.0
//
// What a byte can be part of, looked up in one table. Of this room only.

#ifndef FCC_COMPILER_FXML_CHARACTERS_H_
#define FCC_COMPILER_FXML_CHARACTERS_H_

#include <array>
#include <cstdint>

namespace fcc::fxml {

enum CharacterClass : uint8_t {
  kBlank = 1,
  kTagStart = 2,
  kTagPart = 4,
  kNameStart = 8,
  kNamePart = 16,
  kDigit = 32,
  // Ends an attribute's name; `/` only where `>` follows.
  kKeyEnd = 64,
};

inline constexpr std::array<uint8_t, 256> kCharacterClasses = [] {
  std::array<uint8_t, 256> table{};
  const auto add = [&table](char c, int classes) {
    table[static_cast<unsigned char>(c)] |= static_cast<uint8_t>(classes);
  };
  for (char c = 'a'; c <= 'z'; ++c) {
    for (char letter : {c, static_cast<char>(c - 'a' + 'A')}) {
      add(letter, kTagStart | kTagPart | kNameStart | kNamePart);
    }
  }
  for (char c = '0'; c <= '9'; ++c) {
    add(c, kTagPart | kNamePart | kDigit);
  }
  add('_', kTagStart | kTagPart | kNameStart | kNamePart);
  add('$', kNameStart | kNamePart);
  for (char c : {'-', ':', '.'}) {
    add(c, kTagPart);
  }
  for (char c : {' ', '\t', '\n', '\r', '\f'}) {
    add(c, kBlank | kKeyEnd);
  }
  for (char c : {'=', '>', '<', '"', '\'', '/'}) {
    add(c, kKeyEnd);
  }
  return table;
}();

constexpr bool IsOf(char c, uint8_t classes) {
  return (kCharacterClasses[static_cast<unsigned char>(c)] & classes) != 0;
}

}  // namespace fcc::fxml

#endif  // FCC_COMPILER_FXML_CHARACTERS_H_
