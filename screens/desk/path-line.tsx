import { Box } from 'ink';
import type { DeskPage } from '../../src/flows/desk-state.ts';
import { OneLine } from '../parts/one-line.tsx';
import { useReadAloud } from '../parts/read-aloud.tsx';
import { Text } from '../parts/themed.tsx';
import { plainText } from '../plain-text.ts';
import type { DeskStage } from './desk-stage.ts';

/** Where one is: the pages from the first to the one in sight, and what is being done there; and the card in the other reader. */
export function PathLine({ stage }: { readonly stage: DeskStage }) {
  const { view, glyphs } = stage;
  const aloud = useReadAloud();
  if (aloud !== null) return <Text>{`${aloud.page(namesOf(stage).join(', '))} ${inHandText(stage)}`}</Text>;
  const names = fitting(namesOf(stage), view.size.columns - IN_HAND_WIDTH - GAPS);
  return (
    <Box flexShrink={0} height={1} width={view.size.columns} paddingX={1} justifyContent="space-between">
      <Box flexShrink={1} height={1} overflow="hidden">
        <Text wrap="truncate">
          {names.map((name, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a place on the way has no other identity
            <Text key={i}>
              {i === 0 ? null : <Text look="rule">{` ${glyphs.separator} `}</Text>}
              <Text look={i === names.length - 1 ? 'stepNow' : 'text'}>
                {i === names.length - 1 ? `[${name}]` : name}
              </Text>
            </Text>
          ))}
        </Text>
      </Box>
      <Box flexShrink={0} marginLeft={2} height={1} width={IN_HAND_WIDTH} justifyContent="flex-end">
        <OneLine room={IN_HAND_WIDTH} glyphs={glyphs} look="label">
          {inHandText(stage)}
        </OneLine>
      </Box>
    </Box>
  );
}

/** Room for the words and most of a name. */
const IN_HAND_WIDTH = 30;
/** At both ends, and between. */
const GAPS = 4;
/** Around a name: the sign before it, or brackets. */
const AROUND = 3;
/** Letters of a name on the way. */
const LONGEST_NAME = 20;

function namesOf({ desk, texts }: DeskStage): readonly string[] {
  const { state } = desk;
  if (state.kind !== 'open') return [texts.desk.signInPage];
  const pages = state.pages.map((page) => pageName(page, texts.desk.pages));
  return state.dialog === null ? pages : [...pages.slice(-2), texts.desk.actions[state.dialog.action]];
}

/** The last ones, as many as there is room for: where one is matters more than where one came from. */
function fitting(names: readonly string[], room: number): readonly string[] {
  const width = names.reduce((sum, name) => sum + name.length + AROUND, 0);
  return width <= room || names.length === 1 ? names : fitting(names.slice(1), room);
}

function pageName(page: DeskPage, names: Readonly<Record<DeskPage['kind'], string>>): string {
  const name =
    page.kind === 'person'
      ? page.page?.person.displayName
      : page.kind === 'card'
        ? page.page?.card.name
        : null;
  return shortened(plainText(name ?? '') || names[page.kind]);
}

function shortened(name: string): string {
  const letters = [...name];
  return letters.length <= LONGEST_NAME ? name : `${letters.slice(0, LONGEST_NAME - 2).join('')}..`;
}

function inHandText({ desk, texts }: DeskStage): string {
  const { inHand } = desk;
  if (desk.state.kind !== 'open') return '';
  if (inHand.kind === 'known') return texts.desk.inHand.known(inHand.holderName);
  if (inHand.kind === 'refused') return texts.desk.inHand.refused(inHand.code);
  return texts.desk.inHand[inHand.kind];
}
