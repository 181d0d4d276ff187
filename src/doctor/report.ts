import type { Finding, Verdict } from './finding.ts';

const SIGNS: Readonly<Record<Verdict, string>> = { good: 'ok   ', note: 'note ', wrong: 'WRONG' };

/** For people: a line for each finding, and what to do below it. */
export function reportText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  const lines = findings.flatMap(({ subject, verdict, says, remedy }) => {
    const line = `${SIGNS[verdict]}  ${subject.padEnd(width)}  ${says}`;
    return remedy === null ? [line] : [line, `${' '.repeat(7 + width)}→ ${remedy}`];
  });
  return `${lines.join('\n')}\n\n${summary(findings)}\n`;
}

/** For programs. */
export function reportJson(findings: readonly Finding[]): string {
  return `${JSON.stringify({ isFine: isFine(findings), findings })}\n`;
}

/** Whether nothing has to be done. */
export function isFine(findings: readonly Finding[]): boolean {
  return findings.every(({ verdict }) => verdict !== 'wrong');
}

function summary(findings: readonly Finding[]): string {
  const count = findings.filter(({ verdict }) => verdict === 'wrong').length;
  if (count === 0) return 'This machine is fine.';
  return count === 1 ? 'One thing has to be done.' : `${count} things have to be done, from top to bottom.`;
}
