import { expect, test, vi } from 'vitest';
import { CentralClient } from '../../src/kiosk/central-client.ts';
import { WaitingOperationCentral } from '../../src/kiosk/operation-central.ts';
import { SOON } from '../support/soon.ts';
import { CARD_ID } from './support/small-world.ts';

test('a certificate that nobody waits for any more is not asked for again', async () => {
  // Nothing listens there.
  const client = new CentralClient({ url: 'https://127.0.0.1:9', identityFile: '/nowhere', timeoutMs: 1000 });
  let sleeps = 0;
  const sleep = async (_ms: number, signal?: AbortSignal) => {
    sleeps += 1;
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  };
  const central = new WaitingOperationCentral({
    ...{ client, operationId: CARD_ID, pause: { sleep, random: () => 0.5 } },
    ...{ signal: new AbortController().signal, onWaiting: () => {} },
  });
  const asked = central.certificate('9A', Uint8Array.of(1), null).catch((error: unknown) => error);
  await vi.waitFor(() => expect(sleeps).toBeGreaterThan(2), SOON);
  central.stop();
  expect(await asked).toHaveProperty('name', 'AbortError');
  await expect(central.intend('puk')).rejects.toHaveProperty('name', 'AbortError');
});
