import type { Slot } from '../domain/slot.ts';
import { unwrapAnswer } from './answer.ts';
import { INS_ATTEST, LE_MAX } from './apdu.ts';
import type { Exchange } from './exchange.ts';
import { keyReference } from './reference.ts';
import {
  isUnknownInstruction,
  refusal,
  SW_INCORRECT_P1_P2,
  SW_NOT_FOUND,
  SW_OK,
  SW_REFERENCE_NOT_FOUND,
  SW_WRONG_DATA,
} from './status-word.ts';

const SEQUENCE = 0x30;
/** The card attests, but not this key: imported, absent, or the attestation key itself is gone. */
const NOT_THIS_KEY = [SW_WRONG_DATA, SW_NOT_FOUND, SW_INCORRECT_P1_P2, SW_REFERENCE_NOT_FOUND];

/** Vendor (F9): a certificate (DER) that says that a key was made on the card; null where there is none to be had. */
export async function readAttestation(exchange: Exchange, slot: Slot): Promise<Uint8Array | null> {
  const intent = `attest ${slot}`;
  const { data, sw } = await exchange.send({ ins: INS_ATTEST, p1: keyReference(slot), p2: 0, le: LE_MAX });
  if (isUnknownInstruction(sw) || NOT_THIS_KEY.includes(sw)) return null;
  if (sw !== SW_OK) throw refusal(sw, intent);
  unwrapAnswer(intent, SEQUENCE, data);
  return data;
}
