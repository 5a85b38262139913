/** A row of `ingest_tokens`. */
export interface DbIngestTokenRow {
  token_id: string;
  entity_id: number;
  entity_ref: string;
  environment: string;
  kind: 'requests' | 'scans' | 'events';
  name: string;
  secret_hash: Buffer;
  pepper_id: string;
  created_at: Date;
  created_by: string;
  expires_at: Date;
  revoked_at: Date | null;
  revoked_by: string | null;
  last_used_at: Date | null;
  entity_uid: string | null;
  entity_replaced_at: Date | null;
}
