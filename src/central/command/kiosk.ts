import type { Central } from '../central.ts';
import { recordAudit } from '../repositories/audit.ts';
import { addKiosk } from '../repositories/kiosks.ts';
import { type CommandIo, UsageError } from './command-io.ts';

/** `central kiosk add NAME`: prints the kiosk's token, this once. A second time it replaces the first. */
export async function kioskCommand(central: Central, args: readonly string[], io: CommandIo): Promise<void> {
  const [verb, name, ...more] = args;
  if (verb !== 'add' || name === undefined || more.length > 0 || !/^[\w.-]{1,64}$/.test(name)) {
    throw new UsageError('kiosk: add NAME (letters, digits, dots, hyphens)');
  }
  const token = await central.database.transaction(async (transaction) => {
    await recordAudit(
      central,
      transaction,
      { type: 'kiosk.added', actor: 'command', detail: { name } },
      central.now(),
    );
    return addKiosk(transaction, name, central.now());
  });
  io.stdout.write(`${token}\n`);
}
