import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { CardCapabilities } from '../../../src/domain/capabilities.ts';
import type { KeyAlgorithm, Slot } from '../../../src/domain/slot.ts';
import { encodeCard } from '../../../src/encoder/encode-card.ts';
import type { EncodeOutcome } from '../../../src/encoder/encode-request.ts';
import type { Journal, PaceMemory, Progress } from '../../../src/encoder/ports.ts';
import { isWriteCommand } from '../../../src/piv/apdu.ts';
import type { CardConnection } from '../../../src/piv/connection.ts';
import { buildCertificateObject } from '../../../src/piv/objects/certificate.ts';
import { certificateTag } from '../../../src/piv/reference.ts';
import { PivSession } from '../../../src/piv/session.ts';
import { spkiOf, verifySignature } from '../../../src/pki/public-key.ts';
import type { OperationPlan } from '../../../src/protocol/operation.ts';
import {
  PERSONALITIES,
  type Personality,
  type PersonalityName,
} from '../../../src/virtual-card/personality.ts';
import { VirtualCard } from '../../../src/virtual-card/virtual-card.ts';
import { issueCertificate } from './small-authority.ts';
import { type Image, type ManagementKey, SmallCentral } from './small-central.ts';

export const OLD_PIN = '123456';
export const NEW_PIN = '847261';
const PUK = '12345678';

export const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

export const FACTORY_KEY: ManagementKey = {
  version: 0,
  algorithm: '3DES',
  value: Uint8Array.from({ length: 24 }, (_, i) => 1 + (i % 8)),
};

/** Keys made once for all tests, handed out in turn, so that no test waits for the card to make one. */
const prepared = new Map<KeyAlgorithm, { keys: KeyObject[]; next: number }>();

function takePreparedKey(algorithm: KeyAlgorithm): KeyObject {
  const stock = prepared.get(algorithm) ?? { keys: makeKeys(algorithm), next: 0 };
  prepared.set(algorithm, stock);
  stock.next += 1;
  return stock.keys[stock.next % stock.keys.length]!;
}

function makeKeys(algorithm: KeyAlgorithm): KeyObject[] {
  return Array.from({ length: 9 }, () => {
    const { privateKey } = algorithm.startsWith('RSA')
      ? generateKeyPairSync('rsa', { modulusLength: algorithm === 'RSA-2048' ? 2048 : 3072 })
      : generateKeyPairSync('ec', { namedCurve: algorithm === 'P-256' ? 'P-256' : 'P-384' });
    return privateKey;
  });
}

const publicKeys = new WeakMap<VirtualCard, Partial<Record<Slot, Uint8Array>>>();

const withVendorCommands = new WeakSet<VirtualCard>();

/** The public key that a slot of `aCard` had to begin with. */
export function publicKeyIn(card: VirtualCard, slot: Slot): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(publicKeys.get(card)![slot]!);
}

/** CHUID, CCC, Security Object, Printed Information. */
const OLD_OBJECTS = [
  [0x5fc102, 700],
  [0x5fc107, 60],
  [0x5fc106, 900],
  [0x5fc109, 120],
] as const;
const OLD_CERTIFICATE = buildCertificateObject(
  await issueCertificate(spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey), 'Alice 9A'),
);

/** A card as an earlier life left it: a key in every active slot, old objects, PIN 123456. */
export function aCard(
  personality: PersonalityName | Personality = 'full',
  old: { readonly securityObject?: Uint8Array } = {},
): VirtualCard {
  const card = VirtualCard.create(null, { name: 'test', serial: 1234, personality }, { takePreparedKey });
  const make = typeof personality === 'string' ? PERSONALITIES[personality] : personality;
  if (make.hasVendorCommands) withVendorCommands.add(card);
  for (const slot of ['9A', '9C', '9D', '9E'] as const) {
    const key = takePreparedKey('P-256');
    card.putKey(slot, key);
    publicKeys.set(card, { ...publicKeys.get(card), [slot]: spkiOf(key) });
  }
  for (const slot of ['9A', '9C', '9D', '9E'] as const) card.putObject(certificateTag(slot), OLD_CERTIFICATE);
  if (old.securityObject) card.putObject(0x5fc106, old.securityObject);
  for (const [tag, length] of OLD_OBJECTS) {
    if (!card.object(tag)) card.putObject(tag, new Uint8Array(length).fill(0x20));
  }
  return card;
}

/** The image of a usual profile: four keys, every object. */
export function anImage(algorithm: KeyAlgorithm, changes: Partial<Image> = {}): Image {
  const slots: readonly Slot[] = ['9A', '9C', '9D', '9E'];
  return {
    keys: slots.map((slot) => ({ slot, algorithm, source: { kind: 'generate' }, publicKey: null })),
    objects: [
      ['5FC107', 60],
      ['5FC109', 120],
      ['5FC108', 1400],
      ['5FC103', 600],
      ['5FC10C', 12],
      ['7E', 18],
      ['5FC106', 900],
      ['5FC102', 700],
    ].map(([tag, length], i) => ({
      tag: tag as string,
      content: tag === '7E' ? DISCOVERY : new Uint8Array(length as number).fill(0x41 + i),
    })),
    ...changes,
  };
}

/** As cards come with it. */
const DISCOVERY = Uint8Array.from(Buffer.from('4F0BA0000003080000100001005F2F024000', 'hex'));

/** Central as it knows such a card. */
export function aCentral(
  image: Image,
  managementKey: ManagementKey = FACTORY_KEY,
  puk: Uint8Array = ascii(PUK),
): SmallCentral {
  return new SmallCentral(image, managementKey, puk);
}

/** A journal that notices when something is written outside of a step. */
class WatchedJournal implements Journal {
  readonly steps: string[] = [];
  open: string | null = null;

