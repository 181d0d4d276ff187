import { mkdirSync, writeFileSync } from 'node:fs';
import { startDemo, walk } from './demo.ts';
import { KEY } from './terminal.ts';

/** `npm run pictures`: draws the README's pictures from the real kiosk. */
const FOLDER = 'docs/pictures';

mkdirSync(FOLDER, { recursive: true });
const demo = await startDemo({ isFast: false });
try {
  const { terminal } = demo;
  await demo.recard('card', 'insert', 'good');
  await terminal.until('RP-11-card-found');
  save('card-found', 'The kiosk has found a card that can be rewritten');
  await demo.recard('card', 'pull');
  await terminal.until('RP-11-insert-card');
  await walk.toNewPin(demo, 'good', '123456');
  terminal.press('739146');
  await terminal.until(/● ● ● ● ● ●/);
  save('new-pin', 'A new PIN is typed, and its rules are ticked');
  terminal.press(KEY.enter);
  await terminal.until('RP-14-repeat-pin');
  terminal.press(`739146${KEY.enter}`);
  await terminal.until(/ [3-5][0-9] %/);
  save('writing', 'The kiosk writes a card, and shows how far it is');
  await terminal.until('UX-07-done', 60_000);
  save('done', 'The card is ready, and the screen says what changed');
} finally {
  await demo.close();
}

function save(name: string, title: string): void {
  writeFileSync(`${FOLDER}/${name}.svg`, demo.terminal.picture(title));
}
