/** What central tells of callers that it refuses: in log and audit, and no more of it than anybody can read (SE-07). */
import type { FastifyBaseLogger } from 'fastify';
import type { Central } from '../central.ts';
import { recordAudit } from '../repositories/audit.ts';

/** Somebody was refused for what they are, not for what they asked. */
export interface Refusal {
  readonly code: string;
  /** IP address. */
  readonly address: string;
  /** Of the certificate that was shown, if it was one of ours. */
  readonly serialNumber?: string;
  readonly kioskName?: string;
}

/** One entry for the same caller and code in this time; so many entries for all strangers, and for all whom central certified. */
const WINDOW_MS = 10 * 60 * 1000;
const MAX_PER_WINDOW = 60;

/** Whom central knows by a certificate or name, and whoever else. Neither leaves the other untold. */
type Kind = 'known' | 'stranger';
const KINDS: readonly Kind[] = ['known', 'stranger'];

/** Callers that come again and again are told of once in ten minutes, with how many others of their kind were not told of. */
export class Refusals {
  readonly #central: Central;
  readonly #log: FastifyBaseLogger;
  #windowEndsAt = 0;
  readonly #told = new Map(KINDS.map((kind) => [kind, new Set<string>()]));
  readonly #untold = new Map<Kind, number>();

  constructor(central: Central, log: FastifyBaseLogger) {
    this.#central = central;
    this.#log = log;
  }

  /** Returns at once; an audit that cannot be written is in the log. */
  note(refusal: Refusal): void {
    const { code, address, serialNumber, kioskName } = refusal;
    this.#beginWindow();
    const who = [code, serialNumber ?? kioskName ?? address].join(' ');
    const kind: Kind = serialNumber === undefined && kioskName === undefined ? 'stranger' : 'known';
    const told = this.#told.get(kind)!;
    const untold = this.#untold.get(kind) ?? 0;
    if (told.has(who) || told.size >= MAX_PER_WINDOW) {
      this.#untold.set(kind, untold + 1);
      return;
    }
    told.add(who);
    this.#untold.set(kind, 0);
    this.#log.warn({ ...refusal, untold }, 'a caller was refused');
    const actor = kioskName === undefined ? 'stranger' : `kiosk:${kioskName}`;
    const detail = { code, address, ...(serialNumber === undefined ? {} : { serialNumber }), untold };
    this.#audit({ type: 'caller.refused', actor, detail });
  }

  #beginWindow(): void {
    const now = this.#central.now().getTime();
    if (now < this.#windowEndsAt) return;
    this.#windowEndsAt = now + WINDOW_MS;
    for (const told of this.#told.values()) told.clear();
  }

  #audit(entry: Parameters<typeof recordAudit>[2]): void {
    const { database, now } = this.#central;
    database
      .transaction((transaction) => recordAudit(this.#central, transaction, entry, now()))
      .catch((error) => this.#log.error({ err: error }, 'a refusal could not be audited'));
  }
}
