import {
  INS_ATTEST,
  INS_CHANGE_REFERENCE_DATA,
  INS_GENERAL_AUTHENTICATE,
  INS_GENERATE_ASYMMETRIC_KEY_PAIR,
  INS_GET_DATA,
  INS_GET_METADATA,
  INS_GET_SERIAL,
  INS_IMPORT_KEY,
  INS_MOVE_KEY,
  INS_PUT_DATA,
  INS_RESET,
  INS_RESET_RETRY_COUNTER,
  INS_SELECT,
  INS_SET_MANAGEMENT_KEY,
  INS_SET_PIN_RETRIES,
  INS_VERIFY,
} from '../piv/apdu.ts';
import { TlvError } from '../piv/tlv.ts';
import { type Answer, Refusal, SW } from './answer.ts';
import type { Chip, Command } from './chip.ts';
import type { CommandApdu } from './command-apdu.ts';
import { attest } from './commands/attest.ts';
import { getData, putData } from './commands/data-objects.ts';
import { generalAuthenticate } from './commands/general-authenticate.ts';
import { changeReferenceData, resetRetryCounter, verify } from './commands/reference-data.ts';
import { select } from './commands/select.ts';
import { generateKeyPair, importKey, moveKey } from './commands/slot-keys.ts';
import {
  getMetadata,
  getSerial,
  getVersion,
  reset,
  setManagementKey,
  setRetries,
} from './commands/vendor.ts';

/** Vendor: version of the application. Nobody may conclude anything from it. */
const INS_GET_VERSION = 0xfd;

const STANDARD: ReadonlyMap<number, Command> = new Map([
  [INS_VERIFY, verify],
  [INS_CHANGE_REFERENCE_DATA, changeReferenceData],
  [INS_RESET_RETRY_COUNTER, resetRetryCounter],
  [INS_GENERATE_ASYMMETRIC_KEY_PAIR, generateKeyPair],
  [INS_GENERAL_AUTHENTICATE, generalAuthenticate],
  [INS_GET_DATA, getData],
  [INS_PUT_DATA, putData],
]);

const VENDOR: ReadonlyMap<number, Command> = new Map([
  [INS_MOVE_KEY, moveKey],
  [INS_GET_METADATA, getMetadata],
  [INS_GET_SERIAL, getSerial],
  [INS_ATTEST, attest],
  [INS_SET_PIN_RETRIES, setRetries],
  [INS_RESET, reset],
  [INS_GET_VERSION, getVersion],
  [INS_IMPORT_KEY, importKey],
  [INS_SET_MANAGEMENT_KEY, setManagementKey],
]);

/** Carries out one whole command; whatever is wrong with it becomes a status word. */
export async function dispatch(chip: Chip, apdu: CommandApdu): Promise<Answer> {
  try {
    return await commandFor(chip, apdu.ins)(chip, apdu);
  } catch (error) {
    if (error instanceof Refusal) return { data: new Uint8Array(0), sw: error.sw };
    if (error instanceof TlvError) return { data: new Uint8Array(0), sw: SW.incorrectData };
    throw error;
  }
}

function commandFor(chip: Chip, ins: number): Command {
  if (ins === INS_SELECT) return select;
  const command =
    STANDARD.get(ins) ?? (chip.state.personality.hasVendorCommands ? VENDOR.get(ins) : undefined);
  if (!command || !chip.session.isSelected) throw new Refusal(SW.instructionNotSupported);
  return command;
}
