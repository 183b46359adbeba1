#!/usr/bin/env bash
# script_peers.sh BUILD [RUNS]: fcc's engine beside node and beside Duktape as
# Debian configures it, in one run: small programs (script_peers/*.js), heaps,
# and the boots of framework apps with all their pages where
# $FCC_FRAMEWORK_APPS names them (tests/frameworks/run.sh). Needs node.
#
# Of RUNS runs in one process: the first, the fastest, and the CPU time of the
# fastest, which for node includes its compiler's and collector's threads.
# All in milliseconds; /node and /stock are ratios of CPU times.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$1
runs=${2:-10}
scratch=$(mktemp)
trap 'rm -f "$scratch"' EXIT

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b > 0) printf "%.2f", a / b; else print "-" }'; }

printf '%-12s | %26s | %26s | %26s | %7s %7s\n' "" \
  "fcc first  best   cpu" "node first  best   cpu" \
  "stock first  best   cpu" "/node" "/stock"
failed=0
for program in "$here"/script_peers/*.js; do
  name=$(basename "$program" .js)
  [ "$name" != node_runner ] || continue
  read -r f1 f2 f3 fvalue < <("$build/bench/fcc_runner" "$program" "$runs")
  read -r n1 n2 n3 nvalue < <(node "$here/script_peers/node_runner.js" "$program" "$runs")
  if ! stock=$("$build/bench/stock_runner" "$program" "$runs" 2>/dev/null); then
    stock="- - -"
  fi
  read -r s1 s2 s3 _ <<<"$stock"
  [ "$fvalue" = "$nvalue" ] || { name="$name!"; failed=1; }
  printf '%-12s | %8s %8s %8s | %8s %8s %8s | %8s %8s %8s | %7s %7s\n' \
    "$name" "$f1" "$f2" "$f3" "$n1" "$n2" "$n3" "$s1" "$s2" "$s3" \
    "$(ratio "$f3" "$n3")" "$(ratio "$f3" "${s3/-/0}")"
done

read -r per_heap growth < <("$build/bench/fcc_runner" --heaps 1000)
echo "1,000 heaps: $per_heap ms each, grown by $growth KiB"
[ "$growth" -lt 1024 ] || failed=1

if [ -n "${FCC_FRAMEWORK_APPS:-}" ]; then
  echo
  "$here/../tests/frameworks/run.sh" "$build" "$runs" || failed=1
  # Why there is no third line: stock Duktape is asked what it lacks.
  cat >"$scratch" <<'EOF'
function run() {
  var root = new Function('return this')();
  throw ['Promise', 'Map', 'Set', 'WeakMap', 'Symbol.iterator', 'Array.from']
      .filter(function (name) {
        return !name.split('.').reduce(function (o, key) {
          return o && o[key];
        }, root);
      }).join(', ');
}
EOF
  "$build/bench/stock_runner" "$scratch" 1 2>&1 |
    sed 's/^/  stock boots none of them, for want of /' || true
fi
exit $failed
