import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** Commits changes of single people at a rate, or as near to it as the database comes, until told to end. */
const CONNECTIONS = 16;
const [databaseUrl, people, rate] = process.argv.slice(2);
let isOver = false;
process.once('disconnect', () => {
  isOver = true;
});

await Promise.all(Array.from({ length: CONNECTIONS }, write));

async function write(): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  process.send?.('ready');
  const everyMs = (1000 * CONNECTIONS) / Number(rate);
  let nextAt = performance.now() + Math.random() * everyMs;
  for (let count = 0; !isOver; count += 1) {
    await delay(Math.max(0, nextAt - performance.now()));
    // What could not be written in time is not made up for in a burst.
    nextAt = Math.max(nextAt + everyMs, performance.now() - everyMs);
    const n = 1000 + Math.floor(Math.random() * (Number(people) - 1000));
    await client.query('update people set display_name = $1 where mail = $2', [
      `busy ${count}`,
      `${n}@example.org`,
    ]);
  }
  await client.end();
}
