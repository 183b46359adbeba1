#!/usr/bin/env bash
# fetch_peers.sh: prints the folder of what ours is compared with, having filled
# it the first time: $FCC_PEERS, by default ~/.cache/fcc/peers. In it:
#   libraries/      five component libraries, as they are published
#   wcc, wcsc       WeChat's compilers of templates and sheets
#   node_modules/   glass-easel's template compiler
# Needs npm; prints nothing and exits 0 where that is missing.
set -euo pipefail
peers=${FCC_PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/fcc/peers}
if [ ! -e "$peers/done" ]; then
  command -v npm >/dev/null || exit 0
  mkdir -p "$peers/libraries"
  npm install --prefix "$peers" --ignore-scripts --no-audit --no-fund --silent \
    miniprogram-compiler@0.2.3 glass-easel-template-compiler@1.1.0 \
    tdesign-miniprogram@1.16.0 @vant/weapp@1.11.7 weui-miniprogram@1.5.6 \
    wux-weapp@3.11.3 antd-mini@3.4.3 >&2
  # Of a library that is published for several platforms, WeChat's part.
  (cd "$peers/node_modules" && cp -r --parents tdesign-miniprogram @vant/weapp \
    weui-miniprogram wux-weapp antd-mini/compiled/wechat "$peers/libraries")
  for compiler in wcc wcsc; do
    install -m 755 \
      "$peers/node_modules/miniprogram-compiler/bin/linux/$compiler" "$peers"
  done
  touch "$peers/done"
fi
echo "$peers"
