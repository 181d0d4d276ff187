import { CRL_REASONS, type CrlReason } from '../../domain/crl-reason.ts';
import type { Central } from '../central.ts';
import { recordAudit } from '../repositories/audit.ts';
import { changeCertificate, findCertificate, revokeForGood } from '../repositories/certificates.ts';
import { markListStale } from '../repositories/revocation-lists.ts';
import { publishRevocationList } from '../revocation.ts';
import { CommandError, type CommandIo, readArgs, UsageError } from './command-io.ts';

/**
 * `central ca chain`, and `central ca revoke SERIAL --reason R [--crl-only]`. With `--crl-only` central's record stays as
 * it is, as if the CA had revoked behind its back (RP-05).
 */
export async function caCommand(central: Central, args: readonly string[], io: CommandIo): Promise<void> {
  const { values, positionals } = readArgs(args, {
    reason: { type: 'string' },
    'crl-only': { type: 'boolean', default: false },
  });
  const [verb, serial, ...more] = positionals;
  if (verb === 'chain' && serial === undefined) {
    io.stdout.write(central.authority.chainPem);
    return;
  }
  if (verb !== 'revoke' || serial === undefined || values.reason === undefined || more.length > 0) {
    throw new UsageError('ca: chain, or revoke SERIAL --reason R [--crl-only]');
  }
  const reason = checkReason(values.reason);
  await revoke(central, serial.toLowerCase().replaceAll(':', ''), reason, values['crl-only']);
  io.stdout.write(`${serial} revoked\n`);
}

async function revoke(
  central: Central,
  serialNumber: string,
  crlReason: CrlReason,
  isCrlOnly: boolean,
): Promise<void> {
  const now = central.now();
  await central.database.transaction(async (transaction) => {
    const certificate = await findCertificate(transaction, serialNumber);
    if (!certificate)
      throw new CommandError(`revoke certificate: central has issued none with ${serialNumber}`);
    // On hold it can still be revoked, or suspended on its own where that was its card's doing.
    const isHold = crlReason === 'certificateHold';
    const isOnHold = certificate.crlReason === 'certificateHold';
    if (certificate.revokedAt && (isCrlOnly || (isHold ? !certificate.isHeldWithCard : !isOnHold)))
      throw new CommandError(`revoke certificate: ${serialNumber} is revoked already`);
    if (isCrlOnly) {
      await changeCertificate(transaction, serialNumber, { revokedAt: now, crlReason, isOnCrlOnly: true });
    } else {
      await revokeForGood(transaction, certificate, crlReason, now);
    }
    await markListStale(transaction);
    const entry = { type: 'certificate.revoked', actor: 'command', cardId: certificate.cardId };
    await recordAudit(
      central,
      transaction,
      { ...entry, detail: { serialNumber, crlReason, isCrlOnly } },
      now,
    );
  });
  await publishRevocationList(central, 'issuing');
}

function checkReason(reason: string): CrlReason {
  if (!Object.hasOwn(CRL_REASONS, reason)) {
    throw new CommandError(`revoke certificate: a reason is one of ${Object.keys(CRL_REASONS).join(', ')}`);
  }
  return reason as CrlReason;
}
