import type { ScanImporter } from '@cloudtrace/plugin-cloudtrace-node';
import { cyclonedxVexImporter } from './cyclonedxVex';
import { npmAuditImporter } from './npmAudit';
import { sarifImporter } from './sarif';
import { snykImporter } from './snyk';
import { sonarqubeImporter } from './sonarqube';
import { trivyImporter } from './trivy';

/** The importers that CloudTrace brings along. */
export const builtInImporters: readonly ScanImporter[] = [
  sarifImporter,
  trivyImporter,
  sonarqubeImporter,
  snykImporter,
  npmAuditImporter,
  cyclonedxVexImporter,
];
