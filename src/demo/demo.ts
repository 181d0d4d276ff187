import { openCentralForCommand } from '../central/server.ts';
import { examineInside } from '../doctor/examine-inside.ts';
import type { KioskConfiguration } from '../kiosk/configuration.ts';
import { openFullScreen } from '../kiosk/full-screen.ts';
import { createKiosk, type Kiosk } from '../kiosk/kiosk.ts';
import type { Readers } from '../readers/readers.ts';
import type { VirtualCard } from '../virtual-card/virtual-card.ts';
import { adoptCard } from './adopt.ts';
import { bottomLine, DEMO_KEYS, neighbour } from './bottom-line.ts';
import { CardRack } from './card-rack.ts';
import { askDemo, ControlRefusedError, type ControlRequest, listenForControl } from './control.ts';
import { enrolDemoKiosk } from './enrol-kiosk.ts';
import { HomeError, markWorld, prepareHome } from './home-folder.ts';
import { type DemoPaths, demoPaths } from './paths.ts';
import { REHEARSAL_KEYS, Rehearsal } from './rehearsal.ts';
import { memorySlots, pcscSlots, type ReadersWithSlots, realSlots } from './slots.ts';
import { type StartedCentral, startCentralProcess } from './start-central.ts';
import { openCards } from './world.ts';

export interface DemoOptions {
  readonly home: string;
  /** Discards the world of the last time. */
  readonly fresh: boolean;
  /** Virtual cards in real PC/SC readers (vpcd). */
  readonly pcsc: boolean;
  /** Cards that answer at once, where others take as long as real ones do. */
  readonly fast: boolean;
  /** With `pcsc`: takes the card with factory keys that is in a real reader, instead of virtual ones. */
  readonly adopt: boolean;
  /** Lets a person choose at which step the card will be pulled. */
  readonly rehearse: boolean;
  /** The serial of the card to adopt, so that it need not be typed. */
  readonly yes: string | null;
}

/** About what a real card takes. */
const CARD_DELAY_MS = 20;
const KEY_GENERATION_MS = 1500;

/** Central, a virtual card and the kiosk full screen, until the person has had enough. @returns the exit code */
export async function runDemo(options: DemoOptions): Promise<number> {
  const paths = demoPaths(options.home);
  if (!process.stdin.isTTY || !process.stdout.isTTY) throw new HomeError('start demo: it needs a terminal');
  await refuseSecond(paths);
  prepareHome(paths, options.fresh);
  process.stdout.write('Starting central and its database …\n');
  // Keys that are pressed while central starts must not be echoed into the first screen.
  if (!options.adopt) process.stdin.setRawMode(true);
  const central = await startCentralProcess(options.home).catch((error) => {
    process.stdin.setRawMode(false);
    throw error;
  });
  let slots: ReadersWithSlots | null = null;
  try {
    markWorld(paths);
    await enrolDemoKiosk(paths, central.ready);
    slots = await openSlots(options);
    if (options.adopt) await adopt(options, central, slots.readers);
    return await runKiosk(options, central, slots);
  } finally {
    process.stdin.setRawMode(false);
    await slots?.close();
    await central.stop();
  }
}

function openSlots({ pcsc, adopt, fast }: DemoOptions): Promise<ReadersWithSlots> | ReadersWithSlots {
  if (adopt) return realSlots();
  return pcsc ? pcscSlots(fast) : memorySlots();
}

async function adopt(options: DemoOptions, central: StartedCentral, readers: Readers): Promise<void> {
  const { central: records, close } = await openCentralForCommand(
    demoPaths(options.home).central,
    central.ready.databaseUrl,
  );
  try {
    await adoptCard({ central: records, readers, yes: options.yes });
  } finally {
    await close();
  }
}

