/** Keys as Ink reads them; some streams have a raw mode. */
type Keys = NodeJS.ReadableStream & { setRawMode?(isRaw: boolean): unknown };

/**
 * The keys of a terminal that stays in raw mode for as long as it is held: out of it the terminal itself writes on the screen what is
 * typed, and that may be a PIN (SE-06).
 */
export function rawWhile(keys: NodeJS.ReadableStream, isHeld: () => boolean): NodeJS.ReadStream {
  const terminal: Keys = keys;
  const setRawMode = (isRaw: boolean) => {
    if (isRaw || !isHeld()) terminal.setRawMode?.(isRaw);
  };
  const held = new Proxy(terminal, {
    get(target, name) {
      if (name === 'setRawMode') return target.setRawMode && setRawMode;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return held as unknown as NodeJS.ReadStream;
}

/** Whatever was held back is made good. */
export function leaveRaw(keys: NodeJS.ReadableStream): void {
  const terminal: Keys = keys;
  terminal.setRawMode?.(false);
}
