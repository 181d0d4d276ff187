import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '../flows/command.ts';
import type { MachineFinding } from '../flows/desk-data.ts';
import type { KioskView } from '../flows/kiosk-view.ts';
import type { Readers } from '../readers/readers.ts';
import { realPause } from './backoff.ts';
import type { CardRunPorts } from './card-run.ts';
import { CentralClient } from './central-client.ts';
import { CentralConnection } from './central-connection.ts';
import { systemClock } from './clock.ts';
import { type KioskConfiguration, lookOf } from './configuration.ts';
import { CopyFollower } from './copy-follower.ts';
import { findBrokenLink } from './event-chain.ts';
import { EventSender } from './event-sender.ts';
import { freeMiB, HealthMonitor } from './health.ts';
import { IdentityFile } from './identity-file.ts';
import { identityPath } from './identity-path.ts';
import { IdentityRenewal } from './identity-renewal.ts';
import { identitySigner } from './identity-signer.ts';
import { forgetEnded, unfinishedSteps } from './journal.ts';
import { openLog } from './log.ts';
import { mediaPlace } from './media/list-media.ts';
import { Outbox } from './outbox.ts';
import { openOwnDatabase } from './own-database.ts';
import { programVersion } from './program-version.ts';
import { Replica } from './replica.ts';
import type { Rescue } from './rescue-events.ts';
import { Search } from './search/search.ts';
import { type KioskTerminal, terminalFacts, terminalSize } from './starting-view.ts';
import { Station } from './station.ts';

export interface KioskOptions {
  readonly configuration: KioskConfiguration;
  /** Closed by whoever made them. */
  readonly readers: Readers;
  readonly stdout?: KioskTerminal;
  readonly now?: () => Date;
  readonly onStep?: CardRunPorts['onStep'];
  /** What `recard doctor` finds on this machine (OP-04). Absent: nothing is looked at. */
  readonly examine?: () => Promise<readonly MachineFinding[]>;
  /** The demo's: any folder there is a stick. */
  readonly mediaNeedMount?: boolean;
}

/** The kiosk program without its screen: whoever starts it draws `view()` at each `onView`. */
export interface Kiosk {
  readonly station: Station;
  /** Settles when an administrator has ended it for maintenance, which is on record at central (SE-06). */
  readonly left: Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
  view(): KioskView;
  /** Calls back with every new view. Returns how to stop. */
  onView(listener: (view: KioskView) => void): () => void;
  command(command: Command): void;
  /** Plain lines at the bottom (the demo's own), or none. */
  setFooter(lines: readonly string[] | null): void;
}

/**
 * Puts a kiosk together: opens its log and databases, asks nobody anything yet.
 * @throws IdentityError when this machine is not enrolled; DatabaseNotOpenedError when the state folder cannot be used
 */
