import { Box } from 'ink';
import { useReadAloud } from '../../parts/read-aloud.tsx';
import { Text } from '../../parts/themed.tsx';
import { flowLines, ITEM_GAP } from '../flow-lines.ts';

/** Something that can be done by one key. */
export interface ActionItem {
  readonly key: string;
  readonly text: string;
  /** It may not be done: it stands in brackets, and its key says why (OP-03). */
  readonly isOff: boolean;
}

/** What can be done here, each with its key, on as many lines as it needs. */
export function ActionBar({ actions, width }: ActionBarProps) {
  const aloud = useReadAloud();
  if (aloud !== null) {
    if (actions.length === 0) return null;
    const said = actions.map(({ key, text, isOff }) => `${key}, ${text}${isOff ? `, ${aloud.notNow}` : ''}`);
    return <Text>{aloud.actions(said.join('; '))}</Text>;
  }
  return (
    <Box flexDirection="column" flexShrink={0} width={width}>
      {actionLines(actions, width).map((line) => (
        <Box key={line[0]!.key} flexShrink={0} height={1}>
          {line.map((action, i) => (
            <Box key={action.key} flexShrink={0} marginLeft={i === 0 ? 0 : ITEM_GAP}>
              <Action action={action} />
            </Box>
          ))}
        </Box>
      ))}
    </Box>
  );
}

interface ActionBarProps {
  readonly actions: readonly ActionItem[];
  readonly width: number;
}

function Action({ action: { key: letter, text, isOff } }: { readonly action: ActionItem }) {
  if (isOff) return <Text look="off">{`(${letter} ${text})`}</Text>;
  return (
    <>
      <Text look="key">{`${letter} `}</Text>
      <Text look="text">{text}</Text>
    </>
  );
}

/** The same line by line: a page has to know how many they are. */
export function actionLines(
  actions: readonly ActionItem[],
  width: number,
): readonly (readonly ActionItem[])[] {
  const widths = actions.map(({ key, text, isOff }) => key.length + 1 + text.length + (isOff ? 2 : 0));
  return flowLines(widths, width).map((line) => line.map((i) => actions[i]!));
}
