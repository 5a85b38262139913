import type { DatabaseEvent } from '@cloudtrace/plugin-cloudtrace-common';

/** The meaning of an RDS or Aurora event. */
export interface RdsEvent {
  /** Absent for failover reasons, whose ids are not documented. */
  id?: string;
  category: string;
  kind: DatabaseEvent['kind'];
  /** Absent if the event does not indicate it. */
  planned?: boolean;
  pattern: RegExp;
}

/*
 * The events of DB instances and DB clusters with their documented texts:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Events.Messages.html
 * Reasons of a failover:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.Failover.html
 *
 * DescribeEvents does not return the id, so the text decides: `*` stands for
 * variable parts, and only the beginning has to match. The table omits events
 * whose whole text varies, and events that their category alone identifies.
 *
 * Columns: id, category, kind, planned, text.
 */
const TABLE = `
0004 | availability | unavailable        |     | DB instance shutdown
0006 | availability | restart            |     | DB instance restarted
0022 | availability | unavailable        |     | Error restarting *
0221 | availability | unavailable        | no  | DB instance has reached the storage-full threshold
0222 | availability | other              |     | Free storage capacity for DB instance * is low
0013 | failover     | failover-started   |     | Multi-AZ instance failover started
0015 | failover     | failover-completed |     | Multi-AZ failover to standby complete
0034 | failover     | failover-abandoned |     | Abandoning user requested failover
0049 | failover     | failover-completed |     | Multi-AZ instance failover completed
0050 | failover     | unavailable        |     | Multi-AZ instance activation started
0051 | failover     | available          |     | Multi-AZ instance activation completed
0065 | failover     | failover-completed |     | Recovered from partial failover
0069 | failover     | failover-abandoned |     | Cluster failover failed
0070 | failover     | failover-started   |     | Promoting previous primary again
0071 | failover     | failover-completed |     | Completed failover to DB instance
0072 | failover     | failover-started   |     | Started same AZ failover to DB instance
0073 | failover     | failover-started   |     | Started cross AZ failover to DB instance
     | failover     | failover-reason    | yes | The user requested a failover of the DB instance
     | failover     | failover-reason    | yes | The RDS instance was modified by customer
     | failover     | failover-reason    | yes | The operating system for the RDS database instance is being patched
     | failover     | failover-reason    | yes | The operating system underlying the RDS database instance is being patched
     | failover     | failover-reason    | no  | The primary host of the RDS Multi-AZ instance is unhealthy
     | failover     | failover-reason    | no  | The primary host of the RDS Multi-AZ instance is unreachable
     | failover     | failover-reason    | no  | The RDS Multi-AZ primary instance is busy and unresponsive
     | failover     | failover-reason    | no  | The storage volume underlying the primary host of the RDS Multi-AZ instance experienced a failure
0181 | global failover | failover-started   |  | Global * to DB cluster * in Region * started
0182 | global failover | unavailable        |  | Old primary DB cluster * successfully shut down
0183 | global failover | other              |  | Waiting for data synchronization across global cluster members
0184 | global failover | available          |  | New primary DB cluster * was successfully promoted
0185 | global failover | failover-completed |  | Global * to DB cluster * in Region * finished
0186 | global failover | failover-abandoned |  | Global * to DB cluster * in Region * is cancelled
0187 | global failover | failover-abandoned |  | Global * to DB cluster * in Region * failed
0020 | recovery     | unavailable        | no  | Recovery of the DB instance has started
0021 | recovery     | available          |     | Recovery of the DB instance is complete
0023 | recovery     | other              |     | Emergent Snapshot Request
0052 | recovery     | unavailable        | no  | Multi-AZ instance recovery started
0053 | recovery     | other              |     | Multi-AZ instance recovery completed. Pending failover or activation
0066 | recovery     | other              |     | Instance will be degraded while mirroring is reestablished
0031 | failure      | unavailable        | no  | DB instance put into * state. RDS recommends
0035 | failure      | unavailable        | no  | Database instance put into *
0036 | failure      | unavailable        | no  | Database instance in *
0058 | failure      | other              |     | The Statspack installation failed
0079 | failure      | other              |     | Amazon RDS has been unable to create credentials for enhanced monitoring
0080 | failure      | other              |     | Amazon RDS has been unable to configure enhanced monitoring
0081 | failure      | other              |     | Amazon RDS has been unable to create credentials for * option
0082 | failure      | other              |     | Amazon RDS has been unable to create credentials to access your Amazon S3 Bucket for your DB instance
0083 | failure      | other              |     | Amazon RDS has been unable to create credentials to access your Amazon S3 Bucket for your DB cluster
0143 | failure      | other              |     | The DB cluster failed to scale
0165 | failure      | other              |     | The RDS Custom DB instance is outside the support perimeter
0188 | failure      | other              |     | The DB instance is in a state that can't be upgraded
0219 | failure      | other              |     | DB instance is in an invalid state
0220 | failure      | other              |     | DB instance is in the cooling-off period
0223 | failure      | other              |     | Storage autoscaling is unable to scale the storage
0224 | failure      | other              |     | Storage autoscaling has triggered a pending scale storage task
0237 | failure      | other              |     | DB instance has a storage type that's currently unavailable in the Availability Zone
0254 | failure      | other              |     | Underlying storage quota for this customer account has exceeded the limit
0278 | failure      | other              |     | The DB instance creation failed
0279 | failure      | other              |     | The promotion of the RDS Custom read replica failed
0280 | failure      | other              |     | RDS Custom couldn't upgrade the DB instance
0281 | failure      | other              |     | RDS Custom couldn't modify the DB instance because the pre-check failed
0282 | failure      | other              |     | RDS Custom couldn't modify the DB instance because the Elastic IP permissions
0283 | failure      | other              |     | RDS Custom couldn't modify the DB instance because the Elastic IP limit
0284 | failure      | other              |     | RDS Custom couldn't convert the instance to high availability
0285 | failure      | other              |     | RDS Custom couldn't create a final snapshot
0007 | low storage  | unavailable        | no  | Allocated storage has been exhausted
0089 | low storage  | other              |     | The free storage capacity for DB instance: * is low
0227 | low storage  | other              |     | Your Aurora cluster's storage is dangerously low
0026 | maintenance  | maintenance        | yes | Applying off-line patches to DB instance
0027 | maintenance  | maintenance        | yes | Finished applying off-line patches to DB instance
0047 | maintenance  | maintenance        | yes | Database instance patched
0155 | maintenance  | maintenance        | yes | The DB instance has a DB engine minor version upgrade available
0156 | maintenance  | maintenance        | yes | The DB cluster has a DB engine minor version upgrade available
0173 | maintenance  | maintenance        | yes | Database cluster engine version has been upgraded
0176 | maintenance  | maintenance        | yes | Database cluster engine major version has been upgraded
0191 | maintenance  | maintenance        | yes | A new version of the time zone file is available
0192 | maintenance  | maintenance        | yes | The update of your time zone file has started
0193 | maintenance  | maintenance        | yes | No update is available for the current time zone file
0194 | maintenance  | maintenance        | yes | The update of your time zone file has finished
0264 | maintenance  | maintenance        | yes | The pre-check started for the DB engine version upgrade
0265 | maintenance  | maintenance        | yes | The pre-check finished for the DB engine version upgrade
0266 | maintenance  | maintenance        | yes | The downtime started for the DB instance
0267 | maintenance  | maintenance        | yes | The engine version upgrade started
0268 | maintenance  | maintenance        | yes | The engine version upgrade finished
0269 | maintenance  | maintenance        | yes | The post-upgrade tasks are in progress
0270 | maintenance  | maintenance        | yes | The DB engine version upgrade failed
0286 | maintenance  | maintenance        | yes | Database cluster engine version upgrade started
0287 | maintenance  | maintenance        | yes | Operating system upgrade requirement detected
0288 | maintenance  | maintenance        | yes | Cluster operating system upgrade starting
0289 | maintenance  | maintenance        | yes | Cluster operating system upgrade completed
0290 | maintenance  | maintenance        | yes | Database cluster has been patched
0230 | security patching | maintenance   | yes | A system update is available for your DB instance
0048 | notification | other              |     | Delaying database engine upgrade
0064 | notification | other              |     | The TDE encryption key was rotated
0076 | notification | other              |     | Failed to migrate from
0077 | notification | other              |     | Failed to convert
0084 | notification | other              |     | Unable to convert the DB instance to Multi-AZ
0085 | notification | other              |     | Unable to upgrade DB cluster
0087 | notification | unavailable        | yes | DB instance stopped
0088 | notification | available          |     | DB instance started
0141 | notification | other              |     | Scaling DB cluster from
0142 | notification | other              |     | The DB cluster has scaled from * to * units
0144 | notification | other              |     | The DB cluster is being paused
0145 | notification | unavailable        | yes | The DB cluster is paused
0146 | notification | other              |     | Pause was canceled for the DB cluster
0147 | notification | other              |     | The DB cluster is being resumed
0148 | notification | available          |     | The DB cluster is resumed
0149 | notification | other              |     | The DB cluster has scaled from * but scaling wasn't seamless
0150 | notification | unavailable        | yes | DB cluster stopped
0151 | notification | available          |     | DB cluster started
0152 | notification | other              |     | DB cluster stop failed
0153 | notification | other              |     | DB cluster is being started
0154 | notification | other              |     | DB instance is being started
0157 | notification | other              |     | Unable to modify the DB instance class
0158 | notification | other              |     | Database instance is in a state that cannot be upgraded
0172 | notification | other              |     | Renamed cluster from
0189 | notification | other              |     | The gp2 burst balance credits for the RDS database instance are low
0225 | notification | other              |     | Storage size * is approaching the maximum storage threshold
0231 | notification | other              |     | Your DB instance's storage modification encountered an internal error
0234 | notification | other              |     | Export task failed
0235 | notification | other              |     | Export task canceled
0236 | notification | other              |     | Export task completed
0253 | notification | other              |     | The database is using the doublewrite buffer
0045 | read replica | other              |     | Replication has stopped
0046 | read replica | other              |     | Replication for the Read Replica resumed
0057 | read replica | other              |     | Replication streaming has been terminated
0062 | read replica | other              |     | Replication for the Read Replica has been manually stopped
0063 | read replica | other              |     | Replication from Non RDS instance has been reset
0202 | read replica | other              |     | Read replica creation failed
`;

