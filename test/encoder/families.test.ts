import { describe, expect, test } from 'vitest';
import { PERSONALITIES, type PersonalityName } from '../../src/virtual-card/personality.ts';
import {
  aCard,
  aCentral,
  anImage,
  FACTORY_KEY,
  NEW_PIN,
  OLD_PIN,
  run,
  takesPin,
  takesSecrets,
} from './support/card-run.ts';

const FAMILIES = Object.keys(PERSONALITIES) as PersonalityName[];
const PHOTO = '5FC108';

describe('every family of cards is rewritten', () => {
  test.each(FAMILIES)('%s', async (family) => {
    const card = aCard(family);
    // As fast as the others, whatever its make takes.
    Object.assign(card.faults, { delayMs: 0, keyGenerationMs: 0 });
    const image = anImage('P-256');
    const algorithm = PERSONALITIES[family].factoryManagementKeyAlgorithm;
    const central = aCentral(image, { ...FACTORY_KEY, algorithm });
    const { outcome, error } = await run(card, central);
    expect(error).toBeNull();
    expect(outcome?.kind).toBe('completed');
    for (const { tag, content } of image.objects) {
      expect(card.object(Number.parseInt(tag, 16)), tag).toEqual(Buffer.from(content));
    }
    expect(central.completed?.unwritableObjects).toEqual([]);
    expect(await takesPin(card, NEW_PIN)).toBe(true);
    expect(await takesPin(card, OLD_PIN)).toBe(false);
    expect(await takesSecrets(card, central)).toEqual({ managementKey: true, puk: true });
  });

  test('small, with a photo that it has no room for, which is left out', async () => {
    const card = aCard('small');
    const objects = anImage('P-256').objects.map((object) =>
      object.tag === PHOTO ? { ...object, content: new Uint8Array(5_251).fill(1) } : object,
    );
    const central = aCentral(anImage('P-256', { objects }));
    expect((await run(card, central)).error).toBeNull();
    expect(central.completed?.unwritableObjects).toEqual([PHOTO]);
  });
});
