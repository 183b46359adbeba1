#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# CPU time and the most memory of `fcc check` on a generated app:
#   bench/check_memory.sh FCC [FILES]
# with nothing kept, with what the run before kept, and on all cores.
set -eu
fcc=$1
files=${2:-3000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 "$(dirname "$0")/generate_app.py" "$work/app" "$files"
measure() {
  name=$1
  shift
  # What is reported is no failure of the run.
  /usr/bin/time -o "$work/time" -f '%U %S %M' \
    env FCC_CACHE="$work/cache" "$fcc" check "$work/app" --format json "$@" \
    >"$work/out" 2>/dev/null || true
  tail -1 "$work/time" | awk -v name="$name" \
    '{printf "%-22s %6.2f s CPU %7.1f MB\n", name, $1 + $2, $3 / 1024}'
}
measure 'first, one thread' -j 1
measure 'again, one thread' -j 1
rm -rf "$work/cache"
measure 'first, all threads'
