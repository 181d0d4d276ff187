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
# shellcheck disable=SC2046
vitest $(report rest) --exclude 'test/pcsc/**' || status=$?
wait $! || status=$?
cat "$results/pcsc.log"
bash $node scripts/count-tests.mjs "$results"/*.json
exit "$status"
