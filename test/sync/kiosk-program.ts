import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Child } from './child.ts';
import type { FromKiosks, KiosksOrder, ToKiosks } from './kiosk-messages.ts';
import type { KioskCondition } from './sync-kiosk.ts';

const PROGRAM = join(import.meta.dirname, 'kiosks-process.ts');

/** Some kiosks in a process of their own. */
export class KioskProgram {
  readonly child: Child;
  readonly order: KiosksOrder;
  /** Of each kiosk, the greatest number of an event that was said to be durable. */
  readonly recorded = new Map<string, number>();
  #lives = 0;

  constructor(order: KiosksOrder) {
    this.order = order;
    this.child = new Child(
      () => this.#fork(),
      (child) => once(child, 'message'),
    );
  }

  /** They are to record nothing more. */
  hush(): void {
    this.#tell('hush');
  }

  async report(): Promise<readonly KioskCondition[]> {
    const { process } = this.child;
    if (!process) return [];
    const answer = Promise.withResolvers<readonly KioskCondition[]>();
    const take = (message: FromKiosks) => {
      if (message.type === 'report') answer.resolve(message.conditions);
    };
    const end = () => answer.resolve([]);
    process.on('message', take).on('close', end);
    this.#tell('report');
    const conditions = await answer.promise;
    process.off('message', take).off('close', end);
    return conditions;
  }

  /** As when somebody ends the kiosk. @throws Error when it does not end */
  async stop(): Promise<void> {
    await this.child.stop(() => this.#tell('stop'));
  }

  #tell(message: ToKiosks): void {
    this.child.process?.send(message, () => {});
  }

  #fork(): ChildProcess {
    this.#lives += 1;
    const order: KiosksOrder = { ...this.order, seed: this.order.seed + this.#lives };
    const child = fork(PROGRAM, [JSON.stringify(order)], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    child.on('message', (message: FromKiosks) => {
      if (message.type === 'recorded') this.recorded.set(message.name, message.i);
    });
    return child;
  }
}