  intend(step: string): void {
    this.open = step;
    this.steps.push(step);
  }

  done(): void {
    this.open = null;
  }
}

/** One APDU, as seen between encoder and card. */
interface SeenCommand {
  readonly ins: number;
  readonly p2: number;
  readonly isWrite: boolean;
  /** The step of the journal that was open. */
  readonly step: string | null;
}

export interface RunOptions {
  readonly isResumed?: boolean;
  /** Null: the holder was proved by a code. */
  readonly oldPin?: string | null;
  readonly newPin?: string;
  /** The proven PIN stays. */
  readonly keepsPin?: boolean;
  /** Where the card has others than its make usually has. */
  readonly capabilities?: Partial<CardCapabilities>;
  readonly onCommand?: (command: SeenCommand) => void;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
  readonly paces?: PaceMemory;
  readonly now?: () => number;
  readonly changePlan?: (plan: OperationPlan) => OperationPlan;
}

/** What came of one run, and all that was to be seen of it. */
export interface SeenRun {
  readonly outcome: EncodeOutcome | null;
  readonly error: unknown;
  readonly commands: readonly SeenCommand[];
  readonly journal: WatchedJournal;
  readonly pin: { readonly old: Uint8Array; readonly next: Uint8Array };
  /** What central had sealed, in the buffers that the encoder was given. */
  readonly opened: readonly Uint8Array[];
}

/** Runs the encoder once, as a kiosk does that has just begun or resumed the operation. */
export async function run(
  card: VirtualCard,
  central: SmallCentral,
  options: RunOptions = {},
): Promise<SeenRun> {
  const { plan, recipient } = await central.begin(options.isResumed ?? false);
  const journal = new WatchedJournal();
  const commands: SeenCommand[] = [];
  const connection: CardConnection = {
    atr: card.atr,
    transmit(command) {
      const isWrite = isWriteCommand(command);
      const seen = { ins: command[1]!, p2: command[3]!, isWrite, step: journal.open };
      commands.push(seen);
      options.onCommand?.(seen);
      return card.transmit(command);
    },
  };
  const { oldPin = OLD_PIN, newPin = NEW_PIN, keepsPin: isKept = false } = options;
  const next = ascii(isKept && oldPin !== null ? oldPin : newPin);
  const pin = { old: oldPin === null ? null : ascii(oldPin), next, isKept };
  central.isProvedByCode = oldPin === null;
  const capabilities = { ...capabilitiesOf(card), ...options.capabilities };
  const opened: Uint8Array[] = [];
  let outcome: EncodeOutcome | null = null;
  let error: unknown = null;
  try {
    outcome = await encodeCard({
      connection,
      plan: options.changePlan?.(plan) ?? plan,
      capabilities,
      central,
      journal,
      pin,
      async openSealed(sealed, context) {
        const secret = await recipient.open(sealed, context);
        opened.push(secret);
        return secret;
      },
      onProgress: options.onProgress ?? (() => {}),
      ...(options.paces === undefined ? {} : { paces: options.paces }),
      ...(options.now === undefined ? {} : { now: options.now }),
      signal: options.signal ?? new AbortController().signal,
    });
  } catch (caught) {
    error = caught;
  }
  return { outcome, error, commands, journal, opened, pin: { ...pin, old: pin.old ?? new Uint8Array() } };
}

/** As a kiosk probes them before it begins; told apart by serial, so that the APDUs of a run stay the encoder's own. */
function capabilitiesOf(card: VirtualCard): CardCapabilities {
  const has = card.serial !== null || withVendorCommands.has(card);
  return {
    hasMetadata: has,
    canSetManagementKey: has,
    canMoveKeys: has,
    canImportKeys: has,
    canReset: has,
    canAttest: has,
    hasExtendedLength: has,
    managementKeyAlgorithm: null,
  };
}

/** Whether the card takes this PIN. Spends a try when it does not. */
export async function takesPin(card: VirtualCard, pin: string): Promise<boolean> {
  card.reset();
  const session = await PivSession.select(card);
  return session.verifyPin(ascii(pin)).then(
    () => true,
    () => false,
  );
}

/** Whether a key that central has on record, from before or of this operation, is in 9A or 9C: it proves the holder. */
export async function canProveHolder(card: VirtualCard, central: SmallCentral): Promise<boolean> {
  const pin = (await takesPin(card, NEW_PIN)) ? NEW_PIN : OLD_PIN;
  card.reset();
  const session = await PivSession.select(card);
  const message = ascii('who are you?');
  for (const slot of ['9A', '9C'] as const) {
    await session.verifyPin(ascii(pin));
    const signature = await session.sign(slot, 'P-256', message);
    const known = [central.recorded.get(slot), central.issued.get(slot)?.publicKey];
    if (known.some((publicKey) => publicKey && verifySignature(publicKey, message, signature))) return true;
  }
  return false;
}

/** Whether the card has the management key and the PUK that central holds for the newest. */
export async function takesSecrets(
  card: VirtualCard,
  central: SmallCentral,
): Promise<{ managementKey: boolean; puk: boolean }> {
  card.reset();
  const session = await PivSession.select(card);
  const { managementKey, puk } = central.newest;
  let exchangeId = '';
  const isAuthenticated = await session.authenticateManagementKey(managementKey.algorithm, {
    async answerWitness(witness) {
      const answer = await central.answerWitness(managementKey.version, managementKey.algorithm, witness);
      exchangeId = answer.exchangeId;
      return answer;
    },
    checkResponse: (response) => central.checkCardResponse(exchangeId, response),
  });
  const isPuk = await session.changePuk(puk, puk).then(
    () => true,
    () => false,
  );
  return { managementKey: isAuthenticated, puk: isPuk };
}
