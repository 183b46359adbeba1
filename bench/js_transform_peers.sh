#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# js_transform_peers.sh FCC SCRIPT [NODE_MODULES]: whole processes to ES5, best
# of five each: fcc, and of NODE_MODULES what is there of @swc/core and
# @babel/core with @babel/preset-env. Prints milliseconds and bytes of output.
set -euo pipefail
fcc=$1 script=$(realpath "$2") modules=${3:-node_modules}
out=$(mktemp)
trap 'rm -f "$out"' EXIT

best() {
  local name=$1 least=
  shift
  for _ in 1 2 3 4 5; do
    local begin end took
    begin=$(date +%s%N)
    "$@" > "$out" || { echo "$name: failed"; return; }
    end=$(date +%s%N)
    took=$(((end - begin) / 10000))
    if [ -z "$least" ] || [ "$took" -lt "$least" ]; then least=$took; fi
  done
  printf '%-6s %6d.%02d ms %9d bytes\n' "$name" $((least / 100)) \
    $((least % 100)) "$(stat -c %s "$out")"
}

best fcc "$fcc" transform "$script" --script --compact
export NODE_PATH=$modules
[ -d "$modules/@swc/core" ] && best swc node -e '
  const text = require("fs").readFileSync(process.argv[1], "utf8");
  process.stdout.write(require("@swc/core").transformSync(text, {
    isModule: false, minify: true, configFile: false, swcrc: false,
    jsc: {target: "es5", minify: {compress: false, mangle: false}},
  }).code)' "$script"
[ -d "$modules/@babel/core" ] && best babel node -e '
  const text = require("fs").readFileSync(process.argv[1], "utf8");
  process.stdout.write(require("@babel/core").transformSync(text, {
    babelrc: false, configFile: false, sourceType: "script", compact: true,
    comments: false, presets: [[require("@babel/preset-env"),
      {targets: {ie: "11"}, forceAllTransforms: true, modules: false}]],
  }).code)' "$script"
exit 0
