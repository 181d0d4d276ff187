/** Entry of the process that looks which readers there are. It never touches a card. */
import { setTimeout as wait } from 'node:timers/promises';
import pcsclite from 'pcsclite';
import { backoffMs } from './backoff.ts';
import { type BindingReader, endProcess, liveWithParent } from './pcsc-binding.ts';
import type { WatcherReport } from './pcsc-messages.ts';

const names = new Set<string>();
let isAnnounced = false;

function report(message: WatcherReport): void {
  process.send?.(message);
}

function announceReaders(): void {
  if (isAnnounced) return;
  isAnnounced = true;
  setImmediate(() => {
    isAnnounced = false;
    report({ type: 'readers', names: [...names].sort() });
  });
}

/** A context that failed once is dead for good: the next process begins anew. */
function serviceIsGone(): void {
  process.send?.({ type: 'service', isUp: false } satisfies WatcherReport, endProcess);
}

async function start(): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const service = pcsclite();
      service.on('error', serviceIsGone);
      service.on('reader', (reader) => watch(reader as unknown as BindingReader));
      return report({ type: 'service', isUp: true });
    } catch {
      report({ type: 'service', isUp: false });
      await wait(backoffMs(attempt));
    }
  }
}

function watch(reader: BindingReader): void {
  names.add(reader.name);
  reader.on('error', () => undefined);
  reader.on('end', () => {
    names.delete(reader.name);
    announceReaders();
  });
  announceReaders();
}

liveWithParent();
await start();
