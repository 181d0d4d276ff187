import { X509Certificate } from 'node:crypto';
import type { Slot } from '../domain/slot.ts';
import { KEY_FACTS } from '../piv/algorithm.ts';
import { buildCertificateObject, parseCertificateObject } from '../piv/objects/certificate.ts';
import { certificateTag, tagNumber } from '../piv/reference.ts';
import { type CommandRefusedError, MalformedAnswerError } from '../piv/status-word.ts';
import { concat, TlvError, tlv } from '../piv/tlv.ts';
import type { ImageKey } from '../protocol/operation.ts';
import { CardTooSmallError } from './errors.ts';
import { isRequired } from './required-objects.ts';
import type { ExpectedObject, Run } from './run.ts';

/** Signatures vary by a few bytes from one to the next; no card counts so closely. */
const TOLERANCE_BYTES = 16;
/** What is shorter (the Key History) is not looked at: it is undone where there is no room for it. */
const LEAST_GROWTH_BYTES = 24;
/** The certificate of a slot that has had none, with its public key. */
const NEW_CERTIFICATE_BYTES = 1_000;
/** What gzip leaves of a certificate, at the worst that was seen (RSA-2048: 0.92). */
const COMPRESSED_SHARE = 0.94;
/** Private class, in no object of the standard: who parses the object passes over it. */
const TAG_FILLER = 0xc0;
const FILLER_HEADER_BYTES = 4;

/** Has the objects that were made to grow hold what they held before. */
export type PutBack = () => Promise<void>;

/** An object that must be there and will be longer than it is. */
interface Growth extends Pick<ExpectedObject, 'tag' | 'step'> {
  readonly before: Uint8Array;
  /** How long it may have to be; the shorter one where it can be compressed. */
  readonly lengths: readonly number[];
  /** Of a slot that has no certificate yet, and the forms of the one that it will have. */
  readonly added: { readonly slot: Slot; readonly forms: readonly Uint8Array[] } | null;
}

/**
 * Makes sure, before anything of the card is lost, that there is room for what must be there. A card does not tell how
 * much it has: so each object that will be longer is first made so with what it holds now and a filler, and a certificate
 * that is known goes to its empty place. When one does not fit, all are put back. Costs no write where nothing grows.
 * @throws CardTooSmallError: the card holds what it held before
 */
export async function checkRoom(run: Run): Promise<PutBack> {
  // With a new key on record, a run before this one has been through here.
  const isUnderWay = run.plan.keys.some(({ source, publicKey }) => source.kind === 'generate' && publicKey);
  if (isUnderWay) {
    run.progress.skip('inspect', null);
    return async () => undefined;
  }
  run.progress.begin('inspect', null);
  const changed: Growth[] = [];
  const putBack = async () => {
    for (const { tag, step, before } of changed) await run.tryWrite(step, () => run.putObject(tag, before));
  };
  for (const growth of await findGrowth(run)) {
    changed.push(growth);
    const refusal = growth.added ? await writeAhead(run, growth, growth.added) : await lengthen(run, growth);
    if (refusal === null) continue;
    await putBack();
    throw new CardTooSmallError(`check room: ${refusal.message}`, { cause: refusal });
  }
  return putBack;
}

/** Nothing on a card that holds none of these yet: there is nothing to lose. */
async function findGrowth(run: Run): Promise<Growth[]> {
  const growths: Growth[] = [];
  let holdsAny = false;
  for (const key of run.plan.keys) {
    const tag = certificateTag(key.slot);
    const before = await contentNow(run, tag);
    const length = certificateLength(key, before);
    holdsAny ||= before.length > 0;
    const lengths = [length, Math.ceil(length * COMPRESSED_SHARE)];
    const added = before.length === 0 && key.certificate ? formsOf(key.slot, key.certificate) : null;
    growths.push({ tag, step: `certificate:${key.slot}`, before, lengths, added });
  }
  for (const { tag: name, content } of run.plan.objects) {
    const tag = tagNumber(name);
    if (!isRequired(run.plan, tag) || content.length < LEAST_GROWTH_BYTES) continue;
    const before = await contentNow(run, tag);
    holdsAny ||= before.length > 0;
    growths.push({ tag, step: `object:${name}`, before, lengths: [content.length], added: null });
  }
  return holdsAny ? growths.filter(({ before, lengths }) => grows(before, lengths[0]!)) : [];
}

function formsOf(slot: Slot, certificate: Uint8Array): Growth['added'] {
  return {
    slot,
    forms: [false, true].map((isCompressed) => buildCertificateObject(certificate, isCompressed)),
  };
}

/** @returns the refusal of the last form, or null when one fits */
async function writeAhead(
  run: Run,
  { tag, step }: Growth,
  { slot, forms }: NonNullable<Growth['added']>,
): Promise<CommandRefusedError | null> {
  run.progress.begin('certificate', slot);
  let refusal: CommandRefusedError | null = null;
  for (const content of forms) {
    refusal = await run.tryWrite(step, () => run.putObject(tag, content));
    if (refusal !== null) continue;
    run.writtenAhead.set(tag, content);
    return null;
  }
  return refusal;
}

async function lengthen(
  run: Run,
  { tag, step, before, lengths }: Growth,
): Promise<CommandRefusedError | null> {
  let refusal: CommandRefusedError | null = null;
  for (const length of lengths) {
    if (!grows(before, length)) return null;
    const filler = new Uint8Array(length - before.length - FILLER_HEADER_BYTES);
    const content = concat(before, tlv(TAG_FILLER, filler));
    refusal = await run.tryWrite(step, () => run.putObject(tag, content));
    if (refusal === null) return null;
  }
  return refusal;
}

function grows(before: Uint8Array, length: number): boolean {
  return length > before.length + TOLERANCE_BYTES;
}

/** What an object holds; a broken one counts as nothing. */
async function contentNow(run: Run, tag: number): Promise<Uint8Array> {
  try {
    const content = (await run.session.object(tag)) ?? new Uint8Array();
    run.seen.set(tag, content);
    return content;
  } catch (error) {
    if (error instanceof MalformedAnswerError || error instanceof TlvError) return new Uint8Array();
    throw error;
  }
}

/** Of a certificate that is still to be issued: as long as the one before, but for its public key. */
function certificateLength({ certificate, algorithm }: ImageKey, before: Uint8Array): number {
  if (certificate) return buildCertificateObject(certificate).length;
  const old = parseOld(before);
  if (!old) return NEW_CERTIFICATE_BYTES + keyLength(algorithm);
  return buildCertificateObject(old.raw).length - oldKeyLength(old) + keyLength(algorithm);
}

function parseOld(before: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(parseCertificateObject(before));
  } catch {
    // No certificate in it, or none that can be read: as if the slot had none.
    return null;
  }
}

/** Modulus, or point. */
function keyLength(algorithm: ImageKey['algorithm']): number {
  const { kind, size } = KEY_FACTS[algorithm];
  return kind === 'RSA' ? size : 2 * size;
}

function oldKeyLength(old: X509Certificate): number {
  const { modulusLength, namedCurve } = old.publicKey.asymmetricKeyDetails ?? {};
  if (modulusLength) return modulusLength / 8;
  return keyLength(namedCurve === 'secp384r1' ? 'P-384' : 'P-256');
}
