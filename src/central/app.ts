/** Central as Fastify apps: routes and their rules, listening to nothing. */
import type { Socket } from 'node:net';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { createJsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Problem } from '../protocol/problem.ts';
import { OTHER_PROTOCOL, PROTOCOL, PROTOCOL_PATH, versions } from '../protocol/version.ts';
import type { Central } from './central.ts';
import type { Copies } from './copy/copies.ts';
import { databaseFailure } from './database-failure.ts';
import type { Identify } from './identify.ts';
import { type KioskBudgets, kioskBudgets } from './line/kiosk-budgets.ts';
import { BODY_LIMIT, HANDSHAKE_TIMEOUT, SERVER_LIMITS, SILENCE_TIMEOUT } from './line/limits.ts';
import { limitPipelining } from './line/pipelining.ts';
import type { ServerContext } from './line/server-certificate.ts';
import { AskLaterError, RefusedError } from './refused.ts';
import { cardRoutes } from './routes/cards.ts';
import { codeRoutes } from './routes/codes.ts';
import { collectionRoutes } from './routes/collections.ts';
import { collectionTokenRoutes } from './routes/collections-by-token.ts';
import { type App, notAKiosk } from './routes/contract.ts';
import { deskRoutes } from './routes/desk.ts';
import { type EnrolmentPorts, enrolmentRoutes, renewalRoutes } from './routes/enrolment.ts';
import { eventRoutes } from './routes/events.ts';
import { logRoutes } from './routes/log.ts';
import { lookupRoutes } from './routes/lookup.ts';
import { newCardRoutes } from './routes/new-cards.ts';
import { operationRoutes } from './routes/operations.ts';
import { proofRoutes } from './routes/proofs.ts';
import { publishedRoutes } from './routes/published.ts';
import { requestRoutes } from './routes/requests.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { snapshotRoutes } from './routes/snapshots.ts';
import { softCertificateRoutes } from './routes/soft-certificates.ts';
import { statementRoutes } from './routes/statements.ts';
import { TokenError } from './token/token-error.ts';

export interface AppOptions {
  /** Which kiosk asks. */
  readonly identify: Identify;
  readonly enrolment: EnrolmentPorts;
  readonly copies: Copies;
  /** Default: by `line/limits.ts`. */
  readonly budgets?: KioskBudgets;
  /** Null: nobody will listen (tests inject requests). */
  readonly tls: ServerContext | null;
  /** Whether `/docs` describes the interface, to anybody. */
  readonly showsDocs?: boolean;
}

/** Every step may be repeated, whatever became of it: kiosks ask until there is an answer. */
const DATABASE_FAILED = 'ask central: its database does not answer; ask again';
const TOKEN_FAILED = 'ask central: the token with its keys does not answer; ask again';

const KIOSK_ROUTES = [
  ...[lookupRoutes, proofRoutes, operationRoutes, renewalRoutes],
  ...[sessionRoutes, requestRoutes, collectionRoutes, softCertificateRoutes, cardRoutes, newCardRoutes],
  ...[statementRoutes, codeRoutes, deskRoutes],
];

/** What kiosks ask, over TLS with certificates on both sides. @param logger never gets bodies */
export async function buildApp(
  central: Central,
  logger: FastifyBaseLogger,
  { identify, enrolment, copies, budgets, tls, showsDocs = false }: AppOptions,
): Promise<App> {
  const app = newApp(logger, tls);
  const limits = budgets ?? kioskBudgets(central.now, enrolment.refusals);
  app.decorateRequest('kiosk', null);
  if (showsDocs) await addDocs(app);
  const openRoutes = async (open: FastifyInstance) => {
    enrolmentRoutes(open as unknown as App, central, enrolment);
    collectionTokenRoutes(open as unknown as App, central, enrolment);
  };
  const version = { response: { 200: versions } };
  (app as unknown as App).get('/version', { schema: version }, async () => ({ protocols: [PROTOCOL] }));
  const kioskRoutes = async (guarded: FastifyInstance) => {
    guarded.addHook('onRequest', async (request) => {
      request.kiosk = await identify(request);
      if (!request.kiosk) throw notAKiosk();
      limits.chargeRequest(request);
    });
    for (const routes of KIOSK_ROUTES) routes(guarded as unknown as App, central);
    eventRoutes(guarded as unknown as App, central, limits);
    logRoutes(guarded as unknown as App, central, copies.heads);
    snapshotRoutes(guarded as unknown as App, copies.snapshots);
  };
  await app.register(openRoutes, { prefix: PROTOCOL_PATH });
  await app.register(kioskRoutes, { prefix: PROTOCOL_PATH });
  return app as unknown as App;
}

