import {
  CommandRefusedError,
  MalformedAnswerError,
  PinBlockedError,
  SecurityStatusError,
  WrongPinError,
} from '../piv/status-word.ts';
import { TlvError } from '../piv/tlv.ts';
import type { Run } from './run.ts';

/** `locked`: the card does not show it, even with the PIN. `hidden`: nor does it know the tag. */
type Presence = 'absent' | 'present' | 'locked' | 'hidden';

/** Whether there is anything to empty: one command where nothing is. What cannot be made sense of is there. */
export async function presenceOf(run: Run, tag: number): Promise<Presence> {
  try {
    const found = await run.readObject(tag);
    return found === null || found.length === 0 ? 'absent' : 'present';
  } catch (error) {
    if (error instanceof MalformedAnswerError || error instanceof TlvError) return 'present';
    if (error instanceof WrongPinError || error instanceof PinBlockedError) throw error;
    if (error instanceof SecurityStatusError) return 'locked';
    if (error instanceof CommandRefusedError) return 'hidden';
    throw error;
  }
}
