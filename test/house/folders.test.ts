import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The folder rules of ARCHITECTURE.md: what each folder may import of the others, and who owns which library. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'src/domain': [],
  'src/configuration': [],
  'src/flows': ['src/domain'],
  'src/piv': ['src/domain'],
  'src/readers': ['src/piv'],
  'src/virtual-card': ['src/piv', 'src/domain'],
  'src/pki': ['src/domain'],
  'src/protocol': ['src/domain'],
  'src/encoder': ['src/piv', 'src/protocol', 'src/pki', 'src/domain'],
  'src/kiosk': [
    'src/domain',
    'src/configuration',
    'src/flows',
    'src/piv',
    'src/readers',
    'src/pki',
    'src/protocol',
    'src/encoder',
    'db/kiosk',
    'screens',
  ],
  'src/central': [
    'src/protocol',
    'src/pki',
    'src/domain',
    'src/configuration',
    'src/piv/objects',
    'src/piv/reference',
    'db/central',
  ],
  'src/explain': ['src/domain', 'src/flows', 'screens'],
  'src/doctor': ['src/kiosk', 'src/readers', 'src/domain'],
  screens: ['src/flows', 'src/domain'],
  'db/kiosk': ['src/domain'],
  'db/central': ['src/domain'],
};

const OWNER: Record<string, readonly string[]> = {
  pcsclite: ['src/readers'],
  pkcs11js: ['src/central/token'],
  fastify: ['src/central'],
  ink: ['screens'],
  react: ['screens'],
  'better-sqlite3': ['src/kiosk', 'db/kiosk', 'src/central/copy', 'src/configuration'],
  pg: ['src/central', 'db/central'],
  undici: ['src/kiosk'],
  'age-encryption': ['src/central'],
  nodemailer: ['src/central/mail'],
  'qrcode-generator': ['screens'],
};

interface Import {
  readonly file: string;
  readonly target: string;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function imports(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(/(?:from\s+|import\s+|import\(\s*)'([^']+)'/g);
  return [...found].map((match) => {
    const name = match[1]!;
    return { file, target: name.startsWith('.') ? relative('.', resolve(dirname(file), name)) : name };
  });
}

const files = ['src', 'screens', 'db'].flatMap(sources);
const all = files.flatMap(imports);
const folderOf = (path: string) => Object.keys(MAY_IMPORT).find((folder) => path.startsWith(`${folder}/`));

describe('the house', () => {
  test('loads packages with what imports them: one that is imported later has no names in the bundle', () => {
    const later = files.filter((file) => /\bimport\(\s*'[^.]/.test(readFileSync(file, 'utf8')));
    expect(later).toEqual([]);
  });

  test('is seen: the rules below looked at files', () => {
    expect(files.length).toBeGreaterThan(60);
    for (const folder of Object.keys(MAY_IMPORT)) {
      expect(
        files.some((file) => file.startsWith(`${folder}/`)),
        `${folder} has files`,
      ).toBe(true);
    }
  });

  test('every folder imports itself and what it may, nothing else', () => {
    const wrong = all
      .filter(({ target }) => /^(src|screens|db|test)\//.test(target))
      .filter(({ file, target }) => {
        const folder = folderOf(file);
        if (folder === undefined) return false;
        return ![folder, ...MAY_IMPORT[folder]!].some(
          (may) => target === may || target.startsWith(`${may}/`) || target === `${may}.ts`,
        );
      });
    expect(wrong).toEqual([]);
  });

  test('each of the libraries that could spread is imported by its one owner', () => {
    const seen = new Set<string>();
    const wrong = all.filter(({ file, target }) => {
      const library = Object.keys(OWNER).find((name) => target === name || target.startsWith(`${name}/`));
      if (library === undefined) return false;
      seen.add(library);
      return !OWNER[library]!.some((owner) => file.startsWith(`${owner}/`));
    });
    expect(wrong).toEqual([]);
    expect([...seen].sort()).toEqual(Object.keys(OWNER).sort());
  });

  test('JSX lives in screens and nowhere else', () => {
    expect(files.filter((file) => file.endsWith('.tsx') && !file.startsWith('screens/'))).toEqual([]);
  });
});
