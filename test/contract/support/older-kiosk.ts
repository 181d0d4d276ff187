import {
  type CentralAddress,
  CentralConnection,
  type CentralRequest,
} from '../../../src/kiosk/central-connection.ts';
import type { Exchange } from './recorder.ts';
import { routeOf } from './routes.ts';

/**
 * A kiosk's connection that asks in the form of a recording: with what the older kiosk has sent and nothing besides, the ids,
 * bytes and numbers of today in it.
 */
export class OlderKiosk extends CentralConnection {
  readonly #recorded: readonly Exchange[];
  readonly #runs: OlderKiosk[] = [];

  constructor(
    address: CentralAddress,
    recorded: readonly Exchange[],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(address, undefined, headers);
    this.#recorded = recorded;
  }

  override withHeaders(
    address: CentralAddress,
    headers: Readonly<Record<string, string>>,
  ): CentralConnection {
    const run = new OlderKiosk(address, this.#recorded, headers);
    this.#runs.push(run);
    return run;
  }

  override async close(): Promise<void> {
    await Promise.all(this.#runs.map((run) => run.close()));
    await super.close();
  }

  override ask: CentralConnection['ask'] = (request) => {
    const route = routeOf(request.method, request.path);
    const forms = this.#recorded.filter((one) => one.route === route).map((one) => one.request);
    if (forms.length === 0) throw new Error(`${route} was not recorded: an older kiosk does not ask it`);
    return super.ask({ ...request, body: inForm(request.body, forms) } as CentralRequest<
      typeof request.response
    >);
  };
}

/** The value with the properties that one of the forms has. */
function inForm(value: unknown, forms: readonly unknown[]): unknown {
  if (Array.isArray(value)) {
    const items = forms.filter(Array.isArray).flat();
    return value.map((one) => (items.length > 0 ? inForm(one, items) : one));
  }
  if (typeof value !== 'object' || value === null) return value;
  const objects = forms.filter((form): form is Record<string, unknown> => isObject(form));
  const names = new Set(objects.flatMap(Object.keys));
  return Object.fromEntries(
    [...names].map((name) => {
      const inner = objects.flatMap((form) => (name in form ? [form[name]] : []));
      const live = value as Record<string, unknown>;
      return [name, name in live ? inForm(live[name], inner) : inner[0]];
    }),
  );
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
