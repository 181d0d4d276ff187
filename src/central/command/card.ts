import { CARD_STATES, type CardState } from '../../domain/card.ts';
import { CARD_ACTIONS } from '../../domain/card-life.ts';
import type { Central } from '../central.ts';
import { toInstant, toInstantOrNull } from '../instant.ts';
import { type CardRow, findCardByName } from '../repositories/cards.ts';
import { type CertificateRow, certificatesOfCard, recoveredOnCard } from '../repositories/certificates.ts';
import { findOpenOperation } from '../repositories/operations.ts';
import { findPerson } from '../repositories/people.ts';
import { type ListedCard, searchCards } from '../repositories/searches.ts';
import { changeCardCommand } from './change-card.ts';
import { CommandError, type CommandIo, readArgs, UsageError } from './command-io.ts';
import { readLimit, writeTable } from './listing.ts';

/** `central card show NAME [--json]`, `central card list`, and what `changeCardCommand` does. NAME: label, id, GUID or chip serial. */
export async function cardCommand(central: Central, args: readonly string[], io: CommandIo): Promise<void> {
  const isChange = CARD_ACTIONS.some((one) => one === args[0]);
  if (isChange) return changeCardCommand(central, args, io);
  const { values, positionals } = readArgs(args, {
    json: { type: 'boolean', default: false },
    holder: { type: 'string' },
    state: { type: 'string' },
    limit: { type: 'string' },
  });
  const [verb, name, ...more] = positionals;
  const isSearch = values.holder !== undefined || values.state !== undefined || values.limit !== undefined;
  if (verb === 'list' && name === undefined) {
    await list(central, values, io);
  } else if (verb === 'show' && name !== undefined && more.length === 0 && !isSearch) {
    await show(central, name, values.json, io);
  } else {
    throw new UsageError(
      'card: show NAME [--json], list [--holder ID] [--state STATE] [--limit N] [--json], cancel, disable or enable NAME',
    );
  }
}

interface ListOptions {
  readonly holder?: string | undefined;
  readonly state?: string | undefined;
  readonly limit?: string | undefined;
  readonly json: boolean;
}

async function list(central: Central, options: ListOptions, io: CommandIo): Promise<void> {
  const { cards, total } = await searchCards(central.database, {
    holderId: options.holder === undefined ? null : await holderId(central, options.holder),
    state: options.state === undefined ? null : readState(options.state),
    limit: readLimit('card', options.limit),
  });
  if (options.json) io.stdout.write(`${JSON.stringify({ total, cards: cards.map(listed) })}\n`);
  else writeTable(io, { headings: HEADINGS, rows: cards.map(line), total });
}

async function holderId({ database }: Central, key: string): Promise<string> {
  const holder = await findPerson(database, key);
  if (!holder) throw new CommandError(`list cards: central knows nobody called ${key}; see: person list`);
  return holder.id;
}

function readState(text: string): CardState {
  const state = CARD_STATES.find((one) => one === text);
  if (!state) throw new CommandError(`list cards: a state is one of ${CARD_STATES.join(', ')}`);
  return state;
}

function listed(card: ListedCard) {
  const { id, serial, label, guid, holderId, holder, state, profileName, profileRevision } = card;
  return {
    ...{ id, serial, label, guid, state, expiresAt: toInstant(card.expiresAt) },
    holder: { id: holderId, displayName: holder },
    profile: { name: profileName, revision: profileRevision },
    isManagementKeyKnown: card.isManagementKeyKnown,
  };
}

const HEADINGS = ['CARD', 'LABEL', 'HOLDER', 'STATE', 'PROFILE', 'EXPIRES'];

function line({ id, serial, label, holder, state, profileName, expiresAt }: ListedCard): string[] {
  return [serial ?? id, label ?? '-', holder, state, profileName, toInstant(expiresAt).slice(0, 10)];
}

async function show(central: Central, name: string, isJson: boolean, io: CommandIo): Promise<void> {
  const card = await findCardByName(central.database, name);
  if (!card) throw new CommandError(`show card: central knows no card ${name}; see: card list`);
  const description = await describe(central, card);
  io.stdout.write(isJson ? `${JSON.stringify(description)}\n` : lines(description));
}

