import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { writeAddressDropIn } from './address-drop-in.ts';
import { readConfiguration } from './configuration.ts';
import { EnrolError, enrol } from './enrol.ts';
import { readIdentity } from './identity.ts';
import { identityPath } from './identity-path.ts';

const CONFIGURATION = '/etc/recard/kiosk.toml';
/** How it is used. */
const ENROL_USAGE = `usage: recard kiosk enrol URL --token TOKEN|- [--config FILE | --state DIR] [--replace] [--drop-in FILE]
       recard kiosk enrol URL --drop-in FILE [--config FILE | --state DIR]   for a kiosk that is enrolled already
       --token -   reads the token from standard input: a command line can be seen by others
       --drop-in   writes a drop-in for kiosk.service that lets it speak to central
`;

/**
 * `recard kiosk enrol URL --token TOKEN|- [--config FILE | --state DIR] [--replace] [--drop-in FILE]`: makes this machine
 * the kiosk that the token is for; without a token it writes the drop-in of one that is enrolled. @returns 0 done, 1 refused, 2 usage
 */
export async function enrolCommand(args: readonly string[]): Promise<number> {
  if (args.some((word) => word === '--help' || word === '-h')) {
    process.stdout.write(ENROL_USAGE);
    return 0;
  }
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      token: { type: 'string' },
      config: { type: 'string' },
      state: { type: 'string' },
      replace: { type: 'boolean', default: false },
      'drop-in': { type: 'string' },
    },
  });
  const [url, ...more] = positionals;
  const mistake = mistakeIn(url, more, values);
  if (mistake !== null || url === undefined) {
    process.stderr.write(`${ENROL_USAGE}recard: enrol kiosk: ${mistake}\n`);
    return 2;
  }
  try {
    const identityFile = identityPath(stateFolder(values));
    if (values.token === undefined) return await writeDropInAlone(identityFile, values['drop-in']!, url);
    const token = values.token === '-' ? await readLine() : values.token;
    const { kioskName, notAfter } = await enrol({ url, token, identityFile, replaces: values.replace });
    if (values['drop-in'] !== undefined) await writeAddressDropIn(values['drop-in'], url);
    const until = notAfter.toISOString().slice(0, 10);
    process.stdout.write(
      `enrolled as ${kioskName}; the certificate is good until ${until} and renewed by itself\n`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof EnrolError)) throw error;
    process.stderr.write(`recard: ${error.message}${error.code ? ` (${error.code})` : ''}\n`);
    return 1;
  }
}

/** What was typed wrongly; null: nothing. */
function mistakeIn(
  url: string | undefined,
  more: readonly string[],
  { token, 'drop-in': dropIn }: { readonly token?: string; readonly 'drop-in'?: string },
): string | null {
  if (url === undefined) return "name central's address: https://CENTRAL:PORT";
  if (!isAddress(url)) return `${url} is no address of central: it begins with https://`;
  if (more.length > 0) return `${more[0]} is one word too many`;
  return token === undefined && dropIn === undefined
    ? 'there is no token: say --token -, and type it when it waits'
    : null;
}

/** Central has other addresses now, or nobody had asked for the drop-in when this kiosk was enrolled. @throws IdentityError */
async function writeDropInAlone(identityFile: string, dropIn: string, url: string): Promise<number> {
  readIdentity(identityFile);
  await writeAddressDropIn(dropIn, url);
  process.stdout.write(`${dropIn} is written; then: systemctl daemon-reload, and start the kiosk again\n`);
  return 0;
}

function stateFolder({ config, state }: { readonly config?: string; readonly state?: string }): string {
  if (state !== undefined) return state;
  if (config === undefined && !existsSync(CONFIGURATION)) {
    throw new EnrolError(
      `there is no ${CONFIGURATION}: write it with name and central_url, or name another one with --config, or a folder with --state`,
    );
  }
  return readConfiguration(config ?? CONFIGURATION).stateFolder;
}

function isAddress(url: string): boolean {
  return URL.parse(url)?.protocol === 'https:';
}

/** The first line of standard input. */
async function readLine(): Promise<string> {
  const lines = createInterface({ input: process.stdin });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
  }
}
