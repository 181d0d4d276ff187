import { parseArgs } from 'node:util';
import { argumentError } from './domain/argument-error.ts';
import { recardHome } from './home.ts';

/** The command `recard`: parses which program is meant, and starts it. Nothing is loaded that it does not need. */

const USAGE = `usage: recard demo [--fresh] [--fast] [--rehearse] [--pcsc [--adopt [--yes SERIAL]]]   the whole thing on this machine
       recard demo info --json                                  where the running demo keeps things
       recard card status|insert|pull …                         the demo's virtual cards
       recard kiosk --config FILE                               the kiosk on this terminal
       recard kiosk enrol URL --token TOKEN|-                   makes this machine a kiosk of that central
       recard collect https://CENTRAL:8443 --nss DIR            recovered keys into an NSS database on this machine
       recard doctor [--json]                                   what this machine lacks to be a kiosk, and what to do
       recard explain CODE                                      what a code on a kiosk's screen means, and what helps
       recard central start                                     the server
       recard central …                                         its records; see recard central --help
       recard --version                                         of this program, and of the Node that runs it
`;

async function main(args: readonly string[]): Promise<number> {
  const [program, ...rest] = args;
  const home = recardHome();
  switch (program) {
    case 'card': {
      const { cardCommand } = await import('./demo/card-command.ts');
      return cardCommand(rest, home, process);
    }
    case 'demo':
      return demo(rest, home);
    case 'central': {
      const { centralCommand } = await import('./central/command/central-command.ts');
      return centralCommand(rest, home, process);
    }
    case 'kiosk': {
      const { kioskCommand } = await import('./kiosk/kiosk-command.ts');
      return kioskCommand(rest, async (kiosk) => {
        const { examineInside } = await import('./doctor/examine-inside.ts');
        return examineInside(kiosk);
      });
    }
    case 'collect': {
      const { collectCommand } = await import('./kiosk/own-machine/collect-command.ts');
      const { stdin: input, stderr: output, stdout, env: environment } = process;
      return collectCommand(rest, { input, output, stdout, environment });
    }
    case 'explain': {
      const { explainCommand } = await import('./explain/explain-command.ts');
      const { stdout, stderr, env: environment } = process;
      return explainCommand(rest, { stdout, stderr, environment });
    }
    case 'doctor': {
      const { doctorCommand } = await import('./doctor/doctor-command.ts');
      return doctorCommand(rest);
    }
    case 'help':
    case '--help':
    case '-h':
      process.stdout.write(USAGE);
      return 0;
    case '--version':
    case 'version': {
      const { programVersion } = await import('./kiosk/program-version.ts');
      process.stdout.write(`recard ${programVersion()} (Node ${process.versions.node})\n`);
      return 0;
    }
    default:
      process.stderr.write(USAGE);
      // At the end, where it is still on the screen.
      if (program !== undefined) process.stderr.write(`recard: there is no command ${program}\n`);
      return 2;
  }
}

async function demo(args: readonly string[], home: string): Promise<number> {
  if (args[0] === 'info') {
    const { infoCommand } = await import('./demo/card-command.ts');
    return infoCommand(home, process);
  }
  if (args.some((word) => word === '--help' || word === '-h')) {
    process.stdout.write(USAGE.split('\n').slice(0, 3).join('\n').concat('\n'));
    return 0;
  }
  const { values } = parseArgs({
    args: [...args],
    options: {
      fresh: { type: 'boolean', default: false },
      pcsc: { type: 'boolean', default: false },
      fast: { type: 'boolean', default: false },
      adopt: { type: 'boolean', default: false },
      rehearse: { type: 'boolean', default: false },
      yes: { type: 'string' },
    },
  });
  const { runDemo } = await import('./demo/demo.ts');
  if (values.adopt && !values.pcsc) {
    process.stderr.write('recard: --adopt takes a card in a real reader: say --pcsc --adopt\n');
    return 2;
  }
  const { fresh, pcsc, fast, adopt, rehearse, yes = null } = values;
  return runDemo({ home, fresh, pcsc, fast, adopt, rehearse, yes });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const mistyped = argumentError(error);
  const how = `; see: recard ${process.argv[2]} --help`;
  const said = error instanceof Error ? error.message : String(error);
  process.stderr.write(`recard: ${mistyped === null ? said : mistyped + how}\n`);
  process.exitCode = mistyped === null ? 1 : 2;
}
