/** How far a day has come, in this order. Only `dropped` days are read from the archive. */
export type ArchiveState =
  | 'exporting'
  | 'exported'
  | 'verified'
  | 'dropped'
  | 'deleting';

/** A day in the manifest. */
export interface ArchiveDay {
  /** ISO date, UTC. */
  day: string;
  state: ArchiveState;
  /** Counts the attempts. */
  generation: number;
  location: string;
  requests: number;
}

/** A file of a day, planned or stored. */
export interface PlannedFile {
  number: number;
  path: string;
  entityIds: number[];
  from: Date;
  /** First moment after. */
  to: Date;
  requests: number;
}

/** A file in the manifest. */
export interface ManifestFile extends PlannedFile {
  /** Absent until the file is stored, like the next two. */
  checksum?: string;
  bytes?: number;
  sha256?: string;
  verified: boolean;
}
