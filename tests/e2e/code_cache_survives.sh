#!/usr/bin/env bash
# The compiled scripts that `fcc run` keeps: whatever happens to them, the next
# run's results are the same. Killed and concurrent runs, changed and cut files,
# another secret, a folder that cannot be written.
set -euo pipefail
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
unset FCC_CACHE
export ASAN_OPTIONS=detect_leaks=0 XDG_CACHE_HOME=$dir/cache
app=$dir/app
store=$dir/cache/fcc/code
mkdir "$app"
cp -R "$FCC_SOURCE_DIR"/examples/todo/. "$app"
# Worth keeping: more than a kilobyte.
{
  echo "module.exports = ["
  seq -f "  'line %.0f'," 200
  echo "];"
} >"$app/big.js"
echo "require('./big.js');" >>"$app/app.js"
run() { (cd "$app" && "$FCC" run --format tap 2>&1) | sed 's/[0-9.]* ms//'; }
check() {
  if [ "$(run)" != "$expected" ]; then
    echo "$1: another result"
    exit 1
  fi
}

expected=$(XDG_CACHE_HOME=$dir/first run)
grep -q '^ok' <<<"$expected"
! grep -q '^not ok' <<<"$expected"
check "an empty store"
ls "$store"/*.bin >/dev/null
[ "$(stat -c %a "$store/key")" = 600 ]
check "a full store"

for file in "$store"/*.bin; do
  printf '\x01' | dd of="$file" bs=1 seek=$(($(stat -c %s "$file") / 2)) \
    conv=notrunc status=none
done
check "changed files"
for file in "$store"/*.bin; do truncate -s 100 "$file"; done
check "cut files"
head -c 32 /dev/zero >"$store/key"
check "another secret"

rm -rf "$store"
for round in $(seq 12); do
  run >/dev/null &
  (cd "$app" && exec "$FCC" run >/dev/null 2>&1) &
  pid=$!
  sleep "0.0$((round % 10))"
  kill -9 "$pid" 2>/dev/null || true
  wait 2>/dev/null || true
  [ $((round % 4)) != 0 ] || rm -rf "$store"
done
check "killed runs"

if [ "$(id -u)" != 0 ]; then
  chmod -R a-w "$store"
  check "a folder that cannot be written"
fi
echo ok
