/** The chip's own number, by which a card is recognised (RP-16). */
import { INS_GET_DATA_SIMPLE, INS_GET_SERIAL } from './apdu.ts';
import type { CardAnswer, Exchange } from './exchange.ts';
import { SW_OK } from './status-word.ts';

const CLA_GLOBAL_PLATFORM = 0x80;
/** IC fabricator to IC serial number within the CPLC data. @see GlobalPlatform Card 2.3.1, H.6 (Visa CPLC) */
const CPLC_CHIP_LENGTH = 16;
const CPLC_LENGTH = 42;

/**
 * The chip serial in decimal: the vendor's (F8, unsigned), else from CPLC; null where the card has neither.
 * The selected application stays selected.
 */
export async function readSerial(exchange: Exchange): Promise<string | null> {
  const serial = unsigned(await exchange.send({ ins: INS_GET_SERIAL, p1: 0, p2: 0, le: 256 }));
  if (serial !== 0n) return serial.toString();
  const command = { cla: CLA_GLOBAL_PLATFORM, ins: INS_GET_DATA_SIMPLE, p1: 0x9f, p2: 0x7f, le: 256 };
  const chip = unsigned(chipOf(await exchange.send(command)));
  return chip === 0n ? null : chip.toString();
}

/** 0 when the card refused, said nothing, or said more than a number. */
function unsigned({ data, sw }: CardAnswer): bigint {
  if (sw !== SW_OK || data.length === 0 || data.length > CPLC_CHIP_LENGTH) return 0n;
  return BigInt(`0x${Buffer.from(data).toString('hex')}`);
}

/** Cards answer with the CPLC data alone or as `9F7F 2A …`; a serial number of zero names no chip. */
function chipOf({ data, sw }: CardAnswer): CardAnswer {
  const isWrapped = data[0] === 0x9f && data[1] === 0x7f;
  const cplc = isWrapped ? data.subarray(3) : data;
  const chip = cplc.subarray(0, CPLC_CHIP_LENGTH);
  const hasSerial = cplc.length === CPLC_LENGTH && chip.subarray(-4).some((byte) => byte !== 0);
  return { data: hasSerial ? chip : new Uint8Array(), sw };
}
