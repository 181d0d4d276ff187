/** What is said of the first terminal in kiosk.service, and the same for the terminal of an instance. */
const INSTEAD: readonly (readonly [string, string])[] = [
  ['# The kiosk on the first terminal.', '# A kiosk on another terminal: kiosk@tty2.service.'],
  ['Description=Recard kiosk (', 'Description=Recard kiosk on %I ('],
  ['ConditionPathExists=/etc/recard/kiosk.toml', 'ConditionPathExists=/etc/recard/kiosk@%i.toml'],
  [
    'Wants=recard-font-large@tty1.path recard-font-usual@tty1.path',
    'Wants=recard-font-large@%i.path recard-font-usual@%i.path',
  ],
  ['=/run/recard/large-font-tty1', '=/run/recard/large-font-%i'],
  ['Conflicts=getty@tty1.service', 'Conflicts=getty@%i.service serial-getty@%i.service'],
  ['start getty@tty1.service', 'start getty@%i.service'],
  ['--config /etc/recard/kiosk.toml', '--config /etc/recard/kiosk@%i.toml'],
  ['=enrolment-token:/etc/recard/enrolment-token', '=enrolment-token:/etc/recard/enrolment-token@%i'],
  ['TTYPath=/dev/tty1', 'TTYPath=/dev/%I'],
  ['UtmpIdentifier=tty1', 'UtmpIdentifier=%I'],
  ['DeviceAllow=/dev/tty1 rw', 'DeviceAllow=/dev/%I rw'],
  ['WantedBy=multi-user.target', 'WantedBy=multi-user.target\nDefaultInstance=tty2'],
];

/**
 * The unit for terminals other than the first one, made of kiosk.service so that both are hardened alike.
 * @throws Error when kiosk.service does not say what is to be replaced
 */
export function kioskTemplate(unit: string): string {
  return INSTEAD.reduce((text, [here, there]) => {
    if (text.split(here).length !== 2)
      throw new Error(`make kiosk@.service: kiosk.service must say once: ${here}`);
    return text.replace(here, there);
  }, unit);
}
