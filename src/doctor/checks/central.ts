import type { KioskConfiguration } from '../../kiosk/configuration.ts';
import { dropInOf, type EnrolledPlace, enrolLine } from '../../kiosk/enrol-line.ts';
import { IdentityError } from '../../kiosk/identity.ts';
import { identityPath } from '../../kiosk/identity-path.ts';
import { type Finding, good, note, wrong } from '../finding.ts';
import type { Machine } from '../machine.ts';

const DAY_MS = 86_400_000;
/** A kiosk renews its certificate long before. */
const SOON_DAYS = 14;
const CLOCK_LIMIT_SECONDS = 60;

/** Central: reached, willing, and of the same time; the certificate by which it knows this kiosk. */
export async function checkCentral(
  machine: Machine,
  { centralUrl, stateFolder }: KioskConfiguration,
  configurationFile: string,
): Promise<readonly Finding[]> {
  const identityFile = identityPath(stateFolder);
  const kiosk = { centralUrl, configurationFile };
  const certificate = checkCertificate(machine, identityFile, kiosk);
  if (certificate.verdict === 'wrong') return [certificate];
  const { unreachable, refusedAs, now } = await machine.central(centralUrl, identityFile);
  const clock = now === null ? [] : [checkClock(machine, now)];
  if (unreachable !== null) {
    const remedy = `look at the network, the name server and the port: curl -k ${centralUrl}/version; for the unit, at its drop-in with addresses`;
    return [certificate, ...clock, wrong('central', `${centralUrl} is not reached: ${unreachable}`, remedy)];
  }
  if (refusedAs !== null) {
    const remedy = anew(kiosk);
    return [certificate, ...clock, wrong('central', `central refuses this kiosk: ${refusedAs}`, remedy)];
  }
  return [certificate, ...clock, good('central', `${centralUrl} lets this kiosk in`)];
}

/** For a kiosk that has an identity, which is of no use. */
function anew(kiosk: EnrolledPlace): string {
  return `at central: recard central kiosk add NAME --scope …; here: ${enrolLine(kiosk)} --replace`;
}

function checkCertificate(machine: Machine, identityFile: string, kiosk: EnrolledPlace): Finding {
  const dropIn = dropInOf(kiosk.configurationFile);
  const line = `${enrolLine(kiosk)}${dropIn === null ? '' : ` --drop-in ${dropIn}`}`;
  try {
    const { notBefore, notAfter } = machine.identity(identityFile, line);
    const now = machine.now();
    const until = notAfter.toISOString().slice(0, 10);
    if (now < notBefore)
      return wrong(
        'certificate',
        'it is not valid yet: the clock of this machine is behind',
        'timedatectl set-ntp true',
      );
    if (now > notAfter) return wrong('certificate', `it has expired on ${until}`, anew(kiosk));
    const days = (notAfter.getTime() - now.getTime()) / DAY_MS;
    if (days > SOON_DAYS) return good('certificate', `this machine is enrolled until ${until}`);
    return note(
      'certificate',
      `it expires on ${until}`,
      'start the kiosk: it renews its certificate by itself',
    );
  } catch (error) {
    if (!(error instanceof IdentityError)) throw error;
    return wrong('certificate', error.why, error.remedy);
  }
}

function checkClock(machine: Machine, central: Date): Finding {
  const seconds = Math.round((machine.now().getTime() - central.getTime()) / 1000);
  if (Math.abs(seconds) <= CLOCK_LIMIT_SECONDS) return good('clock', "the same as central's");
  const says = `the clock of this machine is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} central's`;
  return wrong('clock', says, 'apt install systemd-timesyncd; timedatectl set-ntp true');
}
