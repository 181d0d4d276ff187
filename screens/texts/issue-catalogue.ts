/** What is said to whoever collects a new card (KR-01, ID-02). */
export interface IssueTexts {
  readonly blank: {
    readonly title: string;
    readonly text: string;
    readonly unfinishedTitle: string;
    readonly unfinished: string;
    readonly otherwise: string;
    readonly helpTitle: string;
    readonly help: string;
    readonly helpNext: string;
  };
  readonly enterNumber: {
    readonly title: string;
    readonly text: string;
    readonly wrong: string;
    readonly length: string;
  };
  readonly checkingNumber: { readonly title: string; readonly text: string };
  readonly issueWarning: {
    readonly title: string;
    readonly resumeTitle: string;
    readonly resume: string;
    readonly belongs: (holder: string, kind: string) => string;
    readonly validUntil: (date: string) => string;
    readonly replaces: (card: string) => string;
    readonly choosesPin: string;
  };
  readonly issued: {
    readonly title: string;
    readonly cardValid: (date: string) => string;
    /** Never for none. */
    readonly recovered: (count: number) => string;
    /** Of one that is not finished. */
    readonly putInAgain: string;
  };
}
