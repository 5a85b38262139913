#!/usr/bin/env node
// @ts-check
/*
 * Turns the response of `aws ecs describe-task-definition` into the input of `register-task-definition`, with another
 * image in every container.
 */
import { readFileSync } from 'node:fs';

/** Fields that ECS adds and does not accept. */
const ADDED = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
];

const [, , image] = process.argv;
const { taskDefinition } = JSON.parse(readFileSync(0, 'utf8'));
const input = Object.fromEntries(
  Object.entries(taskDefinition).filter(([name]) => !ADDED.includes(name)),
);
input.containerDefinitions = taskDefinition.containerDefinitions.map(
  (/** @type {object} */ container) => ({ ...container, image }),
);
process.stdout.write(JSON.stringify(input));
