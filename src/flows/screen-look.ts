import type { Command } from './command.ts';

/** How the screens can be drawn, in the order in which the key for it goes through them (UX-05). */
export const THEME_NAMES = ['standard', 'contrast', 'large'] as const;
export type ThemeName = (typeof THEME_NAMES)[number];

/** What helps whoever sees little, or nothing: part of every view. */
export interface ScreenLook {
  readonly theme: ThemeName;
  /** Plain lines for a screen reader, in the place of a picture of the whole screen. */
  readonly isReadAloud: boolean;
}

/** The theme that the key goes on to. */
export function themeAfter(theme: ThemeName): ThemeName {
  return THEME_NAMES[(THEME_NAMES.indexOf(theme) + 1) % THEME_NAMES.length]!;
}

/** What a command makes of it; null: it is about something else. */
export function lookAfter(look: ScreenLook, command: Command): ScreenLook | null {
  if (command.kind === 'nextTheme') return { ...look, theme: themeAfter(look.theme) };
  return command.kind === 'toggleReader' ? { ...look, isReadAloud: !look.isReadAloud } : null;
}
