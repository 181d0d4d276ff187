import { join } from 'node:path';
import { realPause } from '../../../src/kiosk/backoff.ts';
import { CopyFollower } from '../../../src/kiosk/copy-follower.ts';
import { identityPath } from '../../../src/kiosk/identity-path.ts';
import { openLog } from '../../../src/kiosk/log.ts';
import { Replica } from '../../../src/kiosk/replica.ts';

/** A kiosk that does nothing but follow central, until it is killed: prints each revision that it has reached. */
const [folder, url] = process.argv.slice(2) as [string, string];
const { log } = openLog(join(folder, 'kiosk.log'));
const replica = new Replica(join(folder, 'replica.sqlite'), url);
let last: number | undefined;
const tell = () => {
  const revision = replica.state()?.revision;
  if (revision !== last) process.stdout.write(`${revision ?? 'none'}\n`);
  last = revision;
};
const follower = new CopyFollower({
  ...{ replica, log, pause: realPause, now: () => new Date(), onChange: tell },
  central: { url, identityFile: identityPath(folder) },
});
// Keeps the process alive: the thread alone does not.
setInterval(tell, 1000);
process.stdout.write('up\n');
follower.start();
