import { type Finding, good, wrong } from '../finding.ts';
import type { Machine } from '../machine.ts';

/** Node's major version that the native modules were built for. */
const MAJOR = 24;

/** The runtime that this very program runs on. */
export function checkRuntime({ nodeVersion }: Machine): readonly Finding[] {
  const [major] = nodeVersion.replace(/^v/, '').split('.');
  return [
    Number(major) === MAJOR
      ? good('runtime', `Node ${nodeVersion}`)
      : wrong(
          'runtime',
          `Node ${nodeVersion}, not ${MAJOR}`,
          'start recard with its own Node: /usr/bin/recard',
        ),
  ];
}
