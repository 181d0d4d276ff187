import { dirname, resolve } from 'node:path';
import * as z from 'zod/mini';
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

const NAME = 'write a name, such as "Lobby"';

/** Of zod/mini, which is loaded in a fifth of the time: this is read before the first frame. */
const file = z.strictObject({
  name: z
    .string(NAME)
    .check(z.minLength(1, NAME), z.maxLength(60, 'write a shorter name, of 60 letters at most')),
  central_url: z.url({
    protocol: /^https$/,
    error: 'write an address, such as "https://central.example:8443"',
  }),
  state_folder: path('write a folder that the kiosk may write to', '/var/lib/recard/kiosk'),
  language: z._default(z.enum(LANGUAGES, 'write "en", "de", "fr" or "es"'), 'en'),
  log_file: path('write a path', '/var/log/recard/kiosk.log'),
  idle_seconds: z._default(
    z
      .int('write a whole number')
      .check(z.minimum(10, 'write 10 or more'), z.maximum(3600, 'write 3600 or less')),
    90,
  ),
  media_folder: path('write the folder below which sticks are mounted', '/run/recard-media'),
  screen: z.optional(
    z.strictObject({
      theme: z._default(z.enum(THEME_NAMES, 'write "standard", "contrast" or "large"'), 'standard'),
      reader: z._default(z.boolean('write true or false'), false),
    }),
  ),
});

function path(remedy: string, usual: string) {
  return z._default(z.string(remedy).check(z.minLength(1, remedy)), usual);
}

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
