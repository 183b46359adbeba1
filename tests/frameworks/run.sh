#!/usr/bin/env bash
# run.sh BUILD [RUNS]: boots what four frameworks build on fcc's engine and on
# node, and compares everything they print, setData payloads first of all; then
# says how long each took.
#
# The packages: $FCC_FRAMEWORK_APPS, a directory with <app>/prod for each of
# the apps below (or any others: every directory with a prod/app.json runs).
# Needs node.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$1
runs=${2:-1}
apps=${FCC_FRAMEWORK_APPS:?a directory with <app>/prod of built packages}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

failed=0
found=0
for package in "$apps"/*/prod; do
  [ -f "$package/app.json" ] || continue
  found=1
  app=$(basename "$(dirname "$package")")
  : >"$scratch/node.ms"
  for _ in $(seq "$runs"); do
    node "$here/boot_node.js" "$package" \
      >"$scratch/node" 2>>"$scratch/node.ms"
  done
  boot=("$build/tests/frameworks/framework_boot" "$here/boot.js" "$package")
  "${boot[@]}" "$runs" >"$scratch/fcc" 2>"$scratch/fcc.ms" || true
  "${boot[@]}" $((runs + 1)) "$scratch/cache" >"$scratch/cached" \
    2>"$scratch/cached.ms" || true
  if cmp -s "$scratch/node" "$scratch/fcc" &&
    cmp -s "$scratch/node" "$scratch/cached"; then
    verdict="same $(grep -c '^setData' "$scratch/fcc") payloads, $(wc -c <"$scratch/fcc") bytes"
  else
    verdict="DIFFERS"
    failed=1
    diff "$scratch/node" "$scratch/fcc" | cut -c1-300 | head -10 || true
  fi
  echo "$app: $verdict"
  echo "  node  $(sort -n "$scratch/node.ms" | head -1) (fastest of $runs processes)"
  echo "  fcc   $(cat "$scratch/fcc.ms") (fastest of $runs heaps)"
  echo "  fcc   $(cat "$scratch/cached.ms") with bytecode from the cache"
done
[ "$found" = 1 ] || { echo "no packages in $apps"; exit 2; }
exit $failed
