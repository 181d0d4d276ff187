import { getServers } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a drop-in for kiosk.service, which lets the kiosk speak to nobody but this machine: with it, to central and to the name
 * servers too. systemd takes no host names there.
 */
export async function writeAddressDropIn(path: string, url: string): Promise<void> {
  const { hostname } = new URL(url);
  const found = await lookup(hostname.replace(/^\[|\]$/g, ''), { all: true });
  const servers = getServers().map((server) => server.replace(/^\[(.*)\]:\d+$|^([\d.]+):\d+$/, '$1$2'));
  const addresses = [...new Set([...found.map(({ address }) => address), ...servers])];
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    `# By recard kiosk enrol: ${hostname} and the name servers, as they were then.\n[Service]\nIPAddressAllow=${addresses.join(' ')}\n`,
  );
}
