import { randomUUID } from 'node:crypto';
import { kioskCertificates } from '../../../db/central/schema.ts';
import { findKioskByName } from '../../../src/central/repositories/kiosk-register.ts';
import type { KioskEvent, SignedEvent } from '../../../src/protocol/event.ts';
import { CHAIN_START, eventHash, signedBytes } from '../../../src/protocol/event-hash.ts';
import { TestSigner } from '../../support/event-signer.ts';
import type { CentralWorld } from './central-world.ts';
import type { KioskCaller } from './kiosk-caller.ts';

/** A kiosk with a certificate, and one chain of its events. */
export class SignedChain {
  readonly id = randomUUID();
  readonly name: string;
  readonly kioskId: string;
  readonly kiosk: KioskCaller;
  signer: TestSigner;
  #n = 0;
  #hash = CHAIN_START;

  private constructor(name: string, kioskId: string, kiosk: KioskCaller, signer: TestSigner) {
    this.name = name;
    this.kioskId = kioskId;
    this.kiosk = kiosk;
    this.signer = signer;
  }

  static async of(world: CentralWorld, name: string): Promise<SignedChain> {
    const kiosk = await world.addKiosk(name);
    const { id } = (await findKioskByName(world.central.database, name))!;
    return new SignedChain(name, id, kiosk, await certify(world, id));
  }

  /** The kiosk has another key from now on. */
  async renew(world: CentralWorld): Promise<void> {
    this.signer = await certify(world, this.kioskId);
  }

  /** The next event; the chain goes on after it. */
  next(change: Partial<KioskEvent> = {}): SignedEvent {
    this.#n += 1;
    const event = {
      type: 'card.inserted',
      cardId: null,
      operationId: null,
      detail: { n: this.#n },
      ...change,
    };
    const body = JSON.stringify({ chain: this.id, n: this.#n, at: '2026-11-22T12:00:00.000Z', ...event });
    this.#hash = eventHash(this.#hash, body);
    return this.sign(body, this.#hash);
  }

  some(count: number): SignedEvent[] {
    return Array.from({ length: count }, () => this.next());
  }

  /** As the kiosk signs it, whatever it is. */
  sign(body: string, hash: Uint8Array): SignedEvent {
    const signature = this.signer.sign(signedBytes(hash));
    const certificate = this.signer.certificateSerial;
    return { body, hash: Buffer.from(hash).toString('hex'), signature, certificate };
  }

  async send(...events: readonly SignedEvent[]): Promise<number> {
    return (await this.kiosk.events({ chain: this.id, events: [...events] })).acknowledged;
  }
}

async function certify(world: CentralWorld, kioskId: string): Promise<TestSigner> {
  const signer = new TestSigner(randomUUID().replaceAll('-', ''));
  await world.central.database.insert(kioskCertificates).values({
    ...{ serialNumber: signer.certificateSerial, kioskId, publicKey: signer.publicKey },
    ...{ notBefore: new Date(), notAfter: new Date(Date.now() + 86_400_000), revokedAt: null },
  });
  return signer;
}