export function createKiosk(options: KioskOptions): Kiosk {
  const { configuration, readers, stdout = process.stdout, now, onStep, mediaNeedMount = true } = options;
  const { examine = async () => [] } = options;
  const { promise: left, resolve: onLeave } = Promise.withResolvers<void>();
  const identityFile = identityPath(configuration.stateFolder);
  const identity = new IdentityFile(identityFile);
  identity.current();
  const { log, close: closeLog } = openLog(configuration.logFile);
  mkdirSync(configuration.stateFolder, { recursive: true, mode: 0o700 });
  const clock = systemClock(now);
  const chainPorts = { now: () => clock.now(), signer: identitySigner(identity) };
  const onSetAside = (error: Error, { rows, missingAtMost }: Rescue) =>
    log.error({ err: error, rescued: rows.length, missingAtMost }, "the kiosk's own database was set aside");
  const own = openOwnDatabase(join(configuration.stateFolder, 'own.sqlite'), onSetAside, chainPorts);
  const { centralUrl: url, name: kioskName, language, idleSeconds } = configuration;
  const replica = new Replica(join(configuration.stateFolder, 'replica.sqlite'), url);
  const search = new Search({ replicaPath: replica.path, source: url, log });
  const pause = realPause;
  const address = { url, identityFile };
  const connection = new CentralConnection(address);
  const client = new CentralClient(address, connection);
  const renewal = new IdentityRenewal({ address, pause, now: () => clock.now(), log });
  const outbox = new Outbox(own, chainPorts);
  const sender = new EventSender({ client, outbox, pause, log, now: () => clock.now() });
  const onChange = () => station.changed();
  const onConfirmed = (askedAt: Date) =>
    forgetEnded(own, askedAt, (cardId) => replica.hasOpenOperation(cardId));
  const follower = new CopyFollower({
    ...{ central: address, replica, search, pause, now: () => clock.now(), log, onChange, onConfirmed },
  });
  const onRecorded = () => sender.wake();
  const media = { ...mediaPlace(configuration.mediaFolder, () => clock.now()), needsMount: mediaNeedMount };
  const ports = {
    readers,
    replica,
    search,
    follower,
    client,
    address,
    connection,
    own,
    outbox,
    pause,
    log,
    clock,
    onRecorded,
    onStep,
    media,
  };
  const { stateFolder } = configuration;
  const version = programVersion();
  const facts = () => ({
    ...{ version, diskFreeMiB: freeMiB(stateFolder), clockOffsetMs: sender.clockOffsetMs },
    ...{ unsentEvents: outbox.count(), unsentBecause: sender.refusal },
    dataRevision: replica.state()?.revision ?? null,
  });
  const look = lookOf(configuration);
  const machine = { version, facts, examine };
  const station = new Station({ ...ports, ...machine, kioskName, language, look, idleSeconds, onLeave });
  const condition = () => ({
    ...station.machine(),
    copyAgeSeconds: follower.ageSeconds(),
    clockOffsetMs: sender.clockOffsetMs,
    refusal: sender.refusal,
    isSendingStuck: sender.isStuck,
  });
  const health = new HealthMonitor({
    ...{ outbox, clock, log, version, stateFolder, condition, onRecorded },
  });
  const terminal = terminalFacts(stdout);
  const keepRoom = () => {
    own.reserve.keep();
    if (outbox.retry()) onRecorded();
  };
  let stopKeeping = () => {};
  let footer: readonly string[] | null = null;
  const view = () => {
    const hasNoRoom = !own.reserve.isThere || outbox.isHolding;
    return station.view({ size: terminalSize(stdout), footer, ...terminal, hasNoRoom });
  };
  return {
    station,
    left,
    view,
    onView: (listener) => station.onView(() => listener(view())),
    command: (command) => station.command(command),
    setFooter(lines) {
      footer = lines;
      station.changed();
    },
    async start() {
      own.reserve.keep();
      stopKeeping = clock.everySecond(keepRoom);
      const brokenLink = findBrokenLink(own);
      if (brokenLink !== null) {
        log.error(brokenLink, 'the audit of this kiosk is broken');
        const detail = { ...brokenLink };
        outbox.record({ type: 'audit.broken', cardId: null, operationId: null, detail });
      }
      const unfinished = new Set(unfinishedSteps(own).map((step) => step.operationId)).size;
      log.info({ kioskName, unfinished }, 'the kiosk starts');
      outbox.record({ type: 'started', cardId: null, operationId: null, detail: { unfinished } });
      stdout.on('resize', onChange);
      follower.start();
      search.start();
      sender.start();
      renewal.start();
      station.start();
      health.start();
    },
    async close() {
      stdout.off('resize', onChange);
      health.close();
      stopKeeping();
      await station.close();
      await Promise.all([follower.close(), sender.close(), renewal.close(), search.close()]);
      await client.close();
      replica.close();
      own.close();
      log.info('the kiosk has ended');
      closeLog();
    },
  };
}
