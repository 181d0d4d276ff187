import { z } from 'zod';
import { giveCodeRequest, givenCode, SESSION_HEADER } from '../../protocol/operator.ts';
import { id } from '../../protocol/values.ts';
import type { Central } from '../central.ts';
import { giveCodeTo, giveNumberTo } from '../operator-code.ts';
import { askingOperator } from './asking-operator.ts';
import { type App, answers } from './contract.ts';

/** One-time codes and numbers that an operator gives to somebody (ID-02, ID-03). */
export function codeRoutes(app: App, central: Central): void {
  const params = z.object({ id });
  const headers = z.looseObject({ [SESSION_HEADER]: z.string().optional() });
  const give = { headers, params, body: giveCodeRequest, response: answers(givenCode) };
  app.post('/cards/:id/code', { schema: give }, async (request) =>
    giveCodeTo(central, await askingOperator(central, request), request.params.id, request.body),
  );
  app.post('/requests/:id/number', { schema: give }, async (request) =>
    giveNumberTo(central, await askingOperator(central, request), request.params.id, request.body),
  );
}
