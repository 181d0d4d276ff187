/** What a card keeps secret and an operation may change. */
export const SECRET_KINDS = ['pin', 'puk', 'managementKey'] as const;
export type SecretKind = (typeof SECRET_KINDS)[number];
/** Those that central knows of a card. */
export type CardSecretKind = Exclude<SecretKind, 'pin'>;
