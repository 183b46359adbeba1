#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Compares real code and small TypeScript programs before and after
# `fcc transform`: run.sh FCC [DIR…]. Needs node and npm: the compiler to
# compare with and the libraries are installed into build/js_differential.
# DIR: apps that Taro or uni-app built, to compare as well.
set -eu
fcc=$(realpath "$1")
shift
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v npm >/dev/null; then
  echo 'js_differential: skipped, there is no npm' >&2
  exit 0
fi
place=$here/../../../build/js_differential
mkdir -p "$place"
[ -f "$place/package.json" ] || echo '{"private":true}' >"$place/package.json"
npm --prefix "$place" install --silent --ignore-scripts --no-audit --no-fund \
  typescript@5.4.5 tdesign-miniprogram@1.16.0 @vant/weapp@1.11.7 \
  weui-miniprogram@1.5.6 wux-weapp@3.11.3 antd-mini@3.4.3 \
  tinycolor2@1.6.0 marked@15.0.0
NODE_PATH=$place/node_modules
export NODE_PATH
node "$here/../typescript_differential.js" "$fcc"
for library in tdesign-miniprogram @vant/weapp weui-miniprogram wux-weapp \
  antd-mini; do
  set -- "$@" "$place/node_modules/$library"
done
node "$here/js_differential.js" "$fcc" --modes es5,minify,obfuscate3 "$@"
