import { WrongCardError } from './errors.ts';
import type { Run } from './run.ts';

/**
 * Finds the management key that this card has, newest version first, by mutual authentication with central. It is the
 * right card when one passes (operation.md B); nothing has been written before.
 * @throws WrongCardError when none does
 */
export async function authenticate(run: Run): Promise<void> {
  run.progress.begin('authenticate', null);
  const { managementKeyAlgorithm } = run.capabilities;
  const candidates = run.plan.managementKey.candidates.filter(
    ({ algorithm }) => managementKeyAlgorithm === null || managementKeyAlgorithm === algorithm,
  );
  for (const { version, algorithm } of candidates) {
    run.request.signal.throwIfAborted();
    let exchangeId = '';
    const isAuthenticated = await run.session.authenticateManagementKey(algorithm, {
      async answerWitness(witness) {
        const answer = await run.central.answerWitness(version, algorithm, witness);
        exchangeId = answer.exchangeId;
        return answer;
      },
      checkResponse: (response) => run.central.checkCardResponse(exchangeId, response),
    });
    if (isAuthenticated) {
      run.managementKeyVersion = version;
      return;
    }
  }
  throw new WrongCardError('authenticate card: it has none of the management keys that central knows for it');
}
