import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { FastifyRequest } from 'fastify';
import { REFUSED_AS } from '../../protocol/enrolment.ts';
import type { Central } from '../central.ts';
import type { Identify } from '../identify.ts';
import { RefusedError } from '../refused.ts';
import { findCertifiedKiosk } from '../repositories/kiosk-certificates.ts';
import { markKioskSeen } from '../repositories/kiosk-register.ts';
import type { KioskConnections } from './kiosk-connections.ts';
import type { Refusals } from './refusals.ts';

/** What OpenSSL says of a certificate whose time is over, or has not come. */
const OUT_OF_TIME: readonly string[] = ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'];
const SEEN_MS = 30_000;

const REFUSED_BECAUSE: Readonly<Record<keyof typeof REFUSED_AS, string>> = {
  noCertificate: 'it shows no certificate; enrol this kiosk',
  foreign: 'its certificate is not of this central; enrol this kiosk',
  expired: 'its certificate is out of time; enrol this kiosk, or set its clock',
  revoked: 'this kiosk is shut out',
  unknown: 'this certificate is not known; enrol this kiosk',
};

/** What this needs besides central. */
export interface LinePorts {
  readonly connections: KioskConnections;
  readonly refusals: Refusals;
}

/** By the certificate of the TLS connection, looked up at each request, so that every process knows who is shut out. */
export function identifyByCertificate(central: Central, { connections, refusals }: LinePorts): Identify {
  /** Of connections that were looked at; what a connection shows cannot change. */
  const shown = new WeakMap<Socket, Shown>();
  const seenAt = new Map<string, number>();

  const see = (kioskId: string, request: FastifyRequest) => {
    const now = central.now();
    if (now.getTime() - (seenAt.get(kioskId) ?? 0) < SEEN_MS) return;
    seenAt.set(kioskId, now.getTime());
    markKioskSeen(central.database, kioskId, now, SEEN_MS).catch((error) =>
      request.log.error({ err: error }, 'a kiosk could not be marked as seen'),
    );
  };

  return async (request) => {
    const { socket } = request.raw;
    const { ip: address } = request;
    const certificate = shown.get(socket) ?? look(socket);
    shown.set(socket, certificate);
    const { serialNumber } = certificate;
    const refuse = (as: keyof typeof REFUSED_AS, kioskName?: string) => {
      const code = REFUSED_AS[as];
      refusals.note({
        ...{ code, address },
        ...(serialNumber !== null && { serialNumber }),
        ...(kioskName !== undefined && { kioskName }),
      });
      return new RefusedError(401, code, `ask central: ${REFUSED_BECAUSE[as]}`);
    };
    if (certificate.problem !== null) throw refuse(certificate.problem);
    const kiosk = await findCertifiedKiosk(central.database, certificate.serialNumber);
    if (!kiosk) throw refuse('unknown');
    const { id, name, scopeId } = kiosk;
    const now = central.now();
    if (kiosk.revokedAt || isOver(kiosk.certificate.revokedAt, now)) throw refuse('revoked', name);
    if (isOver(kiosk.certificate.notAfter, now)) throw refuse('expired', name);
    if (!connections.admit(certificate.serialNumber, socket)) {
      refusals.note({ code: TOO_MANY, address, serialNumber: certificate.serialNumber, kioskName: name });
      throw new RefusedError(429, TOO_MANY, 'ask central: this kiosk has too many connections');
    }
    see(id, request);
    return { id, name, scopeId, certificateSerial: certificate.serialNumber };
  };
}

const TOO_MANY = 'SE-07-too-many-connections';

/** What a connection shows: a certificate of the kiosk authority, or why not. */
type Shown =
  | { readonly problem: null; readonly serialNumber: string }
  | { readonly problem: 'noCertificate' | 'foreign' | 'expired'; readonly serialNumber: string | null };

function look(socket: Socket): Shown {
  const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  if (!certificate) return { problem: 'noCertificate', serialNumber: null };
  const { authorized, authorizationError } = socket as TLSSocket;
  if (!authorized) {
    const isOutOfTime = OUT_OF_TIME.includes(String(authorizationError));
    return { problem: isOutOfTime ? 'expired' : 'foreign', serialNumber: null };
  }
  const serialNumber = certificate.serialNumber.toLowerCase().replace(/^(00)+(?=..)/, '');
  return { problem: null, serialNumber };
}

function isOver(instant: Date | null, now: Date): boolean {
  return instant !== null && instant <= now;
}
