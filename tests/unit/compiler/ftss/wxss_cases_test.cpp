// SPDX-License-Identifier: Apache-2.0
//
// Every sheet of tests/cases/wxss.json against the reference compiler's result.

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "compiler/ftss/compile_ftss.h"
#include "runtime/base/file_system.h"
#include "runtime/base/json.h"

namespace fcc::ftss {
namespace {

TEST(WxssCases, AgreeWithTheReference) {
  base::RealFileSystem files;
  const auto text = files.ReadFile(FCC_SOURCE_DIR "/tests/cases/wxss.json",
                                   base::FileSystem::kDefaultMax);
  ASSERT_TRUE(text.ok());
  const base::JsonDocument document = base::ParseJson(*text);
  ASSERT_TRUE(document.ok());
  const base::JsonNode* cases = document.root->Find("cases");
  ASSERT_NE(cases, nullptr);
  ASSERT_GT(cases->items.size(), 100u);
  for (const base::JsonNode* one : cases->items) {
    SCOPED_TRACE(std::string(one->Find("id")->string));
    std::map<std::string, std::string> sheets;
    for (const base::JsonMember& member : one->Find("files")->members) {
      sheets[std::string(member.key)] = std::string(member.value->string);
    }
    source::SourceSet sources;
    diagnostics::Sink sink;
    const InstantiatedCss result = CompileAndInstantiate(
        sheets, one->Find("entry")->string, one->Find("device_width")->number,
        one->Find("suffix")->string, sources, sink);
    const std::string_view judge = one->Find("judge")->string;
    if (judge == "reject") {
      EXPECT_FALSE(result.ok);
    } else if (judge == "tokens") {
      EXPECT_TRUE(result.ok);
      EXPECT_TRUE(SameCssTokens(result.css, one->Find("expected")->string))
          << "got      " << result.css << "\nexpected "
          << one->Find("expected")->string;
    }
  }
}

}  // namespace
}  // namespace fcc::ftss
