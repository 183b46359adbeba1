// SPDX-License-Identifier: Apache-2.0
//
// What a release is called, where nobody said: from package.json and git.

#ifndef FCC_CLI_PUBLISH_RELEASE_INFO_H_
#define FCC_CLI_PUBLISH_RELEASE_INFO_H_

#include <string>
#include <string_view>

#include "cli/tool_env/tool_env.h"

namespace fcc::publish {

// `version` of package.json in the folder, else the git tag of the commit
// (without a leading v); empty when there is neither.
std::string FindVersion(tool_env::ToolEnv& env, std::string_view project);
// The last commit's message; empty when there is none.
std::string FindDescription(tool_env::ToolEnv& env, std::string_view project);

}  // namespace fcc::publish

#endif  // FCC_CLI_PUBLISH_RELEASE_INFO_H_
