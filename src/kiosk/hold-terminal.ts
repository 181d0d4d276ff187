/** What a terminal turns keys into while it is not in raw mode, and what would stop the kiosk where it stands (SE-06). */
const SIGNALS_OF_KEYS = ['SIGINT', 'SIGQUIT', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'] as const;

/**
 * From here on no key ends or stops this program: neither while the screen is being loaded nor while it is drawn. SIGTERM and
 * SIGHUP still end it: they come from whoever started it.
 */
export function holdTerminal(program: NodeJS.Process): void {
  for (const signal of SIGNALS_OF_KEYS) program.on(signal, () => undefined);
  program.stdin.setRawMode(true);
}
