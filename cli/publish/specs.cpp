// SPDX-License-Identifier: Apache-2.0
//
// The tables of the commands that fcc-net runs. On its own, because `fcc` links
// this file and nothing else of the room.

#include "cli/publish/publish_command.h"

namespace fcc::publish {

using tool_env::FlagKind;
using tool_env::FlagUse;

static constexpr tool_env::Flag kTokenFile = {
    .name = "token-file",
    .kind = FlagKind::kPath,
    .help = {"file with the platform's secret; or set FCC_TOKEN",
             "存放平台密钥的文件；也可设置 FCC_TOKEN"},
    .value = "FILE"};

static constexpr tool_env::Positional kPublishPositionals[] = {
    {"DIR",
     {"project, or the output of `fcc build`; the current folder by default",
      "项目目录，或 `fcc build` 的输出目录；默认为当前目录"}},
};

static constexpr tool_env::Flag kPublishFlags[] = {
    {.name = "platform",
     .kind = FlagKind::kText,
     .help = {"where to publish", "发布到哪个平台"},
     .value = "URL",
     .letter = 'p'},
    {.name = "app-id",
     .kind = FlagKind::kText,
     .help = {"id of the mini program; `appid` of project.config.json by "
              "default",
              "小程序 ID，默认取 project.config.json 的 `appid`"},
     .value = "ID",
     .project_key = "appid"},
    {.name = "version",
     .kind = FlagKind::kText,
     .help = {"version; from package.json or the git tag by default",
              "版本号，默认取自 package.json 或 git 标签"},
     .value = "V"},
    {.name = "description",
     .kind = FlagKind::kText,
     .help = {"what changed; the last commit's message by default",
              "版本描述，默认为最近一次提交说明"},
     .value = "TEXT",
     .letter = 'm'},
    kTokenFile,
    {.name = "until",
     .kind = FlagKind::kChoice,
     .help = {"last step to take: a platform with reviewers wants `submit`",
              "执行到哪一步；由他人审核的平台用 `submit`"},
     .value = "STEP",
     .fallback = "release",
     .choices = "upload|build|submit|release"},
    {.name = "dry-run",
     .help = {"show what would be sent where; send nothing",
              "只显示将要发送的内容，不真正发送"},
     .letter = 'n'},
    {.name = "status",
     .help = {"show the versions on the platform; send nothing",
              "显示平台上的版本，不发送任何内容"}},
    {.name = "force",
     .help = {"publish although this version is online already",
              "即使该版本已上线也继续发布"}},
    {.name = "retries",
     .kind = FlagKind::kNumber,
     .help = {"more tries when the network or the platform fails",
              "网络或平台出错时的重试次数"},
     .value = "N",
     .fallback = "4"},
    {.name = "mode",
     .kind = FlagKind::kChoice,
     .help = {"how to build", "构建模式"},
     .fallback = "production",
     .choices = "development|production"},
    {.name = "out",
     .kind = FlagKind::kPath,
     .help = {"where the build goes, and stays", "构建结果的输出目录"},
     .value = "DIR",
     .fallback = "dist",
     .letter = 'o'},
    {.name = "ext",
     .kind = FlagKind::kText,
     .help = {"text for the version's `ext`; by default the digest by which a "
              "second run knows what is there",
              "版本的 `ext` 字段，默认为内容摘要，用于重复发布时识别"},
     .value = "TEXT"},
    {.name = "format",
     .kind = FlagKind::kChoice,
     .help = {"how to answer", "输出格式"},
     .fallback = "text",
     .choices = "text|json"},
    {.name = "built",
     .kind = FlagKind::kPath,
     .help = {"what to publish", "已构建的目录"},
     .use = FlagUse::kHidden},
};

static constexpr tool_env::Example kPublishExamples[] = {
    {"FCC_TOKEN=… fcc publish --platform https://finclip.example", {}},
    {"fcc publish --dry-run", {"what would be sent", "查看将要发送的内容"}},
    {"fcc publish --until submit --format json",
     {"in a pipeline; a person reviews", "在流水线中使用，由人工审核"}},
};

const tool_env::CommandSpec kPublishSpec = {
    .name = "publish",
    .summary = {"check, build, upload, submit and release",
                "检查、构建、上传、提审并发布"},
    .details =
        {"Takes a project to a FinClip platform in one go. Running it "
         "again is harmless: what the platform has already is not sent "
         "twice, and a release cut short goes on where it stood. The "
         "secret comes from FCC_TOKEN or a file, never from a flag.",
         "一次完成到 FinClip 平台的发布。可以放心重复执行：平台已有的内容不会"
         "重复发送，中断的发布会从中断处继续。密钥只来自 FCC_TOKEN "
         "或文件，不通过命令行参数传递。"},
    .positionals = kPublishPositionals,
    .flags = kPublishFlags,
    .examples = kPublishExamples,
};

static constexpr tool_env::Flag kPlatformFlags[] = {
    {.name = "data",
     .kind = FlagKind::kPath,
     .help = {"folder in which it keeps everything", "存放全部数据的目录"},
     .value = "DIR",
     .fallback = ".fcc-platform"},
    {.name = "port",
     .kind = FlagKind::kNumber,
     .help = {"port on 127.0.0.1; 0 for any free one",
              "127.0.0.1 上的端口；0 表示任选空闲端口"},
     .value = "N",
     .fallback = "8190"},
    kTokenFile,
    {.name = "app",
     .kind = FlagKind::kText,
     .help = {"a mini program that it knows; any when none is given",
              "平台上存在的小程序 ID；不指定则接受任意 ID"},
     .value = "ID",
     .use = FlagUse::kRepeated},
    {.name = "format",
     .kind = FlagKind::kChoice,
     .help = {"how to say where it listens", "启动信息的格式"},
     .fallback = "text",
     .choices = "text|json"},
};

static constexpr tool_env::Example kPlatformExamples[] = {
    {"fcc platform --data /var/lib/fcc --port 8190", {}},
    {"FCC_TOKEN_FILE=.fcc-platform/token fcc publish -p http://127.0.0.1:8190",
     {"publish to it", "发布到本机平台"}},
};

const tool_env::CommandSpec kPlatformSpec = {
    .name = "platform",
    .summary = {"run a platform to publish to, on this machine",
                "在本机运行一个可供发布的平台"},
    .details =
        {"Speaks the open API of a FinClip platform on the loopback "
         "interface and keeps what it is given, also when it is killed. "
         "Without FCC_TOKEN it makes a secret of its own in DIR/token. "
         "What it offers beyond FinClip's API is in docs/platform.md.",
         "在本机回环地址上提供 FinClip 平台的开放接口，数据持久保存，进程被"
         "强制结束也不会丢失。未设置 FCC_TOKEN 时，会在 DIR/token 中"
         "自动生成密钥。扩展接口见 docs/platform.md。"},
    .flags = kPlatformFlags,
    .examples = kPlatformExamples,
};

}  // namespace fcc::publish
