import { recordedRows } from './certificate-rows.ts';
import { rowsToFill } from './parts/body.tsx';
import { CertificateTable } from './parts/certificate-table.tsx';
import { FactsTable } from './parts/facts-table.tsx';
import { Heading, Paragraph } from './parts/text.tsx';
import type { ScreenProps } from './stage.ts';
import { refusalText } from './texts/texts.ts';
import { dayText } from './texts/time.ts';

/** Lines taken by everything but the certificates. */
const OTHER_ROWS = 10;

/** Whose card it is, what is on it, and that it can be reprovisioned (RP-11). */
export function CardFound({ state, stage }: ScreenProps<'found'>) {
  const { texts, view } = stage;
  const { found } = texts;
  const { card } = state;
  const trouble = troubleOf(stage);
  const facts = [
    { label: found.holder, value: card.holderName },
    { label: found.profile, value: card.profileTitle },
    { label: found.validUntil, value: dayText(card.expiresAt, view.language) },
    ...(card.serial === null ? [] : [{ label: found.serial, value: card.serial }]),
  ];
  return (
    <>
      <Heading>{titleOf(state, stage)}</Heading>
      <Paragraph above={0}>{trouble ?? nextStep(state, stage)}</Paragraph>
      <FactsTable facts={facts} width={stage.width} />
      {card.certificates.length === 0 ? (
        <Paragraph>{found.noCertificates}</Paragraph>
      ) : (
        <CertificateTable
          head={{
            key: 'head',
            use: found.certificateFor,
            until: found.validUntil,
            state: found.certificateState,
          }}
          rows={recordedRows(card.certificates, card.hasOpenOperation, stage)}
          maxRows={Math.max(2, rowsToFill(stage.height) - OTHER_ROWS - (view.refusedAs === null ? 1 : 2))}
          more={found.more}
        />
      )}
    </>
  );
}

type State = ScreenProps<'found'>['state'];

function titleOf({ card }: State, { texts, view }: ScreenProps<'found'>['stage']): string {
  if (view.refusedAs !== null) return refusalText(texts, view.refusedAs).title;
  if (card.triesLeft === 0) return texts.found.blockedTitle;
  return card.hasOpenOperation ? texts.found.unfinishedTitle : texts.found.title;
}

/** Why nobody can go on for now; null: one can. */
function troubleOf({ view, texts }: ScreenProps<'found'>['stage']): string | null {
  if (view.refusedAs !== null) return texts.insertCard.centralRefuses(view.refusedAs);
  return view.isCentralReached ? null : texts.found.centralNotReached;
}

function nextStep({ card }: State, { texts }: ScreenProps<'found'>['stage']): string {
  if (card.triesLeft === 0) return texts.found.blocked;
  return card.hasOpenOperation ? texts.found.unfinished : texts.found.text;
}
