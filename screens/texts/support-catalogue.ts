/** What is said so that the helpdesk can be told what went wrong. */
export interface SupportTexts {
  readonly support: {
    /** One line below whatever went wrong. */
    readonly line: (code: string) => string;
    /** What its key does. */
    readonly key: string;
    readonly title: string;
    readonly how: string;
    /** Beside the picture that a telephone reads. */
    readonly picture: string;
    readonly holds: string;
  };
}
