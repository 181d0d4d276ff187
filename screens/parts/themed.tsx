import { type BoxProps, Text as InkText, type TextProps as InkTextProps } from 'ink';
import { createContext, useContext } from 'react';
import { type LookName, THEMES, type Theme } from '../theme.ts';

const ThemeInUse = createContext<Theme>(THEMES.standard);

/** Gives all that is drawn inside of it a theme. */
export const ThemeProvider = ThemeInUse.Provider;

/** The theme that is drawn with: for the colours of borders and backgrounds; text has its `look`. */
export function useTheme(): Theme {
  return useContext(ThemeInUse);
}

/** The colours of a border that means nothing by itself. */
export function useBorder(): Pick<BoxProps, 'borderColor' | 'borderBackgroundColor'> {
  const { border, background } = useTheme();
  return { borderColor: border ?? undefined, borderBackgroundColor: background ?? undefined };
}

export interface TextProps extends InkTextProps {
  /** What the text means; how that looks is the theme's. Default: as the text around it. */
  readonly look?: LookName;
}

/** Text with a look. All text is drawn by it, and by no other. */
export function Text({ look, ...props }: TextProps) {
  const theme = useTheme();
  return <InkText {...(look === undefined ? {} : theme.looks[look])} {...props} />;
}
