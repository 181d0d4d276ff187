import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTar, TarError, type TarFile, writeTar } from '../../src/central/backup/tar.ts';
import { readCardSecrets } from '../../src/central/take-over/card-secrets-file.ts';

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

async function archiveOf(files: readonly TarFile[]): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writeTar(each(files))) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function read(pieces: readonly Uint8Array[]): Promise<TarFile[]> {
  const files: TarFile[] = [];
  for await (const file of readTar(each(pieces), 10_000)) files.push(file);
  return files;
}

/** Cut into pieces of this length, as a stream may bring it. */
function cut(bytes: Uint8Array, length: number): Uint8Array[] {
  const count = Math.ceil(bytes.length / length);
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * length, (at + 1) * length));
}

const aName = fc.stringMatching(/^[a-z][a-z0-9/.-]{0,40}$/);
const aFile = fc.record({ name: aName, content: fc.uint8Array({ maxLength: 3000 }) });

describe('the archive of a backup', () => {
  test('is read as it was written, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(aFile, { maxLength: 6 }),
        fc.integer({ min: 1, max: 5000 }),
        async (files, at) => {
          const found = await read(cut(await archiveOf(files), at));
          expect(found.map(({ name, content }) => [name, Buffer.from(content).toString('hex')])).toEqual(
            files.map(({ name, content }) => [name, Buffer.from(content).toString('hex')]),
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  test('is refused where it ends too early, at any byte', async () => {
    const whole = await archiveOf([{ name: 'keys', content: new Uint8Array(700).fill(1) }]);
    for (let length = 0; length < 512 + 1024 + 512; length += 97) {
      await expect(read([whole.subarray(0, length)])).rejects.toBeInstanceOf(TarError);
    }
  });

  test('is refused where it is nonsense, or a file says that it is larger than any may be', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 2000 }), async (bytes) => {
        fc.pre(bytes.subarray(0, 512).some((byte) => byte !== 0));
        await expect(read([bytes])).rejects.toBeInstanceOf(TarError);
      }),
      { numRuns: 100 },
    );
    const large = await archiveOf([{ name: 'keys', content: new Uint8Array(10_001) }]);
    await expect(read([large])).rejects.toThrow('too large');
  });
});

describe('a file with secrets of cards', () => {
  const HEADER = 'card,algorithm,management_key,puk\n';

  test('never fails otherwise than by naming lines, whatever stands in it', async () => {
    const aCell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 70 }),
      fc.constantFrom('3DES', 'AES-128', '00'.repeat(16), '12345678', '"', ',', '1001'),
    );
    const aText = fc
      .array(fc.array(aCell, { maxLength: 6 }).map((cells) => cells.join(',')))
      .map((lines) => lines.join('\n'));
    await fc.assert(
      fc.asyncProperty(aText, fc.boolean(), async (text, hasHeader) => {
        const { rows, problems } = await readCardSecrets(hasHeader ? HEADER + text : text);
        for (const { managementKey, puk } of rows) {
          expect([16, 24, 32]).toContain(managementKey.length);
          if (puk) expect(puk.length).toBeGreaterThanOrEqual(6);
        }
        for (const { line } of problems) expect(line).toBeGreaterThan(0);
      }),
    );
  });

  test('has nothing of a line repeated in what is said of it', async () => {
    const aSecret = fc.stringMatching(/^[g-z]{9,40}$/);
    const aQuote = fc.constantFrom('', '"');
    await fc.assert(
      fc.asyncProperty(aSecret, aSecret, aSecret, aQuote, async (card, key, puk, quote) => {
        const { rows, problems } = await readCardSecrets(
          `${HEADER}${card},AES-128,${key},${puk}\n${card},${key}${quote},${quote}${puk},\n`,
        );
        expect(rows).toEqual([]);
        for (const { why } of problems) for (const part of [card, key, puk]) expect(why).not.toContain(part);
      }),
    );
  });

  test('may have a separator or a quote in a PUK, as CSV writes them', async () => {
    const line = `1001,AES-128,${'5a'.repeat(16)},"12,4;""7"\n`;
    const { rows, problems } = await readCardSecrets(HEADER + line);
    expect(problems).toEqual([]);
    expect(rows.map(({ puk }) => Buffer.from(puk!).toString())).toEqual(['12,4;"7']);
  });
});
