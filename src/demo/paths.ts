import { join } from 'node:path';
import { identityPath } from '../kiosk/identity-path.ts';

/** Where the demo's things are below RECARD_HOME. Central's and the kiosk's folders are the real ones'. */
export function demoPaths(home: string) {
  const demo = join(home, 'demo');
  return {
    home,
    central: join(home, 'central'),
    kiosk: join(home, 'kiosk'),
    demo,
    /** There is a demo in this home, and `--fresh` may discard it. */
    marker: join(demo, 'world.json'),
    cards: join(demo, 'cards'),
    /** What people are told by mail, a file each. */
    mails: join(demo, 'mails'),
    /** Each folder in here is a USB stick. */
    media: join(demo, 'media'),
    control: join(demo, 'control.sock'),
    identity: identityPath(join(home, 'kiosk')),
    kioskLog: join(home, 'kiosk', 'kiosk.log'),
    centralLog: join(home, 'central', 'central.log'),
  };
}
export type DemoPaths = ReturnType<typeof demoPaths>;
