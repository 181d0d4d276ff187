import { basename } from 'node:path';
import { shellWord } from '../domain/shell-word.ts';

const USUAL_CONFIGURATION = '/etc/recard/kiosk.toml';

/** Which kiosk a command line is for. */
export interface EnrolledPlace {
  /** As it is typed where nothing better is known: `https://CENTRAL:PORT`. */
  readonly centralUrl: string;
  /** As it was given; the usual one is not repeated. */
  readonly configurationFile: string;
}

/** What makes the kiosk of this configuration one of central's, to be typed as it stands. */
export function enrolLine({ centralUrl, configurationFile }: EnrolledPlace): string {
  const isUsual = configurationFile === USUAL_CONFIGURATION;
  const config = isUsual ? '' : ` --config ${shellWord(configurationFile)}`;
  return `recard kiosk enrol ${centralUrl} --token -${config}`;
}

/** Where the drop-in of its unit belongs: kiosk.service, or kiosk@tty2.service with `kiosk@tty2.toml`; null with a configuration of no unit's. */
export function dropInOf(configurationFile: string): string | null {
  const unit = /^(kiosk(?:@[\w-]+)?)\.toml$/.exec(basename(configurationFile))?.[1];
  const isUnits = configurationFile === `/etc/recard/${unit}.toml`;
  return isUnits ? `/etc/systemd/system/${unit}.service.d/central.conf` : null;
}
