import type { ScanImporter } from '@cloudtrace/plugin-cloudtrace-node';
import { asffImporter } from './asff';
import { cyclonedxVexImporter } from './cyclonedxVex';
import { dependabotImporter } from './dependabot';
import { gitlabImporter } from './gitlab';
import { grypeImporter } from './grype';
import { inspectorImporter } from './inspector';
import { kubeBenchImporter } from './kubeBench';
import { npmAuditImporter } from './npmAudit';
import { osvScannerImporter } from './osvScanner';
import { pipAuditImporter } from './pipAudit';
import { pnpmAuditImporter } from './pnpmAudit';
import { prowlerImporter } from './prowler';
import { sarifImporter } from './sarif';
import { semgrepImporter } from './semgrep';
import { snykImporter } from './snyk';
import { snykApiImporter } from './snykApi';
import { sonarqubeImporter } from './sonarqube';
import { trivyImporter } from './trivy';
import { trivyK8sImporter } from './trivyK8s';
import { trivyOperatorImporter } from './trivyOperator';
import { trufflehogImporter } from './trufflehog';
import { yarnAuditImporter } from './yarnAudit';

/** The built-in importers. */
export const builtInImporters: readonly ScanImporter[] = [
  sarifImporter,
  trivyImporter,
  trivyK8sImporter,
  trivyOperatorImporter,
  sonarqubeImporter,
  snykImporter,
  npmAuditImporter,
  pnpmAuditImporter,
  yarnAuditImporter,
  pipAuditImporter,
  cyclonedxVexImporter,
  dependabotImporter,
  gitlabImporter,
  semgrepImporter,
  osvScannerImporter,
  grypeImporter,
  trufflehogImporter,
  kubeBenchImporter,
  prowlerImporter,
  asffImporter,
  inspectorImporter,
];

/** Importers of what sources pull; nobody has such files to upload. */
export const pulledImporters: readonly ScanImporter[] = [snykApiImporter];
