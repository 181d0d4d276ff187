import { hexTag } from '../../piv/reference.ts';
import { concat, tlv } from '../../piv/tlv.ts';
import { ok, Refusal, SW } from '../answer.ts';
import { attestationCertificate, attestationIdentity } from '../attestation.ts';
import type { Command } from '../chip.ts';
import { loadKey } from '../slot-key.ts';

/** Where a card that attests shows the certificate of its attestation key. */
const ATTESTATION_OBJECT = '5FFF01';

/** ATTEST (F9): a certificate that says this key was generated here. An imported key gets none. */
export const attest: Command = async (chip, { p1 }) => {
  const slot = hexTag(p1);
  const key = chip.state.keys[slot];
  if (!key) throw new Refusal(SW.referenceNotFound);
  if (key.isImported) throw new Refusal(SW.incorrectData);
  const identity = chip.state.attestation ?? (await attestationIdentity());
  chip.state.attestation = identity;
  chip.state.objects[ATTESTATION_OBJECT] ??= certificateObject(identity.certificate);
  return ok(
    attestationCertificate(identity, {
      slot,
      privateKey: loadKey(key),
      serial: chip.state.serial ?? 0,
      pinPolicy: key.pinPolicy || (slot === '9C' ? 3 : slot === '9E' ? 1 : 2),
    }),
  );
};

/** 70 certificate, 71 not compressed, FE. @see NIST SP 800-73-4 part 1, table 10 */
function certificateObject(certificate: string): string {
  const parts = concat(tlv(0x70, Buffer.from(certificate, 'base64')), tlv(0x71, Uint8Array.of(0)), tlv(0xfe));
  return Buffer.from(parts).toString('base64');
}
