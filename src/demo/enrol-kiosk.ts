import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Central } from '../central/central.ts';
import { inviteKiosk } from '../central/enrolment/invite.ts';
import { scopeOfGroups } from '../central/enrolment/scope-of-groups.ts';
import { enrol } from '../kiosk/enrol.ts';
import { IdentityError, readIdentity } from '../kiosk/identity.ts';
import type { CentralReady } from './central-process.ts';
import type { DemoPaths } from './paths.ts';

const KIOSK_NAME = 'demo';
/** The group of everybody. */
const GROUP = 'all';

/** A token for the demo's kiosk where it has no identity that is good, as in a home of an older demo; else null. */
export async function inviteDemoKiosk(central: Central, { identity }: DemoPaths): Promise<string | null> {
  if (existsSync(identity) && isGood(identity)) return null;
  return central.database.transaction(async (transaction) => {
    const scopeId = await scopeOfGroups(transaction, [GROUP]);
    return inviteKiosk(central, transaction, { name: KIOSK_NAME, scopeId, actor: 'demo' });
  });
}

/** Enrols the demo's kiosk as any other, where it has been invited. @throws EnrolError */
export async function enrolDemoKiosk({ identity, kiosk }: DemoPaths, ready: CentralReady): Promise<void> {
  const { url, token } = ready;
  if (token === null) return;
  await enrol({ url, token, identityFile: identity, replaces: true });
  // What an older demo's kiosk was known by; worth nothing any more.
  rmSync(join(kiosk, 'token'), { force: true });
}

function isGood(path: string): boolean {
  try {
    return readIdentity(path).notAfter > new Date();
  } catch (error) {
    if (error instanceof IdentityError) return false;
    throw error;
  }
}
