import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { LOG_CODES, type Snapshot, snapshot, snapshotQuery } from '../../protocol/log.ts';
import { problem } from '../../protocol/problem.ts';
import { REPLICA_SCHEMAS } from '../../protocol/replica-schema.ts';
import type { Snapshots } from '../copy/snapshots.ts';
import { RefusedError } from '../refused.ts';
import { type App, answers, asking } from './contract.ts';
import { ownScope, scopeParams } from './log.ts';

/** How long a kiosk waits for a small one that is being made, rather than ask again. */
const PATIENCE_MS = 2000;
const CHUNK_BYTES = 256 * 1024;
const snapshotId = snapshot.shape.id;

/** Whole copies of a kiosk's scope (SY-01, SY-06): what there is, and its bytes from wherever an earlier try ended. */
export function snapshotRoutes(app: App, snapshots: Snapshots): void {
  const newest = {
    ...{ params: scopeParams, querystring: snapshotQuery },
    response: { ...answers(snapshot), 202: problem },
  };
  app.get('/scopes/:id/snapshot', { schema: newest }, async (request, reply) => {
    const scopeId = ownScope(asking(request), request.params.id);
    const schema = REPLICA_SCHEMAS.find((one) => one === request.query.schema);
    if (schema === undefined) {
      const message = `ask central: copies have schema ${REPLICA_SCHEMAS.join(' or ')} here; update this kiosk's program`;
      throw new RefusedError(400, LOG_CODES.schema, message);
    }
    const made = await snapshots.newest(scopeId, schema, PATIENCE_MS);
    if (made) return made;
    const message = 'ask central: the snapshot is being made; ask again';
    return reply.code(202).header('retry-after', '1').send({ code: LOG_CODES.underWay, message });
  });

  const bytes = {
    params: z.object({ id: snapshotId }),
    response: { ...answers(z.custom<Readable>()), 206: z.custom<Readable>() },
  };
  app.get('/snapshots/:id', { schema: bytes }, async (request, reply) => {
    const { scopeId } = asking(request);
    const found = snapshots.find(request.params.id);
    if (!found || found.snapshot.scope !== scopeId)
      throw new RefusedError(
        404,
        LOG_CODES.noSnapshot,
        'ask central: there is no such snapshot; ask for the newest',
      );
    const { id, size } = found.snapshot;
    const start = wantedStart(request.headers, found.snapshot);
    reply.header('etag', `"${id}"`).header('accept-ranges', 'bytes').type('application/octet-stream');
    reply.header('content-length', size - start);
    if (start > 0) reply.code(206).header('content-range', `bytes ${start}-${size - 1}/${size}`);
    return reply.send(createReadStream(found.path, { start, highWaterMark: CHUNK_BYTES }));
  });
}

/** Only `bytes=N-` of this very snapshot is a part; all else is answered whole, as a server may (RFC 9110, 14.2). */
function wantedStart(
  headers: { readonly range?: string; readonly 'if-range'?: string },
  { id, size }: Snapshot,
): number {
  const start = Number(/^bytes=([0-9]{1,15})-$/.exec(headers.range ?? '')?.[1] ?? 0);
  return headers['if-range'] === `"${id}"` && start < size ? start : 0;
}
