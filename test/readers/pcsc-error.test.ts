import { expect, it } from 'vitest';
import { pcscError } from '../../src/readers/pcsc-error.ts';

it.each([
  ['0x80100069', { name: 'CardRemovedError' }],
  ['0x8010000C', { name: 'CardRemovedError' }],
  ['0x80100016', { name: 'CardRemovedError' }],
  ['0x80100068', { name: 'CardResetError' }],
  ['0x8010000B', { name: 'ReaderUnavailableError', why: 'held-by-another-program' }],
  ['0x8010001D', { name: 'ReaderUnavailableError', why: 'service-gone' }],
  ['0x8010006A', { name: 'ReaderUnavailableError', why: 'denied' }],
  ['0x80100009', { name: 'ReaderUnavailableError', why: 'unplugged' }],
  ['0x80100066', { name: 'ReaderUnavailableError', why: 'unresponsive' }],
])('PC/SC saying %s becomes what the screen can explain', (code, expected) => {
  expect(pcscError('open', `SCardConnect error: something.(${code})`)).toMatchObject(expected);
});

it('a failure without a code is an unresponsive card', () => {
  expect(pcscError('open', 'something else')).toMatchObject({ why: 'unresponsive' });
});