async function describe(central: Central, card: CardRow) {
  const holder = await findPerson(central.database, card.holderId);
  const operation = await findOpenOperation(central.database, card.id);
  const certificates = await certificatesOfCard(central.database, card.id);
  const recovered = await recoveredOnCard(central.database, card.id);
  return {
    ...{ id: card.id, label: card.label, serial: card.serial, state: card.state },
    stateReason: card.stateReason,
    expiresAt: toInstant(card.expiresAt),
    chuidExpiry: card.chuidExpiry,
    guid: card.guid,
    fascN: Buffer.from(card.fascN).toString('hex'),
    cardholderUuid: card.cardholderUuid,
    holder: holder && {
      ...{ id: holder.id, login: holder.login, displayName: holder.displayName, mail: holder.mail },
      ...{ state: holder.state, approvedUntil: toInstantOrNull(holder.approvedUntil) },
    },
    profile: { name: card.profileName, revision: card.profileRevision },
    managementKey: {
      ...{ version: card.managementKeyVersion, algorithm: card.managementKeyAlgorithm },
      ...{ canChange: card.canChangeManagementKey, isKnown: card.isManagementKeyKnown },
    },
    puk: { version: card.pukVersion, isKnown: card.isPukKnown },
    certificates: certificates.map(describeCertificate),
    /** Of other cards of the same holder, in the slots where they are on this one. */
    recovered: recovered.map((one) => ({
      ...describeCertificate(one),
      isOnCard: true,
      issuedFor: one.cardId,
    })),
    openOperation: operation
      ? {
          ...{ id: operation.id, kind: operation.kind, reason: operation.reason },
          ...{ request: operation.requestId, startedAt: toInstant(operation.startedAt) },
          refusedWith: operation.refusedWith,
        }
      : null,
  };
}

function describeCertificate(certificate: CertificateRow) {
  const { slot, serialNumber, subject, state, isOnCard, isOnCrlOnly, crlReason, foreignIssuer } = certificate;
  return {
    ...{ slot, serialNumber, subject, state, isOnCard },
    notBefore: toInstant(certificate.notBefore),
    notAfter: toInstant(certificate.notAfter),
    revokedAt: toInstantOrNull(certificate.revokedAt),
    ...{ crlReason, isOnCrlOnly, foreignIssuer },
  };
}

function lines(card: Awaited<ReturnType<typeof describe>>): string {
  const { holder, profile, managementKey, openOperation } = card;
  const key = managementKey.isKnown
    ? `version ${managementKey.version}`
    : 'not known: card-secrets are missing';
  const facts: [string, string][] = [
    ['serial', card.serial ?? 'none'],
    ...(card.label === null ? [] : [['label', card.label] as [string, string]]),
    ['state', card.stateReason === null ? card.state : `${card.state} (${card.stateReason})`],
    ['expires', `${card.expiresAt} (CHUID: ${card.chuidExpiry})`],
    ['holder', holder ? `${holder.displayName} (${holder.login ?? holder.id}), ${holder.state}` : '-'],
    [
      'profile',
      `${profile.name}, ${profile.revision === 0 ? 'never written here' : `revision ${profile.revision}`}`,
    ],
    ['GUID', card.guid],
    ['FASC-N', card.fascN],
    ['management key', `${managementKey.algorithm}, ${key}`],
    ['PUK', card.puk.isKnown ? `version ${card.puk.version}` : 'not known'],
    [
      'operation',
      openOperation ? `${openOperation.id}, ${openOperation.reason || openOperation.kind}` : 'none open',
    ],
    ['id', card.id],
  ];
  const certificates = card.certificates.map((one) => ['certificate', certificateLine(one)]);
  const recovered = card.recovered.map((one) => ['recovered', certificateLine(one)]);
  return [...facts, ...certificates, ...recovered]
    .map(([name, value]) => `${`${name}:`.padEnd(16)}${value}\n`)
    .join('');
}

function certificateLine(one: ReturnType<typeof describeCertificate>): string {
  const where = one.isOnCard ? '' : ', not on the card';
  const issuer = one.foreignIssuer === null ? '' : `, issued by ${one.foreignIssuer}`;
  return `${one.slot} ${one.state}${where}, until ${one.notAfter}, ${one.serialNumber}${issuer}`;
}
