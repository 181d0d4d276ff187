/** The thread that makes one PFX and ends: stretching a password takes a second. Started by make-pfx.ts. */
import { parentPort } from 'node:worker_threads';
import { buildPfx } from '../../pki/pfx.ts';
import { PfxContentError } from '../../pki/pfx-content-error.ts';
import { UnusablePasswordError } from '../../pki/pfx-key-derivation.ts';
import type { FromPfxThread, ToPfxThread } from './pfx-messages.ts';

const port = parentPort;
if (port === null) throw new Error('make PFX: this is no thread');

function make(content: ToPfxThread): FromPfxThread {
  try {
    return { type: 'made', pfx: buildPfx(content) };
  } catch (error) {
    if (error instanceof PfxContentError) return { type: 'refused', kind: 'content', why: error.why };
    if (error instanceof UnusablePasswordError) return { type: 'refused', kind: 'password', why: error.why };
    return { type: 'refused', kind: 'other', why: 'its thread failed' };
  }
}

port.once('message', (content: ToPfxThread) => {
  const answer = make(content);
  port.postMessage(answer, answer.type === 'made' ? [answer.pfx.buffer as ArrayBuffer] : []);
});
