/** Subject and body of a mail as a person reads them: RFC 2047 and quoted-printable, as nodemailer writes them. */
export function readableMail(source: string): string {
  const subject = /^Subject: (.*(?:\r\n\s.*)*)/m.exec(source)![1]!.replace(/\r\n\s/g, '');
  const words = subject.replace(/=\?UTF-8\?Q\?(.*?)\?=/g, (_all, word: string) => word.replaceAll('_', ' '));
  const body = source.slice(source.indexOf('\r\n\r\n')).replace(/=\r\n/g, '');
  const encoded = `Subject: ${words}${body}`;
  const bytes = encoded.replace(/=([0-9A-F]{2})/g, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