/** What anybody may fetch, over plain HTTP: revocation lists are, by custom. */
export async function buildPublishedApp(central: Central, logger: FastifyBaseLogger): Promise<App> {
  const app = newApp(logger, null);
  await app.register(async (open) => publishedRoutes(open as unknown as App, central));
  return app as unknown as App;
}

function newApp(logger: FastifyBaseLogger, tls: ServerContext | null): FastifyInstance {
  const { requestTimeout, keepAliveTimeout, ...limits } = SERVER_LIMITS;
  const common = {
    ...{ loggerInstance: logger, bodyLimit: BODY_LIMIT, requestTimeout, keepAliveTimeout },
    connectionTimeout: SILENCE_TIMEOUT,
    // Told when it is done, in one line: a flood of requests is not to become twice as large in the log.
    logController: new LogController({ disableRequestLogging: true }),
    clientErrorHandler: refuseGarbage,
  };
  const certificates = { requestCert: true, rejectUnauthorized: false, handshakeTimeout: HANDSHAKE_TIMEOUT };
  const app = (tls
    ? Fastify({ ...common, https: { ...limits, ...tls, ...certificates } })
    : Fastify({ ...common, http: limits })) as unknown as FastifyInstance;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const failure = databaseFailure(error);
    if (failure) {
      request.log.warn({ failure, err: error }, 'the database has failed a request');
      const problem = { code: `SY-05-database-${failure}`, message: DATABASE_FAILED };
      return reply.code(503).header('retry-after', '1').type('application/json').send(problem);
    }
    const other: Error = error;
    if (other instanceof TokenError) {
      request.log.warn({ err: error }, 'the token has failed a request');
      const problem = { code: `SE-04-token-${other.problem}`, message: TOKEN_FAILED };
      return reply.code(503).header('retry-after', '1').type('application/json').send(problem);
    }
    const { status, problem } = describe(error);
    if (status >= 500) request.log.error({ err: error }, 'a request failed');
    if (status === 429)
      reply.header('retry-after', `${error instanceof AskLaterError ? error.retryAfterSeconds : 1}`);
    return reply.code(status).type('application/json').send(problem);
  });
  app.setNotFoundHandler(({ url }, reply) => {
    const isOtherProtocol = /^\/v[0-9]+\//.test(url) && !url.startsWith(`${PROTOCOL_PATH}/`);
    return reply.code(404).send(isOtherProtocol ? otherProtocol : noSuchPage);
  });
  app.addHook('onRequest', limitPipelining());
  app.addHook('onSend', endRefused);
  app.addHook('onResponse', tell);
  return app;
}

/**
 * Whoever is refused while their request is still under way does not get to send the rest of it; and nobody whom central does
 * not know keeps a connection.
 */
async function endRefused(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { statusCode: status } = reply;
  if (status === 401 || (status >= 400 && !request.raw.complete)) reply.header('connection', 'close');
}

async function tell({ log, method, url, kiosk }: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { statusCode: status, elapsedTime } = reply;
  // Callers that nobody knows are told of elsewhere, at a bounded rate.
  if (status === 401) return;
  log.info({ method, url, status, ms: Math.round(elapsedTime), kiosk: kiosk?.name }, 'answered');
}

const noSuchPage: Problem = {
  code: 'SE-07-no-such-page',
  message: 'ask central: there is no such page',
};
const otherProtocol: Problem = {
  code: OTHER_PROTOCOL,
  message: `ask central: it speaks version ${PROTOCOL} of the protocol; install a kiosk that fits it`,
};

/** What is no HTTP, or too slow, or too long: a problem, and the end of the connection. */
function refuseGarbage(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const body = JSON.stringify({ code: 'SE-07-bad-request', message: 'ask central: that is no request' });
  const head = `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`;
  socket.end(`${head}\r\nconnection: close\r\n\r\n${body}`, () => socket.destroy());
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
    const { status, code, message, triesLeft, terms } = error;
    const more = { ...(triesLeft === undefined ? {} : { triesLeft }), ...(terms && { terms }) };
    return { status, problem: { code, message, ...more } };
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
