import { z } from 'zod';
import { SESSION_HEADER } from '../../protocol/operator.ts';
import { answerRequest } from '../../protocol/proof.ts';
import { statementAnswerResponse, statementRequest, statementResponse } from '../../protocol/statement.ts';
import { id } from '../../protocol/values.ts';
import type { Central } from '../central.ts';
import { answerStatement, askStatement } from '../statement/sign-statement.ts';
import { type App, answers, asking } from './contract.ts';

/** What an operator says with the signature of their own card: the question, and its answer (ID-02, OP-02). */
export function statementRoutes(app: App, central: Central): void {
  const headers = z.looseObject({ [SESSION_HEADER]: z.string().optional() });
  const ask = { headers, body: statementRequest, response: answers(statementResponse) };
  app.post('/statements', { schema: ask }, (request) =>
    askStatement(central, asking(request), request.headers[SESSION_HEADER], request.body),
  );
  const params = z.object({ id });
  const answer = { headers, params, body: answerRequest, response: answers(statementAnswerResponse) };
  app.post('/statements/:id/answer', { schema: answer }, (request) => {
    const token = request.headers[SESSION_HEADER];
    return answerStatement(central, asking(request), token, request.params.id, request.body);
  });
}
