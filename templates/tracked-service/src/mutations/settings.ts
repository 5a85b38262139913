import type { OptionValue } from '@cloudtrace/plugin-scaffolder-cloudtrace-common';
import { EVERY_PART } from '../../tests/copyInfrastructure';
import { requiredAnswers } from '../combinations';
import { EVERYTHING_ON, type Settings } from '../../tests/parity/optionSets';

/** Answers with which the repository contains every part of the infrastructure. */
export const ANSWERS: Readonly<Record<string, OptionValue>> = {
  ...requiredAnswers,
  zones: 3,
  ...(EVERY_PART as Record<string, OptionValue>),
  scaling: 'active-users',
  spot: true,
};

/** The production environment of that repository. */
export const SETTINGS: Settings = EVERYTHING_ON.settings;
