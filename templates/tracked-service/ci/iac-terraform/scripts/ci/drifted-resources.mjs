#!/usr/bin/env node
// @ts-check
/*
 * Converts `terraform show -json` of a plan (standard input) to the portal's list of drifted resources (standard
 * output).
 */
import { readFileSync } from 'node:fs';

/** The portal's limit. */
const MAX_RESOURCES = 500;

/** @type {{ resource_changes?: Array<{ address: string, type: string, change: { actions: string[] } }> }} */
const plan = JSON.parse(readFileSync(0, 'utf8'));

/**
 * What changed outside of Terraform: a resource that Terraform would create is gone.
 *
 * @param {string[]} actions
 */
function describe(actions) {
  if (actions.includes('update')) return 'changed';
  if (actions.includes('create') && actions.includes('delete'))
    return 'changed';
  return actions.includes('create') ? 'deleted' : 'added';
}

const drifted = (plan.resource_changes ?? [])
  .filter(
    ({ change }) => !change.actions.every(a => ['no-op', 'read'].includes(a)),
  )
  .slice(0, MAX_RESOURCES)
  .map(({ address, type, change }) => ({
    id: address,
    type,
    change: describe(change.actions),
  }));
process.stdout.write(`${JSON.stringify(drifted)}\n`);
