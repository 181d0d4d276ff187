/** A mail in words: the same row gives the same mail, whichever central writes it. */
import { frenchDate } from '../../domain/french-typography.ts';
import { toInstant } from '../instant.ts';
import type { MailFacts } from './mail-kinds.ts';
import type { MailSettings } from './mail-settings.ts';
import { MAIL_TEXTS, type MailTexts, type TextKind } from './mail-texts.ts';

/** What is told to whom. */
export interface MailToWrite {
  readonly id: string;
  readonly kind: TextKind;
  readonly facts: MailFacts;
  readonly madeAt: Date;
  /** The one-time code that it brings: ASCII digits. */
  readonly code?: string | null;
  /** The person's name and address, as on record. */
  readonly name: string;
  readonly address: string;
}

/** Ready to be sent; plain text. */
export interface WrittenMail {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** With angle brackets; a second copy of the mail has the same. */
  readonly messageId: string;
  readonly date: Date;
}

const SEPARATOR = `\n\n${'-'.repeat(40)}\n\n`;

export function writeMail(
  mail: MailToWrite,
  { from, helpdesk, languages }: Pick<MailSettings, 'from' | 'helpdesk' | 'languages'>,
): WrittenMail {
  const texts = languages.map((language) => MAIL_TEXTS[language]);
  return {
    ...{ id: mail.id, from, to: mail.address, date: mail.madeAt },
    // Nothing that anybody chose is in it.
    subject: texts.map(({ subjects }) => subjects[mail.kind]).join(' / '),
    text: `${texts.map((one) => section(mail, one, helpdesk)).join(SEPARATOR)}\n`,
    messageId: `<recard-${mail.id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
  };
}

/** How the person is asked whether they know of it; `done` where nothing is said. */
const ASKS: Partial<Readonly<Record<TextKind, keyof MailTexts['ifNotYou']>>> = {
  ...{ keysRequested: 'waiting', keysApproved: 'waiting' },
  ...{ cardCancelled: 'byOthers', cardDisabled: 'byOthers', cardEnabled: 'byOthers' },
  ...{ codeGiven: 'code', numberGiven: 'code' },
};

function section(mail: MailToWrite, texts: MailTexts, helpdesk: string | null): string {
  const ask = texts.ifNotYou[ASKS[mail.kind] ?? 'done'];
  return [
    texts.greeting(oneLine(mail.name)),
    texts.happened[mail.kind],
    details(mail, texts),
    ...(mail.kind === 'test' ? [] : [helpdesk === null ? ask : `${ask}\n${oneLine(helpdesk)}`]),
    texts.end,
  ].join('\n\n');
}

function details({ facts, madeAt, code }: MailToWrite, { labels, labelled, ...texts }: MailTexts): string {
  const lines: readonly (readonly [string, string | undefined])[] = [
    [labels.when, moment(madeAt, texts.locale)],
    [labels.kiosk, facts.kiosk === undefined ? undefined : oneLine(facts.kiosk)],
    [labels.machine, facts.machine === undefined ? undefined : oneLine(facts.machine)],
    [labels.card, facts.card === undefined ? undefined : texts.card(oneLine(facts.card))],
    [labels.keys, facts.keys?.toString()],
    [labels.onto, facts.onto && texts.onto[facts.onto]],
    [labels.by, facts.by && texts.by[facts.by]],
    [labels.code, code ?? undefined],
    [labels.until, facts.until === undefined ? undefined : moment(new Date(facts.until), texts.locale)],
  ];
  return lines
    .flatMap(([label, value]) => (value === undefined ? [] : [`  ${labelled(label, value)}`]))
    .join('\n');
}

/** UTC, and as people where central runs would say it. */
function moment(at: Date, locale: string): string {
  const readable = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' }).format(at);
  return `${toInstant(at)} (${locale === 'fr-FR' ? frenchDate(readable) : readable})`;
}

/** Whatever a name holds, it makes no line, header or direction of its own. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
