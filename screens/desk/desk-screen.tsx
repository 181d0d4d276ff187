import { Box } from 'ink';
import type { DeskPage } from '../../src/flows/desk-state.ts';
import { Frame } from '../parts/frame.tsx';
import { codeOfView } from '../view-code.ts';
import { Audit } from './audit.tsx';
import { Card } from './card.tsx';
import { deskCardLine } from './desk-card-line.ts';
import type { DeskStage } from './desk-stage.ts';
import { operatorText } from './desk-text.ts';
import { Dialog } from './dialog.tsx';
import { Home } from './home.tsx';
import { deskKeyHints } from './key-hints.ts';
import { Operations } from './operations.tsx';
import { PathLine } from './path-line.tsx';
import { Person } from './person.tsx';
import { Request } from './request.tsx';
import { Requests } from './requests.tsx';
import { Search } from './search.tsx';
import { SignIn } from './sign-in.tsx';
import { ThisKiosk } from './this-kiosk.tsx';

/** The operator's desk, over the whole screen. */
export function DeskScreen({ stage }: { readonly stage: DeskStage }) {
  const { texts, desk } = stage;
  return (
    <Frame
      stage={stage}
      code={codeOfView(stage.view)}
      hints={deskKeyHints(stage)}
      // Before somebody is signed in there is nobody to sign out.
      idle={desk.state.kind === 'open' ? texts.desk.keys.idle : texts.keys.idle}
      card={deskCardLine(stage)}
      who={operatorText(stage.desk.state, stage)}
      steps={<PathLine stage={stage} />}
    >
      <Box
        flexDirection="column"
        flexShrink={0}
        alignSelf="center"
        width={stage.width}
        height={stage.height}
        overflow="hidden"
      >
        <Content stage={stage} />
      </Box>
    </Frame>
  );
}

function Content({ stage }: { readonly stage: DeskStage }) {
  const { state } = stage.desk;
  if (state.kind === 'away' || state.kind === 'handedOver') return null;
  if (state.kind !== 'open') return <SignIn state={state} stage={stage} />;
  if (state.dialog !== null) return <Dialog dialog={state.dialog} stage={stage} />;
  const page = state.pages.at(-1);
  return page === undefined ? null : <Page page={page} stage={stage} />;
}

/** Page to screen. */
function Page({ page, stage }: { readonly page: DeskPage; readonly stage: DeskStage }) {
  switch (page.kind) {
    case 'home':
      return <Home page={page} stage={stage} />;
    case 'search':
      return <Search page={page} stage={stage} />;
    case 'person':
      return <Person page={page} stage={stage} />;
    case 'card':
      return <Card page={page} stage={stage} />;
    case 'requests':
      return <Requests page={page} stage={stage} />;
    case 'request':
      return <Request page={page} stage={stage} />;
    case 'operations':
      return <Operations page={page} stage={stage} />;
    case 'kiosk':
      return <ThisKiosk page={page} stage={stage} />;
    case 'audit':
      return <Audit page={page} stage={stage} />;
  }
}
