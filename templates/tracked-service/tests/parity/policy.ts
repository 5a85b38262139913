import type { InfrastructureModel } from './InfrastructureModel';
import { brokerRules } from './policies/brokerRules';
import { computeRules } from './policies/computeRules';
import { dataRules } from './policies/dataRules';
import { entryRules } from './policies/entryRules';
import { healingRules } from './policies/healingRules';
import { identityRules } from './policies/identityRules';
import { kubernetesRules } from './policies/kubernetesRules';
import { networkRules } from './policies/networkRules';
import { operationsRules } from './policies/operationsRules';
import type { Rule } from './policies/Rule';
import { signInRules } from './policies/signInRules';

/** All rules. */
export const RULES: readonly Rule[] = [
  ...networkRules,
  ...entryRules,
  ...signInRules,
  ...computeRules,
  ...kubernetesRules,
  ...dataRules,
  ...identityRules,
  ...operationsRules,
  ...healingRules,
  ...brokerRules,
];

/** Checks the rules that every environment must follow, whatever the options. Returns the violated ones in words. */
export function findViolations(
  model: InfrastructureModel,
  environment: string,
): string[] {
  return RULES.flatMap(({ find }) => find(model, environment === 'production'));
}
