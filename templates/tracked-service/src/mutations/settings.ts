import type { OptionValue } from '@cloudtrace/plugin-scaffolder-cloudtrace-common';
import { EVERY_PART } from '../../tests/copyInfrastructure';
import { requiredAnswers } from '../combinations';
import {
  EVERYTHING_ON,
  WITH_BROKER,
  type Settings,
} from '../../tests/parity/optionSets';
import { CDK_BROKER_MUTATIONS } from './cdkBrokerMutations';
import { CDK_KUBERNETES_MUTATIONS } from './cdkKubernetesMutations';
import { CDK_MUTATIONS } from './cdkMutations';
import type { Mutation } from './Mutation';
import { TERRAFORM_BROKER_MUTATIONS } from './terraformBrokerMutations';
import { TERRAFORM_KUBERNETES_MUTATIONS } from './terraformKubernetesMutations';
import { TERRAFORM_MUTATIONS } from './terraformMutations';

/** The environment of all rendered repositories. */
export const ENVIRONMENT = 'production';

/** A repository in which mistakes are made, and its production environment. */
export interface MutatedRepository {
  /** For reports and `--only`. */
  readonly name: string;
  readonly answers: Readonly<Record<string, OptionValue>>;
  readonly settings: Settings;
  readonly mutations: Readonly<
    Record<'terraform' | 'cdk', readonly Mutation[]>
  >;
}

/** Together, they contain every part of the infrastructure. */
export const REPOSITORIES: readonly MutatedRepository[] = [
  {
    name: 'everything on',
    answers: {
      ...requiredAnswers,
      zones: 3,
      ...(EVERY_PART as Record<string, OptionValue>),
      scaling: 'active-users',
      spot: true,
    },
    settings: EVERYTHING_ON.settings,
    mutations: { terraform: TERRAFORM_MUTATIONS, cdk: CDK_MUTATIONS },
  },
  {
    name: 'broker',
    answers: {
      ...requiredAnswers,
      zones: 3,
      ...(WITH_BROKER.answers as Record<string, OptionValue>),
    },
    settings: WITH_BROKER.settings,
    mutations: {
      terraform: TERRAFORM_BROKER_MUTATIONS,
      cdk: CDK_BROKER_MUTATIONS,
    },
  },
  {
    name: 'kubernetes',
    answers: {
      ...requiredAnswers,
      zones: 3,
      compute: 'kubernetes',
      scaling: 'active-users',
      spot: true,
    },
    settings: {
      ...withoutParts(EVERYTHING_ON.settings),
      clusterPrivateAccessCidrs: ['10.7.0.0/24'],
    },
    mutations: {
      terraform: TERRAFORM_KUBERNETES_MUTATIONS,
      cdk: CDK_KUBERNETES_MUTATIONS,
    },
  },
];

/** Settings without those of parts that a repository does not have. */
function withoutParts(settings: Settings): Settings {
  return Object.fromEntries(
    Object.entries(settings).filter(([name]) => !name.startsWith('signIn')),
  );
}
