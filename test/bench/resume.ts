import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeCard } from '../../src/encoder/encode-card.ts';
import { OperationJournal } from '../../src/kiosk/journal.ts';
import { type OwnDatabase, openOwnDatabase } from '../../src/kiosk/own-database.ts';
import { isWriteCommand } from '../../src/piv/apdu.ts';
import { PivSession } from '../../src/piv/session.ts';
import type { InsertableCard } from '../../src/readers/memory-readers.ts';
import type { PersonalityName } from '../../src/virtual-card/personality.ts';
import type { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { aCard, aCentral, anImage, ascii, NEW_PIN, OLD_PIN } from '../encoder/support/card-run.ts';
import { pinOf } from '../tear/card-copy.ts';
import { type KioskPlace, openKiosk } from '../tear/tear-kiosk.ts';
import { OLD_PIN as ISSUED_PIN, type TearCard, TearWorld } from '../tear/tear-world.ts';
import { walk } from '../tear/walk.ts';
import { type Benchmark, round } from './measure.ts';

const MAKES: readonly PersonalityName[] = ['full', 'standard', 'torn-writes'];
const CUTS_PER_MAKE = 16;
const MOST_EXTRA_WRITES = 15;
const CHAINING = 0x10;

/** What a resume writes beyond what was left, at the real kiosk and central. */
export const resumeApdus: Benchmark = {
  names: ['resume.apdus'],
  about: `write APDUs of the run that finishes a card, minus those that were left when it was cut off; the most over ${CUTS_PER_MAKE} cuts each on ${MAKES.join(', ')}, spread over the whole rewrite, at the real kiosk and central. A chained command that was cut off in the middle was not carried out: all its blocks count as left. The probing of a card's commands (4 write instructions by their number) is in both runs.`,
  async run() {
    const world = await TearWorld.open();
    try {
      const place = await world.place('bench');
      let most = 0;
      for (const make of MAKES) most = Math.max(most, await mostExtraWrites(world, place, make));
      return [
        {
          ...{ name: 'resume.apdus', value: most, unit: 'APDUs', against: null, ratio: null },
          ...{ goal: `≤ ${MOST_EXTRA_WRITES}`, holds: most <= MOST_EXTRA_WRITES },
        },
      ];
    } finally {
      await world.close();
    }
  },
};

async function mostExtraWrites(world: TearWorld, place: KioskPlace, make: PersonalityName): Promise<number> {
  const uncut = await world.issue(make);
  const all = await writesOf(place, uncut, ISSUED_PIN);
  const { apdus } = uncut.card.counters;
  let most = 0;
  for (let n = 0; n < CUTS_PER_MAKE; n += 1) {
    const card = await world.issue(make);
    card.card.cutAt(1 + Math.floor(((n + 0.5) * apdus) / CUTS_PER_MAKE), 'after');
    const first = await writesOf(place, card, ISSUED_PIN);
    const pin = (await pinOf(card, [NEW_PIN, ISSUED_PIN]))!;
    most = Math.max(most, first + (await writesOf(place, card, pin)) - all);
  }
  return most;
}

/** Write APDUs of one visit, those of a command that was cut off in the middle left out. */
async function writesOf(place: KioskPlace, { card }: TearCard, pin: string): Promise<number> {
  const count = { done: 0, chained: 0 };
  const kiosk = await openKiosk(place);
  try {
    kiosk.insert(counted(card, count));
    await walk(kiosk.screen, { pins: [pin], newPin: NEW_PIN });
  } finally {
    await kiosk.close();
  }
  return count.done;
}

function counted(card: VirtualCard, count: { done: number; chained: number }): InsertableCard {
  return {
    atr: card.atr,
    isContactless: false,
    reset: () => card.reset(),
    transmit(apdu) {
      if (isWriteCommand(apdu)) {
        count.chained += 1;
        if ((apdu[0]! & CHAINING) === 0) {
          count.done += count.chained;
          count.chained = 0;
        }
      }
      return card.transmit(apdu);
    },
  };
}

const APDU_MS = 20;
const LARGEST_SHARE = 0.03;
const RUNS = 5;

/** The kiosk's real journal, on a disk, beside a card as slow as real ones. */
export const journalCost: Benchmark = {
  names: ['journal.cost'],
  about: `the share of a run that is spent in the kiosk's journal (SQLite, every entry durable), four elliptic keys and every object, a card that takes ${APDU_MS} ms an APDU, a central that answers at once; the middle of ${RUNS} runs.`,
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'recard-bench-'));
    const refuse = (error: Error) => {
      throw error;
    };
    const chainPorts = { now: () => new Date(), signer: () => null };
    const own = openOwnDatabase(join(folder, 'own.sqlite'), refuse, chainPorts);
    try {
      const shares: number[] = [];
      for (let run = 0; run < RUNS; run += 1) shares.push(await shareOfJournal(own));
      const value = shares.sort((a, b) => a - b)[(RUNS - 1) / 2]!;
      return [
        {
          ...{ name: 'journal.cost', value: round(value), unit: 'share', against: null, ratio: null },
          ...{ goal: `< ${LARGEST_SHARE}`, holds: value < LARGEST_SHARE },
        },
      ];
    } finally {
      own.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function shareOfJournal(own: OwnDatabase): Promise<number> {
  const card = aCard();
  const central = aCentral(anImage('P-256'));
  card.faults.delayMs = APDU_MS;
  const session = await PivSession.select(card);
  const capabilities = await session.capabilities();
  const { plan, recipient } = await central.begin(false);
  const journal = new OperationJournal(own, plan.operationId, plan.cardId, () => new Date());
  let journalMs = 0;
  const timed = (work: () => void) => {
    const begun = performance.now();
    work();
    journalMs += performance.now() - begun;
  };
  const begun = performance.now();
  await encodeCard({
    ...{ connection: card, plan, capabilities, central },
    journal: {
      intend: (step) => timed(() => journal.intend(step)),
      done: (step) => timed(() => journal.done(step)),
    },
    pin: { old: ascii(OLD_PIN), next: ascii(NEW_PIN), isKept: false },
    openSealed: (sealed, context) => recipient.open(sealed, context),
    onProgress: () => {},
    signal: new AbortController().signal,
  });
  return journalMs / (performance.now() - begun);
}
