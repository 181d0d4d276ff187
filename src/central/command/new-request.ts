import { type NewRequest, newRequest } from '../../protocol/operator.ts';
import type { Central } from '../central.ts';
import { findCardByName } from '../repositories/cards.ts';
import { findPerson } from '../repositories/people.ts';
import { CommandError, UsageError } from './command-io.ts';

/** Options of `central request new`. */
export const WISH_OPTIONS = {
  certificate: { type: 'string', multiple: true },
  without: { type: 'string', multiple: true },
  'confirm-removal': { type: 'string', multiple: true },
  profile: { type: 'string' },
  'in-place-of': { type: 'string' },
  reason: { type: 'string' },
} as const;

export interface WishWords {
  readonly certificate?: readonly string[] | undefined;
  readonly without?: readonly string[] | undefined;
  readonly 'confirm-removal'?: readonly string[] | undefined;
  readonly profile?: string | undefined;
  readonly 'in-place-of'?: string | undefined;
  readonly reason?: string | undefined;
  readonly note?: string | undefined;
}

const HOW: Readonly<Record<string, string>> = {
  'existing-card': 'CARD [--certificate SERIAL]… [--without SERIAL --confirm-removal SERIAL]… [--note TEXT]',
  'soft-certificate': 'PERSON --profile NAME --certificate SERIAL… [--note TEXT]',
  'new-card':
    'PERSON --profile NAME [--certificate SERIAL]… [--in-place-of CARD --reason REASON] [--note TEXT]',
  'card-update': 'CARD --reason REASON [--note TEXT]',
};

/**
 * Reads `KIND CARD|PERSON …`.
 * @throws UsageError, CommandError for who and what central does not know
 */
export async function readWish(
  central: Central,
  [kind = '', name, ...more]: readonly string[],
  words: WishWords,
): Promise<NewRequest> {
  const how = Object.hasOwn(HOW, kind) ? HOW[kind] : undefined;
  if (how === undefined) throw new UsageError(`request new: a kind is ${Object.keys(HOW).join(', ')}`);
  const usage = () => new UsageError(`request new ${kind} ${how}`);
  if (name === undefined || more.length > 0) throw usage();
  const wish = await WISHES[kind]?.(central, name, words);
  if (!wish) throw usage();
  const note = words.note ?? null;
  const read = newRequest.safeParse({ ...wish, note });
  if (read.success) return read.data;
  throw new CommandError(`make request: ${mistakeIn(read.error.issues[0]?.path[0])}`);
}

const SERIALS = 'a request is for 64 certificates at most; ask for fewer at once';
/** What is wrong with each part of a request that was read as far as that. */
const MISTAKES: Readonly<Record<string, string>> = {
  ...{ certificates: SERIALS, without: SERIALS, confirmedRemovals: SERIALS },
  note: 'a note has 1 to 500 characters; type it again with --note',
  profileName: 'no profile has so long a name; see: profile list',
  reason: 'no reason is so long; a reason is one of those in the profile of the card, see: profile show NAME',
  inPlaceOf:
    'no reason is so long; a reason is one of those in the profile of the card, see: profile show NAME',
};

function mistakeIn(part: PropertyKey | undefined): string {
  return MISTAKES[String(part)] ?? 'central does not take it as it is; see: request new';
}

/** Null: an option is missing, or one too many. */
type ReadKind = (central: Central, name: string, words: WishWords) => Promise<Record<string, unknown> | null>;

const WISHES: Readonly<Record<string, ReadKind>> = {
  async 'existing-card'(central, name, words) {
    if (words.profile !== undefined || words.reason !== undefined || words['in-place-of'] !== undefined)
      return null;
    const cardId = await cardIdOf(central, name);
    return {
      ...{ kind: 'existingCard', cardId, certificates: serials(words.certificate) },
      ...{ without: serials(words.without), confirmedRemovals: serials(words['confirm-removal']) },
    };
  },
  async 'soft-certificate'(central, name, words) {
    if (isAboutCard(words) || words.profile === undefined || words['in-place-of'] || words.reason)
      return null;
    const ownerId = await personIdOf(central, name);
    const certificates = serials(words.certificate);
    return { kind: 'softCertificate', ownerId, profileName: words.profile, certificates };
  },
  async 'new-card'(central, name, words) {
    const { profile: profileName, reason, 'in-place-of': old } = words;
    if (isAboutCard(words) || profileName === undefined) return null;
    if ((old === undefined) !== (reason === undefined)) return null;
    const ownerId = await personIdOf(central, name);
    const inPlaceOf = old === undefined ? null : { cardId: await cardIdOf(central, old), reason };
    return { kind: 'newCard', ownerId, profileName, certificates: serials(words.certificate), inPlaceOf };
  },
  async 'card-update'(central, name, words) {
    const { reason, certificate, profile, 'in-place-of': old } = words;
    if (reason === undefined || certificate || profile !== undefined || old || isAboutCard(words))
      return null;
    return { kind: 'cardUpdate', cardId: await cardIdOf(central, name), reason };
  },
};

function isAboutCard(words: WishWords): boolean {
  return words.without !== undefined || words['confirm-removal'] !== undefined;
}

/** As certificates say it themselves, or as other programs print them. @throws CommandError */
function serials(words: readonly string[] = []): string[] {
  return words.map((word) => {
    const serial = word.toLowerCase().replaceAll(':', '');
    if (/^[0-9a-f]{1,64}$/.test(serial)) return serial;
    const why = 'it has 1 to 64 digits and letters a to f, such as 3f:a0:17 or 3fa017';
    throw new CommandError(
      `make request: ${word} is no serial number of a certificate: ${why}; see: request certificates PERSON`,
    );
  });
}

async function cardIdOf({ database }: Central, name: string): Promise<string> {
  const card = await findCardByName(database, name);
  if (!card) throw new CommandError(`make request: central knows no card ${name}; see: card list`);
  return card.id;
}

async function personIdOf({ database }: Central, name: string): Promise<string> {
  const person = await findPerson(database, name);
  if (!person) throw new CommandError(`make request: nobody is called ${name}; see: person list`);
  return person.id;
}
