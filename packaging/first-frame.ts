/** What the bundle does to libraries so that the first frame comes sooner. What they answer stays as it was. */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/**
 * Yoga's code stands in its own file as base64, and it would fetch it from there: that loads all of Node that speaks HTTP before the
 * first frame, a quarter of the time until it. Where there is no `fetch`, it decodes it.
 */
const withoutFetching: Plugin = {
  name: 'without-fetching',
  setup({ onLoad }) {
    onLoad({ filter: /\/yoga-wasm-base64-esm\.js$/ }, ({ path }) => ({
      contents: `const fetch = undefined;\n${readFileSync(path, 'utf8')}`,
      loader: 'js',
    }));
  },
};

/**
 * Signs that take one cell each and are put together with no other: of Latin letters, of punctuation, arrows, lines and blocks. (© and
 * ® become emoji with a sign behind them that is none of these.)
 */
const NARROW =
  '\\u0020-\\u007e\\u00a1-\\u00ac\\u00ae-\\u02ff\\u2010-\\u2027\\u2030-\\u205e\\u2190-\\u21ff\\u2500-\\u25fc\\u2701-\\u2704\\u270e-\\u2727';

const QUICK_WIDTH = `import stringWidth from 'string-width';
const NARROW = /^[${NARROW}]*$/;
const STYLE = /\\u001b\\[[\\d;]*m/g;
export default function quickWidth(text, options) {
  if (typeof text !== 'string' || options !== undefined) return stringWidth(text, options);
  const plain = text.includes('\\u001b') ? text.replace(STYLE, '') : text;
  return NARROW.test(plain) ? plain.length : stringWidth(text);
}
`;

/**
 * Ink asks how wide each text is. Beyond ASCII that is worked out by tables of all emoji, which take 20 ms to be made and every sign of
 * every frame is looked up in: ours are not among them.
 */
export const quickWidths: Plugin = {
  name: 'quick-widths',
  setup({ onResolve, onLoad }) {
    const namespace = 'quick-width';
    onResolve({ filter: /^string-width$/ }, ({ path, resolveDir, namespace: within }) =>
      within === namespace ? undefined : { path, namespace, pluginData: resolveDir },
    );
    onLoad({ filter: /.*/, namespace }, ({ pluginData: resolveDir }) => ({
      ...{ contents: QUICK_WIDTH, loader: 'js', resolveDir },
    }));
  },
};

/**
 * zod/mini checks what is read before the first frame. It is small where it is alone; as one of those that share the inside of zod it
 * would bring all of it along. So it has its own inside.
 */
const miniAlone: Plugin = {
  name: 'mini-alone',
  setup({ onResolve, onLoad, resolve }) {
    const suffix = '?alone';
    onResolve({ filter: /^zod\/mini$|^\./ }, async ({ path, pluginData, importer, kind, resolveDir }) => {
      if (pluginData === 'found' || (path !== 'zod/mini' && pluginData !== suffix)) return undefined;
      const found = await resolve(path, { importer, kind, resolveDir, pluginData: 'found' });
      return { ...found, suffix };
    });
    onLoad({ filter: /\/zod\// }, ({ path, suffix: its }) => {
      if (its !== suffix) return undefined;
      return { contents: readFileSync(path, 'utf8'), loader: 'js', pluginData: suffix };
    });
  },
};

export const firstFrame: readonly Plugin[] = [withoutFetching, quickWidths, miniAlone];