function toEvent(line: string): RdsEvent {
  const [id, category, kind, planned, text] = line
    .split('|')
    .map(cell => cell.trim());
  const pattern = text
    .split('*')
    .map(part => part.replace(/[.()[\]]/g, String.raw`\$&`))
    .join('.{1,200}?');
  return {
    ...(id && { id: `RDS-EVENT-${id}` }),
    category,
    kind: kind as RdsEvent['kind'],
    ...(planned && { planned: planned === 'yes' }),
    pattern: new RegExp(`^${pattern}`, 'i'),
  };
}

/** The events with a known meaning. */
export const rdsEvents: readonly RdsEvent[] = TABLE.trim()
  .split('\n')
  .map(toEvent)
  // "Database instance in *" would match texts for which more exact rows exist.
  .sort((a, b) => b.pattern.source.length - a.pattern.source.length);

/** Categories whose events are all of one kind. */
const byCategory: Record<string, Pick<RdsEvent, 'kind' | 'planned'>> = {
  backup: { kind: 'backup' },
  backtrack: { kind: 'backup' },
  restoration: { kind: 'backup' },
  'configuration change': { kind: 'configuration' },
  maintenance: { kind: 'maintenance', planned: true },
  'security patching': { kind: 'maintenance', planned: true },
};

/**
 * The meaning of an event. An event that is not in the table is `other`,
 * whatever its category: without a known begin event, no failover has begun.
 */
export function rdsEventMeaning(
  message: string,
  categories: readonly string[],
): Pick<RdsEvent, 'kind' | 'planned'> {
  const known = rdsEvents.find(({ pattern }) => pattern.test(message.trim()));
  if (known) return known;
  const category = categories.find(name => Object.hasOwn(byCategory, name));
  return category ? byCategory[category] : { kind: 'other' };
}
