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
import type { CloudFormationTemplate } from './CloudFormationTemplate';

/** Reduces a CloudFormation template to the neutral model; `entityRef` is the expected value of the tag. */
export function readCloudFormationModel(
  template: CloudFormationTemplate,
  entityRef: string,
): InfrastructureModel {
  return {
    network: readNetwork(template),
    connections: readConnections(template),
    entry: readEntry(template),
    compute: readCompute(template),
    scaling: readScaling(template),
    database: readDatabase(template),
    cache: readCache(template),
    broker: readBroker(template),
    worker: readWorker(template),
    clients: readClients(template),
    healing: readHealing(template),
    migration: readMigration(template),
    buckets: readBuckets(template),
    queues: readQueues(template),
    logGroups: readLogGroups(template),
    notifications: readNotifications(template),
    alarms: readAlarms(template),
    roles: readRoles(template),
    keyRotation: readKeyRotation(template),
    keyUsers: readKeyUsers(template),
    publicGrants: readPublicGrants(template),
    secrets: readSecrets(template),
    untagged: readUntagged(template, 'cloudtrace:entity-ref', entityRef),
  };
}
