import { z } from 'zod';

/** The version of the protocol that kiosk and central of this program speak. What does not fit it gets another (docs/decisions/0011). */
export const PROTOCOL = 1;

/** Where a kiosk's routes are at central. */
export const PROTOCOL_PATH = `/v${PROTOCOL}`;

/** Central's answer below the path of a version that it does not speak: the kiosk's program is too old, or too new. */
export const OTHER_PROTOCOL = 'SY-06-other-protocol';

/** `GET /version`, for anybody, whatever protocol they speak: the versions that central speaks. */
export const versions = z.object({ protocols: z.array(z.int().min(1)) });
