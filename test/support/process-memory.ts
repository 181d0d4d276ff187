import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { type formsOf, searchBytes } from './secret-search.ts';

/** Parts are read one by one, and overlap by more than a secret is long. */
const PART_BYTES = 16 * 1024 * 1024;
const OVERLAP_BYTES = 256;

/**
 * In which parts of its memory a running process has any of the forms: all that it could write to, heap, stacks and buffers alike.
 * Needs to be root, or the same user where that is let.
 */
export function searchMemory(pid: number, forms: ReturnType<typeof formsOf>): string[] {
  const regions = readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n');
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    return regions.flatMap((line) => {
      const region = /^([0-9a-f]+)-([0-9a-f]+) rw.. \S+ \S+ \S+\s*(.*)$/.exec(line);
      if (!region) return [];
      const [from, to] = [region[1]!, region[2]!].map((address) => Number.parseInt(address, 16));
      return searchRegion(memory, from!, to!, forms);
    });
  } finally {
    closeSync(memory);
  }
}

function searchRegion(memory: number, from: number, to: number, forms: ReturnType<typeof formsOf>): string[] {
  const found: string[] = [];
  for (let start = from; start < to; start += PART_BYTES - OVERLAP_BYTES) {
    const part = Buffer.alloc(Math.min(PART_BYTES, to - start));
    const length = readAt(memory, part, start);
    found.push(...searchBytes(start.toString(16), part.subarray(0, length), forms));
  }
  return found;
}

/** Nothing where it was given back meanwhile, or cannot be read. */
function readAt(memory: number, part: Buffer, position: number): number {
  try {
    return readSync(memory, part, 0, part.length, position);
  } catch {
    return 0;
  }
}
