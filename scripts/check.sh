#!/usr/bin/env bash
# Everything that must hold before a commit: types, Biome, knip, then every test. Arguments go to vitest.
set -euo pipefail
cd "$(dirname "$0")/.."
node=scripts/node.sh
export PATH="$PWD/node_modules/.bin:$PATH"
bash $node node_modules/typescript/bin/tsc --noEmit
bash $node node_modules/@biomejs/biome/bin/biome check .
bash $node node_modules/knip/bin/knip.js
bash $node node_modules/vitest/vitest.mjs run "$@"
