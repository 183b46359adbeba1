// SPDX-License-Identifier: Apache-2.0
//
// `packOptions` of project.config.json: which files stay out of the packages.
// A rule is {type, value}; `include` wins over `ignore`; case does not matter.

#ifndef FCC_COMPILER_PROJECT_PACK_OPTIONS_H_
#define FCC_COMPILER_PROJECT_PACK_OPTIONS_H_

#include <string>
#include <string_view>
#include <vector>

namespace fcc::project {

enum class PackRuleKind : uint8_t {
  kFolder,
  kFile,
  kSuffix,
  kPrefix,
  kRegExp,
  kGlob,
};

struct PackRule {
  PackRuleKind kind = PackRuleKind::kFile;
  // Lower-case, without a slash at its start.
  std::string value;
};

struct PackOptions {
  std::vector<PackRule> ignore;
  std::vector<PackRule> include;
};

bool ParsePackRuleKind(std::string_view word, PackRuleKind& kind);
PackRule MakePackRule(PackRuleKind kind, std::string_view value);

// `*` any run without a slash, `**` with slashes, `?` one character, `[abc]`,
// `{a,b}`.
bool MatchesGlob(std::string_view path, std::string_view glob);
bool Matches(std::string_view path, const PackRule& rule);
// True when the file is to stay out.
bool IsIgnored(std::string_view path, const PackOptions& options);

}  // namespace fcc::project

#endif  // FCC_COMPILER_PROJECT_PACK_OPTIONS_H_
