import { type Instance, render } from 'ink';
import type { ReactNode } from 'react';
import type { KioskView } from '../src/flows/kiosk-view.ts';
import { App, type AppProps } from './app.tsx';
import { leaveRaw, rawWhile } from './raw-keys.ts';
import { SpokenScreen } from './spoken-screen.ts';

/**
 * A key is answered at once, also where it comes right behind another frame: Ink keeps so many apart. Its own 30 make a quick typist wait,
 * and 120 whoever types while something else is drawn. What happens at once is drawn once, whatever this says.
 */
const FRAMES_A_SECOND = 250;

interface ScreenOptions {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WriteStream;
  readonly initialView: KioskView;
  readonly onCommand: AppProps['onCommand'];
  readonly onRawKey?: AppProps['onRawKey'];
  /** The terminal has another size; the next view should have it. */
  readonly onResize?: (size: KioskView['size']) => void;
  /** A frame was drawn, also where it looks like the one before. */
  readonly onFrame?: () => void;
}

/** The running screen. */
export interface KioskScreen {
  /** Draws another view. Harmless after `close`. */
  update(view: KioskView): void;
  /** Settles when the screen is closed; rejects when drawing has failed. */
  waitUntilExit(): Promise<void>;
  /** Gives the terminal back as it was. Harmless when repeated. */
  close(): void;
}

/** What draws at present. */
interface Drawing {
  readonly isReadAloud: boolean;
  readonly ink: Instance;
  /** What Ink leaves undone. Harmless when repeated. */
  giveBack(): void;
}

/** Takes the terminal over: alternate buffer, raw mode, no interrupt by Ctrl+C (SE-06). */
export function startScreen(options: ScreenOptions): KioskScreen {
  const { stdin, stdout, onCommand, onRawKey, onResize } = options;
  let isClosed = false;
  /** One drawing gives way to another. */
  let isSwapped = false;
  const keys = rawWhile(stdin, () => isSwapped && !isClosed);
  const app = (view: KioskView) => <App view={view} onCommand={onCommand} onRawKey={onRawKey} />;
  const open = (view: KioskView) =>
    (view.isReadAloud ? openSpoken : openPicture)(app(view), { ...options, stdin: keys });
  const resized = () => onResize?.({ columns: stdout.columns, rows: stdout.rows });
  // Before Ink's own listener, so that Ink lays out the new view and never the old one in the new size.
  stdout.on('resize', resized);
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
  ended.catch(() => {});
  let latest = options.initialView;
  let drawing = open(latest);
  // Ink is one or the other for its whole life: where the screen is to be read aloud, or no more, there is another one.
  const follow = () => {
    drawing.ink.waitUntilExit().then(() => {
      drawing.giveBack();
      if (isClosed) {
        if (isSwapped) leaveRaw(stdin);
        return resolve();
      }
      drawing = open(latest);
      isSwapped = false;
      follow();
    }, reject);
  };
  follow();
  return {
    update(view) {
      if (isClosed) return;
      latest = view;
      if (drawing.isReadAloud === (view.isReadAloud ?? false)) return drawing.ink.rerender(app(view));
      isSwapped = true;
      drawing.ink.unmount();
    },
    async waitUntilExit() {
      await ended;
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      stdout.off('resize', resized);
      drawing.ink.unmount();
      drawing.giveBack();
    },
  };
}

function openPicture(app: ReactNode, { stdin, stdout, onFrame }: ScreenOptions): Drawing {
  const ink = render(app, {
    stdin,
    stdout,
    alternateScreen: true,
    interactive: true,
    incrementalRendering: true,
    maxFps: FRAMES_A_SECOND,
    exitOnCtrlC: false,
    onRender: () => onFrame?.(),
  });
  return { isReadAloud: false, ink, giveBack() {} };
}

function openSpoken(app: ReactNode, { stdin, stdout, onFrame }: ScreenOptions): Drawing {
  const screen = new SpokenScreen(stdout);
  const ink = render(app, {
    stdin,
    stdout: screen.stream(),
    isScreenReaderEnabled: true,
    interactive: true,
    // Each frame as it is, and nothing between them.
    debug: true,
    exitOnCtrlC: false,
    onRender: () => onFrame?.(),
  });
  return { isReadAloud: true, ink, giveBack: () => screen.close() };
}
