#!/usr/bin/env bash
# check_peers.sh FCC: our two evaluators of templates against each other on every
# case, and on what nobody wrote; five component libraries, all of whose files must compile and whose
# templates must give the trees that WeChat's compiler makes of them. Needs node,
# and what fetch_peers.sh fetches.
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

peers=$(tests/tools/fetch_peers.sh)
if [ -z "$peers" ]; then
  echo 'check_peers: npm is not installed; the libraries are not compared'
  exit $failed
fi
libraries=("$peers"/libraries/{tdesign-miniprogram,@vant/weapp}
  "$peers"/libraries/{weui-miniprogram,wux-weapp,antd-mini/compiled/wechat})
node tests/tools/library_compile.js "$fcc" "${libraries[@]}" || failed=1
node tests/tools/library_differential.js "$fcc" "$peers/wcc" \
  "${libraries[@]}" || failed=1
node tests/tools/random_differential.js "$fcc" "$peers/wcc" \
  "${FCC_SEED:-1}" 400 || failed=1
exit $failed
