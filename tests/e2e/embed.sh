#!/usr/bin/env bash
# The C API: a host in C opens what fcc built, types, taps, gets the app's calls
# and reads the page.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$FCC" build "$FCC_SOURCE_DIR/examples/todo" -o "$dir/dist" >"$dir/build" 2>&1 ||
  { cat "$dir/build"; exit 1; }
embed=$(dirname "$FCC")/embed

expect() {
  grep -qF -- "$1" "$dir/says" && return
  echo "expected: $1"
  cat "$dir/says"
  exit 1
}
for threads in '' --threads; do
  "$embed" $threads "$dir/dist" '.composer-input=milk' .composer-add \
    'todo-item >>> .check' >"$dir/says"
  expect 'pages/index/index: '
  expect '✓milk'
  expect '"tag":"todo-item"'
  expect '"class":"item item-done"'
done

! "$embed" "$dir/dist" '#none' >/dev/null 2>&1
! "$embed" "$dir/nowhere" >/dev/null 2>&1
! "$embed" --threads "$dir/nowhere" >/dev/null 2>&1