async function runKiosk(
  options: DemoOptions,
  central: StartedCentral,
  slots: ReadersWithSlots,
): Promise<number> {
  const paths = demoPaths(options.home);
  const { readers } = slots;
  const cards = options.adopt ? [] : openCards(paths.cards);
  if (!options.fast) for (const card of cards) slowDown(card);
  const rack = new CardRack(cards, slots, readers);
  const rehearsal = new Rehearsal(() => rack.inserted);
  const configuration: KioskConfiguration = {
    name: 'Demo',
    centralUrl: central.ready.url,
    stateFolder: paths.kiosk,
    language: 'en',
    logFile: paths.kioskLog,
    idleSeconds: 120,
    mediaFolder: paths.media,
  };
  const kiosk = createKiosk({
    ...{ readers, configuration, mediaNeedMount: false },
    onStep: (step) => rehearsal.stepBegins(step),
    examine: () =>
      examineInside({
        ...{ configuration, configurationFile: 'the demo', readers },
        hasCardService: options.pcsc || options.adopt,
      }),
  });
  const control = await listenForControl(paths.control, (request) =>
    perform(request, rack, rehearsal, () => info(paths, central, readers)),
  );
  try {
    await kiosk.start();
    await show(kiosk, rack, options.rehearse ? rehearsal : null);
  } finally {
    control.close();
    await kiosk.close();
  }
  return 0;
}

function slowDown(card: VirtualCard): void {
  card.faults.delayMs = CARD_DELAY_MS;
  card.faults.keyGenerationMs = KEY_GENERATION_MS;
}

/** Draws until somebody quits, the terminal goes, or drawing fails. */
async function show(kiosk: Kiosk, rack: CardRack, rehearsal: Rehearsal | null): Promise<void> {
  let selected = rack.names[0] ?? null;
  const draw = () => {
    const own = bottomLine(rack.status(), selected);
    kiosk.setFooter(rehearsal ? [rehearsal.line(), own] : [own]);
  };
  const insertOrPull = (reader: number) => {
    const isTaken = rack.status().readers[reader]?.card !== null;
    const done = isTaken ? rack.pull(reader, null) : selected && rack.insert(selected, reader);
    // Two quick presses: the second finds the reader busy, and the bottom line says how it is.
    if (done) done.catch(() => undefined);
  };
  const keys: Record<string, () => void> = {
    [DEMO_KEYS.previous]: () => {
      selected = neighbour(rack.names, selected, -1);
    },
    [DEMO_KEYS.next]: () => {
      selected = neighbour(rack.names, selected, 1);
    },
    [DEMO_KEYS.first]: () => insertOrPull(0),
    [DEMO_KEYS.second]: () => insertOrPull(1),
    [DEMO_KEYS.quit]: () => screen.close(),
    ...(rehearsal && {
      [REHEARSAL_KEYS.step]: () => rehearsal.nextStep(),
      [REHEARSAL_KEYS.moment]: () => rehearsal.changeMoment(),
    }),
  };
  draw();
  rack.onChange(draw);
  const screen = await openFullScreen(kiosk.view(), {
    onRawKey: (name) => {
      const act = keys[name];
      act?.();
      if (act) draw();
      return act !== undefined;
    },
  });
  screen.show(kiosk);
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => screen.close());
  void kiosk.left.then(() => screen.close());
  await screen.ended;
}

async function perform(
  request: ControlRequest,
  rack: CardRack,
  rehearsal: Rehearsal,
  tellInfo: () => unknown,
): Promise<unknown> {
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
    case 'pullAtStep':
      await pullAtStep(request, rack, rehearsal);
      return null;
  }
}

/** Ends when the card was pulled there. @throws ControlRefusedError */
async function pullAtStep(
  { reader, step, when }: Extract<ControlRequest, { do: 'pullAtStep' }>,
  rack: CardRack,
  rehearsal: Rehearsal,
): Promise<void> {
  if (!rehearsal.choose(step, when)) throw new ControlRefusedError(`no run has a step ${step}`);
  await rack.untilCut(reader, `the run did not come to ${step}`);
}

function info(paths: DemoPaths, { ready, pid }: StartedCentral, readers: Readers) {
  return {
    stateDir: paths.home,
    centralUrl: ready.url,
    caFile: ready.caFile,
    crlUrl: ready.crlUrl,
    databaseUrl: ready.databaseUrl,
    kioskPid: process.pid,
    readerPids: readers.pids(),
    centralPid: pid,
    logs: [paths.kioskLog, paths.centralLog],
    mailFolder: paths.mails,
  };
}

async function refuseSecond(paths: DemoPaths): Promise<void> {
  const runs = await askDemo(paths.control, { do: 'status' }).then(
    () => true,
    () => false,
  );
  if (runs) {
    const remedy = 'end it first (Ctrl-C in its terminal), or name another folder with RECARD_HOME';
    throw new HomeError(`start demo: one is running on ${paths.home} already; ${remedy}`);
  }
}
