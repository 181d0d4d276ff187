/** Something removable that is plugged in, as the root units of systemd/ have mounted it (KR-08). */
export type Medium = UsableMedium | UnusableMedium;

/** A file can be written on it, unless it is read-only or full. */
export interface UsableMedium {
  readonly kind: 'usable';
  /** Name of its folder: the kernel's name of the device, such as `sdb1`. */
  readonly name: string;
  readonly folder: string;
  /** As its owner has named it, on one line; null where it has no name. */
  readonly label: string | null;
  /** Such as `vfat`. */
  readonly fileSystem: string;
  /** `st_dev`: tells whether it is still the same that is mounted there. */
  readonly device: bigint;
  readonly freeBytes: number;
  readonly totalBytes: number;
  /** Write-protected by a switch, or mounted so. */
  readonly isReadOnly: boolean;
}

/** It has no file system that a kiosk reads, or a damaged one. */
export interface UnusableMedium {
  readonly kind: 'unusable';
  readonly name: string;
}
