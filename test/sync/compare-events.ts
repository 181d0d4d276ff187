import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Central } from '../../src/central/central.ts';
import { eventsOf, listChains } from '../../src/central/repositories/kiosk-chains.ts';
import { COUNTED } from './sync-kiosk.ts';
import type { WorldKiosk } from './sync-world.ts';

/** What became of a kiosk's events. */
export interface EventCount {
  /** Recorded, of those that are counted. */
  readonly events: number;
  /** Not at central. */
  readonly lost: number;
  /** At central more than once. */
  readonly doubled: number;
  /** What else is not as it was recorded. */
  readonly faults: readonly string[];
}

interface Link {
  readonly chain: string;
  readonly n: number;
  readonly body: string;
  readonly hash: string;
}

/**
 * Compares the chains of a kiosk with those that central has of it.
 * @param last the greatest number that the kiosk has said to be durable; -1 for none
 */
export async function compareEvents(
  central: Central,
  { place, id }: WorldKiosk,
  last: number,
): Promise<EventCount> {
  const recorded = linksOf(join(place.folder, 'own.sqlite'));
  const arrived: Link[] = [];
  for (const chain of await listChains(central.database)) {
    if (chain.kioskId !== id) continue;
    for await (const { chainId, n, body, hash } of eventsOf(central.database, chain))
      arrived.push({ chain: chainId, n, body: body ?? '', hash: Buffer.from(hash ?? []).toString('hex') });
  }
  const numbers = countedNumbers(arrived);
  const events = Math.max(last + 1, countedNumbers(recorded).length);
  const present = new Set(numbers);
  const lost = Array.from({ length: events }, (_, i) => i).filter((i) => !present.has(i)).length;
  const doubled = numbers.length - present.size;
  const faults: string[] = [];
  if (numbers.some((i, at) => i !== at)) faults.push(`${place.name}: its events are not in order at central`);
  const differing = recorded.findIndex((link, at) => JSON.stringify(link) !== JSON.stringify(arrived[at]));
  if (differing >= 0 || recorded.length !== arrived.length)
    faults.push(
      `${place.name}: central has ${arrived.length} links of ${recorded.length}, differing from ${differing}`,
    );
  return { events, lost, doubled, faults };
}

function linksOf(path: string): Link[] {
  const file = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const query = `select a.chain, a.n, a.body, a.hash from audit a join chains c on c.id = a.chain order by c.position, a.n`;
    return file.prepare(query).all() as Link[];
  } finally {
    file.close();
  }
}

function countedNumbers(links: readonly Link[]): number[] {
  return links
    .map(({ body }) => JSON.parse(body) as { type: string; detail: { i: number } })
    .filter(({ type }) => type === COUNTED)
    .map(({ detail }) => detail.i);
}
