import type { Token } from '../token/token.ts';

/**
 * Destroys keys that were just made in the token and that no file refers to; else each start that fails leaves some there.
 * What cannot be destroyed stays: whoever calls has something worse to tell.
 * @param ids hex; there may be no such keys
 */
export async function discardKeys(
  token: Pick<Token, 'destroy'> | null | undefined,
  ids: readonly string[],
): Promise<void> {
  for (const id of ids) await token?.destroy(id).catch(() => undefined);
}
