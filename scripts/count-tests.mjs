// Prints the closing line of a test run: how many passed and failed in all of vitest's JSON reports, in the order of time. Of a file that was
// run again the last run counts.
import { readFileSync } from 'node:fs';

const files = new Map();
for (const report of process.argv.slice(2)) {
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  for (const { name, assertionResults } of testResults) files.set(name, assertionResults);
}
const results = [...files.values()].flat();
const count = (...states) => results.filter(({ status }) => states.includes(status)).length;
console.log(
  `${count('passed')} passed, ${count('failed')} failed, ${count('skipped', 'pending', 'todo', 'disabled')} skipped`,
);
