import type { Central } from '../central.ts';
import { findPerson } from '../repositories/people.ts';
import { type Actor, COMMAND, operatorActor } from '../request/actor.ts';
import { CommandError } from './command-io.ts';

/** Whoever a command acts as: the operator that `--as LOGIN` names, with their rights; else the administrator at this machine. */
export async function actAs({ database }: Central, login: string | undefined): Promise<Actor> {
  if (login === undefined) return COMMAND;
  const person = await findPerson(database, login);
  if (!person) throw new CommandError(`act as ${login}: there is no such person; see: operator list`);
  return operatorActor(database, person, null);
}
