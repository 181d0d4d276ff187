/** What a card has no room for, or does not take, leaves the image of the operation. */
import type { FrozenImage } from '../../../db/central/operation-schema.ts';
import { hexTag, OBJECT_TAGS } from '../../piv/reference.ts';
import type { ImageObject } from '../../protocol/operation.ts';
import type { Central } from '../central.ts';
import { objectsBesides } from '../collection/card-objects.ts';
import { signSecurityObject } from '../planner/card-objects.ts';
import { RefusedError } from '../refused.ts';
import { recordAudit } from '../repositories/audit.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { changeOperation } from '../repositories/operations.ts';
import { REQUIRED } from './check-written.ts';
import { demandAuthenticatedCard } from './demand-card.ts';
import { inOpenOperation } from './open-operation.ts';

const SECURITY_OBJECT = hexTag(OBJECT_TAGS.SECURITY_OBJECT);

/**
 * Takes objects out of the frozen image and signs the Security Object without them, so that it names nothing which is not
 * on the card. A resume gets the smaller image. Asked again for the same it answers the same.
 * @returns the content of the Security Object
 * @throws RefusedError `SE-03-card-not-authenticated`; `RP-18-verify-failed` for an object without which a card is not what its image says
 */
export function leaveOut(
  central: Central,
  kiosk: Kiosk,
  operationId: string,
  tags: readonly string[],
): Promise<Uint8Array> {
  return inOpenOperation(central, kiosk, operationId, async (transaction, operation) => {
    await demandAuthenticatedCard(transaction, operationId, 'leave out');
    const objects = readObjects(operation.image);
    const signed = objects.find(({ tag }) => tag === SECURITY_OBJECT);
    const required = tags.find((tag) => REQUIRED.includes(tag));
    if (required !== undefined || !signed) {
      throw new RefusedError(409, 'RP-18-verify-failed', `leave out: object ${required} must be on the card`);
    }
    const isLeftOut = ({ tag, content }: ImageObject) => tags.includes(tag) && content.length > 0;
    const leftOut = objects.filter(isLeftOut).map(({ tag }) => tag);
    if (leftOut.length === 0) return signed.content;
    const rest = objects.map((one) => (isLeftOut(one) ? { ...one, content: new Uint8Array() } : one));
    const besides =
      operation.kind === 'collection' ? await objectsBesides(transaction, operation.cardId, rest) : [];
    const fresh = await signSecurityObject(central, [...besides, ...rest]);
    const image = rest.map((one) => (one.tag === SECURITY_OBJECT ? fresh : one));
    await changeOperation(transaction, operationId, {
      image: { ...operation.image, objects: writeObjects(image) },
    });
    const entry = {
      type: 'operation.objects-left-out',
      actor: `kiosk:${kiosk.name}`,
      cardId: operation.cardId,
    };
    await recordAudit(
      central,
      transaction,
      { ...entry, operationId, detail: { objects: leftOut } },
      central.now(),
    );
    return fresh.content;
  });
}

function readObjects({ objects }: FrozenImage): ImageObject[] {
  return objects.map(({ tag, content }) => ({
    tag,
    content: Uint8Array.from(Buffer.from(content, 'base64')),
  }));
}

function writeObjects(objects: readonly ImageObject[]): FrozenImage['objects'] {
  return objects.map(({ tag, content }) => ({ tag, content: Buffer.from(content).toString('base64') }));
}
