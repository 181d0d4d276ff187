import { Box } from 'ink';
import type { KioskPage } from '../../src/flows/desk-data.ts';
import { sizeText } from '../medium-text.ts';
import { Heading, Paragraph } from '../parts/text.tsx';
import { durationText } from '../texts/time.ts';
import type { DeskPageProps, DeskStage } from './desk-stage.ts';
import { KioskTests } from './kiosk-tests.tsx';
import { Asked } from './parts/asked.tsx';
import { type Fact, FactsGrid } from './parts/facts-grid.tsx';
import { PageFrame } from './parts/page-frame.tsx';

const MEBIBYTE = 1024 * 1024;
/** From here on something is wrong; as in what the kiosk tells of itself. */
const LIMITS = { dataAgeSeconds: 300, diskFreeMiB: 500, clockOffsetSeconds: 60 } as const;

/** How this kiosk is, and its tests (OP-04). */
export function ThisKiosk({ page, stage }: DeskPageProps<'kiosk'>) {
  const { machine } = stage.desk;
  if (page.test !== null) return <KioskTests test={page.test} stage={stage} />;
  return (
    <PageFrame stage={stage} said={page.said}>
      {() => (
        <>
          <Heading>{stage.texts.desk.pages.kiosk}</Heading>
          <Box flexShrink={0} height={1} />
          {machine === null ? (
            <Asked stage={stage} refused={null} />
          ) : (
            <FactsGrid stage={stage} facts={[...factsOf(machine, stage), ...readerFacts(machine, stage)]} />
          )}
          <Paragraph>{stage.texts.desk.kiosk.tests}</Paragraph>
        </>
      )}
    </PageFrame>
  );
}

function factsOf(machine: KioskPage, stage: DeskStage): readonly Fact[] {
  const { labels, kiosk, none } = stage.texts.desk;
  const { dataAgeSeconds, dataRevision, diskFreeMiB } = machine;
  const isOld = dataAgeSeconds === null || dataAgeSeconds > LIMITS.dataAgeSeconds;
  return [
    { label: labels.kiosk, value: machine.kioskName },
    { label: labels.version, value: machine.version },
    marked(
      labels.central,
      centralText(machine, stage),
      !machine.isCentralReached || machine.refusedAs !== null,
    ),
    marked(labels.data, dataAgeSeconds === null ? none : ageText(dataAgeSeconds, stage), isOld),
    { label: labels.revision, value: dataRevision === null ? none : `${dataRevision}` },
    marked(
      labels.cardService,
      machine.isCardServiceUp ? kiosk.running : kiosk.stopped,
      !machine.isCardServiceUp,
    ),
    marked(
      labels.disk,
      diskFreeMiB === null ? none : kiosk.free(sizeText(diskFreeMiB * MEBIBYTE, stage.view.language)),
      diskFreeMiB !== null && diskFreeMiB < LIMITS.diskFreeMiB,
    ),
    clockFact(machine, stage),
    unsentFact(machine, stage),
  ];
}

/** Why central takes none has a line to itself. */
function unsentFact({ unsentEvents, unsentBecause }: KioskPage, { texts }: DeskStage): Fact {
  const { labels, none } = texts.desk;
  const count = unsentEvents === null ? none : `${unsentEvents}`;
  if (unsentBecause === null) return { label: labels.unsent, value: count };
  return { ...marked(labels.unsent, `${count} (${unsentBecause})`, true), isWide: true };
}

function readerFacts({ readers }: KioskPage, { texts }: DeskStage): readonly Fact[] {
  const { labels, kiosk } = texts.desk;
  if (readers.length === 0) return [marked(`${labels.readers} -`, kiosk.noReaders, true)];
  return readers.map(({ name, hasCard, trouble }, i) => ({
    ...marked(
      `${labels.readers} ${i + 1}`,
      `${trouble ?? (hasCard ? kiosk.withCard : kiosk.withoutCard)}, ${name}`,
      trouble !== null,
    ),
    isWide: true,
  }));
}

function marked(label: string, value: string, isBad: boolean): Fact {
  return isBad ? { label, value: `! ${value}`, look: 'warn' } : { label, value };
}

function centralText({ isCentralReached, refusedAs }: KioskPage, { texts }: DeskStage): string {
  const { kiosk } = texts.desk;
  if (refusedAs !== null) return kiosk.refused(refusedAs);
  return isCentralReached ? kiosk.reached : kiosk.notReached;
}

function ageText(seconds: number, { texts }: DeskStage): string {
  return texts.desk.kiosk.age(durationText(seconds, texts));
}

function clockFact({ clockOffsetMs }: KioskPage, { texts }: DeskStage): Fact {
  const { labels, kiosk, none } = texts.desk;
  if (clockOffsetMs === null) return { label: labels.clock, value: none };
  const seconds = Math.round(Math.abs(clockOffsetMs) / 1000);
  if (seconds === 0) return { label: labels.clock, value: kiosk.exact };
  const time = durationText(seconds, texts);
  return marked(
    labels.clock,
    clockOffsetMs > 0 ? kiosk.ahead(time) : kiosk.behind(time),
    seconds > LIMITS.clockOffsetSeconds,
  );
}
