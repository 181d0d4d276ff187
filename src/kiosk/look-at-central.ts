import { lookupRequest, lookupResponse } from '../protocol/copy.ts';
import { type CentralAddress, CentralConnection } from './central-connection.ts';
import { CentralLine } from './central-line.ts';
import { IdentityFile } from './identity-file.ts';

/** How central answers this kiosk. */
export interface CentralSight {
  /** Null: it has answered; else why it has not. */
  readonly unreachable: string | null;
  /** With what it refuses this kiosk; null while it lets it in, or is not reached. */
  readonly refusedAs: string | null;
  /** Its clock when it answered, to the second; null where it did not say. */
  readonly now: Date | null;
}

const TIMEOUT_MS = 8_000;

/**
 * Asks central what time it is and whether it knows this kiosk, with the kiosk's certificate. Changes nothing anywhere.
 * @throws IdentityError when this machine is not enrolled
 */
export async function lookAtCentral(address: CentralAddress): Promise<CentralSight> {
  const line = new CentralLine(address.url, new IdentityFile(address.identityFile));
  try {
    const dispatcher = line.dispatcher();
    const { origin, basePath } = line;
    let now: Date | null = null;
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const path = `${basePath}/version`;
      const { headers, body } = await dispatcher.request({ origin, path, method: 'GET', signal });
      await body.dump();
      const date = new Date(String(headers.date));
      now = Number.isNaN(date.getTime()) ? null : date;
    } catch (error) {
      const { code, message } = error as Error & { readonly code?: string };
      return { unreachable: code ?? message, refusedAs: null, now };
    }
    // A card that nobody has: central answers a kiosk that it knows, and refuses any other.
    const body = lookupRequest.encode({ serial: null, guid: null });
    const connection = new CentralConnection({ ...address, timeoutMs: TIMEOUT_MS }, line);
    const answer = await connection.ask({
      method: 'POST',
      path: '/cards/lookup',
      body,
      response: lookupResponse,
    });
    return {
      unreachable: answer.kind === 'unreachable' ? answer.why : null,
      refusedAs: answer.kind === 'refused' ? answer.code : null,
      now,
    };
  } finally {
    await line.close();
  }
}
