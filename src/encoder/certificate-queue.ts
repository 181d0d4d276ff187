import { X509Certificate } from 'node:crypto';
import { buildCertificateObject, parseCertificateObject } from '../piv/objects/certificate.ts';
import { ObjectFormatError } from '../piv/objects/fields.ts';
import { certificateTag } from '../piv/reference.ts';
import { CommandRefusedError, MalformedAnswerError } from '../piv/status-word.ts';
import { TlvError } from '../piv/tlv.ts';
import type { CertificateResponse, ImageKey } from '../protocol/operation.ts';
import { sameBytes } from './bytes.ts';
import { CertificateMismatchError } from './errors.ts';
import { writeExpected } from './object-writer.ts';
import type { Attestation } from './ports.ts';
import type { Run } from './run.ts';

/** Vendor: certificate of the attestation key. */
const ATTESTATION_OBJECT = 0x5fff01;

type Answer = { readonly response: CertificateResponse } | { readonly error: unknown };

interface Pending {
  readonly key: ImageKey;
  readonly publicKey: Uint8Array;
  /** Never rejects: nobody may be waiting when central says no. */
  readonly answer: Promise<Answer>;
}

/** Certificates under way: asked for as soon as a key is there, written once the card has made the next one. */
export class CertificateQueue {
  readonly #run: Run;
  #pending: Pending[] = [];

  constructor(run: Run) {
    this.#run = run;
  }

  /** Asks central for a key's certificate, unless the plan brought it, and waits for nothing but an attestation. */
  async request(key: ImageKey, publicKey: Uint8Array): Promise<void> {
    const { certificate, challenge } = key;
    if (certificate && key.publicKey && sameBytes(key.publicKey, publicKey)) {
      this.#pending.push({
        key,
        publicKey,
        answer: Promise.resolve({ response: { certificate, challenge } }),
      });
      return;
    }
    const attestation = await attest(this.#run, key);
    const answer = this.#run.central.certificate(key.slot, publicKey, attestation).then(
      (response): Answer => ({ response }),
      (error: unknown): Answer => ({ error }),
    );
    this.#pending.push({ key, publicKey, answer });
  }

  /** Writes what was asked for before the newest request. */
  async writeOlder(): Promise<void> {
    while (this.#pending.length > 1) await this.#writeFirst();
  }

  /** Waits for and writes all that were asked for. */
  async writeAll(): Promise<void> {
    while (this.#pending.length > 0) await this.#writeFirst();
  }

  async #writeFirst(): Promise<void> {
    const { key, publicKey, answer } = this.#pending.shift()!;
    const { slot } = key;
    const tag = certificateTag(slot);
    if (!this.#run.writtenAhead.has(tag)) this.#run.progress.begin('certificate', slot);
    const answered = await answer;
    if ('error' in answered) throw answered.error;
    const { certificate, challenge } = answered.response;
    demandOver(slot, publicKey, certificate);
    this.#run.placed.set(slot, { key, publicKey, challenge: challenge ?? key.challenge });
    const content = buildCertificateObject(certificate);
    const object = { tag, step: `certificate:${slot}`, subject: slot, content };
    await writeExpected(this.#run, object, () => ({
      ...object,
      content: buildCertificateObject(certificate, true),
      isCompressed: true,
    }));
  }
}

/** The card's own word on a key that it has made; null where it gives none. */
async function attest(run: Run, key: ImageKey): Promise<Attestation | null> {
  if (!run.capabilities.canAttest || key.source.kind !== 'generate') return null;
  try {
    const certificate = await run.session.attest(key.slot);
    return certificate && { certificate, chain: await attestationChain(run) };
  } catch (error) {
    if (!(error instanceof CommandRefusedError)) throw error;
    return null;
  }
}

/** The certificate of the key that the card attests with; the same for all of its keys. */
async function attestationChain(run: Run): Promise<readonly Uint8Array[]> {
  run.attestationChain ??= await readAttestationChain(run);
  return run.attestationChain;
}

async function readAttestationChain(run: Run): Promise<readonly Uint8Array[]> {
  try {
    const content = await run.session.object(ATTESTATION_OBJECT);
    return content ? [parseCertificateObject(content)] : [];
  } catch (error) {
    const isUnreadable = [CommandRefusedError, MalformedAnswerError, ObjectFormatError, TlvError];
    if (isUnreadable.some((kind) => error instanceof kind)) return [];
    throw error;
  }
}

/** @throws CertificateMismatchError unless the certificate is one over this key */
function demandOver(slot: ImageKey['slot'], publicKey: Uint8Array, certificate: Uint8Array): void {
  let certified: Uint8Array;
  try {
    certified = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  } catch (cause) {
    throw new CertificateMismatchError(`check certificate ${slot}: it cannot be read`, slot, { cause });
  }
  if (!sameBytes(certified, publicKey)) {
    throw new CertificateMismatchError(`check certificate ${slot}: it is not over the card's key`, slot);
  }
}
