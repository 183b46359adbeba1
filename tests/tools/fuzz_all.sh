#!/usr/bin/env bash
# fuzz_all.sh BUILD SECONDS: every fuzz target for that long, from its corpus in
# tests/fuzz/corpus/<target> where there is one.
set -euo pipefail
build=$(cd "$1" && pwd)
seconds=$2
cd "$(dirname "$0")/../.."
for target in "$build"/tests/*_fuzzer; do
  [ -x "$target" ] || continue
  name=$(basename "$target")
  corpus=tests/fuzz/corpus/$name
  found=$build/corpus/$name
  mkdir -p "$found"
  echo "$name: $seconds s"
  "$target" -max_total_time="$seconds" -print_final_stats=0 -verbosity=0 \
    -artifact_prefix="$found/" "$found" $([ -d "$corpus" ] && echo "$corpus")
done
