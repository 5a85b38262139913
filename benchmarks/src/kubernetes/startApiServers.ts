import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What the clusters contain together. */
export interface ClusterPlan {
  clusters: number;
  workloads: number;
  pods: number;
}

/** A message to the process of the clusters. */
export type ApiServersMessage =
  | { type: 'start'; plan: ClusterPlan }
  | { type: 'calls' }
  | { type: 'change'; workload: number; pod: number; ready: boolean };

/** How many calls of a kind the clusters have received. */
export interface ApiCalls {
  /** List calls of watched kinds. */
  lists: number;
  /** Polls of metrics-server, which cannot be watched. */
  metricsPolls: number;
}

/** Clusters in a process of their own. */
export interface RunningApiServers {
  urls: string[];
  /** Reports whether a pod is ready. */
  change(options: {
    workload: number;
    pod: number;
    ready: boolean;
  }): Promise<void>;
  /** The calls since the last time. */
  takeCalls(): Promise<ApiCalls>;
  stop(): void;
}

/** Starts clusters that the workloads are spread over. */
export async function startApiServers(
  plan: ClusterPlan,
): Promise<RunningApiServers> {
  const child = fork(join(__dirname, 'apiServers.ts'), {
    execArgv: process.execArgv,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit').then(([code]) => {
    throw new Error(`The API servers exited with code ${code}`);
  });
  /** One question at a time. */
  const ask = async (message: ApiServersMessage): Promise<any> => {
    child.send(message);
    for (;;) {
      const [answer] = await Promise.race([once(child, 'message'), exited]);
      // The compiler of the Backstage CLI sends its own messages too.
      if (!('type' in answer)) return answer;
    }
  };
  const { urls } = await ask({ type: 'start', plan });
  return {
    urls,
    async change(options) {
      await ask({ type: 'change', ...options });
    },
    takeCalls: async () => (await ask({ type: 'calls' })).calls,
    stop() {
      exited.catch(() => {});
      child.kill();
    },
  };
}
