/**
 * `npm run package [-- --quick] [--version V] [--to DIR]`: builds the Debian package of this machine's architecture into `dist/`
 * and prints its path. --quick packs it fast and large, for tests.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { layTree } from './tree.ts';

const ROOT = resolve(import.meta.dirname, '..');
const SCRIPTS = ['postinst', 'prerm', 'postrm'];

interface Manifest {
  readonly version: string;
  readonly description: string;
}

async function buildPackage(): Promise<string> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      version: { type: 'string' },
      to: { type: 'string' },
    },
  });
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;
  const version = values.version ?? manifest.version;
  const { arch } = process;
  const debianArch = execFileSync('dpkg', ['--print-architecture'], { encoding: 'utf8' }).trim();
  const target = join(resolve(values.to ?? join(ROOT, 'dist')), `recard_${version}_${debianArch}.deb`);
  const work = mkdtempSync(join(tmpdir(), 'recard-package-'));
  try {
    const tree = join(work, 'tree');
    const runtime = `node_modules/node-linux-${arch}`;
    const epoch = lastChange();
    await layTree({ root: ROOT, tree, runtime, arch, version, epoch });
    settleModes(tree);
    const control = controlFile({
      version,
      debianArch,
      summary: manifest.description,
      depends: librariesOf(work, tree),
      tree,
    });
    mkdirSync(join(tree, 'DEBIAN'));
    writeFileSync(join(tree, 'DEBIAN/control'), control);
    writeFileSync(join(tree, 'DEBIAN/conffiles'), '/etc/logrotate.d/recard\n');
    for (const script of SCRIPTS) {
      copyFileSync(join(ROOT, 'packaging/debian', script), join(tree, 'DEBIAN', script));
      chmodSync(join(tree, 'DEBIAN', script), 0o755);
    }
    mkdirSync(join(target, '..'), { recursive: true });
    const packing = values.quick ? ['-Zzstd', '-z1'] : ['-Zxz', '-z6'];
    const env = { ...process.env, SOURCE_DATE_EPOCH: String(epoch) };
    execFileSync('dpkg-deb', ['--root-owner-group', ...packing, '--build', tree, target], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return target;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Of the source's last commit, so that the same source gives the same package; now where it is no clone. */
function lastChange(): number {
  try {
    const git = ['-C', ROOT, 'log', '-1', '--format=%ct'];
    return Number(execFileSync('git', git, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return Math.floor(Date.now() / 1000);
  }
}

/** Folders 0755; files 0644, or 0755 where they are run. Whatever the umask of whoever builds. */
function settleModes(tree: string): void {
  for (const path of readdirSync(tree, { recursive: true, encoding: 'utf8' })) {
    const file = join(tree, path);
    const stat = lstatSync(file);
    const isRun = stat.isDirectory() || /^usr\/bin\/|^usr\/lib\/recard\/bin\//.test(path);
    chmodSync(file, isRun ? 0o755 : 0o644);
  }
  chmodSync(tree, 0o755);
}

/** The packages with the libraries that our binaries are linked with, and which versions of them. */
function librariesOf(work: string, tree: string): string {
  const lib = join(tree, 'usr/lib/recard');
  const binaries = readdirSync(lib, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.node') || path === 'bin/node')
    .map((path) => join(lib, path));
  mkdirSync(join(work, 'debian'));
  writeFileSync(join(work, 'debian/control'), 'Source: recard\n\nPackage: recard\nArchitecture: any\n');
  const args = ['-O', '--ignore-missing-info', ...binaries.map((binary) => `-e${binary}`)];
  const answer = execFileSync('dpkg-shlibdeps', args, {
    cwd: work,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return /^shlibs:Depends=(.+)$/m.exec(answer)![1]!;
}

interface ControlFacts {
  readonly version: string;
  readonly debianArch: string;
  readonly summary: string;
  readonly depends: string;
  readonly tree: string;
}

function controlFile({ version, debianArch, summary, depends, tree }: ControlFacts): string {
  const [kib] = execFileSync('du', ['-sk', '--apparent-size', tree], { encoding: 'utf8' }).split('\t');
  return `Package: recard
Version: ${version}
Architecture: ${debianArch}
Maintainer: The authors of Recard <recard@localhost>
Installed-Size: ${kib}
Depends: ${depends}, systemd (>= 252)
Recommends: pcscd, libccid, logrotate, kbd
Suggests: postgresql, age, opensc, libnss3-tools
Section: utils
Priority: optional
Description: ${synopsis(summary)}
 The kiosk lets cardholders rewrite their PIV smart cards alone, on the Linux
 console of a machine with a card reader. Central, the server that kiosks
 follow, knows people, cards, profiles and keys, and signs certificates. Both
 are one command, and no unit of theirs starts before it is enabled.
`;
}

/** Debian's first line: short, without an article, at most 80 letters. */
function synopsis(summary: string): string {
  const short = 'smart-card kiosk that rewrites PIV cards, and its central server';
  return summary.length > 80 ? short : summary;
}

process.stdout.write(`${await buildPackage()}\n`);
