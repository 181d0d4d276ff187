/** Recovered keys that central does not count any more, in a database of somebody's own (KR-02, KR-08). */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_SOFT_RULES } from '../../src/domain/soft-certificate.ts';
import type { CentralAnswer } from '../../src/kiosk/central-connection.ts';
import { listNssKeys, makeNssDatabase } from '../../src/kiosk/nss/nss-database.ts';
import { type CollectPorts, collectIntoNss } from '../../src/kiosk/own-machine/collect-into-nss.ts';
import { tellCollected } from '../../src/kiosk/own-machine/tell-collected.ts';
import { sealTo } from '../../src/pki/hpke.ts';
import type { PfxKey } from '../../src/pki/pfx.ts';
import { collectionOpenRequest } from '../../src/protocol/collection-token.ts';
import { softContext } from '../../src/protocol/soft-certificate.ts';
import { aSoftKey } from '../pki/soft-key.ts';

const REQUEST_ID = randomUUID();
const DONE = { kind: 'ok', value: { body: {}, etag: null } } as const;
const AWAY = { kind: 'unreachable', why: 'away' } as const;

let folder: string;
let database: { readonly folder: string; readonly password: null };
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recard-collect-nss-'));
  database = { folder: join(folder, "Emma's"), password: null };
  await makeNssDatabase(database);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A central that gives out these keys, and answers so when it is told that they are there. */
async function collect(keys: readonly PfxKey[], afterwards: CentralAnswer<unknown>) {
  const answers = async (path: string, body: unknown): Promise<unknown> => {
    if (path !== '/collections/open') return path === '/collections/complete' ? afterwards : DONE;
    const { recipientKey } = collectionOpenRequest.parse(body);
    const sealed = await Promise.all(
      keys.map(async ({ privateKey, certificate, chain, friendlyName }) => {
        const context = softContext(REQUEST_ID, recipientKey, certificate);
        return { certificate, chain, friendlyName, sealed: await sealTo(recipientKey, context, privateKey) };
      }),
    );
    const whose = { collectionId: randomUUID(), ownerName: 'Ada', rules: DEFAULT_SOFT_RULES };
    return { kind: 'ok', value: { body: { ...whose, requestId: REQUEST_ID, keys: sealed }, etag: null } };
  };
  const ask = ({ path, body }: { path: string; body?: unknown }) => answers(path, body);
  const ports: CollectPorts = {
    connection: { ask } as CollectPorts['connection'],
    pause: { sleep: async () => {}, random: () => 0 },
    ...{ temporaryFolder: folder, machine: 'here', language: 'en', accept: async () => true },
  };
  const collected = await collectIntoNss(ports, '0'.repeat(26), database, new AbortController().signal);
  const said = { stdout: '', output: '' };
  const code = tellCollected(collected, database.folder, {
    stdout: { write: (text) => (said.stdout += text) },
    output: { write: (text) => (said.output += text) },
  });
  return { code, ...said };
}

const refused = (code: string) => ({ kind: 'refused', code, message: 'another run has it' }) as const;

test('of keys that another run has collected meanwhile, the program says so, and how to delete what has come in', async () => {
  for (const code of ['KR-02-not-collecting', 'KR-02-collected', 'KR-02-cancelled']) {
    const end = await collect([await aSoftKey(), await aSoftKey({ kind: 'RSA-2048' })], refused(code));
    expect(end.code).toBe(1);
    expect(end.stdout).toContain('2 keys are in');
    expect(end.output).toContain(`another run has it (${code})`);
    expect(end.output).not.toContain('once more');
    expect(end.output).toContain('helpdesk');
    const commands = end.output.split('\n').filter((line) => line.startsWith('  certutil'));
    expect(commands).toHaveLength(2);
    for (const command of commands) execFileSync('sh', ['-c', command], { stdio: 'pipe' });
    expect((await listNssKeys(database)).size).toBe(0);
  }
});

test('of keys that were in the database before nothing is to be deleted', async () => {
  const key = await aSoftKey();
  await collect([key], DONE);
  const another = await aSoftKey();
  const mixed = await collect([key, another], refused('KR-02-collected'));
  expect(mixed.output.match(/certutil/g)).toHaveLength(1);
  const again = await collect([key, another], refused('KR-02-collected'));
  expect(again.output).not.toContain('certutil');
  expect(again.output).toContain('may stay');
});

test('of keys that central has not heard of the program says to collect them once more', async () => {
  for (const answer of [AWAY, refused('SE-07-slow-down')]) {
    const end = await collect([await aSoftKey()], answer);
    expect(end.code).toBe(1);
    expect(end.output).toContain('collect it once more');
    expect(end.output).not.toContain('certutil');
  }
  expect(await collect([await aSoftKey()], DONE)).toMatchObject({ code: 0, output: '' });
});
