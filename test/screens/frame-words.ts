/** What stands between the two rules of a frame, word by word: its lines, boxes, dots and blocks are left out. */
export function bodyWords(lines: readonly string[]): readonly string[] {
  const body = lines.slice(3, -3).join(' ');
  return body.split(/[\s│┌┐└┘─█▀▄░▒▓●·]+/).filter((word) => word !== '');
}

/** Those of the first that are not among the others, as often as they are missing there. */
export function missingFrom(words: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return words.filter((word) => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
