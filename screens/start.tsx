import { render } from 'ink';
import type { KioskView } from '../src/flows/kiosk-view.ts';
import { App, type AppProps } from './app.tsx';

/** A key is answered within a frame of the usual display; Ink's own 30 make a quick typist wait. */
const FRAMES_A_SECOND = 120;

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

/** Takes the terminal over: alternate buffer, raw mode, no interrupt by Ctrl+C (SE-06). */
export function startScreen(options: ScreenOptions): KioskScreen {
  const { stdin, stdout, onCommand, onRawKey, onResize, onFrame } = options;
  const app = (view: KioskView) => <App view={view} onCommand={onCommand} onRawKey={onRawKey} />;
  const resized = () => onResize?.({ columns: stdout.columns, rows: stdout.rows });
  // Before Ink's own listener, so that Ink lays out the new view and never the old one in the new size.
  stdout.on('resize', resized);
  const ink = render(app(options.initialView), {
    stdin,
    stdout,
    alternateScreen: true,
    interactive: true,
    incrementalRendering: true,
    maxFps: FRAMES_A_SECOND,
    exitOnCtrlC: false,
    onRender: () => onFrame?.(),
  });
  let isClosed = false;
  return {
    update(view) {
      if (!isClosed) ink.rerender(app(view));
    },
    async waitUntilExit() {
      await ink.waitUntilExit();
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      stdout.off('resize', resized);
      ink.unmount();
    },
  };
}
