import { useMutation } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { memo } from 'react';
import { request } from '../api/request';
import type { Notification } from '../api/types';
import { ErrorNote } from '../components/ErrorNote';
import { KindIcon } from '../components/KindIcon';
import { Moment } from '../components/Moment';
import { useInbox } from './InboxProvider';

export const NotificationRow = memo(function NotificationRow(props: {
  notification: Notification;
}) {
  const { id, kind, title, body, from, createdAt, readAt } = props.notification;
  const isUnread = readAt === null;
  return (
    <li
      data-unread={isUnread}
      className="rounded-2xl border border-line px-4 py-3 data-[unread=true]:bg-panel data-[unread=true]:shadow-sm"
    >
      <div className="flex items-start gap-3">
        <span className={isUnread ? 'mt-0.5' : 'mt-0.5 opacity-60'}>
          <KindIcon kind={kind} />
        </span>
        <div className="min-w-0 flex-1">
          <h2
            className={`leading-snug wrap-anywhere ${isUnread ? 'font-semibold' : 'text-soft'}`}
          >
            {isUnread && <span className="sr-only">Unread: </span>}
            {title}
          </h2>
          {body && (
            <p className="mt-1 text-sm wrap-anywhere whitespace-pre-line text-soft">
              {body}
            </p>
          )}
          <p className="mt-1.5 text-xs text-soft">
            {from} · <Moment at={createdAt} />
          </p>
        </div>
        {isUnread && <MarkAsRead id={id} title={title} />}
      </div>
    </li>
  );
});

function MarkAsRead({ id, title }: { id: string; title: string }) {
  const { dispatch, connection, load } = useInbox();
  const mark = useMutation({
    mutationFn: () => request('PUT', `/api/notifications/${id}/read`),
    onSuccess: () => {
      dispatch({ type: 'marked', id, readAt: new Date().toISOString() });
      // Only an event changes the number of unread notifications; without a connection, the list says it.
      if (connection.phase !== 'live') load();
    },
  });
  return (
    <div className="shrink-0 text-right">
      <button
        type="button"
        aria-label={`Mark “${title}” as read`}
        title="Mark as read"
        disabled={mark.isPending}
        onClick={() => mark.mutate()}
        className="grid size-11 place-items-center rounded-full text-soft hover:bg-sunken hover:text-ink disabled:opacity-50"
      >
        <Check size={19} aria-hidden />
      </button>
      <ErrorNote error={mark.error} />
    </div>
  );
}
