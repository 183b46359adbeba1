// SPDX-License-Identifier: Apache-2.0
//
// Functions of ft./wx. that the platform documents as missing, as doing
// nothing, or as newer than the base library asked for. Guarded uses are left
// alone.

#include "compiler/check/rule_internal.h"
#include "runtime/api/table.h"

namespace fcc::check {

static std::string_view RootName(js::ApiRoot root) {
  switch (root) {
    case js::ApiRoot::kWx:
      return "wx";
    case js::ApiRoot::kFt:
      return "ft";
    case js::ApiRoot::kTaro:
      return "Taro";
    case js::ApiRoot::kUni:
      return "uni";
  }
  FCC_CHECK(false);
}

static void CheckUse(const RuleContext& context, source::FileId file,
                     const js::ApiUse& use) {
  const api::Row* row = api::Find(use.name);
  if (row == nullptr || use.guarded) {
    return;
  }
  bool finclip = context.options.platform == Platform::kFinClip;
  api::Support support = finclip ? row->finclip : row->wechat;
  std::string_view since = finclip ? row->finclip_since : row->wechat_since;
  std::string_view platform = PlatformName(context.options.platform);
  source::Location at{file, use.span};
  switch (support) {
    case api::Support::kNo:
      context.sink.Report(Kind::kUnsupportedApi, at, RootName(use.root),
                          use.name, platform);
      return;
    case api::Support::kStub:
      context.sink.Report(Kind::kStubApi, at, RootName(use.root), use.name,
                          platform);
      return;
    case api::Support::kYes:
      if (!since.empty() && !context.options.base_library.empty() &&
          api::CompareVersions(since, context.options.base_library) > 0) {
        context.sink.Report(Kind::kApiNeedsNewerLibrary, at, RootName(use.root),
                            use.name, since, context.options.base_library);
      }
      return;
    case api::Support::kUnknown:
      return;
  }
}

void CheckUnsupportedApi(const RuleContext& context) {
  for (const auto& [path, script] : context.program.graph.scripts) {
    for (const js::ApiUse& use : script.result.facts.apis) {
      CheckUse(context, script.source->id(), use);
    }
  }
}

}  // namespace fcc::check
