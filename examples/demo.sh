#!/usr/bin/env bash
# demo.sh BIN: takes examples/todo from source to a published, encrypted package
# with the programs in BIN, and shows every command as one would type it. What it
# makes stays in build/demo.
set -euo pipefail
bin=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
work=$root/build/demo
rm -rf "$work"
mkdir -p "$work"
cp -r "$root/examples/todo" "$work/todo"
cd "$work"
export PATH=$bin:$PATH
unset FCC_TOKEN FCC_TOKEN_FILE FCC_PLATFORM

case ${FCC_LANG:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}} in
  zh*) zh=1; export FCC_LANG=zh ;;
  *) zh=; export FCC_LANG=en ;;
esac
bold= dim= plain=
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
  bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'
fi

platform=
stop() { [ -z "$platform" ] || kill "$platform" 2>/dev/null || true; }
trap stop EXIT

step=0
# say EN ZH: the one in the reader's language.
say() { if [ -n "$zh" ]; then printf '%s' "$2"; else printf '%s' "$1"; fi; }
title() {
  step=$((step + 1))
  printf '\n%s%d  %s%s\n' "$bold" "$step" "$(say "$1" "$2")" "$plain"
}
# show COMMAND…: the command as one would type it, then what it says.
show() {
  local line= word
  for word in "$@"; do
    case $word in *[!a-zA-Z0-9_./:=-]*) word="'$word'" ;; esac
    line+=" $word"
  done
  printf '%s$%s%s\n' "$dim" "$plain" "$line"
  "$@"
}

printf '%s%s%s\n' "$bold" "$(say \
  'A to-do list, from source to a published, encrypted package' \
  '一个待办小程序：从源码到加密并发布的代码包')" "$plain"

title 'Check: errors, and what a FinClip host does not have' \
  '检查：错误，以及 FinClip 宿主不支持的用法'
show fcc check todo

title 'Run its scenarios in the simulator: no phone, no window, no browser' \
  '在模拟器中运行场景测试：不需要手机、窗口或浏览器'
show fcc run todo

title 'Compile into the packages that a FinClip platform takes' \
  '编译为 FinClip 平台接受的代码包'
show fcc build todo -o dist --mode production

title 'Seal: one encrypted container, opened in memory only' \
  '密封：单个加密文件，仅在内存中解密'
show fcc keygen release.key
show fcc seal dist -o todo.fcp --key release.key
show fcc run todo.fcp --key release.key --smoke

title 'Publish: upload, register, review, release' '发布：上传、登记、审核、上线'
fcc platform --data platform --port 0 --format json >platform.json &
platform=$!
for _ in $(seq 100); do
  [ -s platform.json ] && break
  sleep 0.05
done
export FCC_PLATFORM=$(sed 's/.*"url":"\([^"]*\)".*/\1/' platform.json)
export FCC_TOKEN_FILE=$work/platform/token
printf '%s$%s fcc platform --data platform &\n' "$dim" "$plain"
printf '%s$%s export FCC_PLATFORM=%s FCC_TOKEN_FILE=platform/token\n' "$dim" \
  "$plain" "$FCC_PLATFORM"
show fcc publish todo --version 1.0.0 -m "$(say 'first release' '首个版本')"
show fcc publish todo --status

printf '\n%s\n' "$(say \
  'All of it is in build/demo. Next: fcc init my-app' \
  '所有产物都在 build/demo。接下来：fcc init my-app')"
