import type { ScanImporter } from '@cloudtrace/plugin-cloudtrace-node';
import { sarifImporter } from './sarif';

/** The importers that CloudTrace brings along. */
export const builtInImporters: readonly ScanImporter[] = [sarifImporter];
