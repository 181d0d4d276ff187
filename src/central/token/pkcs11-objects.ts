/** Keys in a token: found by their id, and used only when they can never be read out. */
import pkcs11 from 'pkcs11js';
import type { Attributes, Pkcs11Session } from './pkcs11-session.ts';
import { TokenError } from './token-error.ts';
import type { TokenKeyFacts } from './token-messages.ts';

/** Classes of objects. */
export const PRIVATE_KEY = pkcs11.CKO_PRIVATE_KEY;
export const SECRET_KEY = pkcs11.CKO_SECRET_KEY;

/** What every key of central has: it stays in the token, cannot be seen without the PIN, and never leaves. */
export function keptAttributes(id: string, label: string): Attributes {
  return [
    { type: pkcs11.CKA_TOKEN, value: true },
    { type: pkcs11.CKA_PRIVATE, value: true },
    { type: pkcs11.CKA_SENSITIVE, value: true },
    { type: pkcs11.CKA_EXTRACTABLE, value: false },
    ...nameAttributes(id, label),
  ];
}

export function nameAttributes(id: string, label: string): Attributes {
  return [
    { type: pkcs11.CKA_ID, value: Buffer.from(id, 'hex') },
    { type: pkcs11.CKA_LABEL, value: label },
  ];
}

/** Private and secret keys of this id; public keys are not asked for. */
export function findKeys(session: Pkcs11Session, id: string): readonly pkcs11.Handle[] {
  return [PRIVATE_KEY, SECRET_KEY].flatMap((kind) => findObjects(session, kind, id));
}

/** All that has this id, public keys too. */
export function destroyObjects(session: Pkcs11Session, id: string): void {
  session.keys.delete(id);
  for (const kind of [PRIVATE_KEY, SECRET_KEY, pkcs11.CKO_PUBLIC_KEY]) {
    for (const object of findObjects(session, kind, id))
      session.binding.C_DestroyObject(session.handle, object);
  }
}

/** @throws TokenError `noKey`; `unfit` for several, and for one that could be read out */
export function findKey(session: Pkcs11Session, id: string): pkcs11.Handle {
  const known = session.keys.get(id);
  if (known !== undefined) return known;
  const [key, ...more] = findKeys(session, id);
  if (key === undefined) {
    const remedy = `it has no key ${id}; name the token that central's keys are in, or put its own backup back`;
    throw new TokenError('noKey', remedy);
  }
  if (more.length > 0) throw new TokenError('unfit', `it has several keys ${id}; leave one`);
  const { isSensitive, isExtractable } = factsOf(session, key);
  if (isSensitive && !isExtractable) {
    session.keys.set(id, key);
    return key;
  }
  throw new TokenError('unfit', `key ${id} could be read out of it; central works with none that can`);
}

export function factsOf({ binding, handle }: Pkcs11Session, key: pkcs11.Handle): TokenKeyFacts {
  const is = (type: number) =>
    binding.C_GetAttributeValue(handle, key, [{ type }])[0]?.value as Buffer | undefined;
  const isTrue = (type: number) => (is(type)?.[0] ?? 0) !== 0;
  return {
    isSensitive: isTrue(pkcs11.CKA_SENSITIVE),
    isExtractable: isTrue(pkcs11.CKA_EXTRACTABLE),
    isLocal: isTrue(pkcs11.CKA_LOCAL) && isTrue(pkcs11.CKA_NEVER_EXTRACTABLE),
  };
}

function findObjects({ binding, handle }: Pkcs11Session, kind: number, id: string): pkcs11.Handle[] {
  binding.C_FindObjectsInit(handle, [
    { type: pkcs11.CKA_CLASS, value: kind },
    { type: pkcs11.CKA_TOKEN, value: true },
    { type: pkcs11.CKA_ID, value: Buffer.from(id, 'hex') },
  ]);
  try {
    return binding.C_FindObjects(handle, 8);
  } finally {
    binding.C_FindObjectsFinal(handle);
  }
}
