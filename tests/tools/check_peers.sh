#!/usr/bin/env bash
# check_peers.sh FCC: our two evaluators of templates against each other on every
# case, and our script against WeChat's compiler on five component libraries.
# Needs node; the libraries and the compiler are npm packages, kept in
# $FCC_PEERS (by default ~/.cache/fcc/peers), which needs npm the first time.
set -euo pipefail
fcc=$(realpath "$1")
cd "$(dirname "$0")/../.."
if ! command -v node >/dev/null; then
  echo 'check_peers: node is not installed; nothing is compared'
  exit 0
fi
# Each comparison runs, whatever the one before it found.
failed=0
node tests/tools/gfc_differential.js "$fcc" tests/cases/wxml.json || failed=1

peers=${FCC_PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/fcc/peers}
packages=(miniprogram-compiler@0.2.3 tdesign-miniprogram@1.16.0
  @vant/weapp@1.11.7 weui-miniprogram@1.5.6 wux-weapp@3.11.3 antd-mini@3.4.3)
if [ ! -e "$peers/done" ]; then
  if ! command -v npm >/dev/null; then
    echo 'check_peers: npm is not installed; the libraries are not compared'
    exit $failed
  fi
  mkdir -p "$peers"
  npm install --prefix "$peers" --ignore-scripts --no-audit --no-fund --silent \
    "${packages[@]}"
  touch "$peers/done"
fi
modules=$peers/node_modules
wcc=$peers/wcc
install -m 755 "$modules/miniprogram-compiler/bin/linux/wcc" "$wcc"
node tests/tools/library_differential.js "$fcc" "$wcc" \
  "$modules/tdesign-miniprogram" "$modules/@vant/weapp" \
  "$modules/weui-miniprogram" "$modules/wux-weapp" \
  "$modules/antd-mini/compiled/wechat" || failed=1
exit $failed
