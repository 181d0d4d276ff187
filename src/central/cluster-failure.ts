import { ClusterError } from './cluster-folder.ts';

/**
 * That no database could be made: why, in initdb's words, and what to do.
 * @param folder where it was to be
 * @param cause with what initdb has written to its standard error
 */
export function initFailure(folder: string, cause: Error & { readonly stderr?: string }): ClusterError {
  const { stderr = '', message } = cause;
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((one) => /\b(?:error|FATAL|PANIC): /.test(one)) ?? lines[0] ?? message;
  const why = line.replace(/^.*?\b(?:error|FATAL|PANIC): +/, '').trim();
  const isFull = /No space left|quota exceeded/i.test(stderr);
  const remedy = isFull
    ? 'make room on its disk, or name another state_folder'
    : 'put that right, or name another state_folder, and start central again';
  return new ClusterError(`start database: it cannot be made in ${folder} (${why}); ${remedy}`, { cause });
}
