#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# component_peers.sh FCC [SIMULATE]: whole processes, best and median of seven,
# from the start of the process to the end: the smallest component rendered and
# tapped, and 1,000 of them. SIMULATE is a folder whose node_modules hold
# miniprogram-simulate and jsdom; without it only fcc runs.
set -euo pipefail
fcc=$(realpath "$1")
peer=${2:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The component of the comparison: a button that counts its taps.
component() {
  mkdir -p "$1"
  echo '{"component": true}' > "$1/btn.json"
  echo '<view class="btn" bindtap="tap">{{n}}</view>' > "$1/btn.wxml"
  echo '.btn { color: red; }' > "$1/btn.wxss"
  cat > "$1/btn.js" <<'JS'
Component({
  data: { n: 0 },
  methods: { tap() { this.setData({ n: this.data.n + 1 }); } },
});
JS
}

project() {
  mkdir -p "$work/$1/pages" "$work/$1/tests"
  component "$work/$1/btn"
  echo '{"pages": ["pages/p"]}' > "$work/$1/app.json"
  echo 'App({});' > "$work/$1/app.js"
  echo '{"usingComponents": {"btn": "/btn/btn"}}' > "$work/$1/pages/p.json"
  echo "<btn wx:for=\"{{$2}}\" wx:key=\"*this\"/>" > "$work/$1/pages/p.wxml"
  echo 'Page({});' > "$work/$1/pages/p.js"
  cat > "$work/$1/tests/tap.test.js" <<'JS'
it('taps', async () => {
  const page = await app.reLaunch('/pages/p');
  const button = await page.$('btn >>> .btn');
  await button.tap();
  expect(await button.text()).toBe('1');
});
JS
}

measure() {
  local name=$1
  shift
  "$@" >/dev/null || { echo "$name: failed"; return; }
  local runs=()
  for _ in 1 2 3 4 5 6 7; do
    runs+=("$(/usr/bin/time -f '%e %U %S %M' "$@" 2>&1 >/dev/null | tail -1)")
  done
  printf '%s\n' "${runs[@]}" | sort -n | awk -v name="$name" '
    { wall[NR] = $1; cpu[NR] = $2 + $3; rss[NR] = $4 / 1024 }
    END {
      mid = int((NR + 1) / 2)
      printf "%-28s best %5.2f s  median %5.2f s  cpu %5.2f s  %6.1f MB\n",
             name, wall[1], wall[mid], cpu[mid], rss[mid]
    }'
}

project one 1
project many 1000
measure "fcc, 1 component" "$fcc" run "$work/one"
measure "fcc, 1,000 components" "$fcc" run "$work/many"

if [ -n "$peer" ]; then
  component "$work/peer"
  cat > "$work/peer/run.js" <<'JS'
const {JSDOM} = require('jsdom');
const {window} = new JSDOM('<!doctype html><body></body>', {
  url: 'https://bench.test',
});
for (const name of Object.getOwnPropertyNames(window)) {
  if (!(name in global)) {
    try { global[name] = window[name]; } catch (e) { /* not ours */ }
  }
}
for (const name of ['Event', 'CustomEvent']) global[name] = window[name];
global.window = window;
global.document = window.document;
const simulate = require('miniprogram-simulate');
const id = simulate.load(process.argv[2], 'main', {compiler: 'official'});
let last;
for (let i = +process.argv[3]; i > 0; --i) {
  last = simulate.render(id, {});
  last.attach(document.createElement('div'));
}
last.querySelector('.btn').dispatchEvent('tap');
const wait = () => {
  if (last.data.n === 1) process.exit();
  setImmediate(wait);
};
setImmediate(wait);
JS
  export NODE_PATH="$(realpath "$peer")/node_modules"
  measure "simulate, 1 component" node "$work/peer/run.js" "$work/peer/btn" 1
  measure "simulate, 1,000 components" node "$work/peer/run.js" \
    "$work/peer/btn" 1000
fi
