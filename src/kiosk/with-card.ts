import { PivSession } from '../piv/session.ts';
import { NoPivApplicationError } from '../piv/status-word.ts';
import type { OpenCard } from '../readers/readers.ts';
import { codeOfCardTrouble } from './card-trouble.ts';
import { type Refused, refuse } from './card-visit.ts';
import { isInCopy, type LookPorts, recogniseCard } from './look-at-card.ts';
import type { KnownCard } from './replica.ts';
import { sightCard } from './sight-card.ts';

/**
 * Connects to the card in a reader for one thing, recognises it, and gives it back whatever came of it. Writes nothing by itself.
 * @throws AbortError
 */
export async function withCardIn<T>(
  ports: LookPorts,
  reader: number,
  signal: AbortSignal,
  use: (session: PivSession, known: KnownCard) => Promise<T>,
): Promise<T | Refused> {
  let connection: OpenCard | null = null;
  try {
    connection = await ports.readers.open(reader);
    signal.throwIfAborted();
    const session = await PivSession.select(connection);
    const known = await recogniseCard(
      ports,
      await sightCard(session, (serial) => isInCopy(ports, serial)),
      signal,
    );
    signal.throwIfAborted();
    return 'kind' in known ? known : await use(session, known);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof NoPivApplicationError) return refuse('RP-07-no-piv');
    const code = codeOfCardTrouble(error);
    if (code === null) throw error;
    return refuse(code, true);
  } finally {
    await connection?.close();
  }
}
