import { expect, it } from 'vitest';
import { isContactlessCard } from '../../src/readers/contactless.ts';

it.each([
  ['a storage card', '3b8f8001804f0ca000000306030001000000006a', 'Reader 00 00', true],
  ['a contactless PIV card', '3b878001c1052f2f01bcd6a9', 'Reader 00 00', true],
  ['a contact card', '3bfc1300008131fe158073c021c05652656361726413', 'Reader 00 00', false],
  ['a contact card with T=0', '3b6500002063cb6680', 'Reader 00 00', false],
  ['whatever lies on a PICC interface', '3b6500002063cb6680', 'ACS ACR1281 1S Dual Reader PICC 00 01', true],
  ['a card that does not answer', '', 'Reader 00 00', false],
])('%s is told by its ATR and reader', (_, atr, reader, expected) => {
  expect(isContactlessCard(Buffer.from(atr, 'hex'), reader)).toBe(expected);
});
