import { once } from 'node:events';
import { type ConnectionOptions, connect, createSecureContext, type TLSSocket } from 'node:tls';
import { readIdentity } from '../../src/kiosk/identity.ts';

export interface IdleOrder {
  readonly url: string;
  /** Where the copies of all are, as the log is asked: `<epoch>.<revision>`. */
  readonly since: string;
  readonly identityFiles: readonly string[];
  /** Connections with the same certificate. */
  readonly each: number;
}

/** Sent when all wait, and when all have been woken. */
export interface IdleReport {
  readonly count: number;
  /** When each was woken, in milliseconds since 1970. */
  readonly at: readonly number[];
}

/** Kiosks that wait for the log, as lean as can be. */
const { url, since, identityFiles, each }: IdleOrder = JSON.parse(process.argv[2]!);
const { hostname: host, port } = new URL(url);
const TOGETHER = 20;
const HEAD_LIMIT_MS = 30_000;
/** However many are connected by then are measured. */
const CONNECT_LIMIT_MS = 90_000;
const wokenAt: number[] = [];
const question = `GET /v1/scopes/mine/log?since=${since}&limit=2000&wait=25 HTTP/1.1\r\nhost: central\r\n\r\n`;

const sockets: TLSSocket[] = [];
const orders = identityFiles.flatMap((file) => {
  const { privateKeyPem: key, certificatePem: cert, authorityPem: ca } = readIdentity(file);
  const secureContext = createSecureContext({ key, cert, ca });
  return Array.from({ length: each }, () => () => wait({ host, port: Number(port), secureContext }));
});
process.once('disconnect', () => {
  for (const socket of sockets) socket.destroy();
});
while (orders.length > 0 && performance.now() < CONNECT_LIMIT_MS)
  await Promise.all(orders.splice(0, TOGETHER).map((begin) => begin()));
report();

/** Connects and asks; resolves when central has begun to answer. */
async function wait(options: ConnectionOptions): Promise<void> {
  const socket = connect(options);
  await once(socket, 'secureConnect');
  sockets.push(socket);
  socket.on('error', () => {});
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    if (!text && !chunk.includes('{')) return;
    text += chunk.toString('latin1');
    if (!text.endsWith('\r\n0\r\n\r\n')) return;
    if (/"to":(\d+)/.exec(text)?.[1] !== since.split('.')[1])
      wokenAt.push(performance.timeOrigin + performance.now());
    else socket.write(question);
    text = '';
    if (wokenAt.length === sockets.length) report();
  });
  socket.write(question);
  await once(socket, 'data', { signal: AbortSignal.timeout(HEAD_LIMIT_MS) });
}

function report(): void {
  const told: IdleReport = { count: sockets.length, at: wokenAt };
  process.send!(told);
}
