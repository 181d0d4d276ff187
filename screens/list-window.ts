/**
 * Which part of a list is shown in so many lines, the chosen one in the middle of it. Two of the lines say that there is more.
 * @param height in lines, at least 3
 */
export function listWindow(length: number, selected: number, height: number) {
  if (length <= height) return { first: 0, count: length };
  const count = Math.max(1, height - 2);
  const first = Math.min(Math.max(0, selected - Math.floor(count / 2)), length - count);
  return { first, count };
}
