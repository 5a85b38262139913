import type { Server } from 'socket.io';
import { announceAdapters } from '../adapters/Adapters.js';
import { isLocal } from '../adapters/createAdapters.js';
import type { Config } from '../config/config.js';
import { LiveHub } from '../live/LiveHub.js';
import { LiveReader } from '../live/LiveReader.js';
import { createSocketServer } from '../live/socketServer.js';
import { OutboxWatch } from '../outbox/OutboxWatch.js';
import { serviceRoutes } from '../serviceRoutes.js';
import { SessionCookie } from '../sessions/SessionCookie.js';
import { SignIn } from '../sessions/SignIn.js';
import { Visitors } from '../sessions/Visitors.js';
import { PeriodicTask } from '../tasks/PeriodicTask.js';
import { WorkerChild } from '../worker/WorkerChild.js';
import { createParts } from './createParts.js';
import type { CreateStarter } from './types.js';

/** The longest delay of an event whose wake-up call was lost. */
const checkPeriodMs = 3_000;
const outboxPeriodMs = 15_000;

/** The API: accepts notifications, lists them, and keeps the sockets and streams of its clients. */
export const createStarter: CreateStarter = async context => {
  const { config, instance, logger } = context;
  const parts = await createParts(context);
  const { accounts, sessions, limiter, adapters } = parts;
  const cookie = new SessionCookie({ secure: usesSecureCookie(config) });
  const visitors = new Visitors({ sessions, cookie });
  const reader = new LiveReader(parts.database);
  const hub = new LiveHub({
    reader,
    fanOut: adapters.fanOut,
    logger,
    stillSignedIn: ids => sessions.stillSignedIn(ids),
  });
  const signIn = new SignIn({
    accounts,
    limiter,
    failuresPerAccount: config.SIGN_IN_FAILURES_PER_ACCOUNT,
    failuresPerAddress: config.SIGN_IN_FAILURES_PER_ADDRESS,
  });
  const worker =
    whereTheWorkerRuns(config) === 'child'
      ? new WorkerChild({ instance, logger })
      : undefined;
  const outboxWatch = new OutboxWatch({ outbox: parts.outbox, logger });
  const stopObserving = outboxWatch.observe();
  let io: Server | undefined;
  announceAdapters(adapters, logger);

  return {
    routes: async app => {
      io = createSocketServer({
        httpServer: app.server,
        visitors,
        reader,
        hub,
        instanceId: instance.id,
        logger,
      });
      await app.register(serviceRoutes, {
        ...parts,
        cookie,
        visitors,
        reader,
        hub,
        signIn,
        instance,
        notificationsPerMinute: config.NOTIFICATIONS_PER_MINUTE,
      });
      worker?.start();
    },
    checks: [
      {
        name: 'event bus',
        // Notifications are accepted without it, and delivered when it is back.
        required: false,
        check: () => adapters.eventBus.check(),
      },
      {
        name: 'outbox',
        required: false,
        check: () => outboxWatch.check(),
      },
    ],
    tasks: [
      new PeriodicTask({
        name: 'check the sockets',
        periodMs: checkPeriodMs,
        logger,
        run: () => hub.check(),
      }),
      new PeriodicTask({
        name: 'check the outbox',
        periodMs: outboxPeriodMs,
        logger,
        run: () => outboxWatch.report(),
      }),
    ],
    startDraining: () => hub.startDraining(),
    close: async () => {
      await worker?.stop();
      stopObserving();
      io?.engine.close();
      hub.close();
      await adapters.close();
    },
  };
};

function usesSecureCookie(config: Config): boolean {
  return config.SESSION_COOKIE_SECURE ?? !isLocal(config);
}

/** With a broker, workers scale on their own; without one, nothing else has to be deployed. */
function whereTheWorkerRuns(config: Config): 'child' | 'separate' {
  const isAlone = !config.KAFKA_BROKERS || isLocal(config);
  return config.WORKER ?? (isAlone ? 'child' : 'separate');
}
