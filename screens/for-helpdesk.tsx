import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { SupportView } from '../src/flows/kiosk-view.ts';
import { codeOf } from '../src/flows/walk-up.ts';
import { rowsAbove } from './parts/body.tsx';
import { QrView, qrSize } from './parts/qr-view.tsx';
import { Heading, Paragraph } from './parts/text.tsx';
import { Text } from './parts/themed.tsx';
import { type QrModules, supportModules } from './qr-code.ts';
import type { Stage } from './stage.ts';

/** Where there is so much, the picture stands beside what went wrong without being asked for. */
const ROOMY = { columns: 100, rows: 30 } as const;
/** Between text and picture. */
const GAP = 3;
/** Narrower lines are hard to read. */
const NARROWEST_TEXT = 36;

/** Whatever went wrong, with what the helpdesk is told of it below; or that alone, in large. */
export function ForHelpdesk({ stage, children }: { readonly stage: Stage; readonly children: ReactNode }) {
  const { support, size } = stage.view;
  if (support === undefined) return children;
  if (support.isOpen) return <SupportPage stage={stage} support={support} />;
  const isRoomy = size.columns >= ROOMY.columns && size.rows >= ROOMY.rows;
  return (
    <Beside stage={stage} modules={isRoomy ? fitting(stage, support) : null}>
      <Box flexDirection="column" flexShrink={1} overflow="hidden">
        {children}
      </Box>
      <Box flexShrink={0} marginTop={1}>
        <Text look="code" wrap="truncate">
          {stage.texts.support.line(support.code)}
        </Text>
      </Box>
    </Beside>
  );
}

/** To be read aloud, or taken a picture of. */
function SupportPage({ stage, support }: { readonly stage: Stage; readonly support: SupportView }) {
  const { texts } = stage;
  const modules = fitting(stage, support);
  return (
    <Beside stage={stage} modules={modules}>
      <Heading>{texts.support.title}</Heading>
      <Box flexShrink={0} marginTop={1} aria-label={support.code}>
        <Text look="emphasis" wrap="truncate">
          {[...support.code].join(' ')}
        </Text>
      </Box>
      <Paragraph>{texts.support.how}</Paragraph>
      {modules === null ? null : <Paragraph>{texts.support.picture}</Paragraph>}
      <Paragraph>{texts.support.holds}</Paragraph>
    </Beside>
  );
}

interface BesideProps {
  readonly stage: Stage;
  /** Null: there is no room for it. */
  readonly modules: QrModules | null;
  readonly children: ReactNode;
}

function Beside({ stage, modules, children }: BesideProps) {
  const { glyphs, width } = stage;
  const taken = modules === null ? 0 : qrSize(modules, glyphs).columns + GAP;
  return (
    <Box flexShrink={1} flexGrow={1} justifyContent="space-between" overflow="hidden">
      <Box flexDirection="column" flexShrink={1} width={width - taken}>
        {children}
      </Box>
      {modules === null ? null : <QrView modules={modules} glyphs={glyphs} />}
    </Box>
  );
}

/** The picture, where text and picture have room beside each other. */
function fitting({ view, glyphs, width, height }: Stage, { code }: SupportView): QrModules | null {
  const modules = supportModules(code, codeOf(view.walkUp));
  const { columns, rows } = qrSize(modules, glyphs);
  return rows <= height - rowsAbove(height) && columns + GAP + NARROWEST_TEXT <= width ? modules : null;
}
