import { DatabaseRequestStore } from '../requests/DatabaseRequestStore.js';
import type { OpenStore } from '../requests/types.js';

/** Reads and writes the database directly. */
export const openStore: OpenStore = async context => ({
  store: new DatabaseRequestStore(context),
  checks: [],
});
