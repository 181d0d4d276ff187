import { concat, tlv } from '../../piv/tlv.ts';
import { ok, Refusal, SW } from '../answer.ts';
import { type Command, newSession } from '../chip.ts';

/** Application identifier with version. @see NIST SP 800-73-4 part 1, 2.2 */
const PIV_AID = Buffer.from('A000000308000010000100', 'hex');
const PIX = PIV_AID.subarray(5);
const LABEL = new TextEncoder().encode('Recard virtual PIV card');

/** SELECT by name, whole or shortened. An unknown name leaves what was selected. @see SP 800-73-4 part 2, 3.1.1 */
export const select: Command = (chip, { p1, data }) => {
  const isPiv = p1 === 0x04 && data.length >= 5 && PIV_AID.subarray(0, data.length).equals(data);
  if (!isPiv || !chip.state.hasPiv) throw new Refusal(SW.notFound);
  const { isSelected, isPinVerified, isPinFresh } = chip.session;
  const keepsPin = isSelected && chip.state.personality.keepsPinOverSelect;
  chip.session = { ...newSession(), isSelected: true, ...(keepsPin && { isPinVerified, isPinFresh }) };
  const authority = tlv(0x79, tlv(0x4f, Buffer.from('A000000308', 'hex')));
  return ok(tlv(0x61, concat(tlv(0x4f, PIX), authority, tlv(0x50, LABEL))));
};
