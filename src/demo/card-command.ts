import { parseArgs } from 'node:util';
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
  const request = parse(args);
  if (request === null) {
    io.stderr.write(USAGE);
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

function parse(args: readonly string[]): ControlRequest | null {
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
    const [verb, name] = positionals;
    if (reader > 1) return null;
    if (verb === 'status') return { do: 'status' };
    if (verb === 'insert' && name) return { do: 'insert', card: name, reader };
    const step = values['at-step'];
    if (verb === 'pull' && step !== undefined) {
      return { do: 'pullAtStep', reader, step, when: values.before ? 'before' : 'after' };
    }
    if (verb === 'pull') return { do: 'pull', reader, afterApdus };
    return null;
  } catch {
    return null;
  }
}

function count(text: string): number {
  if (!/^[0-9]{1,6}$/.test(text)) throw new RangeError('not a number');
  return Number(text);
}
