import { randomBytes, randomUUID, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KioskAuthority, openKioskAuthority } from '../../src/central/authority/kiosk-authority.ts';
import { writeIdentity } from '../../src/kiosk/identity-file.ts';
import { makeNewKey } from '../../src/kiosk/new-identity.ts';
import { provenKey } from '../../src/pki/certification-request.ts';

/** Both ends of a TLS line without a central: an authority of this process, a server, a kiosk's identity. */

let authority: Promise<KioskAuthority> | null = null;

function testAuthority(): Promise<KioskAuthority> {
  authority ??= found();
  return authority;
}

/** An authority of its own each time: what the others have issued is foreign to it. */
export async function found(): Promise<KioskAuthority> {
  const folder = mkdtempSync(join(tmpdir(), 'recard-authority-'));
  try {
    return await openKioskAuthority(join(folder, 'keys'), randomBytes(32), 'Test');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A server as central is one: TLS 1.3, asking for the certificate of a kiosk. */
export async function createTestServer(listener: RequestListener): Promise<Server> {
  const issuer = await testAuthority();
  const { key, certificates: cert } = await issuer.issueServer(['127.0.0.1'], new Date());
  const ca = new X509Certificate(issuer.certificate).toString();
  const tls = { key, cert, ca, minVersion: 'TLSv1.3', requestCert: true, rejectUnauthorized: false } as const;
  return createServer(tls, listener);
}

/** Makes the identity of a kiosk. @param at its certificate is good from then on, for 90 days */
export async function writeTestIdentity(
  path: string,
  issuer?: KioskAuthority,
  at = new Date(),
): Promise<void> {
  const by = issuer ?? (await testAuthority());
  const key = await makeNewKey('test');
  const subject = { kioskId: randomUUID(), kioskName: 'test', publicKey: provenKey(key.request) };
  const { der: certificate } = await by.issueKiosk(subject, at);
  writeIdentity(path, key.identity({ certificate }, new X509Certificate(by.certificate)).text, true);
}
