#!/usr/bin/env bash
# run.sh BUILD [NODE_MODULES]: sweeps every component of five libraries through
# its properties, events and mounts (component_sweep.cpp). Without NODE_MODULES
# the libraries are installed with npm into BUILD/sweep.
#
# known_throws.tsv names what a library's own code throws on a value of a type it
# declares, with the line; everything else that goes wrong ends this with 1.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$(realpath "$1")
libraries=(@vant/weapp@1.11.7 tdesign-miniprogram@1.16.0
  weui-miniprogram@1.5.6 wux-weapp@3.11.3 antd-mini@3.4.3)
work=$build/sweep
mkdir -p "$work"
modules=${2:-$work/node_modules}
if [ $# -lt 2 ]; then
  command -v npm >/dev/null || { echo "the sweep needs npm; left out"; exit 0; }
  (cd "$work" && npm install --no-save --ignore-scripts "${libraries[@]}")
fi
failed=0
for library in "${libraries[@]}"; do
  package=${library%@*}
  "$here/generate_app.py" "$modules" "$package" "$work/app"
  "$build/tests/component_sweep" "$work/app" "$package" \
    "$here/known_throws.tsv" || failed=1
done
exit $failed
