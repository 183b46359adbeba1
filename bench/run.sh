#!/usr/bin/env bash
# run.sh BUILD: every benchmark of that build, one after another. What they
# measure on, and beside, can be named by FCC_BENCH_…; else it is what
# tests/tools/fetch_peers.sh holds.
set -euo pipefail
peers=$("$(dirname "$0")"/../tests/tools/fetch_peers.sh || true)
if [ -n "$peers" ]; then
  export FCC_BENCH_TEMPLATES=${FCC_BENCH_TEMPLATES:-$peers/libraries}
  export FCC_BENCH_SHEETS=${FCC_BENCH_SHEETS:-$peers/libraries}
  export FCC_BENCH_WCC=${FCC_BENCH_WCC:-$peers/wcc}
  export FCC_BENCH_WCSC=${FCC_BENCH_WCSC:-$peers/wcsc}
  export FCC_BENCH_PEERS=${FCC_BENCH_PEERS:-$peers}
fi
for bench in "$1"/bench/*_bench; do
  [ -x "$bench" ] || continue
  echo "== $(basename "$bench")"
  "$bench" --benchmark_min_time=0.5 "${@:2}"
done
