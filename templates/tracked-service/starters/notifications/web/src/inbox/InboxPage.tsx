import { useMutation } from '@tanstack/react-query';
import { CheckCheck } from 'lucide-react';
import { Link } from 'wouter';
import { request } from '../api/request';
import { Button, buttonClass } from '../components/Button';
import { ErrorNote } from '../components/ErrorNote';
import { Loading } from '../components/Loading';
import { SignInFirst } from '../components/SignInFirst';
import { ConnectionPanel } from '../live/ConnectionPanel';
import { Announcer } from './Announcer';
import { useInbox } from './InboxProvider';
import { visibleNotifications } from './inboxState';
import { NotificationRow } from './NotificationRow';

export function InboxPage() {
  return (
    <SignInFirst to="see your notifications" back="/">
      <Inbox />
    </SignInFirst>
  );
}

function Inbox() {
  const { state, error, load } = useInbox();
  return (
    <section className="pt-7">
      <Title />
      <div className="mt-5 grid items-start gap-5 lg:grid-cols-[1fr_18rem]">
        <ConnectionPanel />
        <div className="min-w-0 lg:order-first">
          <ErrorNote error={error} onRetry={() => load()} />
          {state.base ? <List /> : !error && <Loading />}
        </div>
      </div>
    </section>
  );
}

function Title() {
  const { unread, state, connection, load } = useInbox();
  const markAll = useMutation({
    mutationFn: () => markAllAsRead(state.lastEventId),
    onSuccess: () => {
      // Otherwise the events say it.
      if (connection.phase !== 'live') load();
    },
  });
  return (
    <>
      <div className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="font-display text-3xl tracking-tight">Inbox</h1>
        <p className="mr-auto text-soft tabular-nums">
          {unread === undefined ? 'unread: unknown' : `${unread} unread`}
        </p>
        {unread !== undefined && unread > 0 && (
          <Button
            look="quiet"
            disabled={markAll.isPending}
            onClick={() => markAll.mutate()}
          >
            <CheckCheck size={17} aria-hidden /> Mark all as read
          </Button>
        )}
      </div>
      <ErrorNote error={markAll.error} />
      <Announcer />
    </>
  );
}

const markedAtOnce = 1_000;

/** The service marks at most a thousand in one transaction. */
async function markAllAsRead(upTo: number): Promise<void> {
  let marked = markedAtOnce;
  while (marked >= markedAtOnce) {
    ({ marked } = await request<{ marked: number }>(
      'PUT',
      '/api/notifications/read',
      {
        body: { upTo },
      },
    ));
  }
}

function List() {
  const { state, load } = useInbox();
  const notifications = visibleNotifications(state);
  if (notifications.length === 0) {
    return (
      <div className="rounded-3xl border border-line bg-panel px-6 py-14 text-center">
        <p className="text-soft">
          No notifications yet. They appear here as they arrive.
        </p>
        <Link href="/send" className={`${buttonClass('quiet')} mt-5`}>
          Send one
        </Link>
      </div>
    );
  }
  return (
    <>
      <ul aria-label="Notifications, newest first" className="grid gap-2">
        {notifications.map(notification => (
          <NotificationRow key={notification.id} notification={notification} />
        ))}
      </ul>
      {state.nextBefore !== undefined && (
        <Button
          look="quiet"
          className="mt-5"
          onClick={() => load(state.nextBefore)}
        >
          Show older ones
        </Button>
      )}
    </>
  );
}
