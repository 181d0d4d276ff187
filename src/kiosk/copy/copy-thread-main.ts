/** The thread of sync: it alone asks central for the copy and writes in it. Started by copy-thread.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { realPause } from '../backoff.ts';
import { copyFiles } from './copy-files.ts';
import { CopyHttp } from './copy-http.ts';
import type { CopyThreadData, FromCopyThread, ToCopyThread } from './copy-messages.ts';
import { CopySync } from './copy-sync.ts';
import { Silence } from './silence.ts';

const port = parentPort;
if (port === null) throw new Error('start thread of sync: this is no thread');
const { path, central } = workerData as CopyThreadData;

let whenSwapped: (() => void) | null = null;
const tell = (message: FromCopyThread) => port.postMessage(message);
const silence = new Silence({ onChange: (isReached) => tell({ type: 'reached', isReached }) });
const http = new CopyHttp(central, silence, (code) => tell({ type: 'refusedAs', code }));
const swap = () =>
  new Promise<void>((resolve) => {
    whenSwapped = resolve;
    tell({ type: 'swap' });
  });
const files = copyFiles(path);
const sync = new CopySync({ http, files, source: central.url, pause: realPause, tell, swap });

const actions = {
  refresh: ({ id }: { id: number }) => void sync.refresh().then(() => tell({ type: 'refreshed', id })),
  swapped: () => whenSwapped?.(),
  unusable: () => sync.discard(),
  stop: () => sync.stop(),
} satisfies { [T in ToCopyThread['type']]: (message: Extract<ToCopyThread, { type: T }>) => void };

port.on('message', (message: ToCopyThread) => actions[message.type](message as never));
await sync.run();
await http.close();
port.close();
