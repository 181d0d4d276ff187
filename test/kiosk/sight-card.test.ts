import { describe, expect, test } from 'vitest';
import { sightCard } from '../../src/kiosk/sight-card.ts';
import { PivSession } from '../../src/piv/session.ts';
import { MemoryReaders } from '../../src/readers/memory-readers.ts';
import { aCard } from '../encoder/support/card-run.ts';

/** @returns what was seen, and how many objects were read for it */
async function sight(isEnough?: (serial: string) => boolean) {
  const readers = new MemoryReaders(1);
  const card = aCard();
  let reads = 0;
  readers.insert(0, {
    ...{ atr: card.atr, isContactless: false, reset: () => card.reset() },
    transmit: (apdu) => {
      if (apdu[1] === 0xcb) reads += 1;
      return card.transmit(apdu);
    },
  });
  const sighting = await sightCard(await PivSession.select(await readers.open(0)), isEnough);
  await readers.close();
  return { sighting, reads };
}

describe('A card', () => {
  test('that its serial number says enough of is read no further: its CHUID may have three kilobytes', async () => {
    const { sighting, reads } = await sight((serial) => serial === '1234');
    expect(sighting).toMatchObject({ serial: '1234', guid: null, isBlank: false });
    expect(reads).toBe(0);
  });

  test('that is not known by its serial number is read further', async () => {
    const { sighting, reads } = await sight((serial) => serial === '99');
    expect(sighting).toMatchObject({ serial: '1234', isBlank: false });
    expect(reads).toBeGreaterThan(0);
  });
});
