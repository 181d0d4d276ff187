import { posix } from 'node:path';

/** Of the source's documents these are installed; what is in `docs` stands beside the others there. */
const TEXTS = ['README.md', 'SECURITY.md', 'docs/install.md', 'docs/operator.md'];
const FOLDERS = ['docs/examples', 'docs/decisions', 'docs/screens'];
const LINK = /(!?)\[([^\]]*)\]\(([^)#\s]*)(#[^)\s]*)?\)/g;

/** The documents of the package, and the folders of them: place in the source → place below the package's documents. */
export const DOCUMENTS: ReadonlyMap<string, string> = new Map(TEXTS.map((name) => [name, installed(name)]));
export const DOCUMENT_FOLDERS: ReadonlyMap<string, string> = new Map(
  FOLDERS.map((name) => [name, installed(name)]),
);

/**
 * A document as it is installed: its links lead to what is installed too; of what is not, the words stay.
 * @param name place in the source
 */
export function installedText(name: string, text: string): string {
  const from = posix.dirname(installed(name));
  return text.replace(LINK, (link, mark: string, words: string, target: string, anchor = '') => {
    if (target === '' || /^[a-z]+:/.test(target)) return link;
    const source = posix.join(posix.dirname(name), target);
    const isThere = TEXTS.includes(source) || FOLDERS.some((one) => `${source}/`.startsWith(`${one}/`));
    return isThere ? `${mark}[${words}](${posix.relative(from, installed(source))}${anchor})` : words;
  });
}

function installed(name: string): string {
  return name.replace(/^docs\//, '');
}
