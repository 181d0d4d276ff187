import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { readTomlFile } from '../configuration/toml-file.ts';
import { LANGUAGES, type Language } from '../flows/kiosk-view.ts';
import { type ScreenLook, THEME_NAMES, type ThemeName } from '../flows/screen-look.ts';

/** `kiosk.toml`, checked; paths are absolute. */
export interface KioskConfiguration {
  /** As it stands on the screen and at central. */
  readonly name: string;
  readonly centralUrl: string;
  /** Where the two databases live, and the identity. */
  readonly stateFolder: string;
  readonly language: Language;
  readonly logFile: string;
  readonly idleSeconds: number;
  /** Where root mounts what is plugged in: a folder for each (KR-08). */
  readonly mediaFolder: string;
  /** How the screens are drawn until somebody chooses; absent: the usual way. */
  readonly screen?: { readonly theme: ThemeName; readonly reader: boolean };
}

const file = z.strictObject({
  name: z.string('write a name, such as "Lobby"').min(1, 'write a name, such as "Lobby"').max(60),
  central_url: z.url({
    protocol: /^https$/,
    error: 'write an address, such as "https://central.example:8443"',
  }),
  state_folder: z
    .string('write a folder that the kiosk may write to')
    .min(1)
    .default('/var/lib/recard/kiosk'),
  language: z.enum(LANGUAGES, 'write "en", "de", "fr" or "es"').default('en'),
  log_file: z.string('write a path').min(1).default('/var/log/recard/kiosk.log'),
  idle_seconds: z
    .int('write a whole number')
    .min(10, 'write 10 or more')
    .max(3600, 'write 3600 or less')
    .default(90),
  media_folder: z
    .string('write the folder below which sticks are mounted')
    .min(1)
    .default('/run/recard-media'),
  screen: z
    .strictObject({
      theme: z.enum(THEME_NAMES, 'write "standard", "contrast" or "large"').default('standard'),
      reader: z.boolean('write true or false').default(false),
    })
    .optional(),
});

/** How the screens are drawn until somebody chooses. */
export function lookOf({ screen }: KioskConfiguration): ScreenLook {
  return { theme: screen?.theme ?? 'standard', isReadAloud: screen?.reader ?? false };
}

/**
 * Reads `kiosk.toml`; relative paths are relative to it.
 * @throws ConfigurationError
 */
export function readConfiguration(path: string): KioskConfiguration {
  const read = readTomlFile(path, file);
  const from = (relative: string) => resolve(dirname(path), relative);
  const { name, language, screen } = read;
  return {
    name,
    language,
    centralUrl: read.central_url,
    stateFolder: from(read.state_folder),
    logFile: from(read.log_file),
    idleSeconds: read.idle_seconds,
    mediaFolder: from(read.media_folder),
    ...(screen === undefined ? {} : { screen }),
  };
}
