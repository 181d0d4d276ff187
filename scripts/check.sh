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

# Tests of PC/SC share the machine's one pcscd and mostly wait for it: they run one after the other, beside the rest.
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
report() { echo --reporter=default --reporter=json "--outputFile.json=$results/$1.json"; }
status=0
# shellcheck disable=SC2046
vitest $(report pcsc) --maxWorkers=1 test/pcsc >"$results/pcsc.log" 2>&1 &
beside=$!
# shellcheck disable=SC2046
vitest $(report rest) --exclude 'test/pcsc/**' 2>&1 | tee "$results/rest.log" || status=$?
# Now and then V8 ends a process in which threads come and go, by a check of its own (nodejs/node#64500). Where nothing else is wrong, the
# files that it took along are run again, once.
if [ "$status" -ne 0 ] && grep -q 'Check failed: jit_page' "$results/rest.log" && ! grep -q ' FAIL ' "$results/rest.log"; then
  mapfile -t ended < <(sed -nE 's#.*signal SIGTRAP.*running test file .*/(test/[^ ]*\.test\.tsx?).*#\1#p' "$results/rest.log" | sort -u)
  if [ "${#ended[@]}" -gt 0 ]; then
    echo "V8 has ended ${ended[*]}: once more"
    status=0
    # shellcheck disable=SC2046
    vitest $(report again) "${ended[@]}" || status=$?
  fi
fi
wait "$beside" || status=$?
cat "$results/pcsc.log"
bash $node scripts/count-tests.mjs "$results"/*.json
exit "$status"
