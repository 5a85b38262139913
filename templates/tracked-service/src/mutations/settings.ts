import type { OptionValue } from '@cloudtrace/plugin-scaffolder-cloudtrace-common';
import { requiredAnswers } from '../combinations';
import { OPTION_SETS, type Settings } from '../../tests/parity/optionSets';

/** Answers with which the repository contains every part of the infrastructure. */
export const ANSWERS: Readonly<Record<string, OptionValue>> = {
  ...requiredAnswers,
  zones: 3,
  cache: 'valkey',
  clients: 'fargate',
  waf: true,
  scaling: 'active-users',
  spot: true,
};

/** The production environment of that repository. */
export const SETTINGS: Settings = OPTION_SETS.find(([name]) =>
  name.startsWith('everything on'),
)![1];
