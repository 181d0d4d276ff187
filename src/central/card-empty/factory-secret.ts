import type { CardSecretKind } from '../../domain/card-secret.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { factoryManagementKey, factoryPuk } from '../operation/factory-secrets.ts';
import { saveCardSecret } from '../repositories/card-secrets.ts';
import type { OperationRow } from '../repositories/operations.ts';

/**
 * Says that a version of a card's secret is the factory's, before it is set. It is sealed like one that another system made:
 * so versions only ever go up, also where the emptying is given up and begun anew.
 */
export async function saveFactorySecret(
  { authority }: Central,
  transaction: Database,
  { cardId, image }: Pick<OperationRow, 'cardId' | 'image'>,
  secret: CardSecretKind,
  version: number,
): Promise<void> {
  const value =
    secret === 'puk' ? factoryPuk() : factoryManagementKey(image.managementKeyNext?.algorithm ?? '3DES');
  try {
    const sealed = await authority.importedSecrets.seal(value, { cardId, secret, version });
    await saveCardSecret(transaction, { cardId, secret, version, masterKey: null, sealed });
  } finally {
    value.fill(0);
  }
}
