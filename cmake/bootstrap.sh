#!/usr/bin/env bash
# Installs what the build needs. Does nothing, and asks nothing of the network, when all of it is there.
#   cmake/bootstrap.sh          prints the folder with the npm sources on standard output
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
deps=${FCC_DEPS_DIR:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/fcc/deps}

lines() { grep -vE '^[[:space:]]*(#|$)' "$1"; }
say() { printf '%s\n' "$*" >&2; }
die() { say "bootstrap: $*"; exit 3; }
# "apt-get download" style retry: the network may fail once
retry() { "$@" || { sleep 2; "$@"; } || { sleep 5; "$@"; }; }

missing_apt() {
  lines "$root/cmake/apt.txt" | sort > "$tmp/want"
  dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' | sed -n 's/^ii  *//p' | sort -u > "$tmp/have"
  comm -23 "$tmp/want" "$tmp/have"
}

integrity() { printf 'sha512-%s' "$(openssl dgst -sha512 -binary "$1" | base64 -w0)"; }

tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT

need=$(missing_apt)
command -v npm >/dev/null || need+=$'\nnodejs\nnpm'          # any npm ≥ 8 will do: Debian's 9.2, or one that is there
for tool in git make; do command -v $tool >/dev/null || need+=$'\n'$tool; done
if [ -n "${need//[$'\n']/}" ]; then
  say "installing:" $need
  sudo=; [ "$(id -u)" = 0 ] || sudo=sudo
  export DEBIAN_FRONTEND=noninteractive
  retry $sudo apt-get update -qq
  # shellcheck disable=SC2086
  retry $sudo apt-get install -qq -y --no-install-recommends $need >"$tmp/apt.log" 2>&1 || { cat "$tmp/apt.log" >&2; die "apt-get install failed"; }
fi

mkdir -p "$deps"
while read -r name version want paths; do
  key=$(printf '%s' "$want $paths" | sha256sum | cut -c1-12)   # a change of pin or of paths is a new folder
  dir=$deps/$name-$version
  [ "$(cat "$dir/.pin" 2>/dev/null)" = "$key" ] && continue
  say "fetching $name $version"
  mkdir -p "$tmp/$name/out"
  retry npm pack --silent --prefer-offline --ignore-scripts --pack-destination "$tmp/$name" "$name@$version" >/dev/null
  got=$(echo "$tmp/$name"/*.tgz)
  [ "$(integrity "$got")" = "$want" ] || die "$name@$version: integrity is $(integrity "$got"), pinned is $want"
  tar -xzf "$got" -C "$tmp/$name/out" --strip-components=1 --no-same-owner $(printf 'package/%s ' $paths)
  printf '%s' "$key" > "$tmp/$name/out/.pin"
  rm -rf "$dir.new" "$dir"; cp -r "$tmp/$name/out" "$dir.new"; mv "$dir.new" "$dir"
done < <(lines "$root/cmake/npm.txt")
printf '%s\n' "$deps"
