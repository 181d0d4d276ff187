import { createDecipheriv, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ManagementKeyAlgorithm } from '../domain/slot.ts';
import type { ManagementKeyHolder } from '../piv/management-key.ts';
import type { PivSession } from '../piv/session.ts';
import { encryptBlock } from '../virtual-card/management-cipher.ts';

/** The management key with which most cards leave the factory; with 3DES, from firmware 5.7 with AES-192. */
const FACTORY_KEY = Uint8Array.from({ length: 24 }, (_, i) => 1 + (i % 8));
const CIPHERS = { '3DES': 'des-ede3-ecb', 'AES-192': 'aes-192-ecb' } as const;
const BLOCKS = { '3DES': 8, 'AES-192': 16 } as const;
type FactoryAlgorithm = keyof typeof CIPHERS;

/** Authenticates with the factory's management key. @returns its algorithm, or null when the card has another key */
export async function authenticateWithFactoryKey(
  session: PivSession,
): Promise<ManagementKeyAlgorithm | null> {
  const told = (await session.metadata('9B'))?.algorithm;
  const candidates = (['3DES', 'AES-192'] as const).filter((algorithm) => !told || told === algorithm);
  for (const algorithm of candidates) {
    if (await session.authenticateManagementKey(algorithm, holder(algorithm))) return algorithm;
  }
  return null;
}

function holder(algorithm: FactoryAlgorithm): ManagementKeyHolder {
  const challenge = new Uint8Array(randomBytes(BLOCKS[algorithm]));
  return {
    async answerWitness(witness) {
      const cipher = createDecipheriv(CIPHERS[algorithm], FACTORY_KEY, null).setAutoPadding(false);
      const decryptedWitness = new Uint8Array(Buffer.concat([cipher.update(witness), cipher.final()]));
      return { decryptedWitness, challenge };
    },
    async checkResponse(response) {
      const expected = encryptBlock(algorithm, FACTORY_KEY, challenge);
      return response.length === expected.length && timingSafeEqual(response, expected);
    },
  };
}
