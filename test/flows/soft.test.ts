import { describe, expect, it } from 'vitest';
import { DEFAULT_SOFT_RULES } from '../../src/domain/soft-certificate.ts';
import { obstacleTo } from '../../src/flows/waiting-task.ts';
import { REASONS } from './cards-and-reasons.ts';
import { aChoice, REQUEST_ID } from './collect-states.ts';
import { aFileTask, aMedium, aMediumChoice, anEncryptionChoice, aPassword, verdicts } from './soft-states.ts';
import { ANSWERS, aWalkUp, command, digit, passwordTyped, play } from './walk-up-events.ts';

const rules = (changes: Partial<typeof DEFAULT_SOFT_RULES>) => ({
  rules: { ...DEFAULT_SOFT_RULES, ...changes },
});
const seen =
  (...media: ReturnType<typeof aMedium>[]) =>
  (attempt: number) =>
    ({ type: 'mediaSeen', attempt, media }) as const;

describe('A file on a stick', () => {
  it('can be chosen by whoever has proved themselves by their PIN, where the profile has it saved at a kiosk', () => {
    const obstacle = (task: ReturnType<typeof aFileTask>, by: 'pin' | 'code' = 'pin') =>
      obstacleTo(task, by, REASONS);
    expect(obstacle(aFileTask())).toBeNull();
    expect(obstacle(aFileTask(), 'code')).toBe('KR-02-pin-needed');
    expect(obstacle(aFileTask(rules({ where: 'nss' })))).toBeNull();
    expect(obstacle(aFileTask(rules({ where: 'nss' })), 'code')).toBe('KR-02-pin-needed');
    expect(obstacle(aFileTask({}, { isForThisCard: false }))).toBe('KR-03-no-right');
    expect(obstacle(aFileTask({}, { soft: null }))).toBe('KR-01-elsewhere');
    expect(obstacle(aFileTask({}, { state: 'awaitingApproval' }))).toBe('KR-04-not-approved');
  });

  it('goes from the list over the stick, the encryption and the password to the saving', () => {
    const task = aFileTask();
    const { walkUp, effects } = play(
      [
        command('confirm'),
        seen(),
        seen(aMedium()),
        command('confirm'),
        command('confirm'),
        passwordTyped('new', 14),
        command('confirm'),
        passwordTyped('repeat', 14, { matches: true }),
        command('confirm'),
        ANSWERS.softProgressed,
        ANSWERS.softSaved,
      ],
      aWalkUp(aChoice({ tasks: [task] })),
    );
    expect(walkUp.state).toMatchObject({ kind: 'softDone', isCardIn: true, stillWaiting: 0 });
    expect(effects.find(({ run }) => run === 'saveSoft')).toMatchObject({
      ...{ requestId: task.requestId, medium: 'sdb1', isOld: false },
    });
    expect(task.requestId).not.toBe(REQUEST_ID);
  });

  it('is not made where the keys go onto the person’s own computer: a token is shown once, and goes with whatever comes', () => {
    const task = aFileTask(rules({ where: 'nss' }));
    const from = aWalkUp(aChoice({ tasks: [task] }));
    const asking = play([command('confirm')], from);
    expect(asking.effects).toEqual([
      {
        run: 'giveToken',
        attempt: asking.walkUp.attempt,
        requestId: task.requestId,
        proofId: null,
        acceptsTerms: null,
      },
    ]);
    const shown = play([ANSWERS.tokenGiven, command('confirm'), command('yes')], asking.walkUp);
    expect(shown.walkUp.state).toMatchObject({ kind: 'softToken', token: new Uint8Array(53) });
    for (const end of [
      command('back'),
      { type: 'cardRemoved', reader: 0 } as const,
      { type: 'idleExpired' } as const,
    ]) {
      const { walkUp, effects } = play([end], shown.walkUp);
      expect(walkUp.state.kind).toBe('insertCard');
      expect(effects).toContainEqual({ run: 'release' });
    }
    const back = play([command('back')], asking.walkUp);
    expect(back.walkUp.state.kind).toBe('chooseTask');
    expect(play([ANSWERS.tokenGiven], back.walkUp).walkUp).toBe(back.walkUp);
  });

  it('is taken to the only stick by itself where the profile says so, and to none of several', () => {
    const task = aFileTask(rules({ where: 'medium' }));
    const from = aWalkUp(aMediumChoice({ task, tasks: [task], media: null }));
    expect(play([seen(aMedium())], from).walkUp.state.kind).toBe('softEncryption');
    const several = play([seen(aMedium(), aMedium({ name: 'sdc1' })), command('confirm')], from);
    expect(several.walkUp.state).toMatchObject({
      ...{ kind: 'chooseMedium', media: [{ obstacle: 'KR-08-several-media' }, {}] },
    });
    // One more that is plugged in while the password is typed: it is not clear any more which is meant.
    const typing = aWalkUp(aPassword({ task, tasks: [task] }));
    const more = play([seen(aMedium(), aMedium({ name: 'sdc1' }))], typing);
    expect(more.walkUp.state.kind).toBe('chooseMedium');
    expect(more.effects).toEqual([{ run: 'wipePasswords' }]);
  });

  it('asks nobody about the encryption where only one is allowed', () => {
    const task = aFileTask(rules({ allowsOldEncryption: false }));
    const from = aWalkUp(aMediumChoice({ task, tasks: [task] }));
    const { walkUp } = play([command('confirm')], from);
    expect(walkUp.state).toMatchObject({ kind: 'softPassword', isOld: false, verdicts: verdicts(false) });
    expect(play([command('back')], walkUp).walkUp.state.kind).toBe('chooseMedium');
  });

  it('has the older encryption only after a yes of its own', () => {
    const from = aWalkUp(anEncryptionChoice());
    expect(play([command('yes')], from).walkUp.state.kind).toBe('softEncryption');
    const old = play([digit(2), command('confirm')], from).walkUp;
    expect(old.state).toMatchObject({ kind: 'softEncryption', isOld: true });
    expect(play([command('yes')], old).walkUp.state).toMatchObject({ kind: 'softPassword', isOld: true });
  });

  it('goes nowhere on a stick that is full, write-protected or not readable', () => {
    for (const obstacle of [
      'KR-08-medium-full',
      'KR-08-medium-read-only',
      'KR-08-not-a-file-system',
    ] as const) {
      const from = aWalkUp(aMediumChoice({ media: [aMedium({ obstacle })] }));
      expect(play([command('confirm')], from).walkUp).toBe(from);
    }
  });

  it('is not stopped by a card that is taken out while it is written, and is by one before', () => {
    const saving = play(
      [command('confirm')],
      aWalkUp(aPassword({ field: 'repeat', length: 14, matches: true, verdicts: verdicts(true) })),
    ).walkUp;
    const out = { type: 'cardRemoved', reader: 0 } as const;
    const before = play([out], saving);
    expect(before.walkUp.state).toMatchObject({ kind: 'softStopped', code: 'KR-08-card-removed' });
    expect(before.effects).toContainEqual({ run: 'release' });
    const during = play([ANSWERS.softProgressed, out], saving);
    expect(during.walkUp.state).toMatchObject({ kind: 'savingSoft', isCardIn: false });
    expect(play([ANSWERS.softSaved], during.walkUp).walkUp.state).toMatchObject({
      ...{ kind: 'softDone', isCardIn: false },
    });
  });
});
