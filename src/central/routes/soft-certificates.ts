import { z } from 'zod';
import { collectionTokenRequest, collectionTokenResponse } from '../../protocol/collection-token.ts';
import { SESSION_HEADER } from '../../protocol/operator.ts';
import { softRequest, softResponse, softSaved, softStopped } from '../../protocol/soft-certificate.ts';
import { id } from '../../protocol/values.ts';
import type { Central } from '../central.ts';
import { toInstant } from '../instant.ts';
import { completeSoft, stopSoft } from '../soft/end-soft.ts';
import { giveTokenAtKiosk } from '../soft/give-token.ts';
import { openSoft } from '../soft/open-soft.ts';
import { type App, answers, asking, nothing } from './contract.ts';

/** Recovered keys as a file under a password (KR-08): the kiosk is given them, makes the file, and says what became of it. */
export function softCertificateRoutes(app: App, central: Central): void {
  const params = z.object({ id });
  // Loose: whatever else there is stays.
  const headers = z.looseObject({ [SESSION_HEADER]: z.string().optional() });
  const open = { headers, params, body: softRequest, response: answers(softResponse) };
  app.post('/requests/:id/soft', { schema: open }, (request) =>
    openSoft(central, asking(request), request.params.id, request.body, request.headers[SESSION_HEADER]),
  );
  const token = {
    ...{ headers, params, body: collectionTokenRequest },
    response: answers(collectionTokenResponse),
  };
  app.post('/requests/:id/collection-token', { schema: token }, async (request) => {
    const { proofId, ...answer } = request.body;
    const asked = { requestId: request.params.id, proofId, answer };
    const session = request.headers[SESSION_HEADER];
    const given = await giveTokenAtKiosk(central, asking(request), { ...asked, token: session });
    return { token: given.token, url: central.kioskUrl, expiresAt: toInstant(given.expiresAt) };
  });
  const complete = { params, body: softSaved, response: answers(nothing) };
  app.post('/requests/:id/soft/complete', { schema: complete }, async (request) => {
    await completeSoft(central, asking(request), request.params.id, request.body);
    return {};
  });
  const stopped = { params, body: softStopped, response: answers(nothing) };
  app.post('/requests/:id/soft/stopped', { schema: stopped }, async (request) => {
    await stopSoft(central, asking(request), request.params.id, request.body);
    return {};
  });
}
