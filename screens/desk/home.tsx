import { Box } from 'ink';
import { HOME_MENU } from '../../src/flows/desk-pages.ts';
import { Heading } from '../parts/text.tsx';
import type { DeskPageProps, DeskStage } from './desk-stage.ts';
import { ListTable } from './parts/list-table.tsx';
import { PageFrame } from './parts/page-frame.tsx';

/** Heading and a free line below it. */
const ABOVE = 2;

/** What there is, by number. */
export function Home({ page, stage }: DeskPageProps<'home'>) {
  const { desk } = stage.texts;
  const rows = HOME_MENU.map((name, i) => ({
    key: name,
    cells: [`${i + 1}  ${nameOf(name, stage)}`, desk.home.about[name]],
  }));
  return (
    <PageFrame stage={stage} said={page.said}>
      {(height) => (
        <>
          <Heading>{desk.home.title}</Heading>
          <Box flexShrink={0} height={1} />
          <ListTable
            stage={stage}
            columns={[
              { title: '', min: 32 },
              { title: '', min: 20, grow: 1 },
            ]}
            rows={rows}
            selected={page.selected}
            height={Math.max(HOME_MENU.length + 1, height - ABOVE)}
            empty=""
          />
        </>
      )}
    </PageFrame>
  );
}

function nameOf(name: (typeof HOME_MENU)[number], { texts }: DeskStage): string {
  return name === 'cardInReader' ? texts.desk.home.cardInReader : texts.desk.pages[name];
}
