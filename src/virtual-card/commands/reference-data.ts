import { type Answer, ok, Refusal, SW } from '../answer.ts';
import type { Chip, Command } from '../chip.ts';
import { checkSecret, createSecret, type ReferenceSecret } from '../reference-secret.ts';

const APPLICATION_PIN = 0x80;
const PUK = 0x81;

/** VERIFY: empty asks, P1 FF forgets, 8 bytes are compared. @see NIST SP 800-73-4 part 2, 3.2.1 */
export const verify: Command = (chip, { p1, p2, data }) => {
  if (p2 !== APPLICATION_PIN) throw new Refusal(SW.referenceNotFound);
  if (p1 === 0xff && data.length === 0) {
    setVerified(chip, false);
    return ok();
  }
  if (p1 !== 0) throw new Refusal(SW.incorrectParameters);
  if (data.length === 0) return chip.session.isPinVerified ? ok() : triesLeft(chip.state.pin);
  requireFormat(chip, data);
  compare(chip, chip.state.pin, data);
  setVerified(chip, true);
  return ok();
};

/** CHANGE REFERENCE DATA of PIN or PUK: old value, new value. @see SP 800-73-4 part 2, 3.2.2 */
export const changeReferenceData: Command = (chip, { p1, p2, data }) => {
  if (p1 !== 0) throw new Refusal(SW.incorrectParameters);
  if (p2 !== APPLICATION_PIN && p2 !== PUK) throw new Refusal(SW.referenceNotFound);
  if (data.length !== 16) throw new Refusal(SW.incorrectData);
  const [old, fresh] = [data.subarray(0, 8), data.subarray(8)];
  if (p2 === PUK) {
    compare(chip, chip.state.puk, old);
    chip.state.puk = createSecret(fresh, chip.state.puk.triesMax, false);
    return ok();
  }
  requireFormat(chip, fresh);
  compare(chip, chip.state.pin, old);
  chip.state.pin = createSecret(fresh, chip.state.pin.triesMax, false);
  setVerified(chip, true);
  return ok();
};

/** RESET RETRY COUNTER: PUK, new PIN. The PIN is not verified by it. @see SP 800-73-4 part 2, 3.2.3 */
export const resetRetryCounter: Command = (chip, { p1, p2, data }) => {
  if (p1 !== 0) throw new Refusal(SW.incorrectParameters);
  if (p2 !== APPLICATION_PIN) throw new Refusal(SW.referenceNotFound);
  if (data.length !== 16) throw new Refusal(SW.incorrectData);
  requireFormat(chip, data.subarray(8));
  compare(chip, chip.state.puk, data.subarray(0, 8));
  chip.state.pin = createSecret(data.subarray(8), chip.state.pin.triesMax, false);
  setVerified(chip, false);
  return ok();
};

/** Counts a try. @throws Refusal with 63Cx, or 6983 when none was left before */
function compare(chip: Chip, secret: ReferenceSecret, value: Uint8Array): void {
  if (secret.triesLeft === 0) throw new Refusal(SW.authenticationMethodBlocked);
  if (checkSecret(secret, value)) return;
  if (secret === chip.state.pin) setVerified(chip, false);
  throw new Refusal(triesLeft(secret).sw);
}

function triesLeft(secret: ReferenceSecret): Answer {
  const sw =
    secret.triesLeft === 0 ? SW.authenticationMethodBlocked : 0x63c0 | Math.min(secret.triesLeft, 15);
  return { data: new Uint8Array(0), sw };
}

function setVerified(chip: Chip, isVerified: boolean): void {
  chip.session.isPinVerified = isVerified;
  chip.session.isPinFresh = isVerified;
}

/** 6–8 characters padded with FF; digits only where the card follows the standard to the letter. */
function requireFormat(chip: Chip, value: Uint8Array): void {
  const text = Buffer.from(value).toString('latin1');
  const pattern = chip.state.personality.hasVendorCommands ? /^[^\xff]{6,8}\xff*$/s : /^[0-9]{6,8}\xff*$/;
  if (value.length !== 8 || !pattern.test(text)) throw new Refusal(SW.incorrectData);
}
