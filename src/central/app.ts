/** Central as a Fastify app: routes and their rules, listening to nothing. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyBaseLogger, type FastifyError, type FastifyInstance } from 'fastify';
import {
  createJsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Problem } from '../protocol/problem.ts';
import { PROTOCOL_PATH } from '../protocol/version.ts';
import type { Central } from './central.ts';
import type { Identify } from './identify.ts';
import { RefusedError } from './refused.ts';
import { type App, notAKiosk } from './routes/contract.ts';
import { copyRoutes } from './routes/copy.ts';
import { eventRoutes } from './routes/events.ts';
import { operationRoutes } from './routes/operations.ts';
import { proofRoutes } from './routes/proofs.ts';
import { publishedRoutes } from './routes/published.ts';

const BODY_LIMIT = 1024 * 1024;

export interface AppOptions {
  /** Which kiosk asks. */
  readonly identify: Identify;
  /** Whether `/docs` describes the interface, to anybody. */
  readonly showsDocs?: boolean;
}

/** @param logger never gets bodies, and no token */
export async function buildApp(
  central: Central,
  logger: FastifyBaseLogger,
  { identify, showsDocs = false }: AppOptions,
): Promise<App> {
  const app = Fastify({ loggerInstance: logger, bodyLimit: BODY_LIMIT }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { status, problem } = describe(error);
    if (status >= 500) request.log.error({ err: error }, 'a request failed');
    else request.log.info({ code: problem.code }, problem.message);
    return reply.code(status).type('application/json').send(problem);
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ code: 'SE-07-no-such-page', message: 'ask central: there is no such page' }),
  );
  app.decorateRequest('kiosk', null);
  if (showsDocs) await addDocs(app);
  await app.register(async (open) => publishedRoutes(open as App, central));
  const kioskRoutes = async (guarded: FastifyInstance) => {
    guarded.addHook('onRequest', async (request) => {
      request.kiosk = await identify(request);
      if (!request.kiosk) throw notAKiosk();
    });
    for (const routes of [copyRoutes, proofRoutes, operationRoutes, eventRoutes])
      routes(guarded as unknown as App, central);
  };
  await app.register(kioskRoutes, { prefix: PROTOCOL_PATH });
  return app as App;
}

async function addDocs(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: { info: { title: 'Recard central', version: '1' } },
    transform: createJsonSchemaTransform({ zodToJsonConfig: { unrepresentable: 'any' } }),
  });
  await app.register(swaggerUi, { routePrefix: '/docs' });
}

/** Never tells what central or its database said to itself. */
function describe(error: FastifyError | RefusedError): { status: number; problem: Problem } {
  if (error instanceof RefusedError) {
    const { status, code, message, triesLeft } = error;
    return { status, problem: { code, message, ...(triesLeft === undefined ? {} : { triesLeft }) } };
  }
  const status = error.statusCode ?? 500;
  if (status === 413)
    return { status, problem: { code: 'SE-07-too-large', message: 'ask central: too large' } };
  if (status < 500) {
    // zod names the field and what is wrong with it, not its value.
    const where =
      error.validation?.map((one) => `${one.instancePath} ${one.message}`).join('; ') ?? error.code;
    const message = `ask central: the request is malformed: ${where}`.slice(0, 500);
    return { status, problem: { code: 'SE-07-bad-request', message } };
  }
  return { status: 500, problem: { code: 'SY-03-central-failed', message: 'central has failed at this' } };
}
