/** What happens that has words of its own in a history; any other is shown as it is called in the audit. */
const EVENT_TYPES = [
  'card.cancelled',
  'card.disabled',
  'card.emptied',
  'card.enabled',
  'card.refused',
  'certificate.held',
  'certificate.revoked',
  'code.given',
  'code.handedOver',
  'code.refused',
  'key.archived',
  'key.released',
  'kiosk.certified',
  'kiosk.enrolled',
  'kiosk.maintenance',
  'kiosk.started',
  'operation.abandoned',
  'operation.begun',
  'operation.cancelled',
  'operation.completed',
  'operation.refused',
  'operation.resumed',
  'operation.stopped',
  'person.set',
  'pin.reset',
  'proof.accepted',
  'proof.refused',
  'request.approved',
  'request.cancelled',
  'request.expired',
  'request.made',
  'request.refused',
  'request.rejected',
  'request.withdrawn',
  'session.ended',
  'session.refused',
  'session.started',
  'statement.accepted',
  'statement.refused',
  'terms.accepted',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Whether it has words of its own. */
export function isEventType(type: string): type is EventType {
  return (EVENT_TYPES as readonly string[]).includes(type);
}
