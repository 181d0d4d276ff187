#!/usr/bin/env bash
# `npm run demo`: sets up what is missing, then the whole thing on this terminal. Arguments go to the demo.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
setup=()
for argument in "$@"; do [ "$argument" = --pcsc ] && setup=(--pcsc); done
bash "$root/scripts/setup.sh" "${setup[@]}"
status=0
bash "$root/scripts/node.sh" src/recard.ts demo "$@" || status=$?
# A kiosk that was killed leaves the alternate screen and raw mode behind.
if [ "$status" -gt 128 ] && [ -t 1 ]; then
  printf '\033[?1049l\033[?25h\033[?2004l'
  stty sane
fi
exit "$status"
