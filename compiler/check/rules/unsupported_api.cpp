// SPDX-License-Identifier: Apache-2.0
//
// Functions of ft./wx. that the platform documents as missing, as doing
// nothing, or as newer than the base library asked for. Guarded uses are left
// alone, and functions that FinClipConf.js says the host adds.

#include <algorithm>
#include <set>

#include "compiler/check/rule.h"
#include "runtime/api/chain.h"

namespace fcc::check {

FCC_REPORT(
    UnsupportedApi, "CK1001", Severity::kError,
    "`{0}.{1}` is not supported by {2}", "{2} 不支持 `{0}.{1}`",
    "The platform documents this function as unsupported: calling it fails at "
    "run time. Guard the call with `canIUse` or a test of the function, or "
    "leave it out. `fcc explain` names the row of the documentation.",
    "平台文档注明不支持该接口，运行时调用会失败。请用 `canIUse` "
    "或判断该函数是否"
    "存在来保护调用，或移除它。");
FCC_REPORT(StubApi, "CK1002", Severity::kWarning,
           "`{0}.{1}` can be called on {2}, but does nothing there",
           "`{0}.{1}` 在 {2} 上可以调用，但没有任何效果",
           "The platform has the function so that apps do not fail, without an "
           "implementation behind it.",
           "平台提供该接口只是为了避免报错，并未实现其功能。");
FCC_REPORT(
    ApiNeedsNewerLibrary, "CK1003", Severity::kWarning,
    "`{0}.{1}` needs base library {2}; the app is to run on {3}",
    "`{0}.{1}` 需要基础库 {2}，而应用的最低版本是 {3}",
    "The function came with a base library newer than the one the settings "
    "name (`check.base-library`). Guard it with `canIUse`, or raise the base "
    "library.",
    "该接口需要比设置（`check.base-library`）更高的基础库。请用 `canIUse` "
    "保护调用"
    "或提高基础库版本。");

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

// What a report says beside its message: the document, or why it counts.
static void AddSource(diagnostics::Report& report, const api::Row& row) {
  if (const OverrideRow* decision = FindOverride("api", row.name)) {
    report.Note({base::format("{}: {}", decision->row, decision->reason),
                 base::format("{}：{}", decision->row, decision->reason_zh)});
  } else if (!row.finclip_row.empty()) {
    report.Note(DocumentRow(row.finclip_row));
  }
}

namespace {

class ApiChecker {
 public:
  ApiChecker(const RuleContext& context, const graph::ScriptFile& script)
      : context_(context),
        file_(script.source->id()),
        foreign_(IsForeign(script)) {
    for (const js::ApiUse& use : script.result.facts.apis) {
      // A test of what a function gave is no test of the function.
      if (use.guarded && use.rest.find('(') == std::string::npos) {
        tested_.insert(use.name);
      }
    }
    // Both came with the Skyline renderer: who finds one finds the other.
    if (tested_.contains("worklet") || tested_.contains("router")) {
      tested_.insert({"worklet", "router"});
    }
  }

  void Check(const js::ApiUse& use) {
    if (use.guarded) {
      return;
    }
    const api::Row* head = api::Find(use.name);
    const api::Row* row =
        use.rest.empty() ? head : api::FindChain(use.name + use.rest);
    // `wx.worklet.unheardOf` is at least a use of wx.worklet. What is taken
    // from there is not: its holder was told of where it was taken.
    if (row == nullptr && use.rest.starts_with('.') &&
        use.rest.find_first_of(".(", 1) == std::string::npos) {
      row = head;
    }
    if (row == nullptr) {
      return;
    }
    // A method of an object that is missing as a whole says little more than
    // its maker does: once a file.
    // What has no row but a remark is told of once, too.
    const bool once =
        (row != head && head != nullptr &&
         SupportOf(*head) == api::Support::kNo) ||
        (IsFinClip() && row->finclip_row.starts_with("feature.md"));
    if (once && !told_.insert(row->name).second) {
      return;
    }
    Report(*row, RootName(use.root), row->name, use.name, use.span, use.caught);
  }

  // The name alone tells whose method it is.
  void CheckTelling(const js::NamedSpan& call) {
    static constexpr std::string_view kObjects[] = {"Canvas",
                                                    "ScrollViewContext"};
    for (std::string_view object : kObjects) {
      const api::Row* row = api::Find(base::format("{}.{}", object, call.name));
      if (row != nullptr) {
        Report(*row, "wx", row->name, row->name, call.span, false);
      }
    }
  }

 private:
  bool IsFinClip() const {
    return context_.options.platform == Platform::kFinClip;
  }
  api::Support SupportOf(const api::Row& row) const {
    return IsFinClip() ? row.finclip : row.wechat;
  }

  void Report(const api::Row& row, std::string_view root, std::string_view name,
              std::string_view head, base::Span span, bool caught) {
    const std::string_view platform = PlatformName(context_.options.platform);
    const source::Location at{file_, span};
    switch (SupportOf(row)) {
      case api::Support::kNo: {
        auto report = context_.sink.Report(Kind::kUnsupportedApi, at, root,
                                           name, platform);
        if (IsFinClip()) {
          AddSource(report, row);
          AddAlternative(report, "api", row.name);
        }
        // Libraries serve many platforms and only call what is there; a script
        // that asks for the name anywhere may know better than can be seen,
        // and one that catches what a call throws goes on.
        // What stands in a remark of the feature list has no row of its own.
        if (foreign_ || !IsFinClip() || tested_.contains(head) || caught ||
            row.finclip_row.starts_with("feature.md")) {
          report.As(diagnostics::Severity::kWarning);
        }
        return;
      }
      case api::Support::kStub: {
        auto report =
            context_.sink.Report(Kind::kStubApi, at, root, name, platform);
        AddSource(report, row);
        return;
      }
      case api::Support::kYes: {
        const std::string_view since =
            IsFinClip() ? row.finclip_since : row.wechat_since;
        const std::string& wanted = context_.options.base_library;
        if (!since.empty() && !wanted.empty() &&
            api::CompareVersions(since, wanted) > 0) {
          context_.sink.Report(Kind::kApiNeedsNewerLibrary, at, root, name,
                               since, wanted);
        }
        return;
      }
      case api::Support::kUnknown:
        return;
    }
  }

  const RuleContext& context_;
  source::FileId file_;
  bool foreign_;
  std::set<std::string_view> told_;
  // Names that the script tests for somewhere.
  std::set<std::string_view> tested_;
};

}  // namespace

// Functions that the host adds are there, whatever the documents say of
// FinClip's own.
static bool IsAdded(const RuleContext& context, std::string_view function) {
  if (context.options.platform != Platform::kFinClip) {
    return false;
  }
  for (std::string_view name : {"FinClipConf.js", "FinChatConf.js"}) {
    const graph::ScriptFile* script =
        context.project.index.Has(name) ? context.Script(name) : nullptr;
    if (script != nullptr &&
        std::ranges::find(script->result.facts.host_functions, function) !=
            script->result.facts.host_functions.end()) {
      return true;
    }
  }
  return false;
}

static void CheckScript(const RuleContext& context,
                        const graph::ScriptFile& script) {
  ApiChecker checker(context, script);
  for (const js::ApiUse& use : script.result.facts.apis) {
    if (!IsAdded(context, use.name)) {
      checker.Check(use);
    }
  }
  for (const js::NamedSpan& call : script.result.facts.telling_calls) {
    checker.CheckTelling(call);
  }
}

const Rule kUnsupportedApiRule = {.script = CheckScript};

}  // namespace fcc::check
