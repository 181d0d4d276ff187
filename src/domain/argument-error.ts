/**
 * What `parseArgs` of node:util says of words that it does not take, in one line of ours; null for any other error.
 * @see https://nodejs.org/api/errors.html ERR_PARSE_ARGS_*
 */
export function argumentError(error: unknown): string | null {
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code !== 'string' || typeof message !== 'string' || !code.startsWith('ERR_PARSE_ARGS'))
    return null;
  const word = /'([^']*)'/.exec(message)?.[1] ?? '';
  // As Node names it: '-t, --token <value>'.
  const option = word.replace(/^-\w, /, '').replace(/ <value>$/, '');
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `there is no option ${word}`;
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return `${word} is one word too many`;
  if (message.includes('does not take an argument')) return `${option} takes no value`;
  if (message.includes('is ambiguous'))
    return `${option} needs a value; one that begins with a hyphen is written ${option}=VALUE`;
  return `${option} needs a value`;
}
