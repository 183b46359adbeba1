#!/usr/bin/env bash
# Whenever `fcc build` is killed, its output folder is the whole of one build:
# the one before or the new one.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export ASAN_OPTIONS=detect_leaks=0
app=$FCC_SOURCE_DIR/examples/todo
build() { exec "$FCC" build "$app" -q -o "$dir/$1" --mode "$2"; }
digest() { (cd "$dir/$1" && find . -type f -print0 | sort -z | xargs -0 sha256sum) | sha256sum; }

(build one development)
(build two production)
one=$(digest one)
two=$(digest two)
[ "$one" != "$two" ]

(build out development)
kills=0
for round in $(seq 24); do
  mode=development
  [ $((round % 2)) = 1 ] && mode=production
  build out $mode &
  pid=$!
  # From before the first byte to after the last, whatever the machine's speed.
  sleep "0.$(printf '%02d' $((round * 2)))"
  kill -9 "$pid" 2>/dev/null && kills=$((kills + 1))
  wait "$pid" 2>/dev/null || true
  now=$(digest out)
  if [ "$now" != "$one" ] && [ "$now" != "$two" ]; then
    echo "round $round: neither the old output nor the new one"
    exit 1
  fi
done
[ "$kills" -gt 0 ]
# The next build leaves nothing of the killed ones behind.
(build out production)
[ "$(digest out)" = "$two" ]
[ "$(ls "$dir")" = "$(printf 'one\nout\ntwo')" ]
echo ok
