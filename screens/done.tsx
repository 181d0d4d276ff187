import type { OperationKind } from '../src/domain/request.ts';
import type { ResultView } from '../src/flows/walk-up-state.ts';
import { writtenRows } from './certificate-rows.ts';
import { CertificateTable } from './parts/certificate-table.tsx';
import { Notice } from './parts/notice.tsx';
import { Paragraph } from './parts/text.tsx';
import { plainText } from './plain-text.ts';
import type { ScreenProps } from './stage.ts';
import { keyUse } from './texts/texts.ts';
import { dayText } from './texts/time.ts';

/** Lines taken by everything but the certificates, and by what is said of a leftover key. */
const OTHER_ROWS = 8;
const LEFTOVER_ROWS = 4;
/** By what is said of something else that waits. */
const NEXT_ROWS = 4;

/** The objects that a cardholder knows of; the others are for the audit. */
const KNOWN_OBJECTS: Readonly<Record<string, 'photo' | 'printed' | 'fingerprints'>> = {
  '5FC108': 'photo',
  '5FC109': 'printed',
  '5FC103': 'fingerprints',
};

/** What changed, until when, and to take the card out (UX-07). */
export function Done({ state, stage }: ScreenProps<'done'>) {
  const { done, emptied, found, pinSet } = stage.texts;
  const { result, stillWaiting, isCardIn } = state;
  if (state.work === 'empty') {
    return (
      <>
        <Notice tone="good" above={0}>
          {emptied.title}
        </Notice>
        <Paragraph>{emptied.text}</Paragraph>
      </>
    );
  }
  if (state.work === 'pinReset') {
    return (
      <>
        <Notice tone="good" above={0}>
          {`${pinSet.title} ${isCardIn ? done.takeCard : done.cardIsOut}`}
        </Notice>
        <Paragraph>{pinSet.text}</Paragraph>
      </>
    );
  }
  const { title, first, cardValid } = wordsOf(state.work, result, stage.texts);
  const notTaken = result.unwritableObjects.flatMap((tag) => {
    const thing = KNOWN_OBJECTS[tag];
    return thing ? [done.things[thing]] : [];
  });
  const hasNext = stillWaiting > 0 && isCardIn;
  const changes = [
    ...(state.removed ? [stage.texts.collected.removed(state.removed)] : []),
    first,
    ...(result.revokedCount > 0 ? [done.oldRevoked(result.revokedCount)] : []),
    cardValid(dayText(result.cardExpiresAt, stage.view.language)),
    ...(notTaken.length > 0 ? [done.notTaken(notTaken.join(', '))] : []),
  ];
  return (
    <>
      <Notice tone="good" above={0}>
        {`${title} ${hasNext ? '' : isCardIn ? done.takeCard : done.cardIsOut}`.trim()}
      </Notice>
      {result.certificates.length === 0 ? null : (
        <CertificateTable
          head={{ key: 'head', use: done.newCertificates, until: found.validUntil }}
          rows={writtenRows(result.certificates, stage)}
          maxRows={Math.max(
            2,
            stage.height -
              OTHER_ROWS -
              (result.leftoverKeys.length > 0 ? LEFTOVER_ROWS : 0) -
              (hasNext ? NEXT_ROWS : 0),
          )}
          more={found.more}
        />
      )}
      <Paragraph>{changes.join(' ')}</Paragraph>
      {result.leftoverKeys.length === 0 ? null : (
        <Notice tone="warn" above={0}>
          {done.leftover(plainText(result.leftoverKeys.join(', ')))}
        </Notice>
      )}
      {hasNext ? <Paragraph>{stage.texts.collected.next}</Paragraph> : null}
    </>
  );
}

/** What is ready, what is said first of it, and until when it is valid. */
function wordsOf(
  work: Exclude<OperationKind, 'empty' | 'pinReset'>,
  result: ResultView,
  { done, collected, issued }: ScreenProps<'done'>['stage']['texts'],
) {
  switch (work) {
    case 'reprovision':
      return { title: done.title, first: done.newPin, cardValid: done.cardValid };
    case 'collection':
      return { title: collected.title, first: collected.pinStays, cardValid: done.cardValid };
    case 'issue': {
      const recovered = result.certificates.filter(({ slot }) => keyUse(slot) === 'oldEncrypt').length;
      const first = recovered === 0 ? done.newPin : `${done.newPin} ${issued.recovered(recovered)}`;
      return { title: issued.title, first, cardValid: issued.cardValid };
    }
  }
}
