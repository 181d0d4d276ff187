import type { Central } from '../central.ts';
import { listChains } from '../repositories/kiosk-chains.ts';
import { anchorKey, checkAudit } from './check-audit.ts';
import { checkKioskChain, missingChain } from './check-kiosk-chain.ts';
import type { Finding } from './finding.ts';

export interface VerifiedAudit {
  readonly findings: readonly Finding[];
  /** Of central's own chain. */
  readonly entries: number;
  readonly chains: number;
  readonly events: number;
}

/** Checks central's chain and every kiosk's, as they were at one moment (SE-05). */
export async function verifyAudit(central: Pick<Central, 'authority' | 'database'>): Promise<VerifiedAudit> {
  return central.database.transaction(
    async (transaction) => {
      const own = await checkAudit(central, transaction);
      const findings = [...own.findings];
      const gone = new Map(own.anchors);
      const chains = await listChains(transaction);
      let events = 0;
      for (const chain of chains) {
        const key = anchorKey({ actor: `kiosk:${chain.kioskName}`, chain: chain.chainId });
        const checked = await checkKioskChain(central, transaction, chain, own.anchors.get(key));
        findings.push(...checked.findings);
        events += checked.events;
        gone.delete(key);
      }
      for (const anchor of gone.values()) findings.push(missingChain(anchor));
      return { findings, entries: own.entries, chains: chains.length, events };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}
