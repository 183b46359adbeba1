#!/usr/bin/env bash
# `make demo` goes through, in both languages, and its lines fit 80 columns.
set -euo pipefail
export ASAN_OPTIONS=detect_leaks=0
unset LC_ALL LC_MESSAGES
says=$(mktemp)
trap 'rm -f "$says"' EXIT
for language in en zh; do
  FCC_LANG=$language "$FCC_SOURCE_DIR/examples/demo.sh" \
    "$(dirname "$FCC")" >"$says" 2>&1 || { cat "$says"; exit 1; }
  case $language in
    en) want='fc-example-todo 1.0.0 is online' ;;
    zh) want='fc-example-todo 1.0.0 已上线' ;;
  esac
  grep -q "$want" "$says" || { cat "$says"; exit 1; }
  if grep -q $'\e' "$says"; then
    echo 'colours in a pipe'
    exit 1
  fi
  # Bytes are more than columns in Chinese: only English can be counted here.
  if [ $language = en ] && LC_ALL=C.UTF-8 grep -nE '^.{81}' "$says"; then
    echo 'wider than 80 columns'
    exit 1
  fi
done
echo ok
