import type { OpenCard, ReaderEvent, Readers } from '../../src/readers/readers.ts';

/** One reader of many, as if there were no other: it is reader 0 of whoever gets it. */
export function onlyReader(readers: Readers, reader: number): Readers {
  return {
    watch: (listener) =>
      readers.watch((event) => {
        if (event.type === 'service') listener(event);
        else if (event.reader === reader) listener({ ...event, reader: 0 } as ReaderEvent);
      }),
    open: (): Promise<OpenCard> => readers.open(reader),
    pids: () => readers.pids().slice(reader, reader + 1),
    close: async () => undefined,
  };
}
