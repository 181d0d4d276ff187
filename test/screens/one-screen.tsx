import { PassThrough, Writable } from 'node:stream';
import { render } from 'ink';
import { App } from '../../screens/app.tsx';
import type { KioskView } from '../../src/flows/kiosk-view.ts';

/** Draws one view after the other with one Ink, which is quicker than a new one for each. */
export interface OneScreen {
  /** The lines of the frame, with their colours where there are any. */
  draw(view: KioskView): readonly string[];
  close(): void;
}

export function openScreen(): OneScreen {
  let frame = '';
  const stdout = Object.assign(
    new Writable({
      write: (chunk: Buffer, _, done) => {
        frame = chunk.toString();
        done();
      },
    }),
    // As large as the largest: what is drawn has its own size, and a new one here would be drawn twice.
    { columns: 300, rows: 100 },
  );
  const stdin = Object.assign(new PassThrough(), {
    ...{ isTTY: true, setRawMode: () => {}, ref: () => {}, unref: () => {} },
  }) as unknown as NodeJS.ReadStream;
  const element = (view: KioskView) => <App view={view} onCommand={() => {}} />;
  let ink: ReturnType<typeof render> | null = null;
  return {
    draw(view) {
      const options = {
        stdin,
        stdout: stdout as unknown as NodeJS.WriteStream,
        debug: true,
        patchConsole: false,
      };
      if (ink === null) {
        ink = render(element(view), options);
      } else {
        frame = '';
        ink.rerender(element(view));
        // It has ended with an error in the view before: that one fails, and no other.
        if (frame === '') ink = render(element(view), options);
      }
      return frame.split('\n');
    },
    close: () => ink?.unmount(),
  };
}
