#!/usr/bin/env bash
# Brings what a fresh Debian 12 machine lacks: Debian packages, then `npm ci` with Node 24 as a pinned npm package.
# Idempotent, quiet, and instant when nothing is missing. `--test` (or a demo with --pcsc) adds what only those need.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(build-essential python3 pkg-config libpcsclite-dev pcscd postgresql-15)
for argument in "$@"; do
  case "$argument" in
    --test) packages+=(vsmartcard-vpcd opensc yubico-piv-tool openssl libnss3-tools systemd sqlite3 age debootstrap softhsm2) ;;
    --pcsc) packages+=(vsmartcard-vpcd) ;;
  esac
done

log=$(mktemp)
trap 'rm -f "$log"' EXIT
quietly() {
  "$@" >"$log" 2>&1 || { cat "$log" >&2; echo "recard set-up: failed: $*" >&2; exit 1; }
}

missing=()
for package in "${packages[@]}"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "recard set-up needs root or sudo to install: ${missing[*]}" >&2; exit 1; }
    root=(sudo)
  fi
  echo "recard set-up: installing ${missing[*]}" >&2
  # Central runs a cluster of its own: Debian's main cluster would only take the port. What is there already stays.
  conf=/etc/postgresql-common/createcluster.conf
  if [[ " ${missing[*]} " == *" postgresql-15 "* ]] && ! grep -qs '^create_main_cluster' "$conf"; then
    "${root[@]}" mkdir -p "$(dirname "$conf")"
    echo 'create_main_cluster = false' | "${root[@]}" tee -a "$conf" >/dev/null
  fi
  quietly "${root[@]}" apt-get update
  quietly "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
fi

if ! cmp -s package-lock.json node_modules/.recard-lock 2>/dev/null; then
  echo "recard set-up: installing Node 24 and the libraries (about 30 s)" >&2
  case "$(uname -m)" in
    x86_64) arch=x64 ;;
    aarch64) arch=arm64 ;;
    *) echo "recard set-up: no Node package for $(uname -m)" >&2; exit 1 ;;
  esac
  # Native add-ons are built against the headers of the Node that will load them.
  export npm_config_nodedir="$PWD/node_modules/node-linux-$arch"
  # Not `npm ci`: it refuses a lock file that was made where a registry lacks some platforms' optional packages.
  # This takes the locked versions with their hashes all the same, and writes no lock file.
  quietly npm install --no-save --no-fund --no-audit
  cp package-lock.json node_modules/.recard-lock
fi
