import { join } from 'node:path';
import { type Benchmark, plain, quantile } from './measure.ts';
import { BUSY_CARDS, rate, sum, underLoad } from './under-load.ts';

const RUNNING = join(import.meta.dirname, 'recoveries-process.ts');
const STEPS = ['prove', 'waiting', 'collect', 'authenticate', 'release', 'complete'] as const;

/** Whole collections of one key, one after the other on each of some cards. */
export const centralRecoveries: Benchmark = {
  names: ['recovery.central', 'recovery.central-p50', ...STEPS.map((step) => `recovery.central-${step}`)],
  about: `recoveries a second that are completed, each the collection of one archived key (P-256) onto an existing card: the holder's proof, what waits, collect, management key, release, \`complete\`, on ${BUSY_CARDS} cards at once whose keys are in software, by kiosks over TLS, with PostgreSQL and fsync. The request is made in between, beside central. Below: what a kiosk waits for all requests of a step together, on average (the other ${BUSY_CARDS - 1} are being served meanwhile). Everything runs on one machine, the kiosks included.`,
  async run() {
    const load = await underLoad(['one'], RUNNING);
    const wholeMs = load.finished.map(({ stepMs }) => sum(Object.values(stepMs)));
    return [
      plain('recovery.central', rate(load), 'recoveries/s'),
      plain('recovery.central-p50', quantile(wholeMs, 0.5), 'ms'),
      ...STEPS.map((step) => {
        const ms = sum(load.finished.map(({ stepMs }) => stepMs[step] ?? 0)) / load.finished.length;
        return plain(`recovery.central-${step}`, ms, 'ms/recovery');
      }),
    ];
  },
};
