/** What is said to whoever makes a cancelled card empty, so that it can be used again. */
export interface EmptyTexts {
  readonly emptyWarning: {
    readonly title: string;
    readonly resumeTitle: string;
    readonly resume: string;
    readonly all: string;
    readonly keys: string;
    readonly secrets: string;
    readonly confirm: string;
  };
  readonly emptied: {
    readonly title: string;
    readonly text: string;
    readonly putInAgain: string;
    readonly written: string;
    readonly writing: string;
  };
}
