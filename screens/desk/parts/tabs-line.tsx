import { Box } from 'ink';
import { useReadAloud } from '../../parts/read-aloud.tsx';
import { Text } from '../../parts/themed.tsx';

interface TabsLineProps {
  readonly tabs: readonly string[];
  readonly selected: number;
}

/** Which parts a page has; the one that is shown in brackets. */
export function TabsLine({ tabs, selected }: TabsLineProps) {
  const aloud = useReadAloud();
  if (aloud !== null) return <Text>{aloud.tab(selected + 1, tabs.length, tabs[selected] ?? '')}</Text>;
  return (
    <Box flexShrink={0} height={1}>
      {tabs.map((tab, i) => (
        <Box key={tab} flexShrink={0} marginRight={1}>
          <Text look={i === selected ? 'stepNow' : 'text'}>{i === selected ? `[${tab}]` : ` ${tab} `}</Text>
        </Box>
      ))}
    </Box>
  );
}
