import type { InfrastructureModel, Plain } from '../InfrastructureModel';
import { productionRule, rule, type Rule } from './Rule';

type Facts = Readonly<Record<string, Plain>>;

/** A rule about the broker that holds without one. */
const brokerRule = (
  source: string,
  problem: string,
  holds: (broker: Facts, model: InfrastructureModel) => unknown,
) =>
  rule(
    source,
    problem,
    model => model.broker === null || holds(model.broker, model),
  );

/** A rule about the workers that holds without any. */
const workerRule = (
  source: string,
  problem: string,
  holds: (worker: Facts) => unknown,
) => rule(source, problem, ({ worker }) => worker === null || holds(worker));

const has = (broker: Facts, setting: string) =>
  (broker.settings as readonly string[]).includes(setting);

/** Broker, Redis beside it, and workers. */
export const brokerRules: readonly Rule[] = [
  brokerRule(
    'MSK.1, MSK.3',
    'the broker sends or accepts plain text',
    broker => broker.clients === 'TLS' && broker.encryptedInside === true,
  ),
  brokerRule(
    'MSK.4',
    'the broker has public addresses',
    broker => broker.public === false,
  ),
  brokerRule(
    'MSK.6',
    'the broker accepts clients without a login',
    broker =>
      broker.anonymous === false &&
      broker.scram === true &&
      (broker.logins as readonly Plain[]).length === 1,
  ),
  brokerRule(
    'https://docs.aws.amazon.com/msk/latest/developerguide/msk-encryption.html',
    'the broker uses no key of ours',
    broker => broker.key === '<key>',
  ),
  brokerRule(
    'https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html',
    'the broker does not survive the loss of a zone',
    broker =>
      Number(broker.subnets) >= 2 &&
      Number(broker.nodes) >= Number(broker.subnets) &&
      has(broker, `default.replication.factor=${broker.subnets}`) &&
      has(broker, `min.insync.replicas=${Number(broker.subnets) - 1}`),
  ),
  brokerRule(
    'https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-properties.html',
    'the broker may lose acknowledged messages',
    broker => has(broker, 'unclean.leader.election.enable=false'),
  ),
  brokerRule(
    'https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-properties.html',
    'a misspelt topic is created instead of rejected',
    broker => has(broker, 'auto.create.topics.enable=false'),
  ),
  brokerRule(
    'https://docs.aws.amazon.com/msk/latest/developerguide/msk-logging.html',
    'the log of the broker is not kept',
    broker => broker.log !== null,
  ),
  brokerRule(
    'MSK.4',
    'something other than the service and its workers reaches the broker',
    (_broker, { connections }) =>
      connections
        .filter(line => / -> broker /.test(line) && line.startsWith('in '))
        .every(line => line === 'in  service -> broker tcp 9096'),
  ),
  brokerRule(
    'https://docs.bullmq.io/guide/going-to-production',
    'Redis evicts jobs when it is full',
    (_broker, { cache }) => cache?.evicts === false,
  ),
  brokerRule(
    'ElastiCache.6',
    'Redis accepts clients without a login',
    (_broker, { cache }) => {
      const logins = (cache?.logins ?? []) as readonly string[];
      return logins.length === 1 && logins[0].endsWith(', 1 password');
    },
  ),
  workerRule('ECS.5', 'a worker may write to its own files', worker =>
    Boolean(worker.readOnly),
  ),
  workerRule(
    'ECS.4',
    'a worker has privileges that it does not need',
    worker =>
      worker.privileged === false &&
      (worker.dropped as readonly string[] | null)?.includes('ALL'),
  ),
  workerRule(
    'ECS.2',
    'a worker has a public address',
    worker => worker.publicAddress === false,
  ),
  workerRule('ECS.8', 'a worker has a password in its environment', worker =>
    (worker.environment as readonly string[]).every(
      line => !/^\w*PASSWORD=/.test(line),
    ),
  ),
  workerRule(
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html',
    'a release whose workers do not start stays in place',
    worker => worker.rollsBack === true && worker.check !== null,
  ),
  productionRule(
    'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_fault_isolation_multiaz_region_system.html',
    'one failure stops all workers: there are not two',
    ({ worker }) =>
      worker === null || Number.parseInt(String(worker.tasks), 10) >= 2,
  ),
];
