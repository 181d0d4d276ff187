import { choicesOf, obstacleTo, type WaitingTask } from '../src/flows/waiting-task.ts';
import { rowsToFill } from './parts/body.tsx';
import { Menu } from './parts/menu.tsx';
import { Heading, Paragraph } from './parts/text.tsx';
import { plainText } from './plain-text.ts';
import type { ScreenProps, Stage } from './stage.ts';
import { reasonTitle, refusalText } from './texts/texts.ts';
import { dayText } from './texts/time.ts';

/** Lines taken by everything but the list: heading, text, and what is said of the one that is chosen. */
const OTHER_ROWS = 9;

type State = ScreenProps<'chooseTask'>['state'];

/** What waits for the person, with what each will do, and last the rewriting of the card (KR-01, RP-15). */
export function ChooseTask({ state, stage }: ScreenProps<'chooseTask'>) {
  const { tasks: words, chooseReason } = stage.texts;
  const items = state.tasks.map((task, i) => {
    const isOff = obstacleTo(task, state.by, state.reasons) !== null;
    const text = taskText(task, state, stage);
    return { key: `${i} ${task.requestId}`, text: isOff ? `${text} ${words.notNow}` : text, isOff };
  });
  const note = noteOf(state, words);
  return (
    <>
      <Heading>{words.title}</Heading>
      <Paragraph above={0}>{words.text}</Paragraph>
      <Menu
        items={[...items, { key: 'rewrite', text: words.rewrite }]}
        selected={state.selected}
        height={Math.max(3, rowsToFill(stage.height) - OTHER_ROWS)}
        width={stage.width}
        glyphs={stage.glyphs}
        moreAbove={chooseReason.moreAbove}
        moreBelow={chooseReason.moreBelow}
      />
      <Paragraph>{aboutSelected(state, stage)}</Paragraph>
      {note === null ? null : <Paragraph above={0}>{note}</Paragraph>}
    </>
  );
}

function taskText(task: WaitingTask, { reasons }: State, { texts, view }: Stage): string {
  const { tasks } = texts;
  switch (task.kind) {
    case 'existingCard': {
      if (!task.isForThisCard && task.difference === null) return tasks.otherCard;
      const count = task.difference === null ? 0 : choicesOf(task.difference).length;
      return count > 0 ? tasks.addKeys(count) : tasks.changeKeys;
    }
    case 'cardUpdate': {
      const reason = reasons.find(({ code }) => code === task.reason);
      return tasks.update(reason ? reasonTitle(reason, view.language) : plainText(task.reason ?? ''));
    }
    case 'newCard':
      return task.hasRecoveredKeys ? tasks.newCardWithKeys : tasks.newCard;
    case 'softCertificate':
      return task.soft?.rules.where === 'nss' ? texts.storeTask : tasks.file;
    default:
      return tasks.unknown;
  }
}

/** What the chosen one does, or why it cannot be done now and what the person can do about it. */
function aboutSelected({ tasks, selected, by, reasons }: State, { texts, view }: Stage): string {
  const words = texts.tasks;
  const task = tasks[selected];
  if (task === undefined) return words.rewriteText;
  const obstacle = obstacleTo(task, by, reasons);
  if (obstacle !== null) {
    const { title, why, next } = refusalText(texts, obstacle);
    return `${title} ${why} ${next}`;
  }
  if (task.kind === 'softCertificate')
    return `${task.soft?.rules.where === 'nss' ? texts.storeText : texts.fileText} ${words.until(dayText(task.expiresAt, view.language))}`;
  const what = task.kind === 'cardUpdate' ? words.updateText : words.keysText;
  return `${what} ${words.until(dayText(task.expiresAt, view.language))}`;
}

/** Letters of a note that are shown: two lines. */
const LONGEST_NOTE = 120;

/** In the words of whoever asked, of what can be done now. */
function noteOf({ tasks, selected, by, reasons }: State, words: Stage['texts']['tasks']): string | null {
  const task = tasks[selected];
  const text = plainText(task?.note ?? '').slice(0, LONGEST_NOTE);
  if (task === undefined || text === '' || obstacleTo(task, by, reasons) !== null) return null;
  return words.note(text);
}
