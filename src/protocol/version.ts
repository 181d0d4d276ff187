/** Where a kiosk's routes are at central: the version of the protocol. Another one that does not fit this gets another path. */
export const PROTOCOL_PATH = '/v1';
