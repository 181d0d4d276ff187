import { SESSION_HEADER, sessionRequest, sessionResponse } from '../../protocol/operator.ts';
import type { Central } from '../central.ts';
import { endSession } from '../session/find-operator.ts';
import { startSession } from '../session/start-session.ts';
import { type App, answers, asking, nothing } from './contract.ts';

/** ID-05: an operator signs in and out at a kiosk. */
export function sessionRoutes(app: App, central: Central): void {
  const start = { body: sessionRequest, response: answers(sessionResponse) };
  app.post('/sessions', { schema: start }, (request) =>
    startSession(central, asking(request), request.body.proofId),
  );
  const end = { response: answers(nothing) };
  app.delete('/sessions/current', { schema: end }, async (request) => {
    await endSession(central, asking(request), request.headers[SESSION_HEADER]);
    return {};
  });
}
