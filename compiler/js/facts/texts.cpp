// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/facts/texts.h"

#include <algorithm>
#include <string>

namespace fcc::js {

static bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
static bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// A word that could be random: letters and digits both, nothing but them and
// what base64 adds, and not one letter over and over.
static bool LooksRandom(std::string_view text) {
  if (text.size() < 16 || text.size() > 512) {
    return false;
  }
  bool letters = false;
  bool digits = false;
  bool seen[128] = {};
  int different = 0;
  for (char c : text) {
    letters = letters || IsLetter(c);
    digits = digits || IsDigit(c);
    if (!IsLetter(c) && !IsDigit(c) && c != '+' && c != '/' && c != '=' &&
        c != '-' && c != '_') {
      return false;
    }
    if (!seen[static_cast<unsigned char>(c)]) {
      seen[static_cast<unsigned char>(c)] = true;
      ++different;
    }
  }
  // "your-app-secret-here" and "xxxxxxxxxxxxxxxx1" are placeholders.
  return letters && digits && different >= 8;
}

static bool IsSecretName(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  std::erase_if(lower, [](char c) { return c == '_' || c == '-'; });
  for (std::string_view word :
       {"appsecret", "secretkey", "clientsecret", "privatekey",
        "accesskeysecret", "apisecret", "secretaccesskey"}) {
    if (lower.find(word) != std::string::npos) {
      return true;
    }
  }
  return lower == "secret";
}

// Forms that their issuers document: nothing else looks like them.
static bool IsKnownSecret(std::string_view text) {
  auto rest_is_word = [&](std::string_view prefix, size_t least) {
    return text.starts_with(prefix) && text.size() >= prefix.size() + least &&
           std::all_of(text.begin() + prefix.size(), text.end(), [](char c) {
             return IsLetter(c) || IsDigit(c) || c == '_';
           });
  };
  // AWS, Alibaba Cloud, Tencent Cloud, GitHub, Stripe.
  return (text.size() == 20 && rest_is_word("AKIA", 16)) ||
         (text.size() == 24 && rest_is_word("LTAI", 20)) ||
         (text.size() == 36 && rest_is_word("AKID", 32)) ||
         rest_is_word("ghp_", 36) || rest_is_word("sk_live_", 16) ||
         text.starts_with("-----BEGIN RSA PRIVATE KEY-----") ||
         text.starts_with("-----BEGIN PRIVATE KEY-----") ||
         text.starts_with("-----BEGIN EC PRIVATE KEY-----");
}

std::optional<TextKind> ClassifyText(std::string_view text,
                                     std::string_view name) {
  if (IsKnownSecret(text) || (IsSecretName(name) && LooksRandom(text))) {
    return TextKind::kSecret;
  }
  for (std::string_view scheme : {"http://", "https://", "ws://", "wss://"}) {
    if (text.size() > scheme.size() && text.starts_with(scheme)) {
      return TextKind::kAddress;
    }
  }
  return std::nullopt;
}

}  // namespace fcc::js
