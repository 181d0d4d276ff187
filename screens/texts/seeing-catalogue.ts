import type { ThemeName } from '../../src/flows/screen-look.ts';

/** What is said of how the screens are drawn, and how they are read aloud (UX-05). */
export interface SeeingTexts {
  readonly seeing: {
    readonly themes: Readonly<Record<ThemeName, string>>;
    /** What the key for it does. */
    readonly readAloud: string;
    /** The same key, the other way. */
    readonly usualScreen: string;
    /** In the place of signs, boxes and pictures. */
    readonly aloud: {
      readonly step: (now: number, total: number, name: string) => string;
      /** The pages from the first to the one in sight. */
      readonly page: (names: string) => string;
      readonly tab: (now: number, total: number, name: string) => string;
      readonly typed: (count: number) => string;
      /** Where it is known how many there are. */
      readonly typedOf: (count: number, total: number) => string;
      readonly chosen: (text: string) => string;
      readonly marked: string;
      readonly notMarked: string;
      readonly fulfilled: (rule: string) => string;
      readonly notFulfilled: (rule: string) => string;
      readonly attention: (text: string) => string;
      readonly percent: (done: number) => string;
      readonly keys: (keys: string) => string;
      readonly actions: (actions: string) => string;
      readonly notNow: string;
      readonly backspace: string;
      /** Said twice, and not counted down. */
      readonly soonOver: (seconds: number) => string;
      readonly languages: (names: string) => string;
      readonly photo: string;
      readonly code: (code: string) => string;
    };
  };
}
