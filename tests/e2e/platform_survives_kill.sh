#!/usr/bin/env bash
# The platform answers after `kill -9` with what it had answered before: the
# version online, its bytes, and a release cut short goes on where it stood.
set -euo pipefail
dir=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill -9 "$pid" 2>/dev/null || true; rm -rf "$dir"' EXIT
unset FCC_TOKEN FCC_PLATFORM
export LANG=C.UTF-8 ASAN_OPTIONS=detect_leaks=0

start() {
  "$FCC" platform --data "$dir/data" --port 0 --format json >"$dir/says" &
  pid=$!
  for _ in $(seq 200); do
    [ -s "$dir/says" ] && break
    sleep 0.05
  done
  export FCC_PLATFORM=$(sed 's/.*"url":"\([^"]*\)".*/\1/' "$dir/says")
  export FCC_TOKEN_FILE=$dir/data/token
}

expect() {
  [ "$1" = "$2" ] && return
  echo "expected: $1"
  echo "     got: $2"
  exit 1
}

mkdir -p "$dir/app/package"
echo '[{"root":".","name":"__APP__","filename":"__APP__.zip"}]' \
  >"$dir/app/package/packageConfig.json"
printf 'PK one' >"$dir/app/app.zip"
printf 'PK main' >"$dir/app/package/__APP__.zip"
publish() { "$FCC" publish "$dir/app" --app-id fc1 -m test -q "$@"; }

start
expect 'fc1 1.0.0 is online' "$(publish --version 1.0.0)"
printf 'PK two' >"$dir/app/app.zip"
expect 'fc1 1.1.0 is registered, and not yet submitted' \
  "$(publish --version 1.1.0 --until build)"
# A second platform cannot have the port of the first.
if "$FCC" platform --data "$dir/other" --port "${FCC_PLATFORM##*:}" \
  2>"$dir/refused"; then
  echo 'two platforms on one port'
  exit 1
fi
grep -q 'cannot listen' "$dir/refused"
kill -9 "$pid"
wait "$pid" 2>/dev/null || true

start
expect 'online         1.0.0' "$(publish --status | head -1)"
printf 'PK one' >"$dir/app/app.zip"
expect 'fc1 1.0.0 is online already, with these contents' \
  "$(publish --version 1.0.0)"
printf 'PK two' >"$dir/app/app.zip"
expect 'fc1 1.1.0 is online' "$(publish --version 1.1.0)"
expect 'online         1.1.0' "$(publish --status | head -1)"
# Ends by itself when told to.
kill -TERM "$pid"
wait "$pid"
pid=
echo ok
