#!/usr/bin/env bash
# `npm run demo`: sets up what is missing, then the whole thing on this terminal. Arguments go to the demo.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
setup=()
for argument in "$@"; do [ "$argument" = --pcsc ] && setup=(--pcsc); done
bash "$root/scripts/setup.sh" "${setup[@]}"
exec bash "$root/scripts/node.sh" src/recard.ts demo "$@"
