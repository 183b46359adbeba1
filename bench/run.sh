#!/usr/bin/env bash
# run.sh BUILD: every benchmark of that build, one after another.
set -euo pipefail
for bench in "$1"/bench/*_bench; do
  [ -x "$bench" ] || continue
  echo "== $(basename "$bench")"
  "$bench" --benchmark_min_time=0.5 "${@:2}"
done
