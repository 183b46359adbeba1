// SPDX-License-Identifier: Apache-2.0
//
// Calls of setData that cost more than they need to or do nothing: of
// undefined, which the platforms refuse or ignore, once a round of a loop, of
// all that there is already, of much at once.

#include "compiler/check/rule.h"

namespace fcc::check {

FCC_REPORT(
    SetDataUndefined, "CK2402", Severity::kWarning,
    "setData cannot set `{0}` to undefined",
    "setData 不能把 `{0}` 设为 undefined",
    "WeChat does not set the value and warns; other platforms differ. Use null "
    "or an empty value.",
    "微信不会设置该值并给出警告，其他平台行为各异。请使用 null 或空值。");
FCC_REPORT(SetDataInLoop, "CK2403", Severity::kInfo,
           "setData is called once a round of a loop",
           "循环中每一轮都调用了 setData",
           "Every call goes to the view and back. Collect the changes and call "
           "it once behind the loop.",
           "每次调用都会与视图层通信。请收集改动后在循环外调用一次。");
FCC_REPORT(
    SetDataWhole, "CK2404", Severity::kInfo,
    "setData sends all of `data` again", "setData 把整个 `data` 又发送了一遍",
    "All of it is copied to the view, changed or not. Give setData what has "
    "changed: `setData({'list[3].done': true})`.",
    "无论是否改变，全部数据都会传到视图层。请只传改变的部分，例如 "
    "`setData({'list[3].done': true})`。");
FCC_REPORT(
    SetDataLarge, "CK2405", Severity::kInfo,
    "setData is given {0} KB that are written here",
    "此处写给 setData 的内容有 {0} KB",
    "What is sent at once is encoded, copied and decoded, and the page waits "
    "meanwhile; WeChat refuses more than 1024 KB. Send what is shown first.",
    "一次发送的数据需要编码、拷贝和解码，页面会随之卡顿；微信拒绝超过 1024 KB "
    "的数据。"
    "请先发送首屏需要的部分。");

static void CheckScript(const RuleContext& context,
                        const graph::ScriptFile& script) {
  if (IsForeign(script)) {
    return;
  }
  const source::FileId file = script.source->id();
  for (const js::SetDataCall& call : script.result.facts.set_data) {
    for (const js::NamedSpan& each : call.undefined_paths) {
      context.sink.Report(Kind::kSetDataUndefined, {file, each.span},
                          each.name);
    }
    // Texts and lists that stand in the script.
    static constexpr uint32_t kLarge = 32 * 1024;
    if (call.whole) {
      context.sink.Report(Kind::kSetDataWhole, {file, call.argument});
    } else if (call.argument.size() > kLarge) {
      context.sink.Report(Kind::kSetDataLarge, {file, call.span},
                          call.argument.size() / 1024);
    }
    if (call.in_loop) {
      context.sink.Report(Kind::kSetDataInLoop, {file, call.span});
    }
  }
}

const Rule kSetDataRule = {.script = CheckScript};

}  // namespace fcc::check
