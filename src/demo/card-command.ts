import { parseArgs } from 'node:util';
import { argumentError } from '../domain/argument-error.ts';
import { askDemo, ControlRefusedError, type ControlRequest } from './control.ts';
import { demoPaths } from './paths.ts';

/** `recard card status|insert|pull` and `recard demo info`: what another shell can do with a running demo. */

const USAGE = `usage: recard card status --json
       recard card insert NAME [--reader N]
       recard card pull [--reader N] [--after-apdus K | --at-step NAME [--before]]
`;

export interface CommandIo {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** @returns 0 done, 1 refused, 2 usage */
export async function cardCommand(args: readonly string[], home: string, io: CommandIo): Promise<number> {
  if (args.some((word) => word === '--help' || word === '-h')) {
    io.stdout.write(USAGE);
    return 0;
  }
  const request = parse(args);
  if (typeof request === 'string') {
    io.stderr.write(`${USAGE}recard: card: ${request}\n`);
    return 2;
  }
  return perform(request, home, io, request.do === 'status');
}

/** `recard demo info --json`. */
export function infoCommand(home: string, io: CommandIo): Promise<number> {
  return perform({ do: 'info' }, home, io, true);
}

async function perform(
  request: ControlRequest,
  home: string,
  io: CommandIo,
  printsAnswer: boolean,
): Promise<number> {
  try {
    const value = await askDemo(demoPaths(home).control, request);
    if (printsAnswer) io.stdout.write(`${JSON.stringify(value)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof ControlRefusedError)) throw error;
    io.stderr.write(`recard: ${error.message}\n`);
    return 1;
  }
}

/** @returns what is wrong, where something is */
function parse(args: readonly string[]): ControlRequest | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        reader: { type: 'string' },
        'after-apdus': { type: 'string' },
        'at-step': { type: 'string' },
        before: { type: 'boolean', default: false },
      },
    });
    const reader = count(values.reader ?? '0');
    const afterApdus = values['after-apdus'] === undefined ? null : count(values['after-apdus']);
    if (Number.isNaN(afterApdus)) return '--after-apdus takes a number';
    const [verb, name] = positionals;
    if (reader !== 0 && reader !== 1) return `there is no reader ${values.reader}; there are 0 and 1`;
    if (verb === 'status') return { do: 'status' };
    if (verb === 'insert' && name) return { do: 'insert', card: name, reader };
    if (verb === 'insert') return 'insert which? See: recard card status --json';
    const step = values['at-step'];
    if (verb === 'pull' && step !== undefined) {
      return { do: 'pullAtStep', reader, step, when: values.before ? 'before' : 'after' };
    }
    if (verb === 'pull') return { do: 'pull', reader, afterApdus };
    return verb === undefined ? 'what?' : `there is no ${verb}`;
  } catch (error) {
    const mistyped = argumentError(error);
    if (mistyped === null) throw error;
    return mistyped;
  }
}

/** NaN for what is none. */
function count(text: string): number {
  return /^[0-9]{1,6}$/.test(text) ? Number(text) : Number.NaN;
}
