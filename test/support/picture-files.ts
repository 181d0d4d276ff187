/** The files of docs/screens, drawn by the renderer of the kiosk. To be imported once COLOURS and TIME_ZONE are set. */
import headless from '@xterm/headless';
import { renderToString } from 'ink';
import { createElement } from 'react';
import { App } from '../../screens/app.tsx';
import { TEXTS } from '../../screens/texts/texts.ts';
import { type KioskView, LANGUAGES, type Language } from '../../src/flows/kiosk-view.ts';

import { KEY_PRESSES } from './key-presses.ts';

import { FLOWS, type Flow, type Picture, viewOf } from './pictures.ts';
import { toSvg } from './svg.ts';

/** All that belongs into docs/screens: text by path in it. */
export async function drawEverything(): Promise<ReadonlyMap<string, string>> {
  const files = new Map([['README.md', index()]]);
  for (const picture of FLOWS.flatMap(({ pictures }) => pictures))
    for (const language of LANGUAGES)
      files.set(pathOf(picture, language), await draw(viewOf(picture, language), picture.what));
  return files;
}

async function draw(view: KioskView, title: string): Promise<string> {
  const { columns, rows } = view.size;
  const frame = renderToString(createElement(App, { view, onCommand: () => {} }), { columns });
  const options = { cols: columns, rows, allowProposedApi: true, scrollback: 0, convertEol: true };
  const terminal = new headless.Terminal(options);
  await new Promise<void>((resolve) => terminal.write(frame, resolve));
  const picture = toSvg(terminal, title);
  terminal.dispose();
  return picture;
}

const pathOf = ({ name }: Picture, language: Language) => `${language}/${name}.svg`;

function index(): string {
  return [
    '# Every screen',
    '',
    'As the kiosk draws them: `npm run pictures` draws them anew, and a test looks whether they are what the kiosk shows.',
    `Each is there in ${new Intl.ListFormat('en').format(LANGUAGES.map((one) => TEXTS[one].languageName))}.`,
    '',
    ...FLOWS.flatMap(tableOf),
    ...KEY_PRESSES,
    '',
  ].join('\n');
}

/** One row for two pictures, so that they are large enough to be read. */
function tableOf({ title, pictures }: Flow): readonly string[] {
  const rows = pictures.flatMap((picture, i) =>
    i % 2 === 0 ? [`| ${cellOf(picture)} | ${pictures[i + 1] ? cellOf(pictures[i + 1]!) : ''} |`] : [],
  );
  return [`## ${title}`, '', '| | |', '| --- | --- |', ...rows, ''];
}

function cellOf(picture: Picture): string {
  const links = LANGUAGES.map((one) => `[${one}](${pathOf(picture, one)})`).join(' ');
  return `![${picture.what}](${pathOf(picture, 'en')})<br>**${picture.name}** ${picture.what}. ${links}`;
}
