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
# A suite by its name, and what vitest is to run of it. Now and then V8 ends a process in which threads come and go, by a check of its own
# (SIGTRAP) or without one (SIGSEGV; nodejs/node#64500). Where nothing else is wrong, the files that it took along are run again, once.
suite() {
  local name=$1 log=$results/$1.log status=0 ended
  shift
  vitest --reporter=default --reporter=json "--outputFile.json=$results/1-$name.json" "$@" 2>&1 | tee "$log" || status=$?
  mapfile -t ended < <(sed -nE 's#.*signal SIG(TRAP|SEGV).*running test file .*/(test/[^ ]*\.test\.tsx?).*#\2#p' "$log" | sort -u)
  if [ "$status" -ne 0 ] && [ "${#ended[@]}" -gt 0 ] && ! grep -q ' FAIL ' "$log"; then
    echo "V8 has ended ${ended[*]}: once more"
    status=0
    vitest --reporter=default --reporter=json "--outputFile.json=$results/2-$name.json" "${ended[@]}" || status=$?
  fi
  return "$status"
}

# Tests of PC/SC share the machine's one pcscd and mostly wait for it: they run one after the other, beside the rest.
status=0
suite pcsc --maxWorkers=1 test/pcsc >"$results/beside.log" 2>&1 &
beside=$!
suite rest --exclude 'test/pcsc/**' || status=$?
wait "$beside" || status=$?
cat "$results/beside.log"
bash $node scripts/count-tests.mjs "$results"/*.json
exit "$status"
