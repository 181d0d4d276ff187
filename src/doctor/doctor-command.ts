import { parseArgs } from 'node:util';
import { examine } from './examine.ts';
import { isFine, reportJson, reportText } from './report.ts';
import { thisMachine } from './this-machine.ts';

const USAGE = `usage: recard doctor [--config FILE] [--json]   looks at this machine; best as root, on the kiosk's terminal
       FILE is /etc/recard/kiosk.toml without it
`;

/** `recard doctor`: what is wrong with this machine and what to do about it. @returns 0 fine, 1 something has to be done */
export async function doctorCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      config: { type: 'string', default: '/etc/recard/kiosk.toml' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const findings = await examine(thisMachine(), values.config);
  process.stdout.write(values.json ? reportJson(findings) : reportText(findings));
  return isFine(findings) ? 0 : 1;
}
