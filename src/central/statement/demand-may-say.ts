import type { GivenHow, StatementAction } from '../../domain/statement.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { checkServed } from '../kiosk-scope.ts';
import { demandMayGiveCode, demandMayGiveNumber } from '../may-give-code.ts';
import { findSubject } from '../operation/may-begin.ts';
import { refusal } from '../refused.ts';
import { findCard } from '../repositories/cards.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { findPerson } from '../repositories/people.ts';
import { holdRequest } from '../request/find.ts';
import type { SignedIn } from '../session/demand-operator.ts';
import { demandMayVouch, demandMayVouchFor, demandMayWitness } from './may-say.ts';

/**
 * Anything that can be said, by this signer in the session of this operator.
 * @throws RefusedError of may-say.ts, may-give-code.ts; with a code of REFUSALS where nothing could be done with the card
 */
export async function demandMaySay(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  { signer, operatorId }: { readonly signer: SignedIn; readonly operatorId: string },
  action: StatementAction,
): Promise<void> {
  switch (action.kind) {
    case 'vouch': {
      const { holder, profile } = await findSubject(central, transaction, kiosk, action.cardId);
      return demandMayVouch(signer.actor, holder, profile);
    }
    case 'vouchRequest': {
      const found = await holdRequest(transaction, signer.actor, action.requestId);
      return demandMayVouchFor(transaction, signer.actor, found);
    }
    case 'giveCode':
      await demandMayGiveCode(central, transaction, signer.actor, action.cardId, isMailed(action));
      return;
    case 'giveNumber':
      await demandMayGiveNumber(central, transaction, signer.actor, action.requestId, isMailed(action));
      return;
    case 'witness': {
      const card = await findCard(transaction, action.cardId);
      const holder = card && (await findPerson(transaction, card.holderId));
      if (!card || !holder) throw refusal('RP-07-unknown');
      await checkServed(transaction, kiosk, card);
      return demandMayWitness(signer, operatorId, holder);
    }
  }
}

function isMailed({ handedOver }: GivenHow): boolean {
  return handedOver === 'mailed';
}
