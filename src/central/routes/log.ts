import { Readable } from 'node:stream';
import { z } from 'zod';
import { LOG_CODES, type logPosition, logQuery, MY_SCOPE } from '../../protocol/log.ts';
import { id } from '../../protocol/values.ts';
import type { Central } from '../central.ts';
import { LogFollower } from '../copy/follow-log.ts';
import type { CopyHeads } from '../copy/heads.ts';
import { compressBatch, type LogPosition } from '../copy/read-batch.ts';
import { RefusedError } from '../refused.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { type App, answers, asking } from './contract.ts';

/** Of routes about a kiosk's own scope. */
export const scopeParams = z.object({ id: id.or(z.literal(MY_SCOPE)) });
/** A body that is passed through: its form is the protocol's, see `logBatch`. */
const passedThrough = z.custom<Buffer | Readable>();
const JSON_TYPE = 'application/json; charset=utf-8';

/** The log of a kiosk's scope (SY-01), read or waited for. */
export function logRoutes(app: App, central: Central, heads: CopyHeads): void {
  const follower = new LogFollower(central, heads);
  const schema = { params: scopeParams, querystring: logQuery, response: answers(passedThrough) };
  app.get('/scopes/:id/log', { schema }, async (request, reply) => {
    const { since, limit, wait } = request.query;
    const position = {
      scopeId: ownScope(asking(request), request.params.id),
      ...parsePosition(since),
      limit,
    };
    const acceptsZstd = /\bzstd\b/.test(request.headers['accept-encoding'] ?? '');
    reply.type(JSON_TYPE);
    if (wait === 0 || !follower.isAtHead(position)) {
      const batch = await follower.read(position);
      if (!batch) throw gone();
      if (wait === 0 || batch.hasRows) {
        const packed = wait === 0 && acceptsZstd ? await compressBatch(batch.json) : null;
        if (packed) reply.header('content-encoding', 'zstd');
        return reply.send(packed ?? batch.json);
      }
    }
    const body = Readable.from(follower.follow(position, wait * 1000), { objectMode: false });
    return reply.send(body);
  });
}

/**
 * The scope that a kiosk has by central's record.
 * @param asked its id, or `mine`
 * @throws RefusedError where it is another's
 */
export function ownScope({ scopeId }: Kiosk, asked: string): string {
  if (scopeId !== null && (asked === MY_SCOPE || asked === scopeId)) return scopeId;
  throw new RefusedError(403, LOG_CODES.notYours, 'ask central: that is not the scope of this kiosk');
}

function parsePosition(since: z.infer<typeof logPosition>): Pick<LogPosition, 'epoch' | 'revision'> {
  const [epoch = '', revision] = since.split('.');
  return { epoch, revision: Number(revision) };
}

function gone(): RefusedError {
  return new RefusedError(
    410,
    LOG_CODES.gone,
    'ask central: the log does not lead on from there; fetch a snapshot',
  );
}
