import type { Central } from '../../../src/central/central.ts';
import { inviteKiosk } from '../../../src/central/enrolment/invite.ts';
import { scopeOfGroups } from '../../../src/central/enrolment/scope-of-groups.ts';

/** Invites a kiosk that may see everything. @returns its token */
export async function inviteForTest(central: Central, name: string, groups = ['all']): Promise<string> {
  return central.database.transaction(async (transaction) => {
    const scopeId = await scopeOfGroups(transaction, groups);
    return inviteKiosk(central, transaction, { name, scopeId, actor: 'test' });
  });
}
