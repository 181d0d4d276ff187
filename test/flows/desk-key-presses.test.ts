import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DESK_START } from '../../src/flows/desk.ts';
import type { DeskEffect } from '../../src/flows/desk-event.ts';
import { ANNA, aRequestPage, BLANK_IN_HAND, CARD, IN_HAND } from './desk-pages.ts';
import { type Answers, answerTo, DeskPlayer } from './desk-player.ts';

/** The table of docs/operator.md, so that it cannot go stale: each line is played on the desk as it is. */
interface Line {
  readonly to: string;
  readonly keys: readonly string[];
  readonly presses: number;
}

const TABLE: readonly Line[] = readFileSync('docs/operator.md', 'utf8')
  .split('\n')
  .map((line) => /^\| (.+) \| ((?:`[^`]+` ?)+) \| (\d+) \|$/.exec(line))
  .filter((found) => found !== null)
  .map(([, to, keys, presses]) => ({
    ...{ to: to!, presses: Number(presses) },
    keys: [...keys!.matchAll(/`([^`]+)`/g)].map(([, key]) => key!),
  }));

/** A request for a new card that waits to be collected, where one is opened in that view. */
const COLLECTED: Answers = (effect: DeskEffect) => {
  if (effect.run !== 'load' || effect.page.kind !== 'request') return answerTo(effect);
  const page = aRequestPage({ state: 'ready', kind: 'newCard', card: null });
  return { type: 'pageLoaded', attempt: effect.attempt, loaded: { kind: 'request', page } };
};

/** What each line has brought about in the end. */
const DONE: Readonly<Record<string, (player: DeskPlayer) => void>> = {
  'find a person by half a name': ({ page }) =>
    expect(page).toMatchObject({ kind: 'person', personId: ANNA.id, page: { person: ANNA } }),
  'unblock the PIN of the card in the reader, its holder beside you': (player) =>
    expect(player.last('handOver')?.wish).toMatchObject({ kind: 'pinReset', cardId: CARD.id }),
  'give a one-time code, shown, for two minutes': (player) => {
    expect(player.last('act')?.act).toMatchObject({ name: 'giveCode', code: 'short', isSent: false });
    expect(player.last('sign')?.action).toMatchObject({ kind: 'giveCode', cardId: CARD.id });
    expect(player.step).toMatchObject({ kind: 'said', outcome: { kind: 'given' } });
  },
  'rewrite the card in the reader, its holder has the PIN': (player) =>
    expect(player.last('handOver')?.wish).toMatchObject({ kind: 'reprovision', proof: { by: 'pin' } }),
  'request an update of somebody’s card': (player) => asksFor(player, 'cardUpdate'),
  'request a recovered key onto the card in the reader': (player) => asksFor(player, 'existingCard'),
  'approve a request': (player) => {
    expect(player.last('act')?.act).toMatchObject({ name: 'approve' });
    expect(player.step).toEqual({ kind: 'said', outcome: { kind: 'approved' } });
  },
  'collect a new card for its owner, whom you vouch for': (player) =>
    expect(player.last('handOver')?.wish).toMatchObject({ kind: 'issue', proof: { by: 'operator' } }),
  'disable the card in the reader': (player) =>
    expect(player.last('act')?.act).toMatchObject({ name: 'disable', cardId: CARD.id }),
  'cancel a card that is lost': (player) =>
    expect(player.last('act')?.act).toMatchObject({ name: 'cancelCard', reason: 'lost' }),
};

function asksFor(player: DeskPlayer, kind: string): void {
  expect(player.last('act')?.act).toMatchObject({ name: 'makeRequest', request: { kind } });
  expect(player.step).toMatchObject({ kind: 'said', outcome: { kind: 'requested' } });
}

function play({ to, keys }: Line): DeskPlayer {
  const isNewCard = to.startsWith('collect a new card');
  const player = new DeskPlayer(DESK_START, isNewCard ? COLLECTED : answerTo).signIn();
  player.insert(1, isNewCard ? BLANK_IN_HAND : IN_HAND);
  for (const [i, key] of keys.entries()) {
    if (key === 'PIN') player.pin();
    // The PIN of the player comes with its Enter.
    else if (keys[i - 1] === 'PIN') expect(key).toBe('Enter');
    else if (/^[a-z]{2,}$/.test(key)) player.type(key);
    else player.press(key.length === 1 ? key : key.toLowerCase());
  }
  return player;
}

describe('The key presses that docs/operator.md tells', () => {
  it('are of ten actions', () => {
    expect(TABLE.map(({ to }) => to.replace("'", '’')).sort()).toEqual(Object.keys(DONE).sort());
    expect(TABLE).toHaveLength(10);
  });

  it.each(TABLE.map((line) => [line.to, line] as const))('%s', (to, line) => {
    const player = play(line);
    DONE[to.replace("'", '’')]!(player);
    expect(player.presses).toBe(line.presses);
  });

  it('are eight to sign in', () => {
    const player = new DeskPlayer().insert(0).press('openDesk').pin();
    expect(player.desk.state.kind).toBe('open');
    expect(player.presses).toBe(8);
    expect(readFileSync('docs/operator.md', 'utf8')).toContain('six digits and `Enter`: 8.');
  });
});
