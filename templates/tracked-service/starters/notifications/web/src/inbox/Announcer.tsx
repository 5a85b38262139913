import { useEffect, useState } from 'react';
import type { Notification } from '../api/types';
import { useInbox } from './InboxProvider';
import { visibleNotifications } from './inboxState';

const pauseMs = 1_000;

/** Tells screen readers what has arrived: one by its title, several by their number. */
export function Announcer() {
  const { state } = useInbox();
  const [announced, setAnnounced] = useState<number>();
  const [text, setText] = useState('');
  if (announced === undefined && state.base) setAnnounced(state.lastEventId);

  useEffect(() => {
    const visible = visibleNotifications(state);
    const newest = visible[0]?.eventId ?? 0;
    if (announced === undefined || newest <= announced) return undefined;
    const timer = setTimeout(() => {
      setAnnounced(newest);
      setText(describe(visible.filter(({ eventId }) => eventId > announced)));
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [state, announced]);

  return (
    <p role="status" className="sr-only">
      {text}
    </p>
  );
}

function describe(added: readonly Notification[]): string {
  const [first] = added;
  return first && added.length === 1
    ? `New notification from ${first.from}: ${first.title}`
    : `${added.length} new notifications`;
}
