import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { showFullScreen } from '../kiosk/full-screen.ts';
import { createKiosk, type Kiosk } from '../kiosk/kiosk.ts';
import type { Readers } from '../readers/readers.ts';
import { bottomLine, DEMO_KEYS, neighbour } from './bottom-line.ts';
import { CardRack } from './card-rack.ts';
import type { CentralReady } from './central-process.ts';
import { askDemo, type ControlRequest, listenForControl } from './control.ts';
import { HomeError, markWorld, prepareHome } from './home-folder.ts';
import { type DemoPaths, demoPaths } from './paths.ts';
import { memorySlots, pcscSlots, type ReadersWithSlots } from './slots.ts';
import { openCards } from './world.ts';

export interface DemoOptions {
  readonly home: string;
  /** Discards the world of the last time. */
  readonly fresh: boolean;
  /** Virtual cards in real PC/SC readers (vpcd). */
  readonly pcsc: boolean;
}

/** Central, a virtual card and the kiosk full screen, until the person has had enough. @returns the exit code */
export async function runDemo(options: DemoOptions): Promise<number> {
  const paths = demoPaths(options.home);
  if (!process.stdin.isTTY || !process.stdout.isTTY) throw new HomeError('start demo: it needs a terminal');
  await refuseSecond(paths);
  prepareHome(paths, options.fresh);
  process.stdout.write('Starting central and its database …\n');
  const central = await startCentralProcess(options.home);
  let slots: ReadersWithSlots | null = null;
  try {
    markWorld(paths);
    slots = options.pcsc ? await pcscSlots() : memorySlots();
    return await runKiosk(paths, central, slots);
  } finally {
    await slots?.close();
    await stopCentral(central.child);
  }
}

async function runKiosk(paths: DemoPaths, central: StartedCentral, slots: ReadersWithSlots): Promise<number> {
  const { readers } = slots;
  const kiosk = createKiosk({
    readers,
    configuration: {
      name: 'Demo',
      centralUrl: central.ready.url,
      tokenFile: paths.token,
      stateFolder: paths.kiosk,
      language: 'en',
      logFile: paths.kioskLog,
      idleSeconds: 120,
    },
  });
  const rack = new CardRack(openCards(paths.cards), slots, readers);
  const control = await listenForControl(paths.control, (request) =>
    perform(request, rack, () => info(paths, central, readers)),
  );
  try {
    await kiosk.start();
    await show(kiosk, rack);
  } finally {
    control.close();
    await kiosk.close();
  }
  return 0;
}

/** Draws until somebody quits, the terminal goes, or drawing fails. */
async function show(kiosk: Kiosk, rack: CardRack): Promise<void> {
  let selected = rack.names[0]!;
  const draw = () => kiosk.setFooter([bottomLine(rack.status(), selected)]);
  const keys: Record<string, () => void> = {
    [DEMO_KEYS.previous]: () => {
      selected = neighbour(rack.names, selected, -1);
    },
    [DEMO_KEYS.next]: () => {
      selected = neighbour(rack.names, selected, 1);
    },
    [DEMO_KEYS.insertOrPull]: () => {
      const taken = rack.status().readers.find(({ card }) => card !== null);
      const done = taken ? rack.pull(taken.reader, null) : rack.insert(selected, 0);
      // Two quick presses: the second finds the reader busy, and the bottom line says how it is.
      done.catch(() => undefined);
    },
    [DEMO_KEYS.quit]: () => screen.close(),
  };
  draw();
  rack.onChange(draw);
  const screen = await showFullScreen(kiosk, (name) => {
    const act = keys[name];
    act?.();
    if (act) draw();
    return act !== undefined;
  });
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => screen.close());
  await screen.ended;
}

async function perform(request: ControlRequest, rack: CardRack, tellInfo: () => unknown): Promise<unknown> {
  switch (request.do) {
    case 'status':
      return rack.status();
    case 'info':
      return tellInfo();
    case 'insert':
      await rack.insert(request.card, request.reader);
      return null;
    case 'pull':
      await rack.pull(request.reader, request.afterApdus);
      return null;
  }
}

function info(paths: DemoPaths, { ready, child }: StartedCentral, readers: Readers) {
  return {
    stateDir: paths.home,
    centralUrl: ready.url,
    caFile: ready.caFile,
    crlUrl: ready.crlUrl,
    databaseUrl: ready.databaseUrl,
    kioskPid: process.pid,
    readerPids: readers.pids(),
    centralPid: child.pid,
    logs: [paths.kioskLog, paths.centralLog],
  };
}

interface StartedCentral {
  readonly child: ChildProcess;
  readonly ready: CentralReady;
}

async function startCentralProcess(home: string): Promise<StartedCentral> {
  const child = fork(join(import.meta.dirname, 'central-process.ts'), [home], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaint = '';
  child.stderr?.on('data', (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-4000);
  });
  const ended = once(child, 'exit').then(() => {
    throw new HomeError(`start demo: central has ended.\n${complaint}`);
  });
  const [ready] = await Promise.race([once(child, 'message'), ended]);
  ended.catch(() => undefined);
  return { child, ready: ready as CentralReady };
}

async function stopCentral(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  if (child.connected) child.disconnect();
  else child.kill('SIGTERM');
  await ended;
}

async function refuseSecond(paths: DemoPaths): Promise<void> {
  const runs = await askDemo(paths.control, { do: 'status' }).then(
    () => true,
    () => false,
  );
  if (runs) throw new HomeError(`start demo: one is running on ${paths.home} already`);
}
