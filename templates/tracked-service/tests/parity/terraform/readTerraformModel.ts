import type { InfrastructureModel } from '../InfrastructureModel';
import { readBroker, readWorker } from './broker';
import { readCompute, readScaling } from './compute';
import {
  readBuckets,
  readCache,
  readClients,
  readDatabase,
  readMigration,
  readQueues,
} from './data';
import { readEntry } from './entry';
import { readHealing } from './healing';
import { readConnections, readNetwork } from './network';
import {
  readAlarms,
  readKeyRotation,
  readKeyUsers,
  readLogGroups,
  readNotifications,
  readPublicGrants,
  readRoles,
  readSecrets,
  readUntagged,
} from './operations';
import type { TerraformState } from './TerraformState';

/** Reduces a Terraform state to the neutral model; `entityRef` is the expected value of the tag. */
export function readTerraformModel(
  state: TerraformState,
  entityRef: string,
): InfrastructureModel {
  return {
    network: readNetwork(state),
    connections: readConnections(state),
    entry: readEntry(state),
    compute: readCompute(state),
    scaling: readScaling(state),
    database: readDatabase(state),
    cache: readCache(state),
    broker: readBroker(state),
    worker: readWorker(state),
    clients: readClients(state),
    healing: readHealing(state),
    migration: readMigration(state),
    buckets: readBuckets(state),
    queues: readQueues(state),
    logGroups: readLogGroups(state),
    notifications: readNotifications(state),
    alarms: readAlarms(state),
    roles: readRoles(state),
    keyRotation: readKeyRotation(state),
    keyUsers: readKeyUsers(state),
    publicGrants: readPublicGrants(state),
    secrets: readSecrets(state),
    untagged: readUntagged(state, 'cloudtrace:entity-ref', entityRef),
  };
}
