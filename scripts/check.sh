#!/usr/bin/env bash
# Everything that must hold before a commit: types, Biome, knip, then every test. Arguments go to vitest, for some of them.
set -euo pipefail
cd "$(dirname "$0")/.."
node=scripts/node.sh
export PATH="$PWD/node_modules/.bin:$PATH"
bash $node node_modules/typescript/bin/tsc --noEmit
bash $node node_modules/@biomejs/biome/bin/biome check .
bash $node node_modules/knip/bin/knip.js --no-config-hints
vitest() { bash $node node_modules/vitest/vitest.mjs run "$@"; }
if [ $# -gt 0 ]; then
  vitest "$@"
  exit
fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
# A suite by its name, and what vitest is to run of it. Up to two files are run again, once and by themselves, and told at the end:
# - those with which V8 has ended a process by a check of its own (SIGTRAP) or without one (SIGSEGV; nodejs/node#64500)
# - those that failed beside two hundred others on a busy machine; but not where cards are cut off: what may cost a card has one try
suite() {
  local name=$1 log=$results/$1.log status=0 ended failed
  shift
  vitest --reporter=default --reporter=json "--outputFile.json=$results/1-$name.json" "$@" 2>&1 | tee "$log" || status=$?
  [ "$status" -ne 0 ] || return 0
  sed -i 's/\x1b\[[0-9;]*m//g' "$log"
  mapfile -t ended < <(sed -nE 's#.*signal SIG(TRAP|SEGV).*running test file .*/(test/[^ ]*\.test\.tsx?).*#\2#p' "$log" | sort -u)
  mapfile -t failed < <(sed -nE 's#^ FAIL +(test/[^ ]*\.test\.tsx?).*#\1#p' "$log" | sort -u)
  local again=("${ended[@]}" "${failed[@]}")
  if [ "${#again[@]}" -eq 0 ] || [ "${#again[@]}" -gt 2 ]; then return "$status"; fi
  if [[ " ${failed[*]}" =~ \ test/(pcsc|tear|soak)/ ]]; then return "$status"; fi
  if [ "${#ended[@]}" -eq 0 ] && grep -q 'Unhandled Error' "$log"; then return "$status"; fi
  vitest --maxWorkers=1 --reporter=default --reporter=json "--outputFile.json=$results/2-$name.json" "${again[@]}" || return
  echo "at the second try only, by itself: ${again[*]}" | tee -a "$results/again"
}

# Tests of PC/SC share the machine's one pcscd and mostly wait for it: they run one after the other, beside the rest.
status=0
suite pcsc --maxWorkers=1 test/pcsc >"$results/beside.log" 2>&1 &
beside=$!
suite rest --exclude 'test/pcsc/**' || status=$?
wait "$beside" || status=$?
cat "$results/beside.log"
bash $node scripts/count-tests.mjs "$results"/*.json
if [ -e "$results/again" ]; then cat "$results/again"; fi
exit "$status"
