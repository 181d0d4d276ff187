import type { Profile } from '../domain/profile.ts';

type Facts = ReadonlyMap<string, string>;

/** What a profile says differently from another revision of it: `slots.9D.lifetime_days: 365 → 730`, a line each. */
export function profileChanges(
  before: Omit<Profile, 'revision'>,
  after: Omit<Profile, 'revision'>,
): readonly string[] {
  const [old, fresh] = [factsOf(before), factsOf(after)];
  const names = [...new Set([...old.keys(), ...fresh.keys()])];
  return names.flatMap((name) => {
    const [was, is] = [old.get(name), fresh.get(name)];
    return was === is ? [] : [`${name}: ${was ?? 'nothing'} → ${is ?? 'nothing'}`];
  });
}

/** Every value by its name as documents write it; slots by their name, in whatever order they come. */
function factsOf(profile: Omit<Profile, 'revision'>): Facts {
  const { slots, ...rest } = profile;
  const bySlot = Object.fromEntries(slots.map(({ slot, ...one }) => [slot, one]));
  return new Map(flatten({ ...rest, revision: undefined, slots: bySlot }, ''));
}

function flatten(value: object, prefix: string): [string, string][] {
  return Object.entries(value).flatMap(([key, member]): [string, string][] => {
    const name = `${prefix}${key.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
    if (member === undefined) return [];
    if (typeof member === 'object' && member !== null) return flatten(member, `${name}.`);
    return [[name, JSON.stringify(member)]];
  });
}
