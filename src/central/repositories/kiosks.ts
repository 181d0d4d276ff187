export interface Kiosk {
  readonly id: string;
  readonly name: string;
  /** What it may see; null: nothing, it was taken over from an older central. */
  readonly scopeId: string | null;
  /** Of the certificate that it asks with; hex. */
  readonly certificateSerial?: string;
  /** Which run of an operation the kiosk asks for (`runName`), if it says so. */
  readonly run?: string;
}
