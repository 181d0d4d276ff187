#!/usr/bin/env bash
# Runs the pinned Node 24 with the given arguments; the caller's working directory is kept.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
case "$(uname -m)" in x86_64) arch=x64 ;; *) arch=arm64 ;; esac
node="$root/node_modules/node-linux-$arch/bin/node"
[ -x "$node" ] || { echo "recard: the runtime is missing, run: npm run setup" >&2; exit 1; }
[ "${1:-}" = src/recard.ts ] && { shift; set -- "$root/src/recard.ts" "$@"; }
exec "$node" "$@"
