import pkcs11 from 'pkcs11js';
import { expect, test } from 'vitest';
import { findToken } from '../../../src/central/token/pkcs11-session.ts';

/** A module with one slot for each of these: the label of its token, or what the slot answers. */
function moduleWith(...slots: readonly (string | { readonly failure: string })[]) {
  const binding = {
    C_GetSlotList(): pkcs11.Handle[] {
      return slots.map((_, index) => Buffer.of(index));
    },
    C_GetTokenInfo(slot: pkcs11.Handle): pkcs11.TokenInfo {
      const found = slots[slot[0]!]!;
      if (typeof found !== 'string') throw new pkcs11.Pkcs11Error(found.failure, 0xe1, 'C_GetTokenInfo');
      const flags = pkcs11.CKF_TOKEN_INITIALIZED;
      return { label: found, serialNumber: '17', model: 'a model', flags } as pkcs11.TokenInfo;
    },
  };
  return binding as unknown as pkcs11.PKCS11;
}

const OURS = { label: 'recard', serial: null };
const STRANGE = { failure: 'CKR_TOKEN_NOT_RECOGNIZED' };

test('a card in another reader that the module does not know keeps nobody from the token', () => {
  expect(findToken(moduleWith(STRANGE, 'recard', STRANGE), OURS)).toMatchObject({ slot: Buffer.of(1) });
});

test('where the token is not there, what another slot has answered is told with it', () => {
  const find = () => findToken(moduleWith('another', STRANGE), OURS);
  expect(find).toThrow(/none with the label recard is there.*\(CKR_TOKEN_NOT_RECOGNIZED\)$/);
});
