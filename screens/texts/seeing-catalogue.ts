import type { ThemeName } from '../../src/flows/screen-look.ts';

/** What is said of how the screens are drawn, and how they are read aloud (UX-05). */
export interface SeeingTexts {
  readonly seeing: {
    readonly themes: Readonly<Record<ThemeName, string>>;
    /** What the key for it does. */
    readonly readAloud: string;
    /** The same key, the other way. */
    readonly usualScreen: string;
  };
}
