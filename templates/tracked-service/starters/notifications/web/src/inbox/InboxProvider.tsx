import { createContext, useContext, type ReactNode } from 'react';
import { useSession } from '../api/useSession';
import { startConnecting } from '../live/connectionState';
import { emptyInbox } from './inboxState';
import { useLiveInbox, type LiveInbox } from './useLiveInbox';

const InboxContext = createContext<LiveInbox | undefined>(undefined);

/** Follows the inbox of the signed-in user on every page, for the number of unread notifications in the header. */
export function InboxProvider({ children }: { children: ReactNode }) {
  const { user } = useSession();
  if (!user) {
    return <InboxContext value={noInbox}>{children}</InboxContext>;
  }
  return (
    <ForUser key={user.id} userId={user.id}>
      {children}
    </ForUser>
  );
}

function ForUser({
  userId,
  children,
}: {
  userId: string;
  children: ReactNode;
}) {
  return <InboxContext value={useLiveInbox(userId)}>{children}</InboxContext>;
}

export function useInbox(): LiveInbox {
  const inbox = useContext(InboxContext);
  if (!inbox) throw new Error('useInbox needs an InboxProvider');
  return inbox;
}

const nothing = () => undefined;
const noInbox: LiveInbox = {
  state: emptyInbox,
  unread: undefined,
  connection: startConnecting(0),
  transport: 'socket.io',
  error: null,
  chooseTransport: nothing,
  load: nothing,
  dispatch: nothing,
};
