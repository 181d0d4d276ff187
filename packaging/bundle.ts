import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { firstFrame } from './first-frame.ts';

/** How a source file names another one that runs in a process or a thread of its own. */
const ENTRY = /new URL\('\.\/([\w-]+)\.ts', import\.meta\.url\)/g;
/** They load a binary from beside themselves. */
const NATIVE = ['better-sqlite3', 'pcsclite', 'pkcs11js'];
/** CommonJS in a module wants these. */
const BANNER = [
  "import { createRequire as recardRequire } from 'node:module';",
  'const require = recardRequire(import.meta.url);',
  'const __filename = import.meta.filename, __dirname = import.meta.dirname;',
].join('\n');

/** What is not in the bundle: read as files while the program runs. */
const FILES = ['db/kiosk/own/migrations', 'db/central/migrations'];

const HOW = {
  ...({ bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node24' } as const),
  ...({ minifySyntax: true, minifyWhitespace: true, legalComments: 'none', jsx: 'automatic' } as const),
  define: { 'process.env.NODE_ENV': '"production"' },
  banner: { js: BANNER },
  // The source chooses React's production build by itself; here that is decided already.
  ...({ logLevel: 'warning', logOverride: { 'assign-to-define': 'silent' } } as const),
};

/**
 * Bundles one screen and nothing else with the same settings, to be held against the program.
 * @param entry a module with JSX, from `root`
 * @param plugins absent: Ink as it comes
 * @returns the file
 */
export async function bundleScreen(
  root: string,
  entry: string,
  target: string,
  plugins: readonly Plugin[] = [],
): Promise<string> {
  await build({
    ...{ absWorkingDir: root, entryPoints: [entry], outdir: target, entryNames: 'screen' },
    ...HOW,
    plugins: [withoutDevelopment, ...plugins],
  });
  return join(target, 'screen.js');
}

/**
 * Bundles the program into `TARGET/program` (flat: a file for each entry, and what they share) with the files that it reads
 * beside it.
 * @returns the npm packages that are in it, by their folders
 */
export async function bundle(root: string, target: string): Promise<readonly string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: entriesOf(root),
    outdir: join(target, 'program'),
    ...{ entryNames: '[name]', chunkNames: '[name]-[hash]' },
    ...HOW,
    metafile: true,
    external: [...NATIVE, 'pg-native'],
    plugins: [
      sourcePlaces(root),
      withoutDemo(root),
      withoutDevelopment,
      ...firstFrame,
      withoutOtherLanguages,
    ],
  });
  for (const file of FILES) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    cpSync(join(root, file), join(target, file), { recursive: true });
  }
  // The page with the list of routes reads its pictures from beside itself.
  cpSync(join(root, 'node_modules/@fastify/swagger-ui/static'), join(target, 'program/static'), {
    recursive: true,
  });
  return packagesOf(metafile);
}

/** The command, and every process and thread of the program: each is a file of its own. */
function entriesOf(root: string): string[] {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) => {
    return path.endsWith('.ts') && !path.startsWith('demo/');
  });
  const found = files.flatMap((path) => {
    const text = readFileSync(join(root, 'src', path), 'utf8');
    return [...text.matchAll(ENTRY)].map(([, name]) => join('src', dirname(path), `${name}.ts`));
  });
  return ['src/recard.ts', ...new Set(found)].sort();
}

/** Keeps what a source file says of its own place true: files are found from `root`, other entries beside the bundle. */
function sourcePlaces(root: string): Plugin {
  return {
    name: 'source-places',
    setup({ onLoad }) {
      onLoad({ filter: /\/(src|db)\/.*\.ts$/ }, ({ path }) => {
        if (path.includes('/node_modules/')) return undefined;
        const text = readFileSync(path, 'utf8');
        if (!text.includes('import.meta')) return undefined;
        const place = relative(root, path);
        const contents = text
          .replaceAll(ENTRY, "new URL('./$1.js', import.meta.url)")
          .replaceAll(/new URL\('(\.\.[^']*)', import\.meta\.url\)/g, (_, there: string) => {
            return `new URL('../${join(dirname(place), there)}', import.meta.url)`;
          })
          .replaceAll('import.meta.dirname', `(import.meta.dirname + '/../${dirname(place)}')`);
        return { contents, loader: 'ts' };
      });
    },
  };
}

/** Virtual cards have no place on a kiosk. */
function withoutDemo(root: string): Plugin {
  const words = 'recard: the demo is not in this package; run it from the source with: npm run demo';
  const names = ['cardCommand', 'infoCommand', 'runDemo'];
  const absent = names.map((name) => `export async function ${name}() { return absent(); }`);
  const contents = `function absent() { process.stderr.write(${JSON.stringify(`${words}\n`)}); return 1; }\n${absent.join('\n')}`;
  return {
    name: 'without-demo',
    setup({ onLoad }) {
      onLoad({ filter: new RegExp(`^${root}/src/demo/`) }, () => ({ contents, loader: 'ts' }));
    },
  };
}

/** tsx gives the screens to whoever runs the source; React's tools are for those who change it. */
const withoutDevelopment: Plugin = {
  name: 'without-development',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(tsx\/esm\/api|react-devtools-core)$/ }, ({ path }) => ({
      path,
      namespace: 'absent',
    }));
    onLoad({ filter: /.*/, namespace: 'absent' }, () => ({
      contents: 'export function register() {}\nexport default {};',
      loader: 'js',
    }));
  },
};

/** zod brings its errors in fifty languages, half of its bytes; the program has them in English only. */
const withoutOtherLanguages: Plugin = {
  name: 'without-other-languages',
  setup({ onLoad }) {
    onLoad({ filter: /\/zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
      loader: 'js',
    }));
  },
};

function packagesOf({ inputs }: Metafile): readonly string[] {
  const folders = Object.keys(inputs).flatMap((path) => {
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
    return found ? [found[1]!] : [];
  });
  return [...new Set(folders)].sort();
}
