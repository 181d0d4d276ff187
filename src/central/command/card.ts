import { parseArgs } from 'node:util';
import type { Central } from '../central.ts';
import { toInstant, toInstantOrNull } from '../instant.ts';
import { type CardRow, findCardByName } from '../repositories/cards.ts';
import { type CertificateRow, certificatesOfCard } from '../repositories/certificates.ts';
import { findOpenOperation } from '../repositories/operations.ts';
import { findPerson } from '../repositories/people.ts';
import { CommandError, type CommandIo, UsageError } from './command-io.ts';

/** `central card show NAME --json`: what central has on record of a card. NAME: label, id, GUID or chip serial. */
export async function cardCommand(central: Central, args: readonly string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const [verb, name, ...more] = positionals;
  if (verb !== 'show' || name === undefined || more.length > 0)
    throw new UsageError('card: show NAME [--json]');
  const card = await findCardByName(central.database, name);
  if (!card) throw new CommandError(`show card: central knows no card ${name}`);
  const description = await describe(central, card);
  io.stdout.write(values.json ? `${JSON.stringify(description)}\n` : lines(description));
}

async function describe(central: Central, card: CardRow) {
  const holder = await findPerson(central.database, card.holderId);
  const operation = await findOpenOperation(central.database, card.id);
  const certificates = await certificatesOfCard(central.database, card.id);
  return {
    ...{ id: card.id, label: card.label, serial: card.serial, state: card.state },
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
      canChange: card.canChangeManagementKey,
    },
    puk: { version: card.pukVersion },
    certificates: certificates.map(describeCertificate),
    openOperation: operation
      ? {
          ...{ id: operation.id, reason: operation.reason, startedAt: toInstant(operation.startedAt) },
          refusedWith: operation.refusedWith,
        }
      : null,
  };
}

function describeCertificate(certificate: CertificateRow) {
  const { slot, serialNumber, subject, state, isOnCard, isOnCrlOnly, crlReason } = certificate;
  return {
    ...{ slot, serialNumber, subject, state, isOnCard },
    notBefore: toInstant(certificate.notBefore),
    notAfter: toInstant(certificate.notAfter),
    revokedAt: toInstantOrNull(certificate.revokedAt),
    ...{ crlReason, isOnCrlOnly },
  };
}

function lines(description: Awaited<ReturnType<typeof describe>>): string {
  const { certificates, ...rest } = description;
  const facts = Object.entries(rest).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  const held = certificates.map(
    (one) =>
      `${one.slot} ${one.state}${one.isOnCard ? ' on card' : ''} until ${one.notAfter} ${one.serialNumber}`,
  );
  return `${[...facts, ...held].join('\n')}\n`;
}
