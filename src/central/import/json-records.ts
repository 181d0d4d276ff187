import { UnreadableFileError } from './problem.ts';

/** One element of the array that a JSON file is. */
export interface JsonRecord {
  /** Where it begins. */
  readonly line: number;
  readonly value: unknown;
}

const MAX_ELEMENT_CHARACTERS = 1024 * 1024;
const NO_ARRAY = 'it is not an array: write [ {…}, {…} ]';

/**
 * The elements of a JSON array one by one, so that a file may be larger than memory.
 * @throws UnreadableFileError, after all elements before it
 */
export async function* jsonRecords(pieces: AsyncIterable<string>): AsyncGenerator<JsonRecord> {
  const splitter = new ArraySplitter();
  for await (const piece of pieces) yield* splitter.push(piece);
  splitter.end();
}

/** Cuts the text of an array at the commas of its outermost level. */
class ArraySplitter {
  #state: 'before' | 'element' | 'after' = 'before';
  #depth = 0;
  #isText = false;
  #isEscaped = false;
  /** Of the element that is being read. */
  #text = '';
  #line = 1;
  #elementLine = 1;
  #hasElements = false;

  *push(piece: string): Generator<JsonRecord> {
    let start = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const character = piece[at]!;
      if (character === '\n') this.#line += 1;
      if (this.#state !== 'element') {
        this.#outside(character);
        start = at + 1;
      } else if (this.#isBetween(character)) {
        yield* this.#element(this.#text + piece.slice(start, at), character === ']');
        this.#text = '';
        start = at + 1;
        if (character === ']') this.#state = 'after';
      }
    }
    if (this.#state === 'element') this.#text += piece.slice(start);
    if (this.#text.length > MAX_ELEMENT_CHARACTERS) {
      throw new UnreadableFileError(
        this.#elementLine,
        'more than a million characters: is a quote not closed?',
      );
    }
  }

  end(): void {
    if (this.#state === 'after') return;
    const what = this.#state === 'before' ? NO_ARRAY : 'the array is not closed: write ] at its end';
    throw new UnreadableFileError(this.#line, what);
  }

  #outside(character: string): void {
    if (/\s/.test(character)) return;
    if (this.#state === 'before' && character === '[') {
      this.#state = 'element';
      this.#elementLine = this.#line;
      return;
    }
    const what = this.#state === 'before' ? NO_ARRAY : 'something follows the array: take it away';
    throw new UnreadableFileError(this.#line, what);
  }

  /** Whether this character ends an element. */
  #isBetween(character: string): boolean {
    if (this.#isText) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (character === '\\') this.#isEscaped = true;
      else if (character === '"') this.#isText = false;
      return false;
    }
    if (character === '"') this.#isText = true;
    else if (character === '{' || character === '[') this.#depth += 1;
    else if (this.#depth > 0 && (character === '}' || character === ']')) this.#depth -= 1;
    else return this.#depth === 0 && (character === ',' || character === ']');
    return false;
  }

  *#element(text: string, isLast: boolean): Generator<JsonRecord> {
    const blank = /^\s*/.exec(text)![0];
    const line = this.#elementLine + (blank.match(/\n/g)?.length ?? 0);
    this.#elementLine = this.#line;
    if (blank.length === text.length && isLast && !this.#hasElements) return;
    this.#hasElements = true;
    yield { line, value: parse(text, line) };
  }
}

function parse(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new UnreadableFileError(
      line,
      `this element is not JSON: ${withoutExcerpt(cause.message)}; what follows was not read`,
      {
        cause,
      },
    );
  }
}

/** Without the text that the parser quotes: it may be long, and over many lines. */
function withoutExcerpt(message: string): string {
  return message.replace(/, (?:\.{3})?"[\s\S]*$/, '');
}
